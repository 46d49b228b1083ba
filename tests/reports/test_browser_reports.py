"""In a real Chromium: a liaison reports on her phone, with scripts and without; the officer reviews by keyboard; every page
of the room is accessible and no wider than its screen, light and dark."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from jinguo.lib import clock
from jinguo.messages.models import OutMessage
from jinguo.reports.actions import review, summaries
from jinguo.reports.models import Return, Summary
from tests.reports import builders
from tests.services.eye import assert_good

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


@pytest.fixture
def room(issued, live_server) -> str:
    """The unit's own pages behind its link."""
    return f"{live_server.url}/l/{issued.link('c.a').secret}/reports/"


@pytest.fixture
def phone(new_context) -> Iterator[Page]:
    yield new_context(viewport=PHONE).new_page()


@pytest.fixture
def desk(new_context, live_server, client, issued) -> Callable[..., Page]:
    """A signed-in browser: `desk("officer")`."""

    def signed_in(who: str, **options) -> Page:
        client.force_login(issued.cast.users[who])
        context = new_context(**{"viewport": DESK, **options})
        context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
        return context.new_page()

    return signed_in


def test_an_activity_is_reported_in_one_press_and_a_double_press_sends_once(phone, issued, room, screenshot):
    builders.hold(issued, "c.a", "槐荫里故事会", on_site=126, women=98)
    phone.goto(room)
    assert_good(phone)
    phone.get_by_role("link", name="把这场活动报上去").click()
    expect(phone.get_by_label("活动名称")).to_have_value("槐荫里故事会")
    assert_good(phone)
    screenshot(phone, "report-sheet-390")
    button = phone.get_by_role("button", name="报送")
    expect(button).to_be_in_viewport()
    button.dblclick()
    expect(phone.locator("main")).to_contain_text("已收到")
    assert_good(phone)
    given = Return.objects.get()
    assert (given.state, given.current.on_site, given.versions.count()) == ("reported", 126, 1)


@pytest.mark.wide
def test_with_scripts_off_a_report_is_written_questioned_and_sent(new_context, issued, room):
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(room)
    page.get_by_role("link", name="报一场活动").click()
    page.get_by_label("活动名称").fill("读书会")
    page.get_by_label("时间").fill(clock.today().isoformat())
    page.get_by_label("现场参加").fill("10")
    page.get_by_label("其中妇女").fill("12")
    page.get_by_text("二（一）一 巾帼大宣讲").click()
    page.get_by_role("button", name="报送").click()
    expect(page.locator("main")).to_contain_text("哪个数要改？")
    page.get_by_label("说明（几个字就行）").fill("含线上")
    page.get_by_role("button", name="报送").click()
    expect(page.locator("main")).to_contain_text("已收到")
    sent = Return.objects.get().current
    assert (sent.title, sent.women, sent.doubts[0]["reason"]) == ("读书会", 12, "含线上")
    assert [link.clause.heading for link in sent.clause_links.all()] == ["巾帼大宣讲"]


@pytest.mark.wide
def test_with_scripts_off_none_is_reported(new_context, issued, room):
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(room)
    page.get_by_role("link", name="没有，报“无”").click()
    page.get_by_text("这段时间没有开展").click()
    page.get_by_role("button", name="报“无”").click()
    expect(page.locator("main")).to_contain_text("零报告")


def stands_at(page: Page, title: str) -> None:
    """The report of this name is shown, and the page hears keys: a heading is drawn before the scripts run."""
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.wait_for_load_state()


@pytest.mark.wide
def test_the_officer_finishes_three_by_keyboard_and_the_unit_mends_one(desk, phone, issued, live_server):
    for title in ("甲", "乙", "丙"):
        builders.report(issued, "c.a", title)
    page = desk("officer")
    page.goto(f"{live_server.url}/desk/reports/")
    page.keyboard.press("j")
    page.keyboard.press("o")
    stands_at(page, "丙")
    page.keyboard.press("a")
    stands_at(page, "乙")
    page.keyboard.press("r")
    page.keyboard.type("来了多少人次？")
    page.get_by_role("button", name="退回补正").press("Enter")
    stands_at(page, "甲")
    page.keyboard.press("a")
    expect(page.locator("main")).to_contain_text("都看完了")
    states = dict(Return.objects.values_list("current__title", "state"))
    assert states == {"甲": "accepted", "乙": "sent_back", "丙": "accepted"}
    path = "/l/" + OutMessage.objects.get().body.split("/l/")[1].split()[0]
    phone.goto(live_server.url + path)
    expect(phone.locator("main")).to_contain_text("来了多少人次？")
    phone.get_by_role("link", name="补好再报").click()
    phone.get_by_label("现场参加").fill("约 80")
    phone.get_by_role("button", name="报送").click()
    expect(phone.locator("main")).to_contain_text("约 80 人次")


@pytest.mark.wide
def test_a_sentence_shows_its_sources_by_keyboard_and_the_leader_signs_on_her_phone(desk, issued, live_server):
    builders.report(issued, "c.a", on_site=126, summary="五位姐妹讲自己的事。", accept=True)
    summary = summaries.start_summary(issued.campaign, by=issued.cast.users["officer"])
    page = desk("officer")
    page.goto(f"{live_server.url}/desk/summaries/{summary.code}/")
    cited = page.get_by_role("link", name="各单位报来活动1场").first
    card = page.locator(f"#{cited.get_attribute('aria-describedby')}")
    expect(card).to_be_hidden()
    cited.focus()
    expect(card).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#y"))  # by keyboard a sentence leads to its row of the source table
    cited.hover()
    card.get_by_role("link", name="改这句，看全部出处").click()
    expect(page).to_have_url(re.compile("/sentences/"))
    expect(page.locator("main")).to_contain_text("槐荫里故事会")
    page.go_back()
    expect(page).not_to_have_url(re.compile("/sentences/"))
    page.get_by_role("button", name="送审签").dblclick()
    expect(page.locator("main")).to_contain_text("待审签")
    leader = desk("leader", viewport=PHONE)
    leader.goto(f"{live_server.url}/desk/summaries/{summary.code}/")
    assert_good(leader)
    leader.get_by_role("button", name="同意，审签").dblclick()
    expect(leader.locator("main")).to_contain_text("已审签")
    assert Summary.objects.get().paper.frozen_at is not None


