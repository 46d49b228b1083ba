"""Dates and times as official papers write them. Reads what stands there; the year alone may be supplied, and then says so."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from jinguo.gongwen.han import number_of
from jinguo.gongwen.reading.context import Context

_H = "[〇零○0一二两三四五六七八九十]"
_YEAR = r"(?:(?P<y{0}>\d{{4}}|[〇零○0一二三四五六七八九]{{4}})年|(?P<rel{0}>今年|本年|明年|次年|当年))[ ]?"
_WEEKDAY = r"(?:[ ]?[（(][ ]?(?:星期|周)(?P<wd{0}>[一二三四五六日天])[ ]?[）)])?"
_BEHIND_COMMA = r"(?:，(?=(?:上午|下午|晚上|中午|早上)?\d{{1,2}}[:：时点]))?"  # 4月12日，中午12:30
_CLOCK = (
    _BEHIND_COMMA
    + r"(?:[ ]?(?P<half{0}>上午|下午|晚上|中午|早上|晚)?[ ]?(?:(?P<hh{0}>\d{{1,2}})(?:[:：](?P<mm{0}>\d{{2}})分?|[时点](?:(?P<mm2{0}>\d{{1,2}})分?|(?P<mh{0}>半))?整?))?)"
)
_DAY = rf"(?:{_YEAR})?(?P<m{{0}}>\d{{{{1,2}}}}|{_H}{{{{1,2}}}})[ ]?月[ ]?(?P<d{{0}}>\d{{{{1,2}}}}|{_H}{{{{1,3}}}})[ ]?(?:[日号]|(?=之?前|以前))"
_NUMERIC = r"(?P<ny{0}>(?:19|20)\d{{2}})[-./](?P<nm{0}>\d{{1,2}})[-./](?P<nd{0}>\d{{1,2}})(?!\d)[日]?"


def moment_pattern(tag: str) -> str:
    """One day with optional year, weekday and clock time; group names end in `tag`."""
    return (rf"(?:(?:{_DAY})|(?:{_NUMERIC}))" + _WEEKDAY + _CLOCK).format(tag)


def clock_pattern(tag: str) -> str:
    """The clock time that may stand behind a day; read with `clock`."""
    return _CLOCK.format(tag)


@dataclass(frozen=True)
class Moment:
    """A day, perhaps with a time. inferred: the year is not in the words. conflict: the weekday does not agree."""

    day: date | None
    time: str | None
    inferred: bool
    conflict: bool

    @property
    def iso(self) -> str | None:
        """The day as YYYY-MM-DD, None when no year could be told."""
        return self.day.isoformat() if self.day else None


def moment(ctx: Context, m: re.Match[str], tag: str, *, forward: bool = True) -> Moment:
    """The moment a match of `moment_pattern(tag)` names. forward: a day long past belongs to next year."""
    get = m.groupdict().get
    if get(f"ny{tag}"):
        day = _day(int(m[f"ny{tag}"]), int(m[f"nm{tag}"]), int(m[f"nd{tag}"]))
        inferred = False
    else:
        month, number = number_of(m[f"m{tag}"]), number_of(m[f"d{tag}"])
        year, inferred = resolve_year(ctx, get(f"y{tag}"), get(f"rel{tag}"))
        day = _day(year, month, number)
        if inferred and forward and get(f"rel{tag}") is None:
            day = _not_long_past(ctx, day)
    weekday = get(f"wd{tag}")
    conflict = bool(day and weekday and "一二三四五六日".find(weekday.replace("天", "日")) != day.weekday())
    return Moment(day, clock(m, tag), inferred, conflict)


def resolve_year(ctx: Context, written: str | None, relative: str | None) -> tuple[int | None, bool]:
    """The year and whether it had to be supplied."""
    if written:
        return number_of(written.replace("○", "〇")), False
    if ctx.year is None:
        return None, True
    return ctx.year + (relative in ("明年", "次年")), True


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month, day) if year and month and day else None
    except ValueError:
        return None


def _not_long_past(ctx: Context, day: date | None) -> date | None:
    """1月5日前 in a paper of December means next January; a day a few weeks past is left for a person to see."""
    if day and ctx.reference and (ctx.reference - day).days > 180:
        return _day(day.year + 1, day.month, day.day)
    return day


def clock(m: re.Match[str], tag: str) -> str | None:
    """HH:MM of a match, with 下午 added; None when no time stands or it is impossible."""
    if not m[f"hh{tag}"]:
        return None
    hour = int(m[f"hh{tag}"])
    minute = 30 if m[f"mh{tag}"] else int(m[f"mm{tag}"] or m[f"mm2{tag}"] or 0)
    if m[f"half{tag}"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour <= 24 and minute < 60 and hour * 60 + minute <= 1440 else None


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_part(year: int, month: int, part: str) -> tuple[date, date]:
    """First and last day of 上旬, 中旬, 下旬, 初, 底/末 (the last day alone) or the whole month."""
    last = month_end(year, month)
    if part in ("底", "末"):
        return last, last
    spans = {
        "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last.day), "上中旬": (1, 20), "中下旬": (11, last.day), "初": (1, 10),
    }  # fmt: skip
    first, end = spans.get(part, (1, last.day))
    return date(year, month, first), date(year, month, end)


def line_date(text: str) -> date | None:
    """The date of a signature or imprint line, Arabic or Chinese numerals."""
    m = re.search(
        rf"(\d{{4}}|[〇零○0一二三四五六七八九]{{4}})[ ]?年[ ]?(\d{{1,2}}|{_H}{{1,2}})[ ]?月[ ]?(\d{{1,2}}|{_H}{{1,3}})[ ]?日",
        text,
    )
    if not m:
        return None
    return _day(number_of(m[1].replace("○", "〇")), number_of(m[2]), number_of(m[3]))
