"""How the mails of the corpus are put together, and what is expected of one."""

import base64
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tests.gongwen import papers
from tests.lib.mails import attached, word

ADDRESS = {
    "c.a": "c-a@example.org", "c.b": "c-b@example.org", "c.edu": "c-edu@example.org", "c.hos": "c-hos@example.org",
    "c.home": "c-home@example.org", "": "someone@example.org",
}  # fmt: skip
THREADS = {"c.a": "<notice-a@example.org>", "c.b": "<notice-b@example.org>", "c.edu": "<notice-edu@example.org>"}
TOKENS = {"c.a": "QF7K2M", "c.b": "H3TXWB", "c.edu": "9DKRNP"}


@dataclass(frozen=True)
class Expected:
    """One mail and what is to become of it.

    Attributes:
        unit: key of the unit in `tests.world`, "" for none.
        fields: values that must be understood exactly; None: this field must stay empty.
        several: names of all its activities, where it tells of more than one.
        parts: names of the files in it; links: names of attachments that are only links.
    """

    name: str
    raw: bytes
    kind: str
    fate: str
    unit: str = ""
    how: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    several: tuple[str, ...] = ()


@lru_cache(maxsize=200)
def docx(text: str) -> bytes:
    return papers.docx_of(text)


@lru_cache(maxsize=20)
def pdf(text: str) -> bytes:
    return papers.pdf_of(papers.pages_of(text))


@lru_cache(maxsize=20)
def xlsx(rows: tuple[tuple[Any, ...], ...]) -> bytes:
    import io

    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    return attached(content, f'attachment; filename="{word(name)}"'.encode(), kind.encode())


def picture(name: str = "照片1.jpg", size: int = 40_000) -> bytes:
    return file(name, b"\xff\xd8\xff\xe0" + bytes(range(256)) * (size // 256), "image/jpeg")


_numbers = iter(range(1, 10_000))


def mail(
    text: str,
    *,
    unit: str = "c.a",
    subject: str = "活动信息",
    sender: str = "",
    name: str = "信息员",
    files: tuple[bytes, ...] = (),
    charset: str = "utf-8",
    label: str = "",
    how: str = "8bit",
    kind: str = "plain",
    reply_to: str = "",
    more: str = "",
    raw_subject: bytes = b"",
) -> bytes:
    """One mail as a usual program writes it."""
    number = next(_numbers)
    head = [
        f"From: {word(name)} <{sender or ADDRESS[unit]}>", "To: <quan@example.org>", f"Message-ID: <corpus-{number}@example.org>",
        "Date: Mon, 1 Jan 2001 08:00:00 +0800", "MIME-Version: 1.0",
    ]  # fmt: skip
    if reply_to:
        head += [f"In-Reply-To: {reply_to}", f"References: {reply_to}"]
    lines = "\r\n".join(head).encode() + b"\r\n" + more.encode()
    lines += b"Subject: " + (raw_subject or word(subject, "utf-8").encode()) + b"\r\n"
    body = _text(text, charset, label or charset, how, kind)
    if not files:
        return lines + body
    mark = f"=_corpus{number}".encode()
    parts = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in (body, *files))
    return lines + b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n' + parts + b"--" + mark + b"--\r\n"


def _text(text: str, charset: str, label: str, how: str, kind: str) -> bytes:
    raw = text.encode(charset)
    if how == "base64":
        raw = base64.encodebytes(raw)
    elif how == "quoted-printable":
        raw = "".join(f"={byte:02X}" if byte > 126 or byte in (61, 13) else chr(byte) for byte in raw).encode()
        raw = b"\r\n".join(_folded(line) for line in raw.split(b"\n"))
    said = "" if label == "none" else f"; charset={label}"
    return f"Content-Type: text/{kind}{said}\r\nContent-Transfer-Encoding: {how}\r\n\r\n".encode() + raw


def _folded(line: bytes) -> bytes:
    out = []
    while len(line) > 75:
        cut = 72
        while b"=" in line[cut - 2 : cut] and cut > 60:
            cut -= 1
        out.append(line[:cut] + b"=")
        line = line[cut:]
    return b"\r\n".join([*out, line])


def news(
    title: str, *, day: str = "3月6日", place: str = "县人民医院", on_site: str = "80余名", unit: str = "东川县妇联"
) -> str:
    """A report as units write them; the facts are where a reader must find them."""
    return (
        f"{title}\n\n{day}，{unit}在{place}开展{title}活动，组织医护人员为前来的妇女群众提供检查和咨询，"
        f"{on_site}妇女群众参加。活动现场发放健康手册200份，解答问题60余个，受到大家的欢迎。\n"
    )
