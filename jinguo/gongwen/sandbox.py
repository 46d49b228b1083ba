"""Reading a stranger's file in a process of its own, so that a hostile file costs that process and nothing else.

The web application calls this; a person at a terminal who reads her own file does not need it.
"""

import json
import signal
import subprocess
import sys
from datetime import date
from typing import Any

from jinguo.gongwen.guard import OFFICE_KINDS, kind_of
from jinguo.gongwen.processes import ROOT, environment
from jinguo.gongwen.record import Record
from jinguo.gongwen.refusals import SENTENCES, Unreadable

CHILD = [sys.executable, "-m", "jinguo.gongwen.child"]
WALL_SECONDS = 30  # on a busy machine 10 s of processor time may take longer than 10 s

_KILLED = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ}


def read_in_child(data: bytes, name: str = "", *, document_date: date | None = None) -> Record:
    """Like `jinguo.gongwen.read`, in a child with limits of memory, time and no network.

    What comes back is checked field by field and span by span, since the child may have been taken over by the file.
    An old format is first made a .docx by LibreOffice, in limits of its own. Raises Unreadable.
    """
    kind = kind_of(data)  # size and kind first: most refusals need no process
    made = None
    if kind in OFFICE_KINDS:
        from jinguo.gongwen.extract.office import to_docx

        data, extractor = to_docx(data, kind)
        kind, made = "docx", {"name": extractor.name, "version": extractor.version}
    day = document_date.isoformat() if document_date else None
    request = json.dumps({"name": name, "document_date": day, "kind": kind, "extractor": made})
    try:
        done = subprocess.run(
            CHILD,
            input=request.encode("ascii") + b"\n" + data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=environment(),
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_costly") from error
    if done.returncode in _KILLED or b"MemoryError" in done.stderr[-2000:]:
        raise Unreadable("too_costly")
    if done.returncode != 0:
        raise Unreadable("reader_failed")
    return _record(done.stdout)


def _record(answer: bytes) -> Record:
    try:
        found: dict[str, Any] = json.loads(answer)
        code = found.get("unreadable")
        if code is not None:
            raise Unreadable(code if code in SENTENCES else "reader_failed")
        return Record.from_json(found["record"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable("reader_failed") from error
