"""Any order of signing up, pressing again, leaving and resizing: the pool keeps its promises after every step."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jinguo.activities.actions.plan import edit_activity
from jinguo.activities.actions.sign_up import leave
from jinguo.activities.models import SignUp
from jinguo.activities.wishes import waiting_cap
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib.errors import Refused
from tests.activities.stage import as_host, draft, guest, pool_of, published

PEOPLE = st.integers(0, 15)
SEATS = st.integers(1, 3)


class Pool(RuleBasedStateMachine):
    """Beside the database stands a plain list: who holds seats, who waits, in the order they came."""

    cast = None

    @initialize(capacity=st.integers(3, 8))
    def open(self, capacity):
        self.capacity = capacity
        self.activity = published(self.cast, seats=capacity, each=3)
        self.held: dict[int, int] = {}
        self.line: list[tuple[int, int]] = []
        self.rows: dict[int, SignUp] = {}
        self.cap = waiting_cap(capacity)
        self.drawn = 0

    def free(self) -> int:
        return self.capacity - sum(self.held.values())

    def move_up(self):
        while self.line and self.line[0][1] <= self.free():
            person, seats = self.line.pop(0)
            self.held[person] = seats

    @rule(person=PEOPLE, seats=SEATS)
    def press(self, person, seats):
        if person in self.rows:
            assert guest(self.activity, person, seats=seats).pk == self.rows[person].pk
            return
        if seats <= self.free() and not self.line:
            self.held[person] = seats
        elif len(self.line) < self.cap and seats <= self.capacity:
            self.line.append((person, seats))
        else:
            with pytest.raises(Refused):
                guest(self.activity, person, seats=seats)
            return
        self.drawn += 1
        self.rows[person] = guest(self.activity, person, seats=seats)
        assert self.rows[person].order == self.drawn

    @rule(person=PEOPLE, presses=st.integers(1, 3))
    def go(self, person, presses):
        row = self.rows.pop(person, None)
        if row is None:
            return
        link = open_link(row.link_secret, SIGN_UP_LINK)
        assert [leave(row, by=link) for _press in range(presses)] == [True] + [False] * (presses - 1)
        self.held.pop(person, None)
        self.line = [entry for entry in self.line if entry[0] != person]
        self.move_up()

    @rule(capacity=st.integers(1, 10))
    def resize(self, capacity):
        host = as_host(self.cast, self.activity.unit)
        if capacity < sum(self.held.values()):
            with pytest.raises(Refused):
                edit_activity(self.activity, draft(seats=capacity, each=3), by=host)
            return
        edit_activity(self.activity, draft(seats=capacity, each=3), by=host)
        self.capacity = capacity
        self.cap = max(waiting_cap(capacity), len(self.line))
        self.move_up()

    @invariant()
    def database_and_list_agree(self):
        if not hasattr(self, "activity"):
            return
        pool = pool_of(self.activity)
        rows = list(SignUp.objects.filter(pool=pool).order_by("order"))
        assert (
            pool.taken == sum(row.seats for row in rows if row.state == "confirmed") <= pool.capacity == self.capacity
        )
        assert pool.drawn == len(rows) == self.drawn and [row.order for row in rows] == list(range(1, self.drawn + 1))
        assert {row.name for row in rows if row.state == "confirmed"} == {f"访客{person}" for person in self.held}
        assert [row.name for row in rows if row.state == "waiting"] == [f"访客{person}" for person, _seats in self.line]
        assert pool.waiting == len(self.line) <= pool.waiting_cap


@pytest.mark.django_db
def test_the_pool_keeps_its_promises(cast):
    Pool.cast = cast
    run_state_machine_as_test(
        Pool,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
