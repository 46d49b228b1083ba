"""A .docx as a person reads it: automatic numbers, text boxes, table rows, tracked changes as accepted.

The XML is read as a stream with a small state machine: no tree, no recursion, so depth and length cost nothing extra.
One paragraph is one line of the raw text; a table row is one line with tabs between its cells.
"""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring

from jinguo.gongwen.extract import Extraction
from jinguo.gongwen.extract.numbering import Numbering, W, numbering
from jinguo.gongwen.guard import MAX_CHARACTERS, open_package
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

VERSION = "1"

_PARTS = ("[content_types].xml", "word/document.xml", "word/numbering.xml", "word/styles.xml")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {W + "del", W + "moveFrom", W + "instrText", W + "rPrChange", W + "pPrChange", _FALLBACK}
_BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_FALSE = ("0", "false", "off")


def extract(data: bytes) -> Extraction:
    """The text of a .docx. Raises Unreadable."""
    parts = open_package(data, _PARTS).parts
    try:
        reader = _Reader(_styles(parts.get("word/styles.xml", b"")), numbering(parts.get("word/numbering.xml", b"")))
        parser = DefusedXMLParser(target=reader, forbid_dtd=True)
        parser.feed(parts["word/document.xml"])
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("damaged") from error
    raw, bold = reader.result()
    return Extraction(raw, Extractor(name="docx", version=VERSION), bold)


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
    for element in fromstring(xml, forbid_dtd=True).iter(W + "style"):
        style = _Style(parent=_val(element.find(W + "basedOn")))
        bold = element.find(f"{W}rPr/{W}b")
        style.bold = None if bold is None else bold.get(W + "val", "1") not in _FALSE
        style.list_id = _val(element.find(f"{W}pPr/{W}numPr/{W}numId"))
        level = _val(element.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        style.level = int(level) if level and level.isdigit() else None
        found[element.get(W + "styleId", "")] = style
    return found


def _val(element: Element | None) -> str | None:
    return None if element is None else element.get(W + "val")


@dataclass
class _Paragraph:
    """A paragraph being read. pieces: (text, bold)."""

    style: str = ""
    list_id: str | None = None
    level: int | None = None
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list["_Line"] = field(default_factory=list)


_Line = list[tuple[str, bool]]


class _Reader:
    """Target of the XML parser: collects lines of (text, bold) pieces."""

    def __init__(self, styles: dict[str, _Style], lists: Numbering) -> None:
        self._styles = styles
        self._lists = lists
        self._lines: list[_Line] = []
        self._open: list[_Paragraph] = []  # more than one while inside a text box
        self._row: list[_Line] | None = None
        self._table_depth = 0
        self._skipping = 0
        self._in_text = False
        self._run_bold: bool | None = None
        self._in_run_properties = 0
        self._length = 0

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
            paragraph.pieces.append((_BREAKS[tag], False))
        elif tag == W + "r":
            self._run_bold = None
        elif tag == W + "rPr":
            self._in_run_properties += 1
        elif tag == W + "b" and self._in_run_properties:
            self._run_bold = attributes.get(W + "val", "1") not in _FALSE
        elif tag == W + "rStyle" and self._run_bold is None:
            self._run_bold = self._inherited(attributes.get(W + "val", ""), "bold")
        elif tag == W + "pStyle":
            paragraph.style = attributes.get(W + "val", "")
        elif tag == W + "numId":
            paragraph.list_id = attributes.get(W + "val")
        elif tag == W + "ilvl" and attributes.get(W + "val", "").isdigit():
            paragraph.level = int(attributes[W + "val"])

    def data(self, text: str) -> None:
        if self._in_text and self._open and not self._skipping:
            bold = self._run_bold
            if bold is None:
                bold = bool(self._inherited(self._open[-1].style, "bold"))
            self._open[-1].pieces.append((text, bold))
            self._length += len(text)
            if self._length > MAX_CHARACTERS:
                raise Unreadable("too_long")

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
            self._close_row()

    def close(self) -> None:
        """Called by the parser at the end of the document."""

    def _close_paragraph(self) -> None:
        paragraph = self._open.pop()
        self._run_bold = None
        line = self._labelled(paragraph)
        if self._open:  # a text box: its lines follow the paragraph it hangs on
            self._open[-1].boxes += [line, *paragraph.boxes]
        elif self._row is not None and self._row:
            self._row[-1] += [*line, *(piece for box in paragraph.boxes for piece in box)]
        else:
            self._lines += [line, *paragraph.boxes]

    def _close_row(self) -> None:
        line: _Line = []
        for number, cell in enumerate(self._row or []):
            line += [("\t", False)] if number else []
            line += [(text.replace("\n", " ").replace("\t", " "), bold) for text, bold in cell]
        self._lines.append(line)
        self._row = None

    def _labelled(self, paragraph: _Paragraph) -> _Line:
        list_id = paragraph.list_id or self._inherited(paragraph.style, "list_id")
        if not list_id or not any(text.strip() for text, _ in paragraph.pieces):
            return paragraph.pieces
        level = paragraph.level if paragraph.level is not None else self._inherited(paragraph.style, "level")
        label = self._lists.label(list_id, level or 0)
        return [(label, paragraph.pieces[0][1]), *paragraph.pieces] if label else paragraph.pieces

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

    def result(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The raw text, and its bold spans with neighbours merged."""
        out: list[str] = []
        bold: list[tuple[int, int]] = []
        at = 0
        for line in self._lines:
            for text, is_bold in line:
                if is_bold and bold and bold[-1][1] == at:
                    bold[-1] = (bold[-1][0], at + len(text))
                elif is_bold:
                    bold.append((at, at + len(text)))
                out.append(text)
                at += len(text)
            out.append("\n")
            at += 1
        return "".join(out), tuple(bold)
