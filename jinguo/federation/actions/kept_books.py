"""The life of a workbook that came in: put aside, looked at, written once or dropped, forgotten after a week.

What it would change is the business of whoever keeps it: units (`tree_import`), standing places (`stations`). Who may, too:
they ask their own rule before they call.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from jinguo.federation.models import Unit
from jinguo.federation.models.kept_book import ImportState, KeptBook
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Stale
from jinguo.lib.hold import hold
from jinguo.lib.sheets import Sheet

Book = TypeVar("Book", bound=KeptBook)
KEPT = timedelta(days=7)  # nobody decided about it: its contacts are not ours to keep


def put_aside(kind: type[Book], unit: Unit, sheets: Iterable[Sheet], *, name: str, act: str, by: journal.Actor) -> Book:
    """Keep a workbook to be looked at; nothing else changes. `act`: how the journal calls it."""
    row = kind(code=ids.new_code(), unit=unit, name=name[-120:], came_at=clock.now(), came_from=by.actor_code)
    row.rows = json.dumps([[sheet.name, sheet.rows] for sheet in sheets], ensure_ascii=False)
    with transaction.atomic():
        hold(unit)
        for other in kind.objects.filter(unit=unit, state=ImportState.WAITING, name=row.name, came_from=row.came_from):
            if other.rows == row.rows:
                return other
        row.save(force_insert=True)
        journal.record(act, by=by, kind=row.called, code=row.code, owner=unit.code)
    return row


def sheets_of(row: KeptBook) -> list[Sheet]:
    """What a kept workbook says.

    Raises:
        Stale: it was written, dropped or forgotten meanwhile.
    """
    if not row.waits or not row.rows_sealed:
        raise _over()
    return [Sheet(name, tuple(map(tuple, rows))) for name, rows in json.loads(row.rows)]


def take(row: KeptBook) -> None:
    """Take it to be written, inside the transaction that writes: of two who press only one does.

    Raises:
        Stale: it was written, dropped or forgotten meanwhile.
    """
    if not _end(row, ImportState.APPLIED):
        raise _over()


def note_written(row: KeptBook, counts: dict[str, int], *, act: str, by: journal.Actor) -> None:
    """Its rows are forgotten, what they changed is counted."""
    type(row).objects.filter(pk=row.pk).update(rows_sealed="", counts=counts)
    journal.record(act, by=by, kind=row.called, code=row.code, owner=row.unit.code, **counts)


def drop(row: KeptBook, *, act: str, by: journal.Actor) -> None:
    """Do nothing with it; its rows are forgotten at once."""
    with transaction.atomic():
        if _end(row, ImportState.DROPPED, rows_sealed=""):
            journal.record(act, by=by, kind=row.called, code=row.code, owner=row.unit.code)
        elif type(row).objects.filter(pk=row.pk, state=ImportState.APPLIED).exists():
            raise _over()


def forget(kind: type[KeptBook]) -> int:
    """Drop those nobody decided about for a week; what they held is gone. How many."""
    old = kind.objects.filter(state=ImportState.WAITING, came_at__lt=clock.now() - KEPT)
    return old.update(state=ImportState.DROPPED, ended_at=clock.now(), rows_sealed="")


def _end(row: KeptBook, state: ImportState, **more: str) -> int:
    waiting = type(row).objects.filter(pk=row.pk, state=ImportState.WAITING)
    return waiting.update(state=state, ended_at=clock.now(), **more)


def _over() -> Stale:
    return Stale(_("这份表已经办完了。要再改，请重新传一份。"))
