"""Lines with marks to one raw text: what every reader of a format hands over. Understands no format.

Offsets are counted here once, so that bold spans and marks of every format are exact by construction.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from jinguo.gongwen.extract import Extraction, Mark, MarkKind
from jinguo.gongwen.guard import MAX_CHARACTERS
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

PAGE_NUMBER = re.compile(
    r"[—–―－─\-·.~～ \u3000]{0,6}\d{1,4}[—–―－─\-·.~～ \u3000]{0,6}"
    r"|第 ?\d{1,4} ?页(?:[，, /]*共 ?\d{1,4} ?页)?|\d{1,3} ?/ ?\d{1,3}"
)


class Piece(NamedTuple):
    """A stretch of one line. kind marks it (an automatic number); new_page: a page of the file begins before it."""

    text: str
    bold: bool = False
    kind: MarkKind | None = None
    new_page: bool = False


@dataclass
class Line:
    """One line of the raw text to be. kind marks the whole line (a table row, a running head)."""

    pieces: list[Piece] = field(default_factory=list)
    kind: MarkKind | None = None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Counter:
    """Counts characters while a file is read, so that an endless one ends early. Raises Unreadable("too_long")."""

    def __init__(self) -> None:
        self._length = 0

    def add(self, text: str) -> str:
        """The text again, counted."""
        self._length += len(text)
        if self._length > MAX_CHARACTERS:
            raise Unreadable("too_long")
        return text


def assembled(lines: Iterable[Line], extractor: Extractor, *, unread_pages: tuple[int, ...] = ()) -> Extraction:
    """The raw text of the lines, each ended by \\n, with bold spans and marks; neighbours of a kind are merged."""
    out: list[str] = []
    bold: list[tuple[int, int]] = []
    marks: list[Mark] = []
    pages: list[int] = []
    at = 0
    for line in lines:
        start = at
        for piece in line.pieces:
            if piece.new_page and at:
                pages.append(at)
            if not piece.text:
                continue
            end = at + len(piece.text)
            if piece.bold and bold and bold[-1][1] == at:
                bold[-1] = (bold[-1][0], end)
            elif piece.bold:
                bold.append((at, end))
            if piece.kind:
                marks.append(Mark(piece.kind, at, end))
            out.append(piece.text)
            at = end
        if line.kind and at > start:
            marks.append(Mark(line.kind, start, at))
        out.append("\n")
        at += 1
    return Extraction("".join(out), extractor, tuple(bold), _merged(marks), tuple(dict.fromkeys(pages)), unread_pages)


def _merged(marks: list[Mark]) -> tuple[Mark, ...]:
    """Rows of one table, lines of one box: lines of one kind that follow one another are one mark."""
    found: list[Mark] = []
    for mark in marks:
        last = found[-1] if found else None
        if last and mark.kind in ("table", "text_box") and last.kind == mark.kind and mark.start - last.end <= 1:
            found[-1] = Mark(mark.kind, last.start, mark.end)
        else:
            found.append(mark)
    return tuple(found)


def page_edge(text: str) -> MarkKind:
    """What a line in the head or foot of a page is."""
    return "page_number" if PAGE_NUMBER.fullmatch(text.strip()) else "running_head"


def row_lines(cells: list[list[Line]]) -> list[Line]:
    """A table row as one line with tabs between its cells; a lone cell is a frame round paragraphs, and keeps them."""
    if len(cells) == 1:
        return [Line(line.pieces, line.kind) for line in cells[0]]
    row = Line(kind="table")
    for number, cell in enumerate(cells):
        row.pieces += [Piece("\t")] if number else []
        filled = False
        for line in cell:
            pieces = [piece._replace(text=re.sub(r"[\n\t]", " ", piece.text)) for piece in line.pieces]
            if filled and line.text.strip():
                row.pieces.append(Piece(" "))
            filled = filled or bool(line.text.strip())
            row.pieces += pieces
    return [row]
