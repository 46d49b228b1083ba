"""Days and hours as people say them: 明天下午3点, 下周三晚上七点半到九点, 12月5号上午9:30. Seen from one day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from jinguo.activities.spoken.numbers import NUMBER, said_number

AGO = timedelta(days=45)  # a day of a month that was so lately is meant, rather than next year's
_NEAR = (("大后天", 3), ("后天", 2), ("后日", 2), ("明天", 1), ("明儿", 1), ("明日", 1), ("明晚", 1), ("明早", 1),
    ("今天", 0), ("今儿", 0), ("今日", 0), ("今晚", 0), ("今早", 0), ("昨天", -1), ("昨日", -1), ("昨晚", -1), ("大前天", -3),
    ("前天", -2))  # fmt: skip
_OFFSETS = dict(_NEAR)
_RELATIVE = re.compile(r"(?<![以之年午])(?:" + "|".join(sorted(_OFFSETS, key=len, reverse=True)) + ")")
_DATED = re.compile(
    rf"(?:(?P<year>20\d\d)年|(?P<far>今年|明年|去年))?(?P<month>{NUMBER})月(?P<day>{NUMBER})(?:[日号](?!人)|(?!\d|个|份|[一-龥]))"
)
_ISO = re.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_OF_MONTH = re.compile(
    rf"(?<![\d月第年一二三四五六七八九十])(?P<which>这个月|本月|下个月|下月)?(?P<day>{NUMBER})[日号](?![人楼线店院门])"
)
_WEEKDAY = re.compile(
    r"(?P<which>下下个?|下个?|这个?|本|上个?|每个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?!年)"
)
_WEEKS = {"": 0, "这": 0, "本": 0, "下": 1, "下下": 2, "上": -1}
_HALVES = "凌晨|清早|清晨|早上|早晨|上午|中午|下午|后晌|傍晚|晚上|夜里|[今明昨]晚|[今明]早|晚|早"


def _clock(tag: str) -> str:
    """One hour of the day, its parts named with a tag."""
    return (
        rf"(?P<half{tag}>{_HALVES})?\s*(?P<hour{tag}>{NUMBER})"
        rf"(?:[:：](?P<colon{tag}>\d\d)(?!\d)|[点时](?:(?P<rest{tag}>半|一刻|三刻|钟|整|{NUMBER}分?)?))"
    )


_HOURS = re.compile(rf"(?<![\d:：]){_clock('1')}(?:\s*(?:到|至|—+|–|-+|~|～|－)\s*{_clock('2')})?")
_LASTS = re.compile(rf"(?:(?P<hours>{NUMBER})个?(?P<half>半)?|(?P<only>半)个?)(?:小时|钟头)|(?P<minutes>{NUMBER})分钟")
_NOT_AN_HOUR = re.compile(r"(?:要求|建议|意见|体会|经验|内容|事|希望|说明|感受)")
AFTER_NOON = ("中午", "下午", "后晌", "傍晚", "晚上", "夜里", "晚", "今晚", "明晚", "昨晚")


@dataclass(frozen=True)
class Said:
    """One value and where it was said."""

    value: date | time | int
    start: int
    end: int


def days(text: str, today: date) -> list[Said]:
    """Every day the words name, in their order; a day that is not in the calendar is none."""
    found = [
        *_dated(text, today),
        *_iso(text),
        *_relative(text, today),
        *_weekdays(text, today),
        *_of_month(text, today),
    ]
    kept: list[Said] = []
    for one in sorted(found, key=lambda said: (said.start, -said.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(text: str, today: date) -> Iterator[Said]:
    """12月5号. Without a year the next such day; one that was in the last weeks is that one."""
    for m in _DATED.finditer(text):
        month, number = said_number(m["month"]), said_number(m["day"])
        if month is None or number is None:
            continue
        if m["year"] or m["far"]:
            year = int(m["year"]) if m["year"] else today.year + {"今年": 0, "明年": 1, "去年": -1}[m["far"]]
            meant = _safe(year, month, number)
        else:
            around = (_safe(today.year + more, month, number) for more in (-1, 0, 1))
            meant = next((day for day in around if day and day >= today - AGO), None)
        if meant:
            yield Said(meant, m.start(), m.end())


def _iso(text: str) -> Iterator[Said]:
    for m in _ISO.finditer(text):
        if meant := _safe(int(m[1]), int(m[2]), int(m[3])):
            yield Said(meant, m.start(), m.end())


def _relative(text: str, today: date) -> Iterator[Said]:
    for m in _RELATIVE.finditer(text):
        yield Said(today + timedelta(days=_OFFSETS[m[0]]), m.start(), m.end())


def _weekdays(text: str, today: date) -> Iterator[Said]:
    """周三 is the next one, today's included; 下周三 stands in the week after this one. 每周三 names no single day."""
    monday = today - timedelta(days=today.weekday())
    for m in _WEEKDAY.finditer(text):
        which, nth = (m["which"] or "").rstrip("个"), "一二三四五六日天".index(m["day"])
        if which not in _WEEKS:
            continue
        meant = monday + timedelta(days=min(nth, 6), weeks=_WEEKS[which])
        if not which and meant < today:
            meant += timedelta(weeks=1)
        yield Said(meant, m.start(), m.end())


