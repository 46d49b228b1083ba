"""In a real Chromium: a unit lists a place from its link, a woman takes a time and changes it, the host marks who came."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from jinguo.activities.actions.checklist import add_point
from jinguo.activities.models import Session
from jinguo.lib import clock
from jinguo.stations.models import Slot, Station
from tests.activities.stage import issue, make, unit_link
from tests.services.eye import assert_good

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(390, "light"), pytest.param(1280, "dark", marks=pytest.mark.wide)]


def list_it(page, lead, look):
    """The form, filled in."""
    page.goto(lead + "new/")
    page.get_by_text("维权服务中心", exact=True).click()
    page.get_by_label("叫什么").fill("泉水镇维权服务站")
    page.get_by_label("什么时候开门").fill("每天 9:00—12:00、14:00—17:00")
    page.get_by_label("在哪里").fill("泉水镇政府一层")
    page.get_by_label("能办什么").fill("法律咨询\n心理疏导")
    page.get_by_label("谁接待").fill("值班执委")
    page.get_by_text("让人预约时间").click()
    page.get_by_label("一次预约多少分钟").fill("30")
    page.get_by_text("再写细一点").click()
    page.get_by_text("节假日照常，只看周几").click()
    look("form")


def take_a_time(page, site, look):
    """From the public list to an appointment, and another time for it."""
    cache.clear()
    page.goto(f"{site}/stations/?kind=rights")
    look("list")
    page.get_by_role("link", name="泉水镇维权服务站").click()
    expect(page).to_have_title("便民信息")
    look("public")
    page.get_by_role("link", name="看空着的时间").click()
    expect(page.get_by_label("怎么称呼您")).to_be_visible()
    day = page.locator("nav.chips a").nth(1)
    day.click()
    expect(page.locator("nav.chips a").nth(1)).to_have_attribute("aria-current", "true")
    page.get_by_text("9:30", exact=True).click()
    page.get_by_label("怎么称呼您").fill("李梅")
    page.get_by_role("textbox", name="手机号").fill("13900000001")
    page.get_by_role("button", name="约下").click()
    expect(page.get_by_role("alert")).to_contain_text("单独打一次勾")
    look("mistake")
    page.get_by_label("我单独同意").check()
    page.get_by_role("button", name="约下").dblclick()
    expect(page.get_by_role("heading", name="约好了")).to_be_visible()
    look("booked")
    page.get_by_role("link", name="改时间").click()
    expect(page.get_by_role("button", name="改成这个时间")).to_be_visible()
    page.get_by_text("14:00", exact=True).click()
    look("change")
    page.get_by_role("button", name="改成这个时间").click()
    expect(page.get_by_role("button", name="改成这个时间")).to_have_count(0)  # the next page: both say 14:00
    expect(page.get_by_text("14:00")).to_be_visible()


def say_who_came(page, address, look):
    """The host's day."""
    hers = Slot.objects.filter(session__sign_ups__state="confirmed")
    hers.update(starts_at=clock.now(), ends_at=clock.now() + timedelta(minutes=30))
    Session.objects.filter(slot__in=hers).update(starts_at=clock.now())
    page.goto(address)
    look("bookings")
    page.get_by_role("button", name="没来").click()
    expect(page.get_by_role("button", name="撤销")).to_be_visible()
    look("missed")


@pytest.mark.parametrize(("width", "theme"), SIZES)
def test_a_place_from_the_form_to_who_came(new_context, live_server, cast, screenshot, width, theme):
    page = new_context(viewport={"width": width, "height": 844}, color_scheme=theme).new_page()
    looked = []

    def look(name):
        assert_good(page)
        looked.append(name)
        screenshot(page, f"station-{len(looked)}-{name}-{width}-{theme}")

    lead = f"{live_server.url}/l/{unit_link(cast, issue(cast), 'c.home')}/stations/"
    page.goto(lead)
    look("empty")
    list_it(page, lead, look)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("link", name="谁约了")).to_be_visible()
    look("page")
    place = Station.objects.get()
    take_a_time(page, live_server.url, look)
    say_who_came(page, f"{lead}{place.code}/bookings/", look)


@pytest.mark.wide
@pytest.mark.parametrize(("width", "theme"), SIZES)
def test_a_checklist_from_the_notice_to_the_activity(new_context, live_server, cast, screenshot, client, width, theme):
    campaign, officer = issue(cast), cast.users["officer"]
    clause = campaign.clauses.create(
        position=9,
        number="五(三)",
        kind="requirement",
        heading="（三）保证安全",
        sentence="人多的要有预案。",
        reach="each",
    )
    add_point(campaign, kind="contact", text="紧急联系人", until=None, clause=None, by=officer)
    context = new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    client.force_login(officer)
    context.add_cookies([{"name": k, "value": v.value, "url": live_server.url} for k, v in client.cookies.items()])
    page = context.new_page()

    def look(name):
        assert_good(page)
        screenshot(page, f"check-{name}-{width}-{theme}")

    page.goto(f"{live_server.url}/desk/campaigns/{campaign.code}/checklist/")
    look("points")
    page.get_by_role("link", name="保证安全").click()
    expect(page.get_by_label("请各场核对什么")).to_have_value("保证安全")
    look("point")
    page.get_by_role("button", name="放进核对单").click()
    expect(page.get_by_role("heading", name="保证安全")).to_be_visible()
    activity = make(cast, clauses=(campaign.clauses.get(kind="measure"),))
    page.goto(f"{live_server.url}/l/{unit_link(cast, campaign)}/activities/{activity.code}/")
    look("activity")
    page.get_by_role("link", name="填一填").click()
    expect(page.get_by_label("谁，电话")).to_be_visible()
    page.get_by_text("不适用", exact=True).last.click()
    look("checklist")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("核对单记下了")).to_be_visible()
    assert clause.check_points.count() == 1
