"""A unit's activities at both doors: made in a minute from a clause, changed, published, called off; never another unit's."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jinguo.activities.actions.plan import publish_activity
from jinguo.activities.models import Activity
from jinguo.activities.models.activity import ActivityState
from jinguo.federation.models import Link
from jinguo.lib import clock, ids
from tests.activities.stage import as_host, guest, issue, make, pool_of, published, queries, unit_link

pytestmark = pytest.mark.django_db
DAY = clock.today() + timedelta(days=9)


def typed(**more):
    return {
        "code": ids.new_code(), "title": "读一晚书", "kind": "reading", "day": f"{DAY}", "starts": "9:30", "ends": "11:00",
        "admission": "seats", "seats": "20", "venue": "community", "place": "槐树村", "visibility": "public", "publish": "yes",
        **more,
    }  # fmt: skip


@pytest.fixture
def doors(cast, city_clauses, client):
    """The two ways in of the education committee: its link, and its liaison's account."""
    client.force_login(cast.users["liaison"])
    return {
        "link": (Client(), f"/l/{unit_link(cast, city_clauses)}/activities/"),
        "desk": (client, "/desk/activities/"),
    }


@pytest.mark.parametrize("door", ["link", "desk"])
def test_from_a_clause_to_the_public_site_in_two_requests(cast, doors, city_clauses, door):
    client, start = doors[door]
    clause = city_clauses.clauses.get(number="二(四)三")
    html = client.get(f"{start}new/?clause={clause.code}").content.decode()
    assert 'value="“漾泉巾帼红”宣讲 · 市教育局妇委会"' in html
    for value in ("lecture", "community", "rural", clause.code):
        assert re.search(rf'value="{value}"[^>]*(?:selected|checked)', html), value
    assert 'type="date" ' in html and f"{DAY.year}-" not in html, "no day is invented"
    code = re.search(r'name="code" value="(\w+)"', html)[1]
    answer = client.post(f"{start}new/", typed(code=code, clauses=[clause.code], audiences=["rural"]))
    assert answer.status_code == 302 and answer.url == f"{start}{code}/"
    activity = Activity.objects.get()
    assert (activity.state, activity.campaign, activity.area) == (ActivityState.PUBLISHED, city_clauses, None)
    assert "读一晚书" in Client().get("/").content.decode()
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("door", ["link", "desk"])
def test_a_double_click_makes_one(cast, doors, door):
    client, start = doors[door]
    sent = typed()
    assert {client.post(f"{start}new/", sent).url for _press in range(3)} == {f"{start}{sent['code']}/"}
    assert Activity.objects.count() == 1
    for button in ("publish", "finish"):
        assert {client.post(f"{start}{sent['code']}/{button}/").status_code for _press in range(2)} == {302}
    gone = {client.post(f"{start}{sent['code']}/cancel/", {"reason": "下雨"}).status_code for _press in range(2)}
    assert gone == {302} and Activity.objects.get().state == ActivityState.CANCELLED


@pytest.mark.parametrize("door", ["link", "desk"])
def test_mistakes_keep_what_was_typed_and_make_nothing(doors, door):
    client, start = doors[door]
    answer = client.post(f"{start}new/", typed(ends="9:00", title="留着我"))
    html = answer.content.decode()
    assert answer.status_code == 422 and "结束要晚于开始" in html and 'value="留着我"' in html
    assert Activity.objects.count() == 0


def test_a_past_day_is_kept_as_a_draft_and_says_why(doors):
    client, start = doors["desk"]
    sent = typed(day=f"{clock.today() - timedelta(days=2)}")
    page = client.post(f"{start}new/", sent, follow=True).content.decode()
    assert "没有发布" in page and "时间已经过去" in page
    assert Activity.objects.get().state == ActivityState.DRAFT


