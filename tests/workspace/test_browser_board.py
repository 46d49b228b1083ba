"""In a real Chromium, at 390 and 1280 px, light and dark: the board from the city to one unit, the matrix, the wall."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from jinguo.campaigns.models import Circulation, Obligation
from jinguo.lib import clock
from tests.reports import builders
from tests.reports.test_browser_reports import DESK, PHONE, assert_good

pytestmark = pytest.mark.django_db(transaction=True)
WALL = {"width": 1920, "height": 1080}


@pytest.fixture
def issued(cast):
    found = builders.issue(cast, ("c.a", "c.b", "c.edu", "c.hos", "c.a.t", "c.a.t.v", "c.home"))
    Circulation.objects.filter(unit=cast.units["c.hos"]).update(signed_at=None, signed_how="")
    builders.report(found, "c.a", accept=True)
    builders.report(found, "c.edu", "故事会")
    Obligation.objects.filter(unit=cast.units["c.home"]).update(zero_at=clock.now())
    return found


@pytest.fixture
def board(issued, live_server) -> str:
    return f"{live_server.url}/desk/board/{issued.campaign.code}/"


@pytest.fixture
def desk(new_context, live_server, client, issued) -> Callable[..., Page]:
    """The officer's browser: `desk(viewport=PHONE)`."""

    def signed_in(**options) -> Page:
        client.force_login(issued.cast.users["officer"])
        context = new_context(**{"viewport": DESK, **options})
        context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
        return context.new_page()

    return signed_in


def walk(page: Page, board: str, issued, name: str, screenshot) -> None:
    """Every page of the board, each without a fault."""
    matrix = board.replace("/board/", "/campaigns/") + "coverage/"
    county = issued.cast.units["c.a"].code
    pages = {
        "overview": board, "asks": f"{board}asks/", "waits": f"{board}waits/", "places": f"{board}places/", "county": f"{board}places/?at={county}",
        "part": f"{board}places/?at=committee", "matrix": matrix, "units": f"{matrix}?group={county}",
        "wall": f"{board}wall/",
    }  # fmt: skip
    for what, address in pages.items():
        page.goto(address)
        if what == "overview":
            expect(page.get_by_role("heading", name="该打电话了")).to_be_visible()
        assert_good(page)
        screenshot(page, f"board-{what}-{name}")


@pytest.mark.wide
def test_every_page_on_a_phone(desk, board, issued, screenshot):
    walk(desk(viewport=PHONE), board, issued, "390", screenshot)


@pytest.mark.wide
def test_every_page_at_a_desk_in_the_dark(desk, board, issued, screenshot):
    walk(desk(color_scheme="dark"), board, issued, "1280-dark", screenshot)


@pytest.mark.wide
def test_from_a_tile_of_the_map_to_one_unit_by_keys(desk, board, issued):
    page = desk()
    page.goto(board)
    expect(page.get_by_role("heading", name="该打电话了")).to_be_visible()
    assert_good(page)
    tile = page.get_by_role("link", name="东川县，4 条里 1 条有单位报来")
    tile.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("东川县妇联")
    page.get_by_role("link", name="泉水镇妇联").click()
    page.get_by_role("link", name="槐树村妇联").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("槐树村妇联")
    page.get_by_role("link", name="看经过和凭据").click()
    expect(page.get_by_role("heading", name="经过")).to_be_visible()


@pytest.mark.wide
def test_the_wall_is_dark_large_and_renews_itself(desk, board, issued, screenshot):
    page = desk(viewport=WALL, color_scheme="light")
    page.clock.install()
    page.goto(f"{board}wall/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    small = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.wall__figures dt, .wall__side li, .wall__side p, .wall__head p')]"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert small >= 28, "a letter read from five metres"
    screenshot(page, "board-wall-1920")
    figure = page.locator(".wall__figures dd").first
    expect(figure).to_contain_text("6 / 7")
    Circulation.objects.update(signed_at=clock.now(), signed_how="link")
    page.clock.run_for(61_000)
    expect(figure).to_contain_text("7 / 7")
    page.context.set_offline(True)
    page.clock.run_for(61_000)
    expect(page.locator("[data-stale]")).to_contain_text("连不上服务器")
    expect(figure).to_contain_text("7 / 7")
    page.context.set_offline(False)
    page.clock.run_for(61_000)
    expect(page.locator("[data-stale]")).to_be_hidden()
    page.context.clear_cookies()
    page.clock.run_for(61_000)
    expect(page.locator("[data-over]")).to_contain_text("登录到期了")
    expect(page.locator("[data-stale]")).to_be_hidden()
    expect(figure).to_contain_text("7 / 7")
    expect(page.get_by_role("link", name="重新登录")).to_have_attribute("href", re.compile(r"/sign-in/\?next=.*wall"))


@pytest.mark.wide
def test_with_scripts_off_the_board_works_and_the_wall_renews_by_itself(desk, board):
    page = desk(java_script_enabled=False)
    page.goto(board)
    expect(page.get_by_role("button", name="打印")).to_have_count(0)
    page.get_by_role("link", name="大屏").click()
    assert page.locator('meta[http-equiv="refresh"]').get_attribute("content") == "60"


@pytest.mark.wide
def test_the_board_prints_on_a_landscape_page(desk, board, tmp_path):
    page = desk()
    page.goto(board)
    printed = page.pdf(prefer_css_page_size=True)
    box = printed.split(b"/MediaBox")[1].split(b"]")[0].strip(b" [").split()
    assert float(box[2]) > float(box[3]), "A4 across"


@pytest.mark.wide
def test_paper_says_when_it_holds_only_one_page_of_a_list(desk, live_server):
    page = desk()
    page.goto(f"{live_server.url}/gallery/")
    pager, word = page.locator(".pager").first, page.locator(".pager").first.get_by_text("只印了这一页")
    expect(word).to_be_hidden()
    page.emulate_media(media="print")
    expect(word).to_be_visible()
    expect(pager.get_by_role("link")).to_have_count(0)


@pytest.mark.wide
def test_own_events_stand_in_two_columns_on_paper(desk, board):
    page = desk(viewport={"width": 660, "height": 900})
    page.goto(f"{board}events/")
    columns = "document.querySelector('.event .facts') && getComputedStyle(document.querySelector('.event .facts'))"
    assert page.locator(".event").count(), "there are events to print"
    page.emulate_media(media="print")
    assert len(page.evaluate(f"({columns}).gridTemplateColumns").split()) == 4


@pytest.mark.wide
@pytest.mark.parametrize(("options", "name"), [({"viewport": PHONE}, "phone"), ({"color_scheme": "dark"}, "dark")])
def test_the_work_is_ended_and_taken_up_again(desk, board, options, name, screenshot):
    page = desk(**options)
    page.goto(board)
    page.get_by_text("都办完了？办结这项工作").click()
    expect(page.get_by_text("办错了可以重新打开")).to_be_visible()
    screenshot(page, f"board-end-{name}")
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.get_by_text("这项工作已经结束")).to_be_visible()
    assert_good(page)
    screenshot(page, f"board-over-{name}")
    page.get_by_role("button", name="重新打开").click()
    expect(page.get_by_text("都办完了？办结这项工作")).to_be_visible()
