"""One unit's page of one notice: what is asked, until when, one button to sign. By its signed link, or at its own desk.

A GET changes nothing here but the link's `opened_at`, which the gate notes.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.campaigns import rules
from jinguo.campaigns.dues import ask_due, sign_due
from jinguo.campaigns.forms import SignForm
from jinguo.campaigns.models import Circulation
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.queries import forwarding
from jinguo.campaigns.queries.circulation import (
    copies_received,
    copy_seen,
    fitting_clauses,
    sign_is_overdue,
    unit_obligations,
    whole_text,
)
from jinguo.campaigns.queries.group import device_standing
from jinguo.campaigns.rules import forwarding as forwarding_rules
from jinguo.campaigns.rules.ended import may_act
from jinguo.campaigns.views.link import DEVICE
from jinguo.federation import policy
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link
from jinguo.federation.models.unit import UnitClass
from jinguo.lib import clock, ids
from jinguo.lib.errors import NotThere
from jinguo.lib.rulings import require
from jinguo.reports.queries.figures import renewed
from jinguo.workspace import links

READ_A_MINUTE = 400  # characters


@require_safe
def link_page(request: HttpRequest, link: Link) -> HttpResponse:
    """/l/<link>/: the page behind a unit's link."""
    copy = copy_seen(link, link.object_code) if link.object_kind == "circulation" else None
    device = request.COOKIES.get(DEVICE, "")[:40]
    answer = _page(request, copy, link, device)
    if not device:
        answer.set_cookie(
            DEVICE, ids.new_secret(), max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return answer


@require_safe
def received(request: HttpRequest, circulation: str) -> HttpResponse:
    """The same page at the desk of the unit's own liaison or chair."""
    copy = copy_seen(request.user, circulation)
    if copy is not None:
        require(rules.circulation.may_read(copy, request.user))
    return _page(request, copy, None)


def _page(request: HttpRequest, copy: Circulation | None, link: Link | None, device: str = "") -> HttpResponse:
    if copy is None:
        raise NotThere(_("没有找到这份通知。"))
    campaign, actor = copy.campaign, actor_of(request)
    duties = _duties(copy)
    fitting = fitting_clauses(campaign, copy.unit)
    context: dict[str, Any] = {
        "base": "ui/link.html" if link else "ui/workspace.html",
        "copy": copy,
        "campaign": campaign,
        "link": link,
        "sign_due": sign_due(campaign.sign_due_at, campaign.sign_due_origin),
        "sign_late": sign_is_overdue(campaign, clock.now()),
        "asked": [_duty(row, link) for row in sorted(duties, key=_order) if row.ask.campaign_id == campaign.pk],
        "duties": [_duty(row, link) for row in duties],
        "open_duties": sum(
            row.state_word not in ("accepted", "reported", "zero", "exempt", "proxy", "closed") for row in duties
        ),
        **{name: [_clause(one, link) for one in getattr(fitting, name)] for name in ("proposed", "others")},
        "own_way_url": links.new_activity(link),
        "duties_url": links.duties(link),
        "activities_url": links.activities(link),
        "reading": _reading(copy),
        "now": clock.now(),
        "past": [other for other in copies_received(copy.unit) if other.pk != copy.pk and other.signed_at][:5],
        "sign_form": SignForm(initial={"signer": _usual_signer(copy)}),
        **_may(copy, actor),
        "to": _acts(copy, link),
        "forward": _forward(copy, actor),
    }
    if link:
        context["brand"] = {"name": campaign.office.unit.name, "tagline": _tagline(copy)}
        context["contact_phone"] = campaign.office.phone
        known, elsewhere = device_standing(link, device)
        context |= {
            "new_here": not known,
            "second_device": elsewhere and not known,
            "in_wechat": "MicroMessenger" in request.headers.get("User-Agent", ""),
        }
    return render(request, "workspace/unit.html", context)


def _duties(copy: Circulation) -> list[Any]:
    """What the unit is asked, this notice first; without what was never answered of a notice that was issued anew since."""
    rows = list(unit_obligations(copy.unit, clock.now()))
    older = renewed({row.ask.campaign_id: row.ask.campaign for row in rows}.values()) - {copy.campaign_id}
    rows = [row for row in rows if row.ask.campaign_id not in older or row.returns or row.zero_at]
    return sorted(rows, key=lambda row: row.ask.campaign_id != copy.campaign_id)


def _may(copy: Circulation, actor: Any) -> dict[str, Any]:
    """What is open to the unit now; `in_being` says what has become of one that has ended."""
    return {
        "in_being": may_act(copy.unit),
        "may_sign": rules.circulation.may_sign(copy, actor),
        "may_send_back": rules.circulation.may_send_back(copy, actor),
    }


def _forward(copy: Circulation, actor: Any) -> dict[str, Any] | None:
    """What a federation with others below it may do next, or has done; None for everybody else."""
    if copy.unit.unit_class != UnitClass.FEDERATION or not policy.may(actor, "circulation.forward", copy.unit):
        return None
    told, onward = forwarding.told_of(copy), forwarding.onward_of(copy)
    if not (told.now or told.already or onward):
        return None
    return {
        "now": len(told.now),
        "already": len(told.already),
        "onward": onward,
        "told": onward.circulations.count() if onward else 0,
        "may_write": forwarding_rules.may_write(copy, actor),
    }


def _order(row: Any) -> int:
    """The order in which the notice asks."""
    return row.ask_id


def _duty(row: Any, link: Link | None) -> dict[str, Any]:
    """One thing to report, with what can be done about it now."""
    nothing_yet = not row.returns and row.state_word not in ("zero", "exempt", "closed")
    more = row.ask.kind == AskKind.EACH_ACTIVITY and row.state_word not in ("zero", "exempt", "sent_back", "closed")
    return {
        "row": row,
        "state": row.state_at(clock.now()).label,
        "due": ask_due(row.ask, row.due_at, row.extended_to),
        "new_url": links.new_report(link, row.code) if nothing_yet or more else "",
        "zero_url": links.zero_report(link, row.code) if nothing_yet else "",
        "list_url": links.reports(link) if row.returns else "",
    }


def _clause(clause: Any, link: Link | None) -> dict[str, Any]:
    return {"clause": clause, "url": links.new_activity(link, clause.code)}


def _reading(copy: Circulation) -> dict[str, Any]:
    """The notice's text as it was read, in paragraphs, with how long reading it takes; below a covering sentence the
    superior's."""
    text = whole_text(copy.campaign)
    characters = len("".join(text.split()))
    return {
        "paragraphs": [line.strip() for line in text.splitlines() if line.strip()],
        "characters": characters,
        "minutes": max(1, round(characters / READ_A_MINUTE)),
    }


def _usual_signer(copy: Circulation) -> str:
    contact = copy.unit.contacts.order_by("position").first()
    return contact.title if contact else ""


def _tagline(copy: Circulation) -> str:
    department = copy.campaign.office.department
    return _("%(department)s发来的通知") % {"department": department} if department else _("发来的通知")


def _acts(copy: Circulation, link: Link | None) -> dict[str, str]:
    """The addresses of the acts, behind the link or at the desk."""
    door, way = ("link", {"link": link.secret}) if link else ("received", {"circulation": copy.code})
    if link is not None:
        return {**_door_acts(door, way), "short_code": reverse("campaigns:link_short_code", kwargs=way)}
    return _door_acts(door, way)


def _door_acts(door: str, way: dict[str, str]) -> dict[str, str]:
    names = ("sign", "seen", "send_back", "take_again", "burden", "original", "above", "forward")
    return {name: reverse(f"campaigns:{door}_{name}", kwargs=way) for name in names}
