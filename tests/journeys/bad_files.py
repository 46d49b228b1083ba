"""Files that a hurried person or an unkind one brings in, made here."""

import io
import zipfile

from jinguo.ops.demo.pictures import draw_picture
from tests.journeys.papers import docx

MIB = 1024 * 1024


def picture_named_docx() -> bytes:
    return draw_picture(width=200, height=150)


def bomb() -> bytes:
    """A .docx of some kilobytes whose text unpacks to 200 MiB."""
    return _with_part(docx("通知"), "word/media/filler.bin", b"\0" * (200 * MIB))


def with_macros() -> bytes:
    """A .docx with a program in it."""
    return _with_part(docx("关于做好节日活动的通知"), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"macro" * 40)


def _with_part(package: bytes, name: str, content: bytes) -> bytes:
    file = io.BytesIO(package)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()
