"""Taking the tree away as a file: who took how much is written down, since contacts leave the house with it."""

from django.db import transaction

from jinguo.federation.models import Unit
from jinguo.journal import actions as journal


def note_export(unit: Unit | None, *, units: int, private: bool, by: journal.Actor) -> None:
    """Write down that the units an actor may change were taken away, and whether with names and mobiles."""
    with transaction.atomic():
        code = unit.code if unit else ""
        journal.record("unit.export", by=by, kind="unit", code=code, owner=code, units=units, private=private)
