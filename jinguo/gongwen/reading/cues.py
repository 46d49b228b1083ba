"""Small cues inside a sentence: who acts, how binding it is, for whom, where, in what form, who answers for it."""

import re

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import Duty, Force, Group, Owner, Reach, Text, Venue
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.masks import HIDDEN, cut

_AFTER_SUBJECT = (
    "要|应|须|需|可|将|请|拟|不得|必须|务必|负责|承办|配合|牵头|开展|组织|结合|根据|围绕|按|认真|积极|充分|于|在|至少|，|分别|参照|报|把|派|推荐|的|"
    "和|及|每|举办|具体"
)
_BRACKETS = r"(?:[（(][^（）()\n]{1,12}[）)])"
_EACH = rf"各(?:[^，。；：、\n（(]{{0,10}}?{_BRACKETS})?[^，。；：、\n（(]{{0,12}}?"
_SUBJECT = re.compile(
    rf"(?P<who>{_EACH}(?:、(?:{_EACH}))*?)(?=(?:{_AFTER_SUBJECT}))|(?P<every>每个?[^，。；：、\n]{{1,8}}?{_BRACKETS}?)(?=至少|要|须|应|不少于|原则上)"
)
_DUTY = re.compile(
    r"(?<![重主纲首必纪摘概简次只])要(?![点求素闻务领害件塞旨么不紧])|必须|务必|(?<!相)应(?![急用邀])(?!对)|应当|须|需要"
)
_BAN = re.compile(r"不得|严禁|禁止|不准|不许|不允许|一律不|杜绝")
_PLAIN_BAN = re.compile(r"不(?=评奖|评比|收|搞|设|摊派|发放|强制|安排|报销|统一|重复|铺张|接受)|不要(?=求)?|不能")
_OPTION = re.compile(r"可以|(?<![许认不])可(?!持|靠|行|爱|喜|贵|能|信|谓|歌|观|见)|鼓励|提倡|倡导各")
_FACT = re.compile(r"(?:截至|截止)[^，。；]{1,12}[，,][^。；]{0,20}已|^已|目前已")
_REQUEST = re.compile(r"(?<![申邀聘])请(?![示客教])|希望")


def actor(ctx: Context, start: int, end: int) -> tuple[tuple[int, int] | None, Owner]:
    """The named subject's span, if any, and whose the action is. Nobody named means the addressees."""
    stop = min(end, start + 60)
    own = ctx.issuer_names.search(ctx.mask, start, stop)
    each = _SUBJECT.search(ctx.text, start, stop)
    if each and (own is None or each.start() <= own.start()) and _opens_clause(ctx, each.start(), start):
        return (each.start(), each.end()), "addressees"
    if own and _opens_clause(ctx, own.start(), start):
        return (own.start(), own.end()), "issuer"
    return None, "addressees"


def _opens_clause(ctx: Context, at: int, start: int) -> bool:
    return at == start or ctx.text[at - 1] in "，；。：、:\n \u3000由请” "


def force(ctx: Context, start: int, end: int, owner: Owner) -> Force:
    """How binding the words are. The first clause of the first sentence that says so decides; a bare imperative is a duty."""
    text = ctx.unquoted[start:end]
    if _FACT.search(text):
        return "fact"
    if owner == "issuer" and re.search("将|拟|计划|决定", text):
        return "plan"
    if _BAN.search(text):
        return "ban"
    first = ctx.mask.find("。", start, end)
    for a, b in cut(ctx.mask, start, first if first > 0 else end, "，；"):
        clause = ctx.unquoted[a:b]
        if _DUTY.search(clause):
            return "duty"
        if _OPTION.search(clause):
            return "option"
        if _REQUEST.search(clause):
            return "request"
    return "duty"


def reach(ctx: Context, spans: list[tuple[int, int]], owner: Owner) -> Reach:
    """Everyone, or those it suits, or the issuer itself; proposed from 因地制宜 and its like."""
    if owner == "issuer":
        return "issuer"
    return "suited" if any(ctx.find("words.suited", a, b) for a, b in spans) else "each"


