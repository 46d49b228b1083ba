"""Presses of the day sent later: each counts once, in its order, at the time it was made; a clock that jumps loses none."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinguo.activities.actions.plan import cancel_activity
from jinguo.activities.actions.presses import OLDEST, pressed_at, take_press
from jinguo.activities.actions.sign_up import leave
from jinguo.activities.models import CheckIn, Headcount, Press, WalkIn
from jinguo.activities.wishes import Pressed
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import NotThere, Refused
from tests.activities.stage import guest, published, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(cast):
    activity = published(cast, seats=5)
    return activity, session_of(activity), cast.users["liaison"]


def send(client, session, *presses, now=1_000_000):
    address = f"/desk/activities/{session.activity.code}/sessions/{session.code}/desk/presses/"
    return client.post(address, json.dumps({"now": now, "presses": presses}), content_type="application/json")


def mark(row, at=1_000_000, kind="mark", **more):
    return {"code": ids.new_code(), "kind": kind, "sign_up": row.code, "at": at, **more}


def test_a_press_sent_again_does_nothing_even_after_it_was_taken_back(day):
    activity, session, liaison = day
    row = guest(activity, 1)
    came, back = (Pressed(ids.new_code(), kind, sign_up=row.code) for kind in ("mark", "undo"))
    assert [take_press(session, one, by=liaison) for one in (came, came, back, came, back)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert CheckIn.objects.count() == 0 and Press.objects.count() == 2
    assert Entry.objects.filter(action="signup.check_in").count() == 1


def test_she_is_marked_at_the_time_of_the_press_by_whoever_was_first(day, client):
    activity, session, liaison = day
    row = guest(activity, 1)
    client.force_login(liaison)
    before = clock.now()
    assert send(client, session, mark(row, at=1_000_000 - 600_000)).json()["tally"] == {"came": 1, "walked_in": 0}
    assert send(client, session, mark(row)).json()["answers"][0]["done"], (
        "another telephone pressed too: no error, no second"
    )
    at = CheckIn.objects.get().at
    assert before - timedelta(minutes=10, seconds=1) < at < clock.now() - timedelta(minutes=9, seconds=59)


@given(st.timedeltas())
def test_a_clock_that_jumps_never_dates_a_press_into_the_future_or_far_away(ago):
    moment = clock.now()
    assert moment - OLDEST <= pressed_at(ago, moment) <= moment


def test_one_that_cannot_be_done_says_why_and_stops_no_other(day, client):
    activity, session, liaison = day
    gone, here = guest(activity, 1), guest(activity, 2)
    leave(gone, by=liaison)
    client.force_login(liaison)
    walk = {"code": ids.new_code(), "kind": "walk_in", "people": 3, "at": 0}
    heads = {"code": ids.new_code(), "kind": "heads", "on_site": "9", "women": "", "exactness": "about", "at": 0}
    told = send(client, session, mark(gone), mark(here), walk, walk, heads).json()["answers"]
    assert [answer["done"] for answer in told] == [False, True, True, True, True]
    assert "取消过了" in told[0]["said"]
    assert [row.people for row in WalkIn.objects.all()] == [3]
    assert (Headcount.objects.get().on_site, Headcount.objects.get().women) == (9, None)
    assert Press.objects.count() == 3, "what was refused is not kept as done"


def test_another_sessions_guest_is_not_marked_here(day, cast):
    _activity, session, liaison = day
    hers = guest(published(cast, cast.units["c.b"], seats=2), 1)
    with pytest.raises(NotThere):
        take_press(session, Pressed(ids.new_code(), "mark", sign_up=hers.code), by=liaison)
    assert not CheckIn.objects.exists()


def test_of_a_cancelled_activity_nothing_is_taken_and_it_says_so(day):
    activity, session, liaison = day
    cancel_activity(activity, reason="下雨", by=liaison)
    session.activity.refresh_from_db()
    with pytest.raises(Refused, match="已经取消"):
        take_press(session, Pressed(ids.new_code(), "walk_in", people=2), by=liaison)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"now": 1e999, "presses": []}', b'{"now": 1, "presses": [7]}',
        b'{"now": 1, "presses": [{"code": "x", "kind": "mark", "at": 1}]}',
        b'{"now": 1, "presses": [{"code": "222222222222", "kind": "drop", "at": 1}]}',
        b'{"now": 1, "presses": [{"code": "222222222222", "kind": "walk_in", "people": -4, "at": 1}]}',
        json.dumps({"now": 1, "presses": [{"code": "2" * 12, "kind": "mark", "at": 1}] * 101}).encode(),
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused_with_a_sentence(day, client, body):
    _activity, session, liaison = day
    client.force_login(liaison)
    address = f"/desk/activities/{session.activity.code}/sessions/{session.code}/desk/presses/"
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 422 and "看不懂" in answer.json()["said"]
    assert not Press.objects.exists()
