"""The officer's tray, one mail beside its source, the mailbox, and the case worker's own list."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jinguo.lib import clock
from jinguo.mails.models import Mail
from jinguo.reports.models import Return
from tests.data.mails.writing import docx, file, mail, news
from tests.mails.test_actions_settling import today_news


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.users["officer"])
    return client


def test_the_tray_shows_the_newest_first_with_what_it_waits_for(officer, campaign, take):
    take(mail(news("送法进社区", unit="我们"), unit="", subject="甲"), clock.now() - timedelta(hours=2))
    take(mail("请问怎么报？", unit="c.b", subject="乙"), clock.now() - timedelta(hours=1))
    page = officer.get("/desk/mails/").content.decode()
    assert page.index("乙") < page.index("甲") and "不知道是哪个单位" in page and "2 封等您看" in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_tray_asks_the_database_as_often_for_one_as_for_three(
    officer, campaign, take, many, django_assert_num_queries
):
    for number in range(many):
        take(mail("请问怎么报？", unit="c.b", subject=f"问题{number}"))
    officer.get("/desk/mails/")
    with django_assert_num_queries(9):
        officer.get("/desk/mails/")


def test_one_mail_is_shown_with_every_value_tied_to_its_place(officer, campaign, take):
    one = take(mail("见附件", subject="信息", files=(file("信息.docx", docx(today_news("送法进社区"))),)))
    page = officer.get(f"/desk/mails/{one.code}/").content.decode()
    assert "信息.docx" in page and page.count("data-thread") >= 6 and "登记报送" in page
    assert f"/desk/reports/{one.given.code}/" in page


def test_a_mail_is_claimed_in_one_step(officer, cast, campaign, take):
    one = take(mail(today_news("送法进社区", unit="我们"), unit="", subject="信息"))
    found = officer.get(f"/desk/mails/{one.code}/", {"unit": "西岭"}).content.decode()
    assert cast.units["c.b"].code in found
    officer.post(f"/desk/mails/{one.code}/claim/", {"unit": cast.units["c.b"].code, "remember": "on"})
    assert Return.objects.get().unit == cast.units["c.b"]


def test_another_citys_unit_cannot_be_named(officer, cast, campaign, take):
    one = take(mail(today_news("送法进社区", unit="我们"), unit="", subject="信息"))
    assert officer.post(f"/desk/mails/{one.code}/claim/", {"unit": cast.units["d.a"].code}).status_code == 404


def test_scripts_of_a_mail_are_words_and_its_files_only_saved(officer, campaign, take):
    text = "&lt;script&gt;alert(1)&lt;/script&gt;<script>alert(2)</script>"
    one = take(
        mail(
            text,
            kind="html",
            subject="<b>x</b>",
            files=(file("<i>.html", b"<script>alert(3)</script>"), file("a.exe", b"MZ\x90" + b"0" * 99)),
        )
    )
    page = officer.get(f"/desk/mails/{one.code}/").content.decode()
    assert "<script>alert" not in page and "<b>x</b>" not in page and "是程序，没有打开" in page
    saved = officer.get(f"/desk/mails/{one.code}/parts/1/")
    assert saved["Content-Type"] == "application/octet-stream" and saved["Content-Disposition"].startswith("attachment")
    assert officer.get(f"/desk/mails/{one.code}/parts/2/").status_code == 400
    assert officer.get(f"/desk/mails/{one.code}/raw/").content.startswith(b"From:")


def test_an_answer_without_words_is_refused_with_a_sentence(officer, campaign, take):
    one = take(mail("请问怎么报？", unit="c.b", subject="咨询"))
    assert officer.post(f"/desk/mails/{one.code}/answer/", {"text": ""}).status_code == 422
    assert officer.post(f"/desk/mails/{one.code}/answer/", {"text": "直接回信就行。"}).status_code == 302


def test_the_officer_learns_only_that_there_is_a_letter_for_help(officer, cast, client, campaign, take):
    one = take(mail("我老公打我，救救我", unit="", subject="求助我的事"))
    page = officer.get("/desk/mails/?pile=all").content.decode()
    assert "另有 1 封" in page and "someone@" not in page and "求助我的事" not in page
    assert officer.get(f"/desk/mails/{one.code}/").status_code == 404
    assert officer.post(f"/desk/case-mails/{one.code}/").status_code == 403
    outbox = officer.get("/desk/outbox/").content.decode()
    assert "someone@" not in outbox
    client.force_login(cast.users["case_worker"])
    assert "求助我的事" not in client.get("/desk/case-mails/").content.decode()
    opened = client.post(f"/desk/case-mails/{one.code}/")
    assert "救救我" in opened.content.decode() and opened["Cache-Control"] == "no-store"
    client.post(f"/desk/case-mails/{one.code}/release/")
    one.refresh_from_db()
    assert one.state == "waiting"


def test_the_mailbox_is_set_tried_and_its_code_never_shown(officer, imap, settings, cast):
    settings.MAIL = "smtp"
    page = officer.get("/desk/mailbox/").content.decode()
    assert "授权码是什么" in page
    facts = {
        "address": imap.user,
        "host": imap.host,
        "port": imap.port,
        "security": "plain",
        "user": imap.user,
        "keep_days": 730,
    }
    said = officer.post("/desk/mailbox/set/", facts | {"secret": imap.password}, follow=True).content.decode()
    assert "连上了" in said and imap.password not in said
    wrong = officer.post("/desk/mailbox/set/", facts | {"secret": "wrong"}, follow=True).content.decode()
    assert "不是网页登录的密码" in wrong


def test_a_mail_saved_as_a_file_is_taken_and_anything_else_refused(officer, campaign):
    raw = SimpleUploadedFile("a.eml", mail("收到", unit="c.b"))
    assert officer.post("/desk/mailbox/drop/", {"files": raw}).status_code == 302
    assert Mail.objects.count() == 1
    word = SimpleUploadedFile("a.docx", b"PK\x03\x04 not a mail")
    refused = officer.post("/desk/mailbox/drop/", {"files": word})
    assert refused.status_code == 422 and "不是邮件" in refused.content.decode()


def test_a_mail_not_yet_read_is_not_handed_out(officer, cast):
    from jinguo.mails.actions.keeping import keep_mail

    fresh = keep_mail(
        cast.office, mail("我老公打我", unit=""), received_at=clock.now(), source="imap", by=cast.users["officer"]
    )
    assert officer.get(f"/desk/mails/{fresh.code}/raw/").status_code == 404
    assert "打我" not in officer.get(f"/desk/mails/{fresh.code}/").content.decode()


def test_a_report_in_a_picture_is_shown_drawn_anew_and_nothing_else_is(officer, campaign, take):
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 180, 160)).save(drawn, "JPEG")
    files = (
        file("微信图片.jpg", drawn.getvalue() + b"\x00" * 30_000, "image/jpeg"),
        file("a.docx", docx("一份说明，没有活动。")),
    )
    one = take(mail("见图", subject="活动信息", files=files))
    page = officer.get(f"/desk/mails/{one.code}/").content.decode()
    assert page.count("?look") == 1 and f"/desk/mails/{one.code}/parts/1/?look" in page
    shown = officer.get(f"/desk/mails/{one.code}/parts/1/?look")
    assert (
        shown["Content-Type"] == "image/jpeg" and shown.content.startswith(b"\xff\xd8") and len(shown.content) < 30_000
    )
    assert officer.get(f"/desk/mails/{one.code}/parts/2/?look")["Content-Disposition"].startswith("attachment")
