"""The pages: a woman finds a place and takes a time; the keeper keeps it and sees who comes; nobody else sees anything of it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jinguo.activities import formkey
from jinguo.activities.models import CheckIn, SignUp
from jinguo.lib import clock, ids
from jinguo.stations.actions.keep import make_station
from jinguo.stations.models import Slot, Station
from tests.activities.stage import as_host, fresh, issue, queries, unit_link
from tests.stations.stage import again, booked, draft, slot, station, tomorrow

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "home", "name": "槐树村妇女之家", "open": "周一至周五 9:00—12:00", "holidays": "rest", "shown": "on",
    "slot_seats": "1", "days_ahead": "14",
}  # fmt: skip


def page(address, status=200, client=None):
    cache.clear()
    answer = (client or Client()).get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def press(place, at, **more):
    sent = {
        "key": formkey.make_key(place.code), "day": f"{at:%Y-%m-%d}", "time": f"{clock.local(at):%Y%m%d%H%M}", "name": "李梅",
        "phone": "13900000001", "sensitive": "on", **more,
    }  # fmt: skip
    return Client().post(f"/stations/{place.code}/book/", sent)


def staff(cast, role):
    client = Client()
    client.force_login(cast.users[role])
    return client


# ---- in public ---------------------------------------------------------------------------------------------------------


def test_places_are_listed_by_kind_and_county_beside_homes_nobody_has_described(cast):
    place = station(cast, kind="family", name="东川县家庭教育指导站")
    station(cast, cast.units["c.b"], name="西岭区维权服务中心", shown=False)
    station(cast, cast.units["d"], name="云河市维权服务中心")
    html = page("/stations/")
    assert place.name in html and cast.units["c.home"].name in html
    assert "西岭区维权服务中心" not in html and "云河" not in html
    assert place.name not in page("/stations/?kind=home") and cast.units["c.home"].name in page("/stations/?kind=home")
    assert place.name not in page(f"/stations/?area={cast.units['c.b'].code}")
    by = cast.users["county_officer"]
    make_station(cast.units["c.home"], draft(kind="home", name="泉水镇妇女之家"), code=ids.new_code(), by=by)
    assert page("/stations/?kind=home").count("泉水镇妇女之家") == 1
    assert Client().get("/homes/?area=abc")["Location"] == "/stations/?kind=home&area=abc"
    for words in ("家庭教育指导站", "jtjy", "dongchuan"):
        assert place.name in page(f"/search/?q={words}"), words
    assert place.name in page(f"/u/{cast.units['c.a'].code}/")


def test_a_page_says_hours_phone_services_and_who_receives(cast):
    place = station(cast, directions="坐 3 路到清水桥", kind="family", name="家庭教育指导站")
    html = page(f"/stations/{place.code}/")
    for words in (
        "每天",
        "9:00—12:00、14:00—17:00",
        "0353-000-0009",
        "法律咨询",
        "值班执委",
        "坐 3 路到清水桥",
        "约个时间",
    ):
        assert words in html, words
    assert (
        'itemtype="https://schema.org/CivicStructure"' in html
        and html.count("schema.org/OpeningHoursSpecification") == 14
    )
    page(f"/stations/{station(cast, name='内部的', shown=False).code}/", 404)


def test_of_a_home_only_the_village_shows_until_one_has_an_appointment(cast):
    facts = {
        "kind": "mini",
        "name": "槐花妇女微家",
        "address": "槐树村",
        "in_home": True,
        "home_address": "槐树村 7 号院",
    }
    place = station(cast, directions="村口左转", **facts)
    for address in (f"/stations/{place.code}/", f"/stations/{place.code}/book/", "/stations/", "/search/?q=槐花"):
        html = page(address)
        assert "7 号院" not in html and "村口左转" not in html
    assert "OpeningHoursSpecification" not in page(f"/stations/{place.code}/")
    row = booked(place, 1, slot(9))
    assert "7 号院" in page(f"/s/{row.link_secret}/")
    Client().post(f"/s/{row.link_secret}/leave/")
    assert "7 号院" not in page(f"/s/{row.link_secret}/")
    assert "7 号院" not in Station.objects.values_list("home_address_sealed", flat=True).get()


def test_a_discreet_page_has_no_telling_title_and_a_way_out(cast):
    place = station(cast)
    for address in (f"/stations/{place.code}/", f"/stations/{place.code}/book/"):
        html = page(address)
        assert re.search(r"<title>\s*便民信息\s*</title>", html) and "data-leave" in html
        assert "og:title" not in html
    openly = station(cast, kind="family", name="家庭教育指导站")
    assert "data-leave" not in page(f"/stations/{openly.code}/")


def test_a_time_is_taken_changed_and_given_back_by_one_private_link(cast):
    place = station(cast)
    answer = press(place, slot(9))
    assert answer.status_code == 303 and not answer.cookies
    again_ = press(place, slot(9))
    assert again_["Location"] == answer["Location"], "pressed twice, one answer"
    mine = answer["Location"]
    assert "约好了" in page(mine) and "9:00" in page(mine)
    assert f'value="{tomorrow()}"' in page(f"{mine}time/"), "her own day is open, not the first with a free time"
    html = page(f"{mine}time/?day={tomorrow()}")
    assert f"{slot(9):%Y%m%d}0900" not in html
    moved = Client().post(f"{mine}time/", {"day": tomorrow(), "time": f"{clock.local(slot(10)):%Y%m%d%H%M}"})
    assert (moved.status_code, moved["Location"]) == (303, mine)
    assert "10:00" in page(mine)
    assert press(place, slot(9), phone="13900000002").status_code == 303
    lost = Client().post(f"{mine}time/", {"day": tomorrow(), "time": f"{clock.local(slot(9)):%Y%m%d%H%M}"})
    assert lost.status_code == 422 and "刚刚没有了" in lost.content.decode()
    Client().post(f"{mine}leave/")
    assert "已经取消" in page(mine) and SignUp.objects.standing().count() == 1
    assert f'href="{mine}time/"' in page(mine), "she may want another time, and has only this page"
    assert Client().get(f"{mine}time/")["Location"] == f"/stations/{place.code}/book/"
    place.shown = False
    place.save()
    assert Client().get(f"{mine}time/")["Location"] == mine, "a place no longer in public is shown to nobody"


def test_the_host_sees_from_today_which_days_somebody_comes_and_calls_off_only_after_being_asked(cast):
    place, host = station(cast), staff(cast, "county_officer")
    row = booked(place, 1, slot(9, days=5))
    there = f"/desk/stations/{place.code}/bookings/"
    day = f"{there}?day={clock.today() + timedelta(days=5)}"
    html = page(there, client=host)
    assert f'href="{day}"' in html and "1 个预约" in html
    html = page(day, client=host)
    ask = html.index("不能恢复")
    assert html.rindex("<details", 0, ask) < html.index(f"bookings/{row.code}/cancel/") < ask, "folded, and said before"
    host.post(f"{there}{row.code}/mark/", {"said": "came"})
    assert "/cancel/" not in page(day, client=host), "who has come is not called off"


def test_what_is_in_the_way_is_said_and_what_was_typed_stays(cast):
    place = station(cast)
    press(place, slot(9))
    taken = press(place, slot(9), phone="13900000002")
    assert (
        taken.status_code == 422 and "刚刚没有了" in taken.content.decode() and "13900000002" in taken.content.decode()
    )
    for more, words in (
        ({"phone": "139"}, "这里是 3 位"), ({"sensitive": ""}, "单独打一次勾"), ({"key": "1.x"}, "页面开得久了"),
        ({"time": "=CMD"}, "另选一个"), ({"time": "99999999999999"}, "另选一个"), ({"name": "梅" * 10_000}, "最多 20 个字"),
    ):  # fmt: skip
        answer = press(place, slot(10), **{"phone": "13900000003", **more})
        assert answer.status_code == 422 and words in answer.content.decode(), more
    assert SignUp.objects.count() == 1
    foreign = Client().post(f"/stations/{place.code}/book/", {}, headers={"origin": "https://elsewhere.example.org"})
    assert foreign.status_code == 403
    assert "直接来" in page(f"/stations/{station(cast, slot_minutes=None, name='不约的').code}/book/")


# ---- for the keeper ----------------------------------------------------------------------------------------------------


def test_a_unit_writes_a_place_down_through_its_link(cast):
    secret = unit_link(cast, issue(cast), "c.home")
    lead = f"/l/{secret}/stations/"
    assert "还没有登记服务点" in page(lead)
    code = ids.new_code()
    bad = Client().post(lead + "new/", {**FORM, "code": code, "open": "看情况"})
    assert bad.status_code == 422 and "没有看懂" in bad.content.decode()
    made = Client().post(lead + "new/", {**FORM, "code": code, "slot_minutes": "30"})
    assert made.status_code == 302, made.content.decode()[-3000:]
    place = Station.objects.get(code=code)
    assert place.unit == cast.units["c.home"] and place.hours.count() == 10 and place.book
    html = page(f"{lead}{code}/edit/")
    assert "周一至周五 9:00—12:00" in html
    for more, words in (
        ({"in_home": "on", "address": "槐树村 7 号"}, "只写到村"), ({"home_address": "7 号"}, "写了门牌"),
        ({"host_name": "王姐"}, "先问过她本人"), ({"slot_minutes": "30", "books": "周六 9:00-10:00"}, "要在开门时间里"),
        ({"slot_minutes": "300"}, "排不出来"), ({"books": "周一 9:00-10:00"}, "多少分钟"),
    ):  # fmt: skip
        answer = Client().post(f"{lead}{code}/edit/", {**FORM, "code": code, **more})
        assert answer.status_code == 422 and words in answer.content.decode(), more
    assert Client().post(f"{lead}{code}/edit/", {**FORM, "code": code, "phone": "0353-000-0002"}).status_code == 302
    assert again(place).phone == "0353-000-0002"


def test_the_host_sees_the_day_and_marks_who_came(cast):
    place = station(cast)
    client, rows = staff(cast, "county_officer"), [booked(place, n, slot(9 + n)) for n in (1, 2)]
    here = f"/desk/stations/{place.code}/bookings/"
    html = page(f"{here}?day={tomorrow()}", client=client)
    assert html.count('id="s-') == 2 and "13900000001" not in html and "访客1" not in html, "masked at a discreet place"
    for row in rows:
        row.session.starts_at = clock.now()
        row.session.save()
    client.post(f"{here}{rows[0].code}/mark/", {"said": "came"})
    client.post(f"{here}{rows[1].code}/mark/", {"said": "missed"})
    assert CheckIn.objects.get().sign_up_id == rows[0].pk and fresh(rows[1]).missed_at
    client.post(f"{here}{rows[1].code}/mark/", {"said": "undo"})
    assert fresh(rows[1]).missed_at is None
    assert "13900000001" in client.post(f"{here}{rows[0].code}/phone/").content.decode()
    later = booked(place, 5, slot(15))
    client.post(f"{here}{later.code}/cancel/")
    assert fresh(later).ended == "by_unit"
    sent = {"time": f"{clock.local(slot(15)):%Y%m%d%H%M}", "name": "周奶奶", "phone": "13900000007", "sensitive": "on"}
    assert client.post(f"{here}new/", sent).status_code == 302
    assert SignUp.objects.get(session__slot__starts_at=slot(15), state="confirmed").by_staff


def test_only_who_keeps_a_place_sees_who_comes(cast):
    place = station(cast, cast.units["c.home"], kind="home", name="泉水镇妇女之家")
    row = booked(place, 1, slot(9))
    above = staff(cast, "county_officer")
    assert page(f"/desk/stations/{place.code}/", client=above)
    here = f"/desk/stations/{place.code}/bookings/"
    assert above.get(here).status_code == 403
    for each in (f"{row.code}/mark/", f"{row.code}/phone/", f"{row.code}/cancel/"):
        assert above.post(here + each).status_code == 403
    assert staff(cast, "sister").get(here).status_code == 404
    assert staff(cast, "sister").get(f"/desk/stations/{place.code}/").status_code == 404
    assert staff(cast, "home_host").get(here).status_code == 200
    assert fresh(row).state == "confirmed"


def test_lists_and_days_ask_the_same_however_many_there_are(cast):
    place = station(cast)
    client = staff(cast, "county_officer")
    booked(place, 1, slot(9))
    addresses = [
        "/stations/", f"/stations/{place.code}/book/?day={tomorrow()}", f"/desk/stations/{place.code}/bookings/?day={tomorrow()}",
        "/desk/stations/", reverse("stations:page", kwargs={"station": place.code}),
    ]  # fmt: skip
    few = [asked(client, address) for address in addresses]
    for n in range(2, 5):
        station(cast, name=f"第{n}个"), booked(place, n, slot(12 + n))
    assert [asked(client, address) for address in addresses] == few
    assert Slot.objects.count() == 4 and as_host(cast, place.unit)


def asked(client, address):
    cache.clear()
    public = Client() if not address.startswith("/desk/") else client
    public.get(address)
    cache.clear()
    return queries(public, address) if address.startswith("/desk/") else fresh_queries(public, address)


def fresh_queries(client, address):
    """As `queries`, of a page that would be kept."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
