"""Report duties: who sends what to whom, how, by when. 及时 stays undated; an object may stand before 请, after 将, or last."""

import re
from dataclasses import dataclass, replace

from jinguo.gongwen.parts import Contact, Deadline, ReportDuty
from jinguo.gongwen.reading.contacts import contacts
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.cues import actor, force
from jinguo.gongwen.reading.deadlines import deadlines
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.quantities import quantities

_ORG = r"(?!请|须|要)(?:(?!报送|上报|推荐|提交|名单|[至到给\d])[^，。；：、\n（(“]){1,18}?(?:妇联|部|办公室|办|室|科|处|局|委|会|中心|组|邮箱|信箱|平台|系统)"
_VERB = re.compile(
    rf"(?P<verb>报送|上报|报备|报至|报到|报给|反馈|填报|提交|发送|发至|寄至|寄送|送至|交至|交到|发到|传至|(?<![汇海简申填画板墙预公通举警])报(?!名|告|表|道|酬|销|刊|纸|考|价|奖|批|社|送|到|备|至|给)(?={_ORG})|汇总(?=至|到)报?)"
    r"(?:一份)?(?P<to>(?:至|到|给|往)?(?=[^，。；]))"
)
_SEND = re.compile("报送|上报|提交|报|反馈|填报|发送|发|寄|送|交")
_NOT_SEND = re.compile("报送(?:要求|时间|方式|格式|内容|范围|工作|情况不)|报送的|的报送|信息报送|反馈意见建议箱")
_TARGET = re.compile(rf"(?:至|到|给|往)?(?P<org>{_ORG})(?=[，。；、：\n（(]|备案|邮箱|审核|汇总|$)")
_TARGET_IN = re.compile(rf"向(?P<org>{_ORG})$")
_CONSEQUENCE = re.compile("逾期(?:未报(?:送)?的?)?(?:，)?(?:一律)?(?:视为|视同|按)?(?P<what>[^，。；\n]{2,16})")
_FORM = re.compile(
    r"盖章[^，。；、）]{0,6}|一式[一二三四五六两\d]份|纸质[^，。；、）]{0,4}|电子[版稿档][^，。；、）]{0,2}|扫描件|[Ww][Oo][Rr][Dd]\s?版|PDF\s?版|加盖公章[^，。；、）]{0,8}"
)
_LEAD_WORDS = re.compile(
    r"^(?:请|须|要|应|务必|并|同时|还|需)*(?:各(?:[^，。；、将把请]{1,14}?)(?=将|把|请|于|要|须|应))?(?:请|须|要|应|务必|并|同时|需)*"
)


@dataclass(frozen=True)
class Found:
    """One duty with its deadlines; `start`/`end` are the sentence in the view, `clause` where its own words begin."""

    duty: ReportDuty
    deadlines: tuple[Deadline, ...]
    start: int
    end: int
    clause: int


def report_duties(ctx: Context, start: int, end: int, node: str | None) -> list[Found]:
    """The duties of one sentence; usually none or one."""
    found: list[Found] = []
    for m in _VERB.finditer(ctx.mask, start, end):
        if _is_noun(ctx, m, start, end) or any(f.clause <= m.start() < f.end for f in found):
            continue
        made = _duty(ctx, m, start, end, node)
        if made is not None:
            found.append(made)
    return found[:1] if found else []


def _is_noun(ctx: Context, m: re.Match[str], start: int, end: int) -> bool:
    around = ctx.text[max(start, m.start() - 2) : min(end, m.end() + 4)]
    return bool(_NOT_SEND.search(around)) or ctx.text[max(start, m.start() - 1) : m.start()] in ("海", "画", "简", "喜")


def _duty(ctx: Context, m: re.Match[str], start: int, end: int, node: str | None) -> Found | None:
    clause = _clause_start(ctx, m.start(), start)
    target = _target(ctx, m, clause, end)
    thing, rule = _object(ctx, m, clause, start, end, target)
    due = deadlines(ctx, start, end, node)
    soft = ctx.find("words.soft", clause, min(end, m.end() + 2)) or ctx.find("words.soft", start, m.start())
    reached = target or due or soft or _channels(ctx, start, end)
    if not reached and (not thing or m["verb"] not in ("报送", "上报") or "可" in ctx.text[clause : m.start()]):
        return None
    span, _ = actor(ctx, start, m.start())
    who = _who(ctx, span)
    duty = ReportDuty(
        id="", text=ctx.words(start, end), who=who, object=thing, to=target, rule=rule,
        channels=tuple(_channels(ctx, start, end)), force=force(ctx, start, end, "addressees"),
        soft=soft[0] if soft and not any(d.date for d in due) else None, form=tuple(f[0] for f in _FORM.finditer(ctx.text, start, end)),
        limits=quantities(ctx, start, end), consequence=_consequence(ctx, start, end), node=node, src=ctx.src(start, end),
        inferred=not who,
    )  # fmt: skip
    if not due and soft:
        due = [_soft_deadline(ctx, soft, thing, node)]
    return Found(_with_due(duty, due), tuple(replace(d, what=thing or d.what) for d in due), start, end, clause)


