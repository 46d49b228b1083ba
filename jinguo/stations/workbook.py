"""Standing places as a sheet that people change with WPS or Excel: one place a row, hours as people write them.

Of a place in somebody's home only the village is in it; its door, and the name of who receives people, stay where they are.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jinguo.federation.models import Unit
from jinguo.lib.sheets import Column, Sheet, Table, cell_name
from jinguo.lib.sheets.cells import level
from jinguo.stations.draft import StationDraft
from jinguo.stations.hours import week_text
from jinguo.stations.models import OnHolidays, Station, StationKind
from jinguo.stations.timetable import Timetable

# key → (head in the sheet, width); heads are Chinese whatever the reader's language: the sheet goes round
COLUMNS: dict[str, tuple[str, int]] = {
    "code": ("编号", 16), "unit": ("归哪个单位管", 26), "kind": ("种类", 16), "name": ("叫什么", 26),
    "open": ("开门时间", 44), "phone": ("电话", 16), "address": ("在哪里", 30), "directions": ("怎么走", 30),
    "services": ("能办什么", 40), "host": ("谁接待", 20), "holidays": ("法定节假日", 26), "shown": ("公开", 8),
    "discreet": ("不声张", 8), "slot_minutes": ("一次预约几分钟", 14), "books": ("哪些时间可以约", 40),
    "slot_seats": ("同时几位", 10), "days_ahead": ("最多提前几天", 12),
}  # fmt: skip
SHEET = "服务点"
YES, NO = "是", "否"
FLAGS = ("shown", "discreet")
CHOICES: dict[str, list[tuple[str, Any]]] = {"kind": list(StationKind.choices), "holidays": list(OnHolidays.choices)}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which cell."""

    cell: str
    sentence: str


@dataclass(frozen=True)
class StationLine:
    """One row that would do something.

    Attributes:
        station: the place it changes; None: a new one of `unit`.
        says: (column's head, what stood there, what would stand there).
    """

    number: int
    unit: Unit
    station: Station | None
    draft: StationDraft
    says: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class StationPlan:
    """Everything a workbook would do; `same`: rows that would do nothing."""

    lines: tuple[StationLine, ...]
    faults: tuple[Fault, ...]
    same: int

    @property
    def digest(self) -> str:
        """Changes as soon as something else would be done."""
        told = [[line.number, line.station.code if line.station else "", line.says] for line in self.lines]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]

    @property
    def added(self) -> int:
        return sum(line.station is None for line in self.lines)


def facts_of(station: Station) -> dict[str, Any]:
    """A place's facts as its form shows them."""
    names = (
        "kind", "name", "address", "directions", "in_home", "home_address", "phone", "services", "host", "host_name",
        "discreet", "shown", "holidays", "slot_minutes", "slot_seats", "days_ahead",
    )  # fmt: skip
    week, books = Timetable.weeks(station)
    facts = {name: getattr(station, name) for name in names}
    same = books == week or not station.slot_minutes
    return {
        **facts, "code": station.code, "host_agreed": bool(station.host_name), "open": week_text(week),
        "books": "" if same else week_text(books),
    }  # fmt: skip


def table_of(stations: Iterable[Station]) -> Table:
    """The sheet of some places, read with their unit and hours."""
    rows = []
    for station in stations:
        facts = {**facts_of(station), "unit": station.unit.name}
        rows.append(tuple(cell_of(key, facts.get(key)) for key in COLUMNS))
    return Table(SHEET, [Column(head, width) for head, width in COLUMNS.values()], rows)


def cell_of(key: str, value: Any) -> str:
    """A fact as a cell says it."""
    if key in FLAGS:
        return YES if value else NO
    if key in CHOICES:
        return str(dict(CHOICES[key]).get(value, ""))
    text = "" if value is None else str(value)
    return text.replace("\n", "、" if key == "services" else "；")


def rows_of(sheet: Sheet) -> tuple[dict[str, int], list[tuple[int, dict[str, str]]], list[Fault]]:
    """Where each column stands, and each row's cells; a sheet that is none of ours is one fault."""
    heads, body = sheet.table()
    at = {key: heads[level(head)] for key, (head, _width) in COLUMNS.items() if level(head) in heads}
    if "name" not in at or not {"unit", "code"} & set(at):
        return at, [], [Fault("", _("表头认不出来。请先下载现在的服务点表，照着改。"))]
    rows = [
        (number, {key: cells[column].strip() if column < len(cells) else "" for key, column in at.items()})
        for number, cells in body
    ]
    return at, rows, []


def typed_of(said: Mapping[str, str], standing: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """A row's cells as the form takes them, over what stands; and what a cell says that is none of its choices."""
    typed, wrong = dict(standing), {}
    for key, text in said.items():
        if key in FLAGS:
            if text not in (YES, NO, ""):
                wrong[key] = _("这里写“是”或“否”。")
            typed[key] = text == YES or (not text and bool(standing.get(key)))
        elif key in CHOICES:
            named = {str(label): value for value, label in CHOICES[key]}
            if text and text not in named:
                wrong[key] = _("没有这一种，可以写：%(all)s。") % {"all": "、".join(named)}
            typed[key] = named.get(text, standing.get(key))
        elif key == "services":
            typed[key] = "\n".join(part.strip() for part in text.replace("；", "、").split("、") if part.strip())
        elif key not in ("code", "unit"):
            typed[key] = text
    return {key: value for key, value in typed.items() if value not in (None, False)}, wrong


def said_of(draft: StationDraft, standing: Mapping[str, Any], keys: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """What a row would change, column by column."""
    plain = {name: getattr(draft, name) for name in COLUMNS if hasattr(draft, name)}
    week = week_text(draft.open)
    books = week_text(draft.books) if draft.slot_minutes else ""
    plain |= {"open": week, "books": "" if books == week else books}
    told = [
        (COLUMNS[key][0], cell_of(key, standing.get(key)), cell_of(key, plain.get(key))) for key in keys if key in plain
    ]
    return tuple(line for line in told if line[1] != line[2])


def cell_at(at: Mapping[str, int], key: str, number: int) -> str:
    """A cell as a spreadsheet names it; the first of the row where the sheet has no such column."""
    return cell_name(at.get(key, 0), number)
