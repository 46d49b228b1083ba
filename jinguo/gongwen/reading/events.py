"""Events a sentence names: the issuer's own list and the gatherings asked for. Names are verbatim; no date is supplied."""

import re
from dataclasses import dataclass, replace

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import Conf, Cut, Event, Facet, Owner
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.cues import actor, asked
from jinguo.gongwen.reading.kinds import event_kind
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.responsibility import duties
from jinguo.gongwen.reading.slots import held_at
from jinguo.gongwen.reading.splitting import Item, headed, split_object, strong
from jinguo.gongwen.reading.view import HAN
from jinguo.gongwen.reading.windows import When, first_when, told

_CLAUSE_ENDS = "，；。！？："
_NAME_LENGTH = 60
_BARE = 2  # characters of a class word alone (比赛)
_LEAD_LENGTH = 80  # characters between the start of a clause and its verb

_PERIOD = re.compile("[^，。；]{0,24}(?:期间|届时|同时|此外|另外|前后|前夕|节日里)，?")
_INTENDS = re.compile("(?:将|拟|计划|定于)(?!.{0,8}(?:报|作为))")
_MODE = re.compile("（(?P<mode>(?:线上线下|线上|线下|网上|现场|云端)(?:[、和+与](?:线上|线下|现场))?)）")
_HELD_ONCE = re.compile("办好?(?=[一两三]|\\d)")
_LEADING_COUNT = re.compile(r"(?:[一两二三四五六七八九十]|\d{1,3})(?:场次|场|次|期|个|批|届|组)(?:以上)?的?")
_TRAILING = re.compile(r"（[^（）]{0,40}）$|[各共]?(?:一|两|\d+)(?:场|次|期)$")
_NOT_EVENT = re.compile("的(?:通知|要求|重要|情况|意义|热情|能力|作用)|(?:工作|精神|情况|制度|方案|体系|机制|发展)$")
_VAGUE = re.compile("^.*(?:多样|多彩|丰富|广泛|各类|各种|系列|鲜明|相关|有关|特色|群众性|形式)的?")
_VAGUE_START = re.compile("^(?:各项|各类|好|相关|妇女|节日|纪念|主题)")
_MANY_KINDS = re.compile(
    "^[^“”]{0,14}(?:形式多样|丰富多彩|丰富多样|多种形式|形式活泼|各具特色|特色鲜明|内容丰富|喜闻乐见|健康向上|有益)[^“”]{0,12}的"
)
_ATTENDED = re.compile("[^，。；“《]{0,14}?(?:参加|参与|参观|观看|收看)(?:关于)?")
_QUOTED = re.compile("“([^“”\n]+)”")
_HELD_ON = re.compile(
    r"(?P<name>[^，。；：由]{4,40}?)(?:将|拟|定|计划|拟定|兹定)?于[^，。；]{0,30}\d[^，。；]{0,40}?(?P<verb>举行|举办|召开|进行|开展|启动|开幕)$"
)
_OF_LEVEL = re.compile(
    "(?:全|各)?(?:省|市|县|区|乡镇|镇|街道|村|社区|校|院|系|班|基层|单位|支部){1,2}(?:级|内|本级|层面)?(?:的)?活动"
)
IS_IT_ONE = "这是一项活动吗？"
_UNKNOWN_LENGTH = range(3, 25)  # characters
_SENTENCE = re.compile(
    "[，。；：？！]|[的了着过地]$|^[的是在有被把将向对]|[要应须将]|为了|通过|以及|工作$|情况$|办法$|单位|部门|时间|地点|方式|人员|要求|内容|名单|标准"
    "|^(?:地点|时间|方|者|权|地|期|城市|国|机构|条件|目的|意义|形式|经费|前|后|上述|该|此|各|其|一[次场些])"
)
FACED = ("event.joined_by_ji", "event.one_with_two_faces")


@dataclass(frozen=True)
class Found:
    """Events of one sentence. plan: the issuer announces its own list."""

    events: list[Event]
    owner: Owner
    plan: bool


def period_opening(ctx: Context, start: int, end: int) -> bool:
    """The paragraph opens with …期间, 届时, 同时 …"""
    return _PERIOD.match(ctx.text, start, end) is not None


def count_verbs(ctx: Context, start: int, end: int) -> int:
    """How many clauses of the stretch open a verb group."""
    return sum(opening(ctx, a, b) is not None for a, b in cut(ctx.mask, start, end, _CLAUSE_ENDS))


def announces_plan(ctx: Context, start: int, end: int) -> bool:
    """市妇联将…: the issuer says what it will do itself."""
    for m in ctx.issuer_names.finditer(ctx.mask, start, end):
        if _INTENDS.search(ctx.mask, m.start(), min(end, m.end() + 12)):
            return count_verbs(ctx, start, end) > 0
    return False


