"""Reads of the tree: lists, names and counts that stay fast at 700,000 units (`tests/bench`)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from jinguo.federation import policy
from jinguo.federation.models import Alias, Contact, TreeImport, Unit, UnitChange
from jinguo.federation.models.unit import Level, UnitRows
from jinguo.lib import clock
from jinguo.search.queries import codes_matching

PAGE = 50
COUNTED = 10_000  # more than so many are not counted to the last one
SPARSE = 6_000  # a name in more units than this is quicker to meet on the way along the tree than to look up


def units_seen(actor: Any) -> UnitRows:
    """The units an actor may look at."""
    return Unit.objects.filter(policy.sight(actor, "unit.view", ""))


def imports_seen(actor: Any) -> QuerySet[TreeImport]:
    """The workbooks an actor may look at and write: those of units she may change."""
    return TreeImport.objects.filter(policy.sight(actor, "unit.edit")).select_related("unit")


def called(actor: Any, words: str, *, act: str = "unit.view", most: int = 2) -> list[Unit]:
    """The units in being that these words name: a code, a full or short name, or another name; at most `most`."""
    words = words.strip()
    if not words:
        return []
    alive = Unit.objects.alive(clock.today()).filter(policy.sight(actor, act, ""))
    own = list(alive.filter(Q(code=words) | Q(name=words) | Q(short_name=words)).order_by("path")[:most])
    if own:
        return own
    return list(alive.filter(pk__in=Alias.objects.filter(name=words).values("unit")).order_by("path")[:most])


def bears(words: str, at: str = "") -> Q:
    """Units with these words in a name, a short name or another name; rows whose path `at` ("unit__") leads to such.

    No join, so nothing comes twice, and no database loses itself in joins of a table it takes for empty.
    """
    other = Alias.objects.filter(name__contains=words).values("unit")
    return Q(**{f"{at}name__contains": words}) | Q(**{f"{at}short_name__contains": words}) | Q(**{f"{at}pk__in": other})


@dataclass(frozen=True)
class UnitLine:
    """One line of the list of units, with how many contacts and units below it has."""

    unit: Unit
    contacts: int
    below: int


@dataclass(frozen=True)
class UnitPage:
    """One page of the list.

    Attributes:
        count: how many units there are in all; None: more than anybody would page through.
        before, after: codes to ask for the page before or behind this one with; "" at either end.
    """

    lines: list[UnitLine]
    count: int | None
    before: str
    after: str


def find_units(
    actor: Any,
    *,
    words: str = "",
    unit_class: str = "",
    level: str = "",
    under: str = "",
    ended: bool = False,
    after: str = "",
    before: str = "",
) -> UnitPage:
    """One page of units in the order of the tree.

    Args:
        words: in the name, short name, another name or the division code.
        under: code of the unit they stand directly below.
        ended: those that have been merged or closed, instead of those in being.
        after, before: codes of units of this list; the page begins behind, or ends in front of, that one.
    """
    seen = units_seen(actor)
    over = Q(valid_to__lt=clock.today())
    rows = seen.filter(over) if ended else seen.exclude(over)
    if unit_class:
        rows = rows.filter(unit_class=unit_class)
    if level:
        rows = rows.filter(level=level)
    if under:
        rows = rows.filter(parent__code=under)
    counted = COUNTED
    if words:
        rows, counted = _named(rows, words)
    many = rows[: counted + 1].count() if counted else 1
    return _page(seen, rows, after, before, many if many <= counted else None)


def _named(rows: UnitRows, words: str) -> tuple[UnitRows, int]:
    """Rows with these words in one of their names, and how far to count them.

    Rare words come from the index; words so many units bear that the index would list half the country are met soon
    enough on the way along the tree.
    """
    codes = codes_matching(words, kind="unit", most=SPARSE)
    if codes is not None:
        # As values, not as a subquery: a database that does not know how few they are would walk the whole tree.
        return rows.filter(code__in=codes), COUNTED
    return rows.filter(Q(name__contains=words) | Q(short_name__contains=words)), 0


def _page(seen: UnitRows, rows: UnitRows, after: str, before: str, count: int | None) -> UnitPage:
    rows = rows.select_related("parent")
    anchor = seen.filter(code=after or before).values_list("path", flat=True).first() if after or before else None
    if anchor and before and not after:
        found = list(rows.filter(path__lt=anchor).order_by("-path")[: PAGE + 1])
        more_before, more_after = len(found) > PAGE, True
        found = found[:PAGE][::-1]
    else:
        behind = rows.filter(path__gt=anchor) if anchor else rows
        found = list(behind.order_by("path")[: PAGE + 1])
        more_before, more_after = bool(anchor), len(found) > PAGE
        found = found[:PAGE]
    first, last = (found[0].code, found[-1].code) if found else ("", "")
    return UnitPage(_with_counts(found), count, first if more_before else "", last if more_after else "")


def _with_counts(units: list[Unit]) -> list[UnitLine]:
    """Counted for the page only: grouping the whole tree would take seconds at 700,000 units."""
    ids = [unit.pk for unit in units]
    contacts = dict(Contact.objects.filter(unit__in=ids).order_by().values_list("unit").annotate(Count("pk")))
    alive = Unit.objects.alive(clock.today()).filter(parent__in=ids).order_by()
    below = dict(alive.values_list("parent").annotate(Count("pk")))
    return [UnitLine(unit, contacts.get(unit.pk, 0), below.get(unit.pk, 0)) for unit in units]


def levels_below(unit: Unit) -> list[tuple[str, int]]:
    """(level, how many federations in being below), highest level first; each unit once, merged and closed ones never."""
    rows = Unit.objects.alive(clock.today()).under(unit).filter(unit_class="federation").order_by()
    counts = dict(rows.values_list("level").annotate(Count("pk")))
    return [(str(Level(level).label), counts[level]) for level in Level.values if level in counts]


def history_of(unit: Unit) -> QuerySet[UnitChange]:
    """What happened to a unit, oldest first."""
    return unit.changes.select_related("other").order_by("day", "pk")
