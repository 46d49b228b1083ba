"""The schematic of an office: which federations stand on it, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, sqrt
from typing import Any

from jinguo.federation.models import MapPlace, Office, Unit
from jinguo.federation.models.map_place import HIGH, WIDE
from jinguo.federation.models.unit import UnitClass
from jinguo.federation.queries.people import home_of
from jinguo.lib import clock

Cell = tuple[int, int]  # column, row


@dataclass(frozen=True)
class Place:
    """One federation on the grid."""

    unit: Unit
    column: int
    row: int

    @property
    def name(self) -> str:
        return place_name(self.unit)


def place_name(unit: Unit) -> str:
    """What a place is called in a heading: 平定县, without 妇联."""
    name = unit.short_name or unit.name
    return name.removesuffix("妇女联合会").removesuffix("妇联") or name


def federations_below(unit: Unit) -> list[Unit]:
    """The federations right below a unit, in the order of the tree: what its schematic shows."""
    below = unit.children.alive(clock.today()).filter(unit_class=UnitClass.FEDERATION)
    return list(below.order_by("path"))


def office_arranged(actor: Any) -> Office | None:
    """The office whose schematic this person arranges: that of the highest unit she may change."""
    home = home_of(actor, "unit.edit")
    return Office.objects.select_related("unit").filter(unit=home).first() if home else None


def arranged_by(office: Office) -> dict[str, Cell]:
    """Unit code → cell, as the office arranged it; empty where it did not."""
    rows = MapPlace.objects.filter(office=office).values_list("unit__code", "column", "row")
    return {code: (column, row) for code, column, row in rows}


def trimmed(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The same without empty rows and columns at the upper and left edge."""
    left, top = (min((cell[side] for cell in cells.values()), default=0) for side in (0, 1))
    return {code: (column - left, row - top) for code, (column, row) in cells.items()}


def arrange(codes: Sequence[str], chosen: Mapping[str, Cell]) -> dict[str, Cell]:
    """A cell for each of these, none twice: the chosen ones where they were put, the others below them in their order; with
    nothing chosen a block half as wide again as high.
    """
    places = {code: chosen[code] for code in codes if code in chosen}
    others = [code for code in codes if code not in places]
    across = max((column + 1 for column, _row in places.values()), default=max(ceil(sqrt(len(others) * 1.5)), 1))
    below = max((row + 1 for _column, row in places.values()), default=0)
    free = ((n % across, below + n // across) for n in count())
    return places | dict(zip(others, free, strict=False))


def grid_of(office: Office) -> list[Place]:
    """Every federation right below an office's unit in its cell, none beyond the grid.

    More than the grid holds are cut off; `office_fits` says so beforehand.
    """
    units = federations_below(office.unit)[: WIDE * HIGH]
    cells = arrange([unit.code for unit in units], arranged_by(office))
    taken = {cell for cell in cells.values() if cell[0] < WIDE and cell[1] < HIGH}
    spare = iter([(column, row) for row in range(HIGH) for column in range(WIDE) if (column, row) not in taken])
    inside = {code: cell if cell in taken else next(spare) for code, cell in cells.items()}
    return [Place(unit, *inside[unit.code]) for unit in units]


def office_fits(office: Office) -> bool:
    """Can all its federations stand on the grid?"""
    return len(federations_below(office.unit)) <= WIDE * HIGH


def as_sheet(places: Sequence[Place]) -> str:
    """The arrangement as lines with tabs: what a spreadsheet copies and pastes."""
    if not places:
        return ""
    names = {(place.column, place.row): place.name for place in places}
    wide, high = (1 + max(getattr(place, side) for place in places) for side in ("column", "row"))
    lines = ["\t".join(names.get((column, row), "") for column in range(wide)) for row in range(high)]
    return "\n".join(line.rstrip("\t") for line in lines)
