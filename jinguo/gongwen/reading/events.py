"""Events: the issuer's own list and the named gatherings a notice asks for. Names are verbatim; no date is ever supplied."""

import re
from dataclasses import dataclass, replace

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import Conf, Cut, Event, EventKind, Facet, Owner, Window
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.cues import actor, duties
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.splitting import Item, headed, split_object, strong
from jinguo.gongwen.reading.windows import When, first_when

_PERIOD = re.compile(r"^[^，。；]{0,24}(?:期间|届时|同时|此外|另外|前后|前夕|节日里)[，,]?")
_PLAN = re.compile("将|拟|计划|还将|定于|决定")
_MODE = re.compile(r"[（(](?P<mode>(?:线上|线下|网上|现场|云端|线上线下)(?:[、和+与](?:线上|线下|现场))?)[）)]")
_LEADING_COUNT = re.compile(r"(?:[一两二三四五六七八九十]|\d{1,3})(?:场次|场|次|期|个|批|届|组)(?:以上)?的?")
_TRAILING = re.compile(r"[（(][^（）()]{0,40}[）)]$|(?:各|共)?(?:一|两|\d+)(?:场|次|期)$")
_NOT_EVENT = re.compile("的(?:通知|要求|重要|情况|意义|热情|能力|作用)|工作$|精神$|情况$|制度$|方案$|体系$|机制$")
_SPREAD = re.compile("进(?:万家|社区|校园|企业|乡村|机关|家庭|基层|网络|军营|村居|楼宇)$")
_PLACE = re.compile(r"在(?P<place>[^，。；、：\n在]{2,24}?)(?=召开|举办|举行|开展|启动|组织|进行|集中)")


@dataclass(frozen=True)
class Found:
    """Events of one sentence. plan: the issuer announces its own list."""

    events: list[Event]
    owner: Owner
    plan: bool


def period_opening(ctx: Context, start: int, end: int) -> bool:
    """The paragraph opens with …期间, 届时, 同时 …"""
    return _PERIOD.match(ctx.text[start : min(end, start + 40)]) is not None


def count_verbs(ctx: Context, start: int, end: int) -> int:
    """How many clauses of the stretch open a verb group."""
    return sum(_opening(ctx, a, b) is not None for a, b in cut(ctx.mask, start, end, "，；。！？"))


def announces_plan(ctx: Context, start: int, end: int) -> bool:
    """市妇联将…: the issuer says what it will do itself."""
    for m in ctx.issuer_names.finditer(ctx.mask, start, end):
        follows = ctx.mask[m.start() : min(end, m.end() + 12)]
        if re.search("(?:将|拟|计划|定于)(?!.{0,8}(?:报|作为))", follows) or m[0].endswith("将"):
            return count_verbs(ctx, start, end) > 0
    return False


def sentence_events(ctx: Context, start: int, end: int) -> Found:
    """The events one sentence names, grouped by verb."""
    plan = announces_plan(ctx, start, end)
    span, owner = actor(ctx, start, end)
    if plan:
        owner = "issuer"
    when, events, group = None, [], 0
    opened: re.Match[str] | None = None
    for a, b in cut(ctx.mask, start, end, "，；。！？,;"):
        m = _opening(ctx, a, b)
        when = _clause_when(ctx, a, m.start("verb") if m else b) or when
        if m is not None:
            opened, group = m, group + 1
            items = _items(ctx, m, b)
        elif opened is not None and _continues(ctx, a, b):
            items = split_object(ctx, a, b)
        else:
            continue
        for event in _events_of(ctx, items, opened, group, plan):
            if event is not None:
                events.append(_placed(ctx, replace(event, owner=owner), a, b, when, plan))
    if span is not None:
        who = ctx.words(span[0], span[1])
        events = [replace(e, owner_text=who) for e in events]
    return Found(events, owner, plan)


def _events_of(ctx: Context, items: list[Item], m: re.Match[str], group: int, plan: bool) -> list[Event | None]:
    """The events of one group. A mode before the first （线上、线下） may or may not hold for the others: a person is asked."""
    made = [_event(ctx, item, m, group, plan) for item in items]
    mode = made[0].mode if made and made[0] else ()
    if not mode:
        return made
    question = f"“{'、'.join(mode)}”是否也适用于这一项？"
    return [made[0], *(replace(e, conf="mid", questions=(question,)) if e else None for e in made[1:])]


def _opening(ctx: Context, start: int, end: int) -> re.Match[str] | None:
    """The match of an event verb that opens a group in this clause, or None when its left side is something else."""
    m = ctx.lexicon.compiled("events.opening", _opening_source).search(ctx.mask, start, end)
    if m is None or m.end() >= end:
        return None
    if m["verb"] == "组织":  # 组织志愿者开展…: what is held stands after the second verb
        inner = ctx.lexicon.compiled("events.opening", _opening_source).search(ctx.mask, m.end(), end)
        if inner and inner.end() < end and not re.search("[、；]", ctx.mask[m.end() : inner.start()]):
            return inner
    lead = ctx.mask[start : m.start()].strip()
    return m if not lead or ctx.lexicon.compiled("events.lead", _lead_source).fullmatch(lead) else None


