"""The mail server of the tests behaves like one: what other tests prove about lost mail stands on this."""

import smtplib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.mail import send_mail

from tests.services.smtp import MailSink

TO = "liaison@example.org"


def send(sink: MailSink, to: str = TO) -> None:
    with smtplib.SMTP(sink.host, sink.port, timeout=10) as client:
        client.sendmail("office@example.org", [to], "Subject: 通知\r\n\r\n正文\r\n".encode())


def test_djangos_mail_reaches_it_with_its_bytes(smtp: MailSink) -> None:
    send_mail("关于活动的通知", "请于8日前报送。", "office@example.org", [TO])
    (delivery,) = smtp.wait_for(1)
    assert (delivery.sender, delivery.recipients) == ("office@example.org", (TO,))
    assert delivery.message["Subject"] == "关于活动的通知"
    assert delivery.message.get_content().strip() == "请于8日前报送。"


def test_a_refused_recipient_gets_nothing_and_the_others_do(smtp: MailSink) -> None:
    smtp.refuse(TO)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp)
    send(smtp, "second@example.org")
    assert [delivery.recipients for delivery in smtp.deliveries] == [("second@example.org",)]


def test_a_passing_refusal_keeps_nothing_until_it_passes(smtp: MailSink) -> None:
    smtp.refuse_messages()
    with pytest.raises(smtplib.SMTPDataError, match="451"):
        send(smtp)
    assert smtp.deliveries == []
    smtp.accept()
    send(smtp)
    assert len(smtp.deliveries) == 1


@pytest.mark.parametrize(("cut", "kept"), [("cut_before_keeping", 0), ("cut_after_keeping", 1)])
def test_a_cut_connection_looks_the_same_to_the_sender(smtp: MailSink, cut: str, kept: int) -> None:
    getattr(smtp, cut)()
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        send(smtp)
    assert len(smtp.deliveries) == kept


def test_a_held_message_is_answered_after_release(smtp: MailSink) -> None:
    smtp.hold()
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(send, smtp)
        smtp.wait_until_holding()
        assert (sending.done(), smtp.deliveries) == (False, [])
        smtp.release()
        sending.result(timeout=20)
    assert len(smtp.deliveries) == 1


def test_a_stopped_server_refuses_the_connection(smtp: MailSink) -> None:
    smtp.stop()
    with pytest.raises(ConnectionRefusedError):
        send(smtp)
