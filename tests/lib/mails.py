"""Mails put together byte by byte, as Chinese senders' programs write them."""

import base64
import io
import struct
import zipfile

CRLF = "\r\n"


def word(text: str, charset: str = "utf-8", *, label: str = "", how: str = "B") -> str:
    """An RFC 2047 encoded word."""
    raw = text.encode(charset)
    body = base64.b64encode(raw).decode() if how == "B" else "".join(f"={byte:02X}" for byte in raw)
    return f"=?{label or charset}?{how}?{body}?="


def plain(
    text: str, charset: str = "utf-8", *, label: str | None = None, headers: str = "", subject: str = "test"
) -> bytes:
    """A one-part mail whose text is in `charset` and says it is in `label`."""
    said = charset if label is None else label
    kind = f"Content-Type: text/plain; charset={said}\r\n" if said else "Content-Type: text/plain\r\n"
    head = f"From: a@example.org\r\nSubject: {subject}\r\n{headers}{kind}Content-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + text.encode(charset)


def mixed(*parts: bytes, headers: str = "", kind: str = "mixed", boundary: str = "=_b") -> bytes:
    head = f'From: a@example.org\r\nSubject: test\r\n{headers}Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    lines = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return head.encode() + lines + b"--" + boundary.encode() + b"--\r\n"


def attached(content: bytes, disposition: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    """A base64 attachment whose header lines are given as bytes, so that they may be wrong."""
    head = b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: " + disposition
    return head + b"\r\n\r\n" + base64.encodebytes(content)


def zipped(files: dict[str, bytes], *, gbk_names: bool = False) -> bytes:
    """A .zip; with `gbk_names` as a Chinese Windows writes it, without the UTF-8 flag."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(files.items()):
            archive.writestr(f"{number:04d}".ljust(len(name.encode("gbk")), "x") if gbk_names else name, content)
    data = out.getvalue()
    if gbk_names:
        for number, name in enumerate(files):
            raw = name.encode("gbk")
            data = data.replace(f"{number:04d}".ljust(len(raw), "x").encode(), raw)
    return data


def tnef(text: str, files: dict[str, bytes]) -> bytes:
    """A winmail.dat."""

    def attribute(level: int, number: int, content: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)

    out = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x0002800C, text.encode("gbk") + b"\0")
    for name, content in files.items():
        out += attribute(2, 0x00069002, b"\0" * 14) + attribute(2, 0x00018010, name.encode("gbk") + b"\0")
        out += attribute(2, 0x0006800F, content)
    return out
