"""In a real Chromium: a liaison signs on her phone, with scripts and without; the page is read only when it is seen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from jinguo.lib import clock
from tests.issued import copy_of
from tests.services.eye import assert_good

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def edu(letters, live_server) -> str:
    return f"{live_server.url}{letters.page('c.edu')}"


@pytest.fixture
def phone(new_context) -> Iterator[Page]:
    yield new_context(viewport=PHONE).new_page()


def test_the_seen_page_is_read_and_one_press_signs(phone, edu, cast, campaign, screenshot):
    with phone.expect_response(lambda answer: answer.url.endswith("/seen/")) as told:
        phone.goto(edu)
    assert told.value.status == 204
    assert copy_of(campaign, cast.units["c.edu"]).state.label == "已读"
    assert_good(phone)
    screenshot(phone, "unit-390")
    button = phone.get_by_role("button", name="签收")
    expect(button).to_be_in_viewport()
    button.dblclick()
    expect(phone.locator(".seal")).to_contain_text("已签收")
    assert copy_of(campaign, cast.units["c.edu"]).signer == "信息员"
    assert_good(phone)


@pytest.mark.wide
def test_with_scripts_off_it_is_signed_all_the_same_and_not_read_before(new_context, edu, cast, campaign):
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(edu)
    assert copy_of(campaign, cast.units["c.edu"]).read_at is None
    page.get_by_label("签收人").fill("女工委张主任")
    page.get_by_role("button", name="签收").click()
    expect(page.locator(".seal")).to_contain_text("已签收")
    assert copy_of(campaign, cast.units["c.edu"]).signer == "女工委张主任"


@pytest.mark.wide
def test_in_english_nothing_runs_off_a_phone_either(new_context, live_server, edu, campaign):
    """Where a date comes from is a whole sentence there."""
    campaign.asks.update(
        soft_word="及时", due_origin="confirmed", due_at=clock.at(clock.today() + timedelta(days=3), 18)
    )
    context = new_context(viewport=PHONE)
    context.add_cookies([{"name": "jinguo-language", "value": "en", "url": live_server.url}])
    page = context.new_page()
    page.goto(edu)
    expect(page.get_by_text("the city federation set the day").first).to_be_visible()
    assert_good(page)
    page.goto(f"{edu}duties/")
    expect(page.get_by_role("heading", name="What we have to do")).to_be_visible()
    assert_good(page)


@pytest.mark.wide
def test_a_wrong_copy_goes_back_and_can_be_taken_again(phone, edu):
    phone.goto(edu)
    phone.get_by_role("link", name="点这里退回").click()
    expect(phone.get_by_text("不是我们单位的事")).to_be_visible()
    assert_good(phone)
    phone.get_by_text("不是我们单位的事").click()
    phone.get_by_role("button", name="退回").click()
    phone.get_by_role("button", name="收回退回").click()
    expect(phone.get_by_role("button", name="签收")).to_be_visible()


@pytest.mark.wide  # in the quick run the walk over the whole chain looks at these pages
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_the_officers_pages_are_accessible(new_context, live_server, client, cast, campaign, letters, theme, size):
    client.force_login(cast.users["officer"])
    context = new_context(viewport=size, color_scheme=theme)
    context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
    page = context.new_page()
    copy = copy_of(campaign, cast.units["c.edu"])
    for path in ("/desk/", "/desk/board/", f"/desk/board/{campaign.code}/", f"/desk/board/{campaign.code}/signing/",
                 f"/desk/board/{campaign.code}/reporting/", f"/desk/circulations/{copy.code}/", "/desk/outbox/",
                 "/desk/search/?q=妇"):  # fmt: skip
        page.goto(live_server.url + path)
        expect(page.locator("main")).to_be_visible()
        assert_good(page)
