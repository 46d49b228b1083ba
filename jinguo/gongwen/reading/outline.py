"""The outline: headings and points of the body, their extents, their official labels such as 二(四)三."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import get_args

from jinguo.gongwen.han import chinese_number
from jinguo.gongwen.parts import Conf, OutlineNode, Role
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.headings import Heading, extent, headings
from jinguo.gongwen.reading.markers import point_marks
from jinguo.gongwen.reading.masks import HIDDEN
from jinguo.gongwen.reading.points import Point, series
from jinguo.gongwen.reading.view import Paragraph

_TALKS_THEME = re.compile("(?:讲座|授课|课程|课堂|沙龙|分享|讲课|报告)的?主题")  # of one talk, not of the paper
_SENTENCE_LENGTH = 60  # characters; of a longer heading the first clause alone says what it is about
_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}
_SLOT_LENGTH = 12  # 活动时间、地点 names a slot; a longer heading that has 时间 in it does not
UNSURE = ("heading.first_clause", "heading.sentence", "heading.glued")  # where the heading ends is a matter of taste


@dataclass(eq=False)
class Node:
    """An outline node while the paper is being read. Offsets are of the view: label at `start`, heading
    [head_start, head_end), body up to `end`."""

    level: int
    marker: str
    number: int
    kind: str
    rule: str
    start: int
    head_start: int
    head_end: int
    end: int
    heading: str
    conf: Conf = "high"
    family: str = ""
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    role: Role | None = None
    id: str = ""
    clause: str = ""
    extent: str = "heading.line"  # the rule that found where the heading ends
    missing: bool = False  # the series does not start at one, or skips a number here

    def ancestors(self) -> Iterator["Node"]:
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    @property
    def standalone(self) -> bool:
        """The heading fills its line; its body, if any, follows below."""
        return self.extent == "heading.line"

    def own_end(self) -> int:
        """End of the node's own text, before its first sub-item."""
        return self.children[0].start if self.children else self.end

    def in_point(self) -> "Node | None":
        """The outermost point this node lies in, itself included."""
        return next((n for n in reversed(list(self.ancestors())) if n.kind == "point"), None)


def read_outline(ctx: Context, body: list[Paragraph], tail_start: int) -> list[Node]:
    """All nodes in document order. Text from `tail_start` on belongs to no node."""
    headings = _headings(ctx, body)
    _nest(headings, tail_start)
    nodes = list(headings)
    first = headings[0].start if headings else tail_start
    if body and first > body[0].start:
        nodes += _points(ctx, None, body[0].start, first, body)
    for owner, after in zip_longest(headings, headings[1:]):
        end = max(tail_start, owner.head_end) if after is None else min(after.start, owner.end)
        nodes += _points(ctx, owner, owner.head_start, end, body)
    nodes.sort(key=lambda n: n.start)
    _finish(ctx, nodes)
    return nodes


def _headings(ctx: Context, body: list[Paragraph]) -> list[Node]:
    return [_node(ctx, heading) for heading in headings(ctx, body)]


def _node(ctx: Context, heading: Heading) -> Node:
    paragraph, start = heading.paragraph, heading.head_start
    if heading.marker:
        rule, end = extent(ctx, start, paragraph.end, paragraph.start)
    else:
        rule, end = "heading.line", paragraph.end
    conf: Conf = "mid" if rule in UNSURE or not heading.marker or heading.rule == "heading.bare_number" else "high"
    return Node(
        heading.level, heading.marker, heading.number, "heading", heading.rule, paragraph.start, start, end,
        paragraph.end, _words(ctx, start, end), conf, extent=rule,
    )  # fmt: skip


def _words(ctx: Context, start: int, end: int) -> str:
    return ctx.words(start, end).strip(" \u3000，。；：,:;")


def _nest(headings: list[Node], tail_start: int) -> None:
    """Parents by level; a node ends where the next one of its level or above begins."""
    open_nodes: list[Node] = []
    for node in headings:
        while open_nodes and open_nodes[-1].level >= node.level:
            open_nodes.pop().end = node.start
        node.parent = open_nodes[-1] if open_nodes else None
        open_nodes.append(node)
    for node in open_nodes:
        node.end = max(tail_start, node.head_end)