def _opening_source(lexicon: Lexicon) -> str:
    verbs = any_of([*lexicon.words("events", "verbs"), *lexicon.words("events", "doing_verbs")])
    return rf"(?P<verb>{verbs})(?!的|了(?!解)|好|起|者|单位|部门|要求|方式|机构|力度|领导|实施|策划|协调|保障|动员|不|仪式|式|大会|工作)"


def _lead_source(lexicon: Lexicon) -> str:
    """What may stand before the verb: adverbs; a subject; a time or a place; 与…联合."""
    words = any_of(lexicon.words("events", "before_verb"))
    subject = r"[^，。；：要以把为对使让]{0,30}?"
    return rf"(?:{subject}(?:将|拟|计划|要|还将|定于[^，]*?|联合[^，]*?|会同[^，]*?|可|应|须|可以))?(?:{words}|要|可|应|须)*|[^，。；]{{0,20}}(?:在|于)[^，。；]{{2,24}}|{subject}(?:妇联|单位|部门|县区|社区|乡镇|街道)(?:{words})*|[^，。；]{{0,6}}(?:\d{{1,2}}月|日|上午|下午|期间|旬|午)[^，。；]{{0,10}}"


def _items(ctx: Context, m: re.Match[str], end: int) -> list[Item]:
    start = m.end("verb")
    if m["verb"] in ctx.lexicon.words("events", "doing_verbs"):
        return [Item(m.start("verb"), end, "event.doing")]
    return split_object(ctx, start, end)


def _continues(ctx: Context, start: int, end: int) -> bool:
    """A clause without a verb goes on with the list only when it is a noun phrase that ends like an event."""
    text = ctx.mask[start:end]
    return (
        strong(ctx, start, end)
        and len(text) <= 40
        and not re.search("[要将把为以使让]|通过|引导|组织|动员|是|推动", text)
    )


def _clause_when(ctx: Context, start: int, end: int) -> When | None:
    return first_when(ctx, start, end) if start < end else None


def _event(ctx: Context, item: Item, m: re.Match[str], group: int, plan: bool) -> Event | None:
    start, end, mode = _trimmed(ctx, item)
    if start >= end or not _acceptable(ctx, item, start, end, plan):
        return None
    name = ctx.words(start, end)
    kind = event_kind(ctx, ctx.text[start:end], container=item.rule == "event.container")
    facets = _facets(ctx, item, start, end)
    if (
        len(facets) > 1
        and item.rule in ("event.joined_by_ji", "event.one_with_two_faces")
        and facets[0].kind != "other"
    ):
        kind = facets[0].kind
    conf: Conf = "high" if headed(ctx, start, end) else "low"
    return Event(
        id="", name=name, kind=kind, facets=facets, verb=m["verb"], group=group, mode=mode, open=item.open,
        cuts=_cuts(ctx, item), src=ctx.src(start, end), rule=item.rule, conf=conf,
    )  # fmt: skip


def _trimmed(ctx: Context, item: Item) -> tuple[int, int, tuple[str, ...]]:
    """The item's own words: without a leading mode （线上、线下）, a leading count, blanks and a trailing bracket."""
    start, end = item.start, item.end
    mode: tuple[str, ...] = ()
    found = _MODE.match(ctx.text, start, end)
    if found:
        mode, start = tuple(re.split("[、和+与]", found["mode"])), found.end()
    count = _LEADING_COUNT.match(ctx.text, start, end)
    if count and count.end() < end and item.rule != "event.components":
        start = count.end()
    tail = _TRAILING.search(ctx.text[start:end])
    if tail and tail.start() > 0 and item.rule != "event.doing":
        end = start + tail.start()
    while start < end and ctx.text[start] in " \u3000：:的":
        start += 1
    while start < end and ctx.text[end - 1] in " \u3000：:":
        end -= 1
    return start, end, mode


def _acceptable(ctx: Context, item: Item, start: int, end: int, plan: bool) -> bool:
    name = ctx.text[start:end]
    if len(name) > 60 or _NOT_EVENT.search(ctx.mask[start:end]) or "\n\n" in name:
        return False
    if plan:
        return True
    if item.rule == "event.doing":
        return False
    alone = item.rule in ("event.container", "event.components") or strong(ctx, start, end) or "“" in name
    return alone and headed(ctx, start, end) and not _generic(ctx, name)


def _generic(ctx: Context, name: str) -> bool:
    """学习教育活动, 形式多样的宣传活动: too general to be an event unless a name in marks says which."""
    if "“" in name or '"' in name:
        return False
    bare = re.sub(r"^.*(?:多样|多彩|丰富|广泛|各类|各种|系列|鲜明|相关|有关|一系列|特色|群众性|形式)(?:的)?", "", name)
    bare = re.sub("^(?:各项|各类|好|相关|妇女|节日|纪念|主题|形式多样的|丰富多彩的|多种形式的)", "", bare)
    return bare == "" or bare in ctx.lexicon.words("events", "generic")


