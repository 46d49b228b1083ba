"""How the parts of a city stand: counties and classes of units, a county's townships, one place and all below it.

Rows roll up by adding numerators and denominators, never by averaging shares (reference/reporting §7); places stand in the
order of the tree, never ranked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.db.models import F

from jinguo.campaigns.models import Ask, Campaign
from jinguo.campaigns.queries.circulation import Tally, percent, signs_tally, tally_of
from jinguo.campaigns.queries.counting import Counted, counted
from jinguo.campaigns.queries.groups import Group
from jinguo.campaigns.queries.roster import City, Roster, Signs, branch_below, city_of, roster_of
from jinguo.federation.models import Unit


@dataclass(frozen=True)
class Standing:
    """How a part stands: copies and signatures, and its obligations of every ask added up."""

    sign: Tally
    report: Tally

    @property
    def late(self) -> int:
        """逾期 and 久逾."""
        return self.report.counts.get("overdue", 0) + self.report.counts.get("long_overdue", 0)

    @property
    def on_time(self) -> str:
        """In time, of those in force; — where nothing has a date."""
        return percent(self.report.on_time, self.report.total) if self.report.on_time is not None else "—"


@dataclass(frozen=True)
class Board:
    """A whole campaign at one moment.

    Attributes:
        asks: each ask with its tally; `parts`: each part with how it stands; `whole`: all of it.
    """

    asks: list[tuple[Ask, Tally]]
    parts: list[tuple[Group, Standing]]
    whole: Standing


def board_of(campaign: Campaign, moment: datetime, city: City | None = None) -> Board:
    """Everything the board's one screen counts: one pass over the obligations, one over the circulations."""
    city = city_of(campaign) if city is None else city
    signs = city.roster.signs
    found = counted(campaign, moment, city.roster)
    by_ask, by_part = found.by_ask(), found.by_part()
    asks = [(ask, tally_of(by_ask[ask.pk])) for ask in campaign.asks.order_by("pk")]
    parts = [(one, Standing(_sign_tally(signs[one.code]), tally_of(by_part[one.code]))) for one in city.groups]
    whole = Standing(_sign_tally(reduce(_added, signs.values(), {})), tally_of(found.whole()))
    return Board(asks, parts, whole)


@dataclass(frozen=True)
class Place:
    """A unit, how it and all below it stand, and whether anything stands below it."""

    unit: Unit
    standing: Standing
    deeper: bool


def places_below(campaign: Campaign, place: Unit, moment: datetime) -> list[Place]:
    """The units right below a place that were addressed, or have addressed units below them; each with all below it."""
    within = Unit.objects.under(place)
    heads = branch_below(len(place.path))
    roster = roster_of(campaign.circulations.filter(unit__in=within), heads, lambda head, _kind: head)
    children = {child.path: child for child in place.children.order_by("path")}
    return _places(children, roster, counted(campaign, moment, roster, within))


def places_by_themselves(campaign: Campaign, units: Iterable[Unit], moment: datetime) -> list[Place]:
    """Some addressed units, each by itself alone, in the order of the tree."""
    chosen = {unit.pk: unit for unit in sorted(units, key=lambda unit: unit.path)}
    within = Unit.objects.filter(pk__in=chosen)
    roster = roster_of(campaign.circulations.filter(unit__in=within), F("unit_id"), lambda unit, _kind: unit)
    return _places(chosen, roster, counted(campaign, moment, roster, within))


def _places(shown: Mapping[Any, Unit], roster: Roster, found: Counted) -> list[Place]:
    """The shown units (part → unit) that hold any of the roster, with how it stands."""
    piles, signs = found.by_part(), roster.signs
    return [
        Place(unit, Standing(_sign_tally(signs[part]), tally_of(piles[part])), _total(signs[part]) > 1)
        for part, unit in shown.items()
        if part in signs
    ]


def _total(words: Signs) -> int:
    return sum(number for number, _signed in words.values())


def _added(one: Signs, other: Signs) -> Signs:
    words = {*one, *other}
    nothing = (0, 0)
    return {
        word: (one.get(word, nothing)[0] + other.get(word, nothing)[0], one.get(word, nothing)[1] + other.get(word, nothing)[1])
        for word in words
    }  # fmt: skip


def _sign_tally(words: Signs) -> Tally:
    copies = {word: number for word, (number, _signed) in words.items()}
    return signs_tally(copies, sum(signed for _number, signed in words.values()))