def _points(ctx: Context, owner: Node | None, start: int, end: int, body: list[Paragraph]) -> list[Node]:
    """The points of one heading's own text (or of the text before any heading)."""
    first = bisect_right(body, start, key=lambda p: p.end)
    inside = body[first : bisect_left(body, end, key=lambda p: p.start)]
    marks = [
        mark
        for paragraph in inside
        for mark in point_marks(ctx.text, max(start, paragraph.start), min(end, paragraph.end), ctx.view.starts_bold)
        if ctx.mask[mark.at] != HIDDEN
    ]
    found: list[Node] = []
    by_point: dict[int, Node] = {}
    for point in series(ctx.text, ctx.mask, marks, end, [p.end for p in inside]):
        parent = by_point[id(point.parent)] if point.parent else owner
        node = _point_node(ctx, point, parent)
        by_point[id(point)] = node
        found.append(node)
    return found


def _point_node(ctx: Context, point: Point, parent: Node | None) -> Node:
    mark = point.mark
    start = mark.end
    while start < point.end and ctx.text[start] in " \u3000、，,":
        start += 1
    rule, head_end = extent(ctx, start, point.end, mark.at)
    node = Node(
        (parent.level if parent else 0) + 1, ctx.words(mark.at, mark.at + len(mark.text)), mark.number, "point", mark.rule, mark.at, start, head_end,
        point.end, _words(ctx, start, head_end), point.conf, mark.family, parent, extent=rule, missing=point.missing,
    )  # fmt: skip
    if rule in UNSURE and node.conf == "high":
        node.conf = "mid"
    return node


def _finish(ctx: Context, nodes: list[Node]) -> None:
    """Children, ids, official labels and roles."""
    used: dict[str, int] = {}
    for i, node in enumerate(nodes, 1):
        node.id = f"N{i}"
        if node.parent:
            node.parent.children.append(node)
        label = _clause(node)
        used[label] = used.get(label, 0) + 1
        node.clause = label if used[label] == 1 else f"{label}-{used[label]}"
        node.role = _role(ctx, node)


def _clause(node: Node) -> str:
    prefix = node.parent.clause if node.parent else ""
    own = _own_label(node)
    joint = "·" if prefix and own and prefix[-1] not in ")" and own[0] not in "(①②③④⑤⑥⑦⑧⑨⑩" else ""
    return prefix + joint + own


def _own_label(node: Node) -> str:
    number = node.number if node.number != 99 else (len(node.parent.children) if node.parent else node.number)
    if node.rule in ("heading.han_brackets", "point.han"):
        return f"({chinese_number(number)})"
    if node.rule in ("heading.number_brackets", "point.num"):
        return f"({number})"
    if node.rule in ("heading.circle", "point.circle"):
        return chr(0x245F + number) if 1 <= number <= 20 else str(number)
    if node.rule in ("heading.number", "heading.bare_number", "heading.number_half"):
        return str(number)
    if node.rule == "heading.counted":
        return node.marker.strip("【】［］[]：: \u3000")
    if not node.marker:
        return "#"
    return chinese_number(number)


def _role(ctx: Context, node: Node) -> Role | None:
    inherited = node.parent.role if node.parent else None
    if node.kind == "point":
        return inherited
    first = ctx.mask.find("，", node.head_start, node.head_end) if len(node.heading) > _SENTENCE_LENGTH else -1
    words = ctx.text[
        node.head_start : first if first > 0 else node.head_end
    ]  # in simplified characters, whatever the paper writes
    short = len(node.heading) <= _SLOT_LENGTH
    slot = ctx.lexicon.first_match("slots", words) if short else None
    if slot == "theme" and _TALKS_THEME.match(words):
        slot = None
    section = (
        ctx.lexicon.first_match("sections", words) if node.parent is None or (inherited is None and short) else None
    )
    return _ROLES.get(slot or section or "", inherited)


def node_at(nodes: list[Node], at: int) -> Node | None:
    """The deepest node that holds view position `at`."""
    i = bisect_right(nodes, at, key=lambda n: n.start)
    node = nodes[i - 1] if i else None
    while node is not None and at >= node.end:
        node = node.parent
    return node


def leaves(ctx: Context, nodes: list[Node]) -> tuple[OutlineNode, ...]:
    """The nodes as they stand in the record."""
    return tuple(
        OutlineNode(
            id=n.id, level=n.level, marker=n.marker, heading=n.heading, clause=n.clause,
            parent=n.parent.id if n.parent else None, kind="point" if n.kind == "point" else "heading", role=n.role,
            text=ctx.words(n.start, n.own_end()), src=ctx.src(n.start, n.head_end),
            rule=n.rule, conf=n.conf,
        )
        for n in nodes
    )  # fmt: skip
