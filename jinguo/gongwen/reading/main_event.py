"""The event a whole paper is about, named in its title (关于举办…大赛的通知) or by the decision in its opening (…决定举办…).

A title often gathers many activities (“三八”节系列活动); then the ones the paper lists are its events (see `settling`).
"""

import re
from dataclasses import dataclass, replace

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import Event, EventKind, Owner
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.events import FACED, cuts, facets, generic, sentence_events, umbrella
from jinguo.gongwen.reading.kinds import GATHERINGS, event_kind
from jinguo.gongwen.reading.masks import cut, sentences
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.slots import held_at, paper_place, paper_when
from jinguo.gongwen.reading.splitting import headed, split_object, strong
from jinguo.gongwen.reading.standing import owner_of
from jinguo.gongwen.reading.windows import When, first_when, told

_NAME_LENGTH = range(2, 71)
_OPENING_SENTENCES = 4
_SUBJECT = 4  # characters of a subject that stands for the event
_A_LIST = 2  # events of a sentence that make it a list, not a decision on one
_APPEAL_WITHIN = 200  # characters of a paper without a title in which 倡议 tells what it is
_BEFORE_VERB = 20  # characters of a title that may stand before its verb (关于“三八”期间开展…)
DRIVES = ("开展", "组织开展", "联合开展", "寻找", "推荐", "推荐上报", "推荐申报", "选送", "报送")
_OPENS_TITLE = ("开展", "举办", "举行", "召开", "组织开展", "组织举办")  # 开展“七夕”主题活动的通知, its 关于 lost
_MODIFIERS = "(?:做好|抓好|认真|继续|进一步|积极|联合|集中|切实|深入|广泛|公开|面向.{2,12}?(?=征集|招募|招聘|选)|向.{2,10}?(?=征集|招募))*"
_INTENT = re.compile(
    "决定|拟|将(?![^，。；]{0,6}(?:材料|名单))|定于|计划|现(?!就|将|有|场|实|代|把)|特(?!通知|制定|此|别|色|将|就)|准备|兹"
)
_NAME_LEAD = re.compile(
    r"(?:以“[^”\n]{2,40}”为(?:主题|主线|内容|载体)的|主题为“[^”\n]{2,40}”的|由[^，。“]{2,24}参加的|[一两](?:场|次|期|个|届)"
    r"|(?:我|本)(?:校|院|市|县|区|省|会|国|镇|乡|街道|系统)(?=[^，。]{4})|(?:本次|此次|本届)(?=[^，。]{6})"
    r"|邀请[^，。“]{2,20}?[作做讲](?=[^，。作做讲]{2,30}(?:讲座|报告|辅导|授课|培训))|本单位|今年的?|有关|相关|关于|好|的)+"
)
_NAME_TAIL = re.compile("(?:有关|相关|的)?(?:工作|事项|事宜|通知|预告)?(?:一次|一场)?(?:（以下简称[^（）]*）)?$")
_PLAIN_TITLE = re.compile(
    r"(?:【[^】\n]*】|附件\d?[：:])?(?P<name>.+?)(?:的)?(?:实施方案|工作方案|活动方案|活动计划|策划方案|方案|启事|公告|通知|邀请函|招募令|竞赛规程|规程|章程)?"
    r"(?:来啦|开始啦|启动啦|启动|报名啦|！)?$"
)
_RESULT = re.compile("予以公示|进行公示|公示如下|公示期|予以表彰|决定授予|特此公示|予以通报|发出(?:如下)?倡议|我们倡议")
_ARRANGED = re.compile("安排如下|主要活动(?:有|如下)|经[^，。；]{0,16}(?:研究|审批|同意)")
_OTHER_HELD = re.compile("[将于][^，。；]*(?:举办|举行|召开|开幕)")
_TAKES_PLACE = re.compile(r"(?:将|拟|定)?于[^，。；]{4,30}?(?:开展|举行|举办|召开|开幕|启动)")
_PASSED = re.compile(
    "《(?P<title>关于[^《》]+)》[^。；]{0,24}(?:转发|转给|印发给)|转发[^。；《]{0,20}《(?P<title2>关于[^《》]+)》"
)
_FORWARD = re.compile("转发[^“《\\d关]{0,24}?(?=[“\\d关《])")
_CROWD = re.compile("[^“，。]{0,8}(?:教工|职工|教师|妇女|女性|青年|同志|会员|干部|员工|家庭|儿童|学生)(?=“)")
_TO_ALL = re.compile("面向|向社会|公开征集")
_URGES = re.compile("做好|抓好")
_SETS_OUT = re.compile(
    "实施|深化|推进|加强|落实|贯彻|学习|深入|完善|建立|规范|做好|进一步|推荐|申报|报送|选树|选送|上报|推动|提升|公布|下达|转发"
)
_WHOM = re.compile("[^，。；、“《]{2,14}?(?P<verb>开展|举办|举行)")
_PRAISES = re.compile("表彰(?!大会|会|暨)|表扬|命名|授予|通报|公布|公示|调整|成立|修订|废止|加强|规范|清理")


