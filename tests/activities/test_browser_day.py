"""In a real Chromium: the door of an activity. Codes are read back from the picture of the visitor's page; the network goes
away and comes back, and nothing is lost or counted twice."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from jinguo.activities.models import Activity, CheckIn, Headcount, Press, SignUp, WalkIn
from jinguo.lib import clock
from tests.activities.stage import guest, published, session_of, shift_session
from tests.journeys.looking import Eye
from tests.world import PASSWORD, Cast

pytestmark = pytest.mark.django_db(transaction=True)
READY = "断网也能用"
AWAY = re.compile("ERR_(INTERNET_DISCONNECTED|EMPTY_RESPONSE|CONNECTION_)")
AGAIN = 60_000  # ms until what waits is sent of itself: the page looks at the network every 20 s


@pytest.fixture
def eye():
    eye = Eye("day")
    yield eye
    # a network that is away is told by the browser, page by page; everything else is a fault
    assert [line for line in eye.found if not AWAY.search(line)] == []


@pytest.fixture
def under_way(cast: Cast) -> Activity:
    """Seats for six, begun half an hour ago; three are signed up."""
    activity = published(cast, seats=6)
    for number, name in enumerate(("王芳", "李梅", "张兰")):
        guest(activity, number, name=name)
    shift_session(activity, starts_at=clock.now() - timedelta(minutes=30), ends_at=clock.now() + timedelta(hours=1))
    return activity


def officer(new_context, live_server, eye: Eye, width: int = 390, **more) -> tuple[BrowserContext, Page]:
    """The liaison's phone or desk, signed in by hand."""
    context = new_context(viewport={"width": width, "height": 844}, **more)
    eye.watch(context, "the officer")
    page = context.new_page()
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("用户名").fill("liaison")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="今日待办").last).to_be_visible()
    return context, page


def day_of(live_server, activity: Activity) -> str:
    session = session_of(activity)
    return f"{live_server.url}/desk/activities/{activity.code}/sessions/{session.code}/desk/"


def code_in(page: Page, picture: Path) -> str:
    """The address in the QR code a visitor's page shows, read from its picture as a phone would."""
    page.get_by_role("img", name="入场二维码").screenshot(path=picture)
    return zxingcpp.read_barcode(Image.open(picture)).text


def show_code(new_context, live_server, row: SignUp, tmp_path: Path) -> str:
    phone = new_context(viewport={"width": 320, "height": 640})
    page = phone.new_page()
    page.goto(f"{live_server.url}/s/{row.link_secret}/")
    return code_in(page, tmp_path / f"{row.code}.png")


def press_on(page: Page, scanned: str, typed: str, eye: Eye) -> None:
    """Without network: one comes with her code, one with her six characters, four without; then heads are counted."""
    page.goto(scanned)  # the kept list opens at her
    expect(page.get_by_role("button", name="来了 李梅")).to_be_visible()
    expect(page.get_by_role("button", name="来了 张兰")).to_be_hidden()
    page.get_by_role("button", name="来了 李梅").dblclick()
    expect(page.get_by_role("button", name="撤销 李梅")).to_be_visible()
    page.get_by_placeholder("六位码").fill(f"{typed[:3]} {typed[3:]}".lower())
    page.get_by_role("button", name="找").click()
    page.get_by_role("button", name="来了 张兰").click()
    page.get_by_label("几个人").fill("4")
    page.get_by_role("button", name="记一笔").dblclick()
    expect(page.get_by_text("3 次记在这台设备上")).to_be_visible()
    eye.look(page, "waiting")
    page.reload()
    page.wait_for_function("!navigator.onLine")  # a count of heads is kept here only by a page that knows it
    expect(page.get_by_role("button", name="撤销 李梅")).to_be_visible()
    page.get_by_label("现场人数").fill("7")
    page.get_by_role("button", name="记下人数").click()
    expect(page.get_by_text("4 次记在这台设备上")).to_be_visible()