def sentence_events(ctx: Context, start: int, end: int) -> Found:
    """The events one sentence names, grouped by verb."""
    plan = announces_plan(ctx, start, end)
    span, owner = _holder(ctx, start, end)
    owner = "issuer" if plan else owner
    who = ctx.words(*span) if span else None
    events: list[Event] = []
    standing: When | None = None  # 节日期间，… holds for the whole list; a day beside a verb for that verb alone
    opened: re.Match[str] | None = None
    group, holding = 0, False
    for a, b in cut(ctx.mask, start, end, _CLAUSE_ENDS):
        own_subject = _subject_event(ctx, a, b)
        if own_subject is not None:
            events.append(replace(own_subject, owner=owner, owner_text=who, group=group))
            continue
        m = opening(ctx, a, b)
        lead_end = m.start("verb") if m else b
        own = first_when(ctx, a, lead_end) if a < lead_end else None
        if own is not None and (m is None or own.window is not None):
            standing = own
        when = own or standing
        if m is not None:
            opened, group = m, group + 1
            items = _items(ctx, m, b)
            holding = m["verb"] in ctx.lexicon.words("events", "holding_verbs")
        elif opened is not None and _continues(ctx, a, b):
            items = split_object(ctx, a, b)
        else:
            continue
        place = held_at(ctx, a, b)
        events += [
            replace(event, verb=opened["verb"], group=group, owner=owner, owner_text=who, place=place, **told(when))
            for event in _events_of(ctx, items, plan=plan, holding=holding)
        ]  # fmt: skip
    return Found(events, owner, plan)


def _holder(ctx: Context, start: int, end: int) -> tuple[tuple[int, int] | None, Owner]:
    """Who acts in the sentence; not those whom it asks to come once it has said what is held."""
    span, owner = actor(ctx, start, end)
    if span and asked(ctx, start, span[0]) and count_verbs(ctx, start, span[0]):
        return None, "addressees"
    return span, owner


def _subject_event(ctx: Context, start: int, end: int) -> Event | None:
    """X将于9月29日在南区举行: what is held is the subject."""
    m = _HELD_ON.match(ctx.mask, start, end)
    if m is None or ("“" not in ctx.text[start : m.end("name")] and not strong(ctx, m.start("name"), m.end("name"))):
        return None
    when = first_when(ctx, m.end("name"), end)
    if when is None or generic(ctx, *m.span("name")) or not headed(ctx, *m.span("name")):
        return None
    name = ctx.words(*m.span("name"))
    return Event(
        id="", name=name, kind=event_kind(ctx.lexicon, name), place=held_at(ctx, m.end("name"), end), verb=m["verb"],
        src=ctx.src(*m.span("name")), rule="event.subject", conf="mid", **told(when),
    )  # fmt: skip


def opening(ctx: Context, start: int, end: int) -> re.Match[str] | None:
    """The event verb that opens a group in this clause; None when what stands before it is something else."""
    verb = ctx.lexicon.compiled("events.opening", _opening_source)
    m = verb.search(ctx.mask, start, end)
    if m is None or m.end() >= end:
        return None
    if m["verb"] == "组织":  # 组织志愿者开展…: what is held stands after the second verb
        inner = verb.search(ctx.mask, m.end(), end)
        if inner and inner.end() < end and "、" not in ctx.mask[m.end() : inner.start()]:
            return inner
    lead = ctx.mask[start : m.start()].strip()
    if len(lead) > _LEAD_LENGTH:
        return None
    return m if not lead or ctx.lexicon.compiled("events.lead", _lead_source).fullmatch(lead) else None


def _opening_source(lexicon: Lexicon) -> str:
    verbs = any_of([*lexicon.words("events", "verbs"), *lexicon.words("events", "doing_verbs")])
    not_verbs = "的|了(?!解)|好|起|者|单位|部门|要求|方式|机构|力度|领导|实施|策划|协调|保障|动员|不|仪式|式|大会|工作|[、和]承办|方"
    meets = rf"(?<!{HAN})开(?=“|[^，。；、展设办始辟幕放发]{{1,12}}会)"  # 开“三八”座谈会, as a school says it
    return rf"(?P<verb>{verbs}|{meets})(?!{not_verbs})"


