"""In a real Chromium: the confirming desk by keyboard, by pointer, with scripts off, on a phone and in the dark."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from jinguo.notices import actions
from jinguo.notices.models import Decision, Item
from tests.papers_hard import TELLS
from tests.papers_in import PICTURE
from tests.planned import draft_campaign, read_notice
from tests.services.eye import assert_good
from tests.world import Cast

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def city(db) -> Cast:
    return Cast.gather()


@pytest.fixture
def open_page(new_context, live_server, city):
    """`open_page("/desk/…", viewport=PHONE)`: the officer's browser, signed in."""

    def opened(path: str, **options) -> Page:
        browser = Client()
        browser.force_login(city.users["officer"])
        name = settings.SESSION_COOKIE_NAME
        context = new_context(**{"viewport": DESK, **options})
        context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return opened


def decisions(notice) -> list[str]:
    return list(notice.items.order_by("position").values_list("decision", flat=True))


def test_a_sentence_and_its_item_light_each_other(open_page, city):
    notice = read_notice(city)
    page = open_page(f"/desk/notices/{notice.code}/")
    page.locator("#src-8").click()
    expect(page.locator("#item-8.is-on.is-now")).to_be_focused()  # it opens, and the keys act on it
    expect(page.locator("#item-8")).to_be_in_viewport()
    page.locator("#item-20 .ref").click()
    expect(page.locator("#src-20.is-on")).to_be_visible()
    expect(page.locator("#src-20")).to_be_in_viewport()


@pytest.mark.wide
def test_with_scripts_off_everything_works(open_page, city):
    notice = read_notice(city)
    page = open_page(f"/desk/notices/{notice.code}/", java_script_enabled=False)
    page.locator("#item-4").get_by_role("button", name="确认").click()
    expect(page.locator("#item-4")).to_have_count(0)  # it is no longer among those that wait
    assert decisions(notice)[3] == Decision.CONFIRMED
    page.locator("#item-5").get_by_role("button", name="不是任务").click()
    expect(page.locator("#item-5")).to_have_count(0)
    assert decisions(notice)[4] == Decision.REJECTED
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#item-5")).to_be_visible()
    assert decisions(notice)[4] == Decision.PROPOSED
    page.locator("#item-26").get_by_role("button", name="断开，分成 2 项").click()
    expect(page.get_by_text("断开了，分成 2 项。")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("断开了，分成 2 项。")).to_have_count(0)
    page.locator("#item-5").get_by_role("link", name="修改").click()
    page.get_by_label("牵头部门").fill("宣教部")
    page.get_by_role("button", name="就这样，确认").click()
    expect(page.get_by_label("牵头部门")).to_have_count(0)
    assert Item.objects.get(notice=notice, clause="二(一)").values["lead_department"] == "宣教部"
    page.locator("#item-26").get_by_role("button", name="确认，就一项").click()
    expect(page.locator("#item-26")).to_have_count(0)
    page.get_by_role("button", name="一起确认").click()
    expect(page.get_by_role("button", name="一起确认")).to_have_count(0)
    questions = page.locator(".extract").filter(has_not_text="已定：").get_by_role("button", name="就这样定")
    for left in (1, 0):
        questions.first.click()
        expect(questions).to_have_count(left)
    page.get_by_role("button", name="定下计划，圈定单位").click()
    expect(page.get_by_role("heading", name="圈定单位", level=1)).to_be_visible()
    page.locator("tr", has_text="东川县妇联").get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("另有 1 家不发")
    page.get_by_role("link", name="发出通知").click()
    page.get_by_role("button", name="发出").click()
    page.wait_for_url("**/desk/board/**")


@pytest.mark.wide  # in the quick run the walk over the whole chain looks at these pages
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_every_page_is_accessible(open_page, city, screenshot, viewport, theme):
    notice, campaign = read_notice(city), draft_campaign(city, "二")
    item = notice.items.get(clause="自办6")
    officer = city.users["officer"]
    tells = actions.paste_notice(city.office, text=TELLS, by=officer)
    nothing = actions.paste_notice(city.office, text="二〇二四年三月\n", by=officer)
    picture = actions.receive_notice(city.office, data=PICTURE, name="扫描件.txt", by=officer)
    page = open_page("/desk/notices/", viewport=viewport, color_scheme=theme)
    base = page.url.removesuffix("/desk/notices/")
    ways = {
        "notices": "/desk/notices/",
        "notice-new": "/desk/notices/new/",
        "notice-confirm": f"/desk/notices/{notice.code}/",
        "notice-all": f"/desk/notices/{campaign.notice.code}/?show=all",
        "notice-questions": f"/desk/notices/{notice.code}/?show=questions",
        "notice-idle": f"/desk/notices/{notice.code}/?show=no_task",
        "notice-edit": f"/desk/notices/{notice.code}/items/{item.code}/edit/",
        "notice-split": f"/desk/notices/{notice.code}/items/{item.code}/split/",
        "notice-add": f"/desk/notices/{notice.code}/items/new/",
        "notice-tells": f"/desk/notices/{tells.code}/",
        "notice-nothing": f"/desk/notices/{nothing.code}/",
        "notice-unread": f"/desk/notices/{picture.code}/",
        "campaigns": "/desk/campaigns/",
        "campaign": f"/desk/campaigns/{campaign.code}/",
        "recipients": f"/desk/campaigns/{campaign.code}/recipients/",
        "issue": f"/desk/campaigns/{campaign.code}/issue/",
    }
    for name, way in ways.items():
        page.goto(base + way)
        assert_good(page)
        screenshot(page, f"{name}-{viewport['width']}-{theme}", full_page=False)
