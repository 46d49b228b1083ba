"""Text files: which encoding, and is it text at all. Line ends become \\n; nothing else is changed."""

import codecs
import unicodedata

from jinguo.gongwen.extract import Extraction
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

VERSION = "1"

_SAMPLE = 20_000
_ODD = {"Cc", "Cn", "Co", "Cs"}
_SAME_AS_GB18030 = ("gb2312", "gbk", "cp936", "gb_2312-80", "x-gbk", "hz-gb-2312")


def extract(data: bytes) -> Extraction:
    """The text of `data`. Raises Unreadable("not_text") when no known encoding makes sense of it."""
    encoding, text = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Extraction(text, Extractor(name=f"text/{encoding}", version=VERSION))


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The encoding that makes sense of `data`, and the text. declared: what the file says; it is tried after a mark.

    Raises Unreadable("not_text").
    """
    for encoding in _candidates(data, declared.strip().lower()):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        text = text.removeprefix("\ufeff")
        if _reads_like_text(text):
            return encoding, text
    raise Unreadable("not_text")


def _candidates(data: bytes, declared: str) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\x00" in data[:_SAMPLE]:  # UTF-16 without its mark: which half of each pair holds the zeros of ASCII?
        even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    if data.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if declared in ("big5", "big5-hkscs", "cp950"):
        return ("utf-8", "big5hkscs", "gb18030")
    if declared in _SAME_AS_GB18030 or declared == "gb18030":
        return ("gb18030", "utf-8")
    return ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def _reads_like_text(text: str) -> bool:
    """GB18030 decodes almost any bytes: ask that control, private and unassigned characters stay rare."""
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(c) in _ODD and c not in "\t\n\r\f\v" for c in sample)
    return odd * 50 <= len(sample)
