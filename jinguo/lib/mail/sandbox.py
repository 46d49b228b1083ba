"""Reading a stranger's mail in a process of its own: a hostile mail costs that process and nothing else."""

import base64
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

from jinguo.gongwen.extract.office import to_docx
from jinguo.gongwen.processes import ROOT, environment
from jinguo.gongwen.refusals import Unreadable
from jinguo.lib.mail.letter import Letter

CHILD = [sys.executable, "-m", "jinguo.lib.mail.child"]
WALL_SECONDS = 60


class Unread(Exception):
    """The mail could not be read; it is kept as it came. `code`: `too_costly` or `reader_failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_mail(data: bytes) -> Letter:
    """Decode one mail and its attachments. Raises Unread."""
    answer = _json({"do": "mail"}, data)
    try:
        letter = Letter.from_json(answer["letter"])
        office = {int(number): base64.b64decode(text) for number, text in answer["office"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Unread("reader_failed") from fault
    return replace(letter, parts=tuple(_with_office(part, office.get(part.number)) for part in letter.parts))


def bytes_of_part(data: bytes, number: int) -> bytes:
    """The bytes of one part of a mail, for saving. Raises Unread."""
    return _ask({"do": "part", "number": number}, data)


def _with_office(part: Any, data: bytes | None) -> Any:
    """An old format: made a .docx by LibreOffice, then read like one."""
    if part.problem != "office":
        return part
    if data is None:
        return replace(part, problem="too_costly")
    try:
        made = to_docx(data, part.kind)
        answer = _json({"do": "file", "kind": "docx"}, made.data)
        return replace(part, text=str(answer["text"]), problem=str(answer["problem"]))
    except Unreadable as refusal:
        return replace(part, problem=refusal.code)
    except (Unread, KeyError):
        return replace(part, problem="office_failed")


def _json(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(_ask(request, data))
    except ValueError as fault:
        raise Unread("reader_failed") from fault
    if not isinstance(found, dict):
        raise Unread("reader_failed")
    return found


def _ask(request: dict[str, Any], data: bytes) -> bytes:
    try:
        done = subprocess.run(
            CHILD, input=json.dumps(request).encode("ascii") + b"\n" + data, capture_output=True, timeout=WALL_SECONDS,
            env=environment(), cwd=ROOT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        raise Unread("too_costly") from fault
    if done.returncode < 0 or b"MemoryError" in done.stderr[-2000:]:
        raise Unread("too_costly")
    if done.returncode != 0:
        raise Unread("reader_failed")
    return done.stdout
