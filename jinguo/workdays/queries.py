"""Working days with 调休, and quiet hours (reference/reporting §7). Each question costs one small query."""

from collections.abc import Callable, Iterable
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


@lru_cache(maxsize=16)
def _is_published(year: int) -> bool:
    """Whether the library knows this year's moved days: every published year has some, a reckoned one has none."""
    return any("调休" in name for name in _china(year).values())


def _judge() -> Callable[[date], DayVerdict]:
    """A judge who has the office's own table in hand."""
    fixed = {row.day: row for row in CalendarDay.objects.all()}

    def verdict(day: date) -> DayVerdict:
        if day in fixed:
            return DayVerdict(fixed[day].kind == DayKind.WORK, False, fixed[day].name)
        china = _china(day.year)
        return DayVerdict(bool(china.is_working_day(day)), not _is_published(day.year), china.get(day, ""))

    return verdict


def judge_day(day: date) -> DayVerdict:
    """Is this a working day? The office's own table first, then the published calendar, then the weekday."""
    return _judge()(day)


def judge_days(first: date, last: date) -> dict[date, DayVerdict]:
    """The verdict on every day from one to another, with one query."""
    judge = _judge()
    return {day: judge(day) for n in range((last - first).days + 1) for day in (first + timedelta(days=n),)}


def is_working_day(day: date) -> bool:
    """Whether people are at work on this day."""
    return judge_day(day).working


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days after `day`; 0 gives the day itself.

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError(f"cannot go back {-count} working days")
    judge = _judge()
    while count > 0:
        day += timedelta(days=1)
        if judge(day).working:
            count -= 1
    return day


def working_day_back(day: date, count: int) -> date:
    """The `count`-th working day counted back, `day` itself being the first where it is one.

    Raises:
        ValueError: `count` is less than 1.
    """
    if count < 1:
        raise ValueError(f"cannot count back {count} working days")
    judge = _judge()
    while True:
        count -= judge(day).working
        if not count:
            return day
        day -= timedelta(days=1)


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; 0 when `last` is not later."""
    judge = _judge()
    return sum(judge(first + timedelta(days=n)).working for n in range(1, (last - first).days + 1))


def working_hours_until(first: datetime, ends: Iterable[datetime]) -> list[float]:
    """Hours from one instant to each of several that are within 8:30—18:00 of working days; 0 for one that is not later."""
    judge = _judge()
    return [_working_hours(first, last, judge) for last in ends]


def _working_hours(first: datetime, last: datetime, judge: Callable[[date], DayVerdict]) -> float:
    day, final = clock.local(first).date(), clock.local(last).date()
    spent = timedelta()
    while day <= final:
        opens, shuts = (clock.at(day, hour.hour, hour.minute) for hour in (QUIET_TO, QUIET_FROM))
        if judge(day).working:
            spent += max(min(last, shuts) - max(first, opens), timedelta())
        day += timedelta(days=1)
    return spent.total_seconds() / 3600


def next_quiet_end(moment: datetime) -> datetime:
    """The earliest instant ≥ `moment` outside quiet hours (18:00—8:30) and rest days: when a reminder may go out."""
    judge, wall = _judge(), clock.local(moment)
    day = wall.date()
    if judge(day).working and QUIET_TO <= wall.time() < QUIET_FROM:
        return moment
    if wall.time() >= QUIET_FROM or not judge(day).working:
        day += timedelta(days=1)
    while not judge(day).working:
        day += timedelta(days=1)
    return clock.at(day, QUIET_TO.hour, QUIET_TO.minute)
