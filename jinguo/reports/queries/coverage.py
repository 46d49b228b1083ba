"""Clause × unit: which clause nobody has acted on while there is still time (reference/reporting §9.1).

Only accepted returns count, each once a cell. An empty cell of a clause that merely suits is 未选做, never a gap. What units
below reported to the county that passed the notice on stands beside, counted apart: it is the county's to accept.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery, Value

from jinguo.activities.models import ActivityClause
from jinguo.activities.models.activity import ActivityState
from jinguo.campaigns.dues import due_confirmed
from jinguo.campaigns.models import Campaign, Clause, Obligation
from jinguo.campaigns.models.campaign import CampaignState, Reach
from jinguo.campaigns.queries.forwarding import passed_on, passed_through
from jinguo.campaigns.queries.groups import Group
from jinguo.campaigns.queries.roster import City, Listed, city_of
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.reports.models import Return, ReturnClause
from jinguo.reports.models.returned import STANDING
from jinguo.reports.queries.returns import clauses_to_choose


@dataclass(frozen=True)
class Cell:
    """One clause in one part. `below`: accepted by those who passed the notice on. `empty`: `none` nobody reported it yet,
    `left` it merely suits and was not chosen, `na` the unit is out of the set."""

    count: int
    empty: str = ""
    below: int = 0

    @property
    def either(self) -> int:
        """All of it, for the shade of the cell."""
        return self.count + self.below


@dataclass(frozen=True)
class Tile:
    """One part's coverage: a square a clause, in the order of the notice."""

    group: Group
    done: tuple[bool, ...]
    missing: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def share(self) -> str:
        return f"{sum(self.done)}/{len(self.done)}"


@dataclass(frozen=True)
class Coverage:
    """The whole matrix. `total`: clause → accepted returns, each counted once; `below`, `total_below`: the same of the notices
    that pass this one on; `onward`: a clause of one of those → the clause it passes on."""

    clauses: list[Clause]
    groups: list[Group]
    cells: dict[tuple[int, str], int]
    total: dict[int, int]
    tiles: list[Tile] = field(default_factory=list)
    below: dict[tuple[int, str], int] = field(default_factory=dict)
    total_below: dict[int, int] = field(default_factory=dict)
    onward: dict[int, int] = field(default_factory=dict)

    def cell(self, clause: Clause, code: str) -> Cell:
        count, below = self.cells.get((clause.pk, code), 0), self.below.get((clause.pk, code), 0)
        if count or below:
            return Cell(count, below=below)
        return Cell(0, "left" if clause.reach == Reach.SUITED else "none")

    @property
    def rows(self) -> list[tuple[Clause, list[tuple[Group, Cell]]]]:
        """Clause after clause, with a cell for each part."""
        return [(clause, [(group, self.cell(clause, group.code)) for group in self.groups]) for clause in self.clauses]

    @property
    def covered(self) -> int:
        """How many clauses have at least one accepted return, here or below."""
        return sum(1 for clause in self.clauses if self.total.get(clause.pk) or self.total_below.get(clause.pk))


def coverage_of(campaign: Campaign, city: City | None = None) -> Coverage:
    """The matrix of a campaign."""
    clauses = asked_clauses(campaign)
    city = city_of(campaign) if city is None else city
    onward = passed_on(Clause.objects, [clause.pk for clause in clauses])
    given = Return.objects.counted().filter(campaign=campaign, accepted__clause_links__isnull=False)
    cells, total = _counted(given, city.roster.count_parts, {})
    below, total_below = _counted_below(city, onward) if onward else ({}, {})
    found = Coverage(clauses, city.groups, cells, total, [], below, total_below, onward)
    return replace(found, tiles=[_tile(found, group) for group in city.groups])


