"""A summary as an official paper: sentences and tables in, a `gongwen` document out. Pure; the writer makes the bytes.

Papers are never translated; every sentence carries its number, and the 依据表 says what stands behind each.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinguo.gongwen.writing import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Measure,
    Paragraph,
    Profile,
    SourceRow,
    SourceTable,
    Span,
    Table,
    write_docx,
)
from jinguo.reports import builder

LISTED = 4  # returns named one by one in a row of the 依据表; more are counted unit by unit
KINDS = {"claimed": Measure.CLAIMED, "deduplicated": Measure.DEDUPLICATED, "confirmed": Measure.CONFIRMED}


@dataclass(frozen=True)
class Line:
    """One sentence as the paper takes it."""

    number: int
    section: str
    text: str
    sources: Sequence[dict[str, str]]
    figures: Sequence[dict[str, Any]]
    typed: bool


def write_summary(data: dict[str, Any], title: str, lines: Sequence[Line], *, signed_on: date | None) -> bytes:
    """The .docx of a summary.

    Args:
        data: the snapshot's data.
        lines: the sentences that stand, numbered from 1 in order.
        signed_on: the day it was signed off; a draft has none.

    Raises:
        gongwen.writing.WritingError: it cannot be written as it stands.
    """
    office = data["campaign"]["office"]
    return write_docx(
        Document(
            profile=Profile(signature=office),
            title=title,
            blocks=tuple(_blocks(data, lines)),
            date=signed_on,
            sources=SourceTable(tuple(_source_row(line) for line in lines)),
        )
    )


def _blocks(data: dict[str, Any], lines: Sequence[Line]) -> Iterable[Block]:
    for heading in builder.outline(data):
        spans = tuple(Span(line.text, (line.number,)) for line in lines if line.section == heading.section)
        if heading.level == 3:
            yield Heading(3, f"{heading.text}。", spans)
            continue
        if heading.level:
            yield Heading(heading.level, heading.text)
        if spans:
            yield Paragraph(spans)
    for table in builder.tables(data):
        columns = tuple(
            Column(one.title, one.unit, align="left" if n == 0 else "center") for n, one in enumerate(table.columns)
        )
        yield Table(columns, table.rows, caption=table.caption, note=table.note, total=table.total, missing="没报")


def _source_row(line: Line) -> SourceRow:
    figures = tuple(Figure(one["text"], KINDS[one["measure"]], one["about"]) for one in line.figures)
    typed = ("文字由经办人改写",) if line.typed else ()
    return SourceRow(line.number, line.text, (*source_lines(line.sources), *typed), figures)


def source_lines(sources: Sequence[dict[str, str]]) -> tuple[str, ...]:
    """What stands behind a sentence, in a few lines: many returns are counted unit by unit."""
    returns = [source for source in sources if source["kind"] == "return"]
    others = [source for source in sources if source["kind"] != "return"]
    lines = [
        source["label"] + (f"（{source['note']}）" if source["note"] and source["kind"] == "obligations" else "")
        for source in others
    ]
    if len(returns) <= LISTED:
        return tuple(lines + [f"报送件{source['code']}：{source['label']}" for source in returns])
    units = Counter(source["unit"] for source in returns)
    said = "、".join(f"{unit}{number}件" for unit, number in units.items())
    return (*lines, f"报送件{len(returns)}件：{said}")
