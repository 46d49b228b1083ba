"""Many people at once, each pressing three times, on real connections: never one seat too many, one answer a person."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections, transaction

from jinguo.activities.actions.again import add_sessions
from jinguo.activities.actions.moving import move_sign_up
from jinguo.activities.actions.sign_up import leave
from jinguo.activities.models import Activity, SeatPool, SignUp
from jinguo.activities.models.sign_up import SignUpState
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.journal.actions import System
from jinguo.lib import clock, ids
from jinguo.lib.errors import Problem, Refused
from jinguo.people.actions import meet_person
from tests.activities.stage import as_host, guest, phone, pool_of, published

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, PEOPLE, PRESSES, THREADS = 5, 40, 3, 12


def race(calls: list[Callable[[], object]]) -> list[object]:
    """Share the calls out to threads with connections of their own, let them all go at once; answers in order of calls."""
    start = threading.Barrier(THREADS)
    answers: list[object] = [None] * len(calls)

    def work(first: int) -> None:
        start.wait(timeout=20)
        try:
            for n in range(first, len(calls), THREADS):
                answers[n] = outcome(calls[n])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def outcome(call: Callable[[], object]) -> object:
    """What a call gives: its answer, or the problem a person would read; anything else fails the test."""
    try:
        return call()
    except Problem as problem:
        return problem


def presses() -> list[int]:
    """Everybody three times, shuffled."""
    order = [n for n in range(PEOPLE) for _press in range(PRESSES)]
    random.Random(8).shuffle(order)
    return order


def test_five_seats_forty_people_three_presses_each(cast):
    activity = published(cast, seats=SEATS)
    SeatPool.objects.update(waiting_cap=PEOPLE)
    order = presses()
    answers = race([lambda n=n: guest(activity, n) for n in order])

    assert [a for a in answers if isinstance(a, Problem)] == []
    one_answer = {
        n: {(a.pk, a.link_secret, a.token) for m, a in zip(order, answers, strict=True) if m == n}
        for n in range(PEOPLE)
    }
    assert {len(found) for found in one_answer.values()} == {1}
    rows = SignUp.objects.filter(pool__session__activity=activity).order_by("order")
    assert [row.order for row in rows] == list(range(1, PEOPLE + 1))
    assert [row.state for row in rows] == [SignUpState.CONFIRMED] * SEATS + [SignUpState.WAITING] * (PEOPLE - SEATS)
    pool = pool_of(activity)
    assert (pool.taken, pool.waiting, pool.drawn) == (SEATS, PEOPLE - SEATS, PEOPLE)


def test_one_person_fifty_presses_at_once(cast):
    activity = published(cast, seats=SEATS)
    answers = race([lambda: guest(activity, 7) for _press in range(50)])
    assert len({(a.pk, a.link_secret) for a in answers}) == 1
    assert pool_of(activity).taken == 1


def test_leaving_and_coming_at_once_keeps_the_count(cast):
    activity = published(cast, seats=SEATS)
    SeatPool.objects.update(waiting_cap=PEOPLE)
    there = [guest(activity, n) for n in range(12)]

    def go(row: SignUp) -> object:
        return leave(row, by=open_link(row.link_secret, SIGN_UP_LINK))

    leaving = [lambda row=row: go(row) for row in there[:8] for _press in range(2)]
    coming = [lambda n=n: guest(activity, n) for n in range(20, 30)]
    calls = [call for pair in zip(leaving, coming, strict=False) for call in pair] + leaving[len(coming) :]
    answers = race(calls)
    assert [a for a in answers if isinstance(a, Problem)] == []
    assert answers.count(True) == 8
    standing = SignUp.objects.filter(pool__session__activity=activity)
    confirmed = standing.filter(state=SignUpState.CONFIRMED)
    pool = pool_of(activity)
    assert pool.taken == confirmed.count() == SEATS
    assert pool.waiting == standing.filter(state=SignUpState.WAITING).count() == 12 - 8 + 10 - SEATS


def naive_sign_up(activity: Activity, number: int, together: threading.Barrier) -> SignUp:
    """The way not to do it: count outside the deciding transaction, then insert. It stands here only to fail."""
    pool = pool_of(activity)
    free = SignUp.objects.filter(pool=pool, state=SignUpState.CONFIRMED).count() < pool.capacity
    together.wait(timeout=20)
    by = System("naive")
    with transaction.atomic():
        session = pool.session
        person = meet_person(
            activity.office, name=f"访客{number}", phone=phone(number), purpose="sign_up", until=session.ends_at, by=by
        )
        return SignUp.objects.create(
            pool=pool, session=session, activity=activity, person=person, state=SignUpState.CONFIRMED if free else SignUpState.WAITING, order=1000 + number,
            token=ids.short_token(), decided_at=clock.now(),
        )  # fmt: skip


def test_the_control_that_counts_outside_the_transaction_oversells(cast):
    """If this ever stops overselling, the race above proves nothing any more."""
    activity = published(cast, seats=SEATS)
    together = threading.Barrier(THREADS)
    race([lambda n=n: naive_sign_up(activity, n, together) for n in range(THREADS)])
    confirmed = SignUp.objects.filter(pool__session__activity=activity, state=SignUpState.CONFIRMED).count()
    assert confirmed > SEATS


def test_everybody_changing_to_the_other_session_at_once_loses_and_oversells_nothing(cast):
    """Two sessions of four seats, four people in one and three in the other, all pressing to change, each three times."""
    day = clock.today() + timedelta(days=30)
    activity = published(cast, seats=4, starts_at=clock.at(day, 9), ends_at=clock.at(day, 11))
    add_sessions(activity, weeks=1, until=day + timedelta(days=7), by=as_host(cast, activity.unit))
    ways = list(SeatPool.objects.for_joining().filter(session__activity=activity))
    rows = [guest(activity, n, pool=ways[n % 2]) for n in range(7)]

    def change(n: int) -> bool:
        return move_sign_up(rows[n], ways[1 - n % 2], by=open_link(rows[n].link_secret, SIGN_UP_LINK))

    order = [n for n in range(7) for _press in range(PRESSES)]
    random.Random(3).shuffle(order)
    answers = race([lambda n=n: change(n) for n in order])

    assert all(isinstance(answer, bool | Refused) for answer in answers), answers
    for n, row in enumerate(rows):
        won = sum(answer is True for m, answer in zip(order, answers, strict=True) if m == n)
        now = SignUp.objects.get(pk=row.pk)
        assert (now.pool_id, now.state) == (ways[(n + won) % 2].pk, "confirmed") and won <= 1
    assert any(answer is True for answer in answers)
    for pool in SeatPool.objects.filter(session__activity=activity):
        assert pool.taken == SignUp.objects.confirmed().filter(pool=pool).count() <= pool.capacity
