"""The 依据表: one row for each sentence or figure of the paper, with its kind of number and its sources (7.3.7)."""

from jinguo.gongwen.writing.document import SourceRow, SourceTable
from jinguo.gongwen.writing.markup import Node, w
from jinguo.gongwen.writing.runs import Draft, paragraph, row_anchor, sentence_anchor
from jinguo.gongwen.writing.styles import SIZE_5
from jinguo.gongwen.writing.tables import Frame, after, cell_paragraph, draw, note, share, sized

_COLUMNS = (("序号", 2.6), ("正文语句", 12.4), ("数字", 6.4), ("口径", 4.6), ("依据", 14.4))


def source_table_nodes(draft: Draft, table: SourceTable, measure: int) -> list[Node]:
    """The table, set to ``measure`` twips, and its note."""
    widths = share([natural for _, natural in _COLUMNS], measure)
    rows = [[[paragraph("TableHead", sized(title, SIZE_5))] for title, _ in _COLUMNS]]
    rows += [_row(draft, row) for row in table.rows]
    nodes = [draw(Frame(widths, rows, caption=table.title))]
    if table.note:
        nodes.append(note(table.note))
    return [*nodes, after()]


def _row(draft: Draft, row: SourceRow) -> list[list[Node]]:
    return [
        [cell_paragraph(_number(draft, row.number), "center")],
        [cell_paragraph([sized(row.sentence, SIZE_5)], "left")],
        [cell_paragraph([sized(row.figure or "—", SIZE_5)], "center")],
        [cell_paragraph([sized(measure_text(row), SIZE_5)], "center")],
        [cell_paragraph([sized(source, SIZE_5)], "left") for source in row.sources],
    ]


def measure_text(row: SourceRow) -> str:
    """The kind of number in words; 约 stays beside it."""
    words = [row.measure.value] if row.measure else []
    return "，".join([*words, *(["约"] if row.about else [])]) or "—"


def _number(draft: Draft, number: int) -> list[Node]:
    """The row's number, a link back to the sentence where one cites it."""
    content = sized(str(number), SIZE_5)
    if number in draft.cited:
        content = w("hyperlink", content, anchor=sentence_anchor(number), history=1)
    return draft.bookmark(row_anchor(number), content)
