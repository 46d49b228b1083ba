"""The day: who came, who walked in, how many there were; a slip of the finger can be taken back, a double tap counts once."""

from datetime import timedelta

import pytest

from jinguo.activities.actions.day import (
    Heads,
    check_in,
    count_walk_in,
    record_headcount,
    reveal_phone,
    undo_check_in,
    undo_walk_in,
)
from jinguo.activities.models import Headcount, SignUp, WalkIn
from jinguo.activities.queries import record_of
from jinguo.activities.queries.desk import tally
from jinguo.campaigns.models import Clause
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused
from tests.activities.stage import as_host, guest, make, phone, published, session_of, shift_session

pytestmark = pytest.mark.django_db


def tally_of(activity):
    session = session_of(activity)
    return tally(session, list(SignUp.objects.standing().filter(pool__session=session).select_related("check_in")))


def test_a_tap_marks_her_a_second_tap_changes_nothing_and_undo_takes_it_back(cast):
    activity = published(cast, seats=5, each=3)
    host, row = as_host(cast, activity.unit), guest(activity, 1, seats=3)
    assert (check_in(row, by=host), check_in(row, by=host)) == (True, False)
    assert tally_of(activity).came == 3
    assert (undo_check_in(row, by=host), undo_check_in(row, by=host)) == (True, False)
    assert tally_of(activity).came == 0


def test_who_waits_or_left_is_counted_as_a_walk_in_instead(cast):
    activity = published(cast, seats=1)
    guest(activity, 1)
    with pytest.raises(Refused) as refusal:
        check_in(guest(activity, 2), by=as_host(cast, activity.unit))
    assert "候补" in str(refusal.value.sentence)


def test_another_unit_marks_nobody_and_reads_no_telephone(cast):
    activity = published(cast, seats=5)
    row = guest(activity, 1)
    for role in ("officer", "county_officer", "leader", "sister"):
        with pytest.raises(Refused):
            check_in(row, by=cast.users[role])
        with pytest.raises(Refused):
            reveal_phone(row, by=cast.users[role])
    assert not Entry.objects.filter(action="signup.view_sensitive").exists()


def test_reading_a_telephone_leaves_a_line_that_does_not_hold_it(cast):
    activity = published(cast, seats=5)
    row = guest(activity, 1)
    assert reveal_phone(row, by=as_host(cast, activity.unit)) == phone(1)
    line = Entry.objects.get(action="signup.view_sensitive")
    assert line.object_code == row.code and phone(1) not in line.detail


def test_walk_ins_count_once_a_form_and_can_be_taken_back(cast):
    activity = published(cast)
    session, host, code = session_of(activity), as_host(cast, activity.unit), ids.new_code()
    rows = {count_walk_in(session, people=4, code=code, by=host).pk for _press in range(3)}
    assert len(rows) == 1 and tally_of(activity).walked_in == 4
    row = WalkIn.objects.get()
    assert (undo_walk_in(row, by=host), undo_walk_in(row, by=host)) == (True, False)
    assert tally_of(activity).walked_in == 0
    for people in (0, 501):
        with pytest.raises(Invalid):
            count_walk_in(session, people=people, code=ids.new_code(), by=host)


def test_the_newest_head_count_stands_and_the_same_numbers_make_no_second_row(cast):
    activity = published(cast)
    session, host = session_of(activity), as_host(cast, activity.unit)
    for heads in (Heads(30, 25), Heads(30, 25), Heads(42, 40, 0, "about")):
        record_headcount(session, heads, by=host)
    assert Headcount.objects.count() == 2
    record = record_of(activity)
    assert (record.on_site, record.women, record.online, record.exactness) == (42, 40, 0, "about")


def test_blank_is_not_reported_and_nought_is_none(cast):
    activity = published(cast)
    session, host = session_of(activity), as_host(cast, activity.unit)
    assert (record_of(activity).on_site, record_of(activity).exactness) == (None, "")
    record_headcount(session, Heads(on_site=0), by=host)
    record = record_of(activity)
    assert (record.on_site, record.women, record.online) == (0, None, None)
    with pytest.raises(Invalid):
        record_headcount(session, Heads(), by=host)
    with pytest.raises(Invalid) as refusal:
        record_headcount(session, Heads(on_site=3, women=4), by=host)
    assert refusal.value.field == "women"


def test_the_record_names_the_rows_its_numbers_come_from(cast, city_clauses):
    activity = published(
        cast,
        seats=5,
        each=2,
        cohosts=("市图书馆",),
        clauses=tuple(Clause.objects.exclude(kind="own_event").order_by("-position")),
    )
    host, row = as_host(cast, activity.unit), guest(activity, 1, seats=2)
    guest(activity, 2)
    check_in(row, by=host)
    count = record_headcount(session_of(activity), Heads(on_site=12, women=11), by=host)
    record = record_of(activity)
    assert (record.sign_ups, record.checked_in, record.walk_ins) == (3, 2, 0)
    assert (record.sessions, record.sessions_counted) == (1, 1)
    assert record.sources["on_site"] == (f"headcount:{count.code}",) and record.sources["online"] == ()
    assert [clause.number for clause in record.clauses] == ["二(一)", "二(四)三"]
    assert record.cohosts == ("市图书馆",)
    assert record.first_day == record.last_day == clock.local(session_of(activity).starts_at).date()


def test_a_session_without_a_count_is_not_counted_as_nought(cast):
    activity = published(cast)
    first = session_of(activity)
    later = first.starts_at + timedelta(days=7)
    second = activity.sessions.create(starts_at=later, ends_at=later + timedelta(hours=1))
    record_headcount(session_of(activity), Heads(on_site=20), by=as_host(cast, activity.unit))
    record = record_of(activity)
    assert (record.on_site, record.sessions, record.sessions_counted) == (20, 2, 1)
    assert record.last_day == clock.local(second.starts_at).date()


def test_an_activity_recorded_after_the_fact_needs_no_publishing(cast):
    activity = make(cast)
    past = clock.now() - timedelta(days=1)
    shift_session(activity, starts_at=past, ends_at=past + timedelta(hours=1))
    record_headcount(session_of(activity), Heads(on_site=8), by=as_host(cast, activity.unit))
    assert record_of(activity).on_site == 8