def _lead_source(lexicon: Lexicon) -> str:
    """What may stand before the verb: adverbs, a subject with its modal, a place, a unit, a time."""
    adverbs = f"(?:{any_of(lexicon.words('events', 'before_verb'))}|要|可|应|须)*"
    subject = "[^，。；：要以把为对使让]{0,30}?"
    modal = "(?:将|拟|计划|要|还将|可以|可|应|须|(?:定于|联合|会同)[^，]*?)"
    place = (
        r"(?:[^，。；]{0,20}|\d[^，。；]{0,44})[在于][^，。；]{2,24}"  # several days and an hour are a long beginning
    )
    unit = f"{subject}(?:妇联|单位|部门|县区|社区|乡镇|街道|工会|分会|支部|团委|委员会|学院|中心|协会|妇委会|女工委|女职委){adverbs}"
    ordinal = "[一二三四五六七八九十]{1,2}[是要]"
    time = r"[^，。；]{0,6}(?:\d{1,2}月|日|上午|下午|期间|旬|午|节后|节前|前夕|当天)[^，。；]{0,10}"
    together = "[^，。；]{0,24}以[^，。；]{2,8}为单位"
    return f"(?:{ordinal})?(?:{subject}{modal})?{adverbs}|{place}|{unit}|{time}|{together}{adverbs}"


def _items(ctx: Context, m: re.Match[str], end: int) -> list[Item]:
    if m["verb"] in ctx.lexicon.words("events", "doing_verbs"):
        return [Item(m.start("verb"), end, "event.doing")]
    if ctx.lexicon.patterns["events.calling_verbs"].match(ctx.mask, m.end("verb"), end):
        return [Item(m.end("verb"), end, "event.called")]  # 开展寻找“A”“B”活动: one search for both
    return split_object(ctx, m.end("verb"), end)


def _continues(ctx: Context, start: int, end: int) -> bool:
    """A clause without a verb goes on with the list only when it is a noun phrase that ends like an event."""
    says_more = re.search(
        "[要将把为以使让是]|通过|引导|组织|动员|推动|报道|部署|宣传(?!活动|月|周|日)", ctx.mask[start:end]
    )
    if ctx.lexicon.patterns["events.before_verb"].match(ctx.mask, start, end):
        return False
    return strong(ctx, start, end) and end - start <= _NAME_LENGTH and says_more is None


def _events_of(ctx: Context, items: list[Item], *, plan: bool, holding: bool) -> list[Event]:
    """The events of one group. A mode before the first （线上、线下） may or may not hold for the others: a person is asked."""
    made = [_event(ctx, item, plan=plan, holding=holding) for item in items]
    mode = made[0].mode if made and made[0] else ()
    question = f"“{'、'.join(mode)}”是否也适用于这一项？"
    doubtful = [replace(e, conf="mid", questions=(question,)) if e and mode else e for e in made[1:]]
    return [e for e in [*made[:1], *doubtful] if e is not None]


def _event(ctx: Context, item: Item, *, plan: bool, holding: bool) -> Event | None:
    start, end, mode = trimmed(ctx, item)
    if start >= end:
        return None
    known = _acceptable(ctx, item, start, end, plan=plan)
    if not known and not (holding and unknown_name(ctx, start, end)):
        return None
    parts = facets(ctx, item, start, end)
    kind = event_kind(ctx.lexicon, ctx.text[start:end], container=item.rule == "event.container")
    if item.rule in FACED and parts and parts[0].kind != "other":
        kind = parts[0].kind  # the first face leads: 揭牌仪式及联谊活动 is a ceremony
    conf: Conf = "high" if headed(ctx, start, end) else "low"
    return Event(
        id="", name=ctx.words(start, end), kind=kind, facets=parts, mode=mode, open=item.open, cuts=cuts(ctx, item),
        src=ctx.src(start, end), rule=item.rule if known else "event.unknown_head", conf=conf if known else "low",
        duties=duties(ctx, end, item.end), questions=() if known else (IS_IT_ONE,),
    )  # fmt: skip


def unknown_name(ctx: Context, start: int, end: int) -> bool:
    """A noun phrase after 举办 or in a list of events whose last word the lexicon does not know (春季茶叙): a person is asked."""
    name = ctx.text[start:end]
    long = end - start in _UNKNOWN_LENGTH
    return long and not generic(ctx, start, end) and sounds_like_event(ctx, start, end) and not _SENTENCE.search(name)


def trimmed(ctx: Context, item: Item) -> tuple[int, int, tuple[str, ...]]:
    """The item's own words and its mode: without （线上、线下） and a count before it, blanks, and a bracket after it."""
    start, end = item.start, item.end
    mode: tuple[str, ...] = ()
    found = _MODE.match(ctx.text, start, end)
    if found:
        mode, start = tuple(re.split("[、和+与]", found["mode"])), found.end()
    held = _HELD_ONCE.match(ctx.text, start, end)
    start = held.end() if held else start
    count = _LEADING_COUNT.match(ctx.text, start, end)
    if count and count.end() < end and item.rule != "event.components":
        start = count.end()
    tail = _TRAILING.search(ctx.text[start:end])
    if tail and tail.start() > 0 and item.rule != "event.doing":
        end = start + tail.start()
    attended = _ATTENDED.match(ctx.text, start, end)
    if attended and attended.end() < end and item.rule != "event.doing" and strong(ctx, attended.end(), end):
        start = attended.end()  # 组织女职工参加X: what is held is X
    also = ctx.mask.find("并", start, end)
    if also > start and strong(ctx, start, also):
        end = also  # 召开领队会议并抽签分组
    while start < end and ctx.text[start] in " \u3000：的":
        start += 1
    while start < end and ctx.text[end - 1] in " \u3000：":
        end -= 1
    return start, end, mode


