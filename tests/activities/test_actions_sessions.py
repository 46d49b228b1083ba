"""One session of several is moved or called off: the others go on, everybody concerned is told, nothing false is shown."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from jinguo.activities.actions import waiting
from jinguo.activities.actions.again import add_sessions, copy_activity
from jinguo.activities.actions.moving import move_sign_up
from jinguo.activities.actions.plan import edit_activity, finish_activity
from jinguo.activities.actions.pools import add_pool, set_gates
from jinguo.activities.actions.sessions import call_off_session, move_session
from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.queries.record import record_of
from jinguo.activities.wishes import PoolWish
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages.models import OutMessage
from tests.activities.stage import as_host, draft, fresh, guest, published

pytestmark = pytest.mark.django_db


def weekly(cast, weeks: int = 2, **facts) -> tuple[Activity, list[Session]]:
    day = clock.today() + timedelta(days=30)
    given = {"seats": 2, "title": "周三读书", "starts_at": clock.at(day, 14), "ends_at": clock.at(day, 16), **facts}
    activity = published(cast, **given)
    add_sessions(activity, weeks=1, until=day + timedelta(days=7 * weeks), by=as_host(cast, activity.unit))
    return activity, sessions(activity)


def sessions(activity: Activity) -> list[Session]:
    return list(Session.objects.filter(activity=activity).select_related("activity__unit", "activity__office__unit"))


def pool(session: Session) -> SeatPool:
    return SeatPool.objects.for_joining().filter(session=session).first()


def told(row: SignUp) -> list[str]:
    rows = OutMessage.objects.filter(about_code=row.code).order_by("pk")
    return [message.body for message in rows][1:]


def shown(address: str) -> str:
    cache.clear()
    return Client().get(address).content.decode()


def test_a_session_called_off_is_told_closed_and_shown_while_the_others_go_on(cast):
    activity, (first, second, _third) = weekly(cast)
    host = as_host(cast, activity.unit)
    row, waits = guest(activity, 1, pool=pool(second), email="a@example.org"), guest(activity, 2, pool=pool(second))
    other = guest(activity, 3, pool=pool(first), email="b@example.org")
    assert [call_off_session(second, by=host), call_off_session(sessions(activity)[1], by=host)] == [True, False]
    assert (waiting.look_after_guests(), waiting.tell_off(), waiting.tell_off()) and len(told(row)) == 1
    assert "这一场不办了" in told(row)[0] and "换个时间" in told(row)[0] and told(other) == []
    subject = OutMessage.objects.filter(about_code=row.code).order_by("pk").last().subject
    assert subject.startswith("有一场不办了") and "14:00" in subject, "in her list of mails: not the whole course"
    with pytest.raises(Refused, match="不办了"):
        guest(activity, 9, pool=pool(second))
    page = shown(f"/a/{activity.code}/")
    assert "这一场不办了" in page and pool(second).code not in page, "it is said, and nobody can choose it"
    assert len(re.findall('<h3><a href="/a/', shown("/"))) == 2 and shown("/activities.ics").count("BEGIN:VEVENT") == 2
    api = Client().get(f"/api/v1/activities/{activity.code}").json()
    assert second.code not in [sitting["code"] for sitting in api["sessions"]]
    assert "STATUS:CANCELLED" in shown(f"/a/{activity.code}/{second.code}.ics")
    mine = shown(f"/s/{row.link_secret}/")
    assert "这一场不办了" in mine and "换个时间来" in mine and "到门口给工作人员看" not in mine
    assert move_sign_up(fresh(row), pool(first), by=open_link(row.link_secret, SIGN_UP_LINK))
    assert fresh(row).state == "confirmed" and fresh(row).told_at is None, (
        "should that one be off too, she is told again"
    )
    assert fresh(waits).pool.session_id == second.pk


def test_nobody_moves_up_is_reminded_or_told_lies_about_a_session_that_is_off(cast):
    activity, (first, *_others) = weekly(cast, seats=1)
    rows = [guest(activity, n, pool=pool(first), email=f"g{n}@example.org") for n in range(2)]
    call_off_session(first, by=as_host(cast, activity.unit))
    waiting.tell_off()
    SignUp.objects.update(decided_at=clock.now() - timedelta(days=9))
    soon = clock.now() + timedelta(hours=20)
    Session.objects.filter(pk=first.pk).update(starts_at=soon, ends_at=soon + timedelta(hours=1))
    assert (waiting.remind(), waiting.tell_moved()) == (0, 0)
    from_her = open_link(rows[0].link_secret, SIGN_UP_LINK)
    other = pool(sessions(activity)[1] if sessions(activity)[0].pk == first.pk else sessions(activity)[0])
    assert move_sign_up(fresh(rows[0]), other, by=from_her) and fresh(rows[1]).state == "waiting"
    past = clock.now() - timedelta(hours=3)
    Session.objects.filter(pk=first.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    waiting.close_lists()
    assert len(told(rows[1])) == 1, "not also that there was no room"


def test_a_place_in_a_session_that_is_off_does_not_count_against_her(cast):
    activity, (first, second, _third) = weekly(cast)
    host = as_host(cast, activity.unit)
    set_gates(first, opens_at=None, closes_at=None, per_person=1, by=host)
    guest(activity, 1, pool=pool(first))
    with pytest.raises(Refused, match="最多报 1 场"):
        guest(activity, 1, pool=pool(second))
    call_off_session(first, by=host)
    assert guest(activity, 1, pool=pool(second)).state == "confirmed"


def test_the_last_one_the_begun_one_and_a_draft_are_not_called_off(cast):
    activity, (first, second, third) = weekly(cast)
    host = as_host(cast, activity.unit)
    with pytest.raises(Refused):
        call_off_session(first, by=as_host(cast, cast.units["c.b"]))
    assert call_off_session(first, by=host) and call_off_session(second, by=host)
    with pytest.raises(Refused, match="取消活动"):
        call_off_session(third, by=host)
    assert record_of(activity).sessions == 1, "what was not held is counted nowhere"
    copy = copy_activity(
        Activity.objects.get(pk=activity.pk), day=clock.today() + timedelta(days=99), code=ids.new_code(), by=host
    )
    assert copy.sessions.count() == 1


def test_one_session_moves_with_its_slots_and_who_signed_up_hears_of_it(cast):
    activity, (first, second, _third) = weekly(cast)
    host = as_host(cast, activity.unit)
    slots = [
        add_pool(second, PoolWish(
            "slot", 1, slot_from=second.starts_at + timedelta(minutes=30 * n),
            slot_until=second.starts_at + timedelta(minutes=30 * (n + 1))), by=host)
        for n in range(2)
    ]  # fmt: skip
    row = guest(activity, 1, pool=SeatPool.objects.for_joining().get(pk=slots[0].pk), email="a@example.org")
    start = second.starts_at + timedelta(days=1, minutes=30)
    assert move_session(second, start, start + timedelta(hours=2), by=host)
    assert not move_session(sessions(activity)[1], start, start + timedelta(hours=2), by=host)
    moved = [SeatPool.objects.get(pk=slot.pk) for slot in slots]
    assert [slot.slot_from for slot in moved] == [start, start + timedelta(minutes=30)]
    assert [slot.name for slot in moved] == ["14:30—15:00", "15:00—15:30"]
    assert waiting.tell_moved() == 1 and "改了时间" in told(row)[0] and "14:30" in told(row)[0]
    assert sessions(activity)[0].starts_at == first.starts_at
    with pytest.raises(Invalid, match="过去"):
        move_session(sessions(activity)[1], clock.now() - timedelta(days=1), clock.now(), by=host)


def test_editing_the_first_session_takes_its_slots_along(cast):
    activity, (first, *_others) = weekly(cast)
    host = as_host(cast, activity.unit)
    slot = add_pool(first, PoolWish("slot", 1, slot_from=first.starts_at, slot_until=first.ends_at), by=host)
    start = first.starts_at + timedelta(days=2)
    edit_activity(activity, draft(seats=2, starts_at=start, ends_at=start + timedelta(hours=2)), by=host)
    assert SeatPool.objects.get(pk=slot.pk).slot_from == start


def test_held_is_said_only_when_the_last_has_begun(cast):
    activity, (first, second, third) = weekly(cast)
    host = as_host(cast, activity.unit)
    guest(activity, 1, pool=pool(third))
    past = clock.at(clock.today() - timedelta(days=2), 9)
    Session.objects.filter(pk=first.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    with pytest.raises(Refused, match="后面还有 2 场"):
        finish_activity(activity, by=host)
    call_off_session(second, by=host), call_off_session(third, by=host)
    assert finish_activity(activity, by=host)


def test_both_doors_lead_through_it(cast, client):
    activity, (_first, second, _third) = weekly(cast)
    client.force_login(as_host(cast, activity.unit))
    guest(activity, 1, pool=pool(second))
    here = f"/desk/activities/{activity.code}/sessions/{second.code}"
    page = client.get(f"/desk/activities/{activity.code}/").content.decode()
    assert f"{here}/time/" in page and f"{here}/off/" in page
    assert "已有 1 席" in client.get(f"{here}/off/").content.decode()
    assert client.post(f"{here}/time/", {"day": "昨天", "starts": "9:00", "ends": "8:00"}).status_code == 422
    day = clock.local(second.starts_at).date() + timedelta(days=1)
    sent = {"day": day.isoformat(), "starts": "9:00", "ends": "11:00"}
    assert client.post(f"{here}/time/", sent).status_code == 302
    assert Session.objects.get(pk=second.pk).starts_at == clock.at(day, 9)
    assert client.post(f"{here}/off/").status_code == 302 and Session.objects.get(pk=second.pk).called_off_at
    for page in ("", f"sessions/{second.code}/desk/"):
        assert "不办了" in client.get(f"/desk/activities/{activity.code}/{page}").content.decode()
