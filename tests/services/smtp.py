"""A real SMTP server on a free loopback port that keeps every raw message, and can refuse, hold or cut.

`smtp` is the fixture; Django's own settings point at it while it is used. What an office's mailbox row should hold is
`sink.host` and `sink.port`. Nothing here leaves the machine.
"""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Delivery:
    """One message as the server received it."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The raw bytes as a parsed mail."""
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


class OnFreePort(Controller):
    """aiosmtpd's controller, told which port the system gave before it knocks on it."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailSink:
    """What the server does with mail; its methods change that for everything sent afterwards."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self._arrived = threading.Condition()
        self._refused_recipients: dict[str, str] = {}
        self._answer_to_message = ""
        self._cut = ""
        self._held: threading.Event | None = None
        self._controller = OnFreePort(self, hostname="127.0.0.1", port=0, enable_SMTPUTF8=True)

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening: from now on a connection is refused."""
        self.release()
        self._controller.stop()

    @property
    def host(self) -> str:
        """Where it listens; always loopback."""
        return "127.0.0.1"

    @property
    def port(self) -> int:
        """The port the system gave."""
        return int(self._controller.port)

    def refuse(self, recipient: str, answer: str = "550 5.1.1 no such mailbox") -> None:
        """Answer this to one recipient; a number from 400 to 499 is a passing refusal."""
        self._refused_recipients[recipient.lower()] = answer

    def refuse_messages(self, answer: str = "451 4.3.0 try again later") -> None:
        """Answer this to every message, after its bytes and without keeping it."""
        self._answer_to_message = answer

    def cut_before_keeping(self) -> None:
        """Close the connection when a message's bytes are there, without keeping it."""
        self._cut = "before"

    def cut_after_keeping(self) -> None:
        """Keep the message, then close the connection instead of saying so: the sender cannot know."""
        self._cut = "after"

    def hold(self) -> None:
        """Give no answer to a message (a slow server) until `release()`."""
        self._held = threading.Event()

    def release(self) -> None:
        """Answer what was held."""
        if self._held is not None:
            self._held.set()
            self._held = None

    def accept(self) -> None:
        """Be an ordinary server again."""
        self._refused_recipients.clear()
        self._answer_to_message = self._cut = ""
        self.release()

    def wait_for(self, count: int, timeout: float = 20) -> list[Delivery]:
        """The deliveries once there are at least `count`; fails the test when they do not come in `timeout` seconds."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: len(self.deliveries) >= count, timeout)
        if not came:
            pytest.fail(f"{len(self.deliveries)} of {count} expected messages reached the mail server in {timeout} s")
        return list(self.deliveries)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        """Called by aiosmtpd for each recipient."""
        refusal = self._refused_recipients.get(address.lower())
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd when a message's bytes are there."""
        if self._held is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._held.wait)
        if self._answer_to_message:
            return self._answer_to_message
        if self._cut != "before":
            raw = envelope.original_content or b""
            with self._arrived:
                self.deliveries.append(Delivery(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
                self._arrived.notify_all()
        if self._cut and server.transport is not None:
            server.transport.abort()
        return "250 2.6.0 kept"


@pytest.fixture
def smtp(settings) -> Iterator[MailSink]:
    """A mail server of this test's own; Django's mail goes to it instead of to memory."""
    sink = MailSink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    sink.stop()
