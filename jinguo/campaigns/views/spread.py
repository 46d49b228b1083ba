"""发到群里、打印签收单: the text for a chat group, the group's link and its QR code, the group robots, the printed sheets."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jinguo.campaigns import rules
from jinguo.campaigns.actions import group as actions
from jinguo.campaigns.actions import spread as spreading
from jinguo.campaigns.dues import sign_due
from jinguo.campaigns.hours import opens_words
from jinguo.campaigns.letters import LANGUAGE, group_text
from jinguo.campaigns.models import Campaign, GroupDoor
from jinguo.campaigns.queries.circulation import to_be_signed
from jinguo.campaigns.views.circulation import copy_or_404
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.qr import qr_path
from jinguo.lib.rulings import require
from jinguo.messages.models import Robot

SHEETS = 60  # units in one print run


@require_safe
def page(request: HttpRequest, campaign: str) -> HttpResponse:
    """Everything one needs to reach units beside mail."""
    found = campaign_to_spread(request, campaign)
    door = found.group_doors.filter(revoked_at=None, expires_at__gt=clock.now()).first()
    address = _address(door) if door else ""
    with translation.override(LANGUAGE):
        text = group_text(found, address) if door else ""
    context: dict[str, Any] = {
        "campaign": found,
        "door": door,
        "address": address,
        "text": text,
        "qr": qr_path(address) if door else None,
        "robots": Robot.objects.filter(office=found.office, ended_at=None),
        "opens": opens_words(),
        "letters_wait": found.letters_at is not None and found.letters_at > clock.now(),
        "slip_run": found.slip_runs.select_related("file").first(),
        "batches": _batches(to_be_signed(found).count()),
        "crumbs": spread_crumbs(found),
    }
    return render(request, "campaigns/spread.html", context)


@require_POST
def open_door(request: HttpRequest, campaign: str) -> HttpResponse:
    """A group link, or the end of it."""
    found = campaign_to_spread(request, campaign)
    if "close" in request.POST:
        actions.close_group(found, by=request.user)
        messages.success(request, _("群链接作废了。单位自己的链接不受影响。"))
    else:
        actions.open_group(found, by=request.user)
    return redirect("campaigns:spread", found.code)


@require_POST
def letters_now(request: HttpRequest, campaign: str) -> HttpResponse:
    """急事，马上发: the letters do not wait for the morning."""
    found = campaign_to_spread(request, campaign)
    if spreading.hurry_letters(found, by=request.user):
        messages.success(request, _("邮件在发了，一两分钟内出去。"))
    else:
        messages.info(request, _("邮件已经在发，没有等着的。"))
    return redirect("campaigns:spread", found.code)


@require_POST
def post(request: HttpRequest, campaign: str, robot: str) -> HttpResponse:
    """Post the text into one group by its robot; once a day, and not in quiet hours unless she says so."""
    found = campaign_to_spread(request, campaign)
    row = get_object_or_404(
        Robot.objects.visible_to(request.user).filter(ended_at=None, office=found.office), code=robot
    )
    door = actions.open_group(found, by=request.user)
    fresh = spreading.announce(found, row, address=_address(door), by=request.user, at_once="now" in request.POST)
    if fresh and "now" not in request.POST and (opens := opens_words()):
        messages.success(request, _("现在是休息时间，%(when)s 发到群里。") % {"when": opens})
    elif fresh:
        messages.success(request, _("在发信箱里了，一会儿看看群里。"))
    else:
        messages.info(request, _("今天已经往这个群发过一次。"))
    return redirect("campaigns:spread", found.code)


@require_POST
def sheets(request: HttpRequest, campaign: str) -> HttpResponse:
    """签收单 to print: one slip a unit with its own QR code, those who have not signed. A POST, for each makes a link."""
    found = campaign_to_spread(request, campaign)
    copies = to_be_signed(found).select_related("unit", "campaign__office__unit")
    total = copies.count()
    asked = request.POST.get("batch", "1")
    first = (int(asked) - 1) * SHEETS if asked.isascii() and asked.isdigit() and 0 < int(asked[:5]) < 9999 else 0
    slips = [(copy, qr_path(actions.paper_link(copy, by=request.user))) for copy in copies[first : first + SHEETS]]
    context = {
        "campaign": found,
        "slips": slips,
        "total": total,
        "sign_due": sign_due(found.sign_due_at, found.sign_due_origin),
        "office": found.office,
    }
    return render(request, "campaigns/sheets.html", context)


@require_POST
def take_signature_back(request: HttpRequest, circulation: str) -> HttpResponse:
    """A signature of weaker evidence was wrong: the copy is open again."""
    copy = copy_or_404(request, circulation)
    actions.take_signature_back(copy, by=request.user)
    messages.success(request, _("签收撤销了，这份通知又等单位来签。"))
    return redirect("campaigns:circulation", copy.code)


def _batches(total: int) -> list[tuple[int, str]]:
    """The print runs for so many units, with the button's words; one without numbers where it is enough."""
    runs = max(1, -(-total // SHEETS))
    if runs == 1:
        return [(1, _("打开来打印"))]
    return [
        (run, _("打印第 %(first)s—%(last)s 家") % {"first": (run - 1) * SHEETS + 1, "last": min(run * SHEETS, total)})
        for run in range(1, runs + 1)
    ]


def campaign_to_spread(request: HttpRequest, code: str) -> Campaign:
    rows = Campaign.objects.visible_to(actor_of(request)).select_related("office__unit")
    found = get_object_or_404(rows, code=code)
    require(rules.circulation.may_spread(found, request.user))
    return found


def _address(door: GroupDoor) -> str:
    return settings.URL + reverse("campaigns:group", args=[door.secret])


def spread_crumbs(campaign: Campaign, *more: dict[str, str]) -> list[dict[str, str]]:
    """This notice / 发到群里、打印签收单, and what lies deeper."""
    own = {"label": campaign.doc_number or campaign.title, "url": reverse("workspace:board", args=[campaign.code])}
    here = {"label": _("发到群里、打印签收单")}
    return [own, here | {"url": reverse("campaigns:spread", args=[campaign.code])}, *more] if more else [own, here]
