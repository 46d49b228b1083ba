"""Working days as the State Council published them, as the office corrects them, and never at night."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.lib import clock
from jinguo.workdays.models import CalendarDay, DayKind
from jinguo.workdays.queries import (
    QUIET_FROM,
    QUIET_TO,
    add_working_days,
    is_working_day,
    judge_day,
    next_quiet_end,
    working_days_between,
)

pytestmark = pytest.mark.django_db
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))
known = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-10-10", True),  # a Saturday worked for the National Day week
        ("2026-09-20", True),  # a Sunday worked for it
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-02-17", False),  # New Year's Day by the moon
        ("2026-02-14", True),  # a Saturday worked for it
        ("2026-03-07", False),  # an ordinary Saturday
        ("2026-03-09", True),  # an ordinary Monday
        ("2024-02-04", True),  # a Sunday worked for the Spring Festival
        ("2024-03-08", True),  # half a day off for women is no rest day
    ],
)
def test_days_as_they_were_published(day, working):
    verdict = judge_day(date.fromisoformat(day))
    assert (verdict.working, verdict.guessed) == (working, False)


def test_a_festival_has_its_name():
    assert judge_day(date(2026, 10, 1)).name == "国庆节"
    assert judge_day(date(2026, 3, 9)).name == ""


@pytest.mark.parametrize("day", [date(2031, 10, 1), date(2031, 3, 10), date(2120, 3, 10)])
def test_a_year_that_is_not_published_yet_says_so(day):
    assert judge_day(day).guessed


def test_the_offices_word_wins_and_is_no_guess():
    CalendarDay.objects.create(day=date(2026, 10, 10), kind=DayKind.REST, name="停电")
    CalendarDay.objects.create(day=date(2031, 2, 1), kind=DayKind.WORK)
    assert judge_day(date(2026, 10, 10)).working is False
    assert judge_day(date(2026, 10, 10)).name == "停电"
    assert (judge_day(date(2031, 2, 1)).working, judge_day(date(2031, 2, 1)).guessed) == (True, False)
    assert judge_day(date(2031, 2, 3)).guessed


def test_working_days_are_counted_over_a_festival():
    assert add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 3)
    assert working_days_between(date(2026, 10, 10), date(2026, 10, 1)) == 0
    with pytest.raises(ValueError, match="2"):
        add_working_days(date(2026, 10, 10), -2)


@known
@given(days, st.integers(0, 30))
def test_adding_and_counting_agree_and_end_on_a_working_day(day, count):
    end = add_working_days(day, count)
    assert working_days_between(day, end) == count
    assert count == 0 or is_working_day(end)


@known
@given(days, st.integers(0, 24 * 60 - 1))
def test_a_reminder_goes_out_by_day_on_a_working_day_and_as_early_as_it_may(day, minute):
    moment = clock.at(day, minute // 60, minute % 60)
    out = next_quiet_end(moment)
    wall = clock.local(out)
    assert out >= moment
    assert is_working_day(wall.date())
    assert QUIET_TO <= wall.time() < QUIET_FROM
    between = (day + timedelta(days=n) for n in range(1, (wall.date() - day).days))
    assert not any(is_working_day(each) for each in between)
    assert next_quiet_end(out) == out


@pytest.mark.parametrize(
    ("at", "out"),
    [
        ((2026, 9, 30, 17, 59), (2026, 9, 30, 17, 59)),
        ((2026, 9, 30, 18, 0), (2026, 10, 8, 8, 30)),
        ((2026, 10, 8, 0, 5), (2026, 10, 8, 8, 30)),
        ((2026, 10, 8, 8, 30), (2026, 10, 8, 8, 30)),
        ((2026, 10, 9, 20, 0), (2026, 10, 10, 8, 30)),  # into the worked Saturday
        ((2026, 10, 10, 19, 0), (2026, 10, 12, 8, 30)),
    ],
)
def test_quiet_hours_end_when_the_office_opens(at, out):
    year, month, day, hour, minute = at
    expected = datetime(*out)  # noqa: DTZ001 - compared on the wall clock
    assert clock.local(next_quiet_end(clock.at(date(year, month, day), hour, minute))).replace(tzinfo=None) == expected


def test_a_long_reckoning_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        add_working_days(date(2026, 1, 1), 250)
    with django_assert_num_queries(1):
        working_days_between(date(2026, 1, 1), date(2026, 12, 31))
    with django_assert_num_queries(1):
        next_quiet_end(clock.at(date(2026, 9, 30), 20))