def bans(ctx: Context, start: int, end: int) -> list[tuple[int, int, str]]:
    """Clauses that forbid: start, end and the thing forbidden."""
    found = []
    for a, b in cut(ctx.mask, start, end, "，；。！,;"):
        m = _BAN.search(ctx.text, a, b) or _PLAIN_BAN.match(ctx.text, a, b)
        if m:
            found.append((a, b, ctx.words(m.end(), b)))
    return found


def groups(ctx: Context, start: int, end: int) -> tuple[Group, ...]:
    """Whom it is for; each group once."""
    found: dict[str, Group] = {}
    words = ctx.lexicon.patterns["people.groups"]
    cued = re.compile(
        r"(?:面向|针对|关爱|慰问|走访|帮扶|服务于?)(?P<g>[^，。；、：\n“”]{1,10}?(?:妇女|女性|母亲|儿童|女童|群体|人员|青年|职工|家庭|老人))"
    )
    hits = [(m.start("g"), m.end("g"), "group.cue") for m in cued.finditer(ctx.unquoted, start, end)]
    hits += [(m.start(), m.end(), "group.lexicon") for m in words.finditer(ctx.unquoted, start, end)]
    for a, b, rule in sorted(hits, key=lambda h: (h[0], -h[1])):
        text = ctx.words(a, b)
        inside = any(
            s.start >= g.src[0].start and s.end <= g.src[-1].end for s in ctx.src(a, b) for g in found.values() if g.src
        )
        if text not in found and not inside:
            sensitive = ctx.lexicon.patterns["people.sensitive"].search(text) is not None
            found[text] = Group(text=text, sensitive=sensitive, src=ctx.src(a, b), rule=rule)
    return tuple(found.values())


_INTO = re.compile(
    r"(?<![推促改先增引前奋跟并共迈挺突演新排列放纳写编])(?:走|送|深)?(?:进入|进|到(?=[^，。；、]{2,8}[中去里]))(?!行|一步|展|程|取|步|而|度|修|口|出|来)(?P<place>[^，。；、：！？\n进]{2,16}?)"
    r"(?=[、，。；：！？\n进]|等|活动|开展|宣讲|宣传|$)"
)
_AT = re.compile(
    r"[在到](?P<place>[^，。；、：\n在]{2,10}?)(?=开展|举办|围绕|组织|设立|建立|举行|集中|宣传|讲|宣讲|慰问|走访)"
)


def venues(ctx: Context, start: int, end: int) -> tuple[Venue, ...]:
    """Each 进X is a kind of place of the same work; 在X counts when the place is of a known kind."""
    found: dict[str, Venue] = {}
    hits = [(m, "venue.into") for m in _INTO.finditer(ctx.unquoted, start, end) if "进" in m[0][:3]]
    hits += [(m, "venue.at") for m in _AT.finditer(ctx.unquoted, start, end)]
    for m, rule in sorted(hits, key=lambda hit: hit[0].start()):
        a, b = m.span("place")
        text = ctx.words(a, b)
        kind = ctx.lexicon.first_match("venues", text)
        if text and HIDDEN not in m["place"] and (rule == "venue.into" or kind) and text not in found:
            found[text] = Venue(text=text, kind=kind, src=ctx.src(a, b), rule=rule)
    return tuple(found.values())


_FORMS = re.compile(
    r"(?:通过|采取|采用|运用|利用|用好|以)(?P<list>[^，。；：！？\n]{2,60}?)(?:等(?P<open>[^，。；、：\n]{0,20}?)|(?:相结合的?|的|多种|各种)*)(?:形式|方式|载体|途径|渠道)"
)


def forms(ctx: Context, start: int, end: int) -> tuple[Text, ...]:
    """通过A、B、C等形式: A, B and C. They are ways of doing, never events of their own."""
    found: list[Text] = []
    for m in _FORMS.finditer(ctx.mask, start, end):
        for a, b in cut(ctx.mask, *m.span("list"), "、"):
            text = ctx.words(a, b)
            if 2 <= len(text) <= 16 and not re.search("为|的$", text) and ("、" in m["list"] or m["open"] is not None):
                found.append(Text(text=text, src=ctx.src(a, b), rule="form.list"))
    return tuple(found)


