"""A woman who writes for help: what she writes next is safe too, nobody reads of it beside the tray, and no machine is kept
talking to her mailbox."""

import base64
import io
import re

from django.test import Client
from PIL import Image

from jinguo.federation.models import Office, Post
from jinguo.federation.models.user import Role
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.mails.actions import desk
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.actions.settling import read_mails
from jinguo.mails.models import Mail, Source
from jinguo.mails.queries.finding import found
from jinguo.messages.models import OutMessage
from jinguo.reports.models import Return, ReturnVersion
from jinguo.search.models import IndexRow
from tests.activities.pictures import jpeg, png_bomb
from tests.data.mails.writing import file, mail
from tests.mails.test_actions_settling import today_news
from tests.world import BY

HERS = "hers@example.org"
PLEA = "我丈夫经常打我，救救我。"


def plea(text=PLEA, **more):
    return mail(text, unit="", sender=HERS, **({"subject": "您好"} | more))


def help_receipts():
    return OutMessage.objects.filter(about_kind="case_mail").order_by("pk")


def of_officer(cast, address):
    client = Client()
    client.force_login(cast.users["officer"])
    return client.get(address).content.decode()


def test_her_answer_to_the_receipt_reaches_the_case_worker_whatever_it_says_and_from_wherever(cast, campaign, take):
    take(plea())
    receipt = help_receipts().get()
    answer = take(
        mail("好的，明天下午有空。", unit="", sender="other@example.org", subject="hi", reply_to=receipt.message_id)
    )
    without_thread = take(mail("好的。", unit="", sender="third@example.org", subject="回复：来信收到"))
    next_one = take(plea("您好，电话打不通。", subject="在吗"))
    assert [one.state for one in (answer, without_thread, next_one)] == ["case"] * 3
    assert Mail.objects.visible_to(cast.users["officer"]).count() == 0


def test_a_letter_for_help_is_never_without_a_reader_or_the_officer_is_told(cast, take):
    county, worker = cast.units["c.a"], cast.users["case_worker"]
    office = Office.objects.create(unit=county, parent=cast.office)
    keep_mail(office, plea(), received_at=clock.now(), source=Source.IMAP, by=BY)
    read_mails()
    letter = Mail.objects.get(office=office)
    assert Mail.objects.cases_of(worker).get() == letter, "the county has none of its own"
    assert "打我" in desk.read_case(letter, by=worker).body
    client = Client()
    client.force_login(cast.users["county_officer"])
    assert "已经转给值班的个案工作者" in client.get("/desk/mails/").content.decode()
    Post.objects.filter(role=Role.CASE_WORKER).delete()
    page = client.get("/desk/mails/").content.decode()
    assert "现在没有人能打开" in page and "已经转给" not in page


def test_what_she_shows_is_seen_in_the_opened_letter_and_what_cannot_be_opened_is_said(cast, campaign, take):
    sent = jpeg(4000, 3000, place=True)
    letter = take(
        plea(files=(file("伤.jpg", sent), file("大.png", png_bomb()), file("录音.amr", b"#!AMR\n" + bytes(99))))
    )
    assert letter.state == "case"
    client = Client()
    client.force_login(cast.users["case_worker"])
    opened = client.post(f"/desk/case-mails/{letter.code}/")
    page = opened.content.decode()
    shown = [base64.b64decode(one) for one in re.findall(r"data:image/jpeg;base64,([^\"]+)", page)]
    assert len(shown) == 1 and Image.open(io.BytesIO(shown[0])).size == (1600, 1200)
    assert not Image.open(io.BytesIO(shown[0])).getexif(), "nothing in it says where"
    assert "no-store" in opened["Cache-Control"]
    assert page.count("请在本单位的邮箱里看原件") == 2
    assert Entry.objects.filter(action="case_mail.read").count() == 1, "one opening, one line"


def test_what_she_writes_after_a_false_alarm_goes_the_usual_way(cast, campaign, take):
    alarm = take(plea())
    desk.is_no_case(alarm, by=cast.users["case_worker"])
    assert take(plea("请问报表什么时候交？", subject="咨询")).state == "tray"


def test_a_machine_that_answers_with_a_plea_is_answered_twice_at_most(campaign, take):
    for turn in range(6):
        take(plea(f"{PLEA}（{turn}）", reply_to=help_receipts().last().message_id if turn else ""))
    assert help_receipts().count() == 2
    said_so = take(
        mail(PLEA, unit="", sender="robot@example.org", subject="您好", more="Auto-Submitted: auto-replied\r\n")
    )
    assert (said_so.state, help_receipts().count()) == ("case", 2), "a machine is never answered"


