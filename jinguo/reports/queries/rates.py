"""Rates of reference/reporting §7: sets over obligations, so none exceeds 100 %; an empty set has no rate.

Sums are added, percentages never averaged. The snapshot uses the pure functions here on its frozen rows; the pages
count the same sets in SQL (`campaigns.queries.circulation`), and a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from jinguo.campaigns.models import Campaign
from jinguo.reports.models import Return
from jinguo.reports.models.returned import WAITING


@dataclass(frozen=True)
class Ratio:
    """A part of a whole; adding two adds parts and wholes."""

    part: int
    whole: int

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.part + other.part, self.whole + other.whole)

    @property
    def text(self) -> str:
        """89.2%, or — when there is nothing to be part of."""
        return f"{self.part / self.whole * 100:.1f}%" if self.whole else "—"


@dataclass(frozen=True)
class Duty:
    """The facts of one obligation at the cut-off.

    Attributes:
        in_force: neither exempt nor of a unit closed or merged before it was due.
        due: the effective due instant, or None: then it is in no count of timeliness.
        first: when something first came: a return, or the zero report.
    """

    in_force: bool
    reported: bool
    zero: bool
    due: datetime | None
    first: datetime | None


@dataclass(frozen=True)
class Rates:
    """How complete and how timely a set of duties is."""

    completeness: Ratio
    timeliness: Ratio
    on_time_share: Ratio
    zero_share: Ratio


def rates_of(duties: Iterable[Duty]) -> Rates:
    """The four rates over the duties in force; timeliness only over those that have a due instant."""
    force = [duty for duty in duties if duty.in_force]
    done = [duty for duty in force if duty.reported or duty.zero]
    dated = [duty for duty in force if duty.due]
    timely = sum(1 for duty in dated if duty.due and duty.first and duty.first <= duty.due)
    zeros = sum(1 for duty in force if duty.zero and not duty.reported)
    done_and_dated = sum(1 for duty in done if duty.due)
    return Rates(
        Ratio(len(done), len(force)), Ratio(timely, len(dated)), Ratio(timely, done_and_dated), Ratio(zeros, len(force))
    )


@dataclass(frozen=True)
class Answering:
    """How the city itself does: accepted without sending back, and how many returns wait for it."""

    first_pass: Ratio
    waiting: int


def answering_of(campaign: Campaign) -> Answering:
    """First pass of a campaign's returns; how long they waited is said by `clocks`."""
    accepted = Count("pk", filter=~Q(accepted=None))
    at_once = Count("pk", filter=~Q(accepted=None) & Q(times_back=0))
    waiting = Count("pk", filter=Q(state__in=WAITING))
    found = Return.objects.filter(campaign=campaign).aggregate(all=accepted, once=at_once, waiting=waiting)
    return Answering(Ratio(found["once"], found["all"]), found["waiting"])