def _facets(ctx: Context, item: Item, start: int, end: int) -> tuple[Facet, ...]:
    out = []
    for a, b in item.parts:
        if item.rule != "event.components":
            a, b = max(a, start), min(b, end)
        text = ctx.words(a, b)
        if text:
            text = text.strip('“”"') if item.rule == "event.components" else text
            out.append(Facet(text=text, kind=event_kind(ctx, ctx.text[a:b]), src=ctx.src(a, b), rule=item.rule))
    return tuple(out)


def _cuts(ctx: Context, item: Item) -> tuple[Cut, ...]:
    found: list[Cut] = []
    if item.made:
        name = ctx.words(item.start, item.end)
        found.append(Cut(made=True, names=(name,), src=ctx.src(item.start, item.end), rule=item.made))
    if item.refused:
        rule, spans = item.refused
        names = tuple(ctx.words(a, b) for a, b in spans)
        found.append(Cut(made=False, names=names, src=ctx.src(item.start, item.end), rule=rule, conf="mid"))
    return tuple(found)


def event_kind(ctx: Context, name: str, *, container: bool = False) -> EventKind:
    """The kind whose word ends nearest the end of the name; words inside quotation marks only if nothing stands outside."""
    bare = re.sub("“[^”]*”|《[^》]*》", lambda m: " " * len(m[0]), name)
    if container:
        bare = bare[max(bare.rfind("等"), 0) :]
    found = _nearest_kind(ctx.lexicon, bare) or (None if container else _nearest_kind(ctx.lexicon, name))
    return found or "other"


def _nearest_kind(lexicon: Lexicon, text: str) -> EventKind | None:
    kinds: dict[str, list[str]] = lexicon.tables["event_kinds"]
    by_word = {word: kind for kind, words in kinds.items() for word in words}
    best: tuple[int, int, str] | None = None
    for word, kind in by_word.items():
        at = text.rfind(word)
        if at >= 0 and (best is None or (at + len(word), len(word)) > best[:2]):
            best = (at + len(word), len(word), kind)
    return best[2] if best else None  # type: ignore[return-value]


def _placed(ctx: Context, event: Event, start: int, end: int, when: When | None, plan: bool) -> Event:
    """Date or window, place and responsible units found in the clause."""
    place = _PLACE.search(ctx.text, start, end)
    window: Window | None = when.window if when else None
    day = when.day if when else None
    return replace(
        event, date=day.day.isoformat() if day and day.day else None, time=day.time if day else None, window=window,
        place=place["place"].replace("\n", "") if place else None, duties=duties(ctx, start, end) if "（" in ctx.text[start:end] else (),
        inferred=bool(day and day.inferred),
    )  # fmt: skip


def heading_event(ctx: Context, start: int, end: int) -> Event | None:
    """An item whose heading is itself an event: （二）举办庆“三八”座谈会, （三）“书香三月”读书分享会."""
    stop = end - (ctx.text[end - 1] in "。：:；") if end > start else end
    tail = re.compile(r"[（(][^（）()\n]{2,40}[）)]$").search(ctx.text[start:stop])
    if tail and tail.start() > 0:
        stop = start + tail.start()
    pieces = cut(ctx.mask, start, stop, "，；。")
    if not pieces:
        return None
    start = pieces[-1][0]  # a slogan may stand before the event
    m = _opening(ctx, start, stop)
    if stop - start > 60 or (len(pieces) > 1 and m is None):
        return None
    at = m.end("verb") if m else start
    if m and m["verb"] in ctx.lexicon.words("events", "doing_verbs"):
        return None
    if not (
        strong(ctx, at, stop)
        or (m and headed(ctx, at, stop))
        or _named_activity(ctx, at, stop)
        or _SPREAD.search(ctx.text[at:stop])
    ):
        return None
    items = split_object(ctx, at, stop)
    if len(items) != 1 or (
        re.search("^(?:要|做好|加强|抓好|深化|推进|提升|强化|认真|积极|精心|高度|严格|切实)", ctx.text[start:stop])
        and m is None
    ):
        return None
    item = items[0]
    begin, finish, mode = _trimmed(ctx, item)
    name = ctx.words(begin, finish)
    if not name or _generic(ctx, ctx.text[begin:finish]) or _NOT_EVENT.search(ctx.text[begin:finish]):
        return None
    return Event(
        id="", name=name, kind=event_kind(ctx, ctx.text[begin:finish]), verb=m["verb"] if m else "", facets=_facets(ctx, item, begin, finish),
        mode=mode, cuts=_cuts(ctx, item), src=ctx.src(begin, finish), rule="event.heading",
        conf="high" if m else "mid", duties=duties(ctx, start, end),
    )  # fmt: skip


def _named_activity(ctx: Context, start: int, end: int) -> bool:
    return "“" in ctx.text[start:end] and headed(ctx, start, end)
