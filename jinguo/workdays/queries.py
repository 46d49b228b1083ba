"""Working days with 调休, and quiet hours (reference/reporting §7)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from jinguo.lib import clock
from jinguo.workdays.models import CalendarDay, DayKind

QUIET_FROM, QUIET_TO = time(18, 0), time(8, 30)


@dataclass(frozen=True)
class DayVerdict:
    """Whether a day is a working day, and how sure that is.

    Attributes:
        working: the answer.
        guessed: true when the year's moved days are not published yet and nobody fixed the day by hand.
        name: the festival, if any.
    """

    working: bool
    guessed: bool
    name: str = ""


@lru_cache(maxsize=16)
def _china(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year, language="zh_CN")


def judge_day(day: date) -> DayVerdict:
    """Is this a working day? The office's own table first, then the published calendar, then the weekday."""
    fixed = CalendarDay.objects.filter(day=day).first()
    if fixed:
        return DayVerdict(fixed.kind == DayKind.WORK, False, fixed.name)
    china = _china(day.year)
    moved_known = any("休息日" in name or "调" in name for name in china.values())
    return DayVerdict(bool(china.is_working_day(day)), not moved_known, china.get(day, ""))


def is_working_day(day: date) -> bool:
    """Whether people are at work on this day."""
    return judge_day(day).working


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days after `day`; `count` ≥ 0, and 0 gives the day itself."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; 0 when `last` is not later."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def next_quiet_end(moment: datetime) -> datetime:
    """The earliest instant ≥ `moment` outside quiet hours (18:00—8:30) and rest days: when a reminder may go out."""
    wall = clock.local(moment)
    day = wall.date()
    if is_working_day(day) and QUIET_TO <= wall.time() < QUIET_FROM:
        return moment
    if wall.time() >= QUIET_FROM or not is_working_day(day):
        day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return clock.at(day, QUIET_TO.hour, QUIET_TO.minute)
