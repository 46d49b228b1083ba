"""Paragraphs that leave the outline: the closing request and contacts after the last item, and the issuer's own list of
events, which belongs to the section above and not to the item it happens to follow."""

import re

from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.events import announces_plan, count_verbs, period_opening
from jinguo.gongwen.reading.markers import heading_label
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.view import Paragraph

_TAIL = re.compile(
    "特此|联[ ]?系[ ]?人|联系电话|联系方式|电话|邮箱|传真|地[ ]?址|请[^。]{0,40}(?:报送|上报|反馈|报至|报到|发至|发送)|(?:报送|上报|报至|反馈)[^。]{0,24}(?:部|室|办|邮箱)"
)
_LIST_VERBS = 3


def tail_start(ctx: Context, body: list[Paragraph]) -> int:
    """Where the closing paragraphs begin; the end of the body when there are none or the paper has no headings."""
    if not body:
        return 0
    first = len(body)
    while first > 0 and _is_tail(ctx, body[first - 1]):
        first -= 1
    labelled = [p for p in body[:first] if _label(ctx, p)]
    if first == len(body) or not labelled or (labelled[-1] is body[first - 1] and _fills_line(ctx, body[first - 1])):
        return body[-1].end
    return body[first].start


def _label(ctx: Context, paragraph: Paragraph) -> bool:
    return heading_label(ctx.text[paragraph.start : paragraph.end]) is not None


def _fills_line(ctx: Context, paragraph: Paragraph) -> bool:
    """A heading alone on its line: what follows is its body."""
    return not re.search("[。；]", ctx.mask[paragraph.start : paragraph.end])


def _is_tail(ctx: Context, paragraph: Paragraph) -> bool:
    text = ctx.text[paragraph.start : paragraph.end]
    return not _label(ctx, paragraph) and "\t" not in text and _TAIL.search(text) is not None


def release_event_lists(ctx: Context, nodes: list[Node], body: list[Paragraph]) -> None:
    """End the items before an unlabelled paragraph that lists the issuer's own events, so that it falls to the section."""
    for paragraph in body:
        if _label(ctx, paragraph) or not _is_event_list(ctx, paragraph):
            continue
        for node in nodes:
            inside = node.parent is not None and node.start < paragraph.start < node.end
            if inside and not _only_text(ctx, node, paragraph):
                node.end = paragraph.start


def _is_event_list(ctx: Context, paragraph: Paragraph) -> bool:
    start, end = paragraph.start, paragraph.end
    verbs = count_verbs(ctx, start, end)
    if announces_plan(ctx, start, end):
        return verbs >= _LIST_VERBS or period_opening(ctx, start, end)
    return period_opening(ctx, start, end) and verbs >= _LIST_VERBS


def _only_text(ctx: Context, node: Node, paragraph: Paragraph) -> bool:
    """The list is the first text under a heading that stands alone: then it is that heading's own."""
    return node.standalone and not ctx.text[node.head_end : paragraph.start].strip()
