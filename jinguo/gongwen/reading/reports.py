"""Report duties: who sends what to whom, how, by when. 及时 stays undated; an object may stand before 请, after 将, or last."""

import re
from dataclasses import dataclass, replace

from jinguo.gongwen.parts import Deadline, ReportDuty
from jinguo.gongwen.reading.contacts import contacts
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.cues import actor, force
from jinguo.gongwen.reading.deadlines import deadlines
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.quantities import quantities

_ORG = (
    r"(?!请|须|要)(?:(?!报送|上报|推荐|提交|名单|[至到给\d])[^，。；、：\n（“]){1,18}?"
    "(?:妇联|部|办公室|办|室|科|处|局|委|会|中心|组|邮箱|信箱|平台|系统)"
)
_VERB = re.compile(
    rf"""(?P<verb>报送|上报|报备|报至|报到|报给|反馈|填报|提交|发送|发至|发到|寄至|寄送|送至|交至|交到|传至
       | (?<![汇海简申填画板墙预公通举警])                                  # not 汇报, 海报, 申报
         报(?![名告表道酬销刊纸考价奖批社送到备至给])(?={_ORG})               # 报 | 县妇联办公室
       | (?<=[表册单执》料品片稿结告后前并请一时内，本份）起])交(?![友响谊心流通易换接付谈给至到费纳警往由])(?={_ORG})
                                                                           # 回执 | 交 | 公司工会, not 交友会
       | 汇总(?=[至到]))
       (?P<to>[至到给往]?)""",
    re.VERBOSE,
)
_NOUN = re.compile(
    "(?:报送|提交|上报|反馈|发送|填报)(?:要求|时间|日期|方式|格式|内容|范围|工作|地址|地点|邮箱|截止|期限|渠道|途径)|(?:报送|上报|提交|填报)的|的报送|信息报送|画报|喜报"
)
_TARGET = re.compile(
    rf"[至到给往]?(?P<org>{_ORG})(?=[，。；、：\n（]|备案|邮箱|审核|汇总|[\u4e00-\u9fff]{1, 2}(?:老师|同志|主任)(?:[，。；、：\n（]|$)|$)"
)
_TARGET_BEFORE = re.compile(rf"向(?P<org>{_ORG})$")
_TARGET_LATER = re.compile(rf"[发报送寄]?送?[至到](?P<org>{_ORG})")

_THINGS = "情况|材料|总结|方案|信息|名单|作品|表|资料|报告|成果|照片|稿"
_BELONGS = re.compile(
    rf"(?:{_THINGS}|回执|登记册|》|前|日内|结束后|起$)"
)  # a clause that ends so goes on with the duty after it
_BELONGS_WITHIN = 14  # last characters of that clause
_TAKEN = re.compile(r"[将把](?P<thing>[^将把]+)$")
_AFTER = re.compile(r"(?P<thing>[^，。；：\n（]{2,40})")
_SUBJECT = re.compile("各[^，。；]*?(?=开展|组织|推荐|报送|请|要|须|应|可|于|将|把|的)")
_HAN_OR_DIGITS = "[\\d一二三四五六七八九十]"
_DUE_WORDS = (
    rf"[于在]?(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|(?:\d{{4}}年)?{_HAN_OR_DIGITS}{{1,2}}月(?:{_HAN_OR_DIGITS}{{1,3}}[日号]|[底末]|[上中下]旬)?)"
    r"(?:（[^（）]*）)?(?:下班|上午|下午)?(?:\d{1,2}[：:时点]\d{0,2})?(?:之?前|以前)"
)
_DAY_WORDS = rf"[于在]?(?:\d{{4}}年)?{_HAN_OR_DIGITS}{{1,2}}月{_HAN_OR_DIGITS}{{1,3}}[日号](?:（[^（）]*）)?(?:下班|上午|下午|中午)?(?:\d{{1,2}}[：:时点]\d{{0,2}})?"
_NOT_ASKED = re.compile("不得|严禁|禁止|无需|无须|不必|不用|不再|免于")
_NEXT_TAKEN = re.compile(rf"[^，；]{{0,16}}?{_DUE_WORDS}[^，；]{{0,2}}[将把]")
_PAIRS = (  # things that each have their own day before one verb
    re.compile(rf"(?P<thing>[^，。；、：]{{2,30}}?)[于在]{_DUE_WORDS}(?:[、和，]|[^，。；、]{{0,6}}$)"),
    re.compile(rf"{_DUE_WORDS}[将把](?P<thing>[^，。；、：将把]{{2,30}}?)(?:[、，和]|$)"),
)
_NOISE = (
    re.compile("^(?:请|须|要|应|并|于|各单位|以下|的|及时|尽快)+"),
    re.compile("^(?:填写?好|签好|做好|整理好)的(?=.)"),
    re.compile(
        "^[^，。；《“]{0,24}?(?:认真|如实|准确|逐项)?(?<!可)(?:填写|填好|填报)(?:好|完整)?(?=.*(?:表|单|册|回执|》)(?:（|$))"
    ),
    re.compile(r"^(?:至少|不少于)?(?:\d+|[一两二三四五六七八九十])(?:篇|份|条|张|个|期|则)(?=.)"),
    re.compile(_DUE_WORDS),
    re.compile("^(?:连同|[和与])(?=.)"),
    re.compile(
        "(?:及时|尽快|第一时间|随时|适时|一并|统一|汇总后?|按时|如实|请|须|要|应|务必|以邮件形式|通过邮[箱件]|以?书面形式|(?<=[\u4e00-\u9fff])书面)+$"
    ),
    re.compile(
        rf"(?:{_DAY_WORDS})?(?:通过[^，。；、]{{1,14}}|加盖[^，。；、]{{0,4}}章后?|(?:签字|签名|签章|盖章)+后|汇总后)?(?:（[^（）]*）)*，?$"
    ),
    re.compile("(?:（[^（）]*）)+$"),
    re.compile("由各[^，。；、：由]{1,12}$"),  # 材料由各单位统一报送
    re.compile("[，、：]+$"),
)  # what surrounds the thing to send, taken off in this order

