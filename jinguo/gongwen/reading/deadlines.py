"""Times by which something is due: a day, the end of a month, the end of a window. 及时 is read with reports, undated.

Times counted from something else and repeating ones are in `recurring`.
"""

import re
from dataclasses import replace
from datetime import date

from jinguo.gongwen.parts import Conf, Deadline
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import Moment, moment, moment_pattern, month_part, resolve_year
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.recurring import recurring, relative

_BEFORE = "(?:之前|以前|前(?![往后夕来期]))"
_EDGE = f"(?:下班|上午|下午|中午)?{_BEFORE}"
_CUT_WORD = "(?:截止(?:时间|日期|到|至)?|截至)[为是： ]{0,2}"
_DAY = re.compile(rf"(?P<cut>{_CUT_WORD})?[于在]?(?P<said>{moment_pattern('1')}(?P<edge>{_EDGE}|截止|止(?!步))?)")
_MONTH = re.compile(
    r"[于在]?(?P<said>(?:(?P<y>\d{4})年|(?P<rel>今年|本年|明年))?(?P<m>\d{1,2})月份?"
    rf"(?P<part>底|末|上旬|中旬|下旬)?{_BEFORE})"
)
_LOOSE = re.compile(rf"(?P<said>(?:(?P<end>年底|年末)|(?<!每)本?月[底末]|(?:“[^”\n]{{1,6}}”)?节|会|活动开始){_BEFORE})")
_WINDOW_END = re.compile(
    rf"""(?P<what>报名|申报|征集|投稿|报送|推荐|提交|投票)(?:时间|日期|阶段|期)[为：\ ]*
         [^，。；\n]{{0,30}}?[至到—－-](?P<said>{moment_pattern("1")})(?!{_EDGE}|截止|止)""",
    re.VERBOSE,
)
_DONE = re.compile("已|共有|累计|达到|完成了|以来")
_FIRST_WORDS = re.compile("^(?:请|须|务必|要|应)+|(?:请|须|务必|要|应|于|在)+$")
_CLAUSE_WITHIN = 120  # characters around a date in which its clause is looked for
_NAMES_TIME = re.compile("(?:截止)?(?:时间|日期)?[为是：]?$")


def deadlines(ctx: Context, start: int, end: int, node: str | None) -> list[Deadline]:
    """Every due time in one sentence, in order. Ids are set by the caller."""
    days = [m for m in _DAY.finditer(ctx.text, start, end) if m["edge"] or m["cut"]]
    months = [m for m in _MONTH.finditer(ctx.text, start, end) if not _overlap(m, days)]
    loose = [m for m in _LOOSE.finditer(ctx.text, start, end) if not _overlap(m, [*days, *months])]
    found = [(m.start(), _day(ctx, m, start, end)) for m in days]
    found += [(m.start(), _month(ctx, m, start, end)) for m in months]
    found += [(m.start(), _loose(ctx, m, start, end)) for m in loose]
    found += [(m.start(), _window_end(ctx, m)) for m in _WINDOW_END.finditer(ctx.text, start, end)]
    for at, due in (*relative(ctx, start, end), *recurring(ctx, start, end)):
        what = _what(ctx, at, at + len(due.text), start, end)
        found.append((at, replace(due, what=what)))
    return [replace(due, node=node) for _, due in sorted(found, key=lambda one: one[0]) if due is not None]


def _overlap(m: re.Match[str], others: list[re.Match[str]]) -> bool:
    return any(o.start() < m.end() and m.start() < o.end() for o in others)


def _day(ctx: Context, m: re.Match[str], start: int, end: int) -> Deadline | None:
    """截至 with 已 tells a fact, 截止 a deadline; 截至 for a deadline is a common slip and counts with low trust."""
    fact_word = (m["cut"] or "").startswith("截至")
    if fact_word and _DONE.search(ctx.text, m.start(), min(end, m.end() + 30)):
        return None
    when = moment(ctx, m, "1")
    conf: Conf = "low" if fact_word else "high" if when.day else "mid"
    begin = m.start() if m["cut"] else m.start("said")
    return Deadline(
        id="", text=ctx.words(begin, m.end()), date=when.iso, time=when.time, edge="before" if "前" in (m["edge"] or "") else "by",
        what=_what(ctx, m.start(), m.end(), start, end), src=ctx.src(begin, m.end()),
        rule="deadline.cut_off" if m["cut"] else "deadline.day", conf=conf, inferred=when.inferred, questions=_doubts(ctx, when),
    )  # fmt: skip


def _doubts(ctx: Context, when: Moment) -> tuple[str, ...]:
    found = ["星期与日期对不上，以哪个为准？"] if when.conflict else []
    if when.day is None:
        found.append("原文没有写年份，是哪一年？" if ctx.year is None else "没有这个日期，请核对。")
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
    due = date(ctx.year, 12, 31) if m["end"] and ctx.year else None
    return _by_words(ctx, m, start, end, due, inferred=True, rule="deadline.loose")


def _by_words(
    ctx: Context, m: re.Match[str], start: int, end: int, due: date | None, *, inferred: bool, rule: str
) -> Deadline:
    return Deadline(
        id="", text=ctx.words(*m.span("said")), date=due.isoformat() if due else None, edge="before",
        what=_what(ctx, m.start(), m.end(), start, end), src=ctx.src(*m.span("said")), rule=rule, conf="mid", inferred=inferred,
        questions=() if due else ("原文没有写到日，最迟是哪一天？",),
    )  # fmt: skip


def _window_end(ctx: Context, m: re.Match[str]) -> Deadline:
    """报名时间：即日起至3月5日 — the end of a window for handing in is a deadline."""
    when = moment(ctx, m, "1")
    return Deadline(
        id="", text=ctx.words(*m.span("said")), date=when.iso, time=when.time, edge="by", what=m["what"],
        src=ctx.src(*m.span("said")), rule="deadline.window_end", inferred=when.inferred, questions=_doubts(ctx, when),
    )  # fmt: skip


def _what(ctx: Context, at: int, stop: int, start: int, end: int) -> str:
    """What is due: the clause the words stand in, without them; if nothing else stands there, the next clause."""
    begin = max(start, at - _CLAUSE_WITHIN)
    pieces = cut(ctx.mask, begin, min(end, stop + _CLAUSE_WITHIN), "，；。！？")
    for a, b in pieces:
        if a <= at < b:
            before = _FIRST_WORDS.sub("", ctx.words(a, at))
            after = re.sub("^[将把向]", "", ctx.words(min(stop, b), b).strip("：: "))
            if before and after and not after.startswith("报"):
                return before + after
            if after or _NAMES_TIME.sub("", before):
                return after or _NAMES_TIME.sub("", before)
        elif a > at:
            return ctx.words(a, b)
    return ""
