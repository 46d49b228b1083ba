"""Speaking IMAP to a mailbox (RFC 3501), so that 163.com and its like answer.

After LOGIN the client says who it is (ID, RFC 2971), always: imap.163.com and imap.126.com refuse SELECT without it. Nothing
in the mailbox is changed: the folder is opened read-only and mails are peeked at.
"""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from jinguo.lib import limits
from jinguo.mails.models.mailbox import Security

TIMEOUT = 30  # seconds for each answer
HEAD_BYTES = 64 * 1024  # fetched of a mail that is too large
ID = '("name" "jinguo" "version" "1.0" "vendor" "jinguo" "support-url" "about:blank")'
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHEN = re.compile(
    rb'INTERNALDATE "\s?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE
)
_SIZE = re.compile(rb"UID (\d+).*?RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+).*?UID (\d+)", re.IGNORECASE)
imaplib._MAXLINE = 10_000_000  # type: ignore[attr-defined]  # a SEARCH answer with 100,000 numbers is one line


class Fault(Exception):
    """The mailbox cannot be read now; `code` is one of `unreachable`, `tls`, `login`, `select`, `broken`."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(f"{code}: {said}")
        self.code, self.said = code, said


@dataclass(frozen=True)
class Door:
    """What is needed to open a mailbox."""

    host: str
    port: int
    security: str
    user: str
    secret: str


@dataclass(frozen=True)
class Fetched:
    """One mail as the server holds it. `is_cut`: it is larger than `limits.MAIL_BYTES`, only its beginning is here."""

    uid: int
    data: bytes
    received_at: datetime
    is_cut: bool = False


@contextlib.contextmanager
def opened(door: Door, timeout: float = TIMEOUT) -> Iterator["Box"]:
    """The mailbox, signed in and its INBOX open for reading. Raises Fault."""
    connection = _connect(door, timeout)
    try:
        with _faults("login"):
            connection.login(door.user, door.secret)
        with _faults("broken"), contextlib.suppress(imaplib.IMAP4.readonly):
            _say_who(connection)
        with _faults("select"):
            answer, said = connection.select("INBOX", readonly=True)
            if answer != "OK":
                raise Fault("select", str(said)[:200])
        yield Box(connection)
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            connection.logout()
        with contextlib.suppress(OSError):
            connection.shutdown()  # a connection that broke is not closed by saying goodbye


def _connect(door: Door, timeout: float) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    try:
        if door.security == Security.TLS:
            return imaplib.IMAP4_SSL(door.host, door.port, ssl_context=context, timeout=timeout)
        connection = imaplib.IMAP4(door.host, door.port, timeout=timeout)
        if door.security == Security.STARTTLS:
            connection.starttls(ssl_context=context)
        return connection
    except ssl.SSLError as fault:
        raise Fault("tls", str(fault)[:200]) from fault
    except (OSError, imaplib.IMAP4.error) as fault:
        raise Fault("unreachable", str(fault)[:200]) from fault


def _say_who(connection: imaplib.IMAP4) -> None:
    """A server that does not know ID says BAD; that is no fault."""
    with contextlib.suppress(imaplib.IMAP4.error):
        connection.xatom("ID", ID)


@contextlib.contextmanager
def _faults(code: str) -> Iterator[None]:
    try:
        yield
    except imaplib.IMAP4.abort as fault:
        raise Fault("broken", str(fault)[:200]) from fault
    except imaplib.IMAP4.error as fault:
        raise Fault(code, str(fault)[:200]) from fault
    except (OSError, ValueError, UnicodeError) as fault:
        raise Fault("broken", str(fault)[:200]) from fault


class Box:
    """An open mailbox."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self._connection = connection

    @property
    def uid_validity(self) -> int:
        """0 when the server does not say."""
        _name, values = self._connection.response("UIDVALIDITY")
        first = values[0] if values else None
        return int(first) if isinstance(first, bytes) and first.isdigit() else 0

    def uids(self, after: int, since: date) -> list[int]:
        """UIDs above `after` of mails the server took on or after a day, ascending. Raises Fault."""
        day = f"{since.day:02d}-{_MONTHS[since.month - 1].title()}-{since.year}"
        with _faults("broken"):
            answer, found = self._connection.uid("SEARCH", f"UID {after + 1}:*", "SINCE", day)
        if answer != "OK":
            raise Fault("broken", str(found)[:200])
        numbers = (found[0] or b"").split() if found else []
        return sorted(
            {int(one) for one in numbers if one.isdigit() and int(one) > after}
        )  # n:* also gives the last below n

    def sizes(self, uids: list[int]) -> dict[int, int]:
        """Bytes of each of these mails. Raises Fault."""
        if not uids:
            return {}
        with _faults("broken"):
            _answer, found = self._connection.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        sizes = {}
        for line in found or []:
            match = _SIZE.search(line) if isinstance(line, bytes) else None
            if match:
                a, b, c, d = match.groups()
                sizes[int(a or d)] = int(b or c)
        return sizes

    def fetch(self, uid: int, size: int) -> Fetched | None:
        """One mail; None when it is gone meanwhile. Raises Fault."""
        is_cut = size > limits.MAIL_BYTES
        what = f"BODY.PEEK[]<0.{HEAD_BYTES}>" if is_cut else "BODY.PEEK[]"
        with _faults("broken"):
            answer, found = self._connection.uid("FETCH", str(uid), f"(UID INTERNALDATE {what})")
        if answer != "OK":
            raise Fault("broken", str(found)[:200])
        literals = [item for item in found or [] if isinstance(item, tuple) and len(item) == 2]
        if not literals:
            return None
        around = b" ".join(item if isinstance(item, bytes) else item[0] for item in found if item)
        return Fetched(uid, bytes(literals[0][1]), _moment(around), is_cut)


def _moment(line: bytes) -> datetime:
    """INTERNALDATE as an instant.

    Raises:
        Fault: the server gave none; a mail without its hour of receipt is not taken.
    """
    match = _WHEN.search(line)
    if match is None or match.group(2).decode().lower() not in _MONTHS:
        raise Fault("broken", "no INTERNALDATE")
    day, month, year, hour, minute, second = match.group(1, 2, 3, 4, 5, 6)
    east = timedelta(hours=int(match.group(8)), minutes=int(match.group(9))) * (1 if match.group(7) == b"+" else -1)
    try:
        local = datetime(
            int(year), _MONTHS.index(month.decode().lower()) + 1, int(day), int(hour), int(minute), min(int(second), 59),
            tzinfo=timezone(east),
        )  # fmt: skip
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise Fault("broken", "bad INTERNALDATE") from fault
