"""The order of a summary: its headings, and every sentence under them."""

from collections.abc import Iterator
from typing import Any

from jinguo.reports.builder import overall, work
from jinguo.reports.builder.draft import Draft, Heading, Sentence
from jinguo.reports.builder.rows import Row, Rows
from jinguo.reports.builder.words import title_of

MAYBE = "others"


def build(data: dict[str, Any]) -> Draft:
    """The whole summary of a snapshot."""
    rows = Rows(data)
    return Draft(title_of(data["campaign"]["title"], data["campaign"]["office_short"]), tuple(_sentences(rows)))


def outline(data: dict[str, Any]) -> list[Heading]:
    """The headings in order, with the sections their sentences stand in; that of `MAYBE` only where it has any."""
    rows = Rows(data)
    found = [Heading("lead", 0), Heading("overall", 1, "总的情况")]
    clauses = list(_asked(rows))
    if clauses:
        found.append(Heading("work", 1, "各项工作开展情况"))
        found += [Heading(f"clause:{clause['number']}", level, clause["heading"]) for clause, level in clauses]
    found.append(Heading("others", 2 if clauses else 1, "其他活动"))
    if any(clause["kind"] == "own_event" for clause in rows.clauses):
        found.append(Heading("own", 1, f"{data['campaign']['office_short']}自办活动"))
    return [*found, Heading("problems", 1, "困难和建议"), Heading("table", 1, "活动统计")]


def _asked(rows: Rows) -> Iterator[tuple[Row, int]]:
    """Lines and the measures under them, with the level of their heading; a line whose measures are not asked is left out."""
    asked = set(rows.data["asked"])
    line: Row | None = None
    lines_used = set()
    for clause in rows.clauses:
        if clause["kind"] == "line":
            line = clause
        if clause["code"] not in asked:
            continue
        if line is None or line is clause:
            yield clause, 2
            continue
        if line["code"] not in lines_used:
            lines_used.add(line["code"])
            yield line, 2
        yield clause, 3


def _sentences(rows: Rows) -> Iterator[Sentence]:
    yield from overall.lead(rows)
    yield from overall.overall(rows)
    asked = set(rows.data["asked"])
    for clause, _level in _asked(rows):
        if clause["code"] in asked:
            yield from work.measure(rows, clause)
    yield from work.others(rows)
    yield from work.own(rows)
    yield from work.problems(rows)
    text = "各处报送和活动情况见下面两张表，人次、人数和观看次数不相加；空着的是没有报，写零的是没有。"
    yield Sentence("table", "table", text, (rows.snapshot(),))
