"""What a form begins with for each kind, what is only for members, and what visitors are told beside when and where."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from jinguo.activities import formkey
from jinguo.activities.actions.checklist import add_point, answer_points
from jinguo.activities.actions.plan import edit_activity
from jinguo.activities.defaults import USUAL, kind_groups, usual_values
from jinguo.activities.forms import ActivityForm
from jinguo.activities.models import Activity, SignUp
from jinguo.activities.models.kinds import KIND_OF, Kind, SubKind
from jinguo.lib import clock
from tests.activities.stage import as_host, draft, phone, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(USUAL))
def test_every_beginning_is_a_form_that_only_waits_for_its_title_day_and_place(cast, name):
    begun = usual_values(name)
    typed = {**begun, "title": "一场", "day": str(clock.today() + timedelta(days=3)), "place": "村文化室"}
    typed.setdefault("venue", "other")
    typed.setdefault("visibility", "public")
    form = ActivityForm(typed, units=[cast.units["c.edu"]], areas=[], clauses=[])
    assert form.is_valid(), form.errors
    made = form.draft()
    assert (made.subkind or made.kind) == name
    assert made.kind == KIND_OF.get(name, name)


def test_every_subkind_has_a_kind_a_beginning_and_a_place_in_the_list():
    listed = {value for _label, choices in kind_groups() for value, _name in choices}
    assert listed == {*Kind.values, *(f"{KIND_OF[one]}.{one}" for one in SubKind)}
    assert set(SubKind.values) <= set(USUAL)


def test_a_chosen_beginning_fills_the_form_in_without_scripts(cast, client):
    client.force_login(as_host(cast, cast.units["c.edu"]))
    page = client.get("/desk/activities/new/", {"as": "parent_child"}).content.decode()
    assert 'value="reading.parent_child" selected' in page and "一本孩子喜欢的书" in page
    assert 'value="09:30"' in page and 'aria-current="true"' in page
    assert client.get("/desk/activities/new/", {"as": "<script>"}).status_code == 200


def test_members_come_by_their_address_and_nobody_else_finds_it(cast):
    activity = published(cast, seats=10, visibility="members", title="执委读书会")
    door = f"/p/{activity.door}/"
    visitor = Client()
    for address in ("/", "/calendar/", "/activities.xml", "/activities.ics", "/api/v1/activities"):
        assert "执委读书会" not in visitor.get(address).content.decode()
    assert visitor.get(f"/a/{activity.code}/").status_code == 404
    page = visitor.get(door).content.decode()
    assert "执委读书会" in page and 'content="noindex"' in page and "og:" not in page
    sent = {"name": "赵秀兰", "phone": phone(7), "key": formkey.make_key(activity.code)}
    answer = visitor.post(f"{door}sign-up/", sent)
    assert answer.status_code == 303 and visitor.get(answer["Location"]).status_code == 200
    assert SignUp.objects.get().activity == activity
    assert visitor.get("/p/made-up/").status_code == 404


def test_what_stops_being_for_members_closes_their_address_and_opens_it_again_unchanged(cast):
    activity = published(cast, visibility="members")
    host, door = as_host(cast, activity.unit), activity.door
    assert Client().get(f"/p/{door}/").status_code == 200, "also where nobody need sign up"
    changed = edit_activity(activity, draft(visibility="internal"), by=host)
    assert Client().get(f"/p/{door}/").status_code == 404
    edit_activity(changed, draft(visibility="members"), by=host)
    assert Client().get(f"/p/{door}/").status_code == 200
    assert Activity.objects.get(pk=activity.pk).door == door


def test_a_changed_kind_takes_its_subkind_along(cast):
    activity = published(cast, kind="reading", subkind="parent_child")
    assert activity.kind_name == "亲子诵读"
    host = as_host(cast, activity.unit)
    assert edit_activity(activity, draft(kind="lecture", subkind="parent_child"), by=host).kind_name == "宣讲、讲座"


def test_how_to_get_there_and_what_helps_are_told_but_of_a_home_nothing(cast):
    told = {"directions": "坐 8 路到图书馆站", "access": "门口有坡道"}
    page = Client().get(f"/a/{published(cast, **told).code}/").content.decode()
    assert "坐 8 路到图书馆站" in page and "门口有坡道" in page
    typed = {
        **usual_values("family_stories"), "title": "故事", "day": str(clock.today() + timedelta(days=3)), "place": "槐树村",
        "address": "东巷 3 号", "directions": "过桥第二家", "visibility": "public",
    }  # fmt: skip
    form = ActivityForm(typed, units=[cast.units["c.edu"]], areas=[], clauses=[])
    assert form.is_valid(), form.errors
    made = form.draft()
    assert (made.address, made.directions, made.home_address) == ("", "", "东巷 3 号，过桥第二家")


def test_visitors_read_the_health_measures_in_force_and_no_other_point(cast, city_clauses):
    tomorrow = clock.today() + timedelta(days=1)
    officer = cast.users["officer"]
    facts = {"campaign": city_clauses, "clause": None, "by": officer}
    point = add_point(kind="health", text="室内开窗通风，门口备口罩", until=tomorrow, **facts)
    add_point(kind="health", text="已经过去的措施", until=clock.today(), **facts)
    add_point(kind="safety", text="出入口有人看着", until=None, **facts)
    activity = published(cast, clauses=(city_clauses.clauses.get(number="二(四)三"),))
    page = Client().get(f"/a/{activity.code}/").content.decode()
    assert "室内开窗通风" in page and "已经过去的措施" not in page and "出入口有人看着" not in page
    answer_points(activity, {point: ("na", "")}, by=as_host(cast, activity.unit))
    cache.clear()
    page = Client().get(f"/a/{activity.code}/").content.decode()
    assert "室内开窗通风" not in page, "what does not apply here is not told"