def _clause_start(ctx: Context, at: int, start: int) -> int:
    """Where the words of the duty begin: its own clause, further back when that one starts with 请 or a date."""
    clauses = cut(ctx.mask, start, at + 1, "，；。,;")
    first = clauses[-1][0]
    for a, b in reversed(clauses[:-1]):
        if re.match("[^，；]*(?:将|把)", ctx.mask[first:at]) and not re.search("前|后", ctx.mask[a:b][-3:]):
            break
        if re.search(
            "情况|材料|总结|方案|信息|名单|作品|表|资料|报告|成果|照片|前|日内|结束后|起$", ctx.mask[a:b][-14:]
        ):
            first = a
        else:
            break
    return first


def _target(ctx: Context, m: re.Match[str], clause: int, end: int) -> str | None:
    after = _TARGET.match(ctx.text, m.end("verb"), end)
    if after:
        return after["org"].strip()
    before = _TARGET_IN.search(ctx.text[clause : m.start()])
    if before:
        return before["org"]
    bracket = re.compile(rf"(?:发|报|送|寄)?(?:送)?(?:至|到)(?P<org>{_ORG})").search(ctx.text, m.end(), end)
    return bracket["org"].strip() if bracket else None


def _object(ctx: Context, m: re.Match[str], clause: int, start: int, end: int, target: str | None) -> tuple[str, str]:
    """The thing to send, and the rule that found it."""
    before = ctx.text[clause : m.start()]
    taken = re.search(r"(?:将|把)(?P<thing>(?:(?!将|把).)+)$", before, re.S)
    if taken:
        return _clean_object(taken["thing"]), "report.taken_object"
    if target is None or not ctx.text.startswith(target, m.end()):
        after = re.compile(r"(?P<thing>[^，。；：\n（(]{2,40})").match(ctx.text, m.end("verb"), end)
        if after and not re.match("至|到|给|往", after["thing"]):
            return _clean_object(re.split(rf"(?:至|到|给)(?={_ORG})", after["thing"])[0]), "report.object_after"
    fronted = re.search(r"(?P<thing>[^，；]{2,40})[，,]?(?:请|须|要|应|务必)?[^，；]{0,12}$", before, re.S)
    words = ctx.text[clause : m.start()]
    parts = [p for p in re.split("[，,；]", words) if p.strip()]
    thing = next(
        (p for p in reversed(parts) if re.search("情况|材料|总结|方案|信息|名单|作品|表|资料|报告|成果|照片|稿", p)),
        None,
    )
    if thing is None and fronted:
        thing = fronted["thing"]
    return _clean_object(_without_subject(ctx, thing or "")), "report.fronted_object"


def _without_subject(ctx: Context, text: str) -> str:
    """各县（区）、各单位开展活动的情况 → 开展活动的情况."""
    m = re.match(r"各(?:[^，。；]*?)(?=开展|组织|推荐|报送|请|要|须|应|可|于|将|把|的)", text.strip())
    return text.strip()[m.end() :] if m else text.strip()


def _clean_object(text: str) -> str:
    text = re.sub(r"\s", "", text)
    text = re.sub("^(?:请|须|要|应|并|于|各单位|以下|的|有关)+", "", text)
    text = re.sub("^(?:至少|不少于)?(?:\\d+|[一两二三四五六七八九十])(?:篇|份|条|张|个|期|则)(?=.)", "", text)
    text = re.sub(
        r"(?:于|在)?(?:\d{4}年)?\d{1,2}月\d{0,2}日?(?:[（(][^（）]*[）)])?(?:下班|上午|下午)?(?:\d{1,2}[:：时点]\d{0,2})?(?:之?前|以前)",
        "",
        text,
    )
    text = re.sub(
        "(?:及时|尽快|第一时间|随时|适时|一并|统一|汇总后?|按时|如实|请|须|要|应|务必|以邮件形式|通过邮箱|通过邮件|以书面形式|书面)+$",
        "",
        text,
    )
    text = re.sub("（[^（）]*）", "", text)
    return re.sub("^(?:及时|尽快)|[，,、：]+$", "", text)


def _who(ctx: Context, span: tuple[int, int] | None) -> tuple[str, ...]:
    if span is None:
        return ()
    return tuple(ctx.words(a, b) for a, b in cut(ctx.mask, *span, "、"))


def _channels(ctx: Context, start: int, end: int) -> list[Contact]:
    return [c for c in contacts(ctx, start, end) if c.kind in ("email", "fax", "phone", "address")]


def _consequence(ctx: Context, start: int, end: int) -> str | None:
    m = _CONSEQUENCE.search(ctx.text, start, end)
    return m["what"].strip() if m else None


def _soft_deadline(ctx: Context, m: re.Match[str], thing: str, node: str | None) -> Deadline:
    return Deadline(
        id="", text=m[0], soft=m[0], what=thing, src=ctx.src(m.start(), m.end()), rule="deadline.soft", node=node,
        questions=(f"原文只写“{m[0]}”，没有日期。要不要定一个内部日期？",),
    )  # fmt: skip


def _with_due(duty: ReportDuty, due: list[Deadline]) -> ReportDuty:
    questions: list[str] = [q for d in due for q in d.questions]
    first = next((d for d in due if d.date), None) or next(iter(due), None)
    if first is None:
        return replace(duty, questions=("原文没有写报送期限。要不要定一个内部日期？",))
    return replace(
        duty, due=first.date, time=first.time, edge=first.edge, anchor=first.anchor, recurrence=first.recurrence,
        inferred=duty.inferred or first.inferred, questions=tuple(questions),
    )  # fmt: skip
