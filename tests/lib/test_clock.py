"""One clock for every process: shifted alike, in UTC inside, in Asia/Shanghai for people; 日前 ends at 24:00."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinguo.lib import clock

days = st.dates(min_value=date(1992, 1, 1), max_value=date(2100, 12, 31))  # no summer time since 1992


@given(days)
def test_a_day_ends_at_its_24_oclock_which_is_the_next_days_beginning(day):
    end = clock.end_of(day)
    assert end == clock.at(day + timedelta(days=1))
    assert end - clock.at(day) == timedelta(hours=24)
    assert clock.local(end - timedelta(microseconds=1)).date() == day
    assert end.tzinfo == UTC


@given(days, st.integers(0, 23), st.integers(0, 59))
def test_a_local_time_is_eight_hours_ahead_of_the_stored_one(day, hour, minute):
    instant = clock.at(day, hour, minute)
    assert instant == datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)
    assert clock.local(instant).replace(tzinfo=None) == datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001


def test_now_is_aware_and_today_is_shanghais():
    now = clock.now()
    assert now.tzinfo == UTC
    assert clock.today() in {clock.local(now).date(), clock.local(now).date() + timedelta(days=1)}


@pytest.mark.parametrize("seconds", [86400 * 30, -3600, 0])
def test_a_process_started_with_a_shift_lives_in_that_time(seconds):
    code = "from jinguo.lib import clock; print(clock.now().timestamp(), clock.machine_timestamp(), clock.today())"
    environment = {**os.environ, "JINGUO_CLOCK_SHIFT": str(seconds)}
    before = clock.machine_timestamp()
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    shifted, machine, today = said.stdout.split()
    after = clock.machine_timestamp()
    assert before <= float(machine) <= after
    assert before + seconds <= float(shifted) <= after + seconds
    assert date.fromisoformat(today) == clock.local(datetime.fromtimestamp(float(shifted), UTC)).date()


def test_the_stopwatch_does_not_go_back():
    readings = [clock.monotonic() for _ in range(100)]
    assert readings == sorted(readings)