def covered_of(campaign: Campaign) -> tuple[int, int]:
    """How many clauses have at least one accepted return, here or below, and of how many: `Coverage.covered` without its cells.
    One return is enough for a clause, so the others are not read."""
    clauses = [clause.pk for clause in asked_clauses(campaign)]
    onward = passed_on(Clause.objects, clauses)
    accepted = {"version__accepted_for__state__in": STANDING, "version__accepted_for__campaign": OuterRef("campaign")}
    links = ReturnClause.objects.filter(clause=OuterRef("pk"), **accepted)
    found = Clause.objects.filter(Exists(links), pk__in=[*clauses, *onward]).order_by().values_list("pk", flat=True)
    return len({onward.get(clause, clause) for clause in found}), len(clauses)


def _counted_below(city: City, onward: dict[int, int]) -> tuple[dict[tuple[int, str], int], dict[int, int]]:
    """The same of the notices that pass this one on: their units stand by their own paths."""
    deeper = Return.objects.counted().filter(accepted__clause_links__clause__in=onward)
    units = Unit.objects.filter(given__in=deeper).order_by().values_list("pk", "path", "unit_class").distinct()
    parts = {str(pk): city.sorter.part(path, kind) for pk, path, kind in units}
    return _counted(deeper, lambda listed: Counter(map(parts.__getitem__, listed.split(","))), onward)


def _counted(
    rows: Any, place: Callable[[str], Mapping[str, int]], onward: Mapping[int, int]
) -> tuple[dict[tuple[int, str], int], dict[int, int]]:
    """Returns by clause and part, and by clause.

    Args:
        place: a list of `Listed` → part → how often its units stand in it.
        onward: the clause a clause of another notice is counted for.
    """
    cells: dict[tuple[int, str], int] = defaultdict(int)
    total: dict[int, int] = defaultdict(int)
    listed = rows.values_list("accepted__clause_links__clause_id").annotate(listed=Listed("unit_id")).order_by()
    for said, units in listed:
        clause = onward.get(said, said)
        total[clause] += units.count(",") + 1
        for part, number in place(units).items():
            cells[clause, part] += number
    return dict(cells), dict(total)


def asked_clauses(campaign: Campaign) -> list[Clause]:
    """The clauses units act on: what the issuer holds itself is not among them."""
    return [clause for clause in clauses_to_choose(campaign) if clause.reach != Reach.ISSUER]


def _tile(coverage: Coverage, group: Group) -> Tile:
    cells = [(clause, coverage.cell(clause, group.code)) for clause in coverage.clauses]
    return Tile(
        group,
        tuple(bool(cell.count or cell.below) for _, cell in cells),
        tuple(clause.heading for clause, cell in cells if cell.empty == "none"),
        tuple(clause.heading for clause, cell in cells if cell.empty == "left"),
    )


@dataclass(frozen=True)
class UnitRow:
    """One unit of a part: its count for each clause. `duty`: code of one of its obligations."""

    unit: Unit
    cells: list[Cell]
    duty: str

    @property
    def step(self) -> str:
        """How far in it stands: a township's villages are set in below it."""
        return {"township": "step-1", "village": "step-2"}.get(self.unit.level, "step-0")


def units_in(campaign: Campaign, group: Group) -> Any:
    """Every addressed unit of a part in the order of the tree, whether it has reported or not; with `duty` and `exempt`."""
    duties = Obligation.objects.filter(unit=OuterRef("pk"), ask__campaign=campaign).order_by("ask_id")
    return (
        Unit.objects.filter(group.holds(), circulations__campaign=campaign)
        .annotate(duty=Subquery(duties.values("code")[:1]), exempt=_is_exempt(campaign))
        .order_by("path")
    )


def units_of(
    campaign: Campaign, clauses: list[Clause], units: Iterable[Any], onward: Mapping[int, int] | None = None
) -> list[UnitRow]:
    """Clause × unit for some of `units_in`. A unit that ended or was exempted from everything has no gaps: 不适用.

    Args:
        onward: as in `Coverage`, where it is known already.
    """
    units = list(units)
    onward = passed_on(Clause.objects, [clause.pk for clause in clauses]) if onward is None else onward
    found = _counted_by_unit(campaign, units)
    below = _counted_below_unit(campaign, units, onward) if onward else {}
    empty = {clause.pk: "left" if clause.reach == Reach.SUITED else "none" for clause in clauses}
    today = clock.today()
    rows = []
    for unit in units:
        out = unit.exempt or not unit.is_in_being(today)
        keys = [(clause.pk, unit.pk) for clause in clauses]
        cells = [
            _unit_cell(found.get(key, 0), below.get(key, 0), "na" if out else empty[key[0]]) for key in keys
        ]  # fmt: skip
        rows.append(UnitRow(unit, cells, unit.duty or ""))
    return rows


