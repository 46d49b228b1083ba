"""What is in the outbox leaves once: sent, tried again, set aside, or left to a person when nobody can know."""

import socket
from datetime import timedelta

import pytest

from jinguo.federation.models.office import Security
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.messages.actions import drop_messages, retry_aside, retry_message, send_waiting
from jinguo.messages.models import Delivery, OutMessage

pytestmark = pytest.mark.django_db


def due_now() -> None:
    """Let the waiting time after a failure have passed."""
    OutMessage.objects.filter(state=Delivery.WAITING).update(next_at=clock.now())


def test_a_message_arrives_whole(queue, smtp):
    row = queue(token="QX7K2M")
    assert send_waiting() == 1
    mail = smtp.wait_for(1)[0]
    row.refresh_from_db()
    assert (row.state, row.body_sealed, row.failure) == (Delivery.SENT, "", "")
    assert mail.recipients == ("edu@example.org",)
    assert mail.sender == "quan@example.org"
    assert mail.message["Subject"] == "请签收：泉妇发〔2024〕1号"
    assert mail.message["Message-ID"] == row.message_id
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.message["From"].addresses[0].display_name == "清泉市妇女联合会"
    assert mail.message.get_content() == "市教育局妇委会：\n\n请签收。\n.一行以点开头\n"


def test_nothing_is_sent_twice(queue, smtp):
    queue()
    assert send_waiting() == 1
    assert send_waiting() == 0
    assert len(smtp.deliveries) == 1


def test_the_same_key_is_queued_once(queue, office):
    first, second = queue(key="circulation:abc"), queue(key="circulation:abc", to="other@example.org")
    assert first.pk == second.pk
    assert OutMessage.objects.count() == 1


def test_a_passing_refusal_is_tried_again_later(queue, smtp):
    smtp.refuse("edu@example.org", "450 4.2.1 mailbox busy")
    row = queue()
    send_waiting()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failure) == (Delivery.WAITING, 1, "450 4.2.1 mailbox busy")
    assert row.next_at > clock.now() + timedelta(seconds=50)
    assert send_waiting() == 0, "not before its time"
    smtp.accept()
    due_now()
    send_waiting()
    assert [mail.recipients for mail in smtp.deliveries] == [("edu@example.org",)]


def test_after_five_failures_it_is_set_aside_and_said_why(queue, smtp):
    smtp.refuse_messages("451 4.3.0 try again later")
    row = queue()
    waits = []
    for _ in range(5):
        due_now()
        before = clock.now()
        send_waiting()
        row.refresh_from_db()
        waits.append(round((row.next_at - before).total_seconds() / 60))
    assert waits[:4] == [1, 4, 16, 64]
    assert (row.state, row.attempts, row.failure) == (Delivery.ASIDE, 5, "451 4.3.0 try again later")
    assert smtp.deliveries == []


@pytest.mark.parametrize("where", ["recipient", "text"])
def test_a_refusal_for_good_is_set_aside_at_once(queue, smtp, where):
    if where == "recipient":
        smtp.refuse("edu@example.org", "550 5.1.1 no such mailbox")
    else:
        smtp.refuse_messages("554 5.7.1 not wanted here")
    row = queue()
    send_waiting()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.ASIDE, 1)
    assert row.failure[:3] in {"550", "554"}
    assert row.body_sealed != "", "a person may send it again"


@pytest.mark.parametrize("kept", [True, False])
def test_a_connection_cut_after_the_data_is_left_to_a_person(queue, smtp, kept):
    smtp.cut_after_keeping() if kept else smtp.cut_before_keeping()
    row = queue()
    send_waiting()
    row.refresh_from_db()
    assert row.state == Delivery.UNKNOWN
    smtp.accept()
    due_now()
    assert send_waiting() == 0, "never again by itself"
    assert len(smtp.deliveries) == int(kept)


def test_no_server_at_all_is_tried_again(queue, office):
    row = queue()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        type(office).objects.filter(pk=office.pk).update(mail_port=taken.getsockname()[1])
        send_waiting()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.handed_at) == (Delivery.WAITING, 1, None)
    assert row.failure


def test_an_office_without_a_mailbox_says_so(queue, office):
    row = queue()
    type(office).objects.filter(pk=office.pk).update(mail_host="")
    send_waiting()
    row.refresh_from_db()
    assert row.state == Delivery.WAITING
    assert "还没有设置发信邮箱" in row.failure


def test_one_bad_address_does_not_hold_up_the_others(queue, smtp):
    bad, good = queue(to="妇联@example.org"), queue(to="hos@example.org")
    send_waiting()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (Delivery.ASIDE, Delivery.SENT)
    assert "无法寄出" in bad.failure


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_nobody_smuggles_a_header_in(queue, smtp, break_):
    queue(subject=f"通知{break_}Bcc: thief@example.org", to=f"edu@example.org{break_}")
    send_waiting()
    mail = smtp.wait_for(1)[0]
    assert mail.message["Subject"] == "通知 Bcc: thief@example.org"
    assert mail.message["Bcc"] is None
    assert mail.recipients == ("edu@example.org",)


