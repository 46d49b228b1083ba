"""In a real Chromium: the tray, one mail and the mailbox are accessible and no wider than the screen, phone and desktop."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from jinguo.reports.models import Return
from tests.activities.pictures import jpeg
from tests.data.mails.writing import docx, file, mail, news
from tests.mails.test_actions_settling import today_news
from tests.mails.test_actions_several import TITLES, told
from tests.services.eye import assert_good

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def desk(new_context, live_server, client, cast) -> Callable[..., Page]:
    """A signed-in browser: `desk("officer")`."""

    def signed_in(who: str, **options) -> Page:
        client.force_login(cast.users[who])
        context = new_context(**{"viewport": DESK, **options})
        context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
        return context.new_page()

    return signed_in


def arrive(take) -> None:
    """One mail of each sort an officer meets."""
    relay = "<p>视频在这里：<a href='https://mail.qq.com/cgi-bin/ftnExs_download?k=1'>现场视频.mp4</a></p><p>到期时间：2024年4月5日</p>"
    take(mail(today_news("“漾泉”义诊进企业"), subject="“漾泉”义诊进企业"))
    take(mail(relay + news("送岗位"), kind="html", subject="送岗位", unit=""))
    take(mail(today_news("慰问困难母亲") + "身份证号：11010519491231002X", subject="慰问困难母亲"))
    take(mail(today_news("法律讲座"), subject="法律讲座", unit="c.b", more="Authentication-Results: mx; spf=fail\r\n"))
    take(mail("请问总结什么时候交？", unit="c.edu", subject="咨询"))
    take(mail("我老公打我，救救我", sender="she@example.org", subject="求助"))
    note = "您好，附件是我们的活动信息，请查收。"
    take(
        mail(
            note,
            unit="",
            subject="活动信息",
            files=(file("巾帼宣讲信息.docx", docx(today_news("巾帼宣讲进企业", unit="我区"))),),
        )
    )


@pytest.mark.wide
def test_the_officer_claims_a_mail_and_finds_the_report(desk, campaign, take, live_server, screenshot):
    arrive(take)
    page = desk("officer")
    page.goto(f"{live_server.url}/desk/mails/")
    assert_good(page)
    screenshot(page, "mails-tray-1280")
    page.get_by_role("link", name="活动信息").first.click()
    expect(page.get_by_label("是哪个单位")).to_be_visible()
    assert_good(page)
    screenshot(page, "mails-show-1280")
    page.get_by_label("是哪个单位").select_option(label="西岭区妇联")
    page.get_by_role("button", name="就是它，登记").click()
    expect(page.locator("body")).to_contain_text("登记好了")
    assert Return.objects.filter(unit__short_name="西岭区妇联").count() == 1
    page.goto(f"{live_server.url}/desk/mailbox/")
    assert_good(page)
    screenshot(page, "mails-box-1280")


@pytest.mark.wide  # at the desk the same pages are walked in the quick run
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_the_phone_a_mail_is_read_and_decided(desk, campaign, take, live_server, screenshot, scheme):
    arrive(take)
    page = desk("officer", viewport=PHONE, color_scheme=scheme)
    page.goto(f"{live_server.url}/desk/mails/")
    assert_good(page)
    screenshot(page, f"mails-tray-390-{scheme}")
    page.get_by_role("link", name="慰问困难母亲").click()
    expect(page.get_by_role("button", name="看过了，可以登记")).to_be_visible()
    assert_good(page)
    screenshot(page, f"mails-show-390-{scheme}")
    page.get_by_role("button", name="看过了，可以登记").click()
    expect(page.locator("body")).to_contain_text("登记好了")
    page.goto(f"{live_server.url}/desk/mailbox/")
    assert_good(page)
    screenshot(page, f"mails-box-390-{scheme}")


def test_the_case_worker_opens_a_letter_for_help(desk, campaign, take, live_server, screenshot):
    arrive(take)
    page = desk("case_worker", viewport=PHONE)
    page.goto(f"{live_server.url}/desk/case-mails/")
    assert_good(page)
    screenshot(page, "mails-cases-390")
    page.get_by_role("button", name="打开").click()
    expect(page.locator("main")).to_contain_text("救救我")
    assert_good(page)
    screenshot(page, "mails-case-390")


@pytest.mark.wide
def test_the_officer_joins_three_activities_and_parts_them_again_line_by_line(
    desk, campaign, take, live_server, screenshot
):
    row = take(mail(told(unit="我们"), unit="", subject="近期活动信息", files=(file("1.jpg", jpeg(800, 600)),)))
    page = desk("officer", viewport=PHONE)
    page.goto(f"{live_server.url}/desk/mails/{row.code}/")
    assert_good(page)
    screenshot(page, "mails-several-390")
    page.get_by_role("button", name="是一场，合成一件").click()
    expect(page.locator("body")).to_contain_text("还不能登记")
    page.get_by_role("link", name="说了几场，分开登记").click()
    expect(page.get_by_role("heading", name="分成几场", level=1)).to_be_visible()
    assert_good(page)
    for title in TITLES:
        page.get_by_label(f"、{title}", exact=False).first.check()
    screenshot(page, "mails-part-390")
    page.get_by_role("button", name="就这样分，登记").click()
    expect(page.get_by_role("heading", name="第 3 场")).to_be_visible()
    page.get_by_label("是哪个单位").select_option(label="西岭区妇联")
    page.get_by_role("button", name="就是它，登记").click()
    expect(page.locator("body")).to_contain_text("登记好了")
    assert Return.objects.filter(unit__short_name="西岭区妇联").count() == 3
