"""Writing the journal: one line in the change's own transaction, and sealing afterwards.

Sealing is the worker's: rows are appended freely (no hot row in anybody's way) and closed in batches of at most a second
or a thousand rows. The newest seal is copied outside the database, so that cutting the tail or replacing the whole chain
is noticed by `jinguo doctor`.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from jinguo.journal.models import Entry, Seal
from jinguo.lib import clock
from jinguo.lib.registry import due_work

BATCH = 1000
GENESIS = "0" * 64


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
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    at = clock.now()
    digest = hashlib.sha256(_canonical(at, by.actor_code, action, owner, kind, code, text)).hexdigest()
    return Entry.objects.create(
        at=at,
        actor=by.actor_code,
        action=action,
        owner=owner,
        object_kind=kind,
        object_code=code,
        detail=text,
        digest=digest,
    )


def canonical(entry: Entry) -> bytes:
    """The bytes an entry's digest is computed over."""
    return _canonical(
        entry.at, entry.actor, entry.action, entry.owner, entry.object_kind, entry.object_code, entry.detail
    )


def chain_digest(number: int, previous: str, digests: list[str]) -> str:
    """The hash of a seal over the one before it and its entries' digests, in order of their numbers."""
    return hashlib.sha256("\n".join([str(number), previous, *digests]).encode()).hexdigest()


@due_work.register("journal.seal")
def seal_entries() -> int:
    """Close one batch of unsealed entries; returns how many rows it holds."""
    with transaction.atomic():
        last = Seal.objects.order_by("-number").first()
        rows = list(Entry.objects.unsealed().order_by("id").values_list("id", "digest")[:BATCH])
        if not rows:
            return 0
        number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
        digest = chain_digest(number, previous, [row[1] for row in rows])
        seal = Seal.objects.create(number=number, at=clock.now(), entries=len(rows), previous=previous, digest=digest)
        Entry.objects.filter(id__in=[row[0] for row in rows], seal=None).update(seal=seal)
    copy_head(seal)
    return len(rows)


def head_file() -> Path:
    """Where the newest seals are copied to: outside the database."""
    return Path(settings.DATA) / "heads" / "journal.heads"


def copy_head(seal: Seal) -> None:
    """Append the seal's number and digest to the head file and force it to disk."""
    path = head_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as file:
        file.write(f"{seal.number} {seal.digest}\n")
        file.flush()
        os.fsync(file.fileno())


def _canonical(at: Any, actor: str, action: str, owner: str, kind: str, code: str, detail: str) -> bytes:
    return "\x1f".join([at.isoformat(timespec="microseconds"), actor, action, owner, kind, code, detail]).encode()
