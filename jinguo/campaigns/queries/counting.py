"""The obligations of a campaign counted in one pass: how many stand where, by ask and by part of the city.

One pass, because sixty thousand rows are most of what a board costs; every figure of the board is a sum over these rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
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


@dataclass
class Pile:
    """Counted obligations added up."""

    states: Counter[str] = field(default_factory=Counter)
    on_time: int = 0
    raw: int = 0
    dated: bool = False

    def add(self, facts: Facts, number: int) -> None:
        """Those out of the set (免报, closed) are in no count of timeliness."""
        self.states[facts.state] += number
        self.dated |= facts.dated
        if facts.state not in ("exempt", "closed"):
            self.on_time += number * facts.on_time
            self.raw += number * facts.on_time_raw


@dataclass(frozen=True)
class Counted:
    """The obligations of a campaign, each counted once on either side.

    Attributes:
        asks: (ask, facts as a number) → how many; `parts`: (part, facts as a number) → how many.
    """

    asks: Counter[tuple[int, int]] = field(default_factory=Counter)
    parts: Counter[tuple[Any, int]] = field(default_factory=Counter)

    def by_ask(self) -> "defaultdict[int, Pile]":
        """Ask → what it adds up to."""
        return _piles((ask, number, many) for (ask, number), many in self.asks.items())

    def by_part(self) -> "defaultdict[Any, Pile]":
        """Part → what it adds up to."""
        return _piles((part, number, many) for (part, number), many in self.parts.items())

    def whole(self) -> Pile:
        """All of it."""
        return _piles((None, number, many) for (_ask, number), many in self.asks.items())[None]

    def facts(self) -> list[tuple[Facts, int]]:
        """What is true of how many, all asks together."""
        return [(facts_of(number), many) for (_ask, number), many in self.asks.items()]


def _piles(rows: Iterable[tuple[Any, int, int]]) -> "defaultdict[Any, Pile]":
    piles: defaultdict[Any, Pile] = defaultdict(Pile)
    for key, number, many in rows:
        piles[key].add(facts_of(number), many)
    return piles


def ended_days(campaign: Campaign) -> list[date]:
    """The days on which units this campaign went to ended, if any: nearly always none or a few."""
    ended = Unit.objects.filter(circulations__campaign=campaign).exclude(valid_to=None)
    return list(ended.order_by("valid_to").values_list("valid_to", flat=True).distinct())


def requests_of(campaign: Campaign) -> ExtensionRows:
    """The requests for more time of a campaign. Looked for from the side of the requests, which are few: without statistics
    SQLite begins with sixty thousand obligations. The addition keeps it from their index."""
    asks = list(campaign.asks.values_list("pk", flat=True))
    return ExtensionRequest.objects.annotate(asked_by_ask=F("obligation__ask_id") + 0).filter(asked_by_ask__in=asks)


def counted(campaign: Campaign, moment: datetime, roster: Roster | None = None, units: Any = None) -> Counted:
    """Every obligation of a campaign, by its facts, and by its ask and the part its unit stands in.

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
    ends = {day: clock.end_of(day) for day in roster.ended}
    found = Counted()
    for ask, settled, extended_to, due_at, listed in grouped.annotate(listed=Listed("unit_id")):
        due = extended_to or due_at
        number = moved_on(settled, due, moment)
        gone = {day for day, end in ends.items() if end < (due or moment)} if settled >= STEP else set()
        for spot, many in roster.count(listed):
            here = settled + CLOSED if spot.last_day in gone else number
            found.asks[ask, here] += many
            found.parts[spot.part, here] += many
    return found


def moved_on(settled: int, due: datetime | None, moment: datetime) -> int:
    """`settled`, moved on by the clock where nothing has come yet; `facts_of` reads it. The same words as
    `ObligationRows.with_state`. Where the unit ended before it was due (undated: before the moment), and it is not 免报, it is
    `settled + CLOSED` instead: out of the set."""
    if settled < WAITING or due is None or moment < due - NEAR:
        return settled
    if moment < due:
        return settled + NEAR_STEP
    return settled + (LATE_STEP if moment < due + LONG else LONG_STEP)
