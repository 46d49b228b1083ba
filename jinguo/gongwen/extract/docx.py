"""A .docx as a person reads it: automatic numbers, text boxes, table rows, tracked changes as accepted, no hidden text.

The XML is read as a stream with a small state machine: no tree, no recursion, so depth and length cost nothing extra.
One paragraph is one line of the raw text; a table row is one line with tabs between its cells. Heads and feet of pages
and footnotes stand after the text, marked, so that they are shown and never read as prose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring

from jinguo.gongwen.extract import Extraction, MarkKind
from jinguo.gongwen.extract.building import Counter, Line, Piece, assembled, page_edge, row_lines
from jinguo.gongwen.extract.numbering import Numbering, W, numbering
from jinguo.gongwen.package import open_package
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

VERSION = "2"

_WANTED = re.compile(
    r"word/(?:document\d*|numbering|styles|header\d*|footer\d*|footnotes|endnotes)\.xml|\[content_types\]\.xml"
)
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {W + tag for tag in ("del", "moveFrom", "instrText", "rPrChange", "pPrChange", "rt", "delText")} | {
    _FALLBACK
}
_BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_FALSE = ("0", "false", "off")


def extract(data: bytes) -> Extraction:
    """The text of a .docx. Raises Unreadable."""
    parts = {name: _plain(xml) for name, xml in open_package(data, lambda n: bool(_WANTED.fullmatch(n))).items()}
    try:
        lines = list(_lines(parts))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("damaged") from error
    return assembled(lines, Extractor(name="docx", version=VERSION))


def _plain(xml: bytes) -> bytes:
    """The strict variant of the format has other names for the same things."""
    return xml.replace(_STRICT, W.strip("{}").encode())


def _lines(parts: dict[str, bytes]) -> Iterator[Line]:
    styles = _styles(parts.get("word/styles.xml", b""))
    lists = numbering(parts.get("word/numbering.xml", b""))
    counter = Counter()
    main = min(name for name in parts if name.startswith("word/document"))
    yield from _parsed(parts[main], _Reader(styles, lists, counter))
    seen: set[str] = set()
    for name in sorted(parts):
        if name.startswith(("word/header", "word/footer", "word/footnotes", "word/endnotes")):
            for line in _parsed(parts[name], _Reader(styles, lists, counter)):
                text = line.text.strip()
                if text and text not in seen:
                    seen.add(text)
                    kind: MarkKind = "footnote" if "notes" in name else page_edge(text)
                    yield Line(line.pieces, kind)


def _parsed(xml: bytes, reader: "_Reader") -> list[Line]:
    parser = DefusedXMLParser(target=reader, forbid_dtd=True)
    parser.feed(xml)
    parser.close()
    return reader.lines


@dataclass
class _Style:
    """What a style adds to its paragraphs or runs; None where it is silent."""

    parent: str | None = None
    bold: bool | None = None
    list_id: str | None = None
    level: int | None = None


def _styles(xml: bytes) -> dict[str, _Style]:
    if not xml:
        return {}
    found: dict[str, _Style] = {}
    for element in fromstring(_without_table_styles(xml), forbid_dtd=True).iter(W + "style"):
        style = _Style(parent=_val(element.find(W + "basedOn")))
        bold = element.find(f"{W}rPr/{W}b")
        style.bold = None if bold is None else bold.get(W + "val", "1") not in _FALSE
        style.list_id = _val(element.find(f"{W}pPr/{W}numPr/{W}numId"))
        level = _val(element.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        style.level = int(level) if level and level.isdigit() else None
        found[element.get(W + "styleId", "")] = style
    return found


def _without_table_styles(xml: bytes) -> bytes:
    """A table's style says nothing of a paragraph, and nine tenths of a style sheet are such styles."""
    kept, at, seek = list[bytes](), 0, 0
    while (start := xml.find(b"<w:style ", seek)) >= 0:
        seek = xml.find(b">", start) + 1
        if not seek:
            break
        head = xml[start:seek]
        if b'w:type="table"' in head and not head.endswith(b"/>"):
            end = xml.find(b"</w:style>", seek)
            if end < 0:
                break
            kept.append(xml[at:start])
            at = seek = end + len(b"</w:style>")
    return b"".join([*kept, xml[at:]])


def _val(element: Element | None) -> str | None:
    return None if element is None else element.get(W + "val")


@dataclass
class _Paragraph:
    """A paragraph being read."""

    style: str = ""
    list_id: str | None = None
    level: int | None = None
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)


