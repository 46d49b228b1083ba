"""代报: the county federation fills in the sheet for a unit that cannot, and says why."""

from typing import Any

from django.contrib import messages
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
from jinguo.reports.actions.returns import send_for_unit
from jinguo.reports.checks import doubts_about
from jinguo.reports.forms import ProxyForm, SheetForm, ZeroForProxyForm
from jinguo.reports.queries import returns as queries
from jinguo.reports.sheet import Sheet

ZERO_IDS = "zero-%s"  # two forms stand on one page


@require_http_methods(["GET", "POST"])
def report_for(request: HttpRequest, obligation: str) -> HttpResponse:
    """The sheet with one line more: why the unit does not report itself."""
    actor = actor_of(request)
    rows = Obligation.objects.visible_to(actor).exclude(ask__campaign__state="draft")
    duty = rows.select_related("unit", "ask__campaign__office__unit").filter(code=obligation).first()
    if duty is None:
        raise NotThere(_("没有找到这项报送要求。"))
    require(may_report_for(duty, actor))
    posted = request.POST if request.method == "POST" else None
    clauses = queries.clauses_to_choose(duty.ask.campaign, [])
    form = SheetForm(posted, base=Sheet({}), clauses=clauses, token=ids.new_code(), notes={}, newer=False)
    why = ProxyForm(posted)
    if posted is not None and "zero" in posted:
        return _zero(request, duty, form)
    if posted is not None and why.is_valid() and form.is_valid():
        answer = _send(request, duty, form, why)
        if answer is not None:
            return answer
    return _page(request, duty, form, why, ZeroForProxyForm(auto_id=ZERO_IDS))


def _zero(request: HttpRequest, duty: Obligation, empty: SheetForm) -> HttpResponse:
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
    blank = SheetForm(None, base=Sheet({}), clauses=empty.offered, token=ids.new_code(), notes={}, newer=False)
    return _page(request, duty, blank, ProxyForm(), form)


def _send(request: HttpRequest, duty: Obligation, form: SheetForm, why: ProxyForm) -> HttpResponse | None:
    """Send it; None when the sheet has to be mended, or asks back about something first."""
    sheet = form.sheet()
    form.ask(doubts_about(sheet.values, queries.background_of(duty, sheet.values, None)))
    if [doubt for doubt in form.doubts if doubt.code not in form.was_asked()]:
        return None
    token, reason = form.cleaned_data["token"], why.cleaned_data["why_proxy"]
    try:
        send_for_unit(duty, form.sheet(), token=token, reason=reason, by=actor_of(request))
    except Invalid as problem:
        target = why if problem.field == "reason" else form
        target.add_error("why_proxy" if problem.field == "reason" else problem.field or None, str(problem.sentence))
        return None
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
        "crumbs": [{"label": str(duty.unit), "url": reverse("reports:duty", args=[duty.code])}, {"label": _("代报")}],
    }
    return render(request, "reports/desk/proxy.html", context, status=422 if request.method == "POST" else 200)
