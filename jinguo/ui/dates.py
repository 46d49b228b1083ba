"""Dates as people say them: 3月8日 周五 14:30, in English Fri 8 Mar 14:30. Pure; `now` is always handed in.

Instants are aware datetimes and shown in Asia/Shanghai through `lib.clock`; a day is a date and has no hour.
"""

import datetime as dt

from django.utils.translation import get_language

from jinguo.lib import clock

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEAR = {"zh": {-1: "昨天", 0: "今天", 1: "明天", 2: "后天"}, "en": {-1: "yesterday", 0: "today", 1: "tomorrow"}}

Moment = dt.datetime | dt.date


def spoken_language() -> str:
    """`en` when the reader has chosen English, else `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def local_day(value: Moment) -> dt.date:
    """The calendar day of a moment in Asia/Shanghai. A naive datetime is a programming error: ValueError."""
    if not isinstance(value, dt.datetime):
        return value
    return _local(value).date()


def _local(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("a naive datetime has no place on a page: instants are stored in UTC")
    return clock.local(value)


def clock_text(value: dt.datetime) -> str:
    """14:30, without a leading zero in the hour: 9:05."""
    here = _local(value)
    return f"{here.hour}:{here.minute:02d}"


def day_text(day: dt.date, today: dt.date) -> str:
    """3月8日 周五; the year stands in front only when it is not the current one."""
    if spoken_language() == "en":
        year = "" if day.year == today.year else f" {day.year}"
        return f"{_WEEKDAYS['en'][day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 {_WEEKDAYS['zh'][day.weekday()]}"


def short_day(day: dt.date) -> str:
    """3月20日, 20 Mar: where the weekday would be too much."""
    return f"{day.day} {_MONTHS[day.month - 1]}" if spoken_language() == "en" else f"{day.month}月{day.day}日"


def moment_text(value: Moment, now: Moment) -> str:
    """Day and hour of an instant, or the day alone of a date."""
    text = day_text(local_day(value), local_day(now))
    return f"{text} {clock_text(value)}" if isinstance(value, dt.datetime) else text


def range_text(start: Moment, end: Moment, now: Moment) -> str:
    """3月4日 周六 15:30—17:00 within a day, 2月20日 周一—3月12日 周日 across days."""
    if local_day(start) == local_day(end):
        if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
            return f"{moment_text(start, now)}—{clock_text(end)}"
        return moment_text(start, now)
    return f"{moment_text(start, now)}—{moment_text(end, now)}"


def exact_text(value: Moment) -> str:
    """The whole of it, for hovering: 2024-03-08 14:30:05 UTC+8."""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    return f"{_local(value):%Y-%m-%d %H:%M:%S} UTC+8"


def machine_text(value: Moment) -> str:
    """For the datetime attribute: ISO 8601 with the offset, to the second."""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    return _local(value).isoformat(timespec="seconds")


def near_word(value: Moment, now: Moment) -> str:
    """昨天, 今天, 明天, 后天, or nothing."""
    return _NEAR[spoken_language()].get((local_day(value) - local_day(now)).days, "")
