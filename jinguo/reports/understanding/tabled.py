"""Activities told as the rows of a table in a text: one line a row, cells parted by tabs, or by two spaces and more, the first
line naming the columns."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jinguo.reports.understanding.days import Day, days_in
from jinguo.reports.understanding.texts import Text
from jinguo.reports.understanding.values import NUM, PLACE, TITLE, Found, amount, clean_title

MOST = 20  # rows; a longer list is a table for a person
_COLUMNS = (
    ("title", re.compile(r"^(?:活动)?(?:名称|主题|项目|标题)$")),
    ("held_on", re.compile(r"^(?:活动|开展|举办)?(?:时间|日期)$")),
    ("place", re.compile(r"^(?:活动|开展|举办)?(?:地点|地址|场地)$")),
    ("on_site", re.compile(r"^(?:现场)?(?:参加|参与|到场)?(?:总)?人[数次]数?$")),
    ("women", re.compile(r"^(?:其中)?(?:妇女|女性|女职工)(?:人[数次]数?)?$")),
    ("cohosts", re.compile(r"^(?:联办|协办|承办|主办)(?:单位)?$")),
)
_SHORT_DAY = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})\s*")
_COUNT = re.compile(rf"\s*(?P<about>约|近)?\s*(?P<n>{NUM})\s*(?P<more>余|多)?\s*(?:名|位)?(?:人次|人|名)?\s*")


@dataclass(frozen=True)
class Row:
    """One row: where it stands, and what its cells say."""

    start: int
    end: int
    fields: dict[str, Found]


def rows_of(one: Text, received: date) -> list[Row]:
    """The rows of the first table whose head names an activity and its day; none where there is no such table."""
    columns: dict[int, str] = {}
    found: list[Row] = []
    many = 0
    for match in re.finditer(r"^[^\n]*(?:\t|[ 　]{2})[^\n]*$", one.text, re.MULTILINE):
        cells = _cells(match)
        if not columns:
            columns, many = _head([text for _start, text in cells]), len(cells)
        elif "\t" not in match.group() and len(cells) != many and days_in(match.group(), received):
            return []  # a cell is empty, and spaces do not say which
        elif len(found) < MOST and (fields := _fields(one, cells, columns, received)):
            found.append(Row(match.start(), match.end(), fields))
    return found


def _cells(match: re.Match[str]) -> list[tuple[int, str]]:
    """Each cell of a line with where it begins in the text."""
    line = match.group()
    if "\t" not in line:
        return [(match.start() + one.start(), one.group()) for one in re.finditer(r"\S+(?:[ 　]\S+)*", line)]
    found, at = [], match.start()
    for text in line.split("\t"):
        found.append((at, text))
        at += len(text) + 1
    return found


def _head(names: list[str]) -> dict[int, str]:
    """Column → field, where the line is a head."""
    bare = [re.sub(r"\s|[（(].*?[）)]", "", name) for name in names]
    found = {n: field for n, name in enumerate(bare) for field, pattern in _COLUMNS if pattern.match(name)}
    return found if {"title", "held_on"} <= set(found.values()) else {}


def _fields(one: Text, cells: list[tuple[int, str]], columns: dict[int, str], received: date) -> dict[str, Found]:
    """What a row says; nothing where it names no activity (合计)."""
    found: dict[str, Found] = {}
    for n, (start, text) in enumerate(cells):
        name = columns.get(n)
        if name is not None and text.strip():
            for field, value in _READ[name](one, name, start, text, received).items():
                found.setdefault(field, value)
    return found if "title" in found and "held_on" in found else {}


def _words(one: Text, name: str, start: int, text: str, _received: date) -> dict[str, Found]:
    value = clean_title(text, frozenset()) if name == "title" else " ".join(text.split())
    most = TITLE if name == "title" else PLACE
    return {name: Found(value[:most], one.part, start, start + len(text), text)} if value else {}


def _day(one: Text, _name: str, start: int, text: str, received: date) -> dict[str, Found]:
    short = _SHORT_DAY.fullmatch(text)
    days = days_in(f"{short[1]}月{short[2]}日" if short else text, received)
    if short and days:
        days = [Day(days[0].first, None, *short.span())]
    if not days:
        return {}
    first = days[0]
    span = (start + first.start, start + first.end)
    quote = text[first.start : first.end]
    found = {"held_on": Found(first.first, one.part, *span, quote)}
    if first.last:
        found["ended_on"] = Found(first.last, one.part, *span, quote)
    return found


def _number(one: Text, name: str, start: int, text: str, _received: date) -> dict[str, Found]:
    match = _COUNT.fullmatch(text)
    value = amount(match["n"]) if match else None
    if match is None or value is None:
        return {}
    about = bool(match["about"] or match["more"] or "万" in match["n"])
    return {name: Found(value, one.part, start, start + len(text), text, about)}


_READ: dict[str, Callable[[Text, str, int, str, date], dict[str, Found]]] = {
    "title": _words, "place": _words, "cohosts": _words, "held_on": _day, "on_site": _number, "women": _number,
}  # fmt: skip
