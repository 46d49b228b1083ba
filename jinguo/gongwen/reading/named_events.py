"""Events named by a heading: （二）举办庆“三八”座谈会, （四）法律服务进万家, 三、表彰先进女职工."""

import re
from dataclasses import replace

from jinguo.gongwen.parts import Event, Owner
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.cues import actor, asked
from jinguo.gongwen.reading.events import (
    IS_IT_ONE,
    cuts,
    facets,
    generic,
    opening,
    sentence_events,
    sounds_like_event,
    trimmed,
    umbrella,
    unknown_name,
)
from jinguo.gongwen.reading.kinds import GATHERINGS, event_kind
from jinguo.gongwen.reading.masks import cut, sentences
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.responsibility import duties
from jinguo.gongwen.reading.slots import node_when, place_in
from jinguo.gongwen.reading.splitting import Item, headed, split_object, strong
from jinguo.gongwen.reading.windows import first_when, told

_NAME_LENGTH = 60
_CLASS_WORD = 3  # characters of 讲座, 沙龙, 读书会
_SPREAD = re.compile("进(?:万家|社区|校园|企业|乡村|机关|家庭|基层|网络|军营|村居|楼宇)$")
_BRACKET = re.compile(r"（[^（）\n]{2,40}）$")
_BEHIND_TIME = re.compile(
    r"(?:[-—–~～至到]\d{1,2}[:：时点]\d{0,2}分?)?[，、； 在]*(?P<place>[^，。；：、]{1,24}(?:室|厅|馆|楼|场|中心|公园|礼堂|校|院|站|基地|之家))"
)
_SAYS = re.compile("全称|又称|简称|是指|即|为“|称为|包括")
_ASKED = re.compile("请|望|希望")  # a sentence that asks, not a heading that names
_GOES_ON = re.compile("继续做好|做好|抓好")  # a sentence of work, whatever it names on the way
_OWN_SLOT = re.compile("(?<![一-鿿])(?:活动|举办|举行|比赛|演出|培训|展览)?(?:时间|地点)(?:、地点)?[：:]")
_SLOT_WITHIN = 60  # characters under a heading in which its own time or place is told
_STAGE = re.compile("阶段|步骤|环节|准备|报名|动员|总结|评审|公示|发布|报到|集合|安排|奖|组织|领导|主题")
_DOES = re.compile(
    "怎么|如何|什么|谁|为何|[写填交报做出发拍撰制办设建定选订签收读看学讲用抓]"
)  # asks, or says what to do
_HOURS = re.compile(
    r"(?:(?:上午|下午|晚上|中午)?[ ]?\d{1,2}[:：]\d{2}[ ]?[-—–~～至到]*[ ]?){1,2}[ \u3000，：]*(?=[一-鿿“])"
)  # 下午2:30—5:00 插花体验课
_SET_LATER = re.compile("另行通知|另行安排|待定")
_NOT_DONE = re.compile("时间|内容|要求|对象|结果|标准|条件|名单|办法|范围|程序|方式")
_SUBJECT_WITHIN = 24  # characters of the body in which the holder is named
_EXHORTS = re.compile(
    "要|做好|加强|抓好|深化|推进|提升|强化|认真|积极|精心|高度|严格|切实|继续|提高|确保|落实|突出|广泛|深入|充分|各"
)
HELD_BY_ONE = ("召开", "举办", "举行", "启动", "组织举办", "组织召开", "联合举办", "组织")


def heading_events(ctx: Context, node: Node, body_start: int, deciding: Owner | None) -> list[Event]:
    """The events that a heading names, with time, place and people from the words under it. A name for many gives way to
    the many below it."""
    found = (
        _class_and_title(ctx, node, body_start)
        or _listed(ctx, node.head_start, node.head_end)
        or _named_by(ctx, node.head_start, node.head_end)
    )
    if len(found) == 1 and umbrella(ctx.lexicon, found[0].name) and _names_some(ctx, node, body_start):
        return []
    return [_placed(ctx, event, node, body_start, deciding) for event in found]


