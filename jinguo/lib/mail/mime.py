"""The tree of a mail, walked once and within limits. Whatever is wrong with it, there is a `Letter` in the end.

Our own walk, because Python's mail package takes 14 s for 50,000 parts and gives up at 3,000 levels (reference/reliability §5).
"""

import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from jinguo.lib.mail.archives import Bomb, open_tnef, pictures_of_docx, unzip
from jinguo.lib.mail.charsets import to_text
from jinguo.lib.mail.files import kind_by_content
from jinguo.lib.mail.headers import (
    Headers,
    addresses,
    from_base64,
    message_ids,
    split_headers,
    value_and_parameters,
)
from jinguo.lib.mail.letter import Letter, Part
from jinguo.lib.mail.links import large_links
from jinguo.lib.mail.plain import text_of_html

MAX_DEPTH = 20
MAX_PARTS = 200
MAX_BODY = 200_000  # characters
MAX_HTML = 2_000_000
MARKS = (
    "auto-submitted", "precedence", "x-autoreply", "x-autorespond", "x-auto-response-suppress", "return-path", "list-id",
    "list-unsubscribe", "x-failed-recipients", "x-mailer", "feedback-id", "x-loop", "x-qq-mid", "content-type",
)  # fmt: skip

Reading = Callable[[str, bytes], tuple[str, str]]


def nothing_read(kind: str, data: bytes) -> tuple[str, str]:
    """Names and sizes only."""
    return "", ""


@dataclass
class _Walk:
    """What has been gathered so far."""

    read: Reading
    parts: list[Part] = field(default_factory=list)
    bytes_of: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    report: str = ""
    about_ids: list[str] = field(default_factory=list)
    seen: int = 0

    def note(self, code: str) -> None:
        if code and code not in self.notes:
            self.notes.append(code)


def read_letter(data: bytes, read: Reading = nothing_read) -> Letter:
    """Decode one mail.

    Args:
        read: gives (text, problem) for the bytes of an attachment of a kind; by default nothing of it is read.
    """
    return walk(data, read)[0]


def walk(data: bytes, read: Reading = nothing_read) -> tuple[Letter, list[bytes]]:
    """The letter, and the bytes of each of its parts in the same order."""
    headers, rest = split_headers(data)
    found = _Walk(read)
    if headers.cut:
        found.note("headers_cut")
    _entity(headers, rest, found, depth=0, inside=0)
    _keep_pictures(found)
    return _letter(headers, found), found.bytes_of


def _letter(headers: Headers, found: _Walk) -> Letter:
    senders = addresses(headers.get("from"))
    name, sender = senders[0] if senders else (headers.get("from")[:80], "")
    replies = addresses(headers.get("reply-to"))
    body = "\n\n".join(text for text in found.texts if text.strip())
    if len(body) > MAX_BODY:
        body = body[:MAX_BODY]
        found.note("body_cut")
    if len(senders) > 1:
        found.note("many_senders")
    marks = {name: headers.get(name)[:300] for name in MARKS if any(key == name for key, _value in headers.lines)}
    return Letter(
        subject=headers.get("subject")[:500], sender=sender, sender_name=name[:80], reply_to=replies[0][1] if replies else "",
        to=tuple(address for _n, address in addresses(headers.get("to") + "," + headers.get("cc"))), date=headers.get("date")[:80],
        message_id=next(iter(message_ids(headers.get("message-id"))), "")[:250],
        in_reply_to=next(iter(message_ids(headers.get("in-reply-to"))), ""),
        references=tuple(message_ids(headers.get("references"))), marks=marks,
        results=tuple(one[:2000] for one in headers.all("authentication-results")[:10]), report=found.report[:8000],
        about_ids=tuple(found.about_ids[:20]), body=body, parts=tuple(found.parts),
        links=large_links(body, "\n".join(found.sources)), notes=tuple(found.notes),
    )  # fmt: skip


