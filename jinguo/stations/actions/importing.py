"""A sheet of places comes in, is looked at, and is written as one act: all of it or nothing."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from jinguo.federation.actions import kept_books
from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.lib import ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.registry import Every, due_work
from jinguo.lib.rulings import require
from jinguo.lib.sheets import Sheet
from jinguo.stations import rules
from jinguo.stations.actions.keep import edit_station, make_station
from jinguo.stations.models import Station, StationImport
from jinguo.stations.workbook import StationLine, StationPlan

_look = Every(3600)


def note_export(unit: Unit, count: int, *, by: journal.Actor) -> None:
    """Write down who took the sheet of places away."""
    with transaction.atomic():
        journal.record("station.export", by=by, kind="unit", code=unit.code, owner=unit.code, stations=count)


def keep_sheet(unit: Unit, sheets: Iterable[Sheet], *, name: str, by: journal.Actor) -> StationImport:
    """Put a sheet aside to be looked at; no place changes."""
    require(rules.may_make(unit, by))
    return kept_books.put_aside(StationImport, unit, sheets, name=name, act="station.keep_sheet", by=by)


def write_sheet(row: StationImport, plan: StationPlan, *, shown: str, by: journal.Actor) -> None:
    """Carry out exactly what was shown.

    Args:
        plan: what the sheet would do now; shown: the digest of what the person looked at.

    Raises:
        Stale: written already, or something else would be done now. Invalid: a cell is wrong, or a line is refused.
    """
    require(rules.may_make(row.unit, by))
    if plan.faults:
        raise Invalid(_("表里还有写错的格，没有写入。请改好再传一次。"))
    if plan.digest != shown:
        raise Stale(_("您看的时候服务点有了变动，没有写入。下面是现在会改的，请再看一遍。"))
    counts = {"added": plan.added, "changed": len(plan.lines) - plan.added}
    with transaction.atomic():
        kept_books.take(row)
        for line in plan.lines:
            _write(line, by)
        kept_books.note_written(row, counts, act="station.write_sheet", by=by)


def _write(line: StationLine, by: journal.Actor) -> Station:
    try:
        if line.station is None:
            return make_station(line.unit, line.draft, code=ids.new_code(), by=by)
        return edit_station(line.station, line.draft, by=by)
    except Invalid as problem:
        row = {"row": line.number, "name": line.draft.name, "sentence": problem.sentence}
        raise Invalid(_("第 %(row)s 行（%(name)s）：%(sentence)s") % row) from problem


def drop_sheet(row: StationImport, *, by: journal.Actor) -> None:
    """Do nothing with it; its rows are forgotten at once."""
    require(rules.may_make(row.unit, by))
    kept_books.drop(row, act="station.drop_sheet", by=by)


@due_work.register("stations.forget_sheets")
def forget_sheets() -> int:
    """Sheets nobody decided about for a week are dropped, and what they held is gone."""
    return kept_books.forget(StationImport) if _look.is_due() else 0
