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
from jinguo.lib.texts import inner, quote
from jinguo.reports import builder
from jinguo.reports.builder.supplement import WORDS
from jinguo.reports.builder.words import chinese, moment_text

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
        if heading.section == builder.MAYBE and not spans:
            continue
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


def supplement_title(title: str, number: int) -> str:
    """What a supplement is called."""
    return f"关于《{title}》的补充说明（{chinese(number)}）"


def write_supplement(supplement: Any, title: str, *, signed_on: date | None) -> bytes:
    """The .docx of a supplement: what came later, sentence by sentence what it touches, and what would read otherwise.

    Raises:
        gongwen.writing.WritingError: it cannot be written as it stands.
    """
    data = supplement.snapshot.data
    blocks = tuple(_supplement_blocks(supplement))
    return write_docx(
        Document(profile=Profile(signature=data["campaign"]["office"]), title=title, blocks=blocks, date=signed_on)
    )


def _supplement_blocks(supplement: Any) -> Iterable[Block]:
    title, at = supplement.summary.title, moment_text(supplement.snapshot.data["at"])
    lead = f"《{title}》审签以后，到{at}又有{len(supplement.items)}件报送补报、更正或不再计入。原文不改，补充说明如下。"
    yield Paragraph((Span(lead),))
    yield Heading(1, "变化的报送")
    for item in supplement.items:
        yield Paragraph((Span(item_text(item)),))
    if supplement.lines:
        yield Heading(1, "涉及的句子")
        for line in supplement.lines:
            yield Paragraph(
                (Span(f"第{line['number']}句“{inner(line['before'])}”，按现在的情况是：“{inner(line['now'])}”"),)
            )


def item_text(item: dict[str, Any]) -> str:
    """One changed return in one sentence: whose, which, what changed, which sentences rest on it."""
    changes = "；".join(f"{label}由“{inner(was)}”改为“{inner(now)}”" for label, was, now in item["changes"])
    touches = "、".join(str(number) for number in item["touches"])
    rest = f"：{changes}" if changes else ""
    touched = f"，涉及第{touches}句" if touches else "，不涉及原文的句子"
    return f"{WORDS[item['kind']]}，{item['unit']}{quote(item['title'])}{rest}{touched}。"
