"""Storing and destroying files so that a crash between bytes and row loses nothing and leaves nothing.

Bytes first (temporary name, flushed, renamed), then the row in the caller's transaction. Bytes without a row are swept by
the worker after a day; a row without bytes is named by `jinguo doctor`.
"""

import base64
import hashlib
import os
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
from jinguo.lib.errors import Invalid
from jinguo.lib.registry import due_work

ORPHAN_AGE = timedelta(days=1)


def store_file(
    data: bytes, *, unit: Unit, name: str, media_type: str, secrecy: Secrecy = Secrecy.INTERNAL, by: journal.Actor
) -> StoredFile:
    """Keep bytes for good.

    Raises:
        Invalid: empty, or larger than `limits.UPLOAD_BYTES`.
    """
    if not data:
        raise Invalid(_("这个文件是空的。请检查后重新选择。"), "file")
    if len(data) > limits.UPLOAD_BYTES:
        raise Invalid(_("文件超过 20 MB。请压缩图片或拆成几个文件再传。"), "file")
    code, place = ids.new_code(), f"{secrets.token_hex(1)}/{secrets.token_hex(16)}"
    key = b"" if secrecy == Secrecy.PUBLIC else secrets.token_bytes(32)
    _write(place, _encrypt(data, key, code))
    sealed = base64.b64encode(crypto.ring().seal(key, f"file.{code}")).decode() if key else ""
    with transaction.atomic():
        row = StoredFile.objects.create(
            code=code,
            unit=unit,
            name=clean_name(name),
            media_type=media_type,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            secrecy=secrecy,
            place=place,
            key_sealed=sealed,
            stored_at=clock.now(),
        )
        journal.record("file.store", by=by, kind="file", code=code, owner=unit.code, sha256=row.sha256, size=row.size)
    return row


def read_file(row: StoredFile) -> bytes:
    """The plain bytes.

    Raises:
        crypto.Tampered: the bytes or the row were altered.
        FileNotFoundError: the bytes are gone.
    """
    stored = (Path(settings.FILES) / row.place).read_bytes()
    key = crypto.ring().open(base64.b64decode(row.key_sealed), f"file.{row.code}") if row.key_sealed else b""
    try:
        data = AESGCM(key).decrypt(stored[:12], stored[12:], row.code.encode()) if key else stored
    except InvalidTag as error:
        raise crypto.Tampered(f"file {row.code} was altered where it lies") from error
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise crypto.Tampered(f"file {row.code} does not match its hash")
    return data


def destroy_file(row: StoredFile, *, reason: str, by: journal.Actor) -> None:
    """Destroy the key and the bytes; hash, size and reason stay."""
    with transaction.atomic():
        StoredFile.objects.filter(pk=row.pk).update(key_sealed="", deleted_at=clock.now(), delete_reason=reason)
        journal.record("file.destroy", by=by, kind="file", code=row.code, owner=row.unit.code, reason=reason)
        transaction.on_commit(lambda: (Path(settings.FILES) / row.place).unlink(missing_ok=True))


@due_work.register("files.sweep")
def sweep_orphans() -> int:
    """Remove bytes that never got a row because a process died between the two; at most 500 a call."""
    edge = clock.now().timestamp() - ORPHAN_AGE.total_seconds()
    old = [path for path in Path(settings.FILES).glob("*/*") if path.is_file() and path.stat().st_mtime < edge][:500]
    places = {str(path.relative_to(settings.FILES)): path for path in old}
    known = set(StoredFile.objects.filter(place__in=places, deleted_at=None).values_list("place", flat=True))
    for place in places.keys() - known:
        places[place].unlink(missing_ok=True)
    return len(places.keys() - known)


def clean_name(name: str) -> str:
    """A file name fit to show: last path part, no control or direction characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        c for c in last if c.isprintable() and c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    return kept.strip()[-120:] or "file"


def _encrypt(data: bytes, key: bytes, code: str) -> bytes:
    if not key:
        return data
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, data, code.encode())


def _write(place: str, data: bytes) -> None:
    path = Path(settings.FILES) / place
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
