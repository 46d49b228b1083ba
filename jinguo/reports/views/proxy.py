"""代报: the county federation fills in the sheet for a unit that cannot, and says why."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jinguo.campaigns.actions.proxy import zero_report_for_unit
from jinguo.campaigns.models import Obligation
from jinguo.campaigns.rules.obligations import may_report_for
from jinguo.federation.gate import actor_of
from jinguo.lib import ids
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require
from jinguo.reports.actions.filling import fill_for_unit
from jinguo.reports.actions.returns import send_for_unit
from jinguo.reports.checks import doubts_about
from jinguo.reports.forms import ProxyForm, SheetForm, ZeroForProxyForm
from jinguo.reports.models import Return
from jinguo.reports.queries import returns as queries
from jinguo.reports.queries.carried import carried, sheet_carried
from jinguo.reports.rules import is_held
from jinguo.reports.sheet import Sheet
from jinguo.reports.views.sheet import HELD, given_in, say_unread, wants_filling

CARRIED = 24 * 3600  # seconds what was read may travel with the page before it is to be read again
ZERO_IDS = "zero-%s"  # two forms stand on one page


@require_http_methods(["GET", "POST"])
def report_for(request: HttpRequest, obligation: str) -> HttpResponse:
    """The sheet with one line more: why the unit does not report itself."""
    actor = actor_of(request)
    rows = Obligation.objects.visible_to(actor).exclude(ask__campaign__state="draft")
    duty = rows.select_related("unit", "ask__campaign__office__unit").filter(code=obligation).first()
    if duty is None:
        raise NotThere(_("没有找到这项报送要求。"))
    posted = request.POST if request.method == "POST" else None
    if posted is None or "zero" not in posted:  # 报“无” pressed twice: the action knows its own press
        require(may_report_for(duty, actor))
    base = _brought(duty, request.POST.get("brought", ""))
    form, why = _form(duty, posted, base), ProxyForm(posted)
    if posted is not None and "zero" in posted:
        return _zero(request, duty)
    if posted is not None and form.is_valid() and wants_filling(request, form):
        return _fill(request, duty, form)
    if posted is not None and why.is_valid() and form.is_valid():
        answer = _send(request, duty, form, why)
        if answer is not None:
            return answer
    return _page(request, duty, form, why, ZeroForProxyForm(auto_id=ZERO_IDS))


def _form(duty: Obligation, posted: Any, base: Sheet, token: str = "") -> SheetForm:
    clauses = queries.clauses_to_choose(duty.ask.campaign, base.clauses)
    return SheetForm(posted, base=base, clauses=clauses, token=token or ids.new_code(), notes={}, newer=False)


def _brought(duty: Obligation, signed: str) -> Sheet:
    """What was read from what she pasted, as the page carried it; nothing where it is missing, old or changed."""
    try:
        said = signing.loads(signed, salt=f"brought:{duty.code}", max_age=CARRIED)
    except signing.BadSignature:
        return Sheet({})
    return sheet_carried(said, duty.ask.campaign)


def _fill(request: HttpRequest, duty: Obligation, form: SheetForm) -> HttpResponse:
    """Read what she pasted or dropped and show it filled in; nothing is kept as the unit's before it is sent."""
    try:
        sheet, read = fill_for_unit(duty, form.sheet(), given_in(request, form), by=actor_of(request))
    except Invalid as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, duty, form, ProxyForm(request.POST), ZeroForProxyForm(auto_id=ZERO_IDS))
    say_unread(request, read.unread)
    more = len(read.tellings) - 1
    if more:
        said = _("里面有 %(n)s 场活动，这里填的是第一场。报完这一场，其余的请一场一场再贴。") % {"n": more + 1}
        messages.warning(request, said)
    messages.success(request, _("填进来了，还没有报出去。请看一眼，哪里不对直接改。"))
    filled = _form(duty, None, sheet, form.cleaned_data["token"])
    why = ProxyForm(initial={"why_proxy": request.POST.get("why_proxy", "")})
    return _page(request, duty, filled, why, ZeroForProxyForm(auto_id=ZERO_IDS))


def _zero(request: HttpRequest, duty: Obligation) -> HttpResponse:
    """替它报“无”."""
    form = ZeroForProxyForm(request.POST, auto_id=ZERO_IDS)
    if form.is_valid():
        try:
            zero_report_for_unit(duty, reason=form.said(), why=form.cleaned_data["why_zero"], by=actor_of(request))
        except Invalid as problem:
            form.add_error("why_zero" if problem.field == "reason" and form.said() else "reason", str(problem.sentence))
        else:
            messages.success(request, _("替%(unit)s报了“无”，也告诉它了。") % {"unit": duty.unit})
            return redirect("reports:duty", duty.code)
    return _page(request, duty, _form(duty, None, Sheet({})), ProxyForm(), form)


def _send(request: HttpRequest, duty: Obligation, form: SheetForm, why: ProxyForm) -> HttpResponse | None:
    """Send it; None when the sheet has to be mended, or asks back about something first."""
    came = queries.came_by(form.cleaned_data["token"]).filter(obligation=duty).first()
    if came is not None:
        return _came(request, duty, came)
    sheet = form.sheet()
    form.ask(doubts_about(sheet.values, queries.background_of(duty, sheet.values, None)))
    if [doubt for doubt in form.doubts if doubt.code not in form.was_asked()]:
        return None
    token, reason = form.cleaned_data["token"], why.cleaned_data["why_proxy"]
    try:
        given = send_for_unit(duty, form.sheet(), token=token, reason=reason, by=actor_of(request))
    except Invalid as problem:
        target = why if problem.field == "reason" else form
        target.add_error("why_proxy" if problem.field == "reason" else problem.field or None, str(problem.sentence))
        return None
    return _came(request, duty, given)


def _came(request: HttpRequest, duty: Obligation, given: Return) -> HttpResponse:
    if is_held(given):
        messages.success(request, HELD)
    else:
        messages.success(request, _("替%(unit)s报了，记作代报，也告诉它了。") % {"unit": duty.unit})
    return redirect("reports:duty", duty.code)


def _page(
    request: HttpRequest, duty: Obligation, form: SheetForm, why: ProxyForm, zero: ZeroForProxyForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "duty": duty,
        "form": form,
        "why": why,
        "zero": zero,
        "asked": " ".join(doubt.code for doubt in form.doubts),
        "brought": signing.dumps(carried(form.base), salt=f"brought:{duty.code}", compress=True)
        if form.base.sources
        else "",
        "fill_open": (not form.base.sources and not form.is_bound)
        or bool(form.errors.get("paste") or form.errors.get("drop")),
        "crumbs": [{"label": str(duty.unit), "url": reverse("reports:duty", args=[duty.code])}, {"label": _("代报")}],
    }
    wrong = any(one.is_bound for one in (form, why, zero))
    return render(request, "reports/desk/proxy.html", context, status=422 if wrong else 200)