def test_what_a_machine_says_about_the_receipt_names_her_to_nobody(cast, campaign, take):
    take(plea())
    receipt = help_receipts().get()
    away = take(mail("我不在。", unit="", sender="a@example.org", subject="自动回复", reply_to=receipt.message_id))
    raw = (
        "From: MAILER-DAEMON@example.org\r\nSubject: failure notice\r\nContent-Type: multipart/report; boundary=r\r\n\r\n"
        f"--r\r\nContent-Type: text/plain\r\n\r\n<{HERS}>: unknown\r\n"
        f"--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {receipt.message_id}\r\n\r\n--r--\r\n"
    )
    bounce = take(raw.encode())
    assert (away.state, bounce.state, help_receipts().count()) == ("case", "case", 1)


def test_what_was_written_back_before_somebody_saw_it_leaves_the_outbox_too(cast, campaign, take):
    seen = take(mail("请回电话，我住在槐荫里，家里的事想说。", unit="", sender=HERS, subject="槐荫里的事"))
    sent = OutMessage.objects.get(about_kind="mail")
    OutMessage.objects.filter(pk=sent.pk).update(state="sent")
    assert "槐荫里的事" in of_officer(cast, "/desk/outbox/")
    desk.hand_to_case_worker(seen, by=cast.users["officer"])
    assert "槐荫里的事" not in of_officer(cast, "/desk/outbox/")
    assert "槐荫里的事" not in of_officer(cast, "/desk/mails/?pile=all")
    assert not found(cast.users["officer"], "槐荫里", where=found_anywhere(), most=9)
    next_one = take(mail("在吗", unit="", sender=HERS, subject="在吗"))
    assert next_one.state == "case"


def found_anywhere():
    from django.db.models import Q

    return Q(owner_path__gte="")


def test_a_forged_plea_is_shown_as_such_and_nobody_is_written_to(cast, campaign, take):
    forged = take(plea(more="Authentication-Results: mx; spf=fail\r\n"))
    assert (forged.state, forged.vouched, help_receipts().count()) == ("case", "fail", 0)
    client = Client()
    client.force_login(cast.users["case_worker"])
    page = client.post(f"/desk/case-mails/{forged.code}/").content.decode()
    assert "发件人没有通过验证" in page and PLEA in page


def test_nothing_of_it_stands_in_journal_or_index_and_her_digest_is_no_key_to_her_other_mails(cast, campaign, take):
    before = take(mail("请问怎么填？", unit="", sender=HERS, subject="咨询"))
    case = take(plea())
    assert not IndexRow.objects.filter(object_code=case.code).exists()
    assert not any(words in text for text in Entry.objects.values_list("detail", flat=True) for words in ("打我", HERS))
    assert case.sender_key and case.sender_key != before.sender_key


def test_a_units_mailbox_goes_on_reporting_after_somebody_wrote_for_help_from_it(campaign, take):
    assert take(mail(PLEA, subject="在吗", unit="c.b")).state == "case"
    assert take(mail(today_news("送法进社区", unit="西岭区妇联"), unit="c.b", subject="送法进社区")).fate == "reported"


def test_one_that_was_registered_as_a_report_is_handed_on_with_it_and_comes_back_as_one(cast, campaign, take):
    officer, words = cast.users["officer"], "大姐去年冬天起的事，槐荫里的人都知道。"
    told = take(mail(today_news("槐荫里走访") + words, subject="槐荫里走访"))
    assert told.given.state == "reported" and OutMessage.objects.filter(about_kind="mail").exists()
    desk.hand_to_case_worker(told, by=officer)
    gone, case = Return.objects.get(), Mail.objects.get()
    assert (gone.state, case.state, case.given, case.letter_sealed) == ("withdrawn", "case", None, "")
    for address in ("/desk/reports/?pile=all", f"/desk/reports/{gone.code}/", "/desk/mails/?pile=all", "/desk/outbox/"):
        assert "槐荫里" not in of_officer(cast, address), address
    assert not any("槐荫里" in str(row) for row in ReturnVersion.objects.values())
    desk.is_no_case(case, by=cast.users["case_worker"])
    read_mails()
    case.refresh_from_db()
    assert (case.state, case.given.state, case.given.current.title) == ("done", "reported", "槐荫里走访")
    assert case.given.first_sent_at == told.received_at


def test_a_mail_taken_for_a_machines_is_handed_on_too(cast, campaign, take):
    quiet = take(mail("我不在家了，请找我妹妹。", unit="", sender=HERS, subject="自动回复：在吗"))
    assert quiet.state == "quiet"
    desk.hand_to_case_worker(quiet, by=cast.users["officer"])
    quiet.refresh_from_db()
    assert (quiet.state, quiet.sender_sealed) == ("case", "")


def test_other_copies_of_one_that_is_handed_on_go_with_it(cast, campaign, take):
    raw = mail("请回电话，槐荫里的事。", unit="", sender=HERS, subject="槐荫里")
    first = take(raw)
    assert take(b"Received: from elsewhere.example.org\r\n" + raw).fate == "twin"
    desk.hand_to_case_worker(first, by=cast.users["officer"])
    assert not Mail.objects.visible_to(cast.users["officer"]).exists()
