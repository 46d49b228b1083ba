"""Stretches of time: 即日起至…, 3月1日—8日, 3月上旬, 节日期间. A window without calendar days keeps null dates."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jinguo.gongwen.han import number_of
from jinguo.gongwen.parts import Window
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import Moment, clock, clock_pattern, moment, moment_pattern, month_part, resolve_year

_TO = r"[ ]?(?:—|–|―|－|-|~|～|至|到|──)+[ ]?"
_RANGE = re.compile(
    rf"(?:自|从)?{moment_pattern('1')}(?:起)?{_TO}(?:{moment_pattern('2')}|(?P<d>\d{{1,2}})[日号])(?:止|期间)?"
)
_SHORT_RANGE = re.compile(
    rf"(?:(?P<y1>\d{{4}})年)?(?P<m>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]?{_TO}(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})[日号]"
)
_NOW = re.compile(
    rf"[自从]?(?:即日|发文之日|(?:本?通知)?(?:印发|下发|发布|发出|公布)(?:通知)?之日)起(?:{_TO}(?:{moment_pattern('2')}|(?P<mm>\d{{1,2}})月(?P<part>底|末|上旬|中旬|下旬)))?(?:止)?"
)
_MONTH_TO_DAY = re.compile(rf"(?:(?P<y0>\d{{4}})年)?(?P<m0>\d{{1,2}})月(?:份)?{_TO}{moment_pattern('2')}")
_MONTHS = re.compile(
    rf"(?:(?P<y1>\d{{4}})年)?(?<![\d.—~～-])(?P<m1>\d{{1,2}})(?:月(?:份)?)?{_TO}(?:(?P<y2>\d{{4}})年)?(?P<m2>\d{{1,2}})月(?P<part>底|末)?(?!\d)"
)
_PART = "上中旬|中下旬|上旬|中旬|下旬|初|份|底|末"
_WHOLE_MONTH = re.compile(
    r"(?:(?P<y1>\d{4})年|(?P<rel1>今年|本年|明年))[ ]?(?P<m1>\d{1,2})月(?![\d一二三四五六七八九十日号份底末初上中下前至到—~～-])"
)
_MONTH = re.compile(
    r"(?:(?P<y1>\d{4}|[二][〇零○一二三四五六七八九]{3})年|(?P<rel1>今年|本年|明年))?(?P<m1>\d{1,2}|(?<![一-鿿])[一二三四五六七八九十]{1,2}|(?<=年)[一二三四五六七八九十]{1,2})月"
    rf"(?P<part>{_PART})(?:{_TO}(?:(?P<m2>\d{{1,2}})月)?(?P<to>上旬|中旬|下旬|初|底|末)|(?P<open>{_TO}(?=[\n。]|$)))?(?!前|之前|以前|起)"
)
_FESTIVAL = re.compile(
    r"(?:\d{4}年)?(?:“[^”\n]{1,8}”|\"[^\"\n]{1,8}\"|节日|春节|元旦|国庆|假期|寒假|暑假|纪念|[一-鿿]{2,6}(?:日|节|月|周)(?=期间|前后|前夕))(?:[^，。；、“”\n]{0,9}?)(?:期间|前后|前夕|节前|节日前后)"
)
_PART_TO_DAY = re.compile(
    rf"(?:(?P<y0>\d{{4}})年)?(?P<m0>\d{{1,2}})月(?P<part>上旬|中旬|下旬|初){_TO}{moment_pattern('2')}"
)  # 4月中旬—5月5日
_DAY_TO_PART = re.compile(
    rf"{moment_pattern('1')}(?:起)?{_TO}(?:(?P<m0>\d{{1,2}})月)?(?P<part>上旬|中旬|下旬|初|底|末)(?!前|之前|以前)"
)  # 4月5日至4月下旬
_WEEKDAY = r"(?:[ ]?[（(](?:星期|周)[一二三四五六日天][）)])?"
_DAYS = re.compile(  # 3月6日、13日和20日（周三）下午2:30
    rf"(?:(?P<y1>\d{{4}})年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]?{_WEEKDAY}"
    rf"(?P<more>(?:(?:、|和|及|与)[ ]?(?:\d{{1,2}}月)?\d{{1,2}}[日号]?{_WEEKDAY})*"
    rf"(?:、|和|及|与)[ ]?(?:\d{{1,2}}月)?\d{{1,2}}[日号]{_WEEKDAY})"
    rf"(?:[（(](?:(?:星期|周)?[一二三四五六日天][、和]?)+[）)])?(?:，?[每各][天日场]?|两天|三天)?{clock_pattern('1')}"
)
_NEXT_DAY = re.compile(r"(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})[日号]?")
_DUE = re.compile("(?:下班|上午|下午)?(?:之前|以前|前(?![往后夕])|截止|止)")
_DAY = re.compile(moment_pattern("1"))


@dataclass(frozen=True)
class When:
    """A time found in a stretch: one day (`day`) or a window, and where it stands in the view.

    hour: HH:MM of each day of a window that lists its days.
    """

    start: int
    end: int
    day: Moment | None = None
    window: Window | None = None
    hour: str | None = None


def told(when: When | None) -> dict[str, Any]:
    """What an event is told about its time: `date`, `time`, `window`, `inferred`."""
    if when is None:
        return {"date": None, "time": None, "window": None, "inferred": False}
    if when.day is None:
        return {"date": None, "time": when.hour, "window": when.window, "inferred": False}
    return {"date": when.day.iso, "time": when.day.time, "window": None, "inferred": when.day.inferred}


def first_when(ctx: Context, start: int, end: int) -> When | None:
    """The first day or window in [start, end). A day that is a deadline (…前) is not one."""
    found = [w for w in (_range(ctx, start, end), _days(ctx, start, end), _from_now(ctx, start, end), _months(ctx, start, end),
                         _month(ctx, start, end), _whole_month(ctx, start, end), _festival(ctx, start, end), _day(ctx, start, end)) if w]  # fmt: skip
    return min(found, key=lambda w: (w.start, -w.end)) if found else None


def first_window(ctx: Context, start: int, end: int) -> Window | None:
    """The first window in [start, end), single days left out."""
    found = first_when(ctx, start, end)
    return found.window if found else None


def _day(ctx: Context, start: int, end: int) -> When | None:
    for m in _DAY.finditer(ctx.text, start, end):
        before = ctx.text[max(start, m.start() - 2) : m.start()]
        if not _DUE.match(ctx.text, m.end()) and before not in ("截至", "截止"):
            return When(m.start(), m.end(), day=moment(ctx, m, "1"))
    return None


def _window(
    ctx: Context,
    m: re.Match[str],
    first: date | None,
    last: date | None,
    rule: str,
    *,
    inferred: bool,
    fuzzy: bool = False,
) -> When:
    text = m[0].replace("\n", "")
    window = Window(
        text=text, start=first.isoformat() if first else None, end=last.isoformat() if last else None, fuzzy=fuzzy,
        src=ctx.src(m.start(), m.end()), rule=rule, inferred=inferred,
    )  # fmt: skip
    return When(m.start(), m.end(), window=window)


def _range(ctx: Context, start: int, end: int) -> When | None:
    m = _RANGE.search(ctx.text, start, end)
    if m is None:
        return (
            _short_range(ctx, start, end)
            or _month_to_day(ctx, start, end)
            or _part_to_day(ctx, start, end)
            or _day_to_part(ctx, start, end)
        )
    first = moment(ctx, m, "1")
    if m["d"]:
        last_day = _same_month(first.day, int(m["d"]))
        return _window(ctx, m, first.day, last_day, "window.range", inferred=first.inferred)
    last = moment(ctx, m, "2")
    day = last.day
    if last.inferred and not first.inferred and first.day and day:
        day = _safe(first.day.year + (day.month < first.day.month), day.month, day.day)
    return _window(ctx, m, first.day, day, "window.range", inferred=first.inferred)


def _days(ctx: Context, start: int, end: int) -> When | None:
    """3月6日、13日下午2:30: several days, in order; a window from the first to the last, whose words say which."""
    m = _DAYS.search(ctx.text, start, end)
    if m is None or _DUE.match(ctx.text, m.end()) or "分别" in ctx.text[max(start, m.start() - 4) : m.start()]:
        return None
    year, inferred = resolve_year(ctx, m["y1"], None)
    month, days = int(m["m1"]), [_safe(year, int(m["m1"]), int(m["d1"]))]
    for other in _NEXT_DAY.finditer(m["more"]):
        month = int(other["m"] or month)
        days.append(_safe(year, month, int(other["d"])))
    known = [day for day in days if day is not None]
    if year and (len(known) < len(days) or known != sorted(set(known))):
        return None
    first, last = (known[0], known[-1]) if known else (None, None)
    found = _window(ctx, m, first, last, "window.days", inferred=inferred)
    return replace(found, hour=clock(m, "1"))


def _month_to_day(ctx: Context, start: int, end: int) -> When | None:
    """2022年1月—2022年4月20日: begins with the month."""
    m = _MONTH_TO_DAY.search(ctx.text, start, end)
    if m is None:
        return None
    year, inferred = resolve_year(ctx, m["y0"], None)
    return _window(ctx, m, _safe(year, int(m["m0"]), 1), moment(ctx, m, "2").day, "window.range", inferred=inferred)


def _part_to_day(ctx: Context, start: int, end: int) -> When | None:
    """4月中旬—5月5日: begins with a third of the month."""
    m = _PART_TO_DAY.search(ctx.text, start, end)
    if m is None or not 1 <= int(m["m0"]) <= 12:
        return None
    year, inferred = resolve_year(ctx, m["y0"], None)
    first = month_part(year, int(m["m0"]), m["part"])[0] if year else None
    return _window(ctx, m, first, moment(ctx, m, "2").day, "window.range", inferred=inferred, fuzzy=True)


def _day_to_part(ctx: Context, start: int, end: int) -> When | None:
    """4月5日至4月下旬: ends with a third of the month."""
    m = _DAY_TO_PART.search(ctx.text, start, end)
    if m is None:
        return None
    first = moment(ctx, m, "1")
    month = int(m["m0"]) if m["m0"] else first.day.month if first.day else 0
    last = _part_end(first.day.year + (month < first.day.month), month, m["part"]) if first.day else None
    return _window(ctx, m, first.day, last, "window.range", inferred=first.inferred, fuzzy=True)


def _short_range(ctx: Context, start: int, end: int) -> When | None:
    """3月1—8日: the first day has no 日."""
    m = _SHORT_RANGE.search(ctx.text, start, end)
    if m is None:
        return None
    year, inferred = resolve_year(ctx, m["y1"], None)
    first = _safe(year, int(m["m"]), int(m["d1"]))
    last = _safe(year, int(m["m2"] or m["m"]), int(m["d2"]))
    return _window(ctx, m, first, last, "window.range", inferred=inferred)


def _from_now(ctx: Context, start: int, end: int) -> When | None:
    m = _NOW.search(ctx.text, start, end)
    if m is None:
        return None
    last: date | None = None
    if m["mm"]:
        year, _ = resolve_year(ctx, None, None)
        last = _part_end(year, int(m["mm"]), m["part"])
    elif m["m2"] or m["ny2"]:
        last = moment(ctx, m, "2").day
    return _window(ctx, m, ctx.document_date, last, "window.from_now", inferred=True)


def _part_end(year: int | None, month: int, part: str) -> date | None:
    return month_part(year, month, part)[1] if year and 1 <= month <= 12 else None


def _months(ctx: Context, start: int, end: int) -> When | None:
    m = _MONTHS.search(ctx.text, start, end)
    if m is None or not (1 <= int(m["m1"]) <= 12 and 1 <= int(m["m2"]) <= 12):
        return None
    year, inferred = resolve_year(ctx, m["y1"], None)
    if year is None:
        return _window(ctx, m, None, None, "window.months", inferred=True, fuzzy=True)
    last_year = int(m["y2"]) if m["y2"] else year + (int(m["m2"]) < int(m["m1"]))
    first, last = month_part(year, int(m["m1"]), "")[0], month_part(last_year, int(m["m2"]), "")[1]
    return _window(ctx, m, first, last, "window.months", inferred=inferred, fuzzy=True)


def _month(ctx: Context, start: int, end: int) -> When | None:
    m = _MONTH.search(ctx.text, start, end)
    begun = number_of(m["m1"]) if m else None
    if m is None or begun is None or not 1 <= begun <= 12:
        return None
    year, inferred = resolve_year(ctx, m["y1"], m["rel1"])
    if year is None:
        return _window(ctx, m, None, None, "window.month_part", inferred=True, fuzzy=True)
    first, last = month_part(year, begun, m["part"])
    if m["to"] and 1 <= (month := int(m["m2"] or begun)) <= 12:
        last = month_part(year + (month < begun), month, m["to"])[1]
    end_told = None if m["open"] else last  # 12月下旬至 and nothing after it: the end is lost, not guessed
    return _window(ctx, m, first, end_told, "window.month_part", inferred=inferred, fuzzy=True)


def _whole_month(ctx: Context, start: int, end: int) -> When | None:
    """2024年10月 with its year; 10月 alone is too little."""
    m = _WHOLE_MONTH.search(ctx.text, start, end)
    if m is None or not 1 <= int(m["m1"]) <= 12:
        return None
    year, inferred = resolve_year(ctx, m["y1"], m["rel1"])
    first, last = month_part(year, int(m["m1"]), "") if year else (None, None)
    return _window(ctx, m, first, last, "window.month", inferred=inferred, fuzzy=True)


def _festival(ctx: Context, start: int, end: int) -> When | None:
    m = _FESTIVAL.search(ctx.text, start, end)
    return _window(ctx, m, None, None, "window.festival", inferred=False, fuzzy=True) if m else None


def _same_month(day: date | None, number: int) -> date | None:
    return _safe(day.year, day.month, number) if day else None


def _safe(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None