@pytest.mark.parametrize("door", ["link", "desk"])
def test_changing_shows_what_stands_and_writes_what_is_typed(cast, doors, city_clauses, door):
    client, start = doors[door]
    clause = city_clauses.clauses.get(number="二(一)")
    activity = published(cast, seats=4, each=2, cohosts=("市图书馆",), audiences=("rural",), clauses=(clause,))
    html = client.get(f"{start}{activity.code}/edit/").content.decode()
    for value in (activity.title, "09:00", "11:00", "市图书馆"):
        assert f'value="{value}"' in html
    answer = client.post(f"{start}{activity.code}/edit/", typed(title="换个名字", seats="6", clauses=[clause.code]))
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert (activity.title, pool_of(activity).capacity) == ("换个名字", 6)
    assert [link.clause for link in activity.clause_links.all()] == [clause]


def test_fewer_seats_than_taken_is_told_beside_the_field(cast, doors):
    client, start = doors["link"]
    activity = published(cast, seats=4)
    guest(activity, 1), guest(activity, 2)
    answer = client.post(f"{start}{activity.code}/edit/", typed(seats="1"))
    assert answer.status_code == 422 and "已经有 2 席报出去了" in answer.content.decode()


def test_calling_off_wants_a_reason_that_guests_read(cast, doors):
    client, start = doors["link"]
    activity = published(cast, seats=4)
    mine = f"/s/{guest(activity, 1).link_secret}/"
    asked = client.get(f"{start}{activity.code}/cancel/").content.decode()
    assert "已有 1 席" in asked and "1 位没有留" in asked
    assert client.post(f"{start}{activity.code}/cancel/", {"reason": " "}).status_code == 422
    assert client.post(f"{start}{activity.code}/cancel/", {"reason": "山路结冰"}).status_code == 302
    assert "山路结冰" in Client().get(mine).content.decode()
    assert "山路结冰" in Client().get(f"/a/{activity.code}/").content.decode()


def codes_of(activity) -> dict[str, str]:
    return {"activity": activity.code, "session": activity.sessions.get().code}


EVERY_PAGE = (
    "page", "edit", "publish", "cancel", "finish", "day", "walk_in", "headcount", "photos", "seats", "gates", "pool_add",
)  # fmt: skip


def test_another_units_things_are_as_if_not_there(cast, doors, city_clauses):
    """Neither through a link nor from an account beside it, on any page, by GET or POST."""
    hers = published(cast, cast.units["c.b"], seats=3)
    elsewhere = published(cast, cast.units["d"], seats=3)
    secret = unit_link(cast, city_clauses)
    for name in EVERY_PAGE:
        for activity in (hers, elsewhere):
            codes = codes_of(activity) if name in EVERY_PAGE[5:] else {"activity": activity.code}
            desk = reverse(f"activities:{name}", kwargs=codes)
            link = reverse(f"activities:link_{name}", kwargs={"link": secret, **codes})
            for client, address in ((doors["desk"][0], desk), (Client(), link)):
                for method in (client.get, client.post):
                    answer = method(address)
                    assert answer.status_code == 404, (address, answer.status_code)
                    assert activity.title not in answer.content.decode()
    assert {a.state for a in Activity.objects.all()} == {ActivityState.PUBLISHED}


def test_the_city_sees_its_counties_activities_and_changes_none(cast, client):
    activity = published(cast, cast.units["c.a"], seats=3)
    client.force_login(cast.users["officer"])
    page = client.get(f"/desk/activities/{activity.code}/")
    assert page.status_code == 200 and "改一改" not in page.content.decode() and "名单" not in page.content.decode()
    session = activity.sessions.get().code
    for address in ("edit/", "cancel/", f"sessions/{session}/desk/"):
        assert client.get(f"/desk/activities/{activity.code}/{address}").status_code == 403
    client.post(f"/desk/activities/{activity.code}/finish/")
    assert Activity.objects.get().state == ActivityState.PUBLISHED


