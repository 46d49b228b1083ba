"""The city finishes 30 reports with the keyboard alone, each beside what it was taken from: accepts, asks for more field by
field, merges a duplicate, joins a joint event, marks what was used."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from jinguo.messages.models import OutMessage
from jinguo.reports.models import Adoption, Return, ReviewNote
from tests.reports import builders
from tests.reports.test_browser_reports import assert_good

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DESK = {"width": 1280, "height": 900}
KEYS = ("c.a", "c.b", "c.edu", "c.hos")


@pytest.fixture
def issued(cast):
    """Thirty returns; from the newest: a duplicate of the 29th, one held together with another county, then plain ones."""
    issued = builders.issue(cast)
    for number in range(27):
        builders.report(
            issued, KEYS[number % 4], f"第{number + 1:02}场宣讲", place=f"第{number + 1}会议室", on_site=20 + number
        )
    builders.report(issued, "c.b", "西岭故事会", place="县文化馆", on_site=126)
    builders.report(issued, "c.a", "槐荫里故事会", place="县文化馆", on_site=126, cohosts="西岭区妇联")
    builders.report(issued, "c.a", "“槐荫里”故事会", place="文化馆", on_site=126)
    return issued


def signed_in(new_context, client, live_server, issued, **options) -> Page:
    """The officer's browser."""
    client.force_login(issued.cast.users["officer"])
    context = new_context(**options)
    context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
    return context.new_page()


def clean(page: Page) -> None:
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found]


def now_at(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", name=title, exact=True, level=2)).to_be_visible()
    page.wait_for_load_state()  # a heading is drawn before the scripts that hear keys


def says(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)
    page.wait_for_load_state()


def assert_finished() -> None:
    """What thirty reports became."""
    states = list(Return.objects.values_list("state", flat=True))
    assert {state: states.count(state) for state in set(states)} == {"accepted": 27, "sent_back": 2, "merged": 1}
    assert set(ReviewNote.objects.values_list("field", "note")) == {
        ("place", "是第几会议室？"),
        ("", "请补几句怎么办的"),
    }
    joined = Return.objects.exclude(joint=None).values_list("current__title", flat=True)
    assert set(joined) == {"槐荫里故事会", "西岭故事会"}
    assert Adoption.objects.get().where == "简报第5期第2条"
    assert OutMessage.objects.filter(key__endswith=":back").count() == 2


def test_thirty_reports_are_finished_with_the_keyboard_alone(new_context, live_server, client, issued, screenshot):
    page = signed_in(new_context, client, live_server, issued, viewport=DESK)
    page.goto(f"{live_server.url}/desk/reports/")
    expect(page.locator("main")).to_contain_text("30 件等您看")
    clean(page)
    page.keyboard.press("j")
    page.keyboard.press("o")

    now_at(page, "“槐荫里”故事会")  # the duplicate: merged, and on to the next
    screenshot(page, "review-duplicate-1280")
    clean(page)
    page.keyboard.press("m")

    now_at(page, "槐荫里故事会")  # the joint event: joined, then accepted and marked as used
    expect(page.get_by_role("heading", name="好像是同一场")).to_be_visible()
    page.keyboard.press("m")
    says(page, "和别的单位报的是同一场")
    page.keyboard.press("u")
    page.keyboard.type("简报第5期第2条")
    screenshot(page, "review-joint-1280")
    page.keyboard.press("Enter")

    now_at(page, "西岭故事会")
    page.keyboard.press("a")
    for number in range(27, 2, -1):
        now_at(page, f"第{number:02}场宣讲")
        page.keyboard.press("a")

    now_at(page, "第02场宣讲")  # a note beside one field, sent from where it was typed
    page.keyboard.press("3")
    page.keyboard.type("是第几会议室？")
    page.keyboard.press("Enter")

    now_at(page, "第01场宣讲")  # a note about the whole
    page.keyboard.press("r")
    page.keyboard.type("请补几句怎么办的")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("都看完了")
    clean(page)
    assert_finished()


def test_enter_in_a_note_never_accepts_and_without_scripts_what_was_written_stays(
    new_context, live_server, client, issued
):
    phone = {"width": 390, "height": 844}
    page = signed_in(new_context, client, live_server, issued, viewport=phone, java_script_enabled=False)
    given = Return.objects.get(current__title="第05场宣讲")
    page.goto(f"{live_server.url}/desk/reports/{given.code}/")
    page.get_by_label("退回补什么").fill("来了多少妇女？")
    page.get_by_role("button", name="接收").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有发出去")
    expect(page.get_by_label("退回补什么")).to_have_value("来了多少妇女？")
    given.refresh_from_db()
    assert given.state == "reported"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_return_with_proposals_fits_and_is_accessible(
    new_context, live_server, client, issued, screenshot, width, scheme
):
    given = builders.accepted(issued, Return.objects.get(current__title="槐荫里故事会"))
    size = {"width": width, "height": 844}
    page = signed_in(new_context, client, live_server, issued, viewport=size, color_scheme=scheme)
    page.goto(f"{live_server.url}/desk/reports/{given.code}/")
    expect(page.get_by_role("heading", name="好像报过一次了")).to_be_visible()
    assert_good(page)
    screenshot(page, f"review-accepted-{width}-{scheme}")
