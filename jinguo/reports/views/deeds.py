"""The register of 办实事、解难事: what stands in it, what is told and not entered yet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.campaigns.board import board_crumbs
from jinguo.campaigns.models import Campaign
from jinguo.federation import policy
from jinguo.federation.gate import actor_of
from jinguo.lib.errors import Invalid, NotThere
from jinguo.reports.actions import deeds as actions
from jinguo.reports.downloads import register_tables
from jinguo.reports.forms import DeedForm
from jinguo.reports.models import Deed, Return
from jinguo.reports.queries import deeds as queries
from jinguo.reports.views.figures import campaign_or_404
from jinguo.ui.downloads import table_answer


@require_GET
def register(request: HttpRequest, campaign: str) -> HttpResponse:
    """The register, and what waits for it; with `?as=` the register as a workbook, or as .csv."""
    found = campaign_or_404(request, campaign)
    if request.GET.get("as") in ("xlsx", "csv"):
        tables = register_tables(queries.register_of(found))
        return table_answer("deeds", tables, as_csv=request.GET["as"] == "csv")
    return _page(request, found)


def _page(request: HttpRequest, campaign: Campaign, refused: dict[str, Any] | None = None) -> HttpResponse:
    refused = refused or {}
    here = reverse("reports:figures", args=[campaign.code])
    context = {
        "campaign": campaign,
        "register": queries.register_of(campaign),
        "proposals": [(one, refused.get(one.given.code) or _form(one)) for one in queries.proposals_of(campaign)],
        "open": set(refused),
        "may_edit": policy.may(actor_of(request), "campaign.edit", campaign.office.unit),
        "crumbs": board_crumbs(campaign, {"label": _("数字"), "url": here}, {"label": _("实事登记")}),
        "back_url": here,
    }
    return render(request, "reports/desk/deeds.html", context, status=422 if refused else 200)


def _form(one: queries.Proposal) -> DeedForm:
    many = "" if one.benefited is None else f"{'约' if one.about else ''}{one.benefited}"
    initial = {
        "title": one.title, "result": one.result, "for_whom": one.for_whom, "benefited": many, "counted_in": one.counted_in,
    }  # fmt: skip
    return DeedForm(initial=initial, prefix=one.given.code, label_suffix="")


@require_POST
def add(request: HttpRequest, campaign: str) -> HttpResponse:
    """Enter one deed."""
    found = campaign_or_404(request, campaign)
    rows = Return.objects.visible_to(actor_of(request)).filter(campaign=found, code=request.POST.get("given", ""))
    given = rows.select_related("unit", "accepted", "campaign__office__unit").first()
    if given is None:
        raise NotThere(_("没有找到这件报送。"))
    form = DeedForm(request.POST, prefix=given.code, label_suffix="")
    number = request.POST.get("number", "")
    if not form.is_valid():
        return _page(request, found, {given.code: form})
    said = form.cleaned_data
    said["benefited"], said["about"] = said["benefited"]
    try:
        number = int(number) if number.isdecimal() and len(number) < 5 else 0
        actions.register_deed(given, actions.DeedWish(**said), number=number, by=actor_of(request))
    except Invalid as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, found, {given.code: form})
    messages.success(request, _("登记了一件，只计一次。"))
    return redirect("reports:deeds", campaign=found.code)


@require_POST
def drop(request: HttpRequest, campaign: str) -> HttpResponse:
    """Take one deed out."""
    found = campaign_or_404(request, campaign)
    rows = Deed.objects.standing().filter(campaign=found, code=request.POST.get("deed", ""))
    deed = rows.select_related("given__unit", "given__campaign__office__unit").first()
    if deed is not None:
        actions.drop_deed(deed, by=actor_of(request))
    messages.success(request, _("从登记里拿掉了，需要时可以再登记。"))
    return redirect("reports:deeds", campaign=found.code)
