"""What a stranger's file must pass before anything of it is parsed: its size, and what kind it is by its content.

Reads no prose and trusts no file name. Limits are those of the house for uploads; every refusal is an `Unreadable`.
"""

import codecs
import re
import struct
from typing import Literal

from jinguo.gongwen.refusals import Unreadable

Kind = Literal["docx", "pdf", "ofd", "html", "mht", "text", "doc", "rtf", "odt", "word_xml"]
OFFICE_KINDS: frozenset[Kind] = frozenset({"doc", "rtf", "odt", "word_xml"})  # what LibreOffice makes a .docx of

MAX_FILE = 20 * 1024 * 1024
MAX_CHARACTERS = 200_000
MAX_PAGES = 500

_SNIFFED = 4096
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|section|article|div|p|table|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_WORD_XML = re.compile(r"progid=\"Word\.Document\"|<w:wordDocument|<pkg:package|<office:document\b")
_MHT = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart/related", re.IGNORECASE)


def kind_of(data: bytes) -> Kind:
    """What the bytes are, by content alone. Raises Unreadable for what is not read here."""
    if len(data) > MAX_FILE:
        raise Unreadable("too_large")
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if data.startswith(_ZIP):
        from jinguo.gongwen.package import kind_of_package

        return kind_of_package(data)
    if data.startswith(_OLE):
        from jinguo.gongwen.compound import kind_of_compound

        return kind_of_compound(data)
    if _is_picture(data):
        raise Unreadable("picture")
    if data.startswith(_ARCHIVES):
        raise Unreadable("archive")
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> Kind:
    start = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in start[:1024] and not start[: start.find(b"%PDF-")].strip(b"\x00\x04\r\n\t "):
        return "pdf"
    if start.lower().startswith(b"{\\rtf"):
        return "rtf"
    text = _beginning(data)
    if _MHT.match(text):
        return "mht"
    if text.startswith("<"):
        if _WORD_XML.search(text):
            return "word_xml"
        if _HTML.match(text):
            return "html"
    return "text"


def _beginning(data: bytes) -> str:
    """The first characters, whatever the encoding; a page saved by a word processor may be UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[: _SNIFFED * 2].decode("utf-16", "replace").lstrip("\ufeff \t\r\n")
    return data[:_SNIFFED].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")


def _is_picture(data: bytes) -> bool:
    if data.startswith(b"BM"):  # two letters are also a beginning of prose: the header states the file's own length
        return len(data) > 6 and struct.unpack_from("<I", data, 2)[0] == len(data)
    heif = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"msf1")
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return data.startswith(_PICTURES) or heif or webp
