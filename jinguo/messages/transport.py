"""Carrying one e-mail to the outside: the office's SMTP server, or a folder of .eml files for the demonstration."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from django.conf import settings

from jinguo.federation.models import Office
from jinguo.federation.models.office import Security
from jinguo.lib import clock
from jinguo.messages.models import OutMessage

TIMEOUT = 20  # seconds for each step of the conversation


class NotSent(Exception):
    """The message did not leave.

    Attributes:
        final: true when trying again cannot help (the server refused this address or this sender for good).
    """

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


class Uncertain(Exception):
    """The connection broke after the data were handed over: perhaps sent, perhaps not."""


def compose(message: OutMessage) -> EmailMessage:
    """The e-mail as it travels: plain text, our own Message-ID, marked as written by a machine."""
    office = message.office
    mail = EmailMessage()
    mail["From"] = formataddr((str(office), office.mail_from or "no-reply@example.org"))
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(clock.local(clock.now()))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, charset="utf-8", cte="base64")
    return mail


def carry(message: OutMessage) -> None:
    """Hand one message over.

    Raises:
        NotSent: it certainly did not leave.
        Uncertain: it may have left.
    """
    mail = compose(message)
    if settings.MAIL == "folder":
        folder = Path(settings.DATA) / "mail"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = folder / f".{message.code}"
        beside.write_bytes(bytes(mail))
        beside.replace(folder / f"{message.code}.eml")
        return
    if not message.office.mail_host:
        raise NotSent("还没有设置发信邮箱 / the office's mailbox is not set up yet")
    _by_smtp(message.office, mail)


def _by_smtp(office: Office, mail: EmailMessage) -> None:
    handed_over = False
    try:
        with _connect(office) as server:
            if office.mail_user:
                server.login(office.mail_user, office.mail_code)
            server.mail(office.mail_from)
            code, answer = server.rcpt(str(mail["To"]))
            if code >= 400:
                raise NotSent(f"{code} {answer.decode(errors='replace')[:200]}", final=code >= 500)
            handed_over = True
            code, answer = server.data(mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")))
            handed_over = False
            if code >= 400:
                raise NotSent(f"{code} {answer.decode(errors='replace')[:200]}", final=code >= 500)
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"{error.smtp_code} {error.smtp_error!r}"[:280]) from error
    except (OSError, smtplib.SMTPException) as error:
        if handed_over:
            raise Uncertain(str(error)[:280]) from error
        raise NotSent(str(error)[:280]) from error


def _connect(office: Office) -> smtplib.SMTP:
    if office.mail_security == Security.TLS:
        return smtplib.SMTP_SSL(
            office.mail_host, office.mail_port, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(office.mail_host, office.mail_port, timeout=TIMEOUT)
    if office.mail_security == Security.STARTTLS:
        server.starttls(context=ssl.create_default_context())
    server.ehlo_or_helo_if_needed()
    return server