def _entity(headers: Headers, rest: bytes, found: _Walk, depth: int, inside: int) -> None:
    """One node of the tree."""
    found.seen += 1
    if found.seen > MAX_PARTS:
        return found.note("too_many_parts")
    media, given = value_and_parameters(headers.of("content-type") or b"text/plain")
    media = media if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,100}", media) else "text/plain"
    if media.startswith("multipart/") and given.get("boundary"):
        if depth >= MAX_DEPTH:
            return _file(headers, rest, media, "", found, inside, "too_deep")
        return _multipart(media, given["boundary"], rest, found, depth, inside)
    content = _decoded(headers, rest)
    disposition, more = value_and_parameters(headers.of("content-disposition"))
    name = more.get("filename") or given.get("name") or ""
    if media == "message/rfc822" or (media == "message/rfc822-headers"):
        return _nested(headers, content, name, found, depth, inside)
    if media in ("message/delivery-status", "text/rfc822-headers") and not name:
        text = to_text(content, given.get("charset", ""))[0]
        found.report += text + "\n"
        found.about_ids += message_ids("\n".join(re.findall(r"(?im)^(?:message-id|references):(.*)$", text)))
        return None
    plain = media in ("text/plain", "text/html") and disposition != "attachment" and not name
    if plain and not _is_file(content):
        return _text(media, content, given.get("charset", ""), found)
    return _file(headers, content, media, name, found, inside, "", depth=depth)


def _is_file(content: bytes) -> bool:
    """Bytes that are a document although the mail calls them text."""
    return content.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"MZ\x90"))


def _text(media: str, content: bytes, charset: str, found: _Walk) -> None:
    if media == "text/html":
        charset = charset or _charset_in_page(content)
    text, note = to_text(content, charset)
    found.note(note)
    found.sources.append(text[:MAX_HTML])
    if media == "text/html":
        text, notes = text_of_html(text[:MAX_HTML])
        for one in notes:
            found.note(one)
    found.texts.append(text[: MAX_BODY * 2].strip("\n"))


def _charset_in_page(content: bytes) -> str:
    match = re.search(rb"charset\s*=\s*[\"']?([\w-]{2,30})", content[:4096])
    return match.group(1).decode("ascii", "replace") if match else ""


def _multipart(media: str, boundary: str, rest: bytes, found: _Walk, depth: int, inside: int) -> None:
    pieces = _pieces(rest, boundary.encode("utf-8", "replace"))
    if not pieces:
        found.note("no_boundary")
        headers, rest = split_headers(b"\n" + rest)
        return _entity(headers, rest, found, depth + 1, inside)
    if media != "multipart/alternative":
        for piece in pieces:
            _entity(*split_headers(piece), found, depth + 1, inside)
        return None
    return _alternative(pieces, found, depth, inside)


def _alternative(pieces: list[bytes], found: _Walk, depth: int, inside: int) -> None:
    """Of several forms of one text the plain one, or the first that says anything; where another form holds a table which the
    plain one has lost, that one. Files in all of them are kept."""
    texts, sources, chosen = found.texts, found.sources, list[str]()
    candidates: list[tuple[int, list[str]]] = []
    for piece in pieces:
        headers, rest = split_headers(piece)
        found.texts = list[str]()
        _entity(headers, rest, found, depth + 1, inside)
        plain = (headers.of("content-type") or b"text/plain").lower().startswith(b"text/plain")
        candidates.append((0 if plain else 1, found.texts))
    tabled = any(rank == 0 and _rows(texts) for rank, texts in candidates)
    for _rank, several in sorted(candidates, key=lambda one: (not tabled and not _rows(one[1]), one[0])):
        if any(text.strip() for text in several):
            chosen = several
            break
    found.texts, found.sources = texts + chosen, sources


def _rows(texts: list[str]) -> bool:
    """Whether a table people compare in stands there: three lines of three cells."""
    return sum(line.count("\t") > 1 for text in texts for line in text.splitlines()) > 2


