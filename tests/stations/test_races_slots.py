"""Many people for the same hours at once, on real connections, while the keeper changes the hours: nobody is booked twice."""

import pytest

from jinguo.activities.models import SeatPool, SignUp
from jinguo.lib.errors import Problem
from jinguo.stations.actions.keep import edit_station
from jinguo.stations.actions.slots import move_booking
from jinguo.stations.models import Slot
from tests.activities.stage import as_host, fresh
from tests.activities.test_races_sign_up import race
from tests.stations.stage import again, booked, draft, link_of, slot, station

pytestmark = pytest.mark.django_db(transaction=True)


def standing(place):
    return list(SignUp.objects.standing().filter(session__slot__station=place).select_related("session"))


def test_twenty_people_for_one_time_and_the_hours_change_meanwhile(cast):
    place = station(cast)
    by = as_host(cast, place.unit)
    calls = [lambda n=n: booked(place, n % 20, slot(9, 30 * (n % 2))) for n in range(40)]
    calls[7:7] = [lambda: edit_station(again(place), draft(slot_minutes=45), by=by)]
    answers = race(calls)
    yes = {answer.pk for answer in answers if isinstance(answer, SignUp)}
    rows = standing(place)
    assert yes == {row.pk for row in rows} and 1 <= len(rows) <= 2
    for one in rows:
        over = [
            row
            for row in rows
            if one.session.starts_at < row.session.ends_at and row.session.starts_at < one.session.ends_at
        ]
        assert over == [one], "two people in the same hours"
    assert sum(pool.taken for pool in SeatPool.objects.filter(session__slot__station=place)) == len(rows)
    assert [answer for answer in answers if answer is None] == []


def test_two_who_change_places_at_once_are_both_somewhere(cast):
    place = station(cast)
    first, second = booked(place, 1, slot(9)), booked(place, 2, slot(9, 30))
    times = [slot(9, 30), slot(9), slot(10)]
    calls = [
        lambda row=row, at=at: move_booking(fresh(row), place, at, by=link_of(row))
        for at in times for row in (first, second)
    ] * 2  # fmt: skip
    answers = race(calls)
    assert all(isinstance(answer, bool | Problem) for answer in answers)
    rows = standing(place)
    assert len(rows) == 2 and len({row.session_id for row in rows}) == 2
    taken = {slot.session_id: slot.session.pools.get().taken for slot in Slot.objects.select_related("session")}
    assert {session for session, seats in taken.items() if seats} == {row.session_id for row in rows}
