"""A file's bytes to its raw text: the only text all offsets refer to. Understands file formats, not notices."""

from dataclasses import dataclass

from jinguo.gongwen.guard import MAX_CHARACTERS, kind_of
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable


@dataclass(frozen=True)
class Extraction:
    """Raw text with one line a paragraph, and what the file said about its looks.

    bold: [start, end) spans of `raw` set in bold, in order; evidence for headings, never a condition.
    """

    raw: str
    extractor: Extractor
    bold: tuple[tuple[int, int], ...] = ()


def extract(data: bytes) -> Extraction:
    """The raw text of a .docx or text file. Raises Unreadable."""
    if kind_of(data) == "docx":
        from jinguo.gongwen.extract import docx  # XML machinery is loaded only for packages

        found = docx.extract(data)
    else:
        from jinguo.gongwen.extract import plain

        found = plain.extract(data)
    return checked(found)


def pasted(text: str) -> Extraction:
    """Text that is already text: kept as it is, character by character."""
    return checked(Extraction(text, Extractor(name="pasted", version="1")))


def checked(found: Extraction) -> Extraction:
    if not found.raw.strip("\ufeff\u200b \t\r\n\u3000\x00"):
        raise Unreadable("empty")
    if len(found.raw) > MAX_CHARACTERS:
        raise Unreadable("too_long")
    return found
