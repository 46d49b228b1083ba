"""Zip packages (.docx, .odt, .ofd): which of them it is, and their parts, unpacked within limits.

A package is checked by its directory and then by unpacking every entry in a stream, because a directory may lie.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from jinguo.gongwen.guard import Kind
from jinguo.gongwen.refusals import Unreadable

MAX_ENTRIES = 2_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 100

_MAX_DIRECTORY = 4 * 1024 * 1024  # bytes of zip directory; 2,000 ordinary entries need about 0.2 MiB
_RATIO_FLOOR = 1024 * 1024  # below this a high ratio is ordinary: short repetitive XML packs very well
_CHUNK = 64 * 1024
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError, NotImplementedError)


def kind_of_package(data: bytes) -> Kind:
    """Which kind of document a zip is, by its directory. Raises Unreadable for any other zip, and as `open_package`."""
    names = {entry.filename.lower() for entry in _entries(data)}
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names:
        if any(name.startswith("word/document") and name.endswith(".xml") for name in names):
            return "docx"
        raise Unreadable("not_word")
    if "content.xml" in names and "mimetype" in names:
        _check_odt(data)
        return "odt"
    raise Unreadable("archive")


def open_package(data: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Check a zip and give the parts whose lower-case names are `wanted`.

    Raises Unreadable: damaged, encrypted, macros, zip_entries, zip_unpacked, zip_ratio.
    """
    entries = _entries(data)
    _check_directory(entries, len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpack(archive, entries, wanted)
    except _DAMAGE as error:
        raise Unreadable("damaged") from error


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    """The directory. Python reads it whole at opening: its size is looked at before that."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + 22 > len(data):
        raise Unreadable("damaged")
    count, size = struct.unpack_from("<HI", data, at + 10)
    if count > MAX_ENTRIES or size > _MAX_DIRECTORY:
        raise Unreadable("zip_entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except _DAMAGE as error:
        raise Unreadable("damaged") from error
    if len(entries) > MAX_ENTRIES:
        raise Unreadable("zip_entries")
    return entries


def _check_directory(entries: list[zipfile.ZipInfo], file_size: int) -> None:
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unreadable("damaged")  # no word processor packs otherwise
    if any(name.rsplit("/", 1)[-1].startswith("vbaproject") or "vbadata" in name for name in names):
        raise Unreadable("macros")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unreadable("zip_unpacked")
    # Entries that overlap one another claim more packed bytes than the file has.
    if sum(entry.compress_size for entry in entries) > file_size:
        raise Unreadable("zip_ratio")
    for entry in entries:
        _check_ratio(entry.file_size, entry.compress_size)


def _check_ratio(unpacked: int, packed: int) -> None:
    if unpacked > _RATIO_FLOOR and unpacked > MAX_RATIO * max(packed, 1):
        raise Unreadable("zip_ratio")


def _unpack(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], wanted: Callable[[str], bool]
) -> dict[str, bytes]:
    """Unpack everything once, counting: a directory may lie about sizes, and a later reader would believe it."""
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        name = entry.filename.lower()
        keep = io.BytesIO() if wanted(name) or name == "[content_types].xml" else None
        size = 0
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise Unreadable("zip_unpacked")
                _check_ratio(size, entry.compress_size)
                if keep is not None:
                    keep.write(chunk)
        if keep is not None:
            parts[name] = keep.getvalue()
    _check_content_types(parts.get("[content_types].xml", b""))
    return parts


def _check_content_types(xml: bytes) -> None:
    if b"macroEnabled" in xml or b"vnd.ms-office.vbaProject" in xml:
        raise Unreadable("macros")


def _check_odt(data: bytes) -> None:
    """What LibreOffice would open without asking: passwords, programs, and what its own parser would expand."""
    parts = open_package(data, lambda name: name in ("meta-inf/manifest.xml", "mimetype", "content.xml", "styles.xml"))
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise Unreadable("encrypted")
    names = {entry.filename.lower() for entry in _entries(data)}
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith(("/", "-lc.xml")) for name in names):
        raise Unreadable("macros")
    if not parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.text"):
        raise Unreadable("not_word")
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise Unreadable("damaged")
