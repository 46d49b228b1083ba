"""Reading a stranger's mail with its attachments, in a process of its own (a reading: see `gongwen.child`).

Request: {"do": "mail" | "part" | "photos" | "file", "number", "numbers", "kind"}; the answer is JSON, for a part its bytes.
"""

import base64
import json
from typing import Any

from jinguo.gongwen.guard import OFFICE_KINDS

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 15
OFFICE_FILES = 3  # old formats of one mail that are handed to LibreOffice
OFFICE_BYTES = 8 * 1024 * 1024
ALL_TEXT = 300_000  # characters of all attachments together
PICTURE_BLOCKS = 4  # of 16 MB, kept for the next copy of the same picture: fresh memory costs more than the copy


def load() -> None:
    """Everything a mail may need, before there is one: later libraries may not be opened."""
    import python_calamine  # noqa: F401
    from PIL import Image

    from jinguo.gongwen.extract import load as load_format
    from jinguo.lib import pictures  # noqa: F401
    from jinguo.lib.mail import files, mime  # noqa: F401
    from jinguo.lib.sheets import child  # noqa: F401

    for kind in ("docx", "pdf", "ofd", "html", "mht", "text"):
        load_format(kind)
    Image.preinit()
    Image.init()
    Image.core.set_blocks_max(PICTURE_BLOCKS)  # type: ignore[attr-defined]


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """The answer to one request."""
    from jinguo.lib.mail.files import text_of_file
    from jinguo.lib.mail.mime import walk

    if request["do"] == "file":
        text, problem = text_of_file(request["kind"], data)
        return _json({"text": text, "problem": problem})
    if request["do"] == "part":
        return bytes(walk(data)[1][request["number"] - 1])
    if request["do"] == "photos":
        return _json(photos(walk(data)[1], request["numbers"]))
    left = [ALL_TEXT]

    def read(kind: str, content: bytes) -> tuple[str, str]:
        if left[0] <= 0:
            return "", "too_long"
        text, problem = text_of_file(kind, content)
        left[0] -= len(text)
        return text, problem

    letter, contents = walk(data, read)
    office = {
        part.number: base64.b64encode(contents[part.number - 1]).decode()
        for part in letter.parts
        if part.kind in OFFICE_KINDS and part.problem == "office" and part.size <= OFFICE_BYTES
    }
    return _json({"letter": letter.to_json(), "office": dict(list(office.items())[:OFFICE_FILES])})


def photos(contents: list[bytes], numbers: list[int]) -> dict[str, Any]:
    """The pictures among these parts, shrunk and encoded anew; what cannot be read as one is left out."""
    from jinguo.lib.errors import Invalid
    from jinguo.lib.pictures import prepare_picture

    found = {}
    for number in numbers:
        try:
            one = prepare_picture(contents[number - 1])
        except Invalid:
            continue
        large, small = (base64.b64encode(data).decode() for data in (one.large, one.small))
        taken = one.taken_at.isoformat() if one.taken_at else ""
        found[str(number)] = {"large": large, "small": small, "width": one.width, "height": one.height, "taken": taken}
    return found


def _json(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=True).encode("ascii")
