"""Pages of glyphs to lines of text: for formats that say where each character stands and not what a paragraph is.

Units are points; y grows downwards. A printed line goes on in the next one when
it reaches the right edge and the next is not indented; heads, feet and page numbers are told from the text by their place.
"""

import math
import re
import statistics
from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from jinguo.gongwen.extract.building import PAGE_NUMBER, Line, Piece, page_edge
from jinguo.gongwen.extract.grid import Rule, Table, tables_of

_LABEL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|附[ \u3000]?件|抄送"
    r"|[一二三四五六七八九十][是要]|第[一二三四五六七八九十]+[条章]"
)
_ENDS = "。！？：；!?;"
_INDENT = 1.2  # ems right of the margin: the first line of a paragraph
_SHORT = 3.2  # ems short of the right edge: the last line of a paragraph
_SHORT_AFTER_STOP = 1.2
_WIDE_GAP = 0.8  # ems between two characters that the eye sees as a blank
_TYPED_GAP = 0.22  # ems more than usual on the line: a typed half-width blank between two Chinese characters
_MIXED_GAP = 0.4  # the same beside a Latin character, where programs put a quarter of an em by themselves
_WORD_GAP = 0.16  # the same between two Latin characters
_MOST_BLANKS = 4
_MASTHEAD = 26.0  # points; titles are set in 22 (二号)
_MANY = 8  # long lines that show where a page's margins are
_EDGE = 0.12  # the share of a page that its head or foot may take


