"""The obligations of a campaign counted in one pass: how many stand where, by ask and by part of the city.

One pass, because sixty thousand rows are most of what a board costs; every figure of the board is a sum over these rows.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F

from jinguo.campaigns.models import Campaign, ExtensionRequest, Obligation
from jinguo.campaigns.models.asking import ExtensionRows
from jinguo.campaigns.models.obligation import LONG, NEAR
from jinguo.campaigns.models.settled import CLOSED, LATE_STEP, LONG_STEP, NEAR_STEP, STEP, WAITING, Facts, facts_of
from jinguo.campaigns.queries.roster import Listed, Roster, those_that_ended
from jinguo.federation.models import Unit
from jinguo.lib import clock


@dataclass(frozen=True)
class Counted:
    """How many obligations of one ask in one part share the same facts."""

    ask: int
    part: Any
    facts: Facts
    number: int


@dataclass
class Pile:
    """Counted rows added up."""

    states: Counter[str] = field(default_factory=Counter)
    on_time: int = 0
    raw: int = 0
    dated: bool = False

    def add(self, facts: Facts, number: int) -> None:
        """Rows out of the set (免报, closed) are in no count of timeliness."""
        self.states[facts.state] += number
        self.dated |= facts.dated
        if facts.state not in ("exempt", "closed"):
            self.on_time += number * facts.on_time
            self.raw += number * facts.on_time_raw


def ended_days(campaign: Campaign) -> list[date]:
    """The days on which units this campaign went to ended, if any: nearly always none or a few."""
    ended = Unit.objects.filter(circulations__campaign=campaign).exclude(valid_to=None)
    return list(ended.order_by("valid_to").values_list("valid_to", flat=True).distinct())


def requests_of(campaign: Campaign) -> ExtensionRows:
    """The requests for more time of a campaign. Looked for from the side of the requests, which are few: without statistics
    SQLite begins with sixty thousand obligations. The addition keeps it from their index."""
    asks = list(campaign.asks.values_list("pk", flat=True))
    return ExtensionRequest.objects.annotate(asked_by_ask=F("obligation__ask_id") + 0).filter(asked_by_ask__in=asks)


def counted(campaign: Campaign, moment: datetime, roster: Roster | None = None, units: Any = None) -> list[Counted]:
    """Every obligation of a campaign, counted once: by its ask, its facts, and the part its unit stands in.

    Args:
        roster: where the units stand; without it all stand in one part, None.
        units: only of these units (a queryset).
    """
    roster = those_that_ended(campaign) if roster is None else roster
    rows = Obligation.objects.filter(ask__in=campaign.asks.all())
    if units is not None:
        rows = rows.filter(unit__in=units)
    # The columns of the index `obligations_settled`, in its order: the database counts as it reads, and sorts nothing.
    grouped = rows.values_list("ask_id", "settled", "extended_to", "due_at").order_by()
    piles: Counter[tuple[int, Any, int]] = Counter()
    for ask, settled, extended_to, due_at, listed in grouped.annotate(listed=Listed("unit_id")):
        for spot, number in roster.count(listed):
            piles[ask, spot.part, moved_on(settled, extended_to or due_at, moment, spot.last_day)] += number
    return [Counted(ask, part, facts_of(facts), number) for (ask, part, facts), number in piles.items()]


def moved_on(settled: int, due: datetime | None, moment: datetime, last_day: date | None) -> int:
    """`settled`, moved on by the clock where nothing has come yet, or taken out of the set where the unit ended before it was
    due (undated: before the moment); `facts_of` reads it. The same words as `ObligationRows.with_state`."""
    if settled < STEP:
        return settled
    if last_day is not None and clock.end_of(last_day) < (due or moment):
        return settled + CLOSED
    if settled < WAITING or due is None or moment < due - NEAR:
        return settled
    if moment < due:
        return settled + NEAR_STEP
    return settled + (LATE_STEP if moment < due + LONG else LONG_STEP)
