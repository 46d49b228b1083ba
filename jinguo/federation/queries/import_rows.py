"""The rows of a workbook of units, checked cell by cell: what each says, or the sentence that says what is wrong with it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from jinguo.federation.columns import (
    CONTACT_HEADS,
    CONTACTS,
    GROUP_HEADS,
    GROUPS,
    POST_HEADS,
    POSTS,
    SECTORS,
    UNIT_HEADS,
    UNITS,
    class_labels,
    level_labels,
    names_of,
    places,
    role_labels,
)
from jinguo.lib.sheets import Sheet, cell_name

LONGEST = {
    "name": 80, "short_name": 40, "sector": 20, "duty_phone": 30, "title": 40, "phone": 30, "mobile": 20, "hours": 60,
    "keeper": 40,
}  # fmt: skip
_SPLIT = re.compile(r"[、,，;；\n]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the sheet and the cell as a spreadsheet names it."""

    sheet: str
    cell: str
    sentence: str


@dataclass
class Row:
    """One row: `said` holds what its cells say, only for columns the sheet has; an empty cell is "" or None."""

    sheet: str
    number: int
    at: dict[str, int]
    said: dict[str, Any] = field(default_factory=dict)

    def cell(self, key: str) -> str:
        """The cell of a column, or of the first one where the sheet has no such column."""
        return cell_name(self.at.get(key, 0), self.number)


@dataclass
class Book:
    """The rows of the four sheets; a sheet that is not there has none and changes nothing."""

    units: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(
        default_factory=list
    )  # (sheet, head) of columns nothing is taken from; "" of a sheet
    has_contacts: bool = False
    has_groups: bool = False


def read_book(sheets: Iterable[Sheet]) -> Book:
    """Sort the sheets by their names and check each cell; a workbook of one sheet is one of units, whatever its name."""
    book, given = Book(), list(sheets)
    for sheet in given:
        kind = sheet.name.strip() if sheet.name.strip() in HEADS else UNITS if len(given) == 1 else ""
        if not kind:
            if any(map(any, sheet.rows)):
                book.unread.append((sheet.name, ""))
            continue
        if kind == POSTS and not _has_names(sheet):
            continue  # downloaded without names: it says nothing that could be written
        rows = _rows(sheet, kind, book)
        if kind == POSTS:
            book.posts = rows
        elif kind == UNITS:
            book.units += rows
        elif kind == CONTACTS:
            book.contacts, book.has_contacts = rows, True
        else:
            book.groups, book.has_groups = rows, True
    if not any((book.units, book.contacts, book.groups, book.posts, book.faults)):
        book.faults.append(Fault("", "", _("文件里没有能认出来的表。请先下载现在的单位表，照它的表头填。")))
    return book


HEADS = {UNITS: UNIT_HEADS, CONTACTS: CONTACT_HEADS, GROUPS: GROUP_HEADS, POSTS: POST_HEADS}
NEEDED = {UNITS: ("name",), CONTACTS: ("title",), GROUPS: ("name",), POSTS: ("role", "name", "starts")}


def _table(sheet: Sheet, kind: str) -> tuple[dict[str, int], list[tuple[int, tuple[str, ...]]]]:
    """Heads and rows; a title may stand above the heads."""
    return sheet.table({name for names in names_of(kind).values() for name in names})


def _has_names(sheet: Sheet) -> bool:
    found, _lines = _table(sheet, POSTS)
    return "name" in places(found, POSTS)


def _rows(sheet: Sheet, kind: str, book: Book) -> list[Row]:
    found, lines = _table(sheet, kind)
    at, heads = places(found, kind), HEADS[kind]
    missing = [heads[key] for key in NEEDED[kind] if key not in at]
    if kind != UNITS and not {"code", "unit"} & set(at):
        missing.append(heads["code"])
    if missing:
        if lines or found:
            sentence = _("缺这几列：%(heads)s。请照下载的单位表写表头。") % {"heads": "、".join(missing)}
            book.faults.append(Fault(sheet.name or UNITS, "A1", sentence))
        return []
    taken = set(at.values())
    book.unread += [(sheet.name or UNITS, head) for head, column in found.items() if column not in taken]
    rows = []
    for number, cells in lines:
        row = Row(sheet.name or UNITS, number, at)
        for key, column in at.items():
            text = cells[column] if column < len(cells) else ""
            try:
                row.said[key] = _value(key, text)
            except ValueError as wrong:
                book.faults.append(Fault(row.sheet, row.cell(key), str(wrong)))
        rows.append(row)
    return rows


def _value(key: str, text: str) -> Any:
    """What one cell says. Raises ValueError with the sentence."""
    text = " ".join(text.split()) if key not in {"aliases", "mails"} else text.strip()
    if key in {"unit_class", "level"}:
        return _choice(text, class_labels() if key == "unit_class" else level_labels())
    if key == "sector":
        return {label: value for value, label in SECTORS.items()}.get(text, _short(key, text))
    if key == "role":
        return _choice(text, role_labels())
    if key in {"valid_from", "valid_to", "starts", "ends"}:
        return _day(text)
    if key == "division_code":
        return _division(text)
    if key == "aliases":
        return tuple(_short("name", name) for name in _several(text))
    if key == "mails":
        return tuple(_mail(address) for address in _several(text))
    if key == "about":
        return _about(text)
    return _short(key, text)


def _short(key: str, text: str) -> str:
    most = LONGEST.get(key, 200)
    if len(text) > most:
        raise ValueError(_("太长了，最多 %(most)s 个字。") % {"most": most})
    return text


def _several(text: str) -> list[str]:
    return list(dict.fromkeys(part for each in _SPLIT.split(text) if (part := each.strip())))


def _choice(text: str, labels: dict[str, str]) -> str:
    if not text or text in labels:
        return text
    found = {label: value for value, label in labels.items()}.get(text)
    if found is None:
        raise ValueError(
            _("没有“%(text)s”这一种，可以写：%(all)s。") % {"text": text[:20], "all": "、".join(labels.values())}
        )
    return found


def _day(text: str) -> date | None:
    if not text:
        return None
    match = _DAY.match(unicodedata.normalize("NFKC", text))
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(_("“%(text)s”不是日期，请写成 2024-03-08。") % {"text": text[:20]}) from wrong


def _division(text: str) -> str:
    digits = unicodedata.normalize("NFKC", text)
    if digits and not re.fullmatch(r"[0-9]{2,12}", digits):
        raise ValueError(_("区划代码只有数字，2 到 12 位。"))
    return digits


def _mail(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise ValueError(_("邮箱“%(text)s”写得不对，请核对。") % {"text": text[:60]}) from wrong
    return text.lower()


def _about(text: str) -> int | None:
    digits = unicodedata.normalize("NFKC", text).strip("约人左右 ")
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", digits) or int(digits) > 500:
        raise ValueError(_("请写一个 0 到 500 的数。"))
    return int(digits)
