"""Putting a backup into an empty installation, after proving that it is whole and that the keys are the right ones."""

import base64
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from jinguo.files.actions import PLACE
from jinguo.journal.heads import head_file
from jinguo.lib import crypto
from jinguo.lib.streams import decrypt_file
from jinguo.ops.backup import FORMAT, BackupFault, count_rows, file_digest, run_postgres, tables


def restore_backup(folder: Path) -> dict[str, int]:
    """Restore into this installation's empty database and file folder; returns rows per table.

    Raises:
        BackupFault: not a backup, damaged, made with other keys, or this installation is not empty. Nothing was written.
    """
    manifest = _read_manifest(folder)
    key = _open_key(manifest)
    _refuse_unless_empty()
    _check_bytes(folder, manifest)
    with tempfile.TemporaryDirectory(dir=settings.DATA) as scratch:
        plain = Path(scratch) / "database"
        try:
            decrypt_file(folder / "database.sealed", plain, key)
        except crypto.Tampered as error:
            raise BackupFault(f"{error} / 数据库副本损坏或密钥不对") from error
        _put_files(folder, manifest)
        _put_database(plain, manifest["engine"])
    with connection.cursor() as cursor:
        counts = count_rows(cursor)
    if counts != manifest["rows"]:
        wrong = sorted(name for name in manifest["rows"] if counts.get(name) != manifest["rows"][name])
        raise BackupFault(f"row counts differ after the restore: {', '.join(wrong)} / 恢复后行数不符")
    return counts


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        if not isinstance(manifest["files"], dict):
            raise ValueError("files")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupFault(f"{folder} is not a backup: no readable manifest.json / 这个文件夹不是备份") from error
    if manifest.get("format") != FORMAT:
        raise BackupFault(
            f"backup format {manifest.get('format')} is not known to this version / 备份格式不认识，请先升级"
        )
    if manifest["engine"] != connection.vendor:
        raise BackupFault(
            f"the backup was made on {manifest['engine']}, this installation uses {connection.vendor}; "
            f"set JINGUO_DATABASE accordingly / 备份来自 {manifest['engine']}，与本机数据库不同"
        )
    odd = [place for place in manifest["files"] if not PLACE.fullmatch(place)]
    if odd:
        raise BackupFault(
            f"the manifest names {odd[0]!r}, which is no place of a stored file / 清单里的位置不对，已拒绝"
        )
    return manifest


def _open_key(manifest: dict[str, Any]) -> bytes:
    try:
        ring = crypto.ring()
    except crypto.KeyMissing as error:
        raise BackupFault(f"{error} / 找不到可用的密钥文件，请先放好与备份配套的那一份") from error
    if ring.identity != manifest["ring"]:
        raise BackupFault(
            f"wrong key ring: the backup was made with ring {manifest['ring']}, here lies ring {ring.identity}. "
            "Put the key ring that belongs to the backup at JINGUO_KEYRING first. / 密钥不对：请先放好与备份配套的密钥文件"
        )
    try:
        return ring.open(base64.b64decode(manifest["key"], validate=True), "backup")
    except crypto.KeyMissing as error:
        raise BackupFault(
            f"the key ring at JINGUO_KEYRING is older than the backup or lacks the key it was made with: {error}. "
            "Put the newest copy of the key ring there. / 密钥文件里缺少备份用的那把，请换上最新的一份密钥文件"
        ) from error
    except (crypto.Tampered, ValueError) as error:
        raise BackupFault("the manifest is damaged: its key does not open / 清单损坏，打不开其中的钥匙") from error


def _refuse_unless_empty() -> None:
    present = set(connection.introspection.table_names())
    for table in present & set(tables()) - {"django_content_type", "auth_permission"}:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
            if cursor.fetchone():
                raise BackupFault(
                    "this installation already holds data; restore only into an empty one (another JINGUO_DATA). "
                    "/ 这里已有数据，只能恢复到空的数据文件夹"
                )


def _check_bytes(folder: Path, manifest: dict[str, Any]) -> None:
    sealed = folder / "database.sealed"
    if not sealed.exists() or file_digest(sealed) != manifest["database"]:
        raise BackupFault("database.sealed is missing or damaged / 数据库副本缺失或损坏")
    for place, digest in manifest["files"].items():
        path = folder / "files" / place
        if not path.exists() or file_digest(path) != digest:
            raise BackupFault(f"the stored file {place} is missing or damaged / 附件 {place} 缺失或损坏")


def _put_files(folder: Path, manifest: dict[str, Any]) -> None:
    for place in manifest["files"]:
        target = Path(settings.FILES) / place
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(folder / "files" / place, target)
    if (folder / "journal.heads").exists():
        head_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(folder / "journal.heads", head_file())


def _put_database(plain: Path, engine: str) -> None:
    if engine == "sqlite":
        connection.close()
        place = Path(settings.DATABASES["default"]["NAME"])
        for rest in ("-wal", "-shm"):
            place.with_name(place.name + rest).unlink(missing_ok=True)
        with closing(sqlite3.connect(plain)) as copy:
            fault = copy.execute("PRAGMA quick_check").fetchone()[0]
        if fault != "ok":
            raise BackupFault(f"the database copy is damaged: {fault} / 数据库副本损坏")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(plain, place)
    else:
        run_postgres(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(plain)])
