"""A guest telephones: whoever holds the activity changes it for her, by the rules of her own page, and she is told."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jinguo.activities.actions.pools import add_pool, set_gates
from jinguo.activities.models import Session, SignUp
from jinguo.activities.wishes import PoolWish
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.messages.models import OutMessage
from tests.activities.stage import as_host, fresh, guest, phone, published, unit_link
from tests.activities.test_actions_moving import pools, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def doors(cast, city_clauses, client):
    client.force_login(cast.users["liaison"])
    return {"link": (Client(), f"/l/{unit_link(cast, city_clauses)}/"), "desk": (client, "/desk/")}


def page_of(start, row: SignUp) -> str:
    row = fresh(row)
    return f"{start}activities/{row.session.activity.code}/sessions/{row.session.code}/desk/{row.code}/"


def told(row: SignUp) -> list[str]:
    return [message.body for message in OutMessage.objects.filter(about_code=row.code).order_by("pk")][1:]


@pytest.mark.parametrize("door", ["link", "desk"])
def test_another_session_for_her_who_did_it_is_written_down_and_she_is_told(cast, doors, door):
    client, start = doors[door]
    activity, first, second = weekly(cast)
    row, waits = guest(activity, 1, pool=first, email="a@example.org"), guest(activity, 2, pool=first)
    page = client.get(page_of(start, row) + "guest/")
    html = page.content.decode()
    assert "no-store" in page["Cache-Control"] and phone(1) not in html and "139****0001" in html
    assert re.findall(r'name="to" value="(\w+)"', html) == [second.code]
    before = page_of(start, row)
    for _press in range(2):
        answer = client.post(before + "move/", {"to": second.code}, follow=True)
    assert fresh(row).session == second.session and fresh(waits).state == "confirmed"
    assert answer.redirect_chain[-1][0] == page_of(start, row) + "guest/", "on the list of the other session now"
    line = Entry.objects.get(action="signup.move")
    assert line.actor.startswith("link:" if door == "link" else "user:") and line.object_code == row.code
    assert len(told(row)) == 1 and "改好了" in told(row)[0]


def test_more_come_with_her_as_long_as_there_are_seats_and_she_is_told_how_many(cast, doors):
    client, start = doors["desk"]
    activity = published(cast, seats=5, each=3, minors=True)
    row = guest(activity, 1, email="a@example.org")
    here = page_of(start, row)
    assert "她是孩子的监护人" in client.get(here + "guest/").content.decode()
    assert client.post(here + "seats/", {"seats": "3", "minors": "1"}).status_code == 422
    assert client.post(here + "seats/", {"seats": "3", "minors": "1", "guardian": "on"}).status_code == 302
    assert (fresh(row).seats, fresh(row).minors) == (3, 1) and "一共 3 席" in told(row)[0]
    assert client.post(here + "seats/", {"seats": "2"}).status_code == 302
    assert client.post(here + "seats/", {"seats": "3"}).status_code == 302
    assert len(told(row)) == 3 and "一共 2 席" in told(row)[1], "each change is told"
    guest(activity, 2, seats=2)
    client.post(here + "seats/", {"seats": "2"})
    guest(activity, 3)
    refused = client.post(here + "seats/", {"seats": "3"}, follow=True).content.decode()
    assert "没有这么多空席" in refused and fresh(row).seats == 2
    assert {entry.actor for entry in Entry.objects.filter(action="signup.seats")} == {
        f"user:{cast.users['liaison'].code}"
    }


def test_after_sign_up_has_ended_the_host_may_still_do_it_the_guest_may_not(cast, doors):
    client, start = doors["desk"]
    activity, first, second = weekly(cast, seats=3, each=2)
    row = guest(activity, 1, pool=first)
    for session in Session.objects.filter(activity=activity):
        Session.objects.filter(pk=session.pk).update(closes_at=clock.now() - timedelta(hours=1))
    hers = Client().post(f"/s/{row.link_secret}/move/", {"to": second.code})
    assert hers.status_code == 409 and fresh(row).pool == first
    assert client.post(page_of(start, row) + "seats/", {"seats": "2"}).status_code == 302 and fresh(row).seats == 2
    client.post(page_of(start, row) + "move/", {"to": second.code})
    assert fresh(row).pool == second
    assert [pool.taken for pool in pools(activity)] == [0, 2]


def test_what_is_in_the_way_is_said_and_nothing_changes(cast, doors):
    client, start = doors["link"]
    activity, first, second = weekly(cast)
    row, _there = guest(activity, 1, pool=first), guest(activity, 2, pool=second)
    refused = client.post(page_of(start, row) + "move/", {"to": second.code}, follow=True).content.decode()
    assert "原来的还在" in refused and 'name="wait"' in refused and fresh(row).pool == first
    assert client.post(page_of(start, row) + "move/", {"to": "nowhere"}).status_code == 422
    kept = add_pool(second.session, PoolWish("unit", 5, unit=cast.units["c.home"]), by=as_host(cast, activity.unit))
    assert client.post(page_of(start, row) + "move/", {"to": kept.code}).status_code == 422
    client.post(page_of(start, row) + "move/", {"to": second.code, "wait": "on"})
    assert fresh(row).state == "waiting"
    for act in ("move", "seats", "accept", "cancel", "phone"):
        assert client.get(f"{page_of(start, row)}{act}/").status_code == 302 and fresh(row).state == "waiting"


def test_she_says_yes_on_the_telephone_to_the_seat_that_is_kept_for_her(cast, doors):
    client, start = doors["desk"]
    day = clock.today() + timedelta(days=9)
    activity = published(cast, seats=1, starts_at=clock.at(day, 9), ends_at=clock.at(day, 10))
    set_gates(pools(activity)[0].session, opens_at=None, closes_at=None, per_person=0, by=as_host(cast, activity.unit))
    first, second = guest(activity, 1, email="a@example.org"), guest(activity, 2, email="b@example.org")
    client.post(page_of(start, first) + "cancel/")
    assert (fresh(first).ended, fresh(second).state) == ("by_unit", "offered")
    assert "替您取消了" in told(first)[0], "whoever was cancelled by mistake hears of it"
    assert "她说来" in client.get(page_of(start, second) + "guest/").content.decode()
    for _press in range(2):
        client.post(page_of(start, second) + "accept/")
    assert fresh(second).state == "confirmed" and Entry.objects.filter(action="signup.accept").count() == 1


def test_somebody_who_telephones_is_signed_up_by_the_same_rules(cast, doors):
    client, start = doors["link"]
    activity = published(cast, seats=1, minors=False)
    session = Session.objects.get(activity=activity)
    here = f"{start}activities/{activity.code}/sessions/{session.code}/desk/"
    assert f"{here}guests/new/" in client.get(here).content.decode()
    assert client.post(f"{here}guests/new/", {"name": "", "phone": "12"}).status_code == 422
    for _press in range(2):
        answer = client.post(f"{here}guests/new/", {"name": "王秀兰", "phone": phone(1)}, follow=True)
    row = SignUp.objects.get()
    assert (row.state, row.by_staff, row.name) == ("confirmed", True, "王秀兰")
    assert answer.redirect_chain[-1][0] == page_of(start, row) + "guest/" and row.token[:3] in answer.content.decode()
    assert Entry.objects.get(action="signup.create").actor.startswith("link:")
    other = client.post(f"{here}guests/new/", {"name": "别人", "phone": phone(1)})
    assert other.status_code == 422 and "另一个称呼" in other.content.decode()
    Session.objects.update(closes_at=clock.now() - timedelta(hours=1))
    waits = client.post(f"{here}guests/new/", {"name": "李梅", "phone": phone(2)}, follow=True).content.decode()
    assert "候补" in waits and SignUp.objects.get(state="waiting").name == "李梅"
    begun = clock.now() - timedelta(minutes=5)
    Session.objects.update(starts_at=begun, ends_at=clock.now() + timedelta(hours=1))
    late = client.post(f"{here}guests/new/", {"name": "赵芳", "phone": phone(3)})
    assert late.status_code == 422 and "没报名、直接来的" in late.content.decode() and SignUp.objects.count() == 2
    assert f"{here}guests/new/" not in client.get(here).content.decode()


def test_for_her_too_each_consent_is_asked_by_itself_and_every_question(cast, doors):
    client, start = doors["desk"]
    activity = published(cast, kind="rights", seats=3)
    session = Session.objects.get(activity=activity)
    here = f"{start}activities/{activity.code}/sessions/{session.code}/desk/guests/new/"
    assert "她亲口单独同意" in client.get(here).content.decode()
    assert client.post(here, {"name": "王芳", "phone": phone(1)}).status_code == 422
    assert client.post(here, {"name": "王芳", "phone": phone(1), "sensitive": "on"}).status_code == 302
    walk_in = published(cast)
    there = f"{start}activities/{walk_in.code}/sessions/{Session.objects.get(activity=walk_in).code}/desk/guests/new/"
    assert client.get(there).status_code == 403


def test_nobody_elses_guest_and_no_name_that_would_shame(cast, doors):
    hers = published(cast, cast.units["c.b"], seats=5)
    row = guest(hers, 1)
    quiet = guest(published(cast, kind="rights", seats=5), 2, name="赵秀兰")
    for client, start in doors.values():
        assert client.get(page_of(start, row) + "guest/").status_code == 404
        for act in ("move", "seats", "accept", "cancel", "phone"):
            assert client.post(f"{page_of(start, row)}{act}/", {"seats": "1"}).status_code == 404
        html = client.get(page_of(start, quiet) + "guest/").content.decode()
        assert "赵**" in html and "赵秀兰" not in html and phone(2) not in html
    assert fresh(row).state == "confirmed"