@dataclass(frozen=True)
class Main:
    """The paper's own event, or the two or three its title names. umbrella: the name gathers many. deciding: whose
    decision the opening tells, if any. barren: the paper tells a result or appeals; only what it dates is to be held. result: a
    公示 or 决定, which asks nobody to carry out anything."""

    events: tuple[Event, ...]
    umbrella: bool
    deciding: Owner | None
    barren: bool = False
    result: bool = False


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    verb: str
    clause: tuple[int, int]
    forwarded: bool = False


def main_event(ctx: Context, nodes: list[Node], opening_end: int) -> Main:
    """What the paper is about, with its time, place and owner. No event when it tells a result, sets a rule or appeals."""
    title = _title(ctx)
    decided = _decision(ctx, _limit(ctx, nodes, opening_end))
    deciding = _deciding(ctx, _limit(ctx, nodes, opening_end))
    if _tells_a_result(ctx, title, opening_end):
        appeal = re.search("倡议", ctx.text[: title[1] if title else _APPEAL_WITHIN]) is not None
        return Main((), False, deciding, barren=True, result=not appeal)
    named = _titled(ctx, *title) if title else None
    if named is None or (decided is not None and _says_more(ctx, named, decided)):
        named = decided
    if named is None:
        return Main((), False, deciding)
    event = _event(ctx, named, decided, nodes, deciding, _limit(ctx, nodes, opening_end))
    stands = bool(nodes) or event.date or event.window or event.place or len(ctx.view.in_zone("body", "after")) > 1
    return Main(_each(ctx, named, event) if stands else (), umbrella(ctx.lexicon, event.name), deciding)


def _each(ctx: Context, named: _Named, whole: Event) -> tuple[Event, ...]:
    """举办女子健步走和妇女论坛 names two. A time told for the paper holds for each; one place or day for two is doubtful."""
    if whole.verb not in ctx.lexicon.words("events", "verbs"):
        return (whole,)
    items = split_object(ctx, named.start, named.end)
    if len(items) < 2 or not all(strong(ctx, i.start, i.end) for i in items):
        if len(items) != 1:
            return (whole,)
        faces = facets(ctx, items[0], items[0].start, items[0].end)
        kind = faces[0].kind if faces and items[0].rule in FACED and faces[0].kind != "other" else whole.kind
        return (replace(whole, facets=faces, kind=kind, cuts=cuts(ctx, items[0])),)
    listed = whole.window is not None and whole.window.rule == "window.days"  # as doubtful as one day
    return tuple(
        replace(
            whole, name=ctx.words(i.start, i.end), kind=event_kind(ctx.lexicon, ctx.text[i.start : i.end]), conf="mid",
            date=None, time=None, place=None, window=None if listed else whole.window, src=ctx.src(i.start, i.end), cuts=cuts(ctx, i),
        )
        for i in items
    )  # fmt: skip


def _title(ctx: Context) -> tuple[int, int] | None:
    paragraph = next(iter(ctx.view.in_zone("title")), None)
    return (paragraph.start, paragraph.end) if paragraph else None


