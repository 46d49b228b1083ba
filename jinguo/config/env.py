"""Reads the environment: facts of this machine only. A wrong or missing value stops the start with a clear sentence.

A blank value is the default. Any setting may come from a file: JINGUO_SECRET_KEY_FILE names the file that holds
JINGUO_SECRET_KEY. Sentences never repeat a value that may hold a password.
"""

import os
from collections.abc import Collection
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PATIENCE = 5  # seconds to wait for a connection to PostgreSQL: a page must answer, if only to say that it cannot


class BadSetting(SystemExit):
    """A setting that cannot be used; the message names it and the sample file."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name}: {why}. See dotenv-sample for what it means. / 设置 {name} 有误，说明见 dotenv-sample。"
        )


def text(name: str, default: str = "") -> str:
    """A setting as text; `NAME_FILE` wins over `NAME`."""
    file = os.environ.get(f"{name}_FILE", "").strip()
    if not file:
        return os.environ.get(name, "").strip() or default
    try:
        content = Path(file).read_text().strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE", f"cannot read {file} ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadSetting(f"{name}_FILE", f"{file} is not text") from error
    if not content:
        raise BadSetting(f"{name}_FILE", f"{file} is empty")
    return content


def flag(name: str, default: bool) -> bool:
    """A setting that is yes or no; anything else stops the start."""
    return choice(name, "yes" if default else "no", ("yes", "no", "true", "false", "1", "0")) in {"yes", "true", "1"}


def choice(name: str, default: str, words: Collection[str]) -> str:
    """One of these words, in lower case."""
    value = text(name, default).lower()
    if value not in words:
        raise BadSetting(name, f"must be one of {', '.join(words)}, not {value!r}")
    return value


def number(name: str, default: int) -> int:
    """A whole number, possibly negative."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise BadSetting(name, f"must be a whole number, not {value!r}") from error


def words(name: str, default: str = "") -> list[str]:
    """Several values with commas between them."""
    return [word for each in text(name, default).split(",") if (word := each.strip())]


def networks(name: str) -> list[str]:
    """Addresses of machines or networks, as 127.0.0.1 or 10.0.0.0/8."""
    found = words(name)
    for address in found:
        try:
            ip_network(address)
        except ValueError as error:
            raise BadSetting(name, f"{address!r} is not an IP address or network") from error
    return found


def address(name: str, default: str) -> str:
    """An address people type: scheme and host, without a path and without the last slash."""
    value = text(name, default).rstrip("/")
    parts = _split(name, value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.username:
        raise BadSetting(name, "must be like https://jinguo.example.org, without a path")
    return value


def file(name: str, default: Path) -> Path:
    """A setting that names a file; it need not be there."""
    path = Path(text(name, str(default)))
    if not path.is_absolute():
        raise BadSetting(name, f"must be a full path from /, not {str(path)!r}")
    return path


def folder(name: str, default: Path) -> Path:
    """A setting that names a folder; made if missing, readable by its owner only."""
    return _made(name, Path(text(name, str(default))).resolve())


def database(name: str, default: str) -> dict[str, Any]:
    """`sqlite:/path/file` or `postgres://user:password@host:port/name?host=/socket/folder` as Django's dictionary."""
    parts = _split(name, text(name, default))
    if parts.scheme == "sqlite":
        return _sqlite(name, unquote(parts.path))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(name, parts)
    raise BadSetting(name, f"must begin with sqlite: or postgres://, not {parts.scheme or 'nothing'!r}")


def _sqlite(name: str, place: str) -> dict[str, Any]:
    if not place.startswith("/") or place.endswith("/"):
        raise BadSetting(name, "must name a file by its full path, as sqlite:/srv/jinguo/jinguo.sqlite3")
    _made(name, Path(place).parent)
    pragmas = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-4000;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=67108864;PRAGMA secure_delete=ON"
    )  # not trusted_schema=OFF: SQLite 3.40 then refuses Django's JSON_VALID check constraints
    return {
        "ENGINE": "jinguo.lib.sqlite",
        "NAME": place,
        # Opening costs as much as a page; what stays open is shared by mmap, so the caches may be small.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def _postgres(name: str, parts: SplitResult) -> dict[str, Any]:
    query = parse_qs(parts.query)
    try:
        port = str(parts.port or (query.get("port") or [""])[0])
    except ValueError as error:
        raise BadSetting(name, "the port must be a number from 1 to 65535") from error
    if not parts.path.strip("/"):
        raise BadSetting(name, "names no database: postgres://user:password@host:port/name")
    waits = "-c lock_timeout=3s -c statement_timeout=10s -c idle_in_transaction_session_timeout=15s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": (query.get("host") or [parts.hostname or ""])[0],
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": waits, "connect_timeout": PATIENCE},
    }


def _split(name: str, value: str) -> SplitResult:
    try:
        return urlsplit(value)
    except ValueError as error:
        raise BadSetting(name, "is not an address") from error


def _made(name: str, path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(name, f"cannot make the folder {path} ({error.strerror})") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise BadSetting(name, f"this user may not write to the folder {path}")
    return path
