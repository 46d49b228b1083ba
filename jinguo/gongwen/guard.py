"""What a stranger's file must pass before anything of it is parsed: size, kind by content, and the limits of a package.

Reads no prose and trusts no file name. Limits are those of the house for uploads; every refusal is an `Unreadable`.
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from jinguo.gongwen.refusals import Unreadable

MAX_FILE = 20 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 100
MAX_CHARACTERS = 200_000

_MAX_DIRECTORY = 4 * 1024 * 1024  # bytes of zip directory; 2,000 ordinary entries need about 0.2 MiB
_RATIO_FLOOR = 1024 * 1024  # below this a high ratio is ordinary: short repetitive XML packs very well
_CHUNK = 64 * 1024

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of(data: bytes) -> str:
    """`docx` or `text`, by content alone. Raises Unreadable for what is neither."""
    if len(data) > MAX_FILE:
        raise Unreadable("too_large")
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if data.startswith(_ZIP):
        return "docx"
    refuse = _known_other_kind(data)
    if refuse:
        raise Unreadable(refuse)
    return "text"


def _known_other_kind(data: bytes) -> str | None:
    if _is_picture(data):
        return "picture"
    if data.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_word"
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rich_text"
    if start.startswith((b"<!doctype html", b"<html")):
        return "web_page"
    return None


def _is_picture(data: bytes) -> bool:
    if data.startswith(b"BM"):  # two letters are also a beginning of prose: the header states the file's own length
        return len(data) > 6 and struct.unpack_from("<I", data, 2)[0] == len(data)
    heif = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"msf1")
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return data.startswith(_PICTURES) or heif or webp


@dataclass(frozen=True)
class Package:
    """The parts of a checked .docx, unpacked. Only the XML a reader needs is kept."""

    parts: dict[str, bytes]


def open_package(data: bytes, wanted: tuple[str, ...]) -> Package:
    """Check a zip by its directory and by unpacking every entry in a stream; keep the `wanted` parts.

    Raises Unreadable: damaged, encrypted, macros, not_word, zip_entries, zip_unpacked, zip_ratio.
    """
    _check_directory_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(data))
            return Package(_unpack(archive, entries, wanted))
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError) as error:
        raise Unreadable("damaged") from error


def _check_directory_size(data: bytes) -> None:
    """Look at the end record before `zipfile` builds an object for each of perhaps 400,000 entries."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + 22 > len(data):
        raise Unreadable("damaged")
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if entries > MAX_ENTRIES or size > _MAX_DIRECTORY:
        raise Unreadable("zip_entries")


def _check_directory(entries: list[zipfile.ZipInfo], file_size: int) -> None:
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise Unreadable("zip_entries")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unreadable("damaged")  # no word processor packs otherwise
    if any(name.rsplit("/", 1)[-1].startswith("vbaproject") or "vbadata" in name for name in names):
        raise Unreadable("macros")
    if "word/document.xml" not in names:
        raise Unreadable("not_word")
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


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], wanted: tuple[str, ...]) -> dict[str, bytes]:
    """Unpack everything once, counting: a directory may lie about sizes, and a later reader would believe it."""
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        keep = io.BytesIO() if entry.filename.lower() in wanted else None
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
            parts[entry.filename.lower()] = keep.getvalue()
    _check_content_types(parts.get("[content_types].xml", b""))
    return parts


def _check_content_types(xml: bytes) -> None:
    if b"macroEnabled" in xml or b"vnd.ms-office.vbaProject" in xml:
        raise Unreadable("macros")