def _tells_a_result(ctx: Context, title: tuple[int, int] | None, opening_end: int) -> bool:
    if title is not None:
        matter = re.sub("[“《].*?[”》]", "", ctx.text[title[0] : title[1]])
        end = ctx.lexicon.compiled(
            "main.no_event", lambda lexicon: any_of(lexicon.words("papers", "no_event")) + "(?:的.{2,4})?$"
        )
        if end.search(matter) or re.search(rf"关于(?:{_PRAISES.pattern})", matter) or matter.endswith("决定"):
            return True
    body = ctx.view.in_zone("body")
    return (
        bool(body)
        and _RESULT.search(ctx.text, body[0].start, min(body[-1].end, max(opening_end, body[0].start + 300)))
        is not None
    )


def _verbs(lexicon: Lexicon) -> str:
    held, called = lexicon.words("events", "verbs"), lexicon.words("events", "calling_verbs")
    attending = any_of(lexicon.words("events", "attending_verbs"))
    attend = rf"组织(?:[^，。；“《]{{0,14}}?)(?P<attend>{attending})|(?P<attend2>{attending})"
    return rf"(?:{attend}|(?P<call>{any_of([v for v in called if v not in held])})|(?P<hold>{any_of(held)}))(?!的|了|单位|方式|者|办法|要求|情况)"


def _titled(ctx: Context, start: int, end: int) -> _Named | None:
    """关于举办X的通知; in 转发《关于举办X的通知》 the inner one; X大赛启事."""
    text = ctx.text[start:end]
    genre = re.compile(rf"(?:的|”|》)[ ]?(?:预|补充|紧急)?{any_of(ctx.lexicon.genres)}(?=[》”（]|$|发布)")
    about = text.rfind("关于")
    forwarded = "转发" in text or "《" in text[:about]
    if about < 0:
        m = _PLAIN_TITLE.match(text)
        if m is None:
            return None
        a, b = start + m.start("name"), start + m.end("name")
        held = ctx.lexicon.compiled("main.verb", _verbs).match(ctx.text, a, b)
        return _name_in(ctx, a, b, forwarded=forwarded, verb_first=bool(held and held["hold"] in _OPENS_TITLE))
    else:
        stop = genre.search(text, about)
        a, b = start + about + 2, start + (stop.start() + (text[stop.start()] != "的") if stop else len(text))
    return _name_in(ctx, a, b, forwarded=forwarded, verb_first=about >= 0)


def _name_in(ctx: Context, start: int, end: int, *, forwarded: bool, verb_first: bool) -> _Named | None:
    clause = (start, end)
    passed = _FORWARD.match(ctx.text, start, end)
    if passed:
        start, forwarded = passed.end(), True
    lead = re.compile(_MODIFIERS).match(ctx.text, start, end)
    at = lead.end() if lead else start
    verbs = ctx.lexicon.compiled("main.verb", _verbs)
    m = (
        (verbs.match(ctx.text, at, end) or verbs.search(ctx.mask, at, min(end, at + _BEFORE_VERB)))
        if verb_first
        else None
    )
    verb = ""
    if m is not None:
        verb, at = _verb_and_start(ctx, m, end)
    a, b = _trim(ctx, at, end)
    if _URGES.search(ctx.text[start:at]) and not strong(ctx, a, b):
        return None  # 关于做好走访慰问工作的通知 asks for work, not for an event
    if not verb and _SETS_OUT.match(ctx.text, a, b):
        return None
    if not _is_name(ctx, a, b, called=bool(m and (m["call"] or m["attend"] or m["attend2"])), verb=verb):
        return None
    return _Named(a, b, verb, clause, forwarded)


def _verb_and_start(ctx: Context, m: re.Match[str], end: int) -> tuple[str, int]:
    """The verb and where the name begins: a call keeps its verb (征集…); what one attends stands after the verb if it is an event."""
    if m["hold"]:
        inner = ctx.lexicon.compiled("main.verb", _verbs).match(ctx.text, m.end(), end)
        if inner is not None and inner["hold"]:
            return inner[0], inner.end()
        if inner is not None and m[0] == "组织" and (inner["attend"] or inner["attend2"]):
            return _verb_and_start(ctx, inner, end)
        who = _WHOM.match(ctx.mask, m.end(), end) if m[0] == "组织" else None
        return ("组织", who.end()) if who else (m[0], m.end())
    if m["call"]:
        return m["call"], m.start("call")
    group = "attend" if m["attend"] else "attend2"
    whole = headed(ctx, m.end(group), end) and m[group] in ("参加", "参与", "参观")
    return m[group], m.end(group) if whole and "博物馆" not in ctx.text[m.end(group) : end] else m.start(group)


