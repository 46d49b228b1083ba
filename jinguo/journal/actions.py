"""Writing the journal: one line in the change's own transaction, and sealing afterwards.

Sealing is the worker's: rows are appended freely (no hot row in anybody's way) and closed in batches of at most a second
or a thousand rows. The newest seal is copied outside the database, so that cutting the tail or replacing the whole chain
is noticed by `jinguo doctor`.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import IntegrityError, transaction

from jinguo.journal.heads import append_heads, last_head
from jinguo.journal.models import Entry, Seal
from jinguo.lib import clock
from jinguo.lib.registry import Every, due_work

BATCH = 1000
GENESIS = "0" * 64
_every_second = Every(1.0)


class Actor(Protocol):
    """Whoever may act: a signed-in user, the holder of a link, a visitor, or the system."""

    @property
    def actor_code(self) -> str: ...


class System:
    """The house itself, acting through one of its jobs."""

    def __init__(self, name: str) -> None:
        self.actor_code = f"system:{name}"


def record(action: str, *, by: Actor, kind: str, code: str, owner: str = "", **detail: Any) -> Entry:
    """Append one line. Call it inside the transaction of the change it records.

    Args:
        action: what was done, `object.verb`.
        by: who.
        kind, code: what it was done to.
        owner: code of the unit the thing belongs to.
        detail: codes, counts, names of fields; never a personal value.
    """
    entry = line(action, by=by, kind=kind, code=code, owner=owner, **detail)
    entry.save(force_insert=True)
    return entry


def line(action: str, *, by: Actor, kind: str, code: str, owner: str = "", **detail: Any) -> Entry:
    """A line as `record` would append it, not written yet: whoever writes several lets `append` do it at once."""
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    at = clock.now()
    return Entry(
        at=at,
        actor=by.actor_code,
        action=action,
        owner=owner,
        object_kind=kind,
        object_code=code,
        detail=text,
        digest=hashlib.sha256(_canonical(at, by.actor_code, action, owner, kind, code, text)).hexdigest(),
    )


def append(lines: Iterable[Entry]) -> None:
    """Append several lines by one statement, inside the transaction of the change they record."""
    Entry.objects.bulk_create(lines)


def canonical(entry: Entry) -> bytes:
    """The bytes an entry's digest is computed over."""
    return _canonical(
        entry.at, entry.actor, entry.action, entry.owner, entry.object_kind, entry.object_code, entry.detail
    )


def chain_digest(number: int, previous: str, at: datetime, digests: Iterable[str]) -> str:
    """The hash of a seal over the one before it, its own instant, and its entries' digests in order of their numbers."""
    lines = [str(number), previous, at.isoformat(timespec="microseconds"), *digests]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@due_work.register("journal.seal")
def seal_in_time() -> int:
    """Seal once a second, or at once what fills a batch: in a rush the worker must not ask for the write lock every moment."""
    sealed = seal_entries() if _every_second.is_due() else 0
    while sealed and sealed % BATCH == 0:
        more = seal_entries()
        if not more:
            break
        sealed += more
    return sealed


def seal_entries() -> int:
    """Close one batch of unsealed entries; returns how many rows it holds.

    Two workers may do this at once: both build on the same last seal, the number is unique, the slower one gives way.
    """
    try:
        with transaction.atomic():
            sealed = _seal_batch()
    except IntegrityError:
        sealed = 0
    copy_heads()
    return sealed


def _seal_batch() -> int:
    last = Seal.objects.order_by("-number").first()
    rows = list(Entry.objects.unsealed().order_by("id").values_list("id", "digest")[:BATCH])
    if not rows:
        return 0
    number, previous, at = (last.number + 1, last.digest, clock.now()) if last else (1, GENESIS, clock.now())
    digest = chain_digest(number, previous, at, [row[1] for row in rows])
    seal = Seal.objects.create(number=number, at=at, entries=len(rows), previous=previous, digest=digest)
    closed = Entry.objects.unsealed().filter(id__in=[row[0] for row in rows]).update(seal=seal)
    if closed != len(rows):
        raise IntegrityError("another worker sealed some of these entries")
    return closed


def copy_heads() -> None:
    """Copy every seal that is not outside the database yet: also those a worker died over between commit and copy."""
    new = list(Seal.objects.filter(number__gt=last_head()).order_by("number").values_list("number", "digest"))
    if new:
        append_heads(new)


def _canonical(at: datetime, actor: str, action: str, owner: str, kind: str, code: str, detail: str) -> bytes:
    return "\x1f".join([at.isoformat(timespec="microseconds"), actor, action, owner, kind, code, detail]).encode()