def _placed(ctx: Context, event: Event, node: Node, body_start: int, deciding: Owner | None) -> Event:
    event = _fuller(ctx, event, body_start, node.own_end())
    when = node_when(ctx, node)
    span, owner = _holder(ctx, node, body_start)
    place = (
        place_in(ctx, body_start, node.end)
        or _place_in_bracket(ctx, node)
        or place_in(ctx, node.head_start, node.head_end)
    )
    called = event.verb in HELD_BY_ONE or event.kind in GATHERINGS or not event.verb
    fixed = called or when or place or _SET_LATER.search(ctx.text, body_start, node.end)
    if span is None and deciding is not None and fixed:
        owner = deciding
    return replace(
        event, owner=owner, owner_text=ctx.words(*span) if span else None, node=node.id, place=place, **told(when),
        duties=duties(ctx, node.head_start, node.head_end) or duties(ctx, node.head_end, node.end),
    )  # fmt: skip


def _class_and_title(ctx: Context, node: Node, body_start: int) -> list[Event]:
    """1.讲座：春季养生 over its own 时间：…: the class word and the title behind the colon are its name."""
    start, colon = node.head_start, node.head_end
    if colon - start > _CLASS_WORD or not ctx.text.startswith("：", colon) or not strong(ctx, start, colon):
        return []
    stop = ctx.text.find("\n", colon, node.end)
    if not 0 < stop - colon - 1 <= _NAME_LENGTH or "。" in ctx.text[colon:stop] or not has_slots(ctx, node, body_start):
        return []
    kind = event_kind(ctx.lexicon, ctx.text[start:colon])
    src = ctx.src(start, stop)
    return [Event(id="", name=ctx.words(start, stop), kind=kind, src=src, rule="event.heading", conf="mid")]


def _place_in_bracket(ctx: Context, node: Node) -> str | None:
    """1.书法比赛（3月7日下午2:30—4:30，二楼自修室）: the place behind the time."""
    bracket = _BRACKET.search(ctx.text[node.head_start : node.head_end])
    if bracket is None:
        return None
    end = node.head_start + bracket.end() - 1
    when = first_when(ctx, node.head_start + bracket.start() + 1, end)
    m = _BEHIND_TIME.fullmatch(ctx.text, when.end, end) if when else None
    return ctx.words(*m.span("place")) if m else None


def _holder(ctx: Context, node: Node, body_start: int) -> tuple[tuple[int, int] | None, Owner]:
    """Who holds it: named in the heading (各工会开展…), or the subject that opens the words under it."""
    span, owner = actor(ctx, node.head_start, node.head_end)
    if span is not None and asked(ctx, node.head_start, span[0]):
        return None, "addressees"
    if span is not None:
        return span, owner
    span, owner = actor(ctx, body_start, node.end)
    return (span, owner) if span and span[0] - body_start < _SUBJECT_WITHIN else (None, "addressees")


def _names_some(ctx: Context, node: Node, body_start: int) -> bool:
    """Events with names of their own stand under the heading."""
    inside = sentences(ctx.mask, body_start, node.end)
    return any(not umbrella(ctx.lexicon, e.name) for a, b in inside for e in sentence_events(ctx, a, b).events)


def _listed(ctx: Context, start: int, end: int) -> list[Event]:
    """A heading with two verbs (开展“A”周，举办“B”日活动) names what each of them holds."""
    if _ASKED.match(ctx.text, start, end):
        return []
    verbs = [m for a, b in cut(ctx.mask, start, end, "，；。") if (m := opening(ctx, a, b))]
    if len(verbs) < 2:
        return []
    return [
        replace(event, rule="event.heading", date=None, time=None) for event in sentence_events(ctx, start, end).events
    ]