def _trim(ctx: Context, start: int, end: int) -> tuple[int, int]:
    """Without a time, a place, or 我校 before the name, and without 工作 after it."""
    while True:
        when = first_when(ctx, start, min(end, start + 24))
        lead = _NAME_LEAD.match(ctx.text, start, end)
        if when is not None and when.start == start and when.end < end and ctx.text[when.end] not in "“年度":
            start = when.end
        elif lead and lead.end() < end:
            start = lead.end()
        elif crowd := _CROWD.match(ctx.text, start, end):
            start = crowd.end()
        else:
            break
    tail = _NAME_TAIL.search(ctx.text[start:end])
    if tail and tail.start() > 0:
        end = start + tail.start()
    while start < end and ctx.text[start] in " \u3000，：":
        start += 1
    while start < end and ctx.text[end - 1] in " \u3000，：":
        end -= 1
    return start, end


def _is_name(ctx: Context, start: int, end: int, *, called: bool, verb: str) -> bool:
    if end - start not in _NAME_LENGTH or ctx.lexicon.patterns["events.pointing"].match(ctx.text, start, end):
        return False
    if called:
        return end - start > len(verb) + 1 and not generic(ctx, start, end)
    if generic(ctx, start, end):
        return False
    return headed(ctx, start, end) or umbrella(ctx.lexicon, ctx.text[start:end])


def _limit(ctx: Context, nodes: list[Node], opening_end: int) -> int:
    """Where the first sentences end: at the cue, else at the first heading."""
    body = ctx.view.in_zone("body")
    if not body or opening_end > body[0].start:
        return opening_end
    return nodes[0].start if nodes else body[-1].end


def _decision(ctx: Context, limit: int) -> _Named | None:
    """…决定举办X, 现面向…征集X in the first sentences of the body."""
    body = ctx.view.in_zone("body")
    if not body:
        return None
    before = [p for p in ctx.view.in_zone("other") if ctx.text[p.end - 1] == "。"]
    opening = [(a, b) for p in [*before, *body] for a, b in sentences(ctx.mask, p.start, p.end) if a < limit]
    return next((found for a, b in opening[:_OPENING_SENTENCES] if (found := _decided(ctx, a, b))), None)


def _deciding(ctx: Context, limit: int) -> Owner | None:
    """Whose plan the opening tells; a paper without addressees and one that closes with 安排如下 tell the issuer's own."""
    body = ctx.view.in_zone("body")
    if not body:
        return None
    verbs = ctx.lexicon.compiled("main.verb", _verbs)
    for paragraph in body:
        for a, b in sentences(ctx.mask, paragraph.start, min(paragraph.end, limit)) if paragraph.start < limit else ():
            intent = _INTENT.search(ctx.mask, a, b)
            if intent is not None and verbs.search(ctx.mask, intent.start(), b):
                return owner_of(ctx, a, b)
    arranged = _ARRANGED.search(ctx.text, body[0].start, max(limit, body[0].start)) is not None
    return "issuer" if arranged or not ctx.view.in_zone("recipients") else None


def _decided(ctx: Context, start: int, end: int) -> _Named | None:
    passed = _PASSED.search(ctx.text, start, end)
    if passed:
        a, b = passed.span("title" if passed["title"] else "title2")
        found = _titled(ctx, a, b)
        return found and replace(found, clause=(start, end), forwarded=True)
    intent = _INTENT.search(ctx.mask, start, end)
    if intent is None:
        return None
    for a, b in cut(ctx.mask, intent.start(), end, "，；。！：\n"):
        for m in ctx.lexicon.compiled("main.verb", _verbs).finditer(ctx.mask, a, b):
            verb, at = _verb_and_start(ctx, m, b)
            begin, finish = _trim(ctx, at, b)
            if _is_name(ctx, begin, finish, called=m["hold"] is None, verb=verb):
                alone = m["hold"] is None or len(sentence_events(ctx, start, end).events) < _A_LIST
                return _Named(begin, finish, verb, (start, end)) if alone else None
    return None


