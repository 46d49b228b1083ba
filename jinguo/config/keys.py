"""Makes the keys of an installation that holds nothing yet, so that a newcomer's first start needs no preparation.

A lost key ring must be restored, never silently replaced: it is made only where no file is stored and the database holds
no unit. The signing secret is another matter: a new one only ends the sessions, so it is made whenever it is missing.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from jinguo.config.env import BadSetting
from jinguo.lib import crypto


def ensure_ring(keyring: Path, files: Path, database: dict[str, Any]) -> None:
    """Say where the ring lies; make it if there is none and nothing can be sealed by a lost one."""
    os.environ["JINGUO_KEYRING"] = str(keyring)
    if keyring.exists() or any(files.glob("*")) or not _holds_nothing(database):
        return
    try:
        crypto.create_ring(keyring)
    except OSError as error:
        if not keyring.exists():  # it is there when another process of the same first start was faster
            raise BadSetting("JINGUO_KEYRING", f"cannot make {keyring} ({error.strerror})") from error


def signing_secret(folder: Path) -> str:
    """The secret that signs sessions and forms, beside the key ring; made if it is missing."""
    path = folder / "secret.key"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_once(path, secrets.token_urlsafe(50))
        secret = path.read_text().strip()
    except OSError as error:
        raise BadSetting("JINGUO_SECRET_KEY", f"is not given, and {path}: {error.strerror}") from error
    if len(secret) < 32:
        raise BadSetting("JINGUO_SECRET_KEY", f"is not given, and {path} is cut; remove it, a new one is made")
    return secret


def _holds_nothing(database: dict[str, Any]) -> bool:
    """Whether no unit was ever planted here; a database that does not answer may hold anything."""
    if "sqlite" in database["ENGINE"]:
        place = Path(database["NAME"])
        return not place.exists() or place.stat().st_size == 0
    import psycopg  # only installed where PostgreSQL is used

    where = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"], "dbname": database["NAME"]}
    given = {name: value for name, value in (where | {"password": database["PASSWORD"]}).items() if value}
    try:
        with psycopg.connect(**given, connect_timeout=5) as connection:
            found = connection.execute("SELECT to_regclass('federation_unit')").fetchone()
            if not found or found[0] is None:
                return True
            return connection.execute("SELECT 1 FROM federation_unit LIMIT 1").fetchone() is None
    except psycopg.Error:
        return False


def _write_once(path: Path, content: str) -> None:
    """Create a file that only its owner can read, whole or not at all; keep an existing one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
