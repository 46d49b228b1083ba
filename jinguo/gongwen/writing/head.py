"""Everything above the text: 发文机关标志, 发文字号, the red rule (7.2), the title (7.3.1) and 主送机关 (7.3.2)."""

from jinguo.gongwen.writing.document import Document
from jinguo.gongwen.writing.markup import Node, val, w
from jinguo.gongwen.writing.profile import Profile, twips
from jinguo.gongwen.writing.runs import paragraph, run
from jinguo.gongwen.writing.styles import RED, SIZE_2
from jinguo.gongwen.writing.title import title_lines
from jinguo.gongwen.writing.widths import width

_MARK_FROM_TOP = 35.0  # mm from the top of the type area to the top of the mark: 7.2.4
# In a line set exactly the base line lies at 4/5 of its height, so a glyph begins a little below the line's top.
_MARK_LINE = 1.15
_MARK_SINK = 0.08  # of the mark's size
_MARK_SHARE = 0.92  # of the type area's width, at most
_RULE_BELOW = 4.0  # mm from the number to the rule: 7.2.7
_LINE_FOOT = 1.5  # mm between the foot of the number and the foot of its line


def head_nodes(document: Document) -> list[Node]:
    """The paragraphs above the text."""
    profile, nodes = document.profile, []
    if profile.red_head:
        nodes += [_mark(profile), _number(document.number)]
    nodes.append(title_paragraph("Title", document.title, profile, first=not profile.red_head))
    if document.number and not profile.red_head:
        nodes.append(paragraph("SubNumber", run(f"（{document.number}）")))
    if document.addressee:
        nodes.append(paragraph("Addressee", run(document.addressee.rstrip("：:") + "：")))
    return nodes


def title_paragraph(style: str, title: str, profile: Profile, *, first: bool = False) -> Node:
    """A title in balanced lines. ``first`` is a title that begins the paper: it stands at the top of the type area."""
    capacity = int(profile.type_width / (SIZE_2 * 20))
    lines = title_lines(title, capacity)
    spacing: dict[str, str | int] = {"beforeLines": 0, "before": 0} if first else {}
    if len(lines) == 1 and width(lines[0]) <= capacity:
        spacing |= {"line": profile.line_twips, "lineRule": "exact"}  # one line keeps to the page's grid
    return paragraph(style, run("\n".join(lines)), spacing=w("spacing", **spacing) if spacing else None)


def _mark(profile: Profile) -> Node:
    size = min(profile.mark_size, profile.type_width / 20 * _MARK_SHARE / max(width(profile.mark), 1))
    half_points = int(size * 2)
    size = half_points / 2
    spacing = w(
        "spacing",
        before=max(0, twips(_MARK_FROM_TOP) - int(_MARK_SINK * size * 20)),
        line=int(size * _MARK_LINE * 20),
        lineRule="exact",
    )
    extra = (val("sz", half_points), val("szCs", half_points))
    return paragraph("Mark", run(profile.mark, extra=extra), spacing=spacing)


def _number(number: str) -> Node:
    points = (_RULE_BELOW - _LINE_FOOT) * 72 / 25.4
    rule = w("bottom", val="single", sz=12, space=round(points), color=RED)
    return paragraph("Number", *([run(number)] if number else []), border=w("pBdr", rule))
