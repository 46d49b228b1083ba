"""The old compound files (.doc, .wps): the directory alone, to tell what is inside before another program opens it.

After [MS-CFB] and the first bytes of [MS-DOC]'s file information block. Every chain is bounded by the file's length.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from jinguo.gongwen.guard import Kind
from jinguo.gongwen.refusals import Unreadable

_END = 0xFFFFFFFA  # and above: end of chain, free, not a sector
_ENTRY = 128
_MAX_ENTRIES = 4_000
_FIB_MAGIC = (0xA5EC, 0xA5DC)  # Word 97 and later, Word 6/95
_FIB_ENCRYPTED = 0x0100
_OTHERS = ("workbook", "book", "powerpoint document", "__properties_version1.0", "visiodocument")


@dataclass(frozen=True)
class Entry:
    """One name in the directory, with where its bytes begin and how many they are."""

    name: str
    start: int
    size: int


def kind_of_compound(data: bytes) -> Kind:
    """`doc` for a Word or WPS document. Raises Unreadable: encrypted, macros, not_word, damaged."""
    try:
        entries = {entry.name.lower(): entry for entry in _directory(data)}
    except struct.error as error:
        raise Unreadable("damaged") from error
    if "encryptedpackage" in entries:
        raise Unreadable("encrypted")
    if any(name in entries for name in _OTHERS) or "worddocument" not in entries:
        raise Unreadable("not_word" if entries else "damaged")
    if "macros" in entries or "_vba_project" in entries or "_vba_project_cur" in entries:
        raise Unreadable("macros")
    if _is_encrypted(data, entries["worddocument"]):
        raise Unreadable("encrypted")
    return "doc"


def _is_encrypted(data: bytes, stream: Entry) -> bool:
    """The flag in the information block, which begins the stream (never in a small sector: it is larger than 4 KiB)."""
    at = (stream.start + 1) << _shift(data)
    if at + 12 > len(data):
        raise Unreadable("damaged")
    magic, flags = struct.unpack_from("<H8xH", data, at)
    return magic in _FIB_MAGIC and bool(flags & _FIB_ENCRYPTED)


def _shift(data: bytes) -> int:
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise Unreadable("damaged")
    return int(shift)


def _directory(data: bytes) -> Iterator[Entry]:
    shift = _shift(data)
    (first,) = struct.unpack_from("<I", data, 48)
    fat = _table(data, shift)
    found = 0
    for sector in _chain(first, fat, (len(data) >> shift) + 1):
        base = (sector + 1) << shift
        for at in range(base, min(base + (1 << shift), len(data) - _ENTRY + 1), _ENTRY):
            (length,) = struct.unpack_from("<H", data, at + 64)
            found += 1
            if found > _MAX_ENTRIES:
                return
            if 2 < length <= 64:
                name = data[at : at + length - 2].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", data, at + 116)
                yield Entry(name, start, size)


def _table(data: bytes, shift: int) -> list[int]:
    """The sector table from the 109 places in the header; a larger one lies past any file we take at 512-byte sectors
    only when it exceeds 6.8 MiB, and its further places are followed."""
    places = list(struct.unpack_from("<109I", data, 76))
    (more, count) = struct.unpack_from("<II", data, 68)
    per = (1 << shift) // 4
    for _ in range(min(count, 1 + (len(data) >> shift))):
        if more >= _END:
            break
        found = struct.unpack_from(f"<{per}I", data, (more + 1) << shift)
        places += found[:-1]
        more = found[-1]
    table: list[int] = []
    for place in places:
        if place < _END and (place + 2) << shift <= len(data) + (1 << shift):
            chunk = data[(place + 1) << shift : (place + 2) << shift]
            table += struct.unpack(f"<{len(chunk) // 4}I", chunk[: len(chunk) // 4 * 4])
        if len(table) > (len(data) >> shift) + per:
            break
    return table


def _chain(first: int, table: list[int], most: int) -> Iterator[int]:
    at = first
    for _ in range(most):
        if at >= _END:
            return
        yield at
        at = table[at] if at < len(table) else _END
