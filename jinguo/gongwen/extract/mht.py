"""A web page saved in one file (.mht, also a .doc that is one): its main part is found and read as a web page.

Our own splitting, since a general mail parser takes seconds over hostile headers. Limits: 200 parts, two levels.
"""

import base64
import binascii
import quopri
import re

from jinguo.gongwen.extract import Extraction
from jinguo.gongwen.extract import html as web
from jinguo.gongwen.extract.plain import decode
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

VERSION = "1"

_HEADER_BYTES = 16 * 1024
_MOST_PARTS = 200
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\";\r\n]{1,100})\"?", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*\"?([\w-]{1,40})", re.IGNORECASE)


def extract(data: bytes) -> Extraction:
    """The text of the page. Raises Unreadable("no_text") when no part is a web page."""
    extractor = Extractor(name="mht", version=f"{VERSION}/html-{web.VERSION}")
    for headers, body in _parts(data, depth=2):
        if re.search(rb"^content-type:\s*text/html", headers, re.IGNORECASE | re.MULTILINE):
            declared = _CHARSET.search(headers) or web.CHARSET.search(body[:4096])
            _, text = decode(_decoded(headers, body), declared[1].decode("ascii", "replace") if declared else "")
            return web.page(text, extractor)
    raise Unreadable("no_text")


def _parts(data: bytes, depth: int) -> list[tuple[bytes, bytes]]:
    """Headers and body of every part, those of a part with parts in their place."""
    headers, body = _split(data)
    boundary = _BOUNDARY.search(headers)
    if boundary is None or not re.search(rb"content-type:\s*multipart/", headers, re.IGNORECASE):
        return [(headers, body)]
    if depth == 0:
        return []
    chunks = body.split(b"--" + boundary[1].rstrip())
    if len(chunks) > _MOST_PARTS + 2:
        raise Unreadable("too_costly")
    return [
        part for chunk in chunks[1:] if not chunk.startswith(b"--") for part in _parts(chunk.lstrip(b"\r\n"), depth - 1)
    ]


def _split(data: bytes) -> tuple[bytes, bytes]:
    edge = re.search(rb"\r?\n\r?\n", data[:_HEADER_BYTES])
    if edge is None:
        return data[:_HEADER_BYTES], b""
    return re.sub(rb"\r?\n[ \t]+", b" ", data[: edge.start()]), data[edge.end() :]


def _decoded(headers: bytes, body: bytes) -> bytes:
    way = re.search(rb"content-transfer-encoding:\s*([\w-]+)", headers, re.IGNORECASE)
    if way and way[1].lower() == b"quoted-printable":
        return quopri.decodestring(body)
    if way and way[1].lower() == b"base64":
        try:
            return base64.b64decode(re.sub(rb"\s", b"", body) + b"==")
        except (binascii.Error, ValueError) as error:
            raise Unreadable("damaged") from error
    return body
