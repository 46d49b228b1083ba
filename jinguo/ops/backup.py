"""A consistent copy of database and files, the database encrypted, the keys apart.

Order makes it consistent: the heads of the journal, then the database, then the files. So the heads copied are never
ahead of the chain copied. Which files there are is read from the copy itself, not from the house that goes on working:
bytes are written before their row and never changed, so every row of the copy finds its bytes; what was destroyed in
between is listed as such. The plain copy of the database lies only in the data folder, never on the backup's medium.
"""

import base64
import hashlib
import json
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from jinguo.files.actions import path_of
from jinguo.files.models import StoredFile
from jinguo.journal.heads import head_file
from jinguo.lib import clock, crypto
from jinguo.lib.streams import encrypt_file

FORMAT = 1


class BackupFault(Exception):
    """The copy could not be made or used; the message says what to do."""


@dataclass(frozen=True)
class Copied:
    """What a backup holds.

    Attributes:
        folder: where it lies.
        rows: rows of all tables together.
        files: stored files copied.
        missing: codes of files whose bytes were not there.
    """

    folder: Path
    rows: int
    files: int
    missing: list[str]


def make_backup(target: Path) -> Copied:
    """Copy everything but the keys into a new folder below `target`.

    Raises:
        BackupFault: no room, no tool, or the folder cannot be written.
    """
    folder = target / f"jinguo-{clock.local(clock.now()):%Y%m%d-%H%M%S}"
    building = folder.with_name(folder.name + ".part")
    try:
        building.mkdir(parents=True)
    except OSError as error:
        raise BackupFault(f"cannot write to {target} ({error.strerror}) / 写不进 {target}") from error
    try:
        key = secrets.token_bytes(32)
        if head_file().exists():
            shutil.copy2(head_file(), building / "journal.heads")
        counts, stored = _copy_database(building, key)
        files, missing = _copy_files(building, stored)
        _write_manifest(building, key, counts, files, missing)
        building.rename(folder)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        raise BackupFault(f"the copy stopped: {error.strerror} / 备份中断：{error.strerror}") from error
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Copied(folder, sum(counts.values()), len(files), missing)


def tables() -> list[str]:
    """Every table of the house, through tables included."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})


def count_rows(cursor: Any) -> dict[str, int]:
    """Rows per table, through a cursor of either database."""
    counts = {}
    for name in tables():
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        counts[name] = cursor.fetchone()[0]
    return counts


Stored = list[tuple[str, str]]  # code and place of every file


def stored_files(cursor: Any) -> Stored:
    """Code and place of every file that is not destroyed, through a cursor of either database."""
    cursor.execute(f'SELECT code, place FROM "{StoredFile._meta.db_table}" WHERE deleted_at IS NULL ORDER BY place')
    return [(code, place) for code, place in cursor.fetchall()]


def _copy_database(folder: Path, key: bytes) -> tuple[dict[str, int], Stored]:
    with tempfile.TemporaryDirectory(dir=settings.DATA) as scratch:  # readable by its owner only
        plain = Path(scratch) / "database"
        found = _copy_sqlite(plain) if connection.vendor == "sqlite" else _copy_postgres(plain)
        encrypt_file(plain, folder / "database.sealed", key)
    return found


def _copy_sqlite(plain: Path) -> tuple[dict[str, int], Stored]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(plain)])
    with closing(sqlite3.connect(plain)) as copy:
        return count_rows(copy.cursor()), stored_files(copy.cursor())


def _copy_postgres(plain: Path) -> tuple[dict[str, int], Stored]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        # This session idles while pg_dump works, for as long as that takes.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        found = count_rows(cursor), stored_files(cursor)
        run_postgres(["pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={plain}"])
    return found


def run_postgres(command: list[str]) -> None:
    """Run one of PostgreSQL's own tools against the configured database.

    Raises:
        BackupFault: the tool is not installed, or fails.
    """
    database = settings.DATABASES["default"]
    program = shutil.which(command[0])
    if program is None:
        raise BackupFault(
            f"{command[0]} is not installed: apt-get install postgresql-client / 请先安装 postgresql-client"
        )
    where = {"PGHOST": database["HOST"], "PGPORT": database["PORT"], "PGUSER": database["USER"]}
    environment = {name: value for name, value in where.items() if value} | {"PATH": "/usr/bin:/bin"}
    if database["PASSWORD"]:
        environment["PGPASSWORD"] = str(database["PASSWORD"])
    name = connection.settings_dict["NAME"]
    done = subprocess.run([program, f"--dbname={name}", *command[1:]], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupFault(f"{command[0]}: {done.stderr.strip()[-300:]}")


def _copy_files(folder: Path, stored: Stored) -> tuple[dict[str, str], list[str]]:
    """Copy stored bytes as they lie; returns place → SHA-256 of the stored bytes, and codes without bytes."""
    kept, missing = {}, []
    for code, place in stored:
        try:
            source, target = path_of(place), folder / "files" / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        except (FileNotFoundError, crypto.Tampered):  # destroyed a moment ago, or a row somebody altered
            missing.append(code)
            continue
        kept[place] = file_digest(target)
    return kept, missing


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_manifest(
    folder: Path, key: bytes, counts: dict[str, int], files: dict[str, str], missing: list[str]
) -> None:
    ring = crypto.ring()
    manifest = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "engine": connection.vendor,
        "ring": ring.identity,
        "key": base64.b64encode(ring.seal(key, "backup")).decode(),
        "database": file_digest(folder / "database.sealed"),
        "rows": counts,
        "files": files,
        "missing": missing,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
