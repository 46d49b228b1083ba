"""Slots that say when and where: 时间：…, 地点：…, a heading 活动时间 with the day below it, and the day a fact is stated for.

Papers name several times. The words before 时间 tell them apart: when it is held, by when things are handed in (报名时间,
征稿时间), and times beside both (集合时间, 公示时间).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import month_end, resolve_year
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.view import HAN
from jinguo.gongwen.reading.windows import When, first_when

Use = Literal["held", "hand_in", "beside"]

_LABEL = re.compile(
    rf"""(?<!{HAN})(?P<of>{HAN}{{0,10}}?)(?:起始|起止|具体|预计|初定)?(?:时[ ]?间|日期|时限|期限)
         (?:[、和与及]?(?:地点|地址|费用|方式|安排|要求))*[ \u3000]*
         (?:[：:]|为|定于|\n|(?=[（(]?\d)|(?=[自从]?即日))""",
    re.VERBOSE,
)
_LABEL_END = re.compile("[：:为 \u3000\n]*")
_PLACE = re.compile(
    rf"(?<!{HAN})(?:时间[、和与及]?)?(?P<of>{HAN}{{0,6}}?)(?:地[ ]?点|场[ ]?所|场地|会场)[：:][ ]?(?P<place>[^\n。；]{{2,40}})"
)
_HELD_PLACE = re.compile("(?:活动|会议|培训|举办|比赛|竞赛|展览|展出|开幕|招聘|报到|演出|讲座|具体|参赛)?")
_TAKES_PLACE = re.compile("(?:内|里)?(?:隆重)?(?:进行|举行|举办|召开|开展)$")
_NEXT_THING = re.compile("，(?=请|由|各|每|欢迎|(?:参加|参赛|活动)?(?:对象|人员|要求|时间|内容|主题)|报名|联系|电话)")
_NO_PLACE = re.compile("另行通知|待定|自行|自定")
_HELD_AT = re.compile(
    r"在(?P<place>[^，。；、：\n在]{2,24}?)(?=召开|举办|举行|开展|启动|进行|隆重|集中|联合|组织|正式(?!会|职|员|党|编|注册|代表))"
)
_NOT_A_PLACE = re.compile(
    "期间|前后|范围|之际|内$|基础|中$|下$|系统$|过程|活动|工作|节$|来临|到来|^(?:全|各|校园|城乡|我)|^职(?!工(?:之家|活动|文化|书屋|服务|俱乐部))|^编|时$|\\d月"
)
_SLOT_ITEM = re.compile("时间|日期|地点|主题|对象|人员|内容|要求|主办|承办|方式|形式|范围|事项|安排")
_AS_OF = re.compile(
    r"截[至止](?:到?目前|[ ]?(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]|(?P<end>底|末))?)"
)
_REACHED = re.compile("已|共|累计|达")


@dataclass(frozen=True)
class Slot:
    """A named time: what it is the time of, and the stretch of the view that tells it."""

    of: str
    use: Use
    start: int
    end: int


def time_slots(ctx: Context, start: int, end: int) -> Iterator[Slot]:
    """Every 时间：… in [start, end), also with its value on the next line."""
    for m in _LABEL.finditer(ctx.text, start, end):
        value = _LABEL_END.match(ctx.text, m.end())
        at = value.end() if value else m.end()
        yield Slot(m["of"], use_of(ctx, m["of"]), at, _line_end(ctx, at, end))


def use_of(ctx: Context, words: str) -> Use:
    """Whether a time with these words before it is when something is held, handed in, or neither."""
    if ctx.lexicon.patterns["papers.hand_in"].search(words):
        return "hand_in"
    return "beside" if ctx.lexicon.patterns["papers.beside"].search(words) else "held"


def slot_when(ctx: Context, start: int, end: int, *, uses: tuple[Use, ...] = ("held",)) -> When | None:
    """The time in the first slot of one of the `uses`, in the order of `uses`."""
    slots = list(time_slots(ctx, start, end))
    for use in uses:
        for slot in slots:
            found = first_when(ctx, slot.start, slot.end) if slot.use == use and slot.start < slot.end else None
            if found is not None and (use == "held" or found.window is not None):  # a last day is no day it is held
                return found
    return None


def node_when(ctx: Context, node: Node) -> When | None:
    """When a headed event takes place: its 时间 slot, else the first day in its own words that is no other slot's."""
    end = next(
        (child.start for child in node.children if not _SLOT_ITEM.search(ctx.text, child.head_start, child.head_end)),
        node.end,
    )
    found = slot_when(ctx, node.head_end, end)
    if found is not None:
        return found
    others = [slot for slot in time_slots(ctx, node.head_end, end) if slot.use != "held"]
    when = first_when(ctx, node.head_start, end)
    return None if when and any(slot.start <= when.start < slot.end for slot in others) else when


def place_in(ctx: Context, start: int, end: int) -> str | None:
    """地点：X, or 在X举办."""
    for m in _PLACE.finditer(ctx.text, start, end):
        if _HELD_PLACE.fullmatch(m["of"]) and not _NO_PLACE.search(m["place"]):
            return _place(ctx, *m.span("place"))
    return held_at(ctx, start, end)


def held_at(ctx: Context, start: int, end: int) -> str | None:
    """在X举办: X when it is a place, not a time (在节日期间) or a scope (在全市)."""
    for m in _HELD_AT.finditer(ctx.text, start, end):
        if not _NOT_A_PLACE.search(m["place"]):
            return ctx.words(*m.span("place"))
    return None


def paper_when(ctx: Context, nodes: list[Node], *, by_post: bool) -> When | None:
    """The time the whole paper is about: a slot 活动时间; for a call for works also 征集时间."""
    body = ctx.view.in_zone("body", "after")
    if not body:
        return None
    found = slot_when(ctx, body[0].start, body[-1].end, uses=("held", "hand_in") if by_post else ("held",))
    if found is not None:
        return found
    for node in nodes:
        held = use_of(ctx, ctx.text[node.head_start : node.head_end]) == "held"
        if node.role == "time" and (by_post or held):
            when = first_when(ctx, node.head_start, node.end)
            if when is not None and (held or when.window is not None):
                return when
    return None


def paper_place(ctx: Context, nodes: list[Node]) -> str | None:
    """The place the whole paper is about: a section 活动地点, or a line 地点：…"""
    for node in nodes:
        if node.role == "place":
            start = node.head_end
            while start < node.end and ctx.text[start] in "：。 \u3000\n":
                start += 1
            stop = _line_end(ctx, start, node.end)
            said = _place(ctx, start, stop - (stop > start and ctx.text[stop - 1] == "。"))
            return said if said and not _NO_PLACE.search(said) else None
    body = ctx.view.in_zone("body", "after")
    for m in _PLACE.finditer(ctx.text, body[0].start, body[-1].end) if body else ():
        if _HELD_PLACE.fullmatch(m["of"]) and not _NO_PLACE.search(m["place"]):
            return _place(ctx, *m.span("place"))
    return None


def _place(ctx: Context, start: int, end: int) -> str:
    """县文化馆三楼举行: the place without the verb that closes its line."""
    asks = _NEXT_THING.search(ctx.text, start + 1, end)
    end = asks.start() if asks else end
    verb = _TAKES_PLACE.search(ctx.text[start:end])
    return ctx.words(start, start + verb.start() if verb and verb.start() > 1 else end)


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
