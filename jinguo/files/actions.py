"""Storing and destroying files so that a crash between bytes and row loses nothing and leaves nothing.

Bytes first (temporary name, flushed, renamed), then the row in the caller's transaction. Bytes without a row are swept by
the worker after a day; a row without bytes is named by `jinguo doctor`.
"""

import errno
import hashlib
import os
import re
import secrets
from datetime import timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Unit
from jinguo.files.models import Secrecy, StoredFile
from jinguo.journal import actions as journal
from jinguo.lib import clock, crypto, ids, limits
from jinguo.lib.errors import Gone, Invalid, NoRoom
from jinguo.lib.registry import due_work

ORPHAN_AGE = timedelta(days=1)
SHELVES = 256  # folders the bytes lie in: the first two digits of their random names
PLACE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
_swept = {"minute": 0}  # the last minute in which this process looked
FULL = {errno.ENOSPC, errno.EDQUOT}


def store_file(
    data: bytes, *, unit: Unit, name: str, media_type: str, secrecy: Secrecy = Secrecy.INTERNAL, by: journal.Actor,
    most: int = limits.UPLOAD_BYTES,
) -> StoredFile:  # fmt: skip
    """Keep bytes for good.

    Args:
        most: the largest size taken, in bytes.

    Raises:
        Invalid: empty, or larger than `most`.
        NoRoom: the disk is full.
    """
    if not data:
        raise Invalid(_("这个文件是空的。请检查后重新选择。"), "file")
    if len(data) > most:
        raise Invalid(_("文件超过 %(most)s MB。请压缩图片或拆成几个文件再传。") % {"most": most // limits.MIB}, "file")
    row = StoredFile(
        code=ids.new_code(),
        unit=unit,
        name=clean_name(name),
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        secrecy=secrecy,
        place=f"{secrets.token_hex(1)}/{secrets.token_hex(16)}",
        stored_at=clock.now(),
    )
    row.key = "" if secrecy == Secrecy.PUBLIC else secrets.token_hex(32)
    _write(path_of(row.place), _encrypt(data, row))
    with transaction.atomic():
        row.save(force_insert=True)
        journal.record(
            "file.store", by=by, kind="file", code=row.code, owner=unit.code, sha256=row.sha256, size=row.size
        )
    return row


def read_file(row: StoredFile) -> bytes:
    """The plain bytes.

    Raises:
        Gone: the file was destroyed.
        crypto.Tampered: the bytes or the row were altered.
        FileNotFoundError: the bytes are gone.
    """
    if row.deleted_at is not None:
        raise Gone(_("这个文件已经按规定销毁，只留下了记录。"))
    stored = path_of(row.place).read_bytes()
    key = bytes.fromhex(row.key)
    if not key and row.secrecy != Secrecy.PUBLIC:
        raise crypto.Tampered(f"file {row.code} has lost its key")
    try:
        data = AESGCM(key).decrypt(stored[:12], stored[12:], row.code.encode()) if key else stored
    except (InvalidTag, ValueError) as error:
        raise crypto.Tampered(f"file {row.code} was altered where it lies") from error
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise crypto.Tampered(f"file {row.code} does not match its hash")
    return data


def destroy_file(row: StoredFile, *, reason: str, by: journal.Actor) -> None:
    """Destroy the key and the bytes; hash, size and reason stay. A second time changes nothing."""
    with transaction.atomic():
        live = StoredFile.objects.filter(pk=row.pk, deleted_at=None)
        if live.update(key_sealed="", deleted_at=clock.now(), delete_reason=reason):
            journal.record("file.destroy", by=by, kind="file", code=row.code, owner=row.unit.code, reason=reason)
        place = path_of(row.place)
        transaction.on_commit(lambda: place.unlink(missing_ok=True))


def path_of(place: str) -> Path:
    """Where the bytes of a file lie.

    Raises:
        crypto.Tampered: not a place this house gives; nothing outside the file folder is ever touched.
    """
    if not PLACE.fullmatch(place):
        raise crypto.Tampered(f"{place!r} is no place of a stored file")
    return Path(settings.FILES) / place


@due_work.register("files.sweep")
def sweep_next_shelf() -> int:
    """One shelf a minute, so that all are swept every four hours without ever looking at all files at once."""
    minute = int(clock.machine_timestamp() // 60)
    if _swept["minute"] == minute:
        return 0
    _swept["minute"] = minute
    return sweep_orphans(minute % SHELVES)


def sweep_orphans(shelf: int) -> int:
    """Remove bytes on one shelf that never got a row because a process died between the two; returns how many."""
    # The machine's own time: under a shifted clock the bytes of a file being stored this minute would seem old.
    edge = clock.machine_timestamp() - ORPHAN_AGE.total_seconds()
    found = (Path(settings.FILES) / f"{shelf:02x}").glob("*")
    old = {f"{path.parent.name}/{path.name}": path for path in found if path.stat().st_mtime < edge}
    names, swept = sorted(old), 0
    for n in range(0, len(names), 500):
        lot = names[n : n + 500]
        known = set(StoredFile.objects.filter(place__in=lot, deleted_at=None).values_list("place", flat=True))
        for name in set(lot) - known:
            old[name].unlink(missing_ok=True)
            swept += 1
    return swept


def clean_name(name: str) -> str:
    """A file name fit to show: last path part, no control or direction characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c.isprintable()).strip(" .")  # direction marks count as not printable
    return kept[-120:].strip(" .") or "file"


def _encrypt(data: bytes, row: StoredFile) -> bytes:
    if not row.key:
        return data
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(bytes.fromhex(row.key)).encrypt(nonce, data, row.code.encode())


def _write(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".part")
    try:
        _make_shelf(path.parent)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _flush(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        if error.errno in FULL:
            raise NoRoom(
                _("服务器磁盘满了，文件没有存下，别的也没有改动。请告诉系统管理员，腾出空间后再传。")
            ) from error
        raise


def _make_shelf(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _flush(folder.parent)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
