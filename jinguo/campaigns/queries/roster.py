"""Whom a campaign went to, read once: where each unit stands, when it ended, and how its copy stands.

Each unit is placed once, here, and what there is much of (copies, obligations, returns) comes from the database as lists of
units (`Listed`), a list for all that share the same facts: sixty thousand rows read one by one take longer than a board may.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Aggregate, Case, TextField, Value, When
from django.db.models.functions import Left, StrIndex, Substr

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.circulation import CirculationRows
from jinguo.campaigns.queries.groups import Group, Sorter, sorter_of
from jinguo.lib import clock

Signs = dict[str, tuple[int, int]]  # state word, `closed` among them → (copies, of them signed)


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

    def count_parts(self, listed: str) -> "Counter[Any]":
        """The same by part alone, those who are not on the roster left out."""
        found: Counter[Any] = Counter()
        for spot, number in self.count(listed):
            if spot is not NOWHERE:
                found[spot.part] += number
        return found

    @property
    def ended(self) -> list[date]:
        """The days on which units ended, if any."""
        return sorted({spot.last_day for spot in self.spots if spot.last_day})

    def many(self) -> dict[Any, int]:
        """Part → how many units it holds."""
        return {part: sum(number for number, _signed in words.values()) for part, words in self.signs.items()}


def branch_below(top: int) -> Any:
    """Which branch a unit stands in, of those below the one whose path has `top` characters: the path of its head. For that
    one itself its own path."""
    return Left("unit__path", StrIndex(Substr("unit__path", top + 1), Value("/")) + top)


def roster_of(copies: CirculationRows, key: Any, place: Callable[[Any, str], Any]) -> Roster:
    """The units of some copies of one campaign.

    Args:
        key: an expression of the database that says where a unit stands as far as it knows.
        place: names the part from that and the unit's class.
    """
    signed = Case(When(signed_at=None, then=Value(0)), default=Value(1))
    rows = copies.with_state(clock.today()).annotate(signed=signed, stands=key).order_by()
    alike = rows.values_list("stands", "unit__unit_class", "unit__valid_to", "state_word", "signed")
    seats: dict[str, int] = {}
    spots: dict[Spot, int] = {}
    signs: defaultdict[Any, Signs] = defaultdict(dict)
    for stands, kind, last_day, word, has_signed, listed in alike.annotate(listed=Listed("unit_id")):
        spot = Spot(place(stands, kind), last_day)
        units = listed.split(",")
        seats.update(dict.fromkeys(units, spots.setdefault(spot, len(spots))))
        before, done = signs[spot.part].get(word, (0, 0))
        signs[spot.part][word] = (before + len(units), done + len(units) * has_signed)
    return Roster(seats, list(spots), dict(signs))


def those_that_ended(campaign: Campaign) -> Roster:
    """Only the units that are no more, all of them in one part: nearly always none or a few."""
    return roster_of(campaign.circulations.exclude(unit__valid_to=None), Value(0), lambda _key, _kind: None)


@dataclass(frozen=True)
class City:
    """A campaign's units by the parts of the city."""

    sorter: Sorter
    roster: Roster
    groups: list[Group]


def city_of(campaign: Campaign) -> City:
    """Everybody a campaign went to, by counties and classes."""
    sorter = sorter_of(campaign)
    roster = roster_of(campaign.circulations.all(), branch_below(sorter.top), sorter.part)
    return City(sorter, roster, sorter.groups(roster.many()))
