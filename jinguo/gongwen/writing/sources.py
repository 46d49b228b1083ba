"""The 依据表: one row for each sentence or figure of the paper, with its kind of number and its sources (7.3.7)."""

from jinguo.gongwen.writing.document import Figure, SourceRow, SourceTable
from jinguo.gongwen.writing.markup import Node, w
from jinguo.gongwen.writing.runs import Draft, paragraph, row_anchor, sentence_anchor
from jinguo.gongwen.writing.styles import SIZE_5
from jinguo.gongwen.writing.tables import Frame, after, cell_paragraph, draw, note, share, sized

_COLUMNS = (("序号", 3.2), ("正文语句", 12.4), ("数字", 5.4), ("口径", 4.2), ("依据", 16.8))


def source_table_nodes(draft: Draft, table: SourceTable, measure: int) -> list[Node]:
    """The table, set to ``measure`` twips, and its note."""
    widths = share([natural for _, natural in _COLUMNS], measure)
    rows = [[[paragraph("TableHead", sized(title, SIZE_5))] for title, _ in _COLUMNS]]
    last = len(table.rows)
    rows += [_row(draft, row, keep=bool(table.note) and count == last) for count, row in enumerate(table.rows, 1)]
    nodes = [draw(Frame(widths, rows, caption=table.title))]
    if table.note:
        nodes.append(note(table.note))
    return [*nodes, after()]


def _row(draft: Draft, row: SourceRow, *, keep: bool) -> list[list[Node]]:
    return [
        [cell_paragraph(_number(draft, row.number), "center", keep=keep)],
        [cell_paragraph([sized(row.sentence, SIZE_5)], "left")],
        _lines([figure.text for figure in row.figures]),
        _lines(_measures(row.figures)),
        [cell_paragraph([sized(source, SIZE_5)], "left") for source in row.sources],
    ]


def _lines(texts: list[str]) -> list[Node]:
    return [cell_paragraph([sized(text, SIZE_5)], "center") for text in texts or ["—"]]


def _measures(figures: tuple[Figure, ...]) -> list[str]:
    """The kind of each number, line by line beside it; said once when all are of one kind."""
    words = [figure.measure.value + ("，约" if figure.about else "") for figure in figures]
    return words if len(set(words)) > 1 else words[:1]


def _number(draft: Draft, number: int) -> list[Node]:
    """The row's number, a link back to the sentence where one cites it."""
    content = sized(str(number), SIZE_5)
    if number in draft.cited:
        content = w("hyperlink", content, anchor=sentence_anchor(number), history=1)
    return draft.bookmark(row_anchor(number), content)
