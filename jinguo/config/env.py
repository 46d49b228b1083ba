"""Reads the environment: facts of this machine only. A wrong or missing value stops the start with a clear sentence.

Any setting may come from a file: JINGUO_SECRET_KEY_FILE names the file that holds JINGUO_SECRET_KEY.
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting that cannot be used; the message names it and the sample file."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name}: {why}. See dotenv-sample for what it means. / 设置 {name} 有误，说明见 dotenv-sample。"
        )


def text(name: str, default: str = "") -> str:
    """A setting as text; `NAME_FILE` wins over `NAME`."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE", f"cannot read {file} ({error.strerror})") from error
    return os.environ.get(name) or default


def flag(name: str, default: bool) -> bool:
    """A setting that is yes or no; anything else stops the start."""
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "true", "false", "1", "0"}:
        raise BadSetting(name, f"must be yes or no, not {value!r}")
    return value in {"yes", "true", "1"}


def folder(name: str, default: Path) -> Path:
    """A setting that names a folder; made if missing, readable by its owner only."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(name, f"cannot make the folder {path} ({error.strerror})") from error
    return path


def database(name: str, default: str) -> dict[str, object]:
    """`sqlite:/path/file` or `postgres://user:password@host:port/name?host=/socket/folder` as Django's dictionary."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        pragmas = (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=67108864"
        )  # not trusted_schema=OFF: SQLite 3.40 then refuses Django's JSON_VALID check constraints
        return {
            "ENGINE": "jinguo.lib.sqlite",
            "NAME": parts.path,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = parse_qs(parts.query)
        waits = "-c lock_timeout=3s -c statement_timeout=10s -c idle_in_transaction_session_timeout=15s"
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": (query.get("host") or [parts.hostname or ""])[0],
            "PORT": str(parts.port or (query.get("port") or [""])[0]),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": waits},
        }
    raise BadSetting(name, f"must begin with sqlite: or postgres://, not {value!r}")