@pytest.mark.wide  # in the quick run the walk over the whole chain looks at these pages
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_every_page_of_the_room_is_accessible(desk, issued, live_server, screenshot, theme, size):
    officer = issued.cast.users["officer"]
    first = builders.report(
        issued, "c.a", on_site=126, summary="五位姐妹讲自己的事。", difficulties="缺人手。", accept=True
    )
    waiting = builders.report(issued, "c.b", "读书会", on_site=40)
    back = builders.report(issued, "c.edu", "讲座")
    review.send_back(back, number=1, notes={"place": "在哪里办的？"}, by=officer)
    summary = summaries.start_summary(issued.campaign, by=officer)
    builders.report(issued, "c.hos", "迟来的一场")
    page = desk("officer", viewport=size, color_scheme=theme)
    link = f"/l/{issued.link('c.edu').secret}"
    for path in (
        "/desk/reports/", f"/desk/reports/{waiting.code}/", f"/desk/reports/{first.code}/", f"/desk/reports/{back.code}/",
        f"/desk/campaigns/{issued.campaign.code}/coverage/", f"/desk/campaigns/{issued.campaign.code}/coverage/?group=committee",
        f"/desk/obligations/{issued.obligations['c.a'].code}/", "/desk/summaries/", f"/desk/summaries/{summary.code}/",
        f"/desk/summaries/{summary.code}/sentences/4/", f"{link}/reports/", f"{link}/reports/{back.code}/",
        f"{link}/reports/{back.code}/edit/", f"{link}/obligations/{issued.obligations['c.edu'].code}/zero/",
    ):  # fmt: skip
        page.goto(live_server.url + path)
        expect(page.locator("main")).to_be_visible()
        assert_good(page)
        name = path.split("?")[0].replace(link, "link").strip("/").replace("/", "-")
        for code in (first.code, waiting.code, back.code, summary.code, issued.campaign.code):
            name = name.replace(f"-{code}", "")
        screenshot(page, f"reports/{name}-{size['width']}-{theme}")


@pytest.mark.parametrize("who", ["by link", "at the desk"])
def test_pressed_without_a_network_the_page_stays_says_so_and_sends_when_it_is_back(who, phone, desk, issued, road):
    builders.hold(issued, "c.a", "槐荫里故事会", on_site=126, women=98)
    page, lead = phone, f"/l/{issued.link('c.a').secret}/reports/"
    if who == "at the desk":
        page, lead = desk("county_officer"), "/desk/our-reports/"
        cookie = next(one for one in page.context.cookies() if one["name"] == "jinguo")
        page.context.add_cookies([{"name": "jinguo", "value": cookie["value"], "url": road.url}])
    page.goto(f"{road.url}{lead}")
    page.get_by_role("link", name="把这场活动报上去").click()
    title = page.get_by_label("活动名称")
    title.fill("槐荫里故事会（第二回）")
    road.cut()
    page.get_by_role("button", name="报送").click()
    said = page.get_by_text("网络断了。您填的还在，连上后再点一次。")
    expect(said).to_be_visible()
    expect(title).to_have_value("槐荫里故事会（第二回）")
    road.mend()
    page.get_by_role("button", name="报送").click()
    expect(page.get_by_text("报出去了。")).to_be_visible()
    assert Return.objects.get().current.title == "槐荫里故事会（第二回）"


def test_at_the_desk_too_what_was_typed_is_found_again_after_the_page_was_lost(desk, issued, live_server):
    builders.hold(issued, "c.a", "槐荫里故事会", on_site=126, women=98)
    page = desk("county_officer")
    page.goto(f"{live_server.url}/desk/our-reports/")
    page.get_by_role("link", name="把这场活动报上去").click()
    page.get_by_label("活动名称").fill("槐荫里故事会（第二回）")
    page.reload()
    expect(page.get_by_label("活动名称")).to_have_value("槐荫里故事会（第二回）")
    expect(page.get_by_text("找回了您")).to_be_visible()


def test_after_signing_out_the_next_at_this_desk_finds_nothing_and_after_a_sign_in_that_ran_out_it_is_still_there(
    desk, issued, live_server
):
    builders.hold(issued, "c.a", "槐荫里故事会", on_site=126, women=98)
    page = desk("county_officer")
    page.goto(f"{live_server.url}/desk/our-reports/")
    page.get_by_role("link", name="把这场活动报上去").click()
    page.get_by_label("活动名称").fill("槐荫里故事会（第二回）")
    kept = "Object.keys(sessionStorage).filter((name) => name.startsWith('draft:')).length"
    assert page.evaluate(kept) == 1
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_label("密码")).to_be_visible()
    assert page.evaluate(kept) == 1, "it only ran out"
    page.context.add_cookies(cookies)
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("密码")).to_be_visible()
    page.wait_for_load_state("load")
    assert page.evaluate(kept) == 0