_CONSEQUENCE = re.compile(r"逾期(?:未?不?报(?:送)?[的者]?)?，?(?:一律)?(?:视为|视同|按)?(?P<what>[^，。；\n]{2,16})")
_FORM = re.compile(
    r"盖章[^，。；、）]{0,6}|加盖公章[^，。；、）]{0,8}|一式[一二三四五六两\d]份|纸质[^，。；、）]{0,4}"
    r"|电子[版稿档][^，。；、）]{0,2}|扫描件|(?:[Ww][Oo][Rr][Dd]|PDF)\s?版"
)
_FIRM_VERBS = ("报送", "上报")
_CHANNELS = ("email", "fax", "phone", "address")


@dataclass(frozen=True)
class Found:
    """One duty with its deadlines. clause: where in the view its own words begin within the sentence."""

    duty: ReportDuty
    deadlines: tuple[Deadline, ...]
    clause: int


def report_duties(ctx: Context, start: int, end: int, node: str | None) -> list[Found]:
    """The duties of one sentence. Several verbs are one duty (on paper to one place, by mail to another) unless each has a
    day of its own."""
    found: list[Found] = []
    for a, b in _parted(ctx, start, end):
        made = _first(ctx, a, b, node)
        found += _each(ctx, *made) if made else []
    return found


def _first(ctx: Context, start: int, end: int, node: str | None) -> tuple[Found, int] | None:
    """The duty of the first verb that makes one, and where that verb stands."""
    for m in _VERB.finditer(ctx.mask, start, end):
        if not _NOUN.search(ctx.text, max(start, m.start() - 2), min(end, m.end() + 4)):
            made = _duty(ctx, m, start, end, node)
            if made is not None:
                return made, m.start()
    return None


def _parted(ctx: Context, start: int, end: int) -> list[tuple[int, int]]:
    """3月15日前将方案报办公室，4月20日前将总结报宣传部: the stretches that each say what is sent and by what day."""
    begins = [start]
    for a, b in cut(ctx.mask, start, end, "，；"):
        taken = _NEXT_TAKEN.match(ctx.text, a, b)
        whole = _VERB.search(ctx.mask, begins[-1], a) and re.search(_DUE_WORDS, ctx.text[begins[-1] : a])
        if taken and a > start and whole and _VERB.search(ctx.mask, a, b):
            begins.append(a)
    return list(zip(begins, [*begins[1:], end], strict=True))


def _each(ctx: Context, found: Found, verb: int) -> list[Found]:
    """方案于4月20日前、总结于12月10日前报宣传部: one verb, and each thing has its own day."""
    pairs = max((list(pair.finditer(ctx.text, found.clause, verb)) for pair in _PAIRS), key=len)
    dated = [due for due in found.deadlines if due.date]
    if len(pairs) < 2 or len(pairs) != len(dated) or len(dated) != len(found.deadlines):
        return [found]
    made = []
    for pair, due in zip(pairs, dated, strict=True):
        thing = _bare(pair["thing"])
        duty = replace(found.duty, object=thing, rule="report.each_its_day")
        made.append(Found(_with_due(duty, [due]), (replace(due, what=thing),), found.clause))
    return made


