"""In a real Chromium: from a usual beginning to a story on the public page, by a unit's officer and by those who came."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from jinguo.activities.models import Activity, Feedback, HandOut
from jinguo.lib import clock
from tests.activities.stage import guest, session_of, shift_session
from tests.journeys.looking import Eye
from tests.services.eye import assert_good
from tests.world import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wide]  # the steps are tested one by one elsewhere
SIZES = [(390, "light"), (320, "dark"), (1280, "light")]


def begin(page, site):
    """An activity from what is usually held; only its name, day and place are typed."""
    page.goto(f"{site}/desk/activities/new/")
    page.get_by_text("从常办的样子开始").click()
    page.get_by_role("link", name="亲子诵读", exact=True).click()
    expect(page.get_by_label("一共几席")).to_have_value("60")
    page.get_by_label("活动名称").fill("“童声朗朗”亲子诵读")
    page.get_by_role("textbox", name="哪一天", exact=True).fill((clock.today() + timedelta(days=3)).isoformat())
    page.get_by_text("学校", exact=True).click()
    page.get_by_role("textbox", name="地点", exact=True).fill("市图书馆")
    assert_good(page)
    page.get_by_role("button", name="保存并发布").click()
    expect(page.get_by_text("发布了。")).to_be_visible()
    return Activity.objects.select_related("unit", "office").get()


def run_the_day(page, site, activity):
    """Books are given out, a guest says that it was of use, the unit says that it was held."""
    page.goto(f"{site}/desk/activities/{activity.code}/sessions/{session_of(activity).code}/desk/")
    page.get_by_label("发了什么").fill("口袋书")
    page.get_by_label("多少份").fill("40")
    page.get_by_role("button", name="记下发了多少").click()
    expect(page.get_by_text("口袋书 40 份")).to_be_visible()
    assert_good(page)
    page.get_by_role("button", name="办完了").click()
    expect(page.get_by_role("link", name="写稿")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), SIZES)
def test_from_a_usual_beginning_to_the_story(new_context, live_server, cast, width, theme):
    eye = Eye(f"after-{width}-{theme}")
    context = new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    eye.watch(context, "the officer")
    page, site = context.new_page(), live_server.url
    page.goto(f"{site}/sign-in/")
    page.get_by_label("用户名").fill("liaison")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="今日待办").last).to_be_visible()
    activity = begin(page, site)
    row = guest(activity, 1, seats=2)
    shift_session(activity, starts_at=clock.now() - timedelta(minutes=30), ends_at=clock.now() + timedelta(hours=1))
    hers = new_context(viewport={"width": width, "height": 844}, color_scheme=theme).new_page()
    hers.goto(f"{site}/s/{row.link_secret}/")
    hers.get_by_text("很有用", exact=True).click()
    assert_good(hers)
    hers.get_by_role("button", name="告诉主办单位").click()
    expect(hers.get_by_text("收到了，谢谢")).to_be_visible()
    run_the_day(page, site, activity)
    page.get_by_role("link", name="写稿").click()
    story = page.get_by_label("稿子")
    expect(story).to_have_value(re.compile("现场发放口袋书40份"))
    assert_good(page)
    story.fill("孩子们读到舍不得走。")
    page.get_by_role("button", name="存好，放到公开页上").click()
    expect(page.get_by_text("存好了，放到公开页上了。")).to_be_visible()
    hers.goto(f"{site}/a/{activity.code}/?fresh")
    expect(hers.get_by_text("孩子们读到舍不得走。")).to_be_visible()
    assert_good(hers)
    assert (Feedback.objects.get().useful, HandOut.objects.get().count) == (3, 40)
    assert eye.found == []
