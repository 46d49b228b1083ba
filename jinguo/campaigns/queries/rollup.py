"""How the parts of a city stand: counties and classes of units, a county's townships, one place and all below it.

Rows roll up by adding numerators and denominators, never by averaging shares (reference/reporting §7); places stand in the
order of the tree, never ranked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import Substr

from jinguo.campaigns.models import Ask, Campaign
from jinguo.campaigns.queries.circulation import SIGN_ORDER, Tally, percent, tally_of
from jinguo.campaigns.queries.counting import Counted, Pile, counted
from jinguo.campaigns.queries.groups import Group, group_number, groups_of
from jinguo.federation.models import Unit

_ID = 6  # hexadecimal digits of one unit in a path


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


def board_of(
    campaign: Campaign, moment: datetime, groups: list[Group] | None = None, ended: list[date] | None = None
) -> Board:
    """Everything the board's one screen counts: one pass over the obligations, one over the circulations."""
    groups = groups_of(campaign) if groups is None else groups
    rows = counted(campaign, moment, group_number(groups, "unit__"), ended=ended, most=len(groups))
    signs = _signs(campaign.circulations.all(), group_number(groups, "unit__"))
    by_ask, by_part = _piles(rows, "ask"), _piles(rows, "part")
    asks = [(ask, tally_of(by_ask[ask.pk])) for ask in campaign.asks.order_by("pk")]
    parts = [
        (group, Standing(_sign_tally(signs[number]), tally_of(by_part[number]))) for number, group in enumerate(groups)
    ]
    whole = Standing(_sign_tally(reduce(_added, signs.values(), {})), tally_of(_piles(rows, "")[""]))
    return Board(asks, parts, whole)


@dataclass(frozen=True)
class Place:
    """A unit, how it and all below it stand, and whether anything stands below it."""

    unit: Unit
    standing: Standing
    deeper: bool


def places_below(campaign: Campaign, place: Unit, moment: datetime) -> list[Place]:
    """The units right below a place that were addressed, or have addressed units below them; each with all below it."""
    start = len(place.path) + 1
    children = place.children.annotate(key=Substr("path", start, _ID)).order_by("path")
    return _places(campaign, moment, Substr("unit__path", start, _ID), Unit.objects.under(place), children)


def places_by_themselves(campaign: Campaign, units: Iterable[Unit], moment: datetime) -> list[Place]:
    """Some addressed units, each by itself alone, in the order of the tree."""
    chosen = Unit.objects.filter(pk__in=[unit.pk for unit in units])
    return _places(campaign, moment, F("unit_id"), chosen, chosen.annotate(key=F("pk")).order_by("path"))


def _places(campaign: Campaign, moment: datetime, key: Any, within: Any, shown: Any) -> list[Place]:
    """The shown units with what is counted under their `key` within some units."""
    signs = _signs(campaign.circulations.filter(unit__in=within), key)
    piles = _piles(counted(campaign, moment, key, within), "part")
    return [
        Place(unit, Standing(_sign_tally(signs[unit.key]), tally_of(piles[unit.key])), _total(signs[unit.key]) > 1)
        for unit in shown
        if signs[unit.key]
    ]


def _total(words: dict[str, tuple[int, int]]) -> int:
    return sum(number for number, _signed in words.values())


Signs = dict[str, tuple[int, int]]  # state word → (copies, of them signed)


def _signs(copies: Any, part: Any) -> defaultdict[Any, Signs]:
    found: defaultdict[Any, Signs] = defaultdict(dict)
    grouped = copies.with_state().annotate(part=part).order_by().values("part", "state_word")
    for row in grouped.annotate(n=Count("pk"), signed=Count("signed_at")):
        found[row["part"]][row["state_word"]] = (row["n"], row["signed"])
    return found


def _added(one: Signs, other: Signs) -> Signs:
    words = {*one, *other}
    nothing = (0, 0)
    return {
        word: (one.get(word, nothing)[0] + other.get(word, nothing)[0], one.get(word, nothing)[1] + other.get(word, nothing)[1])
        for word in words
    }  # fmt: skip


def _sign_tally(words: Signs) -> Tally:
    counts = {word: words[word][0] for word in SIGN_ORDER if word in words}
    return Tally(counts, done=sum(signed for _number, signed in words.values()), total=_total(words))


def _piles(rows: list[Counted], by: str) -> defaultdict[Any, Pile]:
    """The rows added up by one of their columns, or all of them under ""."""
    piles: defaultdict[Any, Pile] = defaultdict(Pile)
    for row in rows:
        piles[getattr(row, by) if by else ""].add(row.facts, row.number)
    return piles
