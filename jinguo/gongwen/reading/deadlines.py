"""Times by which something is due: a day, the end of a month, the end of a window. 及时 is read with reports, undated.

Times counted from something else and repeating ones are in `recurring`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import Conf, Deadline, Recurrence
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import Moment, clock, moment, moment_pattern, month_part, resolve_year
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.recurring import recurring, relative
from jinguo.gongwen.reading.slots import time_slots, use_of
from jinguo.gongwen.reading.windows import When, first_when

_BEFORE = "(?:之前|以前|前(?![往后夕来期]))"
_EDGE = f"(?:点|整)?(?:下班|放学|上午|下午|中午|中午下班|下午下班)?{_BEFORE}"
_HANDING = "(?:报名|投稿|征稿|申报|征集|推荐|报送|提交|作品|参评|填报)"
_BORN = "[^，。；]{0,2}(?:出生|注册(?:成立|登记|的)|成立|取得|毕业|入职|登记在册|参加工作|任职|获得)"  # a condition, not a due time
_CUT_WORD = r"(?:截[止稿](?:时间|日期|到|至|期)?|交稿(?:时间|日期)|截至)[为是：于 ]{0,2}"
_DAY = re.compile(
    rf"(?P<cut>{_CUT_WORD})?[于在]?(?P<said>{moment_pattern('1')}(?P<edge>{_EDGE}|{_HANDING}{{0,2}}截[止稿]|止(?!步))?)(?!{_BORN})"
)
_MONTH = re.compile(
    r"[于在]?(?P<said>(?:(?P<y>\d{4})年|(?P<rel>今年|本年|明年))?(?P<m>\d{1,2})月份?"
    rf"(?P<part>底|末|上旬|中旬|下旬)?{_BEFORE})"
)
_LOOSE = re.compile(
    rf"(?P<said>(?:(?P<end>(?:(?P<y>\d{{4}}))?年[底末])|(?<!每)本?月[底末]|(?:“[^”\n]{{1,6}}”)?节|会|活动开始){_BEFORE})"
)
_HANDED_OVER = "交至|交到|上交|报送|上报|报至|申报|提交|送至|送到|发至|反馈"
_REPORTED = "(?<![汇海简申])报(?![告道刊表])(?=[^，。；名]{1,12}(?:会|部|室|办|科|处|委|联|中心)(?:[，。；]|$))"
_ON_DAY = re.compile(
    rf"(?:于|(?<=[单表料案结稿件况册]))(?P<said>{moment_pattern('1')})(?!{_EDGE}|截止|[至到—－-])"
    rf"(?=(?:[^，。；]{{0,2}}(?:将|把|进行|向))?[^，。；]{{0,30}}?(?:{_HANDED_OVER}|{_REPORTED}))"
)
_LABEL_WITHIN = 24  # characters before a sentence in which the label of its time may stand
_HAND_IN = re.compile(r"(?P<of>报名|投稿|征稿|申报|征集|推荐)：(?=[自从]?即日|\d)")
_STEP_LINE = re.compile(r"[^，。；：\n]{2,16}\n$")
_YEARLY = re.compile("每年[^，。；]{0,12}(?:、|和|及)$")  # 每年6月20日前、12月20日前
_YEARLESS = "原文没有写年份，是哪一年？"
_TIMELY = re.compile(r"[\d前截稿于内后每逐按即年月日]")  # without one of these no sentence tells a due time
_DAYLESS = "原文没有写到日，最迟是哪一天？"
_NAMES_DAY = re.compile(r"[日号底末止\d）时点分整半]$")  # 至3月31日, 至3月底; 至3月 and 3月中下旬 name a month
_MASKED_YEAR = re.compile("[XxＸ×*]年$")  # 20XX年3月15日前
_MASKED_BEFORE = re.compile(r"(?:(?:截止)?(?:时间|日期))?[：:]?\d{0,2}[XxＸ×*]{2,4}年$")
_YEAR_MASKED = "原文的年份被遮住了，是哪一年？"
_MOMENT = re.compile(moment_pattern("1"))
_CLOSES = re.compile("[止期间]*")
_COUNTED = re.compile("数据|统计|数字")
_DONE = re.compile("已|共有|累计|达到|完成了|以来")
_FIRST_WORDS = re.compile("^(?:请|须|务必|要|应)+|(?:请|须|务必|要|应|于|在)+$")
_CLAUSE_WITHIN = 120  # characters around a date in which its clause is looked for
_NAMES_TIME = re.compile("(?:截止)?(?:时间|日期)?[为是：]?$")


def deadlines(ctx: Context, start: int, end: int, node: str | None) -> list[Deadline]:
    """Every due time in one sentence, in order. Ids are set by the caller."""
    if not _TIMELY.search(ctx.text, start, end):
        return []
    again = [(at, at + len(due.text)) for at, due in recurring(ctx, start, end)]
    days = [m for m in _DAY.finditer(ctx.text, start, end) if (m["edge"] and m["edge"] != "止") or m["cut"]]
    days = [m for m in days if not _within(m, again)]
    months = [m for m in _MONTH.finditer(ctx.text, start, end) if not (_overlap(m, days) or _within(m, again))]
    loose = [
        m for m in _LOOSE.finditer(ctx.text, start, end) if not (_overlap(m, [*days, *months]) or _within(m, again))
    ]
    found = [(m.start(), _day(ctx, m, start, end)) for m in days]
    found += [(m.start(), _month(ctx, m, start, end)) for m in months]
    found += [(m.start(), _loose(ctx, m, start, end)) for m in loose]
    said = [(m.start(), m.end()) for m in (*days, *months)]
    handed = [
        (at, due) for at, stop, due in _handed_in(ctx, start, end) if not any(at < b and a < stop for a, b in said)
    ]
    found += handed
    if not found:
        found += [(m.start(), _on_day(ctx, m, start, end)) for m in _ON_DAY.finditer(ctx.text, start, end)]
    for at, due in (*relative(ctx, start, end), *recurring(ctx, start, end)):
        what = _what(ctx, at, at + len(due.text), start, end)
        found.append((at, replace(due, what=what)))
    return [replace(due, node=node) for _, due in sorted(found, key=lambda one: one[0]) if due is not None]


def soft_deadlines(ctx: Context, start: int, end: int, node: str | None) -> list[Deadline]:
    """随时报告, 第一时间报警: something is due at once, on no day. A person sets one if she wants to."""
    found = []
    for m in ctx.lexicon.compiled("deadlines.soft", _soft_source).finditer(ctx.unquoted, start, end):
        question = f"原文只写“{m['soft']}”，没有日期。要不要定一个内部日期？"
        found.append(
            Deadline(
                id="", text=m["soft"], soft=m["soft"], what=ctx.words(m.end("soft"), m.end()), src=ctx.src(*m.span("soft")),
                rule="deadline.soft", conf="mid", node=node, questions=(question,),
            )
        )  # fmt: skip
    return found


def _soft_source(lexicon: Lexicon) -> str:
    """Not the vague 及时总结 of every paper: an act towards somebody, at once."""
    at_once = any_of([w for w in lexicon.words("words", "soft") if w not in ("及时", "适时")])
    return rf"(?P<soft>{at_once})[^，。；、]{{0,4}}?{any_of(lexicon.words('words', 'answering'))}"


def _within(m: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(a < m.end() and m.start() < b for a, b in spans)


def _overlap(m: re.Match[str], others: list[re.Match[str]]) -> bool:
    return any(o.start() < m.end() and m.start() < o.end() for o in others)


def _day(ctx: Context, m: re.Match[str], start: int, end: int) -> Deadline | None:
    """截至 with 已 tells a fact, 截止 a deadline; 截至 for a deadline is a common slip and counts with low trust."""
    fact_word = (m["cut"] or "").startswith("截至")
    if fact_word and _DONE.search(ctx.text, m.start(), min(end, m.end() + 30)):
        return None
    when = moment(ctx, m, "1")
    if fact_word and (_COUNTED.search(ctx.text, max(start, m.start() - 8), m.start()) or _past(ctx, when)):
        return None
    masked = _MASKED_YEAR.search(ctx.text, max(start, m.start("said") - 5), m.start("said")) is not None
    conf: Conf = "low" if fact_word or masked else "high" if when.day else "mid"
    begin = m.start() if m["cut"] else m.start("said")
    yearly = _YEARLY.search(ctx.text, max(start, m.start() - _LABEL_WITHIN), m.start())
    again = (
        Recurrence(
            every="year", day=when.day.day if when.day else None, src=ctx.src(*m.span("said")), rule="deadline.yearly"
        )
        if yearly
        else None
    )
    return Deadline(
        id="", text=ctx.words(begin, m.end()), date=None if again else when.iso, recurrence=again, time=when.time, edge="before" if "前" in (m["edge"] or "") else "by",
        what=_what(ctx, m.start(), m.end(), start, end), src=ctx.src(begin, m.end()),
        rule="deadline.cut_off" if m["cut"] else "deadline.day", conf=conf, inferred=when.inferred, questions=(*((_YEAR_MASKED,) if masked else ()), *_doubts(ctx, when)),
    )  # fmt: skip


def _past(ctx: Context, when: Moment) -> bool:
    """A day before the paper's own: 截至 tells up to when something was counted."""
    return bool(when.day and ctx.reference and when.day < ctx.reference)


