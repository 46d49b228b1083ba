"""Whom a campaign went to, read once: where each unit stands, when it ended, and how its copy stands.

Three thousand copies are quickly read; sixty thousand obligations are not. So each unit is placed once, here, and what there
is much of comes from the database as lists of units (`Listed`), which are then counted by place.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Aggregate, Case, TextField, Value, When

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.circulation import CirculationRows
from jinguo.campaigns.queries.groups import Group, Sorter, sorter_of

Signs = dict[str, tuple[int, int]]  # state word → (copies, of them signed)


class Listed(Aggregate):
    """The row numbers of a group as words, each as often as it stands in it: `3,17,3`."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **more)


class Spot(NamedTuple):
    """Where units stand together: the part, and the day they ended; None while they are in being."""

    part: Any
    last_day: date | None


NOWHERE = Spot(None, None)


@dataclass(frozen=True)
class Roster:
    """Units by where they stand.

    Attributes:
        seats: a unit's row number as a word → its place in `spots`.
        signs: part → how the copies of its units stand.
    """

    seats: dict[str, int]
    spots: list[Spot]
    signs: dict[Any, Signs]

    def count(self, listed: str) -> list[tuple[Spot, int]]:
        """How often units of each spot stand in a list of `Listed`; who is not on the roster stands NOWHERE."""
        found = Counter(map(self.seats.get, listed.split(",")))
        return [(NOWHERE if seat is None else self.spots[seat], number) for seat, number in found.items()]

    @property
    def ended(self) -> list[date]:
        """The days on which units ended, if any."""
        return sorted({spot.last_day for spot in self.spots if spot.last_day})

    def many(self) -> dict[Any, int]:
        """Part → how many units it holds."""
        return {part: sum(number for number, _signed in words.values()) for part, words in self.signs.items()}


def roster_of(copies: CirculationRows, place: Callable[[int, str, str], Any]) -> Roster:
    """The units of some copies of one campaign. `place` names the part of a unit from its row number, path and class."""
    signed = Case(When(signed_at=None, then=Value(0)), default=Value(1))
    rows = copies.with_state().annotate(signed=signed).order_by()
    seats: dict[str, int] = {}
    spots: dict[Spot, int] = {}
    copies_of: Counter[tuple[int, str, int]] = Counter()
    for unit, path, kind, last_day, word, has_signed in rows.values_list(
        "unit_id", "unit__path", "unit__unit_class", "unit__valid_to", "state_word", "signed"
    ):
        seat = spots.setdefault(Spot(place(unit, path, kind), last_day), len(spots))
        seats[str(unit)] = seat
        copies_of[seat, word, has_signed] += 1
    return Roster(seats, list(spots), _signs(list(spots), copies_of))


def _signs(spots: list[Spot], copies: Counter[tuple[int, str, int]]) -> dict[Any, Signs]:
    signs: defaultdict[Any, Signs] = defaultdict(dict)
    for (seat, word, has_signed), number in copies.items():
        part = signs[spots[seat].part]
        before, done = part.get(word, (0, 0))
        part[word] = (before + number, done + number * has_signed)
    return dict(signs)


def those_that_ended(campaign: Campaign) -> Roster:
    """Only the units that are no more, all of them in one part: nearly always none or a few."""
    return roster_of(campaign.circulations.exclude(unit__valid_to=None), lambda _unit, _path, _kind: None)


@dataclass(frozen=True)
class City:
    """A campaign's units by the parts of the city."""

    sorter: Sorter
    roster: Roster
    groups: list[Group]

    @cached_property
    def parts(self) -> dict[str, str]:
        """A unit's row number as a word → the code of its part."""
        return {unit: self.roster.spots[seat].part for unit, seat in self.roster.seats.items()}


def city_of(campaign: Campaign) -> City:
    """Everybody a campaign went to, by counties and classes."""
    sorter = sorter_of(campaign)
    roster = roster_of(campaign.circulations.all(), lambda _unit, path, kind: sorter.part(path, kind))
    return City(sorter, roster, sorter.groups(roster.many()))