class _Reader:
    """Target of the XML parser: collects lines."""

    def __init__(self, styles: dict[str, _Style], lists: Numbering, counter: Counter) -> None:
        self.lines: list[Line] = []
        self._styles = styles
        self._lists = lists
        self._counter = counter
        self._open: list[_Paragraph] = []  # more than one while inside a text box
        self._row: list[list[Line]] | None = None  # the lines of each cell
        self._table_depth = 0
        self._skipping = 0
        self._in_text = False
        self._run_bold: bool | None = None
        self._run_hidden = False
        self._in_run_properties = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
        elif tag == W + "p":
            self._open.append(_Paragraph())
        elif tag == W + "tbl":
            self._table_depth += 1
        elif tag == W + "tr" and self._table_depth == 1:
            self._row = []
        elif tag == W + "tc" and self._table_depth == 1 and self._row is not None:
            self._row.append([])
        elif self._open:
            self._start_inside(tag, attributes)

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        paragraph = self._open[-1]
        if tag == W + "t":
            self._in_text = True
        elif tag in _BREAKS:
            new_page = attributes.get(W + "type") == "page"
            paragraph.pieces += [Piece(_BREAKS[tag]), Piece("", new_page=new_page)]
        elif tag in (W + "lastRenderedPageBreak", W + "pageBreakBefore") and _is_on(attributes):
            paragraph.pieces.append(Piece("", new_page=True))
        elif tag == W + "r":
            self._run_bold, self._run_hidden = None, False
        elif tag == W + "rPr":
            self._in_run_properties += 1
        elif tag == W + "b" and self._in_run_properties:
            self._run_bold = _is_on(attributes)
        elif tag == W + "vanish" and self._in_run_properties:
            self._run_hidden = _is_on(attributes)
        elif tag == W + "rStyle" and self._run_bold is None:
            self._run_bold = self._inherited(attributes.get(W + "val", ""), "bold")
        else:
            self._start_property(tag, attributes, paragraph)

    def _start_property(self, tag: str, attributes: dict[str, str], paragraph: _Paragraph) -> None:
        value = attributes.get(W + "val", "")
        if tag == W + "pStyle":
            paragraph.style = value
        elif tag == W + "numId":
            paragraph.list_id = value
        elif tag == W + "ilvl" and value.isdigit():
            paragraph.level = int(value)

    def data(self, text: str) -> None:
        if self._in_text and self._open and not self._skipping and not self._run_hidden:
            bold = self._run_bold
            if bold is None:
                bold = bool(self._inherited(self._open[-1].style, "bold"))
            self._open[-1].pieces.append(Piece(self._counter.add(text), bold))

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag == W + "t":
            self._in_text = False
        elif tag == W + "rPr":
            self._in_run_properties = max(0, self._in_run_properties - 1)
        elif tag == W + "p" and self._open:
            self._close_paragraph()
        elif tag == W + "tbl":
            self._table_depth = max(0, self._table_depth - 1)
        elif tag == W + "tr" and self._table_depth == 1 and self._row is not None:
            self.lines += row_lines(self._row)
            self._row = None

    def close(self) -> None:
        """Called by the parser at the end of the document."""

    def _close_paragraph(self) -> None:
        paragraph = self._open.pop()
        self._run_bold, self._run_hidden = None, False
        line = Line(self._labelled(paragraph))
        if self._open:  # a text box: its lines follow the paragraph it hangs on
            line.kind = "text_box"
            self._open[-1].boxes += [line, *paragraph.boxes]
        elif self._row:
            self._row[-1] += [line, *paragraph.boxes]
        else:
            self.lines += [line, *paragraph.boxes]

    def _labelled(self, paragraph: _Paragraph) -> list[Piece]:
        list_id = paragraph.list_id or self._inherited(paragraph.style, "list_id")
        if not list_id or not any(piece.text.strip() for piece in paragraph.pieces):
            return paragraph.pieces
        level = paragraph.level if paragraph.level is not None else self._inherited(paragraph.style, "level")
        label = self._lists.label(list_id, level or 0)
        first = next(piece for piece in paragraph.pieces if piece.text)
        return [Piece(label, first.bold, "auto_number"), *paragraph.pieces] if label else paragraph.pieces

    def _inherited(self, style: str | None, name: str) -> Any:
        """The nearest value along the style's parents; a loop of parents ends after ten."""
        for _ in range(10):
            found = self._styles.get(style or "")
            if found is None:
                return None
            value = getattr(found, name)
            if value is not None:
                return value
            style = found.parent
        return None


def _is_on(attributes: dict[str, str]) -> bool:
    return attributes.get(W + "val", "1") not in _FALSE
