"""The rungs of the ladder as plain reckoning: monotonic, never skipping back, in working days where it says so."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.campaigns import ladder
from jinguo.lib import clock
from jinguo.workdays.models import CalendarDay, DayKind

DUE = clock.end_of(date(2024, 3, 20))  # a Wednesday's 24:00


@pytest.mark.parametrize(
    ("moment", "rung"),
    [
        (clock.at(date(2024, 3, 17), 23, 59), 0),
        (clock.at(date(2024, 3, 18), 0), ladder.BEFORE),
        (clock.at(date(2024, 3, 20), 9, 59), ladder.BEFORE),
        (clock.at(date(2024, 3, 20), 10), ladder.ON_THE_DAY),
        (clock.at(date(2024, 3, 21), 23, 59), ladder.ON_THE_DAY),
        (clock.at(date(2024, 3, 22), 0), ladder.ONE_LATE),
        (clock.at(date(2024, 3, 24), 0), ladder.THREE_LATE),
        (clock.at(date(2024, 3, 27), 23, 59), ladder.THREE_LATE),
        (clock.at(date(2024, 3, 28), 0), ladder.CALL),
    ],
)
def test_the_report_ladder(moment, rung):
    assert ladder.report_rung(DUE, moment) == rung


def test_a_due_hour_within_the_day_counts_as_that_day():
    due = clock.at(date(2024, 3, 20), 18)
    assert ladder.report_rung(due, clock.at(date(2024, 3, 20), 10)) == ladder.ON_THE_DAY
    assert ladder.report_rung(due, clock.at(date(2024, 3, 19), 12)) == ladder.BEFORE


shifts = st.timedeltas(timedelta(days=-20), timedelta(days=20))


@given(due=shifts, first=shifts, second=shifts)
@settings(max_examples=300, deadline=None)
def test_time_climbs_and_a_later_due_never_stands_higher(due, first, second):
    early, late = sorted([DUE + first, DUE + second])
    assert ladder.report_rung(DUE + due, early) <= ladder.report_rung(DUE + due, late)
    assert ladder.report_rung(max(DUE, DUE + due), early) <= ladder.report_rung(min(DUE, DUE + due), early)


@pytest.mark.django_db
def test_the_sign_ladder_counts_working_days():
    due = clock.end_of(date(2024, 3, 15))  # a Friday
    assert ladder.sign_rung(due, clock.at(date(2024, 3, 17), 12)) == 0
    assert ladder.sign_rung(due, clock.at(date(2024, 3, 18), 8, 30)) == ladder.SIGN_ONE
    assert ladder.sign_rung(due, clock.at(date(2024, 3, 19), 8, 29)) == ladder.SIGN_ONE
    assert ladder.sign_rung(due, clock.at(date(2024, 3, 19), 8, 30)) == ladder.SIGN_TWO
    CalendarDay.objects.create(day=date(2024, 3, 18), kind=DayKind.REST)
    assert ladder.sign_rung(due, clock.at(date(2024, 3, 18), 12)) == 0


@pytest.mark.django_db
@given(due=shifts, first=shifts, second=shifts)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sign_ladder_climbs_too(due, first, second):
    early, late = sorted([DUE + first, DUE + second])
    assert ladder.sign_rung(DUE + due, early) <= ladder.sign_rung(DUE + due, late)


@pytest.mark.django_db
@given(
    due=st.builds(clock.at, st.dates(date(2024, 1, 25), date(2024, 3, 5)), st.integers(0, 23), st.integers(0, 59)),
    later=st.timedeltas(timedelta(hours=-30), timedelta(days=16)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_bound_of_a_signing_rung_is_the_rung_itself(due, later):
    moment = due + later  # across the spring festival with its moved days
    for rank in (ladder.SIGN_ONE, ladder.SIGN_TWO):
        reached = due <= ladder.latest_sign_due(rank, moment)
        assert reached == (ladder.sign_rung(due, moment) >= rank), (due, moment, rank)
