"""Choosing the units of a draft campaign, and issuing it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinguo.campaigns.actions import addressees
from jinguo.campaigns.actions.issue import issue_campaign
from jinguo.campaigns.hours import opens_words
from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.plan_forms import UnitFilter
from jinguo.campaigns.queries.plan import SHOWN, candidates, groups_of, listed_units, saved_groups, totals_of
from jinguo.campaigns.rules import plan as rules
from jinguo.campaigns.views.plan import campaign_at, pager_of, steps_of
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require
from jinguo.notices.forms import SignDueForm, put_error
from jinguo.notices.questions import CLOSE_OF_DAY, SIGN_DAYS
from jinguo.ui import dates
from jinguo.workdays.queries import add_working_days

PAGE = 50


class Counted(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows, PAGE)
        self.count = count


@require_GET
def recipients(request: HttpRequest, campaign: str) -> HttpResponse:
    """What each phrase of the notice stands for, and every unit that gets it."""
    row = campaign_at(request, campaign)
    return _page(request, row, _sign_form(row))


def _page(request: HttpRequest, row: Campaign, sign_form: SignDueForm, status: int = 200) -> HttpResponse:
    asked = _asked(request)
    groups = groups_of(row)
    at = next((group for group in groups if str(group.addressee.position) == asked["group"]), None)
    units = listed_units(row, group=at.addressee.pk if at else None, shown=asked["shown"], words=asked["words"])
    totals = totals_of(row, units)
    page = Counted(units, totals.listed).get_page(request.GET.get("page"))
    kept = urlencode({name: value for name, value in asked.items() if value and name != "add"})
    context = {
        "campaign": row,
        "steps": steps_of(row),
        "groups": groups,
        "group": at,
        "asked": asked,
        "page": page,
        "pager": pager_of(page, f"{kept}&" if kept else ""),
        "kept": kept,
        "chips": _chips(asked),
        "chips_label": _("看哪些单位"),
        "totals": totals,
        "candidates": candidates(row, asked["add"]),
        "saved_groups": saved_groups(actor_of(request)),
        "sign_form": sign_form,
        "may_choose": rules.may_choose(row, actor_of(request)),
        "may_issue": rules.may_issue(row, actor_of(request), totals.units),
        "back_url": reverse("campaigns:view", args=[row.code]),
    }
    return render(request, "campaigns/recipients.html", context, status=status)


def _asked(request: HttpRequest) -> dict[str, str]:
    form = UnitFilter(request.GET)
    form.is_valid()
    asked = {name: str(form.cleaned_data.get(name, "")).strip() for name in form.fields}
    asked["shown"] = asked["shown"] if asked["shown"] in SHOWN else "all"
    return asked


def _chips(asked: dict[str, str]) -> list[dict[str, Any]]:
    words = {"all": _("全部"), "no_mail": _("没有邮箱的"), "left_out": _("不发的"), "by_hand": _("另加的")}
    rest = {name: asked[name] for name in ("group", "words") if asked[name]}
    return [
        {
            "label": words[shown],
            "url": "?" + urlencode(rest | {"shown": shown}) + "#units",
            "current": asked["shown"] == shown,
        }
        for shown in SHOWN
    ]


def _sign_form(row: Campaign, data: Any = None) -> SignDueForm:
    at = row.sign_due_at
    day = clock.local(at).date() if at else add_working_days(clock.today(), SIGN_DAYS)
    return SignDueForm(data, initial={"kind": "date" if at else "none", "date": day}, auto_id="id_sign_%s")


def _back(request: HttpRequest, row: Campaign, anchor: str) -> HttpResponse:
    """To the same part of the list."""
    kept = urlencode(
        {name: value for name, value in {**_asked(request), "page": request.GET.get("page", "")}.items() if value}
    )
    return HttpResponseRedirect(f"{reverse('campaigns:recipients', args=[row.code])}?{kept}#{anchor}")


@require_POST
def choose(request: HttpRequest, campaign: str) -> HttpResponse:
    """Leave a unit out, put it back, or add one."""
    row = campaign_at(request, campaign)
    actor = actor_of(request)
    act = next((name for name in ("leave_out", "put_back", "add") if name in request.POST), "")
    unit = Unit.objects.under(row.office.unit).filter(code=request.POST.get(act, "")).first()
    if unit is None:
        raise NotThere(_("没有这个单位，或者它不在本级以下。"))
    if act == "leave_out":
        addressees.leave_out(row, unit, by=actor)
        messages.success(request, _("%(unit)s 这次不发。") % {"unit": unit})
    elif act == "put_back":
        addressees.put_back(row, unit, by=actor)
        messages.success(request, _("%(unit)s 放回来了。") % {"unit": unit})
    else:
        addressees.add_unit(row, unit, by=actor)
        messages.success(request, _("%(unit)s 加上了。") % {"unit": unit})
    return _back(request, row, "units")


@require_POST
def sign_due(request: HttpRequest, campaign: str) -> HttpResponse:
    """Until when units should sign."""
    row = campaign_at(request, campaign)
    form = _sign_form(row, request.POST)
    if form.is_valid():
        day = form.cleaned_data["date"] if form.cleaned_data["kind"] == "date" else None
        try:
            addressees.set_sign_due(row, until=clock.at(day, CLOSE_OF_DAY.hour) if day else None, by=actor_of(request))
        except Invalid as problem:
            put_error(form, problem)
        else:
            messages.success(request, _("签收期限定下了。"))
            return _back(request, row, "sign")
    return _page(request, row, form, status=422)


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, campaign: str) -> HttpResponse:
    """Issue the notice; asked once, naming what and to whom."""
    row = campaign_at(request, campaign)
    if request.method == "POST":
        issued = issue_campaign(row, by=actor_of(request), at_once="now" in request.POST)
        if issued.letters_at and issued.letters_at > clock.now():
            opens = dates.moment_text(issued.letters_at, clock.now())
            messages.success(request, _("发出了。现在是休息时间，给各单位的邮件 %(when)s 寄出。") % {"when": opens})
        else:
            messages.success(request, _("发出了。系统正在逐个单位送信，送到的会在这里亮起来。"))
        return redirect("workspace:board", issued.code)
    if row.state != CampaignState.DRAFT:
        return redirect("workspace:board", row.code)
    totals = totals_of(row)
    require(rules.may_issue(row, actor_of(request), totals.units))
    context = {
        "campaign": row, "totals": totals, "groups": groups_of(row), "asks": list(row.asks.order_by("pk")),
        "back_url": reverse("campaigns:recipients", args=[row.code]), "opens": opens_words(row.sign_due_at),
    }  # fmt: skip
    return render(request, "campaigns/issue.html", context)
