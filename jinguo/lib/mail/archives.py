"""What lies inside a .zip or a winmail.dat: names and bytes, each within limits, never written anywhere."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from jinguo.lib.mail.charsets import to_text

ENTRIES = 100
UNPACKED = 60 * 1024 * 1024
RATIO = 200
DOCX_PICTURES = 12
_RATIO_FLOOR = 1024 * 1024
_DIRECTORY = 1024 * 1024
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
_RELATIONS = "word/_rels/document.xml.rels"
_TARGET = re.compile(rb"""\sTarget\s*=\s*["']/?(?:word/)?(media/[^"'/]{1,80}\.(?:jpe?g|png))["']""", re.IGNORECASE)
_TNEF = b"\x78\x9f\x3e\x22"
_TITLE, _DATA, _BODY, _START = 0x00018010, 0x0006800F, 0x0002800C, 0x00069002


class Bomb(Exception):
    """The archive would unpack to something monstrous, or cannot be opened; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_tnef(data: bytes) -> bool:
    return data.startswith(_TNEF)


def names_of_zip(data: bytes) -> list[zipfile.ZipInfo]:
    """The directory of a zip, once its size is known to be harmless. Raises Bomb."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + 22 > len(data):
        raise Bomb("damaged")
    _count, size = struct.unpack_from("<HI", data, at + 10)
    if size > _DIRECTORY:
        raise Bomb("zip_entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except _DAMAGE as fault:
        raise Bomb("damaged") from fault


def unzip(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file in a zip, counted while it unpacks: a directory may lie. Raises Bomb."""
    entries = [entry for entry in names_of_zip(data) if not entry.is_dir()]
    if len(entries) > ENTRIES:
        raise Bomb("zip_entries")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Bomb("encrypted")
    if sum(entry.file_size for entry in entries) > UNPACKED:
        raise Bomb("zip_unpacked")
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in entries:
                content = _unpacked(archive, entry, UNPACKED - total)
                total += len(content)
                yield _name(entry), content
    except _DAMAGE as fault:
        raise Bomb("damaged") from fault


def pictures_of_docx(data: bytes) -> list[tuple[str, bytes]]:
    """(name, bytes) of the pictures in the text of a .docx, in the order of their names' numbers; not those of its heads and
    feet. What lies about its size gives none."""
    found: list[tuple[str, bytes]] = []
    try:
        entries = {entry.filename: entry for entry in names_of_zip(data)}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            relations = _unpacked(archive, entries[_RELATIONS], _DIRECTORY) if _RELATIONS in entries else b""
            names = {f"word/{name.decode('utf-8', 'replace')}" for name in _TARGET.findall(relations)} & entries.keys()
            left = UNPACKED
            for name in sorted(names, key=lambda one: (len(one), one))[:DOCX_PICTURES]:
                content = _unpacked(archive, entries[name], left)
                left -= len(content)
                found.append((name.rpartition("/")[2], content))
    except (*_DAMAGE, Bomb):
        return []
    return found


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    content = io.BytesIO()
    with archive.open(entry) as stream:
        while chunk := stream.read(65_536):
            content.write(chunk)
            size = content.tell()
            if size > left:
                raise Bomb("zip_unpacked")
            if size > _RATIO_FLOOR and size > RATIO * max(entry.compress_size, 1):
                raise Bomb("zip_ratio")
    return content.getvalue()


def _name(entry: zipfile.ZipInfo) -> str:
    """A name without the UTF-8 flag was written by a Chinese Windows: GBK, which Python took for cp437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return to_text(entry.filename.encode("cp437"))[0]
    except UnicodeEncodeError:
        return entry.filename


def open_tnef(data: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The text and the (name, bytes) of the files in a winmail.dat, as far as it is whole."""
    at, text, files = 6, "", list[tuple[str, bytes]]()
    while at + 9 <= len(data) and len(files) < ENTRIES:
        _level, attribute, size = struct.unpack_from("<BII", data, at)
        content = data[at + 9 : at + 9 + size]
        at += 9 + size + 2
        if attribute == _START:
            files.append(("", b""))
        elif attribute == _TITLE and files:
            files[-1] = (to_text(content.rstrip(b"\0"))[0], files[-1][1])
        elif attribute == _DATA and files:
            files[-1] = (files[-1][0], content)
        elif attribute == _BODY:
            text = to_text(content.rstrip(b"\0"))[0]
    return text, [(name, content) for name, content in files if content]
