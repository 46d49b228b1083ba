"""A mail becomes what it says, once: a sign-for, a return, a correction; a loop with a machine ends; people decide the rest."""

from datetime import timedelta

import pytest

from jinguo.campaigns.models import Circulation
from jinguo.files.actions import read_file
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.mails.actions import desk
from jinguo.mails.actions.settling import read_mails
from jinguo.mails.models import Mail
from jinguo.messages.models import OutMessage
from jinguo.reports.actions import review
from jinguo.reports.models import Return
from tests.data.mails.writing import mail, news
from tests.issued import copy_of


def today_news(title, day=None, **more):
    day = day or clock.today()
    return news(title, day=f"{day.year}年{day.month}月{day.day}日", **more)


def receipts():
    return OutMessage.objects.filter(about_kind="mail").order_by("pk")


def test_a_unit_reports_by_mail_is_sent_back_answers_and_is_accepted(cast, campaign, take):
    """The whole way without one page: only mails from the unit's side."""
    officer = cast.users["officer"]
    taken_at = clock.now() - timedelta(hours=3)
    told = today_news("“漾泉”义诊进企业", clock.local(taken_at).date())
    first = take(mail(told, subject="“漾泉”义诊进企业"), taken_at)
    given = first.given
    assert (first.state, given.state, given.unit) == ("done", "reported", cast.units["c.a"])
    assert given.first_sent_at == taken_at, "the mail server's hour, not ours"
    assert [link.clause.number for link in given.current.clause_links.all()] == ["二(一)一"]
    assert given.current.channel == "mail" and given.current.sources["title"]["from"].startswith(f"mail:{first.code}.")
    review.send_back(given, number=1, notes={"on_site": "请写准人数。"}, by=officer)
    asked = OutMessage.objects.get(about_kind="return")
    answer = take(mail("参加人数应为95人。", subject="回复：请补一补", reply_to=asked.message_id))
    given.refresh_from_db()
    assert (answer.kind, answer.given_id, given.state) == ("correction", given.pk, "resent")
    assert given.current.number == 2 and given.current.on_site == 95 and given.current.title == "“漾泉”义诊进企业"
    review.accept_return(given, number=2, by=officer)
    given.refresh_from_db()
    assert given.state == "accepted" and Return.objects.count() == 1


def test_the_receipt_says_what_was_understood_and_how_to_put_it_right(campaign, take):
    take(mail(today_news("“漾泉”义诊进企业"), subject="“漾泉”义诊进企业"))
    receipt = receipts().get()
    assert receipt.to == "c-a@example.org" and f"[{receipt.token}]" in receipt.subject
    for words in (
        "东川县妇女联合会",
        "活动名称：“漾泉”义诊进企业",
        "现场参加：约80",
        "县人民医院",
        "二(一)一",
        "直接回这封信",
    ):
        assert words in receipt.body


def test_a_correction_after_acceptance_waits_beside_what_was_accepted(cast, campaign, take):
    given = take(mail(today_news("送法进社区"), subject="送法进社区")).given
    review.accept_return(given, number=1, by=cast.users["officer"])
    take(mail("更正：送法进社区的参加人数应为60人。", subject="更正：送法进社区"))
    given.refresh_from_db()
    assert given.state == "corrected" and given.accepted.on_site == 80 and given.current.on_site == 60


def test_a_bare_number_answers_the_number_that_was_asked_for_and_the_receipt_says_so(cast, campaign, take):
    given = take(mail(today_news("送法进社区"), subject="送法进社区")).given
    review.send_back(given, number=1, notes={"on_site": "请写准人数。"}, by=cast.users["officer"])
    asked = OutMessage.objects.get(about_kind="return")
    answer = take(mail("95人。\n\n发自我的手机", subject=f"回复：{asked.subject}", reply_to=asked.message_id))
    given.refresh_from_db()
    assert (given.state, given.current.on_site, given.current.on_site_about) == ("resent", 95, False)
    said = receipts().last()
    assert "现场参加：95" in said.body and "活动名称" not in said.body and said.subject.startswith("收到了：送法进社区")
    assert set(answer.understood[0]) == {"on_site"}


