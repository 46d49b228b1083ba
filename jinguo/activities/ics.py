"""Sessions and dates as iCalendar files (RFC 5545), for people's own calendars. Pure: values in, bytes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar is told. Instants are aware.

    Attributes:
        uid: stays the same when the session is moved, so that an import replaces the older entry.
        sequence: grows with every change.
        free: a date to keep, not hours she is away: whoever looks for a free hour finds this one free.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False
    sequence: int = 0
    free: bool = False


def calendar_file(entry: CalendarEntry) -> bytes:
    """The whole file of one entry: UTF-8, CRLF, lines of at most 75 bytes."""
    return _file([], [entry])


def calendar_feed(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar to subscribe to, with its name and how often to look again (RFC 7986)."""
    head = [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    return _file(head, entries)


def _file(head: list[str], entries: Iterable[CalendarEntry]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jinguo//CN", "METHOD:PUBLISH", *head]
    for entry in entries:
        lines += _event(entry)
    return b"\r\n".join(_fold(line) for line in [*lines, "END:VCALENDAR", ""])


def _event(entry: CalendarEntry) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_instant(entry.made_at)}",
        f"DTSTART:{_instant(entry.starts_at)}",
        f"DTEND:{_instant(entry.ends_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_text(entry.title)}",
    ]
    lines += ["TRANSP:TRANSPARENT"] if entry.free else []
    lines += [f"LOCATION:{_text(entry.place)}"] if entry.place else []
    lines += [f"DESCRIPTION:{_text(entry.text)}"] if entry.text else []
    lines += [f"URL:{entry.url}"] if entry.url else []
    return [*lines, "END:VEVENT"]


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    kept = "".join(c for c in value if c.isprintable() or c == "\n")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(plain, escaped)
    return kept


def _fold(line: str) -> bytes:
    """Break after at most 75 bytes, never inside a character; a continued line begins with a space."""
    pieces: list[bytes] = []
    current = b""
    for character in line:
        encoded = character.encode()
        if len(current) + len(encoded) > (75 if not pieces else 74):
            pieces.append(current)
            current = b""
        current += encoded
    return b"\r\n ".join([*pieces, current])
