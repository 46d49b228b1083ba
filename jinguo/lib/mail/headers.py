"""Header lines: RFC 2047 words, RFC 2231 parameters, and what senders write instead of either. Linear, with limits."""

import binascii
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from jinguo.lib.mail.charsets import to_text

MAX_BYTES = 256 * 1024  # all header lines of one mail or part
MAX_LINES = 1_000
MAX_VALUE = 8_000  # bytes of one header that are decoded; a 360 KB subject stopped Python's own parser for 20 s

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_ADDRESS = re.compile(r"[^\s<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


@dataclass(frozen=True)
class Headers:
    """The header lines of a mail or part: (name in small letters, raw value unfolded), in order."""

    lines: tuple[tuple[str, bytes], ...]
    cut: bool = False

    def of(self, name: str) -> bytes:
        return next((value for key, value in self.lines if key == name), b"")

    def all(self, name: str) -> list[str]:
        return [words(value) for key, value in self.lines if key == name]

    def get(self, name: str) -> str:
        """The first header of this name, decoded; "" when there is none."""
        return words(self.of(name))


def split_headers(data: bytes) -> tuple[Headers, bytes]:
    """Header lines and what follows the first empty line. A part that begins with an empty line has no headers."""
    start = data[:MAX_BYTES]
    end = re.search(rb"\r?\n\r?\n|\A\r?\n", start)
    cut = end is None and len(data) > MAX_BYTES
    head, rest = (start[: end.start()], data[end.end() :]) if end else (start, b"")
    if end is None and not re.match(rb"[!-9;-~]{1,200}:", start):
        return Headers(()), data  # not one header line: all of it is the text
    lines: list[tuple[str, bytes]] = []
    name, value = "", [b""]
    for line in re.split(rb"\r\n|\n|\r", head)[: MAX_LINES * 4]:
        if line[:1] in (b" ", b"\t") and name:
            value.append(b" " + line.strip())
            continue
        if name:
            lines.append((name, b"".join(value)))
        key, colon, tail = line.partition(b":")
        name = key.strip().decode("latin-1").lower() if colon and len(key) < 200 else ""
        value = [tail.strip()]
    if name:
        lines.append((name, b"".join(value)))
    return Headers(tuple(lines[:MAX_LINES]), cut or len(lines) > MAX_LINES), rest


def words(raw: bytes) -> str:
    """A header value as text: encoded words put together bytewise, since senders split signs between them."""
    if len(raw) > MAX_VALUE:
        raw = raw[:MAX_VALUE].rpartition(b" ")[0]  # not in the middle of a word
    text, _note = to_text(raw)
    pieces: list[tuple[str, bytes]] = []  # (charset, bytes); text between words as UTF-8
    at = 0
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        if between.strip() or not pieces:
            _add(pieces, "utf-8", between.encode("utf-8", "replace"))
        charset = match.group(1).split("*")[0].lower()
        _add(pieces, charset, _word_bytes(match.group(2).lower(), match.group(3)))
        at = match.end()
    _add(pieces, "utf-8", text[at:].encode("utf-8", "replace"))
    joined = "".join(to_text(data, charset)[0] for charset, data in pieces)
    return " ".join(joined.split())


def _add(pieces: list[tuple[str, bytes]], charset: str, data: bytes) -> None:
    if pieces and pieces[-1][0] == charset:
        data = pieces.pop()[1] + data
    if data:
        pieces.append((charset, data))


def _word_bytes(how: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    return from_base64(raw) if how == "b" else binascii.a2b_qp(raw, header=True)


def from_base64(raw: bytes) -> bytes:
    """Base64 as far as it goes: foreign signs, a missing end or text behind it cost nothing else. Never raises."""
    pure = raw.translate(None, _NOT_BASE64)
    if len(pure) % 4 == 1:
        pure = pure[:-1]
    return binascii.a2b_base64(pure + b"=" * (-len(pure) % 4))


def value_and_parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="gbk"` as the value in small letters and its parameters, decoded."""
    first, *rest = _split(raw[:MAX_VALUE])
    plain: dict[str, bytes] = {}
    pieces: dict[str, dict[int, tuple[bool, bytes]]] = {}
    for one in rest[:200]:
        key, equals, value = one.partition(b"=")
        name = key.strip().lower().decode("latin-1")
        if not equals or not name:
            continue
        value = _unquoted(value.strip())
        match = re.fullmatch(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", name)
        if match and "*" in name:
            pieces.setdefault(match.group(1), {}).setdefault(int(match.group(2) or 0), (bool(match.group(3)), value))
        else:
            plain.setdefault(name, value)
    found = {name: words(value) for name, value in plain.items()}
    found |= {name: _joined(parts) for name, parts in pieces.items()}
    return first.strip().decode("latin-1").lower(), found


def _joined(parts: dict[int, tuple[bool, bytes]]) -> str:
    """RFC 2231: charset'language'%XX in the first piece, the others going on from it."""
    charset, data = "", b""
    for number, (encoded, value) in sorted(parts.items()):
        if encoded and number == min(parts) and value.count(b"'") >= 2:
            label, _language, value = value.split(b"'", 2)
            charset = label.decode("latin-1")
        data += unquote_to_bytes(value) if encoded else value
    if not charset and b"=?" in data:
        return words(data)
    return " ".join(to_text(data, charset)[0].split())


def _split(raw: bytes) -> list[bytes]:
    """At semicolons that stand outside quotes."""
    parts, start, quoted, escaped = [], 0, False, False
    for at, byte in enumerate(raw):
        if escaped:
            escaped = False
        elif byte == 0x5C and quoted:
            # in GBK a backslash may be the second half of a sign; it escapes only quotes and itself
            escaped = raw[at + 1 : at + 2] in (b'"', b"\\")
        elif byte == 0x22:
            quoted = not quoted
        elif byte == 0x3B and not quoted:
            parts.append(raw[start:at])
            start = at + 1
    return [*parts, raw[start:]]


def _unquoted(value: bytes) -> bytes:
    if len(value) > 1 and value[:1] == value[-1:] == b'"':
        value = value[1:-1]
        return value.replace(b'\\"', b'"').replace(b"\\\\", b"\\") if b"\\" in value else value
    return value.strip(b'"')


def addresses(value: str) -> list[tuple[str, str]]:
    """(name, address in small letters) of each address in a decoded header, at most 200."""
    found, at = [], 0
    for match in _ADDRESS.finditer(value[:MAX_VALUE]):
        name = value[at : match.start()].strip(" \t<,;\"'")
        found.append((name.replace("\\", ""), match.group().lower().strip(".")))
        at = match.end() + 1
    return found[:200]


def message_ids(value: str) -> list[str]:
    """Every <…> of a References or In-Reply-To header, at most 100."""
    return re.findall(r"<[^<>\s]{3,250}>", value)[:100]