def _named_by(ctx: Context, start: int, end: int) -> list[Event]:
    hours = _HOURS.match(ctx.text, start, end)
    start = hours.end() if hours else start
    while end > start and ctx.text[end - 1] in "：。； \u3000":
        end -= 1
    bracket = _BRACKET.search(ctx.text[start:end])
    end = start + bracket.start() if bracket and bracket.start() else end
    dash = ctx.mask.find("——", start, end)
    if dash > start and strong(ctx, start, dash) and not strong(ctx, dash, end):
        end = dash  # 主题班会比赛——营造健康氛围
    clauses = cut(ctx.mask, start, end, "，；。")
    if not clauses:
        return []
    start, end = _naming_clause(ctx, clauses)
    start = _behind_slogan(ctx, start, end) if start > clauses[0][0] else start
    verb = opening(ctx, start, end)
    if end - (verb.end() if verb else start) > _NAME_LENGTH or (
        verb is None and any(_EXHORTS.match(ctx.text, a, b) for a, b in clauses)
    ):
        return []
    if _ASKED.match(ctx.text, clauses[0][0], end) or _GOES_ON.match(ctx.text, clauses[0][0], end):
        return []
    if verb and verb["verb"] in ctx.lexicon.words("events", "doing_verbs"):
        return []
    at = verb.end("verb") if verb else start
    if not _is_event_name(ctx, at, end, has_verb=verb is not None):
        return []
    made = [_event(ctx, item, verb) for item in split_object(ctx, at, end)]
    return [event for event in made if event is not None] if all(made) else []


def _naming_clause(ctx: Context, clauses: list[tuple[int, int]]) -> tuple[int, int]:
    """The first clause when it is a full name (“X”大赛，时间…), else the first with an event verb, else the last: a slogan
    may stand before the event."""
    first, *others = clauses
    if others and strong(ctx, *first) and "“" in ctx.text[slice(*first)]:
        return first
    return next(((a, b) for a, b in clauses if opening(ctx, a, b)), clauses[-1])


def _behind_slogan(ctx: Context, start: int, end: int) -> int:
    """奋进新时代，展巾帼风采—女职工合唱比赛 is named behind its slogan, never by half of it."""
    dash = ctx.mask.rfind("—", start, end)
    led = dash > start and not opening(ctx, start, dash) and ctx.text[start] != "“" and not strong(ctx, start, dash)
    return dash + 1 if led and strong(ctx, dash + 1, end) else start


def _event(ctx: Context, item: Item, verb: re.Match[str] | None) -> Event | None:
    begin, finish, mode = trimmed(ctx, item)
    if begin >= finish or generic(ctx, begin, finish) or not sounds_like_event(ctx, begin, finish):
        return None
    return Event(
        id="", name=ctx.words(begin, finish), kind=event_kind(ctx.lexicon, ctx.text[begin:finish]),
        verb=verb["verb"] if verb else "", facets=facets(ctx, item, begin, finish), mode=mode, cuts=cuts(ctx, item),
        src=ctx.src(begin, finish), rule="event.heading", conf="high" if verb else "mid",
    )  # fmt: skip


def doing_event(ctx: Context, node: Node) -> Event | None:
    """表彰先进女职工, 慰问困难母亲 as an item of the issuer's own list: verb and object are its name."""
    verb = opening(ctx, node.head_start, node.head_end)
    if verb is None or verb["verb"] not in ctx.lexicon.words("events", "doing_verbs") or verb.start() > node.head_start:
        return None
    end = next((b for _, b in cut(ctx.mask, node.head_start, node.head_end, "，；。")), node.head_end)
    name = ctx.words(node.head_start, end)
    if _NOT_DONE.search(name) or len(name) > _NAME_LENGTH or len(name) <= len(verb["verb"]) + 1:
        return None
    return Event(
        id="", name=name, kind=event_kind(ctx.lexicon, verb["verb"]), verb=verb["verb"], owner="issuer", node=node.id,
        src=ctx.src(node.head_start, end), rule="event.heading", conf="mid", **told(node_when(ctx, node)),
    )  # fmt: skip


def likely_event(
    ctx: Context, node: Node, body_start: int, deciding: Owner | None, *, among_events: bool
) -> Event | None:
    """The event of a heading whose last word no list knows: one over its own 时间：… or 地点：… (（三）风采展示 时间：5月上旬),
    or an item between items that are events (亲子游园)."""
    told = has_slots(ctx, node, body_start) or (among_events and not _DOES.match(ctx.text, node.head_start))
    return _by_heading(ctx, node, body_start, deciding) if told else None


