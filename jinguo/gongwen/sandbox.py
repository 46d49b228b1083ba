"""Reading a stranger's file in a process of its own, so that a hostile file costs that process and nothing else.

The web application calls this; a person at a terminal who reads her own file does not need it.
"""

import json
from datetime import date
from typing import Any

from jinguo.gongwen.asking import Died, ask
from jinguo.gongwen.guard import OFFICE_KINDS, kind_of
from jinguo.gongwen.record import Record
from jinguo.gongwen.refusals import SENTENCES, Unreadable

READING = "jinguo.gongwen.child"
WALL_SECONDS = 30  # on a busy machine 10 s of processor time may take longer than 10 s


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
    request = {"name": name, "document_date": day, "kind": kind, "extractor": made}
    try:
        return _record(ask(READING, request, data, seconds=WALL_SECONDS))
    except Died as end:
        raise Unreadable(end.code) from end


def _record(answer: bytes) -> Record:
    try:
        found: dict[str, Any] = json.loads(answer)
        code = found.get("unreadable")
        if code is not None:
            raise Unreadable(code if code in SENTENCES else "reader_failed")
        return Record.from_json(found["record"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable("reader_failed") from error
