"""The board on the wall of an office, and the board to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.campaigns import dues
from jinguo.campaigns.models import Campaign
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.reports.queries.clocks import reports_clock, signing_hours
from jinguo.reports.queries.coverage import untouched
from jinguo.ui.downloads import table_answer
from jinguo.workspace.board import schematic, whole_of
from jinguo.workspace.tables import NAMES, board_tables
from jinguo.workspace.views.board import seen

SHOWN = 5  # clauses nobody has acted on that fit on the wall


@require_safe
def wall(request: HttpRequest, campaign: str) -> HttpResponse:
    """Counts and places only, large and dark: no person, no telephone, no unit by name. Renews itself; `?still=1` does not."""
    found, now = seen(request, campaign), clock.now()
    whole = whole_of(found, now)
    idle = untouched(found, now, whole.coverage)
    context = {
        "campaign": found,
        "now": now,
        "whole": whole,
        "tiles": schematic(found, whole.parts),
        "idle": idle.asked[:SHOWN] if idle.in_time else [],
        "idle_more": max(len(idle.asked) - SHOWN, 0) if idle.in_time else 0,
        "in_time": idle.in_time,
        "next_due": _next_due(found, now),
        "sign_hours": signing_hours(found),
        "replies": reports_clock(found),
        "still": bool(request.GET.get("still")),
    }
    return render(request, "workspace/wall.html", context)


def _next_due(campaign: Campaign, now: Any) -> dict[str, Any] | None:
    """The confirmed due instant that comes next, and how many days are left."""
    coming = [(due, ask) for ask in campaign.asks.all() if (due := dues.due_confirmed(ask)) and due > now]
    if not coming:
        return None
    due, ask = min(coming, key=lambda pair: pair[0])
    return {"ask": ask, "text": dues.instant_words(due), "days": (due - now).days}


@require_safe
def download(request: HttpRequest, campaign: str) -> HttpResponse:
    """The whole board as a workbook, or with `?table=` one table as .csv."""
    found, table = seen(request, campaign), request.GET.get("table", "")
    if table and table not in NAMES:
        raise NotThere(_("看板没有这张表。请回到看板再点一次下载。"))
    tables = board_tables(found, clock.now(), [table] if table else NAMES)
    return table_answer(f"board-{table}" if table else "board", tables, as_csv=bool(table))