def test_a_worker_killed_during_the_hand_over_leaves_the_row_to_a_person(queue):
    row = queue()
    gone = clock.now() - timedelta(minutes=6)
    OutMessage.objects.filter(pk=row.pk).update(
        handed_at=gone, lease_until=gone + timedelta(minutes=5), lease_token="x"
    )
    assert send_waiting() == 1
    row.refresh_from_db()
    assert row.state == Delivery.UNKNOWN
    assert "程序停了" in row.failure
    assert Entry.objects.about("message", row.code).first().action == "message.unknown"


def test_a_worker_killed_before_the_hand_over_gives_the_row_back(queue, smtp):
    row = queue()
    gone = clock.now() - timedelta(minutes=6)
    OutMessage.objects.filter(pk=row.pk).update(lease_until=gone + timedelta(minutes=5), lease_token="x")
    send_waiting()
    row.refresh_from_db()
    assert row.state == Delivery.SENT
    assert len(smtp.deliveries) == 1


def test_a_row_another_worker_holds_is_left_alone(queue, smtp):
    row = queue()
    OutMessage.objects.filter(pk=row.pk).update(lease_until=clock.now() + timedelta(minutes=2), lease_token="x")
    assert send_waiting() == 0
    assert smtp.deliveries == []


def test_a_person_may_send_again_what_was_set_aside(queue, smtp, cast):
    smtp.refuse("edu@example.org")
    row = queue()
    send_waiting()
    smtp.accept()
    row.refresh_from_db()
    assert retry_message(row, by=cast.users["officer"])
    assert not retry_message(row, by=cast.users["officer"]), "it is on its way"
    send_waiting()
    row.refresh_from_db()
    assert row.state == Delivery.SENT
    assert len(smtp.deliveries) == 1


@pytest.mark.parametrize("who", ["d.officer", "county_officer", "liaison", "leader"])
def test_nobody_else_sends_again(queue, smtp, cast, who):
    smtp.refuse("edu@example.org")
    row = queue()
    send_waiting()
    with pytest.raises(Refused):
        retry_message(row, by=cast.users[who])
    with pytest.raises(Refused):
        retry_aside(cast.office, by=cast.users[who])


def test_everything_set_aside_goes_again_once_the_mailbox_is_mended(queue, smtp, cast):
    smtp.refuse_messages("550 5.7.0 wrong account")
    for address in ("edu@example.org", "hos@example.org"):
        queue(address)
    send_waiting()
    smtp.accept()
    assert retry_aside(cast.office, by=cast.users["officer"]) == 2
    assert retry_aside(cast.office, by=cast.users["officer"]) == 0
    send_waiting()
    assert sorted(mail.recipients[0] for mail in smtp.deliveries) == ["edu@example.org", "hos@example.org"]


def test_a_message_no_longer_wanted_is_not_sent(queue, smtp, cast):
    row = queue()
    assert drop_messages(("circulation", "abcdefghjkmn"), by=cast.users["officer"]) == 1
    assert drop_messages(("circulation", "abcdefghjkmn"), by=cast.users["officer"]) == 0
    assert send_waiting() == 0
    row.refresh_from_db()
    assert (row.state, row.body_sealed) == (Delivery.DROPPED, "")
    assert smtp.deliveries == []


def test_the_folder_keeps_one_file_a_message(queue, office, settings, tmp_path):
    settings.MAIL, settings.DATA = "folder", tmp_path
    row = queue()
    send_waiting()
    row.refresh_from_db()
    assert row.state == Delivery.SENT
    files = list((tmp_path / "mail").iterdir())
    assert [file.name for file in files] == [f"{row.code}.eml"]
    assert row.message_id.encode() in files[0].read_bytes()


def test_addresses_and_texts_lie_sealed(queue):
    row = queue()
    stored = OutMessage.objects.filter(pk=row.pk).values().get()
    assert not any("edu@example.org" in str(value) or "请签收" in str(value) for value in stored.values())
    assert (row.to, row.subject) == ("edu@example.org", "请签收：泉妇发〔2024〕1号")


def test_an_office_of_another_city_sees_none_of_it(queue, cast):
    queue()
    visible = {
        who: OutMessage.objects.visible_to(cast.users[who]).count() for who in ("officer", "d.officer", "sister")
    }
    assert visible == {"officer": 1, "d.officer": 0, "sister": 0}


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_without_the_encryption_asked_for_nothing_leaves(queue, smtp, office, security):
    type(office).objects.filter(pk=office.pk).update(mail_security=security)
    row = queue()
    send_waiting()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.handed_at) == (Delivery.WAITING, 1, None)
    assert smtp.deliveries == []
