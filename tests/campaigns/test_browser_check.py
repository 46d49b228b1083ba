"""In a real Chromium: the check before issuing and the two notices side by side, wide and narrow, light and dark, without scripts."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from jinguo.notices.models import Notice
from tests.campaigns.test_check_pages import DRAFT, kept, way
from tests.planned import read_notice
from tests.services.eye import assert_good
from tests.world import Cast

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SOFTER = DRAFT.replace("要组织亲子阅读", "可以组织亲子阅读").replace("3月20日", "3月15日")


@pytest.fixture
def city(db) -> Cast:
    return Cast.gather()


@pytest.fixture
def open_page(new_context, live_server, city):
    """`open_page("/desk/…", viewport=PHONE)`: the officer's browser, signed in."""

    def opened(path: str, *, english: bool = False, **options) -> Page:
        browser = Client()
        browser.force_login(city.users["officer"])
        name = settings.SESSION_COOKIE_NAME
        context = new_context(**{"viewport": DESK, **options})
        context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": live_server.url}])
        if english:
            context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return opened


@pytest.mark.wide
def test_finding_mending_and_saving(open_page, city, screenshot):
    notice = kept(city, DRAFT)
    page = open_page(way(notice))
    assert_good(page)
    screenshot(page, "check-1280")
    page.get_by_label("发文字号的顺序号前不加“第”字。").uncheck()
    with page.expect_download() as saving:
        page.get_by_role("button", name="下载改好的文字").click()
    saved = saving.value.path().read_text("utf-8")
    assert saving.value.suggested_filename == "草稿.改正.txt" and "泉妇发〔2024〕第5号" in saved
    page.get_by_role("button", name="收作新的一份").click()
    expect(page).not_to_have_url(re.compile(re.escape(way(notice))))  # the sentence below stands on both pages
    expect(page.get_by_text("发文字号的顺序号前不加“第”字。")).to_be_visible()
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.wide)])
def test_on_a_phone(open_page, city, screenshot, scheme):
    above, ours = kept(city, DRAFT), kept(city, SOFTER)
    page = open_page(way(ours), viewport=PHONE, color_scheme=scheme)
    assert_good(page)
    screenshot(page, f"check-390-{scheme}")
    page = open_page(way(ours, "compare/") + f"?with={above.code}", viewport=PHONE, color_scheme=scheme)
    expect(page.get_by_text("语气更松")).to_be_visible()
    assert_good(page)
    screenshot(page, f"compare-390-{scheme}")


@pytest.mark.wide
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wide_in_both_themes(open_page, city, screenshot, scheme):
    above, ours = kept(city, DRAFT), kept(city, SOFTER)
    for name, path in (("check", way(ours)), ("compare", way(ours, "compare/") + f"?with={above.code}")):
        page = open_page(path, color_scheme=scheme)
        assert_good(page)
        screenshot(page, f"{name}-1280-{scheme}")


@pytest.mark.wide
def test_in_english_and_without_scripts(open_page, city, screenshot):
    notice = kept(city, DRAFT)
    read_notice(city)
    page = open_page(way(notice), english=True, java_script_enabled=False)
    screenshot(page, "check-english")
    with page.expect_download() as saving:
        page.get_by_role("button").filter(has_text="Download").click()
    assert "泉妇发〔2024〕5号" in saving.value.path().read_text("utf-8")
