"""Reading a stranger's file in a process of its own, so that a hostile file costs that process and nothing else.

The web application calls this; a person at a terminal who reads her own file does not need it.
"""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from jinguo.gongwen.guard import kind_of
from jinguo.gongwen.record import Record
from jinguo.gongwen.refusals import SENTENCES, Unreadable

CHILD = [sys.executable, "-m", "jinguo.gongwen.child"]
WALL_SECONDS = 30  # on a busy machine 10 s of processor time may take longer than 10 s

_ROOT = str(Path(__file__).resolve().parents[2])
_KILLED = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ}


def read_in_child(data: bytes, name: str = "", *, document_date: date | None = None) -> Record:
    """Like `jinguo.gongwen.read`, in a child with limits of memory, time and no network.

    What comes back is checked field by field and span by span, since the child may have been taken over by the file.
    Raises Unreadable.
    """
    kind_of(data)  # size and kind first: most refusals need no process
    request = json.dumps({"name": name, "document_date": document_date.isoformat() if document_date else None})
    try:
        done = subprocess.run(
            CHILD,
            input=request.encode("ascii") + b"\n" + data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=_environment(),
            cwd=_ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_costly") from error
    if done.returncode in _KILLED or b"MemoryError" in done.stderr[-2000:]:
        raise Unreadable("too_costly")
    if done.returncode != 0:
        raise Unreadable("reader_failed")
    return _record(done.stdout)


def _environment() -> dict[str, str]:
    """Only what Python needs to start: no secrets of the web process reach the child."""
    kept = {
        key: os.environ[key] for key in ("PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT") if key in os.environ
    }
    return {**kept, "PYTHONPATH": _ROOT, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _record(answer: bytes) -> Record:
    try:
        found: dict[str, Any] = json.loads(answer)
        code = found.get("unreadable")
        if code is not None:
            raise Unreadable(code if code in SENTENCES else "reader_failed")
        return Record.from_json(found["record"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable("reader_failed") from error
