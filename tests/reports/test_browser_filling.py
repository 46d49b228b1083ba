"""On a phone a unit pastes what it has written, looks it over and sends it; a plea typed there is met with numbers to call."""

import pytest
from playwright.sync_api import expect

from jinguo.reports.models import Held, Return
from tests.reports import builders
from tests.reports.test_actions_filling import TOLD
from tests.services.eye import assert_good

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light")])
def test_a_pasted_text_is_looked_over_and_sent(new_context, live_server, issued, screenshot, width, scheme):
    context = new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{live_server.url}/l/{issued.link('c.a').secret}/reports/new/")
    page.get_by_label("把写好的文字粘贴在这里").fill(TOLD)
    screenshot(page, f"fill-{width}-{scheme}")
    assert_good(page)
    page.get_by_role("button", name="填进来").click()
    expect(page.get_by_text("填进来了，还没有报出去")).to_be_visible()
    expect(page.get_by_label("活动名称")).to_have_value("巾帼健康课走进企业")
    screenshot(page, f"filled-{width}-{scheme}")
    assert_good(page)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_text("识别为")).to_be_visible()
    assert Return.objects.get().state == "reported"


def test_a_plea_is_met_with_numbers_and_goes_to_the_case_worker(new_context, live_server, client, issued, screenshot):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{live_server.url}/l/{issued.link('c.a').secret}/reports/new/")
    page.get_by_label("活动名称").fill("读书会")
    page.get_by_label("时间").fill("2024-03-06")
    page.get_by_label("简介").fill("我丈夫经常打我，求你们帮帮我。")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_text("这里像是有人在求助")).to_be_visible()
    screenshot(page, "plea-asked-390")
    assert_good(page)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_text("这一件先由专人看")).to_be_visible()
    screenshot(page, "plea-held-390")
    client.force_login(issued.cast.users["case_worker"])
    for width in (390, 1280):
        context = new_context(viewport={"width": width, "height": 844})
        context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
        desk = context.new_page()
        desk.goto(f"{live_server.url}/desk/case-mails/")
        expect(desk.get_by_text("网页", exact=True)).to_be_visible()
        screenshot(desk, f"cases-{width}")
        desk.get_by_role("button", name="打开").click()
        expect(desk.get_by_text("我丈夫经常打我")).to_be_visible()
        screenshot(desk, f"case-{width}")
        assert_good(desk)
    desk.get_by_role("button", name="照常登记").click()
    expect(desk.get_by_text("放回报送了")).to_be_visible()
    assert Return.objects.get().state == "reported" and not Held.objects.exists()
