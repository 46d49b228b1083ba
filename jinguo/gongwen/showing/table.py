"""The record as rows of a table (CSV): one row a task, event, deadline, report duty or limit, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from jinguo.gongwen.parts import Constraint, Deadline, Event, Leaf, ReportDuty, Task
from jinguo.gongwen.record import Record

COLUMNS = (
    "file 文件", "id 编号", "kind 类别", "clause 条款", "title 名称", "text 原话", "force 语气", "owner 谁办", "who 承担单位",
    "to 报给", "date 日期", "time 时间", "edge 前后", "window 时段", "soft 未定日期的说法", "place 地点", "venues 场所",
    "groups 对象", "brands 品牌", "quantities 数量", "channels 报送方式", "duties 分工", "conf 把握", "inferred 有推断",
    "rule 规则", "line 行", "start 起", "end 止",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_Kinds = Task | Event | Deadline | ReportDuty | Constraint


def written(lines: Iterable[Iterable[str]]) -> str:
    """Lines of CSV. Whoever writes a file begins it with a byte order mark, without which Excel shows gibberish."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe(cell) for cell in line] for line in lines)
    return out.getvalue()


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return "'" + cell if cell.lstrip(" \u3000").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def rows(record: Record) -> Iterator[list[str]]:
    """The rows of one record, in the order of the text."""
    things: list[_Kinds] = [
        *record.tasks, *record.events, *record.deadlines, *record.report_duties, *record.constraints
    ]  # fmt: skip
    clauses = {node.id: node.clause for node in record.outline}
    for thing in sorted(things, key=lambda one: one.src[0].start if one.src else len(record.raw)):
        cells = {**_source(record, thing), **_cells(thing)}
        cells["file"], cells["clause"] = record.name, clauses.get(thing.node or "", "")
        yield [cells.get(column.partition(" ")[0], "") for column in COLUMNS]


def _source(record: Record, leaf: Leaf) -> dict[str, str]:
    start = leaf.src[0].start if leaf.src else None
    return {
        "conf": leaf.conf,
        "inferred": "yes" if leaf.inferred else "",
        "rule": leaf.rule,
        "line": "" if start is None else str(record.raw.count("\n", 0, start) + 1),
        "start": "" if start is None else str(start),
        "end": str(leaf.src[-1].end) if leaf.src else "",
        "text": "".join(span.quote for span in leaf.src),
    }


def _cells(thing: _Kinds) -> dict[str, str]:
    if isinstance(thing, Task):
        return _task(thing)
    if isinstance(thing, Event):
        return _event(thing)
    if isinstance(thing, ReportDuty):
        return _report(thing)
    if isinstance(thing, Deadline):
        return {
            "id": thing.id, "kind": "deadline", "title": thing.what, "date": thing.date or "", "time": thing.time or "",
            "edge": thing.edge or "", "soft": thing.soft or "",
        }  # fmt: skip
    return {"id": thing.id, "kind": thing.kind, "title": thing.title or thing.text, "force": thing.force}


def _task(task: Task) -> dict[str, str]:
    return {
        "id": task.id, "kind": task.kind, "title": task.title, "force": task.force, "owner": task.owner,
        "who": task.actor or "", "window": task.window.text if task.window else "",
        "venues": _words(v.text for v in task.venues), "groups": _words(g.text for g in task.groups),
        "brands": _words(b.text for b in task.brands), "quantities": _words(q.text for q in task.quantities),
        "duties": _words(f"{d.unit}({d.role})" for d in task.duties),
    }  # fmt: skip


def _event(event: Event) -> dict[str, str]:
    return {
        "id": event.id, "kind": f"event/{event.kind}", "title": event.name, "owner": event.owner,
        "who": event.owner_text or "", "date": event.date or "", "time": event.time or "",
        "window": event.window.text if event.window else "", "place": event.place or "",
        "duties": _words(f"{d.unit}({d.role})" for d in event.duties),
    }  # fmt: skip


def _report(duty: ReportDuty) -> dict[str, str]:
    return {
        "id": duty.id, "kind": "report", "title": duty.object, "force": duty.force, "who": _words(duty.who),
        "to": duty.to or "", "date": duty.due or "", "time": duty.time or "", "edge": duty.edge or "",
        "soft": duty.soft or "", "quantities": _words(q.text for q in duty.limits),
        "channels": _words(f"{c.kind}:{c.value}" for c in duty.channels),
    }  # fmt: skip


def _words(found: Iterable[str]) -> str:
    return "；".join(found)
