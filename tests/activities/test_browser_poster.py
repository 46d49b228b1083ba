"""In a real Chromium: from the code on the wall to a seat with two fields and three taps; a seat offered from the waiting list
is taken. On every width, light and dark, with scripts and without."""

import io
from datetime import timedelta

import pytest
import zxingcpp
from django.test import Client
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from jinguo.activities.actions.sign_up import leave
from jinguo.activities.models import Activity, SignUp
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib import clock
from tests.activities.stage import fresh, guest, published
from tests.journeys.looking import Eye

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = [
    (390, "light", True),
    *(pytest.param(screen, marks=pytest.mark.wide) for screen in (
        (320, "dark", True), (1280, "light", True), (1280, "dark", True), (320, "light", False), (390, "dark", False),
        (1280, "light", False),
    )),
]  # fmt: skip


@pytest.fixture(params=SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def phone(request, new_context):
    """Somebody's screen; what is wrong on any page she saw fails the test."""
    width, theme, scripts = request.param
    eye = Eye(f"poster-{width}-{theme}{'' if scripts else '-plain'}")
    context = new_context(
        viewport={"width": width, "height": 844}, color_scheme=theme, java_script_enabled=scripts, has_touch=True
    )
    eye.watch(context, "the woman")
    page = context.new_page()
    yield page, eye, scripts
    assert eye.found == []
    assert context.cookies() == [], "no cookie, no account"


def scanned(cast, live_server, activity: Activity) -> str:
    """What a phone reads from the picture of the poster."""
    officer = Client(HTTP_HOST=live_server.url.removeprefix("http://"))
    officer.force_login(cast.users["liaison"])
    picture = officer.get(f"/desk/activities/{activity.code}/poster.png").content
    return zxingcpp.read_barcode(Image.open(io.BytesIO(picture))).text


class Taps:
    """Counts what a finger does."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def tap(self, where: Locator) -> None:
        where.tap()
        self.count += 1


def sign_up(page: Page, address: str, name: str, number: str, button: str) -> Taps:
    page.goto(address)
    fields = page.locator("#join input:not([type=hidden], [type=checkbox], [type=email]):visible")
    expect(fields).to_have_count(2)
    finger = Taps(page)
    for label, words in (("怎么称呼您", name), ("手机号", number)):
        finger.tap(page.get_by_label(label))
        expect(page.get_by_label(label)).to_be_focused()  # a tap becomes a click a moment later
        page.keyboard.type(words)
    finger.tap(page.get_by_role("button", name=button))
    return finger


def test_from_the_wall_to_a_seat_in_two_fields_and_three_taps(phone, live_server, cast):
    page, eye, scripts = phone
    activity = published(cast, seats=2, place="市图书馆二层少儿厅", title="“童声朗朗”亲子诵读")
    finger = sign_up(page, scanned(cast, live_server, activity), "李梅", "13900000002", "报名，占一席")
    expect(page.get_by_role("heading", name="报上了")).to_be_visible()
    eye.look(page, "signed-up", scripts=scripts)
    assert finger.count == 3
    assert SignUp.objects.get().state == "confirmed"


def test_a_seat_offered_from_the_waiting_list_is_taken(phone, live_server, cast):
    page, eye, scripts = phone
    day = clock.today() + timedelta(days=30)
    activity = published(cast, seats=1, starts_at=clock.at(day, 14), ends_at=clock.at(day, 16))
    first = guest(activity, 1)
    second = guest(activity, 2, email="guest@example.org")
    page.goto(f"{live_server.url}/s/{second.link_secret}/")
    expect(page.get_by_role("heading", name="候补第 1 位")).to_be_visible()
    leave(first, by=open_link(first.link_secret, SIGN_UP_LINK))
    page.goto(page.url)
    expect(page.get_by_role("heading", name="给您留了席位")).to_be_visible()
    eye.look(page, "offered", scripts=scripts)
    page.get_by_role("button", name="我要来").tap()
    expect(page.get_by_role("heading", name="报上了")).to_be_visible()
    eye.look(page, "taken", scripts=scripts)
    assert fresh(second).state == "confirmed"
