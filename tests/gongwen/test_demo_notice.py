"""The demonstration notice against an expectation written by hand, fact by fact."""

import json
from pathlib import Path
from typing import Any

import pytest

from jinguo.gongwen import Record, read

ROOT = Path(__file__).resolve().parents[2]
NOTICE = ROOT / "jinguo" / "ops" / "demo" / "notice.txt"
EXPECTED = json.loads((ROOT / "tests" / "data" / "notices" / "demo-2024-1.expected.json").read_text("utf-8"))


def measures(record: Record) -> dict[str, dict[str, Any]]:
    clause = {n.id: n.clause for n in record.outline}
    found: dict[str, dict[str, Any]] = {}
    for task in record.tasks:
        lists = {
            "venues": [v.text for v in task.venues],
            "groups": [g.text for g in task.groups],
            "brands": [b.text for b in task.brands],
            "quantities": [[q.op, q.n, q.unit, q.per] for q in task.quantities],
            "forms": [f.text for f in task.forms],
        }
        kept = {name: values for name, values in lists.items() if values}
        found[clause[task.node or ""]] = {"force": task.force, "reach": task.reach, **kept}
    return found


def facts(record: Record) -> dict[str, Any]:
    """The record in the words of the expectation."""
    clause = {n.id: n.clause for n in record.outline}
    (duty,) = record.report_duties
    assert record.doc_number and record.title and record.genre and record.subtype and record.issuer and record.theme
    assert record.preamble and record.preamble.cue
    return {
        "doc_number": [record.doc_number.code, record.doc_number.year, record.doc_number.number],
        "title": record.title.text,
        "genre": record.genre.text,
        "subtype": record.subtype.text,
        "issuer": record.issuer.text,
        "theme": record.theme.text,
        "cue": record.preamble.cue.text,
        "recipients": [[r.text, list(r.kinds), list(r.bodies)] for r in record.recipients],
        "sign": [record.sign.org, record.sign.date],
        "imprint": [record.imprint.org, record.imprint.date],
        "outline": [[n.level, n.marker, n.heading, n.clause] for n in record.outline],
        "events": [[e.verb, e.name, e.kind, [f.text for f in e.facets]] for e in record.events],
        "event_windows": sorted({e.window.text for e in record.events if e.window}),
        "event_dates": [e.date for e in record.events if e.date],
        "measures": measures(record),
        "requirements": [c.title for c in record.constraints if c.kind == "requirement"],
        "bans": [[clause[c.node or ""], c.what] for c in record.constraints if c.kind == "ban"],
        "report": {
            "who": list(duty.who), "object": duty.object, "to": duty.to, "due": duty.due, "soft": duty.soft,
            "channels": [[c.kind, c.value] for c in duty.channels],
        },
        "contacts": [[c.kind, c.value] for c in record.contacts],
        "cited": [[c.kind, c.text] for c in record.cited_documents],
        "gaps": sorted(g.code for g in record.gaps),
        "deviations": [d.code for d in record.deviations],
        "unread": [s.src[0].quote for s in record.sentences if s.bucket == "none"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return facts(read(NOTICE.read_bytes(), NOTICE.name))


@pytest.mark.parametrize("fact", sorted(EXPECTED))
def test_the_demonstration_notice_says(fact: str, found: dict[str, Any]) -> None:
    assert found[fact] == EXPECTED[fact]


def test_every_fact_is_expected(found: dict[str, Any]) -> None:
    assert found.keys() == EXPECTED.keys()


def test_its_own_events_belong_to_the_issuer_and_to_the_section_above() -> None:
    record = read(NOTICE.read_bytes())
    section = next(n.id for n in record.outline if n.clause == "二")
    assert {(e.owner, e.node) for e in record.events} == {("issuer", section)}
