"""The process that reads strangers' mails: `python -m jinguo.lib.mail.child`.

It loads what reading needs once, and then forks a process for each mail: that one reads its mail from stdin, gives up memory,
time, files and the network, and answers through a pipe of its own. The first process never holds a byte of a mail in a
buffer that outlives it, so a mail that takes its process over meets neither the network nor another mail.

In, for each: one line of JSON ({"do": "mail" | "part" | "photos" | "file", "size", "number", "numbers", "kind"}), then `size` bytes. Out: pieces,
each a line with its length and the bytes; at the end a line `0 STATUS` with the wait status of the process.
"""

import base64
import json
import os
import resource
import sys
from typing import Any

from jinguo.gongwen import child as limits
from jinguo.gongwen.guard import OFFICE_KINDS

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 15
OFFICE_FILES = 3  # old formats of one mail that are handed to LibreOffice
OFFICE_BYTES = 8 * 1024 * 1024
ALL_TEXT = 300_000  # characters of all attachments together
OUT_OF_MEMORY = 3  # exit code


def main() -> int:
    """Answer requests until there are no more."""
    load()
    line = bytearray()
    while sign := os.read(0, 1):  # unbuffered: what follows the line belongs to the process that reads the mail
        if sign != b"\n":
            line += sign
            continue
        relay(json.loads(line))
        line.clear()
    return 0


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


def relay(request: dict[str, Any]) -> None:
    """One process for one mail; its answer is passed on piece by piece and forgotten."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        os._exit(_alone(request, there))
    os.close(there)
    buffer = bytearray(65_536)
    view = memoryview(buffer)
    while size := os.readv(here, [buffer]):
        _write(1, b"%d\n" % size)
        _write(1, view[:size])
    os.close(here)
    buffer[:] = bytes(len(buffer))
    _write(1, b"0 %d\n" % os.waitpid(child, 0)[1])


def _alone(request: dict[str, Any], out: int) -> int:
    """What the forked process does; its exit code."""
    try:
        data = _read(int(request["size"]))
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(nowhere, 1)
        give_up()
        _write(out, answer(request, data))
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException:
        import traceback

        traceback.print_exc()
        return 1
    return 0


def give_up() -> None:
    """Lower the limits of this process; none of them can be raised again."""
    limits.lower(
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, limits.OPEN_FILES),
    )  # fmt: skip
    limits.close_off()


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


def _read(size: int) -> bytes:
    pieces = []
    while size > 0 and (piece := os.read(0, min(size, 1 << 20))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _write(out: int, data: bytes | memoryview) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(out, rest) :]


def _json(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=True).encode("ascii")


if __name__ == "__main__":
    sys.exit(main())
