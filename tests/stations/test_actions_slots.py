"""Taking a time, changing it, giving it back, whatever the keeper does to the hours meanwhile: nobody is booked twice,
nobody who was told yes is lost."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jinguo.activities.actions.day import check_in, mark_missed, undo_missed
from jinguo.activities.actions.sign_up import leave
from jinguo.activities.models import SeatPool, SignUp
from jinguo.federation.models import Link
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Problem, Refused
from jinguo.messages.models import OutMessage
from jinguo.people.models import RetentionClock
from jinguo.stations.actions.keep import call_off_slot, edit_station
from jinguo.stations.actions.slots import move_booking
from jinguo.stations.models import Slot, Station
from jinguo.stations.timetable import offers
from tests.activities.stage import as_host, fresh
from tests.stations.stage import EVERY_DAY, again, booked, draft, link_of, slot, station

pytestmark = pytest.mark.django_db
PEOPLE = st.integers(0, 9)
TIMES = st.tuples(st.sampled_from([9, 10]), st.sampled_from([0, 15, 20, 30, 40, 45]))


class Desk(RuleBasedStateMachine):
    """Beside the database stands a plain list: who was told yes, for which hours."""

    cast = None

    @initialize(seats=st.integers(1, 2))
    def open(self, seats):
        self.minutes, self.seats = 30, seats
        self.name = f"第 {Station.objects.count()} 个中心"
        self.place = station(self.cast, slot_minutes=30, slot_seats=seats, name=self.name)
        self.by = as_host(self.cast, self.place.unit)
        self.yes: dict[int, SignUp] = {}

    @rule(person=PEOPLE, time=TIMES)
    def press(self, person, time):
        at = slot(*time)
        offered = any(offer.starts_at == at for offer in offers(again(self.place), clock.now()))
        standing = self.yes.get(person)
        try:
            row = booked(self.place, person, at)
        except Problem:
            assert not offered or standing is not None
            return
        same = standing is not None and standing.pk == row.pk
        assert offered or same
        if standing is not None and not same:
            leave(row, by=link_of(row))  # one appointment each is enough for this list
            return
        self.yes[person] = row

    @rule(person=PEOPLE, time=TIMES)
    def change(self, person, time):
        if person not in self.yes:
            return
        row = fresh(self.yes[person])
        at, before = slot(*time), row.session.starts_at
        try:
            moved = move_booking(row, self.place, at, by=link_of(row))
        except Problem:
            assert fresh(row).session.starts_at == before, "until the new time is hers the old one stays"
            return
        assert moved == (at != before) and fresh(row).session.starts_at == at
        self.yes[person] = fresh(row)

    @rule(person=PEOPLE)
    def go(self, person):
        row = self.yes.pop(person, None)
        if row is not None:
            assert [leave(fresh(row), by=link_of(row)) for _press in range(2)] == [True, False]

    @rule(minutes=st.sampled_from([15, 20, 30, 45]), seats=st.integers(1, 2))
    def other_hours(self, minutes, seats):
        edit_station(again(self.place), draft(slot_minutes=minutes, slot_seats=seats, name=self.name), by=self.by)
        self.seats = max(self.seats, seats)

    @rule(time=TIMES)
    def call_off(self, time):
        found = Slot.objects.filter(station=self.place, starts_at=slot(*time)).select_related("session").first()
        if found is not None:
            call_off_slot(found, by=self.by)
            self.yes = {n: row for n, row in self.yes.items() if fresh(row).session_id != found.session_id}

    @invariant()
    def the_hours_hold(self):
        if not hasattr(self, "place"):
            return
        standing = list(SignUp.objects.standing().filter(session__slot__station=self.place).select_related("session"))
        assert {row.pk for row in standing} == {row.pk for row in self.yes.values()}
        for one in standing:
            over = [
                each
                for each in standing
                if one.session.starts_at < each.session.ends_at and each.session.starts_at < one.session.ends_at
            ]
            assert {each.session_id for each in over} == {one.session_id}, "no two slots with people overlap"
            assert len(over) <= self.seats
        for pool in SeatPool.objects.filter(session__slot__station=self.place):
            assert pool.taken == sum(row.pool_id == pool.pk for row in standing) <= pool.capacity


def promises(cast, examples: int, steps: int) -> None:
    Desk.cast = cast
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_the_hours_keep_their_promises(cast):
    promises(cast, 4, 16)


@pytest.mark.slow
def test_the_hours_keep_their_promises_for_long(cast):
    promises(cast, 40, 40)


def test_pressing_twice_is_one_answer_also_when_it_was_the_last_seat(cast):
    place = station(cast)
    first = booked(place, 1, slot(9))
    assert booked(place, 1, slot(9)).link_secret == first.link_secret
    with pytest.raises(Refused, match="别人约走"):
        booked(place, 2, slot(9))
    with pytest.raises(Invalid):
        booked(place, 1, slot(9), name="别的称呼")


def test_only_what_is_on_the_timetable_may_be_booked(cast):
    place = station(cast, days_ahead=3)
    for at in (slot(8), slot(12), slot(9, 10), slot(9, days=4), slot(9, days=-1)):
        with pytest.raises(Refused):
            booked(place, 1, at)
    assert Slot.objects.count() == 0
    with pytest.raises(Refused, match="直接来"):
        booked(station(cast, slot_minutes=None, name="不预约的"), 1, slot(9))


def test_two_ahead_are_enough_and_what_is_over_does_not_count(cast):
    place = station(cast)
    rows = [booked(place, 1, slot(9)), booked(place, 1, slot(10))]
    with pytest.raises(Refused, match="已经约了 2 次"):
        booked(place, 1, slot(11))
    rows[0].session.starts_at, rows[0].session.ends_at = (
        clock.now() - timedelta(hours=2),
        clock.now() - timedelta(hours=1),
    )
    rows[0].session.save()
    assert booked(place, 1, slot(11)).state == "confirmed"


def test_a_change_keeps_her_link_and_the_clocks_follow(cast):
    place = station(cast)
    row = booked(place, 1, slot(9), email="g@example.org")
    secret, code = row.link_secret, row.code
    assert move_booking(row, place, slot(9, days=9), by=link_of(row)) is True
    moved = fresh(row)
    assert (moved.link_secret, moved.code, moved.session.starts_at) == (secret, code, slot(9, days=9))
    kept = moved.session.ends_at + timedelta(days=place.office.public_days)
    assert Link.objects.get(object_code=code).expires_at == kept
    assert RetentionClock.objects.get(object_kind="person", object_code=row.person.code).due_at == kept
    assert booked(place, 2, slot(9)).state == "confirmed", "the old time is free again"
    keys = list(OutMessage.objects.filter(about_code=code).order_by("pk").values_list("key", flat=True))
    assert [key.split(":")[2] for key in keys] == ["confirmed", "changed"]


def test_of_a_discreet_place_no_message_says_where_or_what(cast):
    row = booked(station(cast), 1, slot(9), email="g@example.org")
    message = OutMessage.objects.get(about_code=row.code)
    assert "维权" not in message.body + message.subject and "9:00" in message.body
    openly = booked(station(cast, kind="family", name="家庭教育指导站"), 1, slot(9), email="g@example.org", consents=())
    assert "家庭教育指导站" in OutMessage.objects.get(about_code=openly.code).body
    with pytest.raises(Invalid, match="单独同意"):
        booked(station(cast, name="另一个中心"), 3, slot(9), consents=())


def test_came_and_did_not_come(cast):
    place = station(cast)
    by, row = as_host(cast, place.unit), booked(place, 1, slot(9))
    with pytest.raises(Refused, match="还没到"):
        mark_missed(row, by=by)
    row.session.starts_at = clock.now() - timedelta(minutes=5)
    row.session.save()
    row = fresh(row)
    assert [mark_missed(row, by=by), mark_missed(row, by=by)] == [True, False]
    assert fresh(row).missed_at
    check_in(fresh(row), by=by)
    assert fresh(row).missed_at is None and mark_missed(fresh(row), by=by) is False
    assert undo_missed(fresh(row), by=by) is False
    assert EVERY_DAY