def has_slots(ctx: Context, node: Node, body_start: int) -> bool:
    """A time or a place of its own stands under the heading: 时间：…, or an hour right at the start (4月9日下午2:30，…)."""
    at = body_start
    while at < node.end and ctx.text[at] in "\n \u3000":
        at += 1
    when = first_when(ctx, at, min(node.own_end(), at + _SLOT_WITHIN)) if at < node.own_end() else None
    if when is not None and when.start == at and when.day is not None and when.day.time:
        inside = sentences(ctx.mask, at, node.own_end())
        return not any(sentence_events(ctx, a, b).events for a, b in inside)  # else its words name it in full
    if _OWN_SLOT.search(ctx.text, body_start, min(node.own_end(), body_start + _SLOT_WITHIN)):
        return True
    return any(_OWN_SLOT.match(ctx.text, child.head_start, child.end) for child in node.children)


def names_section(ctx: Context, node: Node, body_start: int) -> bool:
    """一、活动内容 only names its section; 一、环湖健步走活动 over a time or a place of its own is what is held."""
    if node.parent is not None or node.role is None or "“" in node.heading:
        return False
    end = node.head_end - (ctx.text[node.head_end - 1] == "：")
    held = node.role in ("content", "steps") and strong(ctx, node.head_start, end)
    return not (held and has_slots(ctx, node, body_start))


def _by_heading(ctx: Context, node: Node, body_start: int, deciding: Owner | None) -> Event | None:
    start, end = node.head_start, node.head_end
    hours = _HOURS.match(ctx.text, start, end)
    start = hours.end() if hours else start
    while end > start and ctx.text[end - 1] in "：。；，； \u3000":
        end -= 1
    bracket = _BRACKET.search(ctx.text[start:end])
    end = start + bracket.start() if bracket and bracket.start() else end
    start = max((b + 1 for _, b in cut(ctx.mask, start, end, "—")[:-1]), default=start)
    plain = unknown_name(ctx, start, end) and not _EXHORTS.match(ctx.text, start, end)
    if (
        not plain
        or _STAGE.search(ctx.text, start, end)
        or ctx.lexicon.patterns["papers.hand_in"].search(ctx.text, start, end)
    ):
        return None
    start = _behind_verb(ctx, start, end)
    event = Event(
        id="", name=ctx.words(start, end), kind=event_kind(ctx.lexicon, ctx.text[start:end]), src=ctx.src(start, end),
        rule="event.heading", conf="mid" if headed(ctx, start, end) else "low",
        questions=() if headed(ctx, start, end) else (IS_IT_ONE,),
    )  # fmt: skip
    return _placed(ctx, event, node, body_start, deciding)


def _behind_verb(ctx: Context, start: int, end: int) -> int:
    """举办一场讲座 is named 讲座: a name does not begin with what is done and how often, if it is one without them."""
    verb = opening(ctx, start, end)
    at = trimmed(ctx, Item(verb.end("verb"), end))[0] if verb and verb.start("verb") == start else start
    return at if at < end and strong(ctx, at, end) else start


def _is_event_name(ctx: Context, start: int, end: int, *, has_verb: bool) -> bool:
    named = "“" in ctx.text[start:end]
    if not has_verb and (_SAYS.search(ctx.mask, start, end) or (ctx.mask[end - 1] == "”" and ctx.mask[start] != "“")):
        return False  # X全称“…” explains a name
    return (
        strong(ctx, start, end)
        or ((has_verb or named) and headed(ctx, start, end))
        or bool(_SPREAD.search(ctx.text[start:end]))
    )


def _fuller(ctx: Context, event: Event, start: int, end: int) -> Event:
    """（一）启动仪式。…举办“X”启动仪式 — the body gives the whole name."""
    for a, b in sentences(ctx.mask, start, end):
        for other in sentence_events(ctx, a, b).events:
            if other.name != event.name and other.name.endswith(event.name):
                return replace(event, name=other.name, src=other.src, facets=other.facets, rule="event.heading_body")
    return event
