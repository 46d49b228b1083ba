"""The long part: measure by measure, what came in; then what the issuer held itself; then what units find difficult."""

from collections.abc import Iterator

from jinguo.lib.texts import quote
from jinguo.reports.builder.draft import Number, Sentence, Source
from jinguo.reports.builder.rows import Pairs, Row, Rows, counted, events, summed
from jinguo.reports.builder.words import beginning, day_text, days_text, ended, some
from jinguo.reports.metrics import added_once

PLACES = 3
NAMED, TITLES = 40, 6  # units, and activities of each, named where no measure holds them
EXAMPLES = 2  # quoted a measure
DIFFICULTIES = 12  # quoted in all


def measure(rows: Rows, clause: Row) -> Iterator[Sentence]:
    """One measure: how many, where, two examples in the units' own words; or that nobody reported it."""
    section, pairs = f"clause:{clause['number']}", rows.of_clause(clause["code"])
    waiting = rows.waiting_of_clause(clause["code"])
    if not pairs:
        suited = "本项由适合的单位选做；" if clause["reach"] == "suited" else ""
        word = "没有单位报来" if not waiting else "没有已接收的"
        text = f"{suited}{rows.until}，{word}。"
        yield Sentence(section, f"none:{clause['code']}", text, (rows.of(clause), rows.snapshot()))
    else:
        yield _count(rows, clause, section, pairs)
        yield from _places(rows, clause, section, pairs)
        yield from _examples(rows, clause, section, pairs)
    if waiting:
        number = counted(len(waiting), "件", "claimed")
        text = f"另有{number.text}已报、还没有接收，不计在内。"
        yield Sentence(section, f"waiting:{clause['code']}", text, rows.returned_all(waiting), (number,))


def _count(rows: Rows, clause: Row, section: str, pairs: Pairs) -> Sentence:
    once = events(pairs)
    numbers = [counted(len(rows.unit_names(pairs)), "家"), counted(len(once), "场")]
    text = f"{numbers[0].text}单位报来活动{numbers[1].text}"
    people = added_once(once, "on_site")
    if people.number is not None:
        if people.told < len(once):
            numbers.append(counted(people.told, "场"))
            text += f"，其中{numbers[-1].text}报了现场人次"
        numbers.append(summed(people, "人次"))
        text += f"，{'共' if people.told < len(once) else '现场参加'}{numbers[-1].text}"
    sources = (rows.of(clause), *rows.returned_all(pairs))
    return Sentence(section, f"count:{clause['code']}", f"{text}。", sources, tuple(numbers))


def _places(rows: Rows, clause: Row, section: str, pairs: Pairs) -> Iterator[Sentence]:
    told = [(row, values) for row, values in pairs if values["place"]]
    places = list(dict.fromkeys(values["place"].strip() for _, values in told))
    if not places:
        return
    numbers = (counted(len(places), "处"),) if len(places) > PLACES else ()
    text = f"活动地点有{some(places, PLACES)}{numbers[0].text if numbers else ''}。"
    text = f"活动在{places[0]}举行。" if len(places) == 1 and len(told) == len(pairs) else text
    yield Sentence(section, f"places:{clause['code']}", text, rows.returned_all(told), numbers)


def _examples(rows: Rows, clause: Row, section: str, pairs: Pairs) -> Iterator[Sentence]:
    """The first of each unit by the day they were held: no choice by merit is made here."""
    chosen: dict[str, tuple[Row, Row]] = {}
    for row, values in sorted(pairs, key=lambda pair: (pair[1]["held_on"] or "", pair[0]["code"])):
        if values["summary"].strip() or values["body"].strip():
            chosen.setdefault(row["unit"], (row, values))
    for row, values in list(chosen.values())[:EXAMPLES]:
        said = ended(beginning(values["summary"] if values["summary"].strip() else values["body"]))
        text = f"{rows.units[row['unit']]['short']}报来：{quote(said)}"
        yield Sentence(section, f"quote:{clause['code']}:{row['code']}", text, (rows.returned(row, values),))