@pytest.mark.wide
@pytest.mark.parametrize(
    ("width", "theme"),
    [(390, "light"), *(pytest.param(*screen, marks=pytest.mark.wide) for screen in ((320, "dark"), (1280, "dark")))],
)
def test_the_door_works_while_the_network_is_away(new_context, road, cast, eye, under_way, tmp_path, width, theme):
    eye.name = f"day-{width}-{theme}"
    first, second, third = SignUp.objects.filter(activity=under_way).order_by("order")
    codes = {row.code: show_code(new_context, road, row, tmp_path) for row in (first, second)}
    context, page = officer(new_context, road, eye, width, color_scheme=theme)
    page.goto(codes[first.code])
    page.get_by_role("button", name="来了").click()
    expect(page.locator("#main")).to_contain_text("已经记过来了")
    assert CheckIn.objects.get().sign_up_id == first.pk

    page.goto(day_of(road, under_way))
    expect(page.get_by_text(READY)).to_be_visible()
    eye.look(page, "ready")
    road.cut()  # for after a reload the browser may forget for a moment that it has no network
    context.set_offline(True)
    expect(page.get_by_text("现在没有网络。")).to_be_visible()
    eye.look(page, "offline")
    page.reload()
    expect(page.get_by_role("button", name="来了 张兰")).to_be_visible()
    press_on(page, codes[second.code], third.token, eye)
    assert CheckIn.objects.count() == 1 and not WalkIn.objects.exists() and not Headcount.objects.exists()

    road.mend()
    context.set_offline(False)
    expect(page.get_by_text(READY)).to_be_visible(timeout=AGAIN)
    expect(page.locator('[data-tally="came"]')).to_have_text("3")
    expect(page.locator('[data-tally="walked_in"]')).to_have_text("4")
    page.reload()
    expect(page.get_by_text(READY)).to_be_visible()
    eye.look(page, "caught-up")
    assert CheckIn.objects.count() == 3
    assert [row.people for row in WalkIn.objects.all()] == [4]
    assert Headcount.objects.get().on_site == 7
    assert Press.objects.count() == 4


CAMERA = """
    window.BarcodeDetector = class {
        static async getSupportedFormats() { return ["qr_code"]; }
        async detect() { return window.shown ? [{ rawValue: window.shown }] : []; }
    };
    navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
"""
"""What some browsers offer and this one does not: reading codes from a camera's picture."""


@pytest.mark.wide
def test_a_camera_in_the_page_is_offered_where_the_browser_has_one_and_leads_to_her_line(
    new_context, live_server, cast, eye, under_way, tmp_path
):
    first, second, _third = SignUp.objects.filter(activity=under_way).order_by("order")
    scanned = show_code(new_context, live_server, second, tmp_path)
    _context, plain = officer(new_context, live_server, eye)
    plain.goto(day_of(live_server, under_way))
    expect(plain.get_by_text("有网络").or_(plain.get_by_text(READY)).first).to_be_visible()
    expect(plain.get_by_role("button", name="扫码")).to_be_hidden()
    context, page = officer(new_context, live_server, eye)
    context.add_init_script(CAMERA)
    page.goto(day_of(live_server, under_way))
    page.get_by_role("button", name="扫码").click()
    expect(page.get_by_text("把她的码放进画面")).to_be_visible()
    page.evaluate("window.shown = 'https://example.org/elsewhere/'")
    expect(page.get_by_text("这不是这一场的入场码")).to_be_visible()
    page.evaluate("code => { window.shown = code }", scanned)
    expect(page.get_by_role("button", name=f"来了 {first.name}")).to_be_hidden()
    page.get_by_role("button", name=f"来了 {second.name}").click()
    expect(page.get_by_role("button", name=f"撤销 {second.name}")).to_be_visible()
    expect(page.locator('[data-tally="came"]')).to_have_text("1")
    assert CheckIn.objects.get().sign_up == second


@pytest.mark.wide
def test_what_was_kept_on_the_device_goes_with_signing_out(new_context, live_server, cast, eye, under_way):
    context, page = officer(new_context, live_server, eye)
    page.goto(day_of(live_server, under_way))
    expect(page.get_by_text(READY)).to_be_visible()
    assert [name.split(":")[0] for name in page.evaluate("caches.keys()")] == ["day"]
    page.get_by_role("button", name="退出").last.click()
    expect(page.get_by_role("heading", name="登录工作台")).to_be_visible()
    page.wait_for_function("caches.keys().then((names) => names.length === 0)")
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(day_of(live_server, under_way))