def _doubts(ctx: Context, when: Moment) -> tuple[str, ...]:
    found = ["星期与日期对不上，以哪个为准？"] if when.conflict else []
    if when.day is None:
        found.append(_YEARLESS if ctx.year is None else "没有这个日期，请核对。")
    elif ctx.reference and when.inferred and when.day < ctx.reference:
        found.append("这个日期早于发文日期，请核对。")
    return tuple(found)


def _month(ctx: Context, m: re.Match[str], start: int, end: int) -> Deadline | None:
    """3月底前 is due on its last day; 3月前 and 3月上旬前 name no day, so a person is asked."""
    year, inferred = resolve_year(ctx, m["y"], m["rel"])
    number = int(m["m"])
    if not 1 <= number <= 12:
        return None
    exact = m["part"] in ("底", "末") and year is not None
    due = month_part(year, number, m["part"])[1] if exact and year is not None else None
    return _by_words(ctx, m, start, end, due, inferred=inferred, rule="deadline.month")


def _loose(ctx: Context, m: re.Match[str], start: int, end: int) -> Deadline:
    """年底前 is the last day of the paper's year; 月底前, 节前, 会前 stay without a date."""
    year = int(m["y"]) if m["y"] else ctx.year
    due = date(year, 12, 31) if m["end"] and year else None
    return _by_words(ctx, m, start, end, due, inferred=not m["y"], rule="deadline.loose")


