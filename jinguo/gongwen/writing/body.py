"""The body of the file: head, blocks, foot, attachments and imprint in their order, in sections upright or sideways."""

from collections.abc import Sequence

from jinguo.gongwen.writing.document import Block, Heading, Paragraph, SourceTable, Table
from jinguo.gongwen.writing.foot import attachment_note, closing_nodes, imprint_nodes
from jinguo.gongwen.writing.head import head_nodes, title_paragraph
from jinguo.gongwen.writing.markup import Node, flag, part, val, w
from jinguo.gongwen.writing.numbering import HeadingNumbers
from jinguo.gongwen.writing.page import section
from jinguo.gongwen.writing.runs import Draft, paragraph, run, span_runs
from jinguo.gongwen.writing.sources import source_table_nodes
from jinguo.gongwen.writing.styles import FaceName, fonts
from jinguo.gongwen.writing.tables import measure_of, table_nodes

_FACES: dict[int, FaceName] = {1: "heading", 2: "subheading", 3: "body", 4: "body"}


def document_part(draft: Draft) -> bytes:
    """``word/document.xml``."""
    document = draft.document
    nodes = head_nodes(document) + _blocks(draft, document.blocks)
    titles = [attachment.title for attachment in document.attachments]
    sources = document.sources if draft.with_sources else None
    if sources:
        titles.append(sources.title)
    end = attachment_note(document.profile, titles) + closing_nodes(document)
    if end:
        _keep_end(nodes)
    nodes += end
    sideways = False
    for number, attachment in enumerate(document.attachments, 1):
        if attachment.blocks:
            mark = f"附件{number}" if len(titles) > 1 else "附件"
            draft.headings = HeadingNumbers()
            content = _blocks(draft, attachment.blocks, landscape=attachment.landscape)
            nodes += _turn(draft, mark, attachment.title, content, was=sideways, now=attachment.landscape)
            sideways = attachment.landscape
    if sources:
        nodes += _turn(draft, *_source_attachment(draft, sources, len(titles)), was=sideways, now=False)
        sideways = False
    if document.imprint and (imprint := imprint_nodes(document.profile, document.imprint)):
        if sideways:
            nodes.append(_section_end(draft, landscape=True))
            sideways = False
        nodes += imprint
    last = section(document.profile, landscape=sideways, ends_page=sideways or _has_sections(nodes))
    return part(w("document", w("body", *nodes, last)))


def _source_attachment(draft: Draft, sources: SourceTable, count: int) -> tuple[str, str, list[Node]]:
    measure = measure_of(draft.profile, landscape=False)
    return f"附件{count}" if count > 1 else "附件", sources.title, source_table_nodes(draft, sources, measure)


def _turn(draft: Draft, mark: str, title: str, content: list[Node], *, was: bool, now: bool) -> list[Node]:
    """An attachment on a page of its own: 附件N flush left on line 1, its title centred on line 3 (7.3.7)."""
    opening = [] if was == now else [_section_end(draft, landscape=was)]
    fresh_page = flag("pageBreakBefore") if was == now else None
    return [
        *opening,
        paragraph("AttachmentMark", run(mark), page=fresh_page),
        title_paragraph("AttachmentTitle", title, draft.profile),
        paragraph("Joint", spacing=w("spacing", line=draft.profile.line_twips // 2, lineRule="exact")),
        *content,
    ]


def _section_end(draft: Draft, *, landscape: bool) -> Node:
    return w("p", w("pPr", val("pStyle", "Joint"), section(draft.profile, landscape=landscape)))


def _has_sections(nodes: list[Node]) -> bool:
    return any(inner.tag == "w:sectPr" for node in nodes for child in node.children[:1] for inner in child.children)


def _blocks(draft: Draft, blocks: Sequence[Block], *, landscape: bool = False) -> list[Node]:
    nodes: list[Node] = []
    for block in blocks:
        match block:
            case Heading():
                nodes.append(_heading(draft, block))
            case Paragraph(spans=spans):
                nodes.append(paragraph("Body", *span_runs(draft, spans)))
            case Table():
                nodes += table_nodes(draft, block, measure_of(draft.profile, landscape=landscape))
    return nodes


def _heading(draft: Draft, heading: Heading) -> Node:
    text = draft.headings.next(heading.level) + heading.text
    if not heading.then:
        return paragraph(f"Heading{heading.level}", run(text))
    # Run-in: the paragraph is body text that begins in the heading's face; as a heading style the whole
    # paragraph would stand in the word processor's outline.
    face = fonts(draft.profile, _FACES[heading.level])
    lead = run(text, bold=heading.level == 3 and draft.profile.bold_level_3, face=face)
    return paragraph("Body", lead, *span_runs(draft, heading.then))


def _keep_end(nodes: list[Node]) -> None:
    """Signature and date never stand alone on a page (7.3.5.5): the last text, or the last row, goes with them."""
    for node in reversed(nodes):
        if node.tag == "w:tbl":
            for cell in node.children[-1].children[1:]:
                for inner in cell.children[1:]:
                    _keep_with_next(inner)
            return
        _keep_with_next(node)
        if not any(child.attributes.get("w:val") in ("Joint", "TableNote") for child in node.children[0].children):
            return


def _keep_with_next(node: Node) -> None:
    properties = node.children[0]
    kept = [child for child in properties.children if child.tag != "w:keepNext"]
    node.children[0] = w("pPr", *kept, flag("keepNext"))
