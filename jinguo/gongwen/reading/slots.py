"""Slots that describe an event: 时间, 地点, the date of a fact, and the paper's main event taken from its title."""

import re

from jinguo.gongwen.parts import Event, Text, Window
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import month_end, resolve_year
from jinguo.gongwen.reading.events import event_kind
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.splitting import headed, strong
from jinguo.gongwen.reading.windows import When, first_when

_TIME_LABEL = re.compile(r"(?:活动|会议|培训|举办|比赛|展览|开幕|招聘|报到)?(?:时[ ]?间|日期)[：:]")
_PLACE_LABEL = re.compile(r"(?:活动|会议|培训|举办|比赛|展览|招聘|报到)?地[ ]?点[：:][ ]?(?P<place>[^\n。；]{2,40})")
_PLACE = re.compile(r"在(?P<place>[^，。；、：\n在]{2,24}?)(?=召开|举办|举行|开展|启动|进行)")
_AS_OF = re.compile(
    r"截[至止](?:(?:到)?目前|[ ]?(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]|(?P<end>底|末))?)"
)
_HOLD = re.compile("(?P<verb>召开|举办|举行|组织开展|开展|组织)")


def node_when(ctx: Context, node: Node) -> When | None:
    """When a headed event takes place: its 时间 slot, else the first day in its own words."""
    label = _TIME_LABEL.search(ctx.text, node.head_end, node.end)
    if label:
        line_end = ctx.text.find("\n", label.end(), node.end)
        found = first_when(ctx, label.end(), line_end if line_end > 0 else node.end)
        if found:
            return found
    return first_when(ctx, node.head_start, node.end)


def place_in(ctx: Context, start: int, end: int) -> str | None:
    """地点：X, or 在X举办."""
    m = _PLACE_LABEL.search(ctx.text, start, end) or _PLACE.search(ctx.text, start, end)
    return m["place"].strip().replace("\n", "") if m else None


def as_of(ctx: Context, start: int, end: int) -> str | None:
    """The day a fact is stated for, '' when it says only 目前; None when the sentence states no reached fact."""
    m = _AS_OF.search(ctx.text, start, end)
    if m is None or not re.search("已|共|累计|达", ctx.text[m.end() : end]):
        return None
    year, _ = resolve_year(ctx, m["y"], None)
    if not m["m"] or year is None or not 1 <= int(m["m"]) <= 12:
        return ""
    last = month_end(year, int(m["m"]))
    if not m["d"]:
        return last.isoformat()
    return last.replace(day=int(m["d"])).isoformat() if 1 <= int(m["d"]) <= last.day else ""


def main_event(ctx: Context, matter: Text | None, title_start: int, title_end: int, nodes: list[Node]) -> Event | None:
    """The event a paper is about (关于举办X的通知), when the paper gives it a time or a place of its own."""
    if matter is None:
        return None
    m = _HOLD.match(matter.text)
    when, place = _paper_when(ctx, nodes), _paper_place(ctx, nodes)
    if m is None or (when is None and place is None):
        return None
    if m["verb"] in ("开展", "组织开展") and (when is None or place is None):
        return None  # a drive of many activities, not one gathering
    start, end = _matter_span(ctx, m["verb"], title_start, title_end)
    if start >= end or not (strong(ctx, start, end) or headed(ctx, start, end)):
        return None
    name = ctx.words(start, end)
    window: Window | None = when.window if when else None
    day = when.day if when else None
    return Event(
        id="", name=name, kind=event_kind(ctx, name), date=day.day.isoformat() if day and day.day else None,
        time=day.time if day else None, window=window, place=place, owner="issuer", verb=m["verb"], src=ctx.src(start, end),
        rule="event.title", inferred=bool(day and day.inferred),
    )  # fmt: skip


def _matter_span(ctx: Context, verb: str, start: int, end: int) -> tuple[int, int]:
    """The words of the title between the verb and 的通知."""
    at = ctx.text.find(verb, ctx.text.find("关于", start, end), end)
    stop = ctx.text.rfind("的", start, end)
    return (at + len(verb), stop) if at >= 0 else (end, end)


def _paper_when(ctx: Context, nodes: list[Node]) -> When | None:
    for node in nodes:
        if node.role == "time" and node.level <= 2:
            return first_when(ctx, node.head_start, node.end)
    label = re.compile(rf"(?:^|\n){_TIME_LABEL.pattern}").search(ctx.text)
    if label:
        return first_when(ctx, label.end(), ctx.text.find("\n", label.end()))
    return None


def _paper_place(ctx: Context, nodes: list[Node]) -> str | None:
    for node in nodes:
        if node.role == "place" and node.level <= 2:
            text = ctx.text[node.head_end : node.end]
            start = node.head_end + len(text) - len(text.lstrip("：:。 \u3000\n"))
            line_end = ctx.text.find("\n", start, node.end)
            return ctx.words(start, line_end if line_end > 0 else node.end).rstrip("。") or None
    m = re.compile(rf"(?:^|\n){_PLACE_LABEL.pattern}").search(ctx.text)
    return m["place"].strip() if m else None
