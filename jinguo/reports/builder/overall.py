"""The lead and 总的情况: who was to report, what came, how many took part."""

from collections.abc import Iterator

from jinguo.lib.texts import inner, quote
from jinguo.reports.builder.draft import Sentence
from jinguo.reports.builder.rows import Row, Rows, counted, events, summed
from jinguo.reports.builder.words import some
from jinguo.reports.metrics import CONFIRMED, DEDUPLICATED, added_once

NAMED = 30  # units named in a source's note


def lead(rows: Rows) -> Iterator[Sentence]:
    """On what basis, until when; the theme in the notice's own words."""
    notice = rows.notice()
    yield Sentence(
        "lead", "basis", f"按照{notice.label}安排，现将截至{rows.at}的活动开展情况汇总如下。", (notice, rows.snapshot())
    )
    theme = rows.data["campaign"]["theme"]
    if theme:
        said = next((clause for clause in rows.clauses if clause["kind"] == "theme"), None)
        source = rows.of(said) if said else notice
        yield Sentence("lead", "theme", f"活动主题为“{inner(theme)}”。", (source,))


def overall(rows: Rows) -> Iterator[Sentence]:
    """Everything counted over the whole campaign."""
    for ask in rows.data["asks"]:
        yield from _duties(rows, ask)
    yield from _activities(rows)
    yield from _people(rows)
    yield from _covered(rows)


def _duties(rows: Rows, ask: Row) -> Iterator[Sentence]:
    mine = [row for row in rows.data["obligations"] if row["ask"] == ask["code"]]
    force = [row for row in mine if not row["out"]]
    zeros = [row for row in force if row["zero"]]
    silent = [row for row in force if not row["returns"] and not row["zero"]]
    source = rows.duties(ask, _named(rows, silent, zeros))
    if not force:
        yield Sentence("overall", f"duty:{ask['code']}", f"没有单位需要报送{quote(ask['title'])}。", (source,))
        return
    numbers = [counted(len(force), "家"), counted(len(force) - len(silent), "家")]
    text = f"应报送{quote(ask['title'])}的单位{numbers[0].text}，报来{numbers[1].text}"
    if zeros:
        numbers.append(counted(len(zeros), "家"))
        text += f"，其中零报告{numbers[-1].text}"
    if silent:
        numbers.append(counted(len(silent), "家"))
        text += f"；没有报来的{numbers[-1].text}"
    yield Sentence("overall", f"duty:{ask['code']}", f"{text}。", (source,), tuple(numbers))
    yield from _outside(rows, ask, mine)


def _outside(rows: Rows, ask: Row, mine: list[Row]) -> Iterator[Sentence]:
    """Those taken out of the set, said so that the numbers add up to the circulation."""
    parts = []
    for why, word in (("exempt", "免报"), ("closed", "到期前撤销或合并")):
        out = [row for row in mine if row["out"] == why]
        if out:
            parts.append((word, counted(len(out), "家")))
    if parts:
        said = "、".join(f"{word}{number.text}" for word, number in parts)
        names = some([rows.units[row["unit"]]["short"] for row in mine if row["out"]], NAMED)
        source = rows.duties(ask, f"不计在内的：{names}")
        yield Sentence(
            "overall", f"out:{ask['code']}", f"另有{said}，不计在内。", (source,), tuple(n for _, n in parts)
        )


def _named(rows: Rows, silent: list[Row], zeros: list[Row]) -> str:
    notes = []
    for word, some_rows in (("没有报来的", silent), ("零报告的", zeros)):
        if some_rows:
            notes.append(f"{word}：{some([rows.units[row['unit']]['short'] for row in some_rows], NAMED)}")
    return "；".join(notes)


def _activities(rows: Rows) -> Iterator[Sentence]:
    once, accepted = events(rows.claimed), events(rows.confirmed)
    if not once:
        yield Sentence("overall", "activities", f"{rows.until}，没有单位报来活动。", (rows.snapshot(),))
        return
    numbers = (counted(len(once), "场", DEDUPLICATED), counted(len(accepted), "场", CONFIRMED))
    text = f"各单位报来活动{numbers[0].text}（联办的只计一次），其中已接收{numbers[1].text}。"
    yield Sentence("overall", "activities", text, rows.returned_all(rows.claimed), numbers)


# field → (what is said before the numbers, between them, unit, what follows)
_PEOPLE = (
    ("on_site", "报了现场人次，共", "人次", ""),
    ("women", "报了其中的妇女人次，共", "人次", ""),
    ("online", "报了线上观看，共", "次", "，单独统计，不与现场人次相加"),
    ("benefited", "报了服务或受益人数，共", "人", ""),
    ("deeds", "报了办实事，共", "件", ""),
)


def _people(rows: Rows) -> Iterator[Sentence]:
    accepted, start = events(rows.confirmed), "已接收的活动中，"
    for field, words, unit, after in _PEOPLE:
        total = added_once(accepted, field)
        if total.number is not None:
            numbers = (counted(total.told, "场"), summed(total, unit))
            pairs = [(row, values) for row, values in rows.confirmed if values[field] is not None]
            text = f"{start}{numbers[0].text}{words}{numbers[1].text}{after}。"
            start = ""
            yield Sentence("overall", f"people:{field}", text, rows.returned_all(pairs), numbers)


def _covered(rows: Rows) -> Iterator[Sentence]:
    asked = [rows.clause[code] for code in rows.data["asked"]]
    done = [clause for clause in asked if rows.of_clause(clause["code"])]
    if not asked:
        return
    numbers = [counted(len(asked), "项"), counted(len(done), "项")]
    text = f"通知安排各单位开展的措施{numbers[0].text}，已接收活动的{numbers[1].text}"
    left = [clause for clause in asked if clause not in done]
    if left:
        numbers.append(counted(len(left), "项"))
        text += f"，还没有的{numbers[-1].text}"
    note = f"还没有的：{some([clause['number'] for clause in left], NAMED)}" if left else ""
    yield Sentence("overall", "coverage", f"{text}。", (rows.notice(note), rows.snapshot()), tuple(numbers))