def test_a_clause_of_a_notice_the_unit_never_got_is_not_there(cast, doors):
    other = issue(cast, to=("c.hos",))
    clause = other.clauses.first()
    for client, start in doors.values():
        assert client.get(f"{start}new/?clause={clause.code}").status_code == 404
        answer = client.post(f"{start}new/", typed(clauses=[clause.code]))
        assert answer.status_code == 422 and Activity.objects.count() == 0


def test_a_form_whose_code_is_somebody_elses_touches_nothing(cast, doors):
    hers = make(cast, cast.units["c.b"])
    for client, start in doors.values():
        assert client.post(f"{start}new/", typed(code=hers.code)).status_code == 404
        assert client.post(f"{start}new/", typed(code="<b>not-a-code")).status_code == 422
    hers.refresh_from_db()
    assert hers.title == "槐树村里读一晚书" and Activity.objects.count() == 1


def test_an_expired_link_says_so(cast, doors):
    client, start = doors["link"]
    Link.objects.update(expires_at=clock.now())
    assert client.get(start).status_code == 410
    assert client.post(f"{start}new/", typed()).status_code == 410
    assert Activity.objects.count() == 0


@pytest.mark.parametrize("door", ["link", "desk"])
def test_lists_ask_the_database_the_same_at_one_and_three(cast, doors, door):
    client, start = doors[door]
    counts = []
    for _more in range(3):
        published(cast, seats=4, cohosts=("市图书馆",), audiences=("rural", "elderly"))
        counts.append(queries(client, start))
    assert counts[0] == counts[2] <= 12


@pytest.mark.parametrize("door", ["link", "desk"])
def test_every_page_asks_the_database_twelve_times_at_most(cast, doors, city_clauses, door):
    client, start = doors[door]
    clauses = tuple(city_clauses.clauses.exclude(kind="own_event"))
    activity = published(cast, seats=4, cohosts=("市图书馆",), audiences=("rural", "elderly"), clauses=clauses)
    for address in ("new/", f"{activity.code}/", f"{activity.code}/edit/", f"{activity.code}/cancel/"):
        assert queries(client, f"{start}{address}") <= 12, address


def test_an_empty_list_says_what_to_do(doors):
    for client, start in doors.values():
        html = client.get(start).content.decode()
        assert "还没有活动" in html and f"{start}new/" in html
    assert "从通知里挑一条来办" in doors["link"][0].get(doors["link"][1]).content.decode()


def test_lists_can_be_narrowed_by_state(cast, doors):
    client, start = doors["desk"]
    make(cast, title="还是草稿")
    published(cast, title="发布了的")
    html = client.get(f"{start}?state=draft").content.decode()
    assert "还是草稿" in html and "发布了的" not in html
    assert client.get(f"{start}?state=nonsense&page=x").status_code == 200


def test_a_published_activity_is_found_by_anybody_a_draft_by_staff_only(cast):
    from jinguo.search.models import IndexRow

    activity = make(cast, title="泉边读书")
    assert IndexRow.objects.get(kind="activity").audience == "staff"
    publish_activity(activity, by=as_host(cast, activity.unit))
    row = IndexRow.objects.get(kind="activity")
    assert (row.audience, row.title, row.owner_path) == ("public", "泉边读书", activity.unit.path)


def test_a_thousand_people_need_a_permit_and_the_host_is_told_until_when(cast, client):
    client.force_login(cast.users["liaison"])
    soon, later = clock.today() + timedelta(days=5), clock.today() + timedelta(days=50)

    def told(day, **facts) -> str:
        activity = published(cast, starts_at=clock.at(day, 9), ends_at=clock.at(day, 11), **facts)
        return client.get(f"/desk/activities/{activity.code}/").content.decode()

    assert "公安机关" not in told(later, expected=999, seats=999)
    assert "最晚" in told(later, expected=1000) and "最晚" in told(later, seats=1000)
    assert "已经不到 20 天" in told(soon, expected=3000)
