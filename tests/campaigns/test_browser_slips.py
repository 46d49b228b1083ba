"""In a real Chromium: many slips are asked for, the page says how far they are, and the file is there without a press."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jinguo.campaigns.actions import slips
from jinguo.campaigns.models import SlipRun
from tests.issued import issue
from tests.services.eye import assert_good

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wide]
UNITS = ("c.a", "c.b", "c.edu", "c.hos", "c.home", "c.a.t", "c.b.t", "c.a.t.v")


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_how_far_the_slips_are_is_seen_and_the_file_appears(
    new_context, live_server, client, cast, monkeypatch, screenshot, width, theme
):
    monkeypatch.setattr(slips, "PART", 4)
    run = slips.ask_slips(issue(cast, UNITS), by=cast.users["officer"])
    page = new_context(viewport={"width": width, "height": 844}, color_scheme=theme).new_page()
    client.force_login(cast.users["officer"])
    cookie = {"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(live_server.url + reverse("campaigns:slips", args=[run.campaign.code, run.code]))
    expect(page.get_by_text("8 家，做好了 0 家")).to_be_visible()
    slips.print_slips()
    expect(page.get_by_text("8 家，做好了 4 家")).to_be_visible()
    expect(page.locator("#slips")).not_to_be_focused()
    assert_good(page)
    screenshot(page, f"slips-{width}-{theme}")
    for _ in range(4):
        slips.print_slips()
    expect(page.get_by_role("link", name="下载 PDF")).to_be_visible()
    assert_good(page)
    screenshot(page, f"slips-done-{width}-{theme}")
    with page.expect_download() as got:
        page.get_by_role("link", name="下载 PDF").click()
    assert got.value.path().read_bytes().startswith(b"%PDF")
    assert SlipRun.objects.get(pk=run.pk).is_ready
