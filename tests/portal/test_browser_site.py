"""In a real Chromium: the pages of the public site are accessible and no wider than the screen, small and in large type."""

from datetime import timedelta

import pytest

from jinguo.lib import clock
from tests.activities.stage import published, shift_session
from tests.services.eye import assert_good

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("width", "theme", "large"),
    [
        (390, "light", False),
        pytest.param(320, "dark", True, marks=pytest.mark.wide),
        pytest.param(1280, "dark", False, marks=pytest.mark.wide),
    ],
)
def test_every_page_is_accessible(new_context, live_server, cast, screenshot, width, theme, large):
    east = cast.units["c.a"]
    day = clock.today() + timedelta(days=1)
    one = published(
        cast,
        east,
        title="东川亲子读书会",
        area=east,
        place="东川县图书馆",
        starts_at=clock.at(day, 9),
        ends_at=clock.at(day, 11),
        seats=9,
    )
    begun = published(cast, east, title="东川义诊", area=east, place="东川县文化馆", kind="volunteer")
    shift_session(begun, starts_at=clock.now() - timedelta(minutes=5), ends_at=clock.at(day, 22))
    context = new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    if large:
        context.add_cookies([{"name": "type", "value": "large", "url": live_server.url}])
    page = context.new_page()
    for path in (
        "/",
        f"/calendar/?month={day:%Y-%m}",
        "/counties/",
        "/stations/",
        "/search/?q=读书",
        "/search/?q=无",
        f"/u/{east.code}/",
        f"/a/{one.code}/",
        f"/a/{begun.code}/useful/",
    ):
        page.goto(live_server.url + path)
        assert_good(page)
        screenshot(page, f"site-{path.split('/')[1] or 'home'}-{width}-{theme}")