class Glyph(NamedTuple):
    """One character: its left and right edge, baseline and size."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool = False


@dataclass
class Page:
    """What was found on one page; `number` counts from 1."""

    number: int
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    aside: str = ""  # text that lies across the page (a watermark)


@dataclass
class Printed:
    """One printed line, or one row of a table."""

    x0: float
    x1: float
    y: float
    size: float
    pieces: list[Piece]
    page: int
    table: bool = False
    head: float = 0.0  # width of its first word, when that is Latin and cannot be broken

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def lines_of(pages: list[Page]) -> list[Line]:
    """The lines of the raw text: paragraphs and table rows in order, then what belongs to the pages."""
    printed = {page.number: _printed(page) for page in pages}
    edges = _edges(pages, printed)
    body = [[line for line in printed[page.number] if id(line) not in edges] for page in pages]
    out = _joined([lines for lines in body if lines])
    seen: set[str] = set()
    for page in pages:
        for line in printed[page.number]:
            if id(line) in edges and line.text not in seen:
                seen.add(line.text)
                out.append(Line(line.pieces, page_edge(line.text)))
        if page.aside and page.aside not in seen:
            seen.add(page.aside)
            out.append(Line([Piece(page.aside)], "watermark"))
    return out


def _is_seen(glyph: Glyph) -> bool:
    """A letter of no size, or set where no page reaches, is not on the paper."""
    return glyph.size > 0 and all(map(math.isfinite, (glyph.x0, glyph.x1, glyph.y, glyph.size)))


def _printed(page: Page) -> list[Printed]:
    tables = tables_of(page.rules)
    inside: dict[int, list[Glyph]] = {}
    free: list[Glyph] = []
    for glyph in filter(_is_seen, page.glyphs):
        at = next((i for i, table in enumerate(tables) if table.holds(glyph.x0, glyph.y - 0.3 * glyph.size)), None)
        (free if at is None else inside.setdefault(at, [])).append(glyph)
    out = [_line(row, page.number) for row in rows_of(free)]
    for at, glyphs in inside.items():
        out += _table_rows(tables[at], glyphs, page.number)
    return sorted((line for line in out if line.text.strip()), key=lambda line: line.y)


def _table_rows(table: Table, glyphs: list[Glyph], page: int) -> list[Printed]:
    cells: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        middle = (glyph.x0 + glyph.x1) / 2
        cells.setdefault(table.cell(middle, glyph.y - 0.3 * glyph.size), []).append(glyph)
    out = []
    for row in sorted({row for row, _ in cells}):
        pieces: list[Piece] = []
        for column in range(table.columns):
            pieces += [Piece("\t")] if column else []
            inner = [_line(line, page) for line in rows_of(cells.get((row, column), []))]
            for before, line in pairwise([None, *inner]):
                if before is not None and line is not None and _needs_blank(before.text[-1:], line.text[:1]):
                    pieces.append(Piece(" "))
                pieces += line.pieces if line is not None else []
        own = [glyph for (r, _), found in cells.items() if r == row for glyph in found]
        y, size = min(g.y for g in own), max(g.size for g in own)
        out.append(Printed(table.x0, table.x1, y, size, pieces, page, table=True))
    return out


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that stand on one baseline, from top to bottom, each from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        if rows and abs(rows[-1][0].y - glyph.y) < 0.35 * max(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _line(row: list[Glyph], page: int) -> Printed:
    """One printed line; blanks are made from the distances, because files put them anywhere."""
    seen = [glyph for glyph in row if not glyph.text.isspace()]
    pieces: list[Piece] = []
    usual = _usual_gap(seen)
    before: Glyph | None = None
    for glyph in seen:
        if before is not None:
            if _same_place(before, glyph):
                continue  # bold made by printing the same letter twice
            pieces += _blank(before, glyph, usual)
        pieces.append(Piece(glyph.text, glyph.bold))
        before = glyph
    if not seen:
        return Printed(0, 0, row[0].y, row[0].size, [], page)
    size = statistics.median(glyph.size for glyph in seen)
    right = max(glyph.x1 for glyph in seen)
    return Printed(seen[0].x0, right, seen[0].y, size, pieces, page, head=_first_word(seen))


def _first_word(row: list[Glyph]) -> float:
    end = row[0].x0
    for before, glyph in pairwise([None, *row]):
        if glyph is None or not glyph.text.isascii() or (before is not None and _blank(before, glyph)):
            break
        end = glyph.x1
    return end - row[0].x0


def _same_place(a: Glyph, b: Glyph) -> bool:
    return a.text == b.text and abs(a.x0 - b.x0) < 0.12 * b.size


def _gap(before: Glyph, glyph: Glyph) -> float:
    return (glyph.x0 - before.x1) / max(glyph.size, 0.1)


def _usual_gap(row: list[Glyph]) -> float:
    """What a line spread to the margin puts between any two characters."""
    gaps = [_gap(a, b) for a, b in pairwise(row) if not a.text.isascii() and not b.text.isascii()]
    return max(statistics.median(gaps), 0.0) if gaps else 0.0


def _blank(before: Glyph, glyph: Glyph, usual: float = 0.0) -> list[Piece]:
    gap, bold = _gap(before, glyph), before.bold and glyph.bold
    if before.text.isascii() and glyph.text.isascii():
        return [Piece(" ")] if gap > _WORD_GAP and before.text.isalnum() and glyph.text.isalnum() else []
    if gap > _WIDE_GAP:
        return [Piece("\u3000" * max(1, min(round(gap - usual), _MOST_BLANKS)), bold)]
    both_wide = not before.text.isascii() and not glyph.text.isascii()
    return [Piece(" ", bold)] if gap - usual > (_TYPED_GAP if both_wide else _MIXED_GAP) else []


def _needs_blank(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _edges(pages: list[Page], printed: dict[int, list[Printed]]) -> set[int]:
    """The lines (by id) that belong to the page: page numbers in the head or foot, and lines that come back there."""
    candidates: list[Printed] = []
    for page in pages:
        top, bottom = page.height * _EDGE, page.height * (1 - _EDGE)
        candidates += [line for line in printed[page.number] if not line.table and not top < line.y < bottom]
    again = Tally(_bare(line.text) for line in candidates)
    found = set()
    for line in candidates:
        lines = printed[line.page]
        outermost = line is lines[0] or line is lines[-1]
        if outermost and (PAGE_NUMBER.fullmatch(line.text) or (again[_bare(line.text)] > 1 and len(pages) > 1)):
            found.add(id(line))
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)


def _joined(pages: list[list[Printed]]) -> list[Line]:
    out: list[Line] = []
    before: Printed | None = None
    pitch = _pitch(pages)
    usual = statistics.median([line.size for lines in pages for line in lines] or [0.0])
    margins = _margins_of_sides(pages)
    for lines in pages:
        left, right = margins[lines[0].page % 2]
        indented = _indents(lines, left)
        for line in lines:
            fresh = bool(out) and (before is None or before.page != line.page)
            if fresh:
                line.pieces[0] = line.pieces[0]._replace(new_page=True)
            goes_on = before is not None and (
                _is_title_rest(before, line, left, usual) or not _starts(before, line, left, right, pitch, indented)
            )
            if goes_on and before is not None:
                blank = [Piece(" ")] if _needs_blank(before.text[-1:], line.text[:1]) else []
                out[-1].pieces += [*blank, *line.pieces]
            else:
                out.append(Line(line.pieces, "table" if line.table else None))
            before = line
    return out


def _starts(before: Printed, line: Printed, left: float, right: float, pitch: float, indented: bool) -> bool:
    """Whether a printed line begins a paragraph of its own."""
    if before.table or line.table:
        return True
    if line.x0 > left + _INDENT * line.size:
        return not _is_rest(before, line, left)
    if abs(before.size - line.size) > 0.08 * line.size:
        return True
    if _is_centred(before, left, right):
        return True
    stop = before.text[-1:] in _ENDS
    if before.x1 + line.head < right - (_SHORT_AFTER_STOP if stop else _SHORT) * before.size:
        return True  # the next word would have fitted
    if before.page == line.page and line.y - before.y > 1.45 * pitch:
        return True
    return not indented and stop and bool(_LABEL.match(line.text))


def _is_title_rest(before: Printed, line: Printed, left: float, usual: float) -> bool:
    """The next line of a title: larger than the text, smaller than a masthead, as large as the line above it."""
    large = 1.15 * usual < line.size < _MASTHEAD and abs(before.size - line.size) < 0.05 * line.size
    near = before.page == line.page and line.y - before.y < 2.2 * line.size
    return large and near and line.x0 > left + 0.5 * line.size and before.text[-1:] not in _ENDS


def _is_rest(before: Printed, line: Printed, left: float) -> bool:
    """The last letters of a line that stands far to the right, such as 日 of a date that was a little too long."""
    deep = line.x0 > left + 4 * line.size and abs(line.x0 - before.x0) < 0.5 * line.size
    return deep and len(line.text) <= 2 and before.text[-1:].isdigit()


def _is_centred(line: Printed, left: float, right: float) -> bool:
    """As far from the left edge as from the right, and not just indented: a title, which never goes on as prose."""
    ems = (line.x0 - left) / line.size
    return ems > 0.5 and abs(ems - 2) > 0.3 and abs(ems - (right - line.x1) / line.size) < 0.4


def _pitch(pages: list[list[Printed]]) -> float:
    """The usual distance of two lines."""
    steps = [b.y - a.y for lines in pages for a, b in pairwise(lines) if not (a.table or b.table)]
    return statistics.median(steps) if steps else float("inf")


def _margins_of_sides(pages: list[list[Printed]]) -> list[tuple[float, float]]:
    """Left and right edge of the text on even and on odd pages: they may be mirrored. A side with little text is taken to
    be like the other."""
    every = [line for lines in pages for line in lines]
    sides = []
    for side in (0, 1):
        own = [line for line in every if line.page % 2 == side]
        enough = sum(len(line.text) > 15 for line in own) >= _MANY
        sides.append(_margins(own if enough else every))
    return sides


def _margins(lines: list[Printed]) -> tuple[float, float]:
    """Left and right edge: a paper of few lines may have only first lines that are long, so short ones count too, but
    not a mark far out in the margin."""
    prose = [line for line in lines if not line.table] or lines
    long = [line for line in prose if len(line.text) > 15] or prose
    left = min((line.x0 for line in long), default=0.0)
    near = [line.x0 for line in prose if len(line.text) >= 4 and line.x0 > left - 3 * line.size]
    return min([left, *near]), max((line.x1 for line in prose), default=0.0)


def _indents(lines: list[Printed], left: float) -> bool:
    """Whether first lines are indented on this page, as they are in an official paper."""
    shifted = sum(left + _INDENT * line.size < line.x0 < left + 3 * line.size for line in lines if not line.table)
    return shifted * 8 >= len(lines)
