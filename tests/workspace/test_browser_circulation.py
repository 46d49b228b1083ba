"""In a real Chromium at 390 px: she finds her unit in the group link, signs, asks for more time, says zero; axe finds nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from jinguo.campaigns.actions.group import open_group
from jinguo.campaigns.models import ExtensionRequest, Obligation
from jinguo.lib import clock
from jinguo.messages.actions import add_robot
from tests.issued import copy_of
from tests.services.eye import assert_good
from tests.workspace.test_browser_unit import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(new_context) -> Iterator[Page]:
    yield new_context(viewport=PHONE).new_page()


def closing(cast) -> Obligation:
    return Obligation.objects.exclude(due_at=None).get(unit=cast.units["c.edu"])


def test_receive_sign_ask_for_more_time_and_report_zero(phone, live_server, letters, cast, campaign, screenshot):
    phone.goto(live_server.url + letters.page("c.edu"))
    phone.get_by_role("button", name="签收").click()
    expect(phone.locator(".seal")).to_contain_text("已签收")
    phone.get_by_role("link", name="本单位的事，一张单子").click()
    expect(phone.get_by_role("heading", name="本单位的事")).to_be_visible()
    assert_good(phone)
    screenshot(phone, "duties-390")
    phone.get_by_role("link", name="申请延期").click()
    expect(phone.get_by_label("想延到哪天")).to_be_visible()
    assert_good(phone)
    day = clock.local(closing(cast).due_at).date() + timedelta(days=3)
    phone.get_by_label("想延到哪天").fill(f"{day:%Y-%m-%d}")
    phone.get_by_label("为什么要延").fill("汇演改期，材料要晚两天")
    screenshot(phone, "extension-390")
    phone.get_by_role("button", name="交给发文单位").dblclick()
    expect(phone.get_by_text("等发文单位答复")).to_be_visible()
    assert ExtensionRequest.objects.count() == 1
    item = phone.locator("li", has_text="每次活动的情况")
    item.get_by_text("没有，报“无”").click()
    with phone.expect_response("**/zero/"):
        item.get_by_role("button", name="这段时间没有开展").click()
    phone.goto(live_server.url + letters.page("c.edu") + "duties/")
    expect(phone.locator("li", has_text="每次活动的情况").get_by_text("零报告")).to_be_visible()
    assert_good(phone)
    screenshot(phone, "duties-done-390")
    phone.get_by_role("link", name="这项负担重").first.click()
    phone.get_by_label("哪里成了负担").fill("和工会的表一样，填了两遍")
    phone.get_by_role("button", name="告诉他们").click()
    expect(phone.get_by_text("谢谢您说出来")).to_be_visible()


@pytest.mark.wide
def test_the_group_link_on_a_phone(phone, live_server, letters, cast, campaign, screenshot):
    door = open_group(campaign, by=cast.users["officer"])
    phone.goto(f"{live_server.url}/g/{door.secret}/")
    assert_good(phone)
    phone.get_by_label("您是哪个单位的？").fill("教育")
    phone.get_by_role("button", name="找").click()
    expect(phone.get_by_role("link", name="市教育局妇女委员会")).to_be_visible()
    screenshot(phone, "group-find-390")
    phone.get_by_role("link", name="市教育局妇女委员会").click()
    expect(phone.get_by_label("登记电话的后四位")).to_be_visible()
    assert_good(phone)
    screenshot(phone, "group-unit-390")
    phone.get_by_label("登记电话的后四位").fill("1234")
    phone.get_by_role("button", name="用后四位").click()
    expect(phone.get_by_text("对不上").first).to_be_visible()
    phone.get_by_label("登记电话的后四位").fill("0000")
    phone.get_by_role("button", name="用后四位").click()
    phone.get_by_label("签收人").fill("信息员")
    assert_good(phone)
    screenshot(phone, "group-sign-390")
    phone.get_by_role("button", name="签收", exact=True).click()
    expect(phone.locator(".seal")).to_contain_text("已签收")
    assert copy_of(campaign, cast.units["c.edu"]).signed_how == "digits"


@pytest.mark.wide
def test_in_wechat_the_page_says_how_to_go_on(new_context, live_server, letters, screenshot):
    page = new_context(viewport=PHONE, user_agent="Mozilla/5.0 (iPhone) MicroMessenger/8.0").new_page()
    page.goto(live_server.url + letters.page("c.edu"))
    assert_good(page)
    screenshot(page, "wechat-390")
    page.get_by_role("button", name="给我一个短码").click()
    expect(page.get_by_role("heading", name="换个设备接着办")).to_be_visible()
    assert_good(page)
    screenshot(page, "short-code-390")
    page.goto(f"{live_server.url}/c/")
    assert_good(page)


@pytest.mark.wide
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_the_officers_pages_fit(new_context, live_server, client, cast, campaign, letters, screenshot, theme, size):
    officer = cast.users["officer"]
    client.force_login(officer)
    context = new_context(viewport=size, color_scheme=theme)
    context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
    page = context.new_page()
    open_group(campaign, by=officer)
    add_robot(cast.office, kind="wecom", name="县区工作群", url="https://example.org/hook", secret="", by=officer)
    Obligation.objects.filter(pk=closing(cast).pk).update(due_at=clock.now() - timedelta(days=9))
    matters, map_page = f"/desk/units/{cast.units['c.edu'].code}/matters/", "/desk/units/map/"
    for path in ("/desk/phone/", f"/desk/campaigns/{campaign.code}/spread/", "/desk/channels/", matters, map_page):
        page.goto(live_server.url + path)
        expect(page.locator("main")).to_be_visible()
        assert_good(page)
        name = path.strip("/").split("/")[-1]
        screenshot(page, f"{name}-{size['width']}-{theme}")
    page.get_by_role("link", name=re.compile("东川县$")).click()
    expect(page.get_by_text("拿起了东川县")).to_be_visible()
    assert_good(page)
    page.get_by_role("button", name=re.compile("第 2 行第 3 列")).click()
    expect(page.get_by_role("link", name="第 2 行第 3 列：东川县")).to_be_visible()


@pytest.mark.wide
def test_the_slips_print_four_to_a_page(
    new_context, live_server, client, cast, campaign, letters, screenshot, tmp_path
):
    client.force_login(cast.users["officer"])
    context = new_context(viewport=DESK)
    context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/campaigns/{campaign.code}/spread/")
    with context.expect_page() as opened:
        page.get_by_role("button", name="打开来打印").click()
    sheets = opened.value
    expect(sheets.locator(".slip")).to_have_count(5)
    assert_good(sheets)
    screenshot(sheets, "sheets-1280-light")
    paper = sheets.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 2, "five slips, four to a page"
