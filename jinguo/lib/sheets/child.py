"""Reading a stranger's workbook, in a process of its own (a reading: see `gongwen.child`).

Request: {"kind"}. Answer: {"sheets": [[name, [[text, …], …]], …]} or {"refused": code}.
"""

import csv
import io
import json
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from jinguo.lib.sheets.cells import MAX_CELL, MAX_COLUMNS, MAX_ROWS

Rows = list[list[str]]
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10


class Refused(Exception):
    """The file cannot be used; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def load() -> None:
    """The library: later the process may not open one."""
    import python_calamine  # noqa: F401


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """The sheets, or why there are none."""
    from python_calamine import CalamineError, load_workbook

    try:
        if request["kind"] == "csv":
            sheets = [("", rows_of_csv(data))]
        else:
            book = load_workbook(io.BytesIO(data))
            sheets = [(name, _rows(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except Refused as refusal:
        return _json({"refused": refusal.code})
    except CalamineError as fault:
        return _json({"refused": "password" if "assword" in str(fault) else "damaged"})
    return _json({"sheets": sheets})


def _rows(sheet: Any) -> Rows:
    if sheet.total_height > MAX_ROWS:
        raise Refused("too_many_rows")
    if sheet.total_width > MAX_COLUMNS:
        raise Refused("too_wide")
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        _fill_down(rows, top, bottom, left)
    return [_tight([text_of(cell) for cell in row]) for row in rows]


def _fill_down(rows: list[list[Any]], top: int, bottom: int, column: int) -> None:
    """One cell merged over several rows says the same of each of them; a file holds it in the first alone."""
    for row in rows[top + 1 : bottom + 1]:
        if column < len(row) and row[column] in ("", None):
            row[column] = rows[top][column]


def rows_of_csv(data: bytes) -> Rows:
    """Comma, semicolon or tab; UTF-8 with or without mark, UTF-16 with one, else GB18030."""
    text = _decoded(data)
    if "\0" in text:
        raise Refused("damaged")
    head = text.partition("\n")[0]
    comma = max(",\t;", key=head.count)
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True):
            if len(rows) >= MAX_ROWS:
                raise Refused("too_many_rows")
            if len(row) > MAX_COLUMNS:
                raise Refused("too_wide")
            rows.append(_tight([text_of(cell) for cell in row]))
    except csv.Error as fault:
        raise Refused("damaged") from fault
    return rows


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as fault:
            raise Refused("damaged") from fault


def text_of(cell: Any) -> str:
    """What a person sees in the cell, as nearly as the value tells: whole numbers without a point, days as 2024-03-08."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time_of_day() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time_of_day | timedelta):
        return str(cell)
    text = "".join(sign for sign in str(cell) if sign.isprintable() or sign in "\n\t\u3000")
    if len(text) > MAX_CELL:
        raise Refused("long_cell")
    return text.strip()


def _tight(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _json(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=True).encode("ascii")
