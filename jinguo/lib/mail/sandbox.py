"""Reading strangers' mails in processes of their own: a hostile mail costs its process and nothing else."""

import base64
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from jinguo.gongwen.asking import Died, ask
from jinguo.gongwen.extract.office import to_docx
from jinguo.gongwen.refusals import Unreadable
from jinguo.lib.limits import PICTURE_SIDE
from jinguo.lib.mail.letter import Letter, Part
from jinguo.lib.pictures import Picture

READING = "jinguo.lib.mail.child"
WALL_SECONDS = 60  # for one mail
JPEG = b"\xff\xd8\xff"


class Unread(Exception):
    """The mail could not be read; it is kept as it came. `code`: `too_costly` or `reader_failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_mail(data: bytes) -> Letter:
    """Decode one mail and its attachments. Raises Unread."""
    found = _json({"do": "mail"}, data)
    try:
        letter = Letter.from_json(found["letter"])
        office = {int(number): base64.b64decode(text) for number, text in found["office"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Unread("reader_failed") from fault
    return replace(letter, parts=tuple(_with_office(part, office.get(part.number)) for part in letter.parts))


def bytes_of_part(data: bytes, number: int) -> bytes:
    """The bytes of one part of a mail, for saving. Raises Unread."""
    return _ask({"do": "part", "number": number}, data)


def photos_of_parts(data: bytes, numbers: list[int]) -> dict[int, Picture]:
    """Those of these parts that are pictures, shrunk and without place or maker. Raises Unread."""
    found = _json({"do": "photos", "numbers": numbers}, data)
    try:
        return {int(number): _picture(one) for number, one in found.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Unread("reader_failed") from fault


def _with_office(part: Part, data: bytes | None) -> Part:
    """An old format: made a .docx by LibreOffice, then read like one."""
    if part.problem != "office":
        return part
    if data is None:
        return replace(part, problem="too_costly")
    try:
        made = to_docx(data, part.kind)  # type: ignore[arg-type]
        found = _json({"do": "file", "kind": "docx"}, made.data)
        return replace(part, text=str(found["text"]), problem=str(found["problem"]))
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
        return ask(READING, request, data, seconds=WALL_SECONDS)
    except Died as end:
        raise Unread(end.code) from end


def _picture(one: dict[str, Any]) -> Picture:
    """What the process says, looked at again: it may have been taken over."""
    large, small = (base64.b64decode(one[name], validate=True) for name in ("large", "small"))
    width, height = int(one["width"]), int(one["height"])
    if not (
        large.startswith(JPEG) and small.startswith(JPEG) and 0 < width <= PICTURE_SIDE and 0 < height <= PICTURE_SIDE
    ):
        raise ValueError("this is no picture of ours")
    return Picture(large, small, width, height, datetime.fromisoformat(one["taken"]) if one["taken"] else None)
