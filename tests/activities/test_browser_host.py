"""In a real Chromium at 390 px: a host says one sentence, publishes, counts and has her board; with scripts and without."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from jinguo.activities.actions.doors import give_door
from jinguo.activities.models import Activity, Photo
from jinguo.lib import clock
from tests.activities.pictures import jpeg
from tests.activities.stage import shift_session
from tests.services.eye import assert_good

pytestmark = pytest.mark.django_db(transaction=True)
PICTURE = {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1200, 900, place=True)}


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.wide)])
def test_an_activity_is_made_held_counted_and_shown(new_context, live_server, cast, scripts):
    village = cast.units["c.a.t.v"]
    door = give_door(village, checked=False, by=cast.users["county_officer"])
    phone = new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = phone.new_page()
    look = assert_good if scripts else lambda page: None
    page.goto(f"{live_server.url}/h/{door.secret}/")
    expect(page.get_by_role("heading", name="槐树村妇联", level=1)).to_be_visible()
    look(page)
    say(page, "明天下午3点在村文化室包饺子，张老师来教，大概30人")
    expect(page.get_by_role("heading", name="听懂了这些，对不对？")).to_be_visible()
    look(page)
    expect(page.get_by_label("活动名称")).to_have_value("包饺子")
    expect(page.get_by_label("几点开始")).to_have_value("15:00")
    page.get_by_label("做什么").select_option("培训")
    page.get_by_label("照片里的人同意公开使用").check()
    page.get_by_role("button", name="对，发布").click()
    expect(page.get_by_role("heading", name="包饺子", level=1)).to_be_visible()
    look(page)
    activity = Activity.objects.get(unit=village)
    assert activity.state == "published" and Photo.objects.get(activity=activity).taken_at is None

    begin_with_the_day(activity)
    page.goto(f"{live_server.url}/h/{door.secret}/{village.code}/")
    page.get_by_label("来了多少人").fill("28")
    page.get_by_label("其中女性").fill("27")
    page.get_by_role("button", name="数过的，记下").click()
    expect(page.get_by_text("28 人次")).to_be_visible()
    page.get_by_role("button", name="办完了", exact=True).click()
    expect(page.get_by_text("已办完")).to_be_visible()
    look(page)
    page.goto(f"{live_server.url}/h/{door.secret}/{village.code}/")
    text = page.get_by_label("发到姐妹微信群")
    expect(text).to_have_value(re.compile("28 人次，其中女性 27"))
    board = page.get_by_role("link", name="本月展板（PDF，A3）").get_attribute("href")
    assert Client().get(board).content.startswith(b"%PDF")
    if scripts:
        phone.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="复制").click()
        expect(page.get_by_text("已复制")).to_be_visible()


def begin_with_the_day(activity: Activity) -> None:
    """It has begun, and is today's, whatever the hour of this test."""
    today = clock.at(clock.today())
    shift_session(activity, starts_at=today, ends_at=today + timedelta(seconds=1))


def say(page: Page, words: str) -> None:
    page.get_by_label("说一句要办的活动").fill(words)
    page.get_by_label("照片").set_input_files(PICTURE)
    page.get_by_role("button", name="下一步：看看听懂没有").click()
