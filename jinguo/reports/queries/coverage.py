"""Clause × unit: which clause nobody has acted on while there is still time (reference/reporting §9.1).

Only accepted returns count, each once a cell. An empty cell of a clause that merely suits is 未选做, never a gap.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from jinguo.campaigns.models import Campaign, Clause, Obligation
from jinguo.campaigns.models.campaign import Reach
from jinguo.federation.models import Unit
from jinguo.reports.models import Return
from jinguo.reports.queries.groups import Group, group_key, groups_of
from jinguo.reports.queries.returns import clauses_to_choose


@dataclass(frozen=True)
class Cell:
    """One clause in one part. `empty`: `none` nobody reported it yet, `left` it merely suits and was not chosen."""

    count: int
    empty: str = ""


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
    """The whole matrix. `total`: clause → accepted returns, each counted once."""

    clauses: list[Clause]
    groups: list[Group]
    cells: dict[tuple[int, str], int]
    total: dict[int, int]
    tiles: list[Tile] = field(default_factory=list)

    def cell(self, clause: Clause, code: str) -> Cell:
        count = self.cells.get((clause.pk, code), 0)
        if count:
            return Cell(count)
        return Cell(0, "left" if clause.reach == Reach.SUITED else "none")

    @property
    def rows(self) -> list[tuple[Clause, list[tuple[Group, Cell]]]]:
        """Clause after clause, with a cell for each part."""
        return [(clause, [(group, self.cell(clause, group.code)) for group in self.groups]) for clause in self.clauses]

    @property
    def covered(self) -> int:
        """How many clauses have at least one accepted return."""
        return sum(1 for clause in self.clauses if self.total.get(clause.pk))


def coverage_of(campaign: Campaign) -> Coverage:
    """The matrix of a campaign, counted in SQL."""
    groups, clauses = groups_of(campaign), asked_clauses(campaign)
    rows = Return.objects.counted().filter(campaign=campaign).annotate(part=group_key(groups, "unit__"))
    counted = rows.values("accepted__clause_links__clause", "part").annotate(n=Count("pk", distinct=True)).order_by()
    cells: dict[tuple[int, str], int] = defaultdict(int)
    total: dict[int, int] = defaultdict(int)
    for row in counted:
        cells[row["accepted__clause_links__clause"], row["part"]] += row["n"]
        total[row["accepted__clause_links__clause"]] += row["n"]
    found = Coverage(clauses, groups, dict(cells), dict(total))
    return Coverage(clauses, groups, found.cells, found.total, [_tile(found, group) for group in groups])


def asked_clauses(campaign: Campaign) -> list[Clause]:
    """The clauses units act on: what the issuer holds itself is not among them."""
    return [clause for clause in clauses_to_choose(campaign) if clause.reach != Reach.ISSUER]


def _tile(coverage: Coverage, group: Group) -> Tile:
    cells = [(clause, coverage.cell(clause, group.code)) for clause in coverage.clauses]
    return Tile(
        group,
        tuple(bool(cell.count) for _, cell in cells),
        tuple(clause.heading for clause, cell in cells if cell.empty == "none"),
        tuple(clause.heading for clause, cell in cells if cell.empty == "left"),
    )


@dataclass(frozen=True)
class UnitRow:
    """One unit of a part: its count for each clause. `duty`: code of one of its obligations."""

    unit: Unit
    cells: list[Cell]
    duty: str


def units_of(campaign: Campaign, group: Group, clauses: list[Clause]) -> list[UnitRow]:
    """Clause × unit within one part: every addressed unit, whether it has reported or not."""
    duty = Obligation.objects.filter(unit=OuterRef("pk"), ask__campaign=campaign).order_by("ask_id").values("code")[:1]
    units = Unit.objects.filter(group.holds(), circulations__campaign=campaign).annotate(duty=Subquery(duty))
    counted: Any = (
        Return.objects.counted()
        .filter(group.holds("unit__"), campaign=campaign)
        .values("accepted__clause_links__clause", "unit")
        .annotate(n=Count("pk", distinct=True))
        .order_by()
    )
    found = {(row["accepted__clause_links__clause"], row["unit"]): row["n"] for row in counted}
    empty = {clause.pk: "left" if clause.reach == Reach.SUITED else "none" for clause in clauses}
    return [
        UnitRow(
            unit,
            [_unit_cell(found.get((clause.pk, unit.pk), 0), empty[clause.pk]) for clause in clauses],
            unit.duty or "",
        )
        for unit in units.order_by("path")
    ]


def _unit_cell(count: int, empty: str) -> Cell:
    return Cell(count) if count else Cell(0, empty)
