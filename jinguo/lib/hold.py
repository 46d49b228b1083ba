"""Pressing twice is pressing once, also when the two presses meet: each read the row before either wrote.

Every action that could be pressed twice does the same: it holds the row it is about, reads it anew, and asks whether what
the press wants stands there already. Then the same press came a moment sooner, and its answer is given again; nothing is
written twice. What stands there but was decided otherwise is found by the conditional UPDATE that follows (`Stale`).
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import F, Model

Row = TypeVar("Row", bound=Model)


def hold(row: Row) -> Row | None:
    """The row as it is now, held until the transaction ends: whoever pressed at the same moment waits here.

    Call it inside the transaction, before anything is written. None: the row is gone.
    """
    rows = row._meta.model._base_manager.filter(pk=row.pk)  # of a user asked for lazily too
    return rows.get() if rows.update(id=F("id")) else None


def differing(row: object, facts: Mapping[str, Any]) -> list[str]:
    """The names of those facts the row does not say yet, sorted; none: the same was written already."""
    return sorted(name for name, value in facts.items() if getattr(row, name) != value)
