"""Seats, questions and private answers as pages: what each shows, what it never shows, and one answer to a bad press."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook

from jinguo.activities import formkey
from jinguo.activities.actions.pools import add_pool
from jinguo.activities.actions.sign_up import leave
from jinguo.activities.models import Activity, SeatPool, SignUp
from jinguo.activities.wishes import PoolWish
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.questions.models import Answer
from tests.activities.stage import as_host, fresh, guest, phone, pool_of, published, queries, session_of

pytestmark = pytest.mark.django_db


def far(cast, **facts) -> Activity:
    day = clock.today() + timedelta(days=30)
    return published(cast, **{"starts_at": clock.at(day, 14), "ends_at": clock.at(day, 16), **facts})


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.users["liaison"])
    return client


def at(activity, rest="") -> str:
    return f"/desk/activities/{activity.code}/{rest}"


def seats_of(activity, rest="") -> str:
    return at(activity, f"sessions/{activity.sessions.get().code}/seats/{rest}")


def press(address, activity, number=1, **typed):
    key = formkey.make_key(activity.code)
    return Client().post(f"{address}sign-up/", {"name": f"访客{number}", "phone": phone(number), "key": key, **typed})


def test_an_offer_on_her_own_page_is_taken_or_handed_on(cast):
    activity = far(cast, seats=1)
    first, second, third = guest(activity, 1), *(guest(activity, n, email="g@example.org") for n in (2, 3))
    leave(first, by=open_link(first.link_secret, SIGN_UP_LINK))
    mine = f"/s/{second.link_secret}/"
    html = Client().get(mine).content.decode()
    assert "给您留了席位" in html and "前回话" in html and f"{mine}accept/" in html
    assert Client().get(f"{mine}accept/").url == mine and fresh(second).state == "offered", "opening decides nothing"
    for _press in range(2):
        assert Client().post(f"{mine}accept/").status_code == 303
    assert "报上了" in Client().get(mine).content.decode()
    assert Client().post(f"/s/{third.link_secret}/accept/").status_code == 409
    assert Client().post(f"/s/{'x' * 26}/accept/").status_code == 410
    Client().post(f"{mine}leave/")
    SignUp.objects.filter(pk=third.pk).update(offer_until=clock.now() - timedelta(minutes=1))
    late = Client().post(f"/s/{third.link_secret}/accept/")
    assert late.status_code == 409 and "已经到期" in late.content.decode()


def test_who_was_first_is_shown_without_a_name_and_not_for_what_would_shame(cast):
    activity, secret = far(cast, seats=1), far(cast, seats=1, kind="rights")
    row, _second = guest(activity, 1, name="赵秀兰"), guest(activity, 2)
    html = Client().get(f"/a/{activity.code}/order/").content.decode()
    assert "谁先谁后" in html and "赵秀兰" not in html and row.token not in html and row.code not in html
    assert f"{clock.local(row.decided_at):%H:%M:%S}" in html and "候补" in html
    assert "第 1 号" in Client().get(f"/s/{row.link_secret}/").content.decode()
    assert Client().get(f"/a/{secret.code}/order/").status_code == 404
    one = queries(Client(), f"/a/{activity.code}/order/?x=1")
    guest(activity, 3)
    assert queries(Client(), f"/a/{activity.code}/order/?x=1") == one


def test_a_home_shows_the_village_to_all_and_the_door_to_confirmed_guests_only(cast):
    activity = far(cast, seats=1, venue="family", place="槐树村", home_address="东街七号", minors=True)
    first, second = guest(activity, 1), guest(activity, 2)
    public = Client().get(f"/a/{activity.code}/").content.decode()
    ics = Client().get(f"/a/{activity.code}/{activity.sessions.get().code}.ics").content.decode()
    assert "槐树村" in public and "东街" not in public + ics
    calendars = [Client().get(f"/s/{row.link_secret}/calendar.ics").content.decode() for row in (first, second)]
    pages = [Client().get(f"/s/{row.link_secret}/").content.decode() for row in (first, second)]
    assert ["东街七号" in text for text in [*calendars, *pages]] == [True, False, True, False]


def test_the_desk_makes_groups_and_a_visitor_chooses_one(cast, desk):
    activity = far(cast, seats=2)
    page = desk.get(seats_of(activity)).content.decode()
    assert "公开" in page and "加一组" in page
    bad = desk.post(seats_of(activity, "new/"), {"kind": "group", "name": "", "capacity": "0"})
    assert bad.status_code == 422 and "叫什么" in bad.content.decode() and "太小" in bad.content.decode()
    made = desk.post(seats_of(activity, "new/"), {"kind": "group", "name": "男方", "capacity": "1", "offer_hours": "0"})
    assert made.status_code == 302
    men = SeatPool.objects.get(name="男方")
    assert (men.offer_hours, men.waiting_cap) == (0, 10)
    assert "那一组还是谁都能报" in desk.get(seats_of(activity)).content.decode(), "groups are not even beside it"
    public = f"/a/{activity.code}/"
    assert "男方 · 余 1 席" in Client().get(public).content.decode()
    assert press(public, activity).status_code == 422, "with two groups she must choose"
    assert press(public, activity, pool=men.code).status_code == 303
    assert "男方 · 已满" in Client().get(f"{public}?fresh").content.decode()
    removed = desk.post(seats_of(activity, f"{men.code}/remove/"), follow=True)
    assert "不能去掉" in removed.content.decode()
    desk.post(seats_of(activity, f"{men.code}/open/"), {"open": "no"})
    assert "那一组还是谁都能报" not in desk.get(seats_of(activity)).content.decode()
    assert "男方" not in Client().get(f"{public}?fresh").content.decode()


def test_slots_lie_within_the_session_and_a_calendar_tells_hers(cast, desk):
    activity = far(cast, seats=1)
    new = seats_of(activity, "new/")
    outside = desk.post(new, {"kind": "slot", "capacity": "1", "starts": "12:00", "ends": "14:30"})
    assert outside.status_code == 422 and "在这一场的时间里" in outside.content.decode()
    assert desk.post(new, {"kind": "slot", "capacity": "1", "starts": "14:30", "ends": "15:00"}).status_code == 302
    slot = SeatPool.objects.get(kind="slot")
    assert slot.name == "14:30—15:00"
    many = {"kind": "slot", "capacity": "3", "starts": "15:00", "ends": "16:00", "every": "20"}
    assert desk.post(new, many | {"every": "25"}).status_code == 422, "an hour holds no whole slots of 25 minutes"
    for _press in range(2):
        assert desk.post(new, many).status_code == 302
    names = SeatPool.objects.filter(kind="slot").values_list("name", flat=True)
    assert sorted(names) == ["14:30—15:00", "15:00—15:20", "15:20—15:40", "15:40—16:00"]
    row = guest(activity, 1, pool=SeatPool.objects.for_joining().get(pk=slot.pk))
    text = Client().get(f"/s/{row.link_secret}/calendar.ics").content.decode()
    assert "T063000Z" in text and "T070000Z" in text


def test_a_units_seats_are_reached_by_its_own_address_only(cast, desk):
    activity = far(cast, seats=1, visibility="internal")
    made = desk.post(seats_of(activity, "new/"), {"kind": "unit", "unit": "东川县妇联", "capacity": "2"})
    assert made.status_code == 302
    pool = SeatPool.objects.get(kind="unit")
    assert (
        desk.post(seats_of(activity, "new/"), {"kind": "unit", "unit": "没有这家", "capacity": "2"}).status_code == 422
    )
    address = f"/p/{pool.door}/"
    assert address in desk.get(seats_of(activity)).content.decode()
    assert "留给东川县妇联" in Client().get(address).content.decode()
    assert press(address, activity).status_code == 303 and SignUp.objects.get().pool == pool
    assert Client().get(f"/a/{activity.code}/").status_code == 404
    wrong = Client().get(f"/p/{pool.door[:-1]}{'x' if pool.door[-1] != 'x' else 'y'}/")
    assert wrong.status_code == 404 and "新的" in wrong.content.decode()
    other = far(cast, seats=1)
    replayed = Client().post(
        f"{address}sign-up/", {"name": "乙", "phone": phone(2), "key": formkey.make_key(other.code)}
    )
    assert replayed.status_code == 422 and "乙" in replayed.content.decode()


def test_gates_are_told_what_is_wrong_with_them(cast, desk):
    activity = far(cast, seats=1)
    late = {"closes_day": f"{clock.today() + timedelta(days=40)}"}
    assert "不能晚于活动开始" in desk.post(seats_of(activity, "gates/"), late).content.decode()
    good = {"opens_day": f"{clock.today() + timedelta(days=1)}", "opens_hour": "9:00", "per_person": "2"}
    assert desk.post(seats_of(activity, "gates/"), good).status_code == 302
    session = session_of(activity)
    assert session.opens_at == clock.at(clock.today() + timedelta(days=1), 9) and session.activity.per_person == 2
    assert "还没开始" in Client().get(f"/a/{activity.code}/").content.decode()


def test_a_sheet_is_written_filled_in_and_taken_out_without_a_formula(cast, desk):
    activity = far(cast, seats=5, title="亲子读书")
    sheet = at(activity, "questions/")
    assert "现在只问称呼和手机号" in desk.get(sheet).content.decode()
    add = {"kind": "choice", "label": "怎么来", "choices": "坐车\n自己来", "required": "on", "counts": "on"}
    assert desk.post(f"{sheet}new/", add).status_code == 302
    depends = re.search(r'value="([^"]+:坐车)"', desk.get(f"{sheet}new/").content.decode())[1]
    assert desk.post(f"{sheet}new/", {"kind": "text", "label": "=HYPERLINK(1)", "asks_if": depends}).status_code == 302
    how, where = activity_questions(activity)
    public = f"/a/{activity.code}/"
    missing = press(public, activity)
    assert missing.status_code == 422 and "请选一项" in missing.content.decode() and "访客1" in missing.content.decode()
    assert (
        press(public, activity, **{f"q_{how}": "坐车", f"q_{where}": "=CMD|' /C calc'!A0"}, name="=1+1").status_code
        == 303
    )
    assert Answer.objects.count() == 2
    day = at(activity, f"sessions/{activity.sessions.get().code}/desk/names.")
    rows = list(csv.reader(io.StringIO(desk.get(f"{day}csv").content.decode("utf-8-sig"))))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert rows[1][2] == "'=1+1" and rows[1][-2] == "坐车"
    book = load_workbook(io.BytesIO(desk.get(f"{day}xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells) and any(cell.value == "=1+1" for cell in cells)
    assert Entry.objects.filter(action="signup.export").count() == 2
    assert desk.get(f"{day}exe").status_code == 404


def activity_questions(activity) -> list[str]:
    from jinguo.questions.queries import questions_of

    return [question.code for question in questions_of("activity", activity.code)]


def test_names_of_what_would_shame_leave_masked(cast, desk):
    activity = far(cast, seats=2, discreet=True)
    guest(activity, 1, name="赵秀兰")
    day = at(activity, f"sessions/{activity.sessions.get().code}/desk/")
    text = desk.get(f"{day}names.csv").content.decode("utf-8-sig") + desk.get(day).content.decode()
    assert "赵秀兰" not in text and phone(1) not in text and "赵**" in text


def test_another_unit_finds_no_seats_no_sheet_and_no_names(cast):
    activity = far(cast, seats=2)
    stranger = Client()
    stranger.force_login(cast.users["sister"])
    day = at(activity, f"sessions/{activity.sessions.get().code}/desk/names.csv")
    for address in (seats_of(activity), seats_of(activity, "new/"), at(activity, "questions/"), day):
        assert stranger.get(address).status_code == 404
    pool = pool_of(activity)
    for rest in (f"{pool.code}/", f"{pool.code}/open/", f"{pool.code}/remove/", "gates/"):
        assert stranger.post(seats_of(activity, rest), {"open": "no"}).status_code == 404
    above = Client()
    above.force_login(cast.users["officer"])
    assert above.get(day).status_code in (403, 404), "who sees the unit from above does not take its guests' names out"
    add_pool(session_of(activity), PoolWish(kind="group", name="甲", capacity=1), by=as_host(cast, activity.unit))


def test_a_clock_that_jumps_opens_nothing_early_and_keeps_old_pages_usable(cast, monkeypatch):
    activity, was = far(cast, seats=2), int(clock.shift().total_seconds())
    key = formkey.make_key(activity.code)
    opens = clock.now() + timedelta(hours=2)
    activity.sessions.update(opens_at=opens)
    public = f"/a/{activity.code}/"

    def sent(number):
        return Client().post(f"{public}sign-up/", {"name": f"访客{number}", "phone": phone(number), "key": key})

    assert sent(1).status_code == 409 and "还没开始" in sent(1).content.decode()
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", str(was + 3 * 3600))
    assert sent(1).status_code == 303
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", str(was - 3600))
    back = sent(2)
    assert back.status_code in (409, 422) and pool_of(activity).taken == 1
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", str(was))
    assert sent(1).status_code == 409, "closed again; what was decided stays"
    assert pool_of(activity).taken == 1
