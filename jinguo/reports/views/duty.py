"""One obligation as the city sees it: its state, its returns, and the agreed exceptions 免报 and 延期."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jinguo.campaigns.actions import obligations
from jinguo.campaigns.models import Obligation
from jinguo.campaigns.rules.obligations import may_edit, may_report_for
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.reports.forms import ExtendForm, ReasonForm
from jinguo.reports.models import Return


@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, obligation: str) -> HttpResponse:
    """Show it; exempt the unit, ask it again, or give it more time."""
    actor = actor_of(request)
    rows = Obligation.objects.visible_to(actor).select_related("unit", "ask__campaign__office__unit")
    found = rows.filter(code=obligation).first()
    if found is None:
        raise NotThere(_("没有找到这项报送要求。"))
    posted = request.POST if request.method == "POST" else None
    exempting = ReasonForm(posted if posted and "exempt" in posted else None)
    extending = ExtendForm(posted if posted and "extend" in posted else None)
    if posted is not None and _change(request, found, exempting, extending):
        return redirect("reports:duty", obligation=found.code)
    returns = (
        Return.objects.visible_to(actor).filter(obligation=found).select_related("current", "obligation__ask", "unit")
    )
    campaign = found.ask.campaign
    context = {
        "duty": found,
        "state": found.state_at(clock.now()).label,
        "due": found.extended_to or found.due_at,
        "returns": returns.order_by("-sent_at", "-pk")[:60],
        "phones": found.unit.contacts.exclude(phone="")[:3],
        "may_edit": may_edit(found, actor),
        "may_report_for": may_report_for(found, actor),
        "by_proxy": found.proxy_reports.select_related("unit")[:5],
        "exempting": exempting,
        "extending": extending,
        "crumbs": [
            {"label": campaign.title, "url": reverse("reports:coverage", args=[campaign.code])},
            {"label": str(found.unit)},
        ],
        "back_url": reverse("reports:coverage", args=[campaign.code]),
    }
    return render(
        request, "reports/desk/duty.html", context, status=422 if exempting.errors or extending.errors else 200
    )


def _change(request: HttpRequest, found: Obligation, exempting: ReasonForm, extending: ExtendForm) -> bool:
    """Do what the pressed button says; false when the form has to be mended."""
    by = actor_of(request)
    if "undo" in request.POST:
        obligations.undo_exempt(found, by=by)
        messages.success(request, _("收回了免报，这一项又等单位来报。"))
        return True
    if exempting.is_bound and exempting.is_valid():
        try:
            obligations.exempt(found, reason=exempting.cleaned_data["reason"], by=by)
        except Invalid as problem:
            exempting.add_error("reason", str(problem.sentence))
            return False
        messages.success(request, _("免报了，这家不再计入应报。"))
        return True
    if extending.is_bound and extending.is_valid():
        data = extending.cleaned_data
        try:
            obligations.extend(found, to=clock.end_of(data["to"]), reason=data["why"], by=by)
        except Invalid as problem:
            extending.add_error("to" if problem.field == "to" else "why", str(problem.sentence))
            return False
        messages.success(request, _("延期了，单位在自己的页面上能看到。"))
        return True
    return False
