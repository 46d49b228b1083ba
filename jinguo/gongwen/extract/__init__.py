"""A file's bytes to its raw text: the only text all offsets refer to. Understands file formats, not notices.

One module a format; each is loaded when such a file comes. `.doc`, `.wps`, `.rtf` and `.odt` are first made a .docx by
LibreOffice (`office`).
"""

from dataclasses import dataclass, replace
from importlib import import_module
from typing import Literal, NamedTuple

from jinguo.gongwen.guard import MAX_CHARACTERS, OFFICE_KINDS, Kind, kind_of
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

MarkKind = Literal[
    "running_head", "page_number", "footnote", "watermark", "menu",  # beside the text: not read as prose
    "text_box", "table", "auto_number",  # in the text
]  # fmt: skip
ASIDE: frozenset[MarkKind] = frozenset({"running_head", "page_number", "footnote", "watermark", "menu"})


class Mark(NamedTuple):
    """What the file itself says of raw[start:end]; it may cross lines (a table). Evidence, never a condition."""

    kind: MarkKind
    start: int
    end: int


@dataclass(frozen=True)
class Extraction:
    """Raw text with one line a paragraph, and what the file said about its looks.

    Attributes:
        raw: the text; all offsets are code points in it. Lines end with \\n.
        extractor: which reader made it, and its version.
        bold: [start, end) spans of `raw` set in bold, in order; evidence for headings, never a condition.
        marks: what the file says of stretches of `raw`.
        pages: offsets where a new page begins (not the first), where the file says so.
        unread_pages: numbers of pages, from 1, that are pictures and gave no text.
        recognised: the text was put behind a scan by a recognising program, so it may be wrong.
    """

    raw: str
    extractor: Extractor
    bold: tuple[tuple[int, int], ...] = ()
    marks: tuple[Mark, ...] = ()
    pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    recognised: bool = False


_MODULES: dict[Kind, str] = {
    "docx": "docx", "pdf": "pdf", "ofd": "ofd", "html": "html", "mht": "mht", "text": "plain",
}  # fmt: skip


def extract(data: bytes) -> Extraction:
    """The raw text of a file, told by its content. Raises Unreadable."""
    kind = kind_of(data)
    if kind in OFFICE_KINDS:
        from jinguo.gongwen.extract.office import to_docx

        converted = to_docx(data, kind)
        return extract_as("docx", converted.data, converted.extractor)
    return extract_as(kind, data)


def extract_as(kind: Kind, data: bytes, extractor: Extractor | None = None) -> Extraction:
    """The raw text of bytes of a known kind. extractor: what made these bytes from the file, where something did."""
    load(kind)
    found: Extraction = import_module(f"jinguo.gongwen.extract.{_MODULES[kind]}").extract(data)
    return checked(replace(found, extractor=extractor) if extractor else found)


def load(kind: Kind) -> None:
    """Load what reads this kind, now: later the process may no longer open libraries."""
    import_module(f"jinguo.gongwen.extract.{_MODULES[kind]}")


def pasted(text: str) -> Extraction:
    """Text that is already text: kept as it is, character by character."""
    return checked(Extraction(text, Extractor(name="pasted", version="1")))


def checked(found: Extraction) -> Extraction:
    if not found.raw.strip("\ufeff\u200b \t\r\n\u3000\xa0\x00"):
        raise Unreadable("empty")
    if len(found.raw) > MAX_CHARACTERS:
        raise Unreadable("too_long")
    return found