def _of_month(text: str, today: date) -> Iterator[Said]:
    """5号 is the next fifth."""
    for m in _OF_MONTH.finditer(text):
        number = said_number(m["day"])
        if number is None:
            continue
        first = today.year * 12 + today.month - 1
        choices = {"这个月": (0,), "本月": (0,), "下个月": (1,), "下月": (1,)}.get(m["which"] or "", (0, 1, 2))
        around = (_safe((first + more) // 12, (first + more) % 12 + 1, number) for more in choices)
        meant = next((day for day in around if day and (m["which"] or day >= today)), None)
        if meant:
            yield Said(meant, m.start(), m.end())


@dataclass(frozen=True)
class Hours:
    """From when to when, as far as it was said.

    Attributes:
        unsure: an hour was said of which nobody can tell whether it is in the morning or the afternoon.
    """

    starts: time | None = None
    ends: time | None = None
    start: int = 0
    end: int = 0
    unsure: bool = False


def hours(text: str, taken: list[tuple[int, int]]) -> Hours:
    """The first hours the words name, outside the stretches already `taken`."""
    for m in _HOURS.finditer(text):
        if any(m.start("hour1") < end and start < m.end("hour1") for start, end in taken) or not _is_hour(text, m):
            continue
        minute = _minute(m, "1")
        hour = said_number(m["hour1"])
        if minute is None or hour is None or hour > 23:
            continue
        meant = _of_day(hour, m["half1"] or _half_before(text, m.start()))
        if meant is None:
            return Hours(start=m.start(), end=m.end(), unsure=True)
        starts = time(meant, minute)
        return Hours(starts, _end(m, starts) or _lasting(text, starts), m.start(), m.end())
    return Hours()


def _is_hour(text: str, m: re.Match[str]) -> bool:
    """3点 is an hour; 一点 (a little) and 三点要求 (three points) are not, unless a half of the day stands before them."""
    if m["half1"] in ("早", "晚") and m["hour1"] == "一" and not m["rest1"]:  # 早一点来: a little earlier
        return False
    if m["colon1"] or m["half1"]:
        return True
    if _NOT_AN_HOUR.match(text, m.end()) or (text[m.end("hour1")] == "时" and not m["hour1"].isdigit()):
        return False
    return m["hour1"].isascii() or bool(m["rest1"] or m["hour2"]) or bool(re.search(r"[日号天]$", text[: m.start()]))


def _half_before(text: str, at: int) -> str:
    """今晚 and 明早 say the day and the half of it at once: they may have been read as the day."""
    found = re.search(r"([今明昨][晚早])$", text[:at].rstrip())
    return found[1] if found else ""


def _minute(m: re.Match[str], tag: str) -> int | None:
    rest = m[f"colon{tag}"] or (m[f"rest{tag}"] or "").removesuffix("分")
    if rest in ("", "钟", "整"):
        return 0
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(rest)
    minute = said_number(rest.lstrip("0") or "0") if minute is None and rest.isdigit() else minute
    minute = said_number(rest.removeprefix("零")) if minute is None else minute
    return minute if minute is not None and minute < 60 else None


def _of_day(hour: int, half: str) -> int | None:
    """The hour on a clock of 24, or None where the words leave it open."""
    if hour > 12:
        return hour
    if half in ("中午",):
        return {11: 11, 12: 12, 1: 13, 2: 14}.get(hour)
    if half in AFTER_NOON:
        return None if hour == 12 and half not in ("下午", "后晌") else (12 if hour == 12 else hour + 12)
    if half:
        return hour if hour < 12 or half == "上午" else None
    return hour if 7 <= hour <= 12 else None


def _end(m: re.Match[str], starts: time) -> time | None:
    """The end of a range, in the same half of the day unless that would be before its beginning."""
    hour, minute = said_number(m["hour2"] or ""), _minute(m, "2")
    if hour is None or minute is None or hour > 23:
        return None
    meant = _of_day(hour, m["half2"]) if m["half2"] else hour
    if meant is None:
        return None
    if not m["half2"] and hour < 12 and (hour, minute) <= (starts.hour, starts.minute):
        meant = hour + 12
    ends = time(meant, minute)
    return ends if ends > starts else None


def _lasting(text: str, starts: time) -> time | None:
    """The end where it was said how long it lasts."""
    m = _LASTS.search(text)
    if m is None:
        return None
    if m["minutes"]:
        minutes = said_number(m["minutes"])
    elif m["only"]:
        minutes = 30
    else:
        told = said_number(m["hours"])
        minutes = None if told is None else told * 60 + (30 if m["half"] else 0)
    if not minutes:
        return None
    last = starts.hour * 60 + starts.minute + minutes
    return time(last // 60, last % 60) if last < 24 * 60 else None