def _says_more(ctx: Context, title: _Named, decided: _Named) -> bool:
    """The opening names in full what the title names in general (关于举办比赛的通知)."""
    short, full = ctx.text[title.start : title.end], ctx.text[decided.start : decided.end]
    if title.verb == decided.verb == "召开" and "“" not in short + full and short[-2:] == full[-2:]:
        return len(full) > len(short)  # the body gives a meeting its full name
    return "“" not in short and short != full and full.endswith(short) and len(short) < 12


def _event(
    ctx: Context, named: _Named, decided: _Named | None, nodes: list[Node], deciding: Owner | None, limit: int
) -> Event:
    name = ctx.words(named.start, named.end)
    by_post = ctx.lexicon.patterns["papers.by_post"].search(name) is not None
    when = (
        paper_when(ctx, nodes, by_post=by_post)
        or _when_decided(ctx, named)
        or (_when_decided(ctx, decided) if decided else None)
        or _when_told(ctx, name, limit)
    )
    kind = _kind(ctx, named, name)
    place = paper_place(ctx, nodes) or (held_at(ctx, *decided.clause) if decided else None)
    event = Event(
        id="", name=name, kind=kind, place=place, verb=named.verb, **told(when),
        src=ctx.src(named.start, named.end), rule="event.title" if named.clause != (decided.clause if decided else None) else "event.decision",
        conf="high" if named.verb else "mid",
    )  # fmt: skip
    return replace(event, owner=_owner(ctx, named, event, deciding))


def _kind(ctx: Context, named: _Named, name: str) -> EventKind:
    """Of a call (征集沙龙主题) the verb tells what it is."""
    called = named.verb in ctx.lexicon.words("events", "calling_verbs") and name.startswith(named.verb)
    kind = event_kind(ctx.lexicon, named.verb) if called else "other"
    return kind if kind != "other" else event_kind(ctx.lexicon, name)


def _when_decided(ctx: Context, named: _Named) -> When | None:
    """The day or the window in the clauses of the decision, before the name."""
    found: When | None = None
    at = _own_words(ctx, named)
    while (when := first_when(ctx, at, named.start)) is not None:
        found, at = when, when.end
    return found or _when_said(ctx, named.clause)


def _own_words(ctx: Context, named: _Named) -> int:
    """Where the decision begins: of a call for helpers (运动会将于…举行，现招募志愿者) after what they are called for."""
    if named.verb not in ctx.lexicon.words("events", "calling_verbs"):
        return named.clause[0]
    before = cut(ctx.mask, named.clause[0], named.start, "，；")
    return next((b for a, b in reversed(before[:-1]) if _OTHER_HELD.search(ctx.text, a, b)), named.clause[0])


def _when_said(ctx: Context, clause: tuple[int, int]) -> When | None:
    """X将于9月15—21日开展 in the sentence of the decision."""
    for m in _TAKES_PLACE.finditer(ctx.text, *clause):
        when = first_when(ctx, m.start(), m.end())
        if when is not None:
            return when
    return None


def _when_told(ctx: Context, name: str, limit: int) -> When | None:
    """2022年全国科普日将于9月15—21日开展 before the cue, where the subject is a part of the event's name."""
    for paragraph in ctx.view.in_zone("body"):
        for m in _TAKES_PLACE.finditer(ctx.text, paragraph.start, max(min(paragraph.end, limit), paragraph.start)):
            subject = re.split("[，。；：]", ctx.text[paragraph.start : m.start()])[-1]
            if len(subject) >= _SUBJECT and subject in name:
                return first_when(ctx, m.start(), m.end())
    return None


def _owner(ctx: Context, named: _Named, event: Event, deciding: Owner | None) -> Owner:
    """A drive (开展…活动) is for the addressees to carry out; what has one day and place, or calls on everybody, is not."""
    if named.forwarded or deciding == "other":
        return "other"
    one_gathering = event.kind in GATHERINGS or bool(event.date and event.place)
    calls = event.kind == "selection" and _TO_ALL.search(ctx.text, *named.clause) is not None
    drives = named.verb in DRIVES and bool(ctx.view.in_zone("recipients"))
    return "addressees" if drives and not (one_gathering or calls) else "issuer"
