"""In a real Chromium: a unit makes an activity from a clause, a woman signs up, the unit runs the day with a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from jinguo.activities.models import Activity, CheckIn, SignUp
from jinguo.activities.queries import record_of
from jinguo.lib import clock
from tests.activities.pictures import jpeg
from tests.activities.stage import guest, published, unit_link
from tests.journeys.looking import Eye

pytestmark = pytest.mark.django_db(transaction=True)
DAY = clock.today() + timedelta(days=9)
LOOKS = [
    pytest.param(390, "light", id="390"),
    pytest.param(320, "dark", id="320-dark", marks=pytest.mark.wide),
    pytest.param(1280, "light", id="1280", marks=pytest.mark.wide),
    pytest.param(1280, "dark", id="1280-dark", marks=pytest.mark.wide),
]


@pytest.fixture
def eye():
    eye = Eye("activity")
    yield eye
    assert eye.found == []


def sign_up(page: Page, address: str, name: str, number: str) -> None:
    page.goto(address)
    page.get_by_label("怎么称呼您").fill(name)
    page.get_by_label("手机号").fill(number)
    page.get_by_role("button", name="报名").click()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_whole_way(new_context, live_server, cast, city_clauses, eye, tmp_path, width, scheme):
    look = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    unit, woman = new_context(**look), new_context(**look, java_script_enabled=False)
    eye.watch(unit, "the unit"), eye.watch(woman, "the woman")
    page, phone = unit.new_page(), woman.new_page()

    page.goto(f"{live_server.url}/l/{unit_link(cast, city_clauses)}/activities/")
    eye.look(page, f"list-empty-{width}-{scheme}")
    page.get_by_role("link", name="送法到身边").click()
    expect(page.get_by_label("活动名称")).to_have_value("“漾泉巾帼红”宣讲 · 市教育局妇委会")
    page.get_by_label("哪一天", exact=True).fill(f"{DAY}")
    page.get_by_label("几点开始").fill("14:30")
    page.get_by_label("几点结束").fill("16:00")
    page.get_by_text("要报名，限席位").click()
    page.get_by_label("一共几席").fill("1")
    page.get_by_label("地点").fill("槐树村妇女之家")
    eye.look(page, f"form-{width}-{scheme}")
    page.get_by_role("button", name="保存并发布").dblclick()
    expect(page.get_by_text("发布了")).to_be_visible()
    eye.look(page, f"page-{width}-{scheme}")
    activity = Activity.objects.get()

    public = f"{live_server.url}/a/{activity.code}/"
    phone.goto(live_server.url)
    expect(phone.get_by_role("link", name="“漾泉巾帼红”宣讲")).to_be_visible()
    sign_up(phone, public, "赵秀兰", "139 0000 0001")
    expect(phone.get_by_role("heading", name="报上了")).to_be_visible()
    mine = phone.url
    assert unit.cookies() and woman.cookies() == []
    row = SignUp.objects.get()

    page.get_by_role("link", name="名单、签到").click()
    page.get_by_placeholder("六位码、名字或手机后四位").fill(row.token.lower())
    page.get_by_role("button", name="找", exact=True).click()
    page.get_by_role("button", name="来了 赵秀兰").click()
    expect(page.get_by_role("button", name="撤销 赵秀兰")).to_be_visible()
    page.get_by_label("几个人").fill("3")
    page.get_by_role("button", name="记一笔").dblclick()
    page.get_by_label("现场人数").fill("4")
    page.get_by_label("其中女性").fill("4")
    page.get_by_role("button", name="记下人数").click()
    (tmp_path / "a.jpg").write_bytes(jpeg(1800, 1200, place=True))
    page.locator("[name=photos]").set_input_files(tmp_path / "a.jpg")
    page.get_by_label("照片里的人同意公开使用").check()
    page.get_by_role("button", name="存照片").click()
    expect(page.get_by_text("位置信息已去掉")).to_be_visible()
    eye.look(page, f"day-{width}-{scheme}")

    record = record_of(activity)
    assert (record.checked_in, record.walk_ins, record.on_site, record.women, len(record.photos)) == (1, 3, 4, 4, 1)
    assert CheckIn.objects.get().sign_up == row
    phone.goto(mine)
    expect(phone.get_by_text("来过了")).to_be_visible()
    phone.goto(public)
    expect(phone.locator("figure img")).to_have_count(1)


def test_who_waits_moves_up_when_another_leaves(new_context, live_server, cast, eye):
    activity = published(cast, seats=1)
    first = guest(activity, 1)
    phone = new_context(viewport={"width": 390, "height": 844})
    eye.watch(phone, "the woman")
    page = phone.new_page()
    page.goto(f"{live_server.url}/a/{activity.code}/")
    eye.look(page, "full")
    page.get_by_label("怎么称呼您").fill("李梅")
    page.get_by_label("手机号").fill("1390000000")
    page.get_by_role("button", name="排进候补").click()
    expect(page.get_by_role("alert")).to_contain_text("这里是 10 位")
    eye.look(page, "mistake")
    page.get_by_label("手机号").fill("13900000002")
    page.get_by_role("button", name="排进候补").dblclick()
    expect(page.get_by_role("heading", name="候补第 1 位")).to_be_visible()
    eye.look(page, "waiting")
    mine = page.url
    page.goto(f"{live_server.url}/s/{first.link_secret}/")
    page.get_by_text("我来不了").click()
    page.get_by_role("button", name="让出席位").dblclick()
    expect(page.get_by_role("heading", name="已经取消报名")).to_be_visible()
    eye.look(page, "left")
    page.goto(mine)
    expect(page.get_by_role("heading", name="报上了")).to_be_visible()
    eye.look(page, "confirmed")
    assert phone.cookies() == []