def others(rows: Rows) -> Iterator[Sentence]:
    """Accepted activities that answer none of the measures: how many, and each by its name; nothing that came in goes unsaid."""
    asked = set(rows.data["asked"])
    pairs = [(row, values) for row, values in rows.confirmed if not asked & set(values["clauses"])]
    if not pairs:
        return
    once, units = events(pairs), rows.unit_names(pairs)
    numbers = (counted(len(units), "家"), counted(len(once), "场"))
    which = "没有对应到上述各项的，有" if asked else ""
    text = f"{which}{numbers[0].text}单位报来的活动{numbers[1].text}。"
    yield Sentence("others", "others", text, (rows.notice(), *rows.returned_all(pairs)), numbers)
    for unit in units[:NAMED]:
        mine = [(row, values) for row, values in pairs if rows.units[row["unit"]]["short"] == unit]
        named = some(list(dict.fromkeys(quote(values["title"]) for _row, values in mine)), TITLES)
        yield Sentence("others", f"other:{mine[0][0]['unit']}", f"{unit}：{named}。", rows.returned_all(mine))


def own(rows: Rows) -> Iterator[Sentence]:
    """The issuer's own events: held with a record, or no record seen. Planned is not done."""
    for clause in rows.clauses:
        if clause["kind"] != "own_event":
            continue
        held = rows.data["own_events"].get(clause["code"], [])
        for event in held:
            yield _event(clause, event, rows)
        if not held:
            said = clause.get("event_words") or (day_text(clause["event_on"]) if clause["event_on"] else "")
            when = f"（通知安排在{said}）" if said else ""
            text = f"{clause['heading']}{when}：未见活动记录。"
            yield Sentence("own", f"own:{clause['code']}", text, (rows.of(clause), rows.snapshot()))


def _event(clause: Row, event: Row, rows: Rows) -> Sentence:
    name = "" if event["title"] == clause["heading"] else quote(event["title"])
    when, where = days_text(event["first_day"], event["last_day"]), event["place"]
    at = f"在{where}" if where else ""
    numbers: tuple[Number, ...] = ()
    if event["state"] == "done":
        said = f"{when}{at}举办{name}"
        if event["on_site"] is not None:
            numbers = (counted(event["on_site"], "人次", about=event["about"]),)
            said += f"，现场参加{numbers[0].text}"
    elif event["state"] == "cancelled":
        said = f"{name}已取消" + (f"，原因：{event['reason'].rstrip('。')}" if event["reason"] else "")
    else:
        said = f"{name}定于{when}{at}举办，{rows.until}没有办完的记录"
    sources = (rows.of(clause), Source("activity", event["code"], f"活动记录{quote(event['title'])}"))
    return Sentence("own", f"own:{clause['code']}:{event['code']}", f"{clause['heading']}：{said}。", sources, numbers)


def problems(rows: Rows) -> Iterator[Sentence]:
    """What units find difficult and propose, in their own words."""
    pairs = [(row, values) for row, values in _accepted(rows) if values["difficulties"].strip()]
    if not pairs:
        text = "已接收的报送中，没有提出困难和建议。"
        yield Sentence("problems", "problems", text, (rows.snapshot(),))
        return
    numbers = (counted(len(rows.unit_names(pairs)), "家"), counted(len(pairs), "条"))
    text = f"{numbers[0].text}单位提出困难和建议{numbers[1].text}。"
    yield Sentence("problems", "problems", text, rows.returned_all(pairs), numbers)
    for row, values in pairs[:DIFFICULTIES]:
        said = ended(beginning(values["difficulties"]))
        text = f"{rows.units[row['unit']]['short']}：{quote(said)}"
        yield Sentence("problems", f"problem:{row['code']}", text, (rows.returned(row, values),))
    rest = pairs[DIFFICULTIES:]
    if rest:
        number = counted(len(rest), "条")
        yield Sentence("problems", "problems:rest", f"其余{number.text}见依据。", rows.returned_all(rest), (number,))


def _accepted(rows: Rows) -> Pairs:
    """Every accepted return, closing summaries included: difficulties are not counted twice by being said twice."""
    return [(row, row["versions"][str(row["confirmed"])]) for row in rows.returns if row["confirmed"]]
