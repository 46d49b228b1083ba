"""The village's own link moves or calls off one session of several, as the desk can; who signed up is told."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from jinguo.activities.actions import waiting
from jinguo.activities.actions.again import add_sessions
from jinguo.activities.actions.doors import close_door, give_door
from jinguo.activities.actions.plan import make_activity, publish_activity
from jinguo.activities.models import Activity
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.messages.models import OutMessage
from tests.activities.stage import draft, guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(cast):
    """槐树村, with the link its county officer gave it."""
    unit, officer = cast.units["c.a.t.v"], cast.users["county_officer"]
    door = give_door(unit, checked=False, by=officer)
    return SimpleNamespace(
        unit=unit, officer=officer, door=door, client=Client(), root=f"/h/{door.secret}/{unit.code}/"
    )


@pytest.fixture
def weekly(village):
    """Something held on three days of the village's own, made by its county: (activity, sessions)."""
    officer, day = village.officer, clock.today() + timedelta(days=8)
    facts = {"title": "周三读书", "seats": 3, "starts_at": clock.at(day, 14), "ends_at": clock.at(day, 16)}
    activity = make_activity(village.unit, draft(**facts), code=ids.new_code(), by=officer)
    publish_activity(activity, by=officer)
    add_sessions(activity, weeks=1, until=day + timedelta(days=14), by=officer)
    return activity, list(activity.sessions.order_by("starts_at"))


def test_one_session_of_several_is_moved_or_called_off_by_the_villages_own_link(village, weekly):
    activity, (first, second, third) = weekly
    here = f"{village.root}{activity.code}/{second.code}/"
    html = village.client.get(here).content.decode()
    assert f"{here}time/" in html and f"{here}off/" in html
    row = guest(activity, 1, pool=second.pools.get(), email="a@example.org")
    day = clock.local(second.starts_at).date() + timedelta(days=1)
    asked = village.client.get(f"{here}time/").content.decode()
    assert "已有 1 席" in asked and "看号码" not in asked, "names are not the village's to see"
    typed = {"day": f"{day}", "starts": "15:00", "ends": "17:00"}
    assert village.client.post(f"{here}time/", typed).status_code == 302
    second.refresh_from_db()
    assert second.starts_at == clock.at(day, 15) and waiting.tell_moved() == 1
    assert village.client.post(f"{here}time/", {**typed, "ends": "11:00"}).status_code == 422
    assert village.client.get(f"{here}off/").status_code == 200
    for _press in range(2):
        assert village.client.post(f"{here}off/").status_code == 302
    second.refresh_from_db()
    assert second.called_off_at and waiting.tell_off() == 1
    bodies = [message.body for message in OutMessage.objects.filter(about_code=row.code).order_by("pk")]
    assert "改了时间" in bodies[1] and "这一场不办了" in bodies[2]
    assert Entry.objects.get(action="activity.session_off").actor == village.door.link.actor_code
    html = village.client.get(here).content.decode()
    assert "这一场不办了" in html and f"{here}time/" not in html and "来了多少人" not in html
    month = village.client.get(f"{village.root}?month={second.starts_at:%Y-%m}").content.decode()
    assert "取消了：" in month, "the text for the group says it"
    for one in (first, third):
        village.client.post(f"{village.root}{activity.code}/{one.code}/off/")
    assert list(activity.sessions.filter(called_off_at=None)) == [third], "the last one is called off with the activity"


def test_a_link_whose_activities_are_looked_at_first_moves_nothing_that_is_public(cast, village, weekly):
    activity, (first, *_others) = weekly
    close_door(village.unit, by=village.officer)
    door = give_door(village.unit, checked=True, by=village.officer)
    here = f"/h/{door.secret}/{village.unit.code}/{activity.code}/{first.code}/"
    html = village.client.get(here).content.decode()
    assert "改这一场的时间" not in html and "这一场不办了" not in html
    assert "上级妇联" in village.client.post(f"{here}off/", follow=True).content.decode()
    assert village.client.post(f"{here}time/", {}).status_code == 403
    first.refresh_from_db()
    assert first.called_off_at is None


def test_what_was_held_is_held_again_or_every_week_without_saying_it_anew(village):
    day = clock.today() + timedelta(days=3)
    facts = {"title": "跳一晚舞", "starts_at": clock.at(day, 19), "ends_at": clock.at(day, 20)}
    activity = make_activity(village.unit, draft(**facts), code=ids.new_code(), by=village.officer)
    publish_activity(activity, by=village.officer)
    here = f"{village.root}{activity.code}/{activity.sessions.get().code}/"
    html = village.client.get(here).content.decode()
    assert f"{here}again/" in html and f"{here}more/" in html
    assert f'value="{day + timedelta(days=7)}"' in village.client.get(f"{here}again/").content.decode()
    sent = {"day": f"{day + timedelta(days=7)}", "code": ids.new_code()}
    pages = {village.client.post(f"{here}again/", sent).headers["Location"] for _press in range(2)}
    copy = Activity.objects.get(code=sent["code"])
    assert pages == {f"{village.root}{copy.code}/{copy.sessions.get().code}/"}
    assert (copy.state, copy.title, copy.unit) == ("draft", "跳一晚舞", village.unit)
    assert "发布" in village.client.get(pages.pop()).content.decode()
    assert village.client.post(f"{here}again/", {"day": "0001-01-01", "code": ids.new_code()}).status_code == 422
    assert village.client.post(f"{here}more/", {"every": "1", "until": f"{day}"}).status_code == 422
    until = f"{day + timedelta(days=15)}"
    assert village.client.post(f"{here}more/", {"every": "1", "until": until}).status_code == 302
    starts = list(activity.sessions.order_by("starts_at").values_list("starts_at", flat=True))
    assert starts == [clock.at(day + timedelta(days=7 * week), 19) for week in range(3)]
    month = village.client.get(f"{village.root}?month={day:%Y-%m}").content.decode()
    assert month[month.index('id="group-text"') :].count(f"/a/{activity.code}/") <= 1, (
        "one address for all its sessions"
    )


def test_another_villages_link_repeats_nothing_here(cast, village):
    activity = make_activity(village.unit, draft(), code=ids.new_code(), by=village.officer)
    home = give_door(cast.units["c.home"], checked=False, by=cast.users["officer"])
    session = activity.sessions.get()
    for place in (village.unit, cast.units["c.home"]):
        for act in ("again", "more", "time", "off"):
            address = f"/h/{home.secret}/{place.code}/{activity.code}/{session.code}/{act}/"
            assert village.client.post(address, {"day": f"{clock.today()}"}).status_code == 404
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("month", [1, 3, 12])
def test_the_months_beside_a_month_are_its_neighbours(village, month):
    this = clock.today().year * 12 + month - 1
    named = [f"{one // 12}-{one % 12 + 1:02d}" for one in (this - 1, this, this + 1)]
    html = village.client.get(f"{village.root}?month={named[1]}").content.decode()
    assert re.findall(r'href="\?month=([\d-]+)"', html)[:3] == named
