"""The process that reads a stranger's mail: `python -m jinguo.lib.mail.child`.

In: one line of JSON ({"do": "mail" | "part" | "file", "number", "kind"}), then the bytes. Out: one JSON object, or for a part
its bytes. It gives up memory, time, files and the network before it looks at the first byte, as the reader of papers does.
"""

import base64
import json
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


def main() -> int:
    """Answer one request."""
    limits.lower(
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, limits.OPEN_FILES),
    )  # fmt: skip
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    if request["do"] != "part" and _may_hold_pdf(data):
        from jinguo.gongwen.extract import load

        load("pdf")  # opens a library, which it may not do later
    limits.close_off()
    from jinguo.lib.mail.files import text_of_file
    from jinguo.lib.mail.mime import walk

    if request["do"] == "file":
        text, problem = text_of_file(request["kind"], data)
        return _answer({"text": text, "problem": problem})
    if request["do"] == "part":
        _letter, contents = walk(data)
        sys.stdout.buffer.write(contents[request["number"] - 1])
        return 0
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
    return _answer({"letter": letter.to_json(), "office": dict(list(office.items())[:OFFICE_FILES])})


def _may_hold_pdf(data: bytes) -> bool:
    return any(mark in data for mark in (b"JVBERi0", b"%PDF-", b"UEsDB", b"PK\x03\x04", b"message/rfc822"))


def _answer(answer: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
