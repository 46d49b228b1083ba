"""When the retention clock of a held plea ends: what it said goes, and the empty draft it left with it."""

from datetime import datetime

from jinguo.journal import actions as journal
from jinguo.lib.registry import due_work
from jinguo.people.actions import RETENTION, forget_due
from jinguo.reports.actions.holding import KIND
from jinguo.reports.models import Held, Return
from jinguo.reports.models.returned import ReturnState


@due_work.register("reports.forget_held", every=60)
def forget_held() -> int:
    """Destroy held pleas whose clock has run out and which are under no hold."""
    return forget_due(KIND, _forget)


def _forget(code: str, _moment: datetime) -> bool:
    held = Held.objects.select_related("version__given__unit").filter(code=code).first()
    if held is None:  # released before
        return False
    given = held.version.given
    held.delete()
    if Return.objects.filter(pk=given.pk, state=ReturnState.DRAFT).update(current=None):
        Return.objects.filter(pk=given.pk).delete()
    journal.record("return.forget", by=RETENTION, kind="return", code=given.code, owner=given.unit.code)
    return True
