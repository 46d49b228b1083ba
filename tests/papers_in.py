"""Notices as tests bring them in: the demonstration's, the real one where it lies beside the repository, and bad files."""

import io
import zipfile
from pathlib import Path

import docx

HERE = Path(__file__).resolve()
DEMO = HERE.parents[1] / "jinguo" / "ops" / "demo" / "notice.txt"
_PLACES = [folder / "shared" / "seed" / "notice-2023-3.txt" for folder in HERE.parents]
REAL = next((place for place in _PLACES if place.is_file()), None)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200


def demo_bytes() -> bytes:
    """The demonstration notice, as it lies in the repository."""
    return DEMO.read_bytes()


def as_docx(text: str) -> bytes:
    """A .docx with one paragraph a line."""
    paper, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


def with_macros(data: bytes) -> bytes:
    """The same .docx with a program in it."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 a program")
    return out.getvalue()


def zip_bomb() -> bytes:
    """A small .docx whose text unpacks to 80 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"0" * (80 * 1024 * 1024))
    return out.getvalue()
