"""Slots that say when and where: 时间：…, 地点：…, sections named 时间 or 地点, and the day a fact is stated for."""

import re

from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import month_end, resolve_year
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.windows import When, first_when

_OF_WHAT = "(?:活动|会议|培训|举办|比赛|展览|开幕|招聘|报到)?"
_TIME = re.compile(rf"{_OF_WHAT}(?:时[ ]?间|日期)：")
_PLACE = re.compile(rf"{_OF_WHAT}地[ ]?点：[ ]?(?P<place>[^\n。；]{{2,40}})")
_LINE_TIME = re.compile(rf"(?<![^\n]){_TIME.pattern}")
_LINE_PLACE = re.compile(rf"(?<![^\n]){_PLACE.pattern}")
_HELD_AT = re.compile(r"在(?P<place>[^，。；、：\n在]{2,24}?)(?=召开|举办|举行|开展|启动|进行)")
_AS_OF = re.compile(
    r"截[至止](?:到?目前|[ ]?(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]|(?P<end>底|末))?)"
)
_REACHED = re.compile("已|共|累计|达")


def node_when(ctx: Context, node: Node) -> When | None:
    """When a headed event takes place: its 时间 slot, else the first day in its own words."""
    label = _TIME.search(ctx.text, node.head_end, node.end)
    found = first_when(ctx, label.end(), _line_end(ctx, label.end(), node.end)) if label else None
    return found or first_when(ctx, node.head_start, node.end)


def place_in(ctx: Context, start: int, end: int) -> str | None:
    """地点：X, or 在X举办."""
    m = _PLACE.search(ctx.text, start, end) or _HELD_AT.search(ctx.text, start, end)
    return ctx.words(*m.span("place")) if m else None


def paper_when(ctx: Context, nodes: list[Node]) -> When | None:
    """The time the whole paper is about: a section 活动时间, or a line 时间：…"""
    for node in nodes:
        if node.role == "time":
            return first_when(ctx, node.head_start, node.end)
    label = _LINE_TIME.search(ctx.text)
    return first_when(ctx, label.end(), _line_end(ctx, label.end(), len(ctx.text))) if label else None


def paper_place(ctx: Context, nodes: list[Node]) -> str | None:
    """The place the whole paper is about: a section 活动地点, or a line 地点：…"""
    for node in nodes:
        if node.role == "place":
            start = node.head_end
            while start < node.end and ctx.text[start] in "：。 \u3000\n":
                start += 1
            return ctx.words(start, _line_end(ctx, start, node.end)).rstrip("。") or None
    m = _LINE_PLACE.search(ctx.text)
    return ctx.words(*m.span("place")) if m else None


def _line_end(ctx: Context, start: int, end: int) -> int:
    at = ctx.text.find("\n", start, end)
    return at if at >= 0 else end


def as_of(ctx: Context, start: int, end: int) -> str | None:
    """The day a fact is stated for, '' when it says only 目前; None when the sentence states no reached fact."""
    m = _AS_OF.search(ctx.text, start, end)
    if m is None or not _REACHED.search(ctx.text, m.end(), end):
        return None
    year, _ = resolve_year(ctx, m["y"], None)
    if not m["m"] or year is None or not 1 <= int(m["m"]) <= 12:
        return ""
    last = month_end(year, int(m["m"]))
    if not m["d"]:
        return last.isoformat()
    return last.replace(day=int(m["d"])).isoformat() if 1 <= int(m["d"]) <= last.day else ""
