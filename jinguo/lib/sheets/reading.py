"""Reading a stranger's workbook in a process of its own: a hostile file costs that process and nothing else."""

import io
import json
import struct
import zipfile
import zlib

from django.utils.translation import gettext_lazy as _

from jinguo.gongwen.asking import Died, ask
from jinguo.lib import limits
from jinguo.lib.errors import Invalid
from jinguo.lib.sheets.cells import Sheet

READING = "jinguo.lib.sheets.child"
WALL_SECONDS = 60
UNPACKED = 128 * limits.MIB
ENTRIES = 2_000

SENTENCES = {
    "empty": _("这个文件是空的。请检查后重新选择。"),
    "too_large": _("文件超过 20 MB。请只留要导入的表，分几次传。"),
    "unknown": _(
        "认不出这是表格。请传 .xlsx、.xls、.et 或 .csv 文件；从网站下载的，用 WPS 或 Excel 打开另存一份 .xlsx 再传。"
    ),
    "damaged": _("这个文件打不开，可能没有传完或损坏了。请用 WPS 或 Excel 打开另存一份 .xlsx 再传。"),
    "password": _("这个文件加了密码。请去掉密码另存一份再传。"),
    "too_costly": _("这个文件展开后太大，没有读。请只留要导入的表，另存一份再传。"),
    "too_many_rows": _("一张表超过十万行，没有读。请分成几个文件再传。"),
    "too_wide": _("一张表超过 80 列，没有读。请只留要导入的列再传。"),
    "long_cell": _("有一格超过两千个字，没有读。请检查后再传。"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(data: bytes, name: str = "") -> tuple[Sheet, ...]:
    """The sheets of an .xlsx, .xls, .et, .ods or .csv.

    Args:
        name: the file's name; only asked whether it ends in .csv or .txt, content decides the rest.

    Raises:
        Invalid: it cannot be read, with the sentence that says what to do.
    """
    kind = _kind_of(data, name)
    try:
        answer = json.loads(ask(READING, {"kind": kind}, data, seconds=WALL_SECONDS))
        if "refused" in answer:
            raise _refusal(str(answer["refused"]))
        return tuple(
            Sheet(str(title), tuple(tuple(str(cell) for cell in row) for row in rows))
            for title, rows in answer["sheets"]
        )
    except Died as end:
        raise _refusal(end.code) from end
    except (ValueError, KeyError, TypeError) as fault:
        raise _refusal("damaged") from fault


def _kind_of(data: bytes, name: str) -> str:
    """`book` or `csv`, by content; a text is only taken for a table when its name says so."""
    if len(data) > limits.UPLOAD_BYTES:
        raise _refusal("too_large")
    if not data.strip():
        raise _refusal("empty")
    if data.startswith(b"PK"):
        _check_package(data)
        return "book"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _refusal("password")
        return "book"
    if name.lower().endswith((".csv", ".txt", ".tsv")) and not data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG")):
        return "csv"
    raise _refusal("unknown")


def _check_package(data: bytes) -> None:
    """Refuse by its directory what would unpack to something monstrous; lies are caught by the child's own limits."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + 22 > len(data):
        raise _refusal("damaged")
    if struct.unpack_from("<H", data, at + 10)[0] > ENTRIES:
        raise _refusal("too_costly")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sizes = [entry.file_size for entry in package.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, struct.error) as fault:
        raise _refusal("damaged") from fault
    if len(sizes) > ENTRIES or sum(sizes) > UNPACKED:
        raise _refusal("too_costly")


def _refusal(code: str) -> Invalid:
    return Invalid(SENTENCES.get(code, SENTENCES["damaged"]), "file")