def _pieces(rest: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the boundary lines; a missing last one costs nothing."""
    mark = b"--" + boundary
    starts: list[tuple[int, int]] = []
    at = rest.find(mark)
    while at >= 0 and len(starts) <= MAX_PARTS:
        end = rest.find(b"\n", at)
        end = len(rest) if end < 0 else end + 1
        tail = rest[at + len(mark) : end].strip(b" \t\r\n")
        if (at == 0 or rest[at - 1 : at] == b"\n") and tail in (b"", b"--"):
            starts.append((at, end))
            if tail == b"--":
                break
        at = rest.find(mark, end)
    pieces = []
    for number, (_at, end) in enumerate(starts):
        upto = starts[number + 1][0] if number + 1 < len(starts) else len(rest)
        if rest[_at + len(mark) :].startswith(b"--"):
            break
        pieces.append(re.sub(rb"\r?\n\Z", b"", rest[end:upto], count=1))
    return pieces


def _decoded(headers: Headers, rest: bytes) -> bytes:
    how = headers.get("content-transfer-encoding").lower().strip()
    if how == "base64":
        return from_base64(rest)
    if how == "quoted-printable":
        return binascii.a2b_qp(rest)
    if how in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uu(rest)
    return rest


def _from_uu(rest: bytes) -> bytes:
    out = []
    for line in rest.split(b"\n"):
        line = line.rstrip(b"\r")
        if not line or line.startswith((b"begin ", b"end")):
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(out)


def _nested(headers: Headers, content: bytes, name: str, found: _Walk, depth: int, inside: int) -> None:
    """A mail within the mail: kept as one part, and walked as well."""
    inner, rest = split_headers(content)
    found.about_ids += message_ids(inner.get("message-id"))
    title = name or (inner.get("subject")[:80] or "mail") + ".eml"
    if depth >= MAX_DEPTH:
        return _file(headers, content, "message/rfc822", title, found, inside, "too_deep")
    number = _keep(content, title, "message/rfc822", "eml", found, inside)
    if not number:
        return None
    texts = found.texts
    found.texts = [f"主题：{inner.get('subject')}", f"发件人：{inner.get('from')}"]
    _entity(inner, rest, found, depth + 1, number)
    said = "\n".join(found.texts)[: MAX_BODY // 4]
    found.texts = texts
    one = found.parts[number - 1]
    found.parts[number - 1] = Part(**{**one.__dict__, "text": said})


def _file(
    headers: Headers, content: bytes, media: str, name: str, found: _Walk, inside: int, problem: str, depth: int = 0
) -> None:
    """An attachment: kept, named, told by its content, and opened if it holds other files."""
    found.note(problem)
    inline = (
        bool(headers.of("content-id")) and value_and_parameters(headers.of("content-disposition"))[0] != "attachment"
    )
    keep_file(content, name, media, found, inside, problem, inline, depth)


def keep_file(
    content: bytes,
    name: str,
    media: str,
    found: "_Walk",
    inside: int,
    problem: str = "",
    inline: bool = False,
    depth: int = 0,
) -> None:
    """One file and what lies inside it."""
    kind, why = kind_by_content(content, name)
    problem = problem or why
    if kind == "eml" and not problem and depth < MAX_DEPTH:
        return _nested(Headers(()), content, name, found, depth + 1, inside)
    number = _keep(content, name, media, kind, found, inside, problem, inline)
    if not number or problem:
        return None
    if kind == "zip":
        return _open_zip(content, number, found, depth)
    if kind == "tnef":
        text, files = open_tnef(content)
        if text.strip():
            found.texts.append(text)
        for inner, data in files:
            keep_file(data, inner, "application/octet-stream", found, number, depth=depth + 1)
        return None
    text, problem = found.read(kind, content)
    one = found.parts[number - 1]
    found.parts[number - 1] = Part(**{**one.__dict__, "text": text, "problem": problem})
    return None


def _open_zip(content: bytes, number: int, found: _Walk, depth: int) -> None:
    problem = ""
    if depth >= 3:
        problem = "too_deep"
    else:
        try:
            for name, data in unzip(content):
                keep_file(data, name, "application/octet-stream", found, number, depth=depth + 1)
        except Bomb as bomb:
            problem = bomb.code
    if problem:
        found.note(problem)
        found.parts[number - 1] = Part(**{**found.parts[number - 1].__dict__, "problem": problem})


def _keep_pictures(found: _Walk) -> None:
    """The photographs in each .docx. They come behind everything else: a part keeps the number it has always had."""
    for part, content in list(zip(found.parts, found.bytes_of, strict=True)):
        if part.kind == "docx":
            for name, picture in pictures_of_docx(content):
                if _is_photo(picture):
                    _keep(picture, name, "application/octet-stream", "picture", found, part.number)


def _is_photo(content: bytes) -> bool:
    """A JPEG, or a PNG without transparency: what can be seen through is a seal, a signature or a drawing."""
    colours = content[25:26]
    return content.startswith(b"\xff\xd8\xff") or (
        content.startswith(b"\x89PNG\r\n\x1a\n") and colours not in (b"\x04", b"\x06") and b"tRNS" not in content[:4096]
    )


def _keep(
    content: bytes, name: str, media: str, kind: str, found: _Walk, inside: int, problem: str = "", inline: bool = False
) -> int:
    """Number of the part it became; 0 when there are too many already."""
    if len(found.parts) >= MAX_PARTS:
        found.note("too_many_parts")
        return 0
    number = len(found.parts) + 1
    digest = hashlib.sha256(content).hexdigest()
    found.parts.append(
        Part(number, shown_name(name), media, kind, len(content), digest, inside, inline, "", problem)
    )  # fmt: skip
    found.bytes_of.append(content)
    return number


def shown_name(name: str) -> str:
    """A file name fit to show: the last part of a path, no control signs, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip(" .")[-120:]
