"""Cutting the object of an event verb into items: 、 and ”“ cut, 暨 never, 和 only between two full events, 及 is offered.

Every cut made or refused between two possible events is reported, so that a person can turn it round.
"""

import re
from dataclasses import dataclass, field

from jinguo.gongwen.han import number_of
from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.masks import HIDDEN, cut

_AFTER_HEAD = "(?:进[^，。；、]{2,4})?(?:（[^（）]*）)?$"
_NAMED = 4  # characters of a member that can stand alone beside full events (义务献血)
_SHORT = 6  # characters; a shorter head-less item borrows the head of the next
_LAST_SHORT = 8  # characters of a last item that lends its head to the items before it
_COUNTED = re.compile(
    r"(?P<n>[两二三四五六七八九十]|\d{1,2})(?P<unit>[^\d，。；、：“”]{1,2}?)(?P<rest>系列|主题)?(?P<class>活动|行动|服务|工程|讲座)?$"
)
_NOT_JOINTS = re.compile("参与|给与|与会|与时|和平|和谐|温和|共和|和美|和睦|及时|普及|以及其|涉及|及其|危及|惠及")
_JOINT = re.compile("以及|及|和|与")


@dataclass
class Item:
    """A candidate event: its span, its parts when it is one event with several faces, and the cuts beside it."""

    start: int
    end: int
    rule: str = "event.group.verb"
    parts: list[tuple[int, int]] = field(default_factory=list)
    refused: tuple[str, list[tuple[int, int]]] | None = None
    made: str | None = None
    open: bool = False


def split_object(ctx: Context, start: int, end: int) -> list[Item]:
    """The items of view[start:end), the words after an event verb."""
    container = _container(ctx, start, end)
    if container:
        return container
    pieces = _adjacent(ctx, cut(ctx.mask, start, end, "、"))
    counted = _counted(ctx, pieces)
    if counted:
        return [counted]
    items = _share_heads(ctx, pieces)
    return [part for item in items for part in _at_joint(ctx, item)]


def strong(ctx: Context, start: int, end: int) -> bool:
    """The phrase ends in a word that makes it an event by itself."""
    return ctx.lexicon.compiled("split.strong", _strong_source).search(_seen(ctx, start, end)) is not None


def headed(ctx: Context, start: int, end: int) -> bool:
    """The phrase ends in any activity word, or is a name in quotation marks."""
    return ctx.lexicon.compiled("split.any", _any_source).search(_seen(ctx, start, end)) is not None


def _seen(ctx: Context, start: int, end: int) -> str:
    """The phrase with its names hidden; a phrase that lies within marks (《关于举办X的通知》) as it stands."""
    inside = start > 0 and ctx.mask[start] == HIDDEN and ctx.mask[start - 1] == HIDDEN
    return ctx.text[start:end] if inside else ctx.mask[start:end]


def _strong_source(lexicon: Lexicon) -> str:
    bodies = "".join(lexicon.words("events", "not_gathering"))
    return rf"(?:{_heads(lexicon.words('events', 'strong_heads'))}|(?<=[一-鿿][^{bodies}\W])会){_AFTER_HEAD}"


def _any_source(lexicon: Lexicon) -> str:
    heads = [*lexicon.words("events", "strong_heads"), *lexicon.words("events", "weak_heads")]
    return rf"(?:{_heads(heads)}|[”\"」]){_AFTER_HEAD}"


def _heads(words: list[str]) -> str:
    """Heads of one character only where they are no part of a verb: 画展, not 发展; 球赛, not 参赛."""
    short, long = [w for w in words if len(w) == 1], [w for w in words if len(w) > 1]
    return rf"(?<![发开拓进扩伸施参观]){any_of(short)}|{any_of(long)}"


def _container(ctx: Context, start: int, end: int) -> list[Item] | None:
    """A、B、C等服务: one open container, unless every member is an event in its own right."""
    m = re.compile(
        r"等(?P<count>[两二三四五六七八九十多]{0,2}(?:项|场|个|类|种)?)(?P<class>[^，。；、“”]{0,10}|[^，。；、“”]{0,10}“[^，。；、“”]{0,20}”[^，。；、“”]{1,10})$"
    ).search(ctx.mask, start, end)
    if m is None:
        return None
    members = _adjacent(ctx, cut(ctx.mask, start, m.start(), "、"))
    of_their_own = m["class"] == "" or m["class"].endswith("活动")  # “A”“B”等评选工作 stays one
    full = all(strong(ctx, a, b) or ctx.mask[b - 1] == "”" for a, b in members)
    strongs = sum(strong(ctx, a, b) for a, b in members)
    long = "系列" in m["class"] and 2 * strongs >= len(members) > 1 and all(b - a >= _NAMED for a, b in members)
    if len(members) > 1 and of_their_own and (full or long):
        return [Item(a, b, "event.group.verb", open=True) for a, b in members]
    if not m["class"] and not members:
        return None
    if len(members) == 1 and not m["class"]:  # A活动和B活动等: the 等 only says that there are more
        return split_object(ctx, start, m.start()) if headed(ctx, start, m.start()) else None
    return [Item(start, end, "event.container", parts=members if len(members) > 1 else [], open=True)]


