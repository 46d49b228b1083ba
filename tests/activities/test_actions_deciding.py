"""Whoever is decided in one load gets what she would have got alone, in the order of coming, by a fixed number of statements."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.activities.actions.deciding import Press, _decide_load
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.wishes import Wish
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.people.actions import Meeting, meet_people, place_hold
from jinguo.people.models import Consent, Person, RetentionClock
from tests.activities.stage import BY, VISITOR, guest, phone, pool_of, published

pytestmark = pytest.mark.django_db
PRESSES = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), min_size=1, max_size=14)


def press(pool: SeatPool, number: int, seats: int = 1) -> Press:
    return Press(pool, Wish(name=f"访客{number}", phone=phone(number), seats=seats), VISITOR)


def decided(pool: SeatPool, presses: list[tuple[int, int]]) -> list[tuple[int, str, int] | None]:
    """The answers to one load: whose, state and order; None for "look again"."""
    rows = _decide_load(pool.pk, lambda: [press(pool, *one) for one in presses])
    return [row and (int(row.name.removeprefix("访客")), str(row.state), row.order) for row in rows]


def counters(pool: SeatPool) -> tuple[int, int, int]:
    row = SeatPool.objects.get(pk=pool.pk)
    return row.taken, row.waiting, row.drawn


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
@given(presses=PRESSES, capacity=st.integers(1, 6), cap=st.integers(0, 3), cuts=st.sets(st.integers(1, 13)))
def test_however_the_presses_fall_into_loads_everybody_gets_the_same(cast, presses, capacity, cap, cuts):
    alone, together = (pool_of(published(cast, seats=capacity, each=3)) for _each in range(2))
    SeatPool.objects.filter(pk__in=[alone.pk, together.pk]).update(waiting_cap=cap)
    one_by_one = [answer for one in presses for answer in decided(alone, [one])]
    edges = [0, *sorted(cut for cut in cuts if cut < len(presses)), len(presses)]
    loads = [presses[first:last] for first, last in itertools.pairwise(edges)]
    assert [answer for load in loads for answer in decided(together, load)] == one_by_one
    assert counters(together) == counters(alone)
    for pool in (alone, together):
        orders = list(SignUp.objects.filter(pool=pool).order_by("order").values_list("order", flat=True))
        assert orders == list(range(1, len(orders) + 1)), "a sequence without a gap"


def test_a_load_of_twenty_asks_the_database_as_often_as_a_load_of_one(cast):
    pool = pool_of(published(cast, seats=5))
    SeatPool.objects.update(waiting_cap=100)
    asked = []
    for numbers in (range(1), range(1, 21)):
        with CaptureQueriesContext(connection) as seen:
            assert len(decided(pool, [(number, 1) for number in numbers])) == len(numbers)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 16


def test_each_of_a_load_has_her_own_link_clock_consent_and_journal(cast):
    pool = pool_of(published(cast, seats=5))
    known = guest(published(cast, seats=5), 1).person
    lines = Entry.objects.count()
    rows = _decide_load(pool.pk, lambda: [press(pool, number) for number in (1, 2, 3)])
    assert rows[0].person.pk == known.pk
    assert len({row.link_secret for row in rows}) == len({row.token for row in rows}) == 3
    assert Person.objects.count() == RetentionClock.objects.count() == 3
    assert Consent.objects.filter(person=known).count() == 2
    assert Entry.objects.count() - lines == 3 + 3 + 2, "links, sign-ups, and the two who were not known"
    assert [SignUp.objects.get(pk=row.pk).name for row in rows] == ["访客1", "访客2", "访客3"]


def test_a_clock_of_somebody_known_runs_on_and_never_back(cast):
    soon, late = clock.now() + timedelta(days=3), clock.now() + timedelta(days=90)
    meeting = [Meeting("王芳", phone(1), ("sign_up",), BY), Meeting("李梅", phone(2), ("sign_up",), BY)]
    for until, stands in ((soon, soon), (late, late), (soon, late)):
        people, _lines = meet_people(cast.office, meeting, until=until)
        assert set(RetentionClock.objects.values_list("object_code", "due_at")) == {(p.code, stands) for p in people}


def test_a_held_person_is_met_like_any_other(cast):
    row = guest(published(cast, seats=5), 1)
    place_hold("person", row.person.code, reason="信访", by=BY)
    assert guest(published(cast, seats=5), 1).person.pk == row.person.pk


@pytest.mark.django_db(transaction=True)
def test_nobody_is_answered_inside_a_transaction_that_may_still_be_undone(cast):
    activity = published(cast, seats=5)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        guest(activity, 1)
    assert not SignUp.objects.exists()
    assert guest(activity, 1).order == 1
