"""An empty migrated database, built once and kept: migrating takes fourteen seconds of processor time, a copy a moment.

It is kept beside pytest's own cache, under a name that says all it was made from: every migration, what migrations import
of the house, the versions of Django and of the database. Change one of them and it is built anew. Rows do not come in:
migrations that carry rows over find none here.
"""

import contextlib
import hashlib
import os
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

from tests.services.machine import find_postgres

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".pytest_cache" / "database"
_IMPORTED = re.compile(r"^\s*(?:from|import) (jinguo(?:\.\w+)+)(?: import ([\w, ]+))?", re.MULTILINE)


def place(vendor: str) -> Path:
    """Where the blueprint for this database lies, whether it is there or not."""
    return KEPT / f"{_mark(vendor)}.{'sqlite3' if vendor == 'sqlite' else 'sql'}"


def lay_out(database: dict[str, Any], name: str) -> bool:
    """Make the database `name` from the blueprint; False when there is none yet and it must be migrated."""
    on_sqlite = "sqlite" in database["ENGINE"]
    kept = place("sqlite" if on_sqlite else "postgresql")
    if not kept.is_file():
        return False
    if on_sqlite:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(kept.read_bytes())
        return True
    _postgres("createdb", database, name)
    _postgres(
        "psql",
        database,
        "--quiet",
        "--no-psqlrc",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
        f"--file={kept}",
        name,
    )
    return True


def keep(database: dict[str, Any], name: str) -> None:
    """Keep this freshly migrated database as the blueprint; older ones go."""
    on_sqlite = "sqlite" in database["ENGINE"]
    kept = place("sqlite" if on_sqlite else "postgresql")
    with _written(kept) as draft:
        if on_sqlite:
            with contextlib.closing(sqlite3.connect(name)) as file:
                file.execute("VACUUM INTO ?", [str(draft)])
        else:
            _postgres("pg_dump", database, "--no-owner", f"--file={draft}", name)
    for other in KEPT.glob(f"*{kept.suffix}"):
        if other != kept:
            other.unlink(missing_ok=True)


@contextlib.contextmanager
def _written(kept: Path) -> Iterator[Path]:
    """A name to write to, put in place whole: another worker may be doing the same."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        draft = Path(folder) / kept.name
        yield draft
        os.replace(draft, kept)


def _mark(vendor: str) -> str:
    """All that a migrated database depends on, in sixteen letters."""
    version = sqlite3.sqlite_version if vendor == "sqlite" else find_postgres()
    digest = hashlib.sha256(f"{vendor} {version} {django.VERSION}".encode())
    migrations = sorted(ROOT.glob("jinguo/*/migrations/*.py"))
    for file in [*migrations, *sorted(_imported(migrations))]:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _imported(migrations: list[Path]) -> set[Path]:
    """The house's files that migrations import."""
    found = set()
    for migration in migrations:
        for module, names in _IMPORTED.findall(migration.read_text()):
            for each in [module, *(f"{module}.{name.strip()}" for name in names.split(","))]:
                path = ROOT.joinpath(*each.split("."))
                found |= {file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()}
    return found


def _postgres(program: str, database: dict[str, Any], *words: str) -> None:
    """One of PostgreSQL's own programs, on this cluster."""
    words = (f"{find_postgres()}/{program}", "-h", database["HOST"], "-U", database["USER"], *words)
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{program} failed: {done.stderr}")
