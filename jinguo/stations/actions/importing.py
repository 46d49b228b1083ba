"""A sheet of places comes in, is looked at, and is written as one act: all of it or nothing."""

import json
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jinguo.federation.models import Unit
from jinguo.federation.models.tree_import import ImportState
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.registry import Every, due_work
from jinguo.lib.rulings import require
from jinguo.lib.sheets import Sheet
from jinguo.stations import rules
from jinguo.stations.actions.keep import edit_station, make_station
from jinguo.stations.models import Station, StationImport
from jinguo.stations.workbook import StationLine, StationPlan

KEPT = timedelta(days=7)  # a sheet nobody decided about
_look = Every(3600)


def note_export(unit: Unit, count: int, *, by: journal.Actor) -> None:
    """Write down who took the sheet of places away."""
    with transaction.atomic():
        journal.record("station.export", by=by, kind="unit", code=unit.code, owner=unit.code, stations=count)


def keep_sheet(unit: Unit, sheets: Iterable[Sheet], *, name: str, by: journal.Actor) -> StationImport:
    """Put a sheet aside to be looked at; no place changes."""
    require(rules.may_make(unit, by))
    row = StationImport(
        code=ids.new_code(), unit=unit, name=name[-120:], came_at=clock.now(), came_from=by.actor_code
    )  # fmt: skip
    row.rows = json.dumps([[sheet.name, sheet.rows] for sheet in sheets], ensure_ascii=False)
    with transaction.atomic():
        row.save(force_insert=True)
        journal.record("station.keep_sheet", by=by, kind="station_import", code=row.code, owner=unit.code)
    return row


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
        waiting = StationImport.objects.filter(pk=row.pk, state=ImportState.WAITING)
        if not waiting.update(state=ImportState.APPLIED, ended_at=clock.now(), rows_sealed="", counts=counts):
            raise Stale(_("这份表已经办完了。要再改，请重新传一份。"))
        for line in plan.lines:
            _write(line, by)
        journal.record(
            "station.write_sheet", by=by, kind="station_import", code=row.code, owner=row.unit.code, **counts
        )


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
    with transaction.atomic():
        waiting = StationImport.objects.filter(pk=row.pk, state=ImportState.WAITING)
        if waiting.update(state=ImportState.DROPPED, ended_at=clock.now(), rows_sealed=""):
            journal.record("station.drop_sheet", by=by, kind="station_import", code=row.code, owner=row.unit.code)


@due_work.register("stations.forget_sheets")
def forget_sheets() -> int:
    """Sheets nobody decided about for a week are dropped, and what they held is gone."""
    if not _look.is_due():
        return 0
    old = StationImport.objects.filter(state=ImportState.WAITING, came_at__lt=clock.now() - KEPT)
    return old.update(state=ImportState.DROPPED, ended_at=clock.now(), rows_sealed="")
