"""Any order of signing up, pressing again, saying yes or no, running out of time, leaving and resizing: the pool keeps its
promises after every step."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jinguo.activities.actions.changing import change_seats
from jinguo.activities.actions.plan import edit_activity
from jinguo.activities.actions.pools import open_pool
from jinguo.activities.actions.sign_up import accept, leave
from jinguo.activities.actions.waiting import expire_offers
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.wishes import waiting_cap
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from tests.activities.stage import as_host, draft, fresh, guest, pool_of, published

PEOPLE = st.integers(0, 15)
SEATS = st.integers(1, 3)


class Pool(RuleBasedStateMachine):
    """Beside the database stands a plain list: who holds seats, who was offered some, who waits, in the order they came.

    People with even numbers left an address and are asked; the others are given what comes free.
    """

    cast = None

    @initialize(capacity=st.integers(3, 8))
    def open(self, capacity):
        self.capacity = capacity
        day = clock.today() + timedelta(days=30)
        self.times = {"starts_at": clock.at(day, 14), "ends_at": clock.at(day, 16)}
        self.activity = published(self.cast, seats=capacity, each=3, **self.times)
        self.host = as_host(self.cast, self.activity.unit)
        self.held: dict[int, int] = {}
        self.offered: dict[int, int] = {}
        self.line: list[tuple[int, int]] = []
        self.rows: dict[int, SignUp] = {}
        self.cap = waiting_cap(capacity)
        self.drawn, self.is_open = 0, True

    def free(self) -> int:
        return self.capacity - sum(self.held.values()) - sum(self.offered.values())

    def move_up(self):
        while self.line and self.line[0][1] <= self.free():
            person, seats = self.line.pop(0)
            (self.held if person % 2 else self.offered)[person] = seats

    def come(self, person, seats):
        mail = "" if person % 2 else f"g{person}@example.org"
        return guest(self.activity, person, seats=seats, email=mail)

    @rule(person=PEOPLE, seats=SEATS)
    def press(self, person, seats):
        if person in self.rows:
            assert self.come(person, seats).pk == self.rows[person].pk
            return
        if self.is_open and seats <= self.free() and not self.line:
            self.held[person] = seats
        elif self.is_open and len(self.line) < self.cap and seats <= self.capacity:
            self.line.append((person, seats))
        else:
            with pytest.raises(Refused):
                self.come(person, seats)
            return
        self.drawn += 1
        self.rows[person] = self.come(person, seats)
        assert self.rows[person].order == self.drawn

    @rule(person=PEOPLE, presses=st.integers(1, 3))
    def go(self, person, presses):
        row = self.rows.pop(person, None)
        if row is None:
            return
        link = open_link(row.link_secret, SIGN_UP_LINK)
        was_offered = person in self.offered
        assert [leave(row, by=link) for _press in range(presses)] == [True] + [False] * (presses - 1)
        assert fresh(row).ended == ("declined" if was_offered else "left")
        self.held.pop(person, None), self.offered.pop(person, None)
        self.line = [entry for entry in self.line if entry[0] != person]
        self.move_up()

    @rule(person=PEOPLE, seats=SEATS)
    def bring(self, person, seats):
        row = self.rows.get(person)
        if row is None:
            return
        waits = dict(self.line)
        had = self.held.get(person) or waits.get(person)
        more = seats - had if had else 0
        link = open_link(row.link_secret, SIGN_UP_LINK)
        full = more > 0 and (person in waits or self.line or more > self.free() or not self.is_open)
        if person in self.offered or seats > 3 or full:
            if person in self.offered and fresh(row).seats == seats:
                assert not change_seats(fresh(row), seats=seats, minors=0, guardian=False, by=link)
                return
            with pytest.raises(Refused):
                change_seats(fresh(row), seats=seats, minors=0, guardian=False, by=link)
            return
        assert change_seats(fresh(row), seats=seats, minors=0, guardian=False, by=link) == (more != 0)
        if person in self.held:
            self.held[person] = seats
        else:
            self.line = [(one, seats if one == person else had) for one, had in self.line]
        if more < 0:
            self.move_up()

    @rule(person=PEOPLE, presses=st.integers(1, 2))
    def say_yes(self, person, presses):
        row = self.rows.get(person)
        if row is None:
            return
        link = open_link(row.link_secret, SIGN_UP_LINK)
        if person in self.offered:
            assert [accept(row, by=link) for _press in range(presses)] == [True] + [False] * (presses - 1)
            self.held[person] = self.offered.pop(person)
        elif person in self.held:
            assert accept(row, by=link) is False
        else:
            with pytest.raises(Refused):
                accept(row, by=link)

    @rule(person=PEOPLE)
    def say_nothing(self, person):
        if person not in self.offered:
            assert expire_offers() == 0
            return
        SignUp.objects.filter(pk=self.rows[person].pk).update(offer_until=clock.now() - timedelta(seconds=1))
        with pytest.raises(Refused):
            accept(self.rows[person], by=open_link(self.rows[person].link_secret, SIGN_UP_LINK))
        assert (expire_offers(), expire_offers()) == (1, 0)
        del self.rows[person], self.offered[person]
        self.move_up()

    @rule(capacity=st.integers(1, 10))
    def resize(self, capacity):
        wanted = draft(seats=capacity, each=3, **self.times)
        if capacity < self.capacity - self.free():
            with pytest.raises(Refused):
                edit_activity(self.activity, wanted, by=self.host)
            return
        edit_activity(self.activity, wanted, by=self.host)
        self.capacity = capacity
        self.cap = max(waiting_cap(capacity), len(self.line))
        self.move_up()

    @rule(open_it=st.booleans())
    def gate(self, open_it):
        assert open_pool(pool_of(self.activity), open_it=open_it, by=self.host) == (open_it != self.is_open)
        self.is_open = open_it

    @invariant()
    def database_and_list_agree(self):
        if not hasattr(self, "activity"):
            return
        pool = SeatPool.objects.get(session__activity=self.activity)
        rows = list(SignUp.objects.filter(pool=pool).order_by("order"))
        named = {
            state: [row.name for row in rows if row.state == state] for state in ("confirmed", "offered", "waiting")
        }
        holding = sum(row.seats for row in rows if row.state in ("confirmed", "offered"))
        assert pool.taken == holding <= pool.capacity == self.capacity
        assert pool.drawn == len(rows) == self.drawn and [row.order for row in rows] == list(range(1, self.drawn + 1))
        assert set(named["confirmed"]) == {f"访客{person}" for person in self.held}
        assert set(named["offered"]) == {f"访客{person}" for person in self.offered}
        assert named["waiting"] == [f"访客{person}" for person, _seats in self.line]
        assert pool.waiting == len(self.line) <= pool.waiting_cap
        assert all(bool(row.ended) == (row.state == "cancelled") for row in rows)


def promises(cast, examples: int, steps: int) -> None:
    Pool.cast = cast
    run_state_machine_as_test(
        Pool,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_pool_keeps_its_promises(cast):
    promises(cast, 6, 25)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_pool_keeps_its_promises_for_long(cast):
    promises(cast, 60, 50)
