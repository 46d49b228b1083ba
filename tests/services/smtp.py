"""A real SMTP server on a free loopback port that keeps every raw message, and can refuse, hold or cut.

`smtp` is the fixture; Django's own settings point at it while it is used. What an office's mailbox row should hold is
`sink.host` and `sink.port`. Nothing here leaves the machine.
"""

import asyncio
import logging
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, TypeVar

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

T = TypeVar("T")


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


class MailSink:
    """What the server does with mail; its methods change that for everything sent afterwards."""

    host = "127.0.0.1"
    port: int  # what the system gave; known once it listens

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self._arrived = threading.Condition()
        self._refused_recipients: dict[str, str] = {}
        self._answer_to_message = ""
        self._cut = ""
        self._held: threading.Event | None = None
        self._holding = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._connections: list[SMTP] = []

    def start(self) -> None:
        """Listen on a free port, in a thread of its own."""
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail sink", daemon=True)
        self._thread.start()
        self._server = self._in_thread(self._listen())
        self.port = int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Close every connection and stop listening: from now on a connection is refused."""
        if self._loop.is_closed():
            return
        self.release()
        self._in_thread(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _in_thread(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._connection, "127.0.0.1", 0)

    def _connection(self) -> SMTP:
        connection = SMTP(self, hostname="mail.example.org", enable_SMTPUTF8=True, loop=self._loop)
        self._connections.append(connection)
        return connection

    async def _close(self) -> None:
        self._server.close()
        for connection in self._connections:
            if connection.transport is not None:
                connection.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # the transports close their sockets on the loop's next round

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
        """Give no answer to a message (a slow server) until `release()`; one whose sender gives up is not kept."""
        self._held = threading.Event()
        self._holding.clear()

    def wait_until_holding(self, timeout: float = 20) -> None:
        """Wait until a message has come that is held."""
        if not self._holding.wait(timeout):
            pytest.fail(f"No message reached the mail server in {timeout} s")

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

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Called by aiosmtpd for each recipient."""
        refusal = self._refused_recipients.get(address.lower())
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd when a message's bytes are there."""
        held = self._held  # whoever waits for this message may release it at once
        if held is not None:
            self._holding.set()
            await asyncio.get_running_loop().run_in_executor(None, held.wait)
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
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd writes a line for every word spoken
    sink = MailSink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    sink.stop()
