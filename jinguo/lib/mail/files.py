"""What the bytes of an attachment are, whatever the mail calls them, and the text in them."""

import io
import re
from typing import Any

from jinguo.gongwen.guard import OFFICE_KINDS, kind_of
from jinguo.gongwen.refusals import Unreadable
from jinguo.lib.mail.archives import Bomb, is_tnef, names_of_zip

MAX_TEXT = 60_000  # characters kept of one attachment
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PROGRAMS = re.compile(r"\.(?:exe|scr|com|bat|cmd|vbs|js|jse|wsf|hta|lnk|msi|ps1|jar|apk|chm|iso)$", re.IGNORECASE)
_MACROS = re.compile(r"\.(?:docm|dotm|xlsm|xltm|pptm)$", re.IGNORECASE)


def kind_by_content(data: bytes, name: str) -> tuple[str, str]:
    """(kind, problem): what the bytes are, and why they are not read; the problem is "" where they may be."""
    lowered = name.lower()
    if not data:
        return "empty", "empty"
    if data.startswith(b"MZ") or data.startswith(b"\x7fELF") or _PROGRAMS.search(lowered):
        return "program", "program"
    if is_tnef(data):
        return "tnef", ""
    if _is_picture(data):
        return "picture", ""
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data, lowered)
    if lowered.endswith(".eml"):
        return "eml", ""
    try:
        return str(kind_of(data)), ""
    except Unreadable as refusal:
        return _other(data, lowered, refusal.code)


def _other(data: bytes, name: str, code: str) -> tuple[str, str]:
    if data.startswith(b"\xd0\xcf\x11\xe0") and name.endswith((".xls", ".et")):
        return "xls", ""
    kinds = {"archive": "archive", "picture": "picture", "macros": "macros", "encrypted": "encrypted"}
    return kinds.get(code, "other"), "" if code == "picture" else code


def _kind_of_zip(data: bytes, name: str) -> tuple[str, str]:
    try:
        names = {entry.filename.lower() for entry in names_of_zip(data)}
    except Bomb as bomb:
        return "zip", bomb.code
    if _MACROS.search(name) or any(one.rsplit("/", 1)[-1].startswith("vbaproject") for one in names):
        return "macros", "macros"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx", ""
    if "[content_types].xml" in names or "ofd.xml" in names or "mimetype" in names:
        try:
            return str(kind_of(data)), ""
        except Unreadable as refusal:
            return "other", refusal.code
    return "zip", ""


def _is_picture(data: bytes) -> bool:
    heif = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"msf1")
    return (
        (data.startswith(_PICTURES) and len(data) > 20) or heif or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
    )


def text_of_file(kind: Any, data: bytes) -> tuple[str, str]:
    """(text, problem) of a file of a kind read here. Runs in the reading process only."""
    try:
        if kind in ("xlsx", "xls"):
            return _cells(data)
        if kind in OFFICE_KINDS:
            return "", "office"  # made a .docx outside, by LibreOffice in limits of its own
        if kind in ("docx", "pdf", "ofd", "html", "mht", "text"):
            from jinguo.gongwen.extract import extract_as

            found: Any = extract_as(kind, data)
            return found.raw[:MAX_TEXT], "too_long" if len(found.raw) > MAX_TEXT else ""
    except Unreadable as refusal:
        return "", refusal.code
    except MemoryError:
        return "", "too_costly"
    return "", ""


def _cells(data: bytes) -> tuple[str, str]:
    """The sheets as lines with tabs, at most `MAX_TEXT` characters."""
    from python_calamine import CalamineError, load_workbook

    from jinguo.lib.sheets.child import text_of

    try:
        if data.startswith(b"PK") and sum(entry.file_size for entry in names_of_zip(data)) > 128 * 1024 * 1024:
            return "", "zip_unpacked"
        book = load_workbook(io.BytesIO(data))
        lines: list[str] = []
        size = 0
        for name in book.sheet_names[:20]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > 100_000 or sheet.total_width > 200:
                return "", "too_long"
            lines.append(f"[{name}]")
            for row in sheet.to_python(skip_empty_area=False):
                line = "\t".join(text_of(cell) for cell in row).rstrip("\t")
                size += len(line) + 1
                if size > MAX_TEXT:
                    return "\n".join(lines), "too_long"
                lines.append(line)
    except Bomb as bomb:
        return "", bomb.code
    except CalamineError as fault:
        return "", "encrypted" if "assword" in str(fault) else "damaged"
    except Exception:
        return "", "damaged"
    return "\n".join(lines), ""