def _adjacent(ctx: Context, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut also where one name ends and the next begins: ”“ and 》《."""
    out: list[tuple[int, int]] = []
    for start, end in pieces:
        at = start
        for m in re.compile("(?<=[”》])(?=[“《])").finditer(ctx.mask, start, end):
            if _shares_head(ctx, m.start(), end) or _festival(ctx, m.start()):
                continue
            out.append((at, m.start()))
            at = m.start()
        out.append((at, end))
    return out


def _festival(ctx: Context, start: int) -> bool:
    """“送法到家”“三八”维权周: the festival goes with the words after it, not beside the name before it."""
    close = ctx.text.find("”", start)
    return ctx.text[start + 1 : close] in ctx.lexicon.words("names", "festivals")


def _shares_head(ctx: Context, start: int, end: int) -> bool:
    """“A”“B”示范户表彰大会 is one meeting: the last name stands before a full head, not before 活动 or nothing."""
    close = ctx.mask.rfind("”", start, end)
    after = ctx.mask[close + 1 : end]
    return len(after) > 2 and strong(ctx, close + 1, end) and not after.endswith(("活动", "行动"))


def _counted(ctx: Context, pieces: list[tuple[int, int]]) -> Item | None:
    """“送A”“送B”“送C”三送活动: the closing number equals the count, so it is one event with components."""
    if len(pieces) < 2:
        return None
    start, end = pieces[-1]
    close = ctx.mask.rfind("”", start, end)
    m = _COUNTED.match(ctx.mask, close + 1, end) if close > 0 else None
    if m is None or number_of(m["n"]) != len(pieces):
        return None
    parts = [*pieces[:-1], (start, close + 1)]
    return Item(close + 1, end, "event.components", parts=parts)


def _share_heads(ctx: Context, pieces: list[tuple[int, int]]) -> list[Item]:
    """Short leading items without a head borrow the next one: 书画、摄影、剪纸作品展 is one event with three facets."""
    items: list[Item] = []
    waiting: list[tuple[int, int]] = []
    for i, (start, end) in enumerate(pieces):
        named = "“" in ctx.text[start:end]
        bare = end - start <= _SHORT and not headed(ctx, start, end) and not named
        leads = not headed(ctx, start, end) and _leads_short(ctx, pieces[i + 1 :])
        half = "暨" in ctx.mask[start:end] and not headed(ctx, start, end) and i + 1 < len(pieces)
        if bare or leads or half:  # 表彰会暨书法、手工成果展: one, whatever the 、 parts
            waiting.append((start, end))
        elif waiting:
            head = ctx.lexicon.compiled("split.any", _any_source).search(ctx.mask[start:end])
            own = start + head.start() if head and head.start() > 0 else end
            items.append(Item(waiting[0][0], end, "event.head_shared", parts=[*waiting, (start, own)]))
            waiting = []
        else:
            items.append(Item(start, end))
    return items + [Item(a, b) for a, b in waiting]


def _leads_short(ctx: Context, rest: list[tuple[int, int]]) -> bool:
    """纪念周年书法、美术、摄影大赛: what follows is short, without a head but for the last."""
    return (
        len(rest) > 0
        and headed(ctx, *rest[-1])
        and rest[-1][1] - rest[-1][0] <= _LAST_SHORT
        and all(b - a <= _SHORT and not headed(ctx, a, b) and "“" not in ctx.text[a:b] for a, b in rest[:-1])
    )


def _at_joint(ctx: Context, item: Item) -> list[Item]:
    """暨, 和, 与, 及, 以及 inside one item."""
    if item.parts:
        return [item]
    both = ctx.mask.find("暨", item.start, item.end)
    if both > item.start:
        item.rule, item.parts = "event.one_with_two_faces", [(item.start, both), (both + 1, item.end)]
        return [item]
    for m in _JOINT.finditer(ctx.mask, item.start + 1, item.end - 1):
        if _NOT_JOINTS.search(ctx.text[max(item.start, m.start() - 1) : m.end() + 1]):
            continue
        return _cut_at(ctx, item, m)
    return [item]


def _cut_at(ctx: Context, item: Item, m: re.Match[str]) -> list[Item]:
    left, right = (item.start, m.start()), (m.end(), item.end)
    if strong(ctx, *left) and strong(ctx, *right):
        if m[0] == "及":  # adds the lesser to the greater, usually on one occasion: kept whole, the cut is offered
            item.rule, item.parts, item.refused = "event.joined_by_ji", [left, right], ("event.split.ji", [left, right])
            return [item]
        rest = Item(*right, made="event.split.both_strong")
        return [Item(*left, made="event.split.both_strong"), *_at_joint(ctx, rest)]
    if headed(ctx, *left) and headed(ctx, *right):
        item.rule, item.parts = "event.two_facets", [left, _without_class(ctx, *right)]
        item.refused = ("event.split.weak_heads", [left, right])
    return [item]


def _without_class(ctx: Context, start: int, end: int) -> tuple[int, int]:
    """维权服务活动 as a facet is 维权服务: the class word belongs to the whole."""
    for word in ("活动", "服务"):
        if ctx.text[start:end].endswith(word) and headed(ctx, start, end - 2):
            return start, end - 2
    return start, end
