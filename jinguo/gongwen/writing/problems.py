"""What keeps a paper from being written, in sentences. Layout and language rules belong to the checker, not here."""

from collections import Counter
from collections.abc import Iterator

from jinguo.gongwen.writing.document import Block, Cell, Document, Heading, Paragraph, Row, Span, Table


def problems(document: Document) -> tuple[str, ...]:
    """Everything that is wrong with ``document``; empty when it can be written."""
    return tuple(_found(document))


def _found(document: Document) -> Iterator[str]:
    if not document.title.strip():
        yield "公文要有标题。"
    blocks = list(document.blocks)
    for number, attachment in enumerate(document.attachments, 1):
        if not attachment.title.strip():
            yield f"第{number}个附件没有名称。"
        blocks += attachment.blocks
    for block in blocks:
        yield from _block(block)
    yield from _sources(document, blocks)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            if level not in (1, 2, 3, 4):
                yield f"标题“{text}”的层次是{level}，只能是1到4。"
            if not text.strip():
                yield "有一个标题没有文字。"
        case Table():
            name = f"表格“{block.caption}”" if block.caption else "表格"
            if not block.columns:
                yield f"{name}没有栏目。"
            for number, row in enumerate(_rows(block), 1):
                if len(row) != len(block.columns):
                    yield f"{name}第{number}行有{len(row)}格，栏目有{len(block.columns)}个。"


def _sources(document: Document, blocks: list[Block]) -> Iterator[str]:
    rows = document.sources.rows if document.sources else ()
    numbers = Counter(row.number for row in rows)
    for number, times in numbers.items():
        if times > 1:
            yield f"依据表里序号{number}出现了{times}次。"
    for row in rows:
        if not any(source.strip() for source in row.sources):
            yield f"依据表第{row.number}项没有来源。"
    cited = {ref for block in blocks for ref in _refs(block)}
    for ref in sorted(cited - numbers.keys()):
        yield f"正文引用了依据{ref}，依据表里没有这一项。"


def _refs(block: Block) -> Iterator[int]:
    spans: tuple[Span, ...] = ()
    match block:
        case Heading(then=then):
            spans = then
        case Paragraph(spans=inner):
            spans = inner
        case Table():
            for row in _rows(block):
                for cell in row:
                    if isinstance(cell, Cell):
                        yield from cell.source_refs
    for span in spans:
        yield from span.source_refs


def _rows(table: Table) -> tuple[Row, ...]:
    return table.rows if table.total is None else (*table.rows, table.total)
