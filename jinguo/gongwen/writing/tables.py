"""Tables: column widths by content, repeated heading row, total row, units, and honest empty cells (8, 9).

Cells stand off the page's line grid, or every row would swell to whole lines. What a figure means is not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from jinguo.gongwen.writing.document import Align, Cell, CellLike, Column, Row, Table
from jinguo.gongwen.writing.markup import Node, flag, val, w
from jinguo.gongwen.writing.profile import TWIPS_PER_MM, Profile
from jinguo.gongwen.writing.runs import Draft, paragraph, run, source_refs
from jinguo.gongwen.writing.styles import SIZE_5, SMALL_4, fonts
from jinguo.gongwen.writing.widths import width

_PADDING = 1.0  # characters: both sides of a cell together
_WIDEST_TEXT = 16.0  # characters: a longer text is turned, not given a wider column
_SIZES = (SMALL_4, SIZE_5, 9.0)
_SIDE_MARGIN = int(1.2 * TWIPS_PER_MM)
_ROW_MARGIN = int(1.1 * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Frame:
    """A table ready to be drawn: column widths in twips, type size in points, cells as paragraphs.

    The first row of ``rows`` is the heading, the last is the total if ``total`` is set.
    """

    widths: tuple[int, ...]
    rows: list[list[list[Node]]]
    total: bool = False
    caption: str = ""


def table_nodes(draft: Draft, table: Table, measure: int) -> list[Node]:
    """The caption, table and note of ``table``, set to ``measure`` twips."""
    size, widths = fit(table, measure, draft.with_sources)
    rows = [[_head(column, size) for column in table.columns]]
    body = table.rows if table.total is None else (*table.rows, table.total)
    for number, row in enumerate(body):
        is_total = table.total is not None and number == len(table.rows)
        # The total keeps its last row by it, a note the row above it.
        keep = number == (len(table.rows) - 1 if table.total is not None else -1) or (
            bool(table.note) and number == len(body) - 1
        )
        rows.append(_row(draft, table, row, size, strong=is_total, keep=keep))
    nodes: list[Node] = []
    if table.caption:
        draft.tables += 1
        nodes.append(paragraph("TableCaption", run(f"表{draft.tables}　{table.caption}")))
    nodes.append(draw(Frame(widths, rows, table.total is not None, table.caption)))
    if table.note:
        nodes.append(note(table.note))
    return [*nodes, after()]


def note(text: str) -> Node:
    """A note under a table."""
    return paragraph("TableNote", run(f"注：{text}"), spacing=w("spacing", before=60, line=400, lineRule="exact"))


def after() -> Node:
    """The gap below a table; it also keeps two tables in a row from becoming one."""
    return paragraph("Joint", spacing=w("spacing", line=200, lineRule="exact"))


def fit(table: Table, measure: int, with_sources: bool = True) -> tuple[float, tuple[int, ...]]:
    """The largest type size at which the columns fit into ``measure`` twips, and their widths in twips."""
    natural = [_natural(table, index, with_sources) for index in range(len(table.columns))]
    size = next((size for size in _SIZES if sum(natural) * size * 20 <= measure), _SIZES[-1])
    return size, share(natural, measure)


def share(natural: Sequence[float], measure: int) -> tuple[int, ...]:
    """``measure`` shared in the proportion of ``natural``, to the last twip."""
    edges = [round(sum(natural[:count]) / sum(natural) * measure) for count in range(len(natural) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _natural(table: Table, index: int, with_sources: bool) -> float:
    column = table.columns[index]
    if column.width > 0:
        return column.width
    # A long heading may turn once.
    heading = max(width(column.title) if width(column.title) <= 4 else width(column.title) / 2 + 0.5, 1.0)
    unit = width(column.unit) + 2 if column.unit else 0.0
    rows = table.rows if table.total is None else (*table.rows, table.total)
    cells = [_reach(row[index], table, with_sources) for row in rows]
    return min(max([heading, unit, *cells]), _WIDEST_TEXT) + _PADDING


def _reach(cell: CellLike, table: Table, with_sources: bool) -> float:
    refs = cell.source_refs if isinstance(cell, Cell) and with_sources else ()
    return width(cell_text(cell, table.missing)) + 0.7 * len(refs)


def cell_text(cell: CellLike, missing: str) -> str:
    """What is printed in a cell; nought is 0, nothing reported is ``missing``."""
    content = cell.text if isinstance(cell, Cell) else cell
    if content is None:
        return missing
    return format(content, "f") if isinstance(content, Decimal) else str(content)


def _head(column: Column, size: float) -> list[Node]:
    lines = [paragraph("TableHead", sized(column.title, size))]
    if column.unit:
        lines.append(paragraph("TableHead", sized(f"（{column.unit}）", size - 1.5)))
    return lines


def _row(draft: Draft, table: Table, row: Row, size: float, *, strong: bool, keep: bool) -> list[list[Node]]:
    cells = []
    face = fonts(draft.profile, "heading") if strong else None
    for column, cell in zip(table.columns, row, strict=True):
        refs = source_refs(draft, cell.source_refs) if isinstance(cell, Cell) else []
        content = [sized(cell_text(cell, table.missing), size, face), *refs]
        cells.append([cell_paragraph(content, column.align, keep=keep)])
    return cells


def cell_paragraph(content: list[Node], align: Align, *, keep: bool = False) -> Node:
    """A paragraph in a cell; ``keep`` holds its row together with the next."""
    return paragraph("TableText", *content, keep=flag("keepNext") if keep else None, jc=val("jc", align))


def sized(text: str, size: float, face: Node | None = None) -> Node:
    """A run of table text in points ``size``."""
    half_points = int(size * 2)
    return run(text, face=face, extra=(val("sz", half_points), val("szCs", half_points)))


def draw(frame: Frame) -> Node:
    """The table itself: fixed widths, rules above, below and within, open at the sides."""
    borders = w(
        "tblBorders",
        *(_rule(side, 12) for side in ("top", "bottom")),
        *(_rule(side, 4) for side in ("insideH", "insideV")),
    )
    margins = {"top": _ROW_MARGIN, "left": _SIDE_MARGIN, "bottom": _ROW_MARGIN, "right": _SIDE_MARGIN}
    properties = w(
        "tblPr",
        w("tblW", w=sum(frame.widths), type="dxa"),
        val("jc", "center"),
        borders,
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=size, type="dxa") for side, size in margins.items())),
        val("tblCaption", frame.caption) if frame.caption else None,
    )
    columns = w("tblGrid", *(w("gridCol", w=column) for column in frame.widths))
    last = len(frame.rows) - 1
    rows = [
        _draw_row(frame, cells, heading=number == 0, total=frame.total and number == last)
        for number, cells in enumerate(frame.rows)
    ]
    return w("tbl", properties, columns, *rows)


def _draw_row(frame: Frame, cells: list[list[Node]], *, heading: bool, total: bool) -> Node:
    properties = w("trPr", flag("cantSplit"), flag("tblHeader") if heading else None)
    edge = _rule("bottom", 8) if heading else _rule("top", 8) if total else None
    drawn = []
    for column, cell in zip(frame.widths, cells, strict=True):
        inside = w(
            "tcPr",
            w("tcW", w=column, type="dxa"),
            w("tcBorders", edge) if edge else None,
            val("vAlign", "center"),
        )
        drawn.append(w("tc", inside, *cell))
    return w("tr", properties, *drawn)


def _rule(side: str, eighths: int) -> Node:
    return w(side, val="single", sz=eighths, space=0, color="000000")


def measure_of(profile: Profile, *, landscape: bool) -> int:
    """The width a table may take, in twips."""
    return profile.type_height if landscape else profile.type_width
