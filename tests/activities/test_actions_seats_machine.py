"""Any order of signing up, pressing again, saying yes or no, running out of time, changing the session, leaving and resizing:
the pools keep their promises after every step."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jinguo.activities.actions.again import add_sessions
from jinguo.activities.actions.changing import change_seats
from jinguo.activities.actions.moving import move_sign_up
from jinguo.activities.actions.pools import change_pool, open_pool
from jinguo.activities.actions.sign_up import accept, leave
from jinguo.activities.actions.waiting import expire_offers
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.wishes import PoolWish, waiting_cap
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from tests.activities.stage import as_host, fresh, guest, published

PEOPLE = st.integers(0, 15)
SEATS = st.integers(1, 3)
WHICH = st.integers(0, 1)


class Shadow:
    """What a plain list says of one pool: who holds seats, who was offered some, who waits, in the order they came."""

    def __init__(self, code, capacity):
        self.code, self.capacity, self.cap = code, capacity, waiting_cap(capacity)
        self.held: dict[int, int] = {}
        self.offered: dict[int, int] = {}
        self.line: list[tuple[int, int]] = []
        self.drawn, self.is_open = 0, True

    def pool(self):
        return SeatPool.objects.for_joining().get(code=self.code)

    def free(self) -> int:
        return self.capacity - sum(self.held.values()) - sum(self.offered.values())

    def seats_of(self, person) -> int:
        return self.held.get(person) or self.offered.get(person) or dict(self.line).get(person, 0)

    def may_hold(self, seats) -> bool:
        return self.is_open and seats <= self.free() and not self.line

    def may_wait(self, seats) -> bool:
        return self.is_open and len(self.line) < self.cap and seats <= self.capacity

    def take(self, person, seats):
        """Seats, or a place in line, whichever the rule gives."""
        if self.may_hold(seats):
            self.held[person] = seats
        else:
            self.line.append((person, seats))
        self.drawn += 1

    def drop(self, person):
        self.held.pop(person, None), self.offered.pop(person, None)
        self.line = [entry for entry in self.line if entry[0] != person]
        self.move_up()

    def move_up(self):
        while self.line and self.line[0][1] <= self.free():
            person, seats = self.line.pop(0)
            (self.held if person % 2 else self.offered)[person] = seats


class Pools(RuleBasedStateMachine):
    """Two sessions of one activity, each beside its plain list.

    People with even numbers left an address and are asked; the others are given what comes free. Each stands in one
    session at a time here.
    """

    cast = None

    @initialize(capacity=st.integers(3, 8))
    def open(self, capacity):
        day = clock.today() + timedelta(days=30)
        self.times = {"starts_at": clock.at(day, 14), "ends_at": clock.at(day, 16)}
        self.activity = published(self.cast, seats=capacity, each=3, **self.times)
        self.host = as_host(self.cast, self.activity.unit)
        add_sessions(self.activity, weeks=1, until=day + timedelta(days=7), by=self.host)
        pools = SeatPool.objects.filter(session__activity=self.activity).order_by("session__starts_at")
        self.pools = [Shadow(pool.code, capacity) for pool in pools]
        self.rows: dict[int, SignUp] = {}
        self.at: dict[int, int] = {}

    def come(self, person, seats, which):
        mail = "" if person % 2 else f"g{person}@example.org"
        return guest(self.activity, person, seats=seats, email=mail, pool=self.pools[which].pool())

    def link(self, person):
        return open_link(self.rows[person].link_secret, SIGN_UP_LINK)

    @rule(person=PEOPLE, seats=SEATS, which=WHICH)
    def press(self, person, seats, which):
        if person in self.rows:
            assert self.come(person, seats, self.at[person]).pk == self.rows[person].pk
            return
        shadow = self.pools[which]
        if not shadow.may_hold(seats) and not shadow.may_wait(seats):
            with pytest.raises(Refused):
                self.come(person, seats, which)
            return
        shadow.take(person, seats)
        self.rows[person], self.at[person] = self.come(person, seats, which), which
        assert self.rows[person].order == shadow.drawn

    @rule(person=PEOPLE, presses=st.integers(1, 3))
    def go(self, person, presses):
        if person not in self.rows:
            return
        link, row, shadow = self.link(person), self.rows.pop(person), self.pools[self.at.pop(person)]
        was_offered = person in shadow.offered
        assert [leave(fresh(row), by=link) for _press in range(presses)] == [True] + [False] * (presses - 1)
        assert fresh(row).ended == ("declined" if was_offered else "left")
        shadow.drop(person)

    @rule(person=PEOPLE, wait=st.booleans(), presses=st.integers(1, 2))
    def change_session(self, person, wait, presses):
        """What she has stays hers until the other is; she waits there only if she said so; then the next moves up here."""
        if person not in self.rows:
            return
        here, there = self.pools[self.at[person]], self.pools[1 - self.at[person]]
        seats = here.seats_of(person)
        goes = there.may_hold(seats) or (wait and there.may_wait(seats))
        row, link = fresh(self.rows[person]), self.link(person)
        if person in here.offered or not goes:
            with pytest.raises(Refused):
                move_sign_up(row, there.pool(), wait=wait, by=link)
            return
        moved = [move_sign_up(row, there.pool(), wait=wait, by=link) for _press in range(presses)]
        assert moved == [True] + [False] * (presses - 1)
        there.take(person, seats)
        here.drop(person)
        self.at[person] = 1 - self.at[person]
        assert fresh(row).order == there.drawn

    @rule(person=PEOPLE, seats=SEATS)
    def bring(self, person, seats):
        if person not in self.rows:
            return
        row, shadow, link = self.rows[person], self.pools[self.at[person]], self.link(person)
        waits = person in dict(shadow.line)
        more = seats - shadow.seats_of(person)
        full = more > 0 and (waits or shadow.line or more > shadow.free() or not shadow.is_open)
        if (person in shadow.offered and more) or full:
            with pytest.raises(Refused):
                change_seats(fresh(row), seats=seats, minors=0, guardian=False, by=link)
            return
        assert change_seats(fresh(row), seats=seats, minors=0, guardian=False, by=link) == (more != 0)
        if person in shadow.held:
            shadow.held[person] = seats
        shadow.line = [(one, seats if one == person else had) for one, had in shadow.line]
        if more < 0:
            shadow.move_up()

    @rule(person=PEOPLE, presses=st.integers(1, 2))
    def say_yes(self, person, presses):
        if person not in self.rows:
            return
        row, shadow, link = fresh(self.rows[person]), self.pools[self.at[person]], self.link(person)
        if person in shadow.offered:
            assert [accept(row, by=link) for _press in range(presses)] == [True] + [False] * (presses - 1)
            shadow.held[person] = shadow.offered.pop(person)
        elif person in shadow.held:
            assert accept(row, by=link) is False
        else:
            with pytest.raises(Refused):
                accept(row, by=link)

    @rule(person=PEOPLE)
    def say_nothing(self, person):
        if person not in self.rows or person not in self.pools[self.at[person]].offered:
            assert expire_offers() == 0
            return
        SignUp.objects.filter(pk=self.rows[person].pk).update(offer_until=clock.now() - timedelta(seconds=1))
        with pytest.raises(Refused):
            accept(self.rows[person], by=self.link(person))
        assert (expire_offers(), expire_offers()) == (1, 0)
        del self.rows[person]
        self.pools[self.at.pop(person)].drop(person)

    @rule(which=WHICH, capacity=st.integers(1, 10))
    def resize(self, which, capacity):
        shadow = self.pools[which]
        wish = PoolWish("public", capacity, each=3)
        if capacity < shadow.capacity - shadow.free():
            with pytest.raises(Refused):
                change_pool(shadow.pool(), wish, by=self.host)
            return
        change_pool(shadow.pool(), wish, by=self.host)
        shadow.capacity = capacity
        shadow.cap = max(waiting_cap(capacity), len(shadow.line))
        shadow.move_up()

    @rule(which=WHICH, open_it=st.booleans())
    def gate(self, which, open_it):
        shadow = self.pools[which]
        assert open_pool(shadow.pool(), open_it=open_it, by=self.host) == (open_it != shadow.is_open)
        shadow.is_open = open_it

    @invariant()
    def database_and_lists_agree(self):
        for shadow in getattr(self, "pools", []):
            pool = shadow.pool()
            rows = list(SignUp.objects.filter(pool=pool).order_by("order"))
            named = {
                state: [row.name for row in rows if row.state == state] for state in ("confirmed", "offered", "waiting")
            }
            holding = sum(row.seats for row in rows if row.state in ("confirmed", "offered"))
            assert pool.taken == holding <= pool.capacity == shadow.capacity
            assert pool.drawn == shadow.drawn and all(1 <= row.order <= shadow.drawn for row in rows)
            assert set(named["confirmed"]) == {f"访客{person}" for person in shadow.held}
            assert set(named["offered"]) == {f"访客{person}" for person in shadow.offered}
            assert named["waiting"] == [f"访客{person}" for person, _seats in shadow.line]
            assert pool.waiting == len(shadow.line) <= pool.waiting_cap
            assert all(bool(row.ended) == (row.state == "cancelled") for row in rows)
        for person, row in getattr(self, "rows", {}).items():
            assert open_link(row.link_secret, SIGN_UP_LINK).object_code == row.code
            assert fresh(row).pool.code == self.pools[self.at[person]].code


def promises(cast, examples: int, steps: int) -> None:
    Pools.cast = cast
    run_state_machine_as_test(
        Pools,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_pools_keep_their_promises(cast):
    promises(cast, 6, 25)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_pools_keep_their_promises_for_long(cast):
    promises(cast, 60, 50)
