"""Carrying one message to the outside: the office's SMTP server, a group robot, the SMS gateway, or, for the
demonstration, a folder of files.

The moment that matters is the hand-over of the data. Before it, a failure is certain and sending again is safe; after it,
only the server's own answer is. So the caller notes the hand-over (`at_hand_over`) before the first byte of the data, and a
break between there and the answer is `Uncertain`, never a reason to send again by itself.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from django.conf import settings

from jinguo.federation.models import Office
from jinguo.federation.models.office import Security
from jinguo.lib import clock
from jinguo.messages import robots, sms
from jinguo.messages.faults import NotSent, Uncertain
from jinguo.messages.models import Channel, OutMessage

LEVELS = 6  # of offices above one another
TIMEOUT = 20  # seconds for each step of the conversation
SENDER_NOT_ACCEPTED = range(530, 540)  # signing in failed or is missing: a matter of the set-up, mended by a person


def compose(message: OutMessage) -> EmailMessage:
    """The e-mail as it travels: plain text, our own Message-ID, marked as written by a machine.

    Raises:
        NotSent: an address or a text no mail can carry; final.
    """
    office, box = message.office, mailbox_of(message.office)
    mail = EmailMessage()
    try:
        mail["From"] = formataddr((str(office), box.mail_from or "no-reply@example.org"))
        if office.mail_from and office.mail_from != box.mail_from:
            mail["Reply-To"] = office.mail_from
        mail["To"] = message.to
        mail["Subject"] = message.subject
        mail["Message-ID"] = message.message_id
        mail["Date"] = format_datetime(clock.local(clock.now()))
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.body, charset="utf-8", cte="base64")
        recipients = [found.addr_spec for found in mail["To"].addresses]
        if len(recipients) != 1 or not recipients[0].isascii() or "@" not in recipients[0]:
            raise ValueError("not one plain e-mail address")
    except ValueError as error:  # covers UnicodeError
        raise NotSent(f"收信地址或内容无法寄出 / cannot be written as an e-mail: {error}"[:280], final=True) from error
    return mail


def mailbox_of(office: Office) -> Office:
    """The office whose mailbox this one's letters go by: its own, else the nearest above it that has one (DESIGN §4)."""
    found: Office | None = office
    for _level in range(LEVELS):
        if found is None or found.mail_host:
            break
        found = found.parent
    return found if found is not None and found.mail_host else office


def carry(message: OutMessage, at_hand_over: Callable[[], None]) -> None:
    """Hand one message over by its channel.

    Args:
        at_hand_over: called once, just before the data go to the server; what it raises stops the sending.

    Raises:
        NotSent: it certainly did not leave.
        Uncertain: it may have left.
    """
    if message.channel != Channel.EMAIL:
        if settings.MAIL == "folder":
            _into_folder(f"{message.code}.txt", f"{message.channel} {message.to}\n\n{message.body}\n".encode())
            return
        (sms if message.channel == Channel.SMS else robots).carry(message, at_hand_over)
        return
    mail = compose(message)
    if settings.MAIL == "folder":
        _into_folder(f"{message.code}.eml", bytes(mail))
        return
    box = mailbox_of(message.office)
    if not box.mail_host:
        raise NotSent("还没有设置发信邮箱 / the office's mailbox is not set up yet")
    handing = _HandOver(at_hand_over)
    try:
        server = _connect(box)
        try:
            _converse(server, box, mail, handing)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()  # the answer is already known; how the two part changes nothing
            server.close()
    except smtplib.SMTPResponseException as error:
        raise NotSent(_answer(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException) as error:
        if handing.begun:
            raise Uncertain(str(error)[:280]) from error
        raise NotSent((str(error) or type(error).__name__)[:280]) from error


class _HandOver:
    def __init__(self, at_hand_over: Callable[[], None]) -> None:
        self.at_hand_over, self.begun = at_hand_over, False

    def begin(self) -> None:
        self.at_hand_over()
        self.begun = True


def _into_folder(name: str, data: bytes) -> None:
    """One file a message: writing it a second time after a crash changes nothing."""
    folder = Path(settings.DATA) / "mail"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = folder / f".{name}"
    beside.write_bytes(data)
    beside.replace(folder / name)


def _converse(server: smtplib.SMTP, office: Office, mail: EmailMessage, handing: _HandOver) -> None:
    server.ehlo_or_helo_if_needed()
    if office.mail_user:
        server.login(office.mail_user, office.mail_code)
    _expect(server.mail(office.mail_from or "no-reply@example.org"))
    _expect(server.rcpt(mail["To"].addresses[0].addr_spec))
    code, answer = server.docmd("DATA")
    if code != 354:
        _expect((max(code, 400), answer))
    data = mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))
    handing.begin()
    server.send(re.sub(rb"(?m)^\.", b"..", data).rstrip(b"\r\n") + b"\r\n.\r\n")
    outcome = server.getreply()
    handing.begun = False
    _expect(outcome)


def _expect(outcome: tuple[int, bytes]) -> None:
    """Go on after a positive answer; a refusal for good is final unless it is about the sender's own set-up."""
    code, answer = outcome
    if code >= 400:
        raise NotSent(_answer(code, answer), final=code >= 500 and code not in SENDER_NOT_ACCEPTED)


def _answer(code: int, answer: bytes | str) -> str:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {words}"[:280]


def _connect(office: Office) -> smtplib.SMTP:
    # Named by the sender's domain: smtplib would else ask the name server for this machine's own name, which takes
    # seconds on a closed network and tells it to the other side.
    here = office.mail_from.rsplit("@", 1)[-1] or "localhost"
    if office.mail_security == Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(office.mail_host, office.mail_port, here, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(office.mail_host, office.mail_port, here, timeout=TIMEOUT)
    if office.mail_security == Security.STARTTLS:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
