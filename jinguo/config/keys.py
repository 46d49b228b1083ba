"""Makes the keys of a fresh data folder, so that a newcomer's first start needs no preparation.

A real office makes them with `jinguo setup`, which calls the same functions and says where they lie. Keys are made only
for a folder that holds nothing yet: a lost key ring must be restored, never silently replaced.
"""

import os
import secrets
from pathlib import Path

from jinguo.lib import crypto


def ensure_development_keys(data: Path, keyring: Path) -> str:
    """Make the key ring and the signing secret if this data folder is new; return the signing secret ("" if lost)."""
    os.environ["JINGUO_KEYRING"] = str(keyring)
    secret_file = keyring.parent / "secret.key"
    fresh = not keyring.exists() and not (data / "files").exists() and not (data / "jinguo.sqlite3").exists()
    if fresh:
        keyring.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(secret_file, secrets.token_urlsafe(50))
        try:
            crypto.create_ring(keyring)
        except FileExistsError:
            return secret_file.read_text()  # another process of the same first start was faster
    return secret_file.read_text().strip() if secret_file.exists() else ""


def _write_once(path: Path, content: str) -> None:
    """Create a file that only its owner can read, whole or not at all; keep an existing one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