def _counted_by_unit(campaign: Campaign, units: list[Any]) -> dict[tuple[int, int], int]:
    rows = Return.objects.counted().filter(campaign=campaign, unit__in=[unit.pk for unit in units])
    counted = rows.order_by().values_list("accepted__clause_links__clause", "unit").annotate(n=Count("pk"))
    return {(clause, unit): n for clause, unit, n in counted}


def _counted_below_unit(campaign: Campaign, units: list[Any], onward: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """What was reported to those who passed the notice on and accepted there, for the unit it came through."""
    shown = {unit.pk for unit in units}
    through = {notice: unit for notice, unit in passed_through(campaign, onward).items() if unit in shown}
    rows = Return.objects.counted().filter(campaign__in=through, accepted__clause_links__clause__in=onward)
    counted = rows.order_by().values_list("accepted__clause_links__clause", "campaign").annotate(n=Count("pk"))
    found: Counter[tuple[int, int]] = Counter()
    for said, notice, n in counted:
        found[onward[said], through[notice]] += n
    return dict(found)


def unit_cells(campaign: Campaign, clauses: list[Clause], unit: Unit) -> list[Cell]:
    """One unit's line of the matrix."""
    row = Unit.objects.filter(pk=unit.pk).annotate(duty=Value(""), exempt=_is_exempt(campaign))
    return units_of(campaign, clauses, row)[0].cells


def _is_exempt(campaign: Campaign) -> Any:
    """The unit was asked, and exempted from everything it was asked."""
    duties = Obligation.objects.filter(unit=OuterRef("pk"), ask__campaign=campaign)
    return Exists(duties) & ~Exists(duties.filter(exempt_at=None))


def _unit_cell(count: int, below: int, empty: str) -> Cell:
    return Cell(count, below=below) if count or below else Cell(0, empty)


# What nobody has acted on ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Untouched:
    """Clauses nobody in the whole city has shown a sign of acting on.

    Attributes:
        asked: those every unit is asked to do; `suited`: those units may choose, which is no failure.
        until: the last confirmed due instant of the campaign; None where it has none.
        in_time: whether there is still time.
    """

    asked: list[Clause]
    suited: list[Clause]
    until: datetime | None
    in_time: bool


def untouched(campaign: Campaign, moment: datetime, matrix: Coverage | None = None) -> Untouched:
    """Signs are a return that stands, accepted or not, and an activity announced or held under the clause, here or wherever
    the notice was passed on."""
    sent = ReturnClause.objects.filter(
        clause=OuterRef("pk"), version__given__state__in=STANDING, version__sent_at__isnull=False
    )
    shown = [ActivityState.PUBLISHED, ActivityState.DONE]
    held = ActivityClause.objects.filter(clause=OuterRef("pk"), activity__state__in=shown)
    asked = asked_clauses(campaign) if matrix is None else matrix.clauses
    onward = passed_on(Clause.objects, [clause.pk for clause in asked]) if matrix is None else matrix.onward
    known = Clause.objects.filter(pk__in=[*onward, *(clause.pk for clause in asked)])
    moved = known.filter(Exists(sent) | Exists(held)).order_by().values_list("pk", flat=True)
    touched = {onward.get(clause, clause) for clause in moved}
    rows = [clause for clause in asked if clause.pk not in touched]
    dues = [due for due in map(due_confirmed, campaign.asks.all()) if due]
    until = max(dues, default=None)
    return Untouched(
        [clause for clause in rows if clause.reach != Reach.SUITED],
        [clause for clause in rows if clause.reach == Reach.SUITED],
        until,
        campaign.state == CampaignState.ISSUED and (until is None or until > moment),
    )