def test_an_answer_that_puts_nothing_right_waits_for_a_person_and_makes_no_version(cast, campaign, take):
    given = take(mail(today_news("送法进社区"), subject="送法进社区")).given
    review.send_back(given, number=1, notes={"on_site": "请写准人数。"}, by=cast.users["officer"])
    asked = OutMessage.objects.get(about_kind="return")
    vague = take(mail("好的，我们核对一下再报。", subject="回复：请补一补", reply_to=asked.message_id))
    given.refresh_from_db()
    assert (vague.state, vague.fate, given.state, given.versions.count()) == ("tray", "to_look_at", "sent_back", 1)


def test_收到_signs_for_the_notice_with_the_mail_as_evidence(cast, campaign, take):
    at = clock.now() - timedelta(hours=2)
    signed = take(mail("收到，谢谢！", unit="c.edu", subject="收到"), at)
    copy = copy_of(campaign, cast.units["c.edu"])
    assert (copy.signed_at, copy.signed_how, signed.circulation_id) == (at, "mail", copy.pk)
    take(mail("收到。", unit="c.edu", subject="收到"))
    copy.refresh_from_db()
    assert copy.signed_at == at


def test_a_loop_with_a_machine_ends_after_two_answers(campaign, take):
    take(mail("请问一下报表怎么填？", unit="c.b", subject="请教"))
    for _turn in range(6):
        last = receipts().last()
        take(mail("您好，来信已阅。", unit="c.b", subject=f"回复：{last.subject}", reply_to=last.message_id))
    assert receipts().count() <= 2


def test_a_loop_with_a_machine_that_names_no_thread_ends_too(campaign, take):
    for _turn in range(6):
        take(mail("来信已阅，谢谢。", unit="", sender="robot@example.org", subject="来信已阅"))
    assert receipts().count() <= 2


def test_copies_with_other_delivery_lines_are_one(campaign, take):
    raw = mail(today_news("送法进社区"), subject="送法进社区")
    take(raw)
    copy = take(b"Received: from elsewhere.example.org\r\n" + raw)
    assert (copy.state, copy.fate) == ("quiet", "twin")
    assert Return.objects.count() == 1 and receipts().count() == 1


def test_another_mail_with_the_same_message_id_is_not_lost(campaign, take):
    first = mail(today_news("送法进社区"), subject="送法进社区")
    other = mail(today_news("送戏进社区"), subject="送戏进社区")
    number = first.split(b"Message-ID: ")[1].split(b"\r\n")[0]
    take(first)
    take(other.replace(other.split(b"Message-ID: ")[1].split(b"\r\n")[0], number))
    assert Return.objects.count() == 2


def test_claiming_registers_at_once_and_remembers_the_address(cast, campaign, take):
    lost = take(mail(today_news("送法进社区", unit="我们"), unit="", subject="送法进社区"))
    assert (lost.state, lost.fate) == ("tray", "unclaimed")
    desk.claim_mail(lost, unit=cast.units["c.b"], by=cast.users["officer"], remember=True)
    lost.refresh_from_db()
    assert (lost.state, lost.given.unit) == ("done", cast.units["c.b"])
    assert take(mail(today_news("送戏进社区", unit="我们"), unit="", subject="送戏进社区")).unit == cast.units["c.b"]


def test_private_numbers_wait_for_a_person_and_are_covered_in_the_return(cast, campaign, take):
    text = today_news("走访慰问") + "受助妇女身份证号：11010519491231002X，电话13800000000。"
    held = take(mail(text, subject="走访慰问"))
    assert (held.state, held.fate, held.given) == ("tray", "personal", None)
    desk.look_at(held, by=cast.users["officer"])
    held.refresh_from_db()
    said = held.given.current.summary + held.given.current.body
    assert "11010519491231002X" not in said and "13800000000" not in said and "走访慰问" in said


