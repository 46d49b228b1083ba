"""In a real Chromium: a unit makes an activity from a clause, a woman signs up, the unit runs the day with a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from jinguo.activities.actions.again import add_sessions
from jinguo.activities.models import SeatPool, SignUp
from jinguo.lib import clock
from tests.activities.stage import as_host, fresh, guest, published
from tests.journeys.looking import Eye

pytestmark = pytest.mark.django_db(transaction=True)


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


@pytest.mark.wide
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


@pytest.mark.wide
@pytest.mark.parametrize(
    ("width", "scripts"),
    [(390, True), pytest.param(320, False, marks=pytest.mark.wide), pytest.param(1280, True, marks=pytest.mark.wide)],
)
def test_she_comes_at_another_time_and_keeps_hers_until_then(new_context, live_server, cast, eye, width, scripts):
    day = clock.today() + timedelta(days=9)
    activity = published(cast, seats=1, starts_at=clock.at(day, 14), ends_at=clock.at(day, 16))
    add_sessions(activity, weeks=1, until=day + timedelta(days=14), by=as_host(cast, activity.unit))
    first, second, third = SeatPool.objects.for_joining().filter(session__activity=activity)
    mine, _other = guest(activity, 1, pool=first), guest(activity, 2, pool=second)
    phone = new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
    eye.watch(phone, "the woman")
    page = phone.new_page()
    page.goto(f"{live_server.url}/s/{mine.link_secret}/")
    page.get_by_text("换个时间来").click()
    full, free = page.get_by_role("radio").nth(0), page.get_by_role("radio").nth(1)
    full.check()
    page.get_by_role("button", name="改到这里").click()
    expect(page.get_by_text("那里没有这么多空席了")).to_be_visible()
    eye.look(page, f"move-full-{width}", scripts)
    free.check()
    page.get_by_role("button", name="改到这里").click()
    expect(page.get_by_text("那里没有这么多空席了")).to_have_count(0)
    expect(page.get_by_role("heading", name="报上了")).to_be_visible()
    eye.look(page, f"moved-{width}", scripts)
    assert fresh(mine).pool == third and not SignUp.objects.confirmed().filter(pool=first).exists()
