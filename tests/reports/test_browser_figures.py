"""In a real Chromium: the figures, the rows behind one, the register of deeds and a supplement are accessible and fit."""

import pytest
from playwright.sync_api import expect

from jinguo.reports.actions import deeds, summaries, supplements
from jinguo.reports.models import Return
from tests.reports import builders
from tests.reports.test_browser_reports import assert_good

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wide]


@pytest.fixture
def issued(cast):
    issued = builders.issue(cast)
    first = builders.report(
        issued, "c.a", on_site=126, women=98, benefited=80, benefited_about=True, deeds=2, place="文化馆",
        summary="协调修好12盏路灯，走夜路不怕了。", accept=True,
    )  # fmt: skip
    builders.report(issued, "c.b", place="文化馆", on_site=120, online=3000, accept=True)
    builders.report(issued, "c.edu", "义诊", on_site=30, on_site_about=True)
    given = Return.objects.select_related("unit", "accepted", "campaign__office__unit").get(pk=first.pk)
    deeds.register_deed(
        given, deeds.DeedWish(title="修好12盏路灯", result="走夜路不怕了", benefited=80, about=True), number=1,
        by=cast.users["officer"],
    )  # fmt: skip
    return issued


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_figures_deeds_and_supplements_fit(new_context, live_server, client, issued, screenshot, width, scheme):
    officer, leader = issued.cast.users["officer"], issued.cast.users["leader"]
    summary = summaries.start_summary(issued.campaign, by=officer)
    summaries.submit_summary(summary, by=officer)
    summary.refresh_from_db()
    summary = summaries.approve_summary(summary, by=leader)
    builders.report(issued, "c.hos", "读书会", on_site=40, accept=True)
    supplements.start_supplement(summary, by=officer)
    client.force_login(officer)
    context = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
    page = context.new_page()
    campaign = f"{live_server.url}/desk/campaigns/{issued.campaign.code}"
    for name, path in (
        ("figures", f"{campaign}/figures/"), ("figure", f"{campaign}/figures/?metric=on_site&way=deduplicated"),
        ("deeds", f"{campaign}/deeds/"), ("supplement", f"{live_server.url}/desk/summaries/{summary.code}/supplements/1/"),
        ("summary-late", f"{live_server.url}/desk/summaries/{summary.code}/"),
    ):  # fmt: skip
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
        assert_good(page)
        screenshot(page, f"reports/{name}-{width}-{scheme}")