_ROLES = {
    "牵头": "lead", "责任": "responsible", "负责": "responsible", "配合": "support", "主办": "sponsor", "承办": "host",
    "协办": "co_host", "指导": "guide",
}  # fmt: skip
_ROLE_LABEL = re.compile(
    r"(?P<role>牵头|责任|配合|主办|承办|协办|指导)(?:单位|部门|科室)[ ]?[：:][ ]?(?P<units>[^\n；。）)]{2,80}?)(?=[；。\n）)]|[ \u3000]*(?:牵头|责任|配合|主办|承办|协办|指导|完成|联系)[^、，]{0,4}[：:]|$)"
)
_ROLE_CLAUSE = re.compile(
    r"(?:由)?(?P<units>[^，。；：\n（(）)]{2,40}?)(?:具体)?(?P<role>牵头|配合|主办|承办|协办|指导|负责)(?:组织|实施|落实|做好.{0,6}|，|。|；|）|$)"
)
_JOINTLY = re.compile(
    r"(?P<lead>[^，。；：\n（(]{2,20}?)会同(?P<support>[^，。；：\n（(]{2,30}?)(?=开展|组织|举办|制定|，|。|；|$)"
)


def duties(ctx: Context, start: int, end: int) -> tuple[Duty, ...]:
    """Who leads, supports, hosts. An outside department is marked: has it agreed (条例 19(6))?"""
    found: list[Duty] = []
    for m in _ROLE_LABEL.finditer(ctx.text, start, end):
        found += _units(ctx, m, "units", _ROLES[m["role"]], "duty.label")
    if found:
        return tuple(found)
    for a, b in _role_clauses(ctx, start, end):
        m = _ROLE_CLAUSE.match(ctx.text, a, b)
        if m:
            found += _units(ctx, m, "units", _ROLES[m["role"]], "duty.clause")
            continue
        joint = _JOINTLY.match(ctx.text, a, b)
        if joint:
            found += _units(ctx, joint, "lead", "lead", "duty.jointly") + _units(
                ctx, joint, "support", "support", "duty.jointly"
            )
    return tuple(found)


def _role_clauses(ctx: Context, start: int, end: int) -> list[tuple[int, int]]:
    clauses = cut(ctx.mask, start, end, "，；。")
    clauses += [
        (m.start() + 1, m.end() - 1) for m in re.compile(r"[（(][^（）()\n]{2,40}[）)]").finditer(ctx.text, start, end)
    ]
    return clauses


def _units(ctx: Context, m: re.Match[str], name: str, role: str, rule: str) -> list[Duty]:
    out: list[Duty] = []
    start, end = m.span(name)
    for a, b in cut(ctx.mask, start, end, "、，和与 \u3000"):
        text = ctx.words(a, b).removeprefix("由")
        if _is_unit(ctx.lexicon, text):
            at = b - len(text) if ctx.text[a:b].endswith(text) else a
            out.append(Duty(role=role, unit=text, external=_external(ctx, text), src=ctx.src(at, b), rule=rule))  # type: ignore[arg-type]
    return out


def _is_unit(lexicon: Lexicon, text: str) -> bool:
    ends = lexicon.compiled(
        "cues.unit",
        lambda lex: (
            rf"(?:各[^，。]{{1,14}}|.{{0,18}}{any_of([*lex.words('words', 'organ_ends'), '部', '室', '中心', '科', '站', '妇委会', '社', '支部'])})"
        ),
    )
    return len(text) >= 2 and ends.fullmatch(text) is not None


def _external(ctx: Context, text: str) -> bool:
    if text.startswith("各") or "妇" in text or (ctx.issuer and text in ctx.issuer):
        return False
    return re.search(any_of(ctx.lexicon.words("words", "external_ends")) + "$", text) is not None
