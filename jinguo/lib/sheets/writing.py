"""Making workbooks a person can fill in and send back: text stays text, whatever it begins with.

A cell that begins with =, +, - or @ is a formula to a spreadsheet and a way in for a stranger's. In an .xlsx every text is
written as text and marked with the spreadsheet's own quote mark, so nothing is added to the value and reading it back gives
the same text. A .csv has no such mark: there an apostrophe stands in front (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | None
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_ROWS_WITH_CHOICES = 5_000
_MOST_IN_A_LIST = 250  # characters a spreadsheet takes for a list of choices


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in characters, and the only words it takes, if any."""

    head: str
    width: int = 14
    choices: tuple[str, ...] = ()


@dataclass
class Table:
    """One sheet to be written."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]] = ()


def write_workbook(tables: Sequence[Table]) -> bytes:
    """An .xlsx: heads bold and fixed, lists of choices where a column has them; every text a text."""
    book = Workbook(write_only=True)
    for table in tables:
        _write(book, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Any, table: Table) -> None:
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    _fit_paper(sheet)
    for number, column in enumerate(table.columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        listed = ",".join(column.choices)
        if listed and len(listed) <= _MOST_IN_A_LIST:
            offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
            offered.add(f"{letter}2:{letter}{_ROWS_WITH_CHOICES}")
            sheet.data_validations.append(offered)
    bold, ground = Font(bold=True), PatternFill("solid", fgColor="F3EFE6")
    heads = []
    for column in table.columns:
        head = _text(sheet, column.head)
        head.font, head.fill, head.alignment = bold, ground, Alignment(vertical="center", wrap_text=True)
        heads.append(head)
    sheet.append(heads)
    for row in table.rows:
        sheet.append(
            [
                _text(sheet, value) if isinstance(value, str) and value else (None if value == "" else value)
                for value in row
            ]
        )


def _fit_paper(sheet: Any) -> None:
    """Printed, all columns stand on one sheet lying down, the heads on each: nobody glues columns together."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0  # as many pages down as there are rows for
    sheet.print_title_rows = "1:1"


def _text(sheet: Any, value: str) -> Any:
    """A cell that is text for good: typed as text, and quoted where it could be taken for a formula."""
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = "".join(sign for sign in value if sign >= " " or sign in "\n\t"), "s"
    cell.number_format = "@"
    if value.startswith(_LIVE):
        cell.quotePrefix = True
    return cell


def write_csv(table: Table) -> bytes:
    """A .csv a spreadsheet opens with its Chinese whole: UTF-8 with a mark, and an apostrophe before what could calculate."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_tame(column.head) for column in table.columns])
    for row in table.rows:
        writer.writerow(["" if value is None else _tame(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _tame(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_LIVE) else value
