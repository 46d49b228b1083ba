"""Writing down what happened to a unit, and holding the tree still while it happens."""

from datetime import date

from django.db.models import F

from jinguo.federation.models import Unit, UnitChange
from jinguo.federation.models.history import ChangeKind
from jinguo.journal import actions as journal
from jinguo.lib import clock


def note_change(
    unit: Unit,
    kind: ChangeKind,
    day: date,
    *,
    by: journal.Actor,
    before: str = "",
    after: str = "",
    other: Unit | None = None,
    basis: str = "",
) -> UnitChange:
    """Add one event to a unit's history; see `UnitChange` for what the words mean."""
    return UnitChange.objects.create(
        unit=unit, kind=kind, day=day, before=before, after=after, other=other, basis=basis.strip()[:80],
        recorded_at=clock.now(), recorded_by=by.actor_code,
    )  # fmt: skip


def hold_tree(unit: Unit) -> None:
    """Whoever changes the shape of the same tree waits here until this transaction ends.

    Two moves decided on what each saw before the other could put two units below one another.
    """
    root = unit.path.partition("/")[0] + "/"
    Unit.objects.filter(path=root).update(level=F("level"))