def test_a_forged_mail_waits_until_somebody_has_telephoned(cast, campaign, take):
    forged = take(mail(today_news("送法进社区"), subject="送法进社区", more="Authentication-Results: mx; spf=fail\r\n"))
    assert (forged.fate, receipts().count()) == ("forged", 0)
    with pytest.raises(Refused):
        desk.claim_mail(forged, unit=cast.units["c.a"], by=cast.users["officer"])
    desk.look_at(forged, by=cast.users["officer"])
    forged.refresh_from_db()
    assert forged.given.state == "reported", "registered, and still accepted by nobody"


def test_the_same_activity_again_is_another_only_on_a_persons_word(cast, campaign, take):
    take(mail(today_news("送法进社区"), subject="送法进社区"))
    again = take(mail(today_news("送法进社区") + "下午又办了一场。", subject="送法进社区"))
    assert again.fate == "said_before"
    desk.is_another(again, by=cast.users["officer"])
    assert Return.objects.count() == 2


def test_a_false_alarm_costs_one_click(cast, campaign, take):
    alarm = take(mail("本人整理了" + today_news("离婚法律知识讲座"), unit="", subject="求助案例整理"))
    assert alarm.state == "case" and not alarm.subject_sealed
    with pytest.raises(Refused):
        desk.is_no_case(alarm, by=cast.users["officer"])
    desk.is_no_case(alarm, by=cast.users["case_worker"])
    read_mails()
    alarm.refresh_from_db()
    assert alarm.state == "tray" and alarm.letter.body


def test_every_reading_of_a_letter_for_help_is_on_the_record(cast, campaign, take):
    case = take(mail("我老公打我，救救我", unit="", subject="求助"))
    with pytest.raises(Refused):
        desk.read_case(case, by=cast.users["officer"])
    assert "打我" in desk.read_case(case, by=cast.users["case_worker"]).body
    entry = Entry.objects.get(action="case_mail.read")
    assert entry.actor == cast.users["case_worker"].actor_code and "打我" not in entry.detail


def test_an_officer_who_sees_one_hands_it_on_and_keeps_nothing(cast, campaign, take):
    seen = take(mail("请回电话，有事想说。", unit="", subject="您好"))
    desk.hand_to_case_worker(seen, by=cast.users["officer"])
    seen.refresh_from_db()
    assert (seen.state, seen.sender_sealed, seen.letter_sealed) == ("case", "", "")
    assert b"\xe8\xaf\xb7" in read_file(seen.file)


def test_an_answer_goes_to_the_writer_and_her_reply_finds_it(cast, campaign, take):
    asked = take(mail("请问总结什么时候交？", unit="c.b", subject="咨询"))
    desk.answer_mail(asked, text="3月20日前。", by=cast.users["officer"])
    asked.refresh_from_db()
    sent = OutMessage.objects.get(key__startswith="answer:")
    assert asked.state == "done" and "3月20日前。" in sent.body
    with pytest.raises(Invalid):
        desk.answer_mail(asked, text=" ", by=cast.users["officer"])


def test_no_personal_value_stands_in_the_journal(campaign, take):
    take(mail(today_news("送法进社区") + "患者李小花", subject="送法进社区", name="张三"))
    text = " ".join(Entry.objects.values_list("detail", flat=True))
    assert not any(words in text for words in ("李小花", "张三", "送法", "c-a@"))


def test_another_city_sees_nothing(cast, campaign, take):
    take(mail(today_news("送法进社区"), subject="送法进社区"))
    assert not Mail.objects.visible_to(cast.users["d.officer"]).exists()
    assert Mail.objects.visible_to(cast.users["officer"]).count() == 1
    assert Circulation.objects.exclude(signed_at=None).count() == 0