def _duty(ctx: Context, m: re.Match[str], start: int, end: int, node: str | None) -> Found | None:
    clause = _clause_start(ctx, m.start(), start)
    if _NOT_ASKED.search(ctx.text, clause, m.start()):
        return None  # 不得要求家庭上报
    target = _target(ctx, m, clause, end)
    if m["verb"] == "报到" and target is None:
        return None  # 7月15日报到: people check in, nothing is sent
    thing, rule = _object(ctx, m, clause, end, target)
    due = deadlines(ctx, start, end, node)
    soft = ctx.find("words.soft", start, min(end, m.end() + 2))
    channels = tuple(c for c in contacts(ctx, start, end) if c.kind in _CHANNELS)
    firm = thing and m["verb"] in _FIRM_VERBS and "可" not in ctx.text[clause : m.start()]
    if not (target or due or soft or channels or firm):
        return None
    if soft and not due:
        due = [_soft_deadline(ctx, soft, node)]
    last = cut(ctx.mask, start, m.start() + 1, "，；。")[-1][0]
    own = {d.src for d in deadlines(ctx, last, end, node) if d.date} if last > start else set()
    who = _who(ctx, start, m.start())
    duty = ReportDuty(
        id="", text=ctx.words(start, end), who=who, object=thing, to=target, channels=channels,
        soft=soft[0] if soft and not any(d.date for d in due) else None, force=force(ctx, start, end, "addressees"),
        form=tuple(f[0] for f in _FORM.finditer(ctx.text, start, end)), limits=quantities(ctx, start, end),
        consequence=consequence(ctx, start, end), node=node, src=ctx.src(start, end), rule=rule, inferred=not who,
    )  # fmt: skip
    mine = [d for d in due if d.src in own] or due  # 活动在4月20日前完成，总结于4月25日前报…: each has its day
    told = tuple(replace(d, what=thing or d.what) if d in mine else d for d in due)
    return Found(_with_due(duty, mine), told, clause)


def _clause_start(ctx: Context, at: int, start: int) -> int:
    """Where the words of the duty begin: its own clause, or one further back that names the thing or the time."""
    clauses = cut(ctx.mask, start, at + 1, "，；。")
    first = clauses[-1][0]
    for a, b in reversed(clauses[:-1]):
        names_thing = re.search("[将把]", ctx.mask[first:at]) and not re.search("[前后]", ctx.mask[max(a, b - 3) : b])
        if names_thing or not _BELONGS.search(ctx.mask, max(a, b - _BELONGS_WITHIN), b):
            break
        first = a
    return first


def _target(ctx: Context, m: re.Match[str], clause: int, end: int) -> str | None:
    """报送至X, 向X报送, or 报送材料到X."""
    found = (
        _TARGET.match(ctx.text, m.end("verb"), end)
        or _TARGET_BEFORE.search(ctx.text[clause : m.start()])
        or _TARGET_LATER.search(ctx.text, m.end(), end)
    )
    return found["org"].strip() if found else None


def _object(ctx: Context, m: re.Match[str], clause: int, end: int, target: str | None) -> tuple[str, str]:
    """The thing to send, and the rule that found it."""
    before = ctx.text[clause : m.start()]
    taken = _TAKEN.search(before)
    if taken:
        return _bare(taken["thing"]), "report.taken_object"
    after = _AFTER.match(ctx.text, m.end("verb"), end)
    goes_to = m["to"] or (target and ctx.text.startswith(target, m.end()))
    if after and not goes_to:
        return _bare(re.split(rf"[至到给](?={_ORG})", after["thing"])[0]), "report.object_after"
    parts = [part for part in re.split("[，；]", before) if part.strip()]
    named = [part for part in parts if re.search(_THINGS, part)]
    thing = (named or parts or [""])[-1].strip()
    return _bare(_SUBJECT.sub("", thing, count=1) if _SUBJECT.match(thing) else thing), "report.fronted_object"


def _bare(text: str) -> str:
    text = re.sub(r"\s", "", text)
    for pattern in _NOISE:
        text = pattern.sub("", text)
    return text


def _who(ctx: Context, start: int, end: int) -> tuple[str, ...]:
    span, _ = actor(ctx, start, end)
    return tuple(ctx.words(a, b) for a, b in cut(ctx.mask, *span, "、")) if span else ()


def consequence(ctx: Context, start: int, end: int) -> str | None:
    """What happens when it is late: 逾期视为放弃."""
    m = _CONSEQUENCE.search(ctx.text, start, end)
    return ctx.words(*m.span("what")) if m else None


def _soft_deadline(ctx: Context, m: re.Match[str], node: str | None) -> Deadline:
    question = f"原文只写“{m[0]}”，没有日期。要不要定一个内部日期？"
    src = ctx.src(*m.span())
    return Deadline(id="", text=m[0], soft=m[0], src=src, rule="deadline.soft", node=node, questions=(question,))


def _with_due(duty: ReportDuty, due: list[Deadline]) -> ReportDuty:
    first: Deadline | None = next((d for d in due if d.date), due[0] if due else None)
    if first is None:
        return replace(duty, questions=("原文没有写报送期限。要不要定一个内部日期？",))
    return replace(
        duty, due=first.date, time=first.time, edge=first.edge, anchor=first.anchor, recurrence=first.recurrence,
        inferred=duty.inferred or first.inferred, questions=tuple(q for d in due for q in d.questions),
    )  # fmt: skip
