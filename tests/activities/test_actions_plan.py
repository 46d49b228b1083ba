"""What a unit may rely on when it makes, changes, publishes, cancels and finishes an activity."""

from datetime import timedelta
from itertools import product

import pytest

from jinguo.activities.actions.plan import (
    cancel_activity,
    check_activity,
    edit_activity,
    finish_activity,
    make_activity,
    publish_activity,
)
from jinguo.activities.models import Activity, Session
from jinguo.activities.models.activity import MOVES, ActivityState
from jinguo.federation.actions.posts import appoint
from jinguo.federation.models.user import Role
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import NotThere, Refused
from tests.activities.stage import BY, as_host, draft, make, published, shift_session

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_makes_one_activity(cast):
    unit, code = cast.units["c.edu"], ids.new_code()
    first, again = (make_activity(unit, draft(seats=8), code=code, by=cast.users["liaison"]) for _press in range(2))
    assert first.pk == again.pk
    assert (Activity.objects.count(), Session.objects.count()) == (1, 1)
    assert first.office == cast.office and first.state == ActivityState.DRAFT
    with pytest.raises(NotThere):
        make_activity(cast.units["c.a"], draft(), code=code, by=cast.users["county_officer"])


def test_another_units_folk_may_not_touch_it(cast):
    activity = published(cast, seats=5)
    for role in ("officer", "county_officer", "leader", "auditor", "d.officer"):
        other = cast.users[role]
        for act in (
            lambda by: make_activity(activity.unit, draft(), code=ids.new_code(), by=by),
            lambda by: edit_activity(activity, draft(seats=5), by=by),
            lambda by: cancel_activity(activity, reason="不办了", by=by),
        ):
            with pytest.raises(Refused):
                act(other)
    assert Activity.objects.get().state == ActivityState.PUBLISHED


def test_publishing_twice_is_publishing_once(cast):
    activity = make(cast)
    host = as_host(cast, activity.unit)
    assert publish_activity(activity, by=host) is True
    assert publish_activity(activity, by=host) is False
    assert Entry.objects.filter(action="activity.publish").count() == 1


def test_what_is_past_is_not_published_but_may_be_recorded_as_held(cast):
    activity = make(cast)
    past = clock.now() - timedelta(days=2)
    shift_session(activity, starts_at=past, ends_at=past + timedelta(hours=2))
    host = as_host(cast, activity.unit)
    with pytest.raises(Refused) as refusal:
        publish_activity(activity, by=host)
    assert "已经过去" in str(refusal.value.sentence)
    assert finish_activity(activity, by=host) is True
    assert finish_activity(activity, by=host) is False


def test_nothing_is_done_before_it_has_begun(cast):
    activity = published(cast)
    with pytest.raises(Refused) as refusal:
        finish_activity(activity, by=as_host(cast, activity.unit))
    assert "还没开始" in str(refusal.value.sentence)


def attempt(activity, to, by):
    if to == ActivityState.PUBLISHED:
        return publish_activity(activity, by=by)
    if to == ActivityState.DONE:
        return finish_activity(activity, by=by)
    return cancel_activity(activity, reason="场地停电", by=by)


def test_states_move_only_along_the_table(cast):
    for source, to in product(ActivityState, (ActivityState.PUBLISHED, ActivityState.DONE, ActivityState.CANCELLED)):
        activity = make(cast)
        moment = clock.now()
        shift_session(activity, starts_at=moment - timedelta(hours=1), ends_at=moment + timedelta(hours=1))
        Activity.objects.filter(pk=activity.pk).update(state=source, published_at=moment)
        activity.refresh_from_db()
        host = as_host(cast, activity.unit)
        if to in MOVES[source]:
            assert attempt(activity, to, host) is True, (source, to)
        elif to == source:
            assert attempt(activity, to, host) is False, (source, to)
        else:
            with pytest.raises(Refused):
                attempt(activity, to, host)
        stands = to if to in MOVES[source] else source
        assert Activity.objects.get(pk=activity.pk).state == stands, (source, to)


def test_two_people_cancelling_from_old_pages_cancel_once(cast):
    activity = published(cast)
    old = Activity.objects.select_related("unit").get()
    host = as_host(cast, activity.unit)
    assert cancel_activity(activity, reason="下雨", by=host) is True
    assert cancel_activity(old, reason="改期", by=host) is False
    assert Activity.objects.get().cancel_reason == "下雨"


def test_editing_writes_sides_and_says_which_fields(cast):
    activity = make(cast, audiences=("rural",), cohosts=("市图书馆",))
    edit_activity(
        activity, draft(title="换个名字", audiences=("rural", "elderly"), cohosts=("市科协",), seats=9, each=3),
        by=as_host(cast, activity.unit),
    )  # fmt: skip
    fresh = Activity.objects.get()
    assert fresh.title == "换个名字"
    assert sorted(fresh.audiences.values_list("audience", flat=True)) == ["elderly", "rural"]
    assert list(fresh.cohosts.values_list("name", flat=True)) == ["市科协"]
    assert fresh.sessions.get().pools.get().each == 3
    assert {"audiences", "cohosts", "seats", "title"} <= set(Entry.objects.get(action="activity.edit").facts["fields"])


def test_done_and_cancelled_are_not_edited(cast):
    for state in (ActivityState.DONE, ActivityState.CANCELLED):
        activity = published(cast)
        Activity.objects.filter(pk=activity.pk).update(state=state)
        activity.refresh_from_db()
        with pytest.raises(Refused):
            edit_activity(activity, draft(), by=as_host(cast, activity.unit))


def test_a_draft_is_looked_at_by_somebody_else_and_again_after_a_change(cast):
    author, colleague = cast.users["county_officer"], cast.users["sister"]
    county = cast.units["c.a"]
    appoint(colleague, county, Role.CHAIR, by=BY)
    activity = make_activity(county, draft(), code=ids.new_code(), by=author)
    with pytest.raises(Refused, match="请另一位看一眼"):
        check_activity(activity, by=author)
    assert check_activity(activity, by=colleague)
    seen = Activity.objects.get(pk=activity.pk)
    assert (seen.checked_by, seen.state) == (colleague.actor_code, "draft") and seen.checked_at
    changed = edit_activity(seen, draft(title="换了题目"), by=author)
    assert not changed.checked_at and not changed.checked_by, "what was changed has not been looked at"
    publish_activity(changed, by=colleague)
    shown = Activity.objects.get(pk=activity.pk)
    assert shown.checked_by == colleague.actor_code, "who publishes what somebody else wrote has looked at it"
    assert not check_activity(shown, by=colleague), "she pressed twice: nothing more is written"
    third = cast.users["liaison"]
    appoint(third, county, Role.CHAIR, by=BY)
    with pytest.raises(Refused, match="已经发布过了"):
        check_activity(shown, by=third)


def test_where_somebody_lives_is_sealed_whichever_field_it_came_by(cast):
    activity = make(cast, venue="family", place="高岺村", address="东街十二号", directions="进门左拐")
    activity.refresh_from_db()
    assert (activity.home_address, activity.address, activity.directions) == ("东街十二号", "", "")
    village = draft(venue="community", place="高岺村", address="村委会二楼")
    edit_activity(activity, village, by=as_host(cast, activity.unit))
    activity.refresh_from_db()
    assert (activity.home_address, activity.address) == ("", "村委会二楼")
    edit_activity(activity, draft(venue="family", address="东街十二号"), by=as_host(cast, activity.unit))
    activity.refresh_from_db()
    assert (activity.home_address, activity.address) == ("东街十二号", "")
