"""A real IMAP server on a free loopback port, as NetEase keeps its mailboxes: SELECT is refused until the client says who it
is (ID, RFC 2971). Mails are raw bytes; the server can begin its numbers anew, cut connections, be slow or away.

`imap` is the fixture; what a mailbox row should hold is `imap.host`, `imap.port`, `imap.user`, `imap.password`.
"""

import contextlib
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from jinguo.lib import clock

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass
class Held:
    """One mail in the mailbox."""

    uid: int
    raw: bytes
    received_at: datetime

    @property
    def internal_date(self) -> str:
        when = clock.local(self.received_at)
        return f"{when.day:2d}-{_MONTHS[when.month - 1]}-{when.year} {when:%H:%M:%S} +0800"


class Mailbox:
    """What the server holds and how it behaves from now on."""

    host, user, password = "127.0.0.1", "fulian@example.org", "shouquanma"

    def __init__(self) -> None:
        self.mails: list[Held] = []
        self.uid_validity = 1
        self.needs_id = True
        self.knows_id = True
        self.cut_at_fetch = 0  # the connection breaks in the middle of this FETCH of a mail, counted from 1
        self.fetches = 0
        self.commands: list[str] = []
        self.port = 0
        self._server = _Server(("127.0.0.1", 0), _Conversation)
        self._server.box = self

    def start(self) -> None:
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Close; from now on a connection is refused."""
        with contextlib.suppress(OSError):
            self._server.shutdown()
            self._server.server_close()

    def put(self, raw: bytes, received_at: datetime | None = None) -> Held:
        """A mail comes in."""
        uid = self.mails[-1].uid + 1 if self.mails else 1
        held = Held(uid, raw, (received_at or clock.now()).replace(microsecond=0))
        self.mails.append(held)
        return held

    def begin_anew(self) -> None:
        """Restored from a backup: another UIDVALIDITY, all numbers new."""
        self.uid_validity += 1
        for number, held in enumerate(self.mails, 101):
            held.uid = number


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    box: Mailbox


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.box, self.is_known, self.has_said_id, self.is_open = self.server.box, False, False, False
        self.say(b"* OK ready")
        with contextlib.suppress(ConnectionError):
            while line := self.rfile.readline(100_000):
                if not self.obey(line.rstrip(b"\r\n").decode("latin-1")):
                    return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def done(self, tag: str, answer: str) -> bool:
        self.say(f"{tag} {answer}".encode())
        return True

    def obey(self, line: str) -> bool:
        """One command; False ends the conversation."""
        tag, _space, rest = line.partition(" ")
        name = rest.split(" ")[0].upper()
        self.box.commands.append(name if name != "UID" else " ".join(rest.upper().split(" ")[:2]))
        if name == "LOGOUT":
            self.say(b"* BYE")
            self.done(tag, "OK done")
            return False
        if name == "CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1 ID UIDPLUS")
            return self.done(tag, "OK done")
        if name == "ID":
            return self.identify(tag, rest)
        if name == "LOGIN":
            return self.login(tag, rest)
        if name in ("SELECT", "EXAMINE"):
            return self.select(tag, name)
        if name == "UID" and self.is_open:
            return self.uid(tag, rest[4:])
        return self.done(tag, "BAD not here")

    def identify(self, tag: str, rest: str) -> bool:
        if not self.box.knows_id:
            return self.done(tag, "BAD unknown command")
        if not re.fullmatch(r'ID \((?:"[^"]*" "[^"]*" ?)+\)', rest):  # a list of quoted pairs, nothing else
            return self.done(tag, "BAD parse error")
        self.has_said_id = True
        self.say(b'* ID ("name" "test")')
        return self.done(tag, "OK ID completed")

    def login(self, tag: str, rest: str) -> bool:
        user, password = (word.strip('"') for word in rest.split(" ")[1:3])
        if (user, password) != (self.box.user, self.box.password):
            return self.done(tag, "NO LOGIN Login error or password error")
        self.is_known = True
        return self.done(tag, "OK LOGIN completed")

    def select(self, tag: str, name: str) -> bool:
        if not self.is_known:
            return self.done(tag, "BAD not signed in")
        if self.box.needs_id and not self.has_said_id:
            return self.done(tag, f"NO {name} Unsafe Login. Please contact kefu@example.org for help")
        self.is_open = True
        self.say(f"* {len(self.box.mails)} EXISTS".encode())
        self.say(f"* OK [UIDVALIDITY {self.box.uid_validity}] valid".encode())
        return self.done(tag, "OK [READ-ONLY] done" if name == "EXAMINE" else "OK [READ-WRITE] done")

    def uid(self, tag: str, rest: str) -> bool:
        command, _space, more = rest.partition(" ")
        if command.upper() == "SEARCH":
            return self.search(tag, more)
        numbers, _space, what = more.partition(" ")
        wanted = {int(one) for one in numbers.split(",")}
        for place, held in enumerate(list(self.box.mails), 1):
            if held.uid in wanted and not self.fetch(place, held, what):
                return False
        return self.done(tag, "OK FETCH completed")

    def search(self, tag: str, more: str) -> bool:
        match = re.fullmatch(r"UID (\d+):\* SINCE (\d\d)-(\w{3})-(\d{4})", more)
        if match is None:
            return self.done(tag, "BAD search")
        first, since = int(match[1]), (int(match[4]), _MONTHS.index(match[3]) + 1, int(match[2]))
        last = self.box.mails[-1].uid if self.box.mails else 0
        found = [
            held.uid
            for held in self.box.mails
            if (held.uid >= first or held.uid == last) and clock.local(held.received_at).timetuple()[:3] >= since
        ]
        self.say(("* SEARCH " + " ".join(map(str, found))).encode())
        return self.done(tag, "OK SEARCH completed")

    def fetch(self, place: int, held: Held, what: str) -> bool:
        if "BODY" not in what:
            self.say(f"* {place} FETCH (UID {held.uid} RFC822.SIZE {len(held.raw)})".encode())
            return True
        self.box.fetches += 1
        cut = re.search(r"<0\.(\d+)>", what)
        raw = held.raw[: int(cut[1])] if cut else held.raw
        head = f'* {place} FETCH (UID {held.uid} INTERNALDATE "{held.internal_date}" BODY[] {{{len(raw)}}}\r\n'.encode()
        if self.box.fetches == self.box.cut_at_fetch:
            self.wfile.write(head + raw[: len(raw) // 2])
            self.connection.close()
            return False
        self.wfile.write(head + raw + b")\r\n")
        return True


@pytest.fixture
def imap() -> Iterator[Mailbox]:
    """A mailbox of 163's kind, empty."""
    box = Mailbox()
    box.start()
    try:
        yield box
    finally:
        box.stop()
