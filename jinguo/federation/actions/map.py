"""An office arranges the schematic of its counties as they lie: cell by cell, or pasted whole from a spreadsheet."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.models import MapPlace, Office, Unit
from jinguo.federation.models.map_place import HIGH, WIDE
from jinguo.federation.queries.map import Cell, federations_below, grid_of, place_name, trimmed
from jinguo.journal import actions as journal
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require

EMPTY = {"", "-", "·", "—", "空"}


def put_on_map(office: Office, unit: str, cell: Cell, *, by: journal.Actor) -> None:
    """Put one federation into a cell; what stands there changes places with it.

    Args:
        unit: the federation's code.

    Raises:
        NotThere: it does not stand right below the office's unit, or there is no such cell.
    """
    require(rules.may_edit_unit(office.unit, by))
    with transaction.atomic():
        _one_at_a_time(office)
        cells = {place.unit.code: (place.column, place.row) for place in grid_of(office)}
        if unit not in cells or not (0 <= cell[0] < WIDE and 0 <= cell[1] < HIGH):
            raise NotThere(_("没有这个位置或者这个单位。请刷新页面，再点一次。"))
        there = next((code for code, taken in cells.items() if taken == cell), unit)
        _write(office, cells | {there: cells[unit], unit: cell}, by)


def lay_out_map(office: Office, sheet: str, *, by: journal.Actor) -> None:
    """Arrange all of it at once: a line of text a row, cells parted by tabs (what a spreadsheet copies) or commas.

    Raises:
        Invalid: a name that is none of the federations below, one named twice, or more rows or columns than the grid has.
    """
    if not isinstance(by, journal.System):
        require(rules.may_edit_unit(office.unit, by))
    with transaction.atomic():
        _one_at_a_time(office)
        cells: dict[str, Cell] = {}
        units = federations_below(office.unit)
        for row, line in enumerate(_cut(sheet)):
            for column, said in enumerate(line):
                if said in EMPTY:
                    continue
                unit = _named(said, units)
                if unit.code in cells:
                    raise Invalid(_("“%(name)s”写了两次，请只留一处。") % {"name": said}, "sheet")
                cells[unit.code] = (column, row)
        if not cells:
            raise Invalid(_("还没有写一个县名。请照样子写，或从表格软件里复制过来。"), "sheet")
        _write(office, _on_the_grid(cells), by)


def forget_map(office: Office, *, by: journal.Actor) -> None:
    """Back to a block in the order of the tree."""
    require(rules.may_edit_unit(office.unit, by))
    with transaction.atomic():
        if MapPlace.objects.filter(office=office).delete()[0]:
            _record(office, by, places=0)


def _cut(sheet: str) -> list[list[str]]:
    mark = "\t" if "\t" in sheet else r"[,，、]"
    return [[cell.strip() for cell in re.split(mark, line)] for line in sheet.splitlines()]


def _named(said: str, units: list[Unit]) -> Unit:
    """The one federation this names, in full, in short or by the beginning of its place's name."""
    found = [unit for unit in units if said in {unit.name, unit.short_name, place_name(unit)}]
    found = found or [unit for unit in units if place_name(unit).startswith(said)]
    if len(found) == 1:
        return found[0]
    sentence = _("叫“%(name)s”的不止一家，请写全。") if found else _("下一级妇联里没有“%(name)s”，请核对。")
    raise Invalid(sentence % {"name": said[:40]}, "sheet")


def _on_the_grid(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """As written, without empty rows and columns at the upper and left edge.

    Raises:
        Invalid: it is still larger than the grid.
    """
    moved = trimmed(cells)
    if any(column >= WIDE or row >= HIGH for column, row in moved.values()):
        sentence = _("最多摆成 %(wide)s 列 %(high)s 行，请收紧一些。") % {"wide": WIDE, "high": HIGH}
        raise Invalid(sentence, "sheet")
    return moved


def _write(office: Office, cells: Mapping[str, Cell], by: journal.Actor) -> None:
    stand = MapPlace.objects.filter(office=office).values_list("unit__code", "column", "row")
    known = {unit.code for unit in federations_below(office.unit)}
    if {code: (column, row) for code, column, row in stand} == {c: at for c, at in cells.items() if c in known}:
        return
    MapPlace.objects.filter(office=office).delete()
    MapPlace.objects.bulk_create(
        MapPlace(office=office, unit=unit, column=cells[unit.code][0], row=cells[unit.code][1])
        for unit in federations_below(office.unit)
        if unit.code in cells
    )
    _record(office, by, places=len(cells))


def _record(office: Office, by: journal.Actor, *, places: int) -> None:
    journal.record("office.arrange_map", by=by, kind="office", code=office.code, owner=office.unit.code, places=places)


def _one_at_a_time(office: Office) -> None:
    """Two who arrange the same schematic wait for each other."""
    Office.objects.filter(pk=office.pk).update(link_days=F("link_days"))
