"""A unit that has only its mailbox: it reports, is asked for more, answers by plain reply, and is accepted. Real mail servers on
both sides, the officer in a real browser with her keyboard."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from jinguo.federation.models import Office
from jinguo.federation.models.office import Security
from jinguo.lib import clock
from jinguo.mails.actions.boxes import set_mailbox
from jinguo.mails.actions.fetching import fetch_mails
from jinguo.mails.actions.settling import read_mails
from jinguo.mails.models import Mailbox
from jinguo.messages.actions import send_waiting
from jinguo.reports.models import Return
from tests.reports import builders
from tests.services.eye import assert_good
from tests.services.imap import Mailbox as Server
from tests.services.smtp import MailSink
from tests.world import cast  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

HERS = "c-a@example.org"


@pytest.fixture
def issued(cast, imap: Server, smtp: MailSink, settings):  # noqa: F811
    """A notice issued by an office that sends and fetches for real."""
    settings.MAIL = "smtp"
    Office.objects.filter(pk=cast.office.pk).update(
        mail_host=smtp.host, mail_port=smtp.port, mail_security=Security.PLAIN, mail_from=imap.user
    )
    issued = builders.issue(cast)
    set_mailbox(
        cast.office, by=cast.users["officer"], address=imap.user, host=imap.host, port=imap.port, security="plain",
        user=imap.user, secret=imap.password,
    )  # fmt: skip
    return issued


def written(imap: Server, text: str, subject: str, answers: EmailMessage | None = None) -> None:
    """Her program's mail reaches the office's mailbox, and the worker takes it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = HERS, imap.user, subject
    mail["Message-ID"] = f"<{len(text)}-{abs(hash(text))}@example.org>"
    if answers is not None:
        mail["In-Reply-To"] = mail["References"] = answers["Message-ID"]
    mail.set_content(text)
    imap.put(mail.as_bytes(), clock.now())
    Mailbox.objects.update(next_at=clock.now(), lease_until=None)
    assert fetch_mails() == 1
    read_mails()


def came(smtp: MailSink, many: int) -> EmailMessage:
    """The newest letter in her mailbox, of so many."""
    send_waiting()
    letters = [one.message for one in smtp.deliveries if HERS in one.recipients]
    assert len(letters) == many
    return letters[-1]


def officers(new_context, client, issued, live_server) -> Page:
    client.force_login(issued.cast.users["officer"])
    context = new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "jinguo", "value": client.cookies["jinguo"].value, "url": live_server.url}])
    return context.new_page()


def test_a_unit_reports_only_by_mail_is_asked_answers_and_is_accepted(
    new_context, client, live_server, issued, imap, smtp, screenshot
):
    day = clock.today()
    told = (
        f"槐荫里故事会\n\n{day.year}年{day.month}月{day.day}日，东川县妇联在县文化馆举办槐荫里故事会，请五位姐妹讲自己怎样从摆摊"
        "走到开店，来的人很多，会后大家留下来交流，都说有用。\n\n东川县妇女联合会\n"
    )
    written(imap, told, "活动信息：槐荫里故事会")
    receipt = came(smtp, 1)
    assert "活动名称：槐荫里故事会" in receipt.get_content() and "直接回这封信" in receipt.get_content()
    page = officers(new_context, client, issued, live_server)
    page.goto(f"{live_server.url}/desk/reports/")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="槐荫里故事会", level=2)).to_be_visible()
    page.wait_for_load_state()
    assert_good(page)
    page.keyboard.press("r")
    page.keyboard.type("来了多少人次？")
    page.keyboard.press("Control+Enter")
    expect(page.locator("body")).to_contain_text("退回了")
    asked = came(smtp, 2)
    assert "来了多少人次？" in asked.get_content() and re.search(r"/l/\S+", asked.get_content())
    written(imap, "参加人数应为86人。\n\n发自我的手机", f"回复：{asked['Subject']}", asked)
    given = Return.objects.get()
    assert (given.state, given.current.on_site, given.current.title) == ("resent", 86, "槐荫里故事会")
    assert "86" in came(smtp, 3).get_content()
    page.goto(f"{live_server.url}/desk/reports/{given.code}/")
    expect(page.locator("main")).to_contain_text("86 人次")
    page.wait_for_load_state()
    assert_good(page)
    screenshot(page, "by-mail-mended-1280")
    page.keyboard.press("a")
    expect(page.locator("body")).to_contain_text("接收了")
    given.refresh_from_db()
    assert given.state == "accepted" and Return.objects.count() == 1