def _acceptable(ctx: Context, item: Item, start: int, end: int, *, plan: bool) -> bool:
    """The issuer's own list is taken as it stands; elsewhere an event needs a full head or a name, not 宣传活动 alone."""
    if end - start > _NAME_LENGTH or not sounds_like_event(ctx, start, end):
        return False
    if plan:
        return end - start > _BARE and not _points(ctx, ctx.text[start:end]) and (item.open or headed(ctx, start, end))
    whole = item.rule in ("event.container", "event.components")
    full = whole or (item.open and item.rule != "event.container") or strong(ctx, start, end) or named(ctx, start, end)
    listed = item.open and item.rule != "event.container"
    listing = item.rule == "event.container" and bool(item.parts)
    if listing and "“" not in ctx.text[start:end] and not any(headed(ctx, a, b) for a, b in item.parts):
        return False  # 陪母亲出游、看电影等节日活动: ways to spend a day
    plain = generic(ctx, item.parts[0][0], item.parts[0][1]) if listing else generic(ctx, start, end)
    return item.rule != "event.doing" and full and (listed or headed(ctx, start, end)) and not plain


def named(ctx: Context, start: int, end: int) -> bool:
    """A name of its own in quotation marks: not “两癌”, not “三八”."""
    known = (*ctx.lexicon.words("names", "abbreviations"), *ctx.lexicon.words("names", "festivals"))
    return any(m[1] not in known for m in _QUOTED.finditer(ctx.text, start, end))


def sounds_like_event(ctx: Context, start: int, end: int) -> bool:
    """Not 做好工作, not …的通知."""
    return _NOT_EVENT.search(ctx.mask, start, end) is None


def generic(ctx: Context, start: int, end: int) -> bool:
    """学习教育活动, 形式多样的宣传活动: too general to be an event unless a name in marks says which."""
    name = ctx.text[start:end]
    if _points(ctx, name) or _OF_LEVEL.fullmatch(name):
        return True
    if "“" in name:
        return False
    bare = _VAGUE_START.sub("", _VAGUE.sub("", name))
    return bare == "" or bare in ctx.lexicon.words("events", "generic")


def _points(ctx: Context, name: str) -> bool:
    """以下活动, 形式多样的庆祝活动: says that there are some, not which."""
    return bool(ctx.lexicon.patterns["events.pointing"].match(name) or _MANY_KINDS.match(name))


def umbrella(lexicon: Lexicon, name: str) -> bool:
    """“三八”节系列活动, 文化体育活动: a name for many activities."""
    return lexicon.compiled("events.umbrella", _umbrella_source).search(name) is not None


def _umbrella_source(lexicon: Lexicon) -> str:
    ends, classes = any_of(lexicon.words("events", "umbrella_ends")), any_of(lexicon.words("events", "class_words"))
    festival = any_of(lexicon.words("names", "festivals"))
    of_festival = rf"{festival}[”节日]{{0,2}}[^“”]{{0,24}}(?<![赛展会班座])(?<!志愿服务)活动$"
    return rf"{ends}$|系列.{{0,6}}活动$|^(?:{classes})+(?:活动|行动|服务)$|{of_festival}"


def facets(ctx: Context, item: Item, start: int, end: int) -> tuple[Facet, ...]:
    """The faces, members or components of an item that stays whole."""
    found = []
    components = item.rule == "event.components"
    for a, b in item.parts:
        a, b = (a, b) if components else (max(a, start), min(b, end))
        text = ctx.words(a, b).strip('“”"') if components else ctx.words(a, b)
        if text:
            kind = event_kind(ctx.lexicon, ctx.text[a:b])
            found.append(Facet(text=text, kind=kind, src=ctx.src(a, b), rule=item.rule))
    return tuple(found)


def cuts(ctx: Context, item: Item) -> tuple[Cut, ...]:
    """The cut that was made beside the item, or the one that could be."""
    src = ctx.src(item.start, item.end)
    if item.made:
        return (Cut(made=True, names=(ctx.words(item.start, item.end),), src=src, rule=item.made),)
    if item.refused:
        rule, spans = item.refused
        return (Cut(made=False, names=tuple(ctx.words(a, b) for a, b in spans), src=src, rule=rule, conf="mid"),)
    return ()
