"""本单位的事: one list of everything a unit is asked, by link or account: to sign, late, returned, due, done.

Nothing is on two lists and nothing is missing: each obligation stands in the group of its one computed state.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jinguo.campaigns.dues import ask_due, sign_due
from jinguo.campaigns.models import Circulation, Obligation
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.rules.ended import may_act
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link
from jinguo.lib import clock
from jinguo.reports.forms import REASONS
from jinguo.workspace import links, queries

GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("returned", _("退回来要补正的"), ("sent_back",)),
    ("late", _("过了日子的"), ("long_overdue", "overdue")),
    ("due", _("要办的"), ("near_due", "extended", "not_due", "open_ended")),
    ("done", _("办好的"), ("reported", "accepted", "zero", "proxy", "exempt")),
    ("closed", _("期限前撤并、不算的"), ("closed",)),
)
MORE_TO_COME = ("reported", "accepted", "proxy")  # an open-ended ask takes further activities
DONE_SHOWN = 30


@dataclass(frozen=True)
class Group:
    """One part of the list; `folded` away when it is long and done."""

    name: str
    title: str
    rows: list[dict[str, Any]]
    total: int


@require_safe
def duties(request: HttpRequest, link: Link | None = None) -> HttpResponse:
    """The page; behind a link the unit of the link, at the desk the units whose posts the user holds."""
    actor, now = actor_of(request), clock.now()
    copies = queries.copies_of_own(actor)
    rows = queries.obligations_of_own(actor, now)
    by_pair = {(copy.unit_id, copy.campaign_id): copy for copy in copies}
    several = len({row.unit_id for row in rows} | {copy.unit_id for copy in copies}) > 1
    context: dict[str, Any] = {
        "base": "ui/link.html" if link else "ui/workspace.html",
        "link": link,
        "now": now,
        "several": several,
        "in_being": next((no for copy in copies if not (no := may_act(copy.unit))), True),
        "unsigned": [
            _copy(copy, link) for copy in copies if not copy.signed_at and not copy.sent_back_at and may_act(copy.unit)
        ],
        "groups": [_group(name, title, words, rows, by_pair, link) for name, title, words in GROUPS],
        "empty": not rows,
        "zero_reasons": REASONS,
        "calendars": _calendars(link, [*rows, *copies]),
        "reports_url": links.reports(link),
        "activities_url": links.activities(link),
    }
    if link is not None:
        context["unit"] = link.unit
    return render(request, "workspace/duties.html", context)


def _calendars(link: Link | None, rows: list[Any]) -> list[tuple[Any, str]]:
    """The unit, or units, whose dates can be subscribed to, with the page for it."""
    if link is not None:
        return [(link.unit, reverse("workspace:link_calendar", kwargs={"link": link.secret}))]
    units = {row.unit_id: row.unit for row in rows}
    return [(unit, reverse("workspace:calendar", args=[unit.code])) for unit in units.values()]


def _group(
    name: str,
    title: Any,
    words: tuple[str, ...],
    rows: list[Obligation],
    copies: dict[Any, Circulation],
    link: Link | None,
) -> Group:
    found = sorted(
        (row for row in rows if row.state_word in words), key=lambda row: (words.index(row.state_word), row.pk)
    )
    shown = found[:DONE_SHOWN] if name == "done" else found
    lines = [_duty(row, copies.get((row.unit_id, row.ask.campaign_id)), link) for row in shown]
    return Group(name, str(title), lines, len(found))


def _copy(copy: Circulation, link: Link | None) -> dict[str, Any]:
    """A notice to sign for. A link opens only the one it was made for; the others have their own mail."""
    url = reverse("workspace:received", args=[copy.code])
    if link is not None:
        mine = link.object_code == copy.code
        url = reverse("workspace:link", kwargs={"link": link.secret}) if mine else ""
    return {"copy": copy, "due": sign_due(copy.campaign.sign_due_at, copy.campaign.sign_due_origin), "url": url}


def _may_ask(row: Obligation, now: datetime) -> bool:
    """Is more time to be asked for, or asked for already?"""
    due = row.extended_to or row.due_at
    unanswered = not row.returns and not row.zero_at and not row.exempt_at and row.state_word != "closed"
    return bool(row.asked_to) or (unanswered and due is not None and now < due and not row.ask.campaign.is_over)


def _duty(row: Obligation, copy: Circulation | None, link: Link | None) -> dict[str, Any]:
    """One thing asked, with every act that is open now."""
    now = clock.now()
    unanswered = not row.returns and row.state_word not in ("zero", "exempt", "closed")
    more = row.ask.kind == AskKind.EACH_ACTIVITY and row.state_word in MORE_TO_COME
    return {
        "row": row,
        "state": row.state_at(now).label,
        "due": ask_due(row.ask, row.due_at, row.extended_to),
        "waiting": row.asked_to,
        "new_url": links.new_report(link, row.code) if unanswered or more else "",
        "zero_url": links.zero_report(link, row.code) if unanswered else "",
        "extension_url": links.extension(link, row.code) if _may_ask(row, now) else "",
        "list_url": links.reports(link) if row.returns else "",
        "undo_zero_url": links.zero_report(link, row.code) if row.state_word == "zero" else "",
        "burden_url": links.burden(link, copy.code, row.ask.code) if copy is not None else "",
    }
