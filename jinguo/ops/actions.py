"""A new key, and everything sealed by older ones sealed again. The keys of files are sealed values like all others.

Safe to break off at any point: a value says which key sealed it, so a second run goes on where the first one ended.
The bytes of stored files are not rewritten; each has a key of its own, and that key is sealed again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from jinguo.journal import actions as journal
from jinguo.lib import crypto
from jinguo.lib.sealed import beginning
from jinguo.ops.doctor import sealed_columns

BY = journal.System("rotate-keys")
BATCH = 200
Say = Callable[[str], object]


@dataclass
class Resealed:
    """What was done.

    Attributes:
        key: id of the ring's current key.
        values: sealed values that were sealed again.
        unopened: places whose value does not open by any key of the ring; they were left as they are.
    """

    key: str
    values: int = 0
    unopened: list[str] = field(default_factory=list)


def rotate_keys(*, new_key: bool = True) -> Resealed:
    """Add a key (unless only an earlier run is to be finished) and seal every value again with the current one.

    Raises:
        crypto.KeyMissing: there is no usable ring.
    """
    ring = crypto.add_key(settings.KEYRING) if new_key else crypto.ring()
    done = Resealed(ring.current)
    for model, name in sealed_columns():
        _reseal_column(model, name, done)
    journal.record("keys.rotate", by=BY, kind="keys", code=ring.identity, key=ring.current, values=done.values)
    return done


def _reseal_column(model: Any, name: str, done: Resealed) -> None:
    """In batches by primary key, each in a transaction of its own; a value that changed meanwhile is newer and stays."""
    sealed, last = model.__dict__[name], 0
    column = sealed.column
    older = model._base_manager.exclude(**{column: ""}).exclude(**{f"{column}__startswith": beginning()})
    while rows := list(older.filter(pk__gt=last).only("pk", "code", column).order_by("pk")[:BATCH]):
        with transaction.atomic():
            for row in rows:
                try:
                    fresh = sealed.resealed(row)
                except (crypto.KeyMissing, crypto.Tampered):
                    done.unopened.append(sealed.binding(row))
                    continue
                same = model._base_manager.filter(pk=row.pk, **{column: getattr(row, column)})
                done.values += same.update(**{column: fresh})
        last = rows[-1].pk
