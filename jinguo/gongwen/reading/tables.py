"""Schedules in tables: a header row with 名称 and 时间 or 地点, then one event a row. Cells are parted by tabs."""

import re
from dataclasses import replace

from jinguo.gongwen.parts import Duty, Event
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.kinds import event_kind
from jinguo.gongwen.reading.view import Paragraph
from jinguo.gongwen.reading.windows import first_when, told

_HEADER = {
    "name": re.compile("活动名称|名称|活动内容|活动项目|项目|主题|活动"),
    "time": re.compile("时间|日期"),
    "place": re.compile("地点|地址|场所"),
    "lead": re.compile("牵头|主办|责任|承办|负责"),
}


def table_events(ctx: Context, paragraphs: list[Paragraph]) -> list[tuple[Event, Paragraph]]:
    """The events of every schedule among the paragraphs."""
    found: list[tuple[Event, Paragraph]] = []
    columns: dict[str, int] = {}
    width = 0
    for paragraph in paragraphs:
        cells = _cells(ctx, paragraph)
        if len(cells) < 2:
            columns = {}
            continue
        header = _columns(ctx, cells)
        if "name" in header and ("time" in header or "place" in header):
            columns, width = header, len(cells)
        elif columns and len(cells) == width:
            event = _row(ctx, cells, columns)
            if event is not None:
                found.append((event, paragraph))
    return found


def _cells(ctx: Context, paragraph: Paragraph) -> list[tuple[int, int]]:
    out, at = [], paragraph.start
    for m in re.finditer("\t", ctx.text[paragraph.start : paragraph.end]):
        out.append((at, paragraph.start + m.start()))
        at = paragraph.start + m.end()
    return [*out, (at, paragraph.end)]


def _columns(ctx: Context, cells: list[tuple[int, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, (a, b) in enumerate(cells):
        text = re.sub(r"\s", "", ctx.text[a:b])
        key = next((k for k, p in _HEADER.items() if k not in found and len(text) <= 10 and p.search(text)), None)
        if key:
            found[key] = number
    return found


def _row(ctx: Context, cells: list[tuple[int, int]], columns: dict[str, int]) -> Event | None:
    a, b = cells[columns["name"]]
    name = ctx.words(a, b)
    if not 2 <= len(name) <= 60:
        return None
    event = Event(
        id="",
        name=name,
        kind=event_kind(ctx.lexicon, name),
        owner="issuer",
        src=ctx.src(a, b),
        rule="event.table_row",
        conf="mid",
    )
    if "time" in columns:
        event = replace(event, **told(first_when(ctx, *cells[columns["time"]])))
    if "place" in columns:
        event = replace(event, place=_words(ctx, cells[columns["place"]]))
    lead = _words(ctx, cells[columns["lead"]]) if "lead" in columns else None
    if lead:
        duty = Duty(role="lead", unit=lead, src=ctx.src(*cells[columns["lead"]]), rule="duty.table")
        event = replace(event, duties=(duty,))
    return event


def _words(ctx: Context, cell: tuple[int, int]) -> str | None:
    return ctx.words(cell[0], cell[1]) or None