def _by_words(
    ctx: Context, m: re.Match[str], start: int, end: int, due: date | None, *, inferred: bool, rule: str
) -> Deadline:
    return Deadline(
        id="", text=ctx.words(*m.span("said")), date=due.isoformat() if due else None, edge="before",
        what=_what(ctx, m.start(), m.end(), start, end), src=ctx.src(*m.span("said")), rule=rule, conf="mid", inferred=inferred,
        questions=() if due else (_DAYLESS,),
    )  # fmt: skip


def _handed_in(ctx: Context, start: int, end: int) -> Iterator[tuple[int, int, Deadline]]:
    """报名时间：即日起至3月5日 — the end of a window for handing in is a deadline; so is one day in such a slot."""
    for of, a, b in _hand_in_stretches(ctx, start, end):
        when = first_when(ctx, a, b)
        if when is None or (when.day is None and not _has_end(ctx, when)):
            continue
        exact = when.window is not None and _NAMES_DAY.search(when.window.text) is not None
        day = when.day.iso if when.day else when.window.end if when.window and exact else None
        inferred = when.day.inferred if when.day else when.window is not None and when.window.inferred
        doubts = _doubts(ctx, when.day) if when.day else () if day else (_YEARLESS if exact else _DAYLESS,)
        due = Deadline(
            id="", text=ctx.words(when.start, when.end), date=day, time=_hour(ctx, when) if day else None, edge="by",
            what=of, src=ctx.src(when.start, when.end), rule="deadline.window_end", inferred=inferred, questions=doubts,
        )  # fmt: skip
        yield when.start, when.end, due


def _hour(ctx: Context, when: When) -> str | None:
    """The hour of the day, or of a window's last day: 至4月17日（周三）18:00止."""
    if when.day is not None:
        return when.day.time
    last = next(reversed(list(_MOMENT.finditer(ctx.text, when.start, when.end))), None)
    return clock(last, "1") if last is not None and _CLOSES.fullmatch(ctx.text, last.end(), when.end) else None


def _has_end(ctx: Context, when: When) -> bool:
    """The window names its last day, though perhaps no year is known for it."""
    return when.window is not None and (when.window.end is not None or (ctx.year is None and "日" in when.window.text))


def _hand_in_stretches(ctx: Context, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """What is handed in and the stretch that says until when: a slot, or the line under a step (（一）作品征集)."""
    seen = False
    for m in _HAND_IN.finditer(ctx.text, max(0, start - _LABEL_WITHIN), end):
        if m.end() >= start:
            yield m["of"], m.end(), end
    for slot in time_slots(ctx, max(0, start - _LABEL_WITHIN), end):
        a, b = max(slot.start, start), min(slot.end, end)
        if slot.start >= start and a < b:
            seen = True
            if slot.use == "hand_in":
                yield slot.of, a, b
    step = _STEP_LINE.search(ctx.text, max(0, start - _LABEL_WITHIN), start)
    if step and not seen and use_of(ctx, step[0]) == "hand_in" and end - start < _CLAUSE_WITHIN:
        yield step[0].strip(), start, end


def _on_day(ctx: Context, m: re.Match[str], start: int, end: int) -> Deadline:
    """于3月29日将手册交至办公室 — the day itself."""
    when = moment(ctx, m, "1")
    return Deadline(
        id="", text=ctx.words(*m.span("said")), date=when.iso, time=when.time, edge="by", what=_what(ctx, m.start(), m.end(), start, end),
        src=ctx.src(*m.span("said")), rule="deadline.on_day", conf="mid", inferred=when.inferred, questions=_doubts(ctx, when),
    )  # fmt: skip


def _what(ctx: Context, at: int, stop: int, start: int, end: int) -> str:
    """What is due: the clause the words stand in, without them; if nothing else stands there, the next clause."""
    begin = max(start, at - _CLAUSE_WITHIN)
    pieces = cut(ctx.mask, begin, min(end, stop + _CLAUSE_WITHIN), "，；。！？")
    for a, b in pieces:
        if a <= at < b:
            before = _FIRST_WORDS.sub("", _MASKED_BEFORE.sub("", ctx.words(a, at)))
            after = re.sub("^[将把向]", "", ctx.words(min(stop, b), b).strip("：: "))
            if before and after and not after.startswith("报"):
                return before + after
            if after or _NAMES_TIME.sub("", before):
                return after or _NAMES_TIME.sub("", before)
        elif a > at:
            return ctx.words(a, b)
    return ""
