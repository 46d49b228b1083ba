"""The golden facts of the real notice 阳妇发〔2023〕3号. Its text is not ours to ship: it lies beside the repository."""

import re
from collections import Counter
from pathlib import Path

import pytest

from jinguo.gongwen import Record, read

_PLACES = [p / "shared" / "seed" / "notice-2023-3.txt" for p in Path(__file__).resolve().parents]
SEED = next((p for p in _PLACES if p.is_file()), None)

pytestmark = pytest.mark.skipif(SEED is None, reason="the real notice is not part of the repository")


@pytest.fixture(scope="module")
def record() -> Record:
    assert SEED is not None
    return read(SEED.read_bytes(), SEED.name)


def test_head(record: Record) -> None:
    assert (
        record.doc_number
        and record.title
        and record.issuer
        and record.theme
        and record.preamble
        and record.preamble.cue
    )
    assert (record.doc_number.code, record.doc_number.year, record.doc_number.number) == ("阳妇发", 2023, 3)
    assert record.title.text.startswith("关于开展2023年“三八”国际妇女节纪念活动")
    assert record.title.src[0].quote.count(" ") == 1
    assert record.issuer.text == "阳泉市妇女联合会"
    assert record.theme.text == "巾帼心向党·奋进新征程"
    assert re.fullmatch("现就.*通知如下：", record.preamble.cue.text)


def test_three_groups_of_recipients(record: Record) -> None:
    assert [(r.kinds, r.bodies) for r in record.recipients] == [
        (("县", "区"), ("妇联",)),
        ((), ("妇女组织",)),
        ((), ("妇女组织",)),
    ]


def test_twenty_two_outline_nodes(record: Record) -> None:
    levels = Counter((n.kind, n.level) for n in record.outline)
    assert levels == {("heading", 1): 3, ("heading", 2): 7, ("point", 3): 12}
    points = [n.clause for n in record.outline if n.kind == "point"]
    assert points == [f"二({section}){point}" for section in "一二三四" for point in "一二三"]
    assert [n.marker for n in record.outline if n.marker.startswith("(")] == ["(三)", "(三)"]


def test_ten_own_events_in_six_groups(record: Record) -> None:
    assert [e.kind for e in record.events] == [
        "congress", "symposium", "job_fair", "exhibition", "sharing", "ceremony", "reading", "rights", "ceremony", "media",
    ]  # fmt: skip
    assert Counter((e.group, e.verb) for e in record.events) == {
        (1, "召开"): 1, (2, "举办"): 5, (3, "启动"): 1, (4, "开展"): 1, (5, "举行"): 1, (6, "推出"): 1,
    }  # fmt: skip
    assert {e.owner for e in record.events} == {"issuer"}
    assert {
        (e.date, e.window.start if e.window else "", e.window.fuzzy if e.window else None) for e in record.events
    } == {(None, None, True)}


def test_the_doubtful_cuts_are_offered_not_made(record: Record) -> None:
    offered = {
        e.kind: (len(e.facets), [(c.rule, c.made, len(c.names)) for c in e.cuts]) for e in record.events if e.cuts
    }
    assert offered == {
        "ceremony": (2, [("event.split.ji", False, 2)]),
        "rights": (2, [("event.split.weak_heads", False, 2)]),
    }


def test_twelve_measures_one_for_each_point(record: Record) -> None:
    points = [n.id for n in record.outline if n.kind == "point"]
    assert [t.node for t in record.tasks] == points
    assert {(t.kind, t.force) for t in record.tasks} == {("measure", "duty")}
    by_clause = {n.clause: t for n in record.outline for t in record.tasks if t.node == n.id}
    assert [v.kind for v in by_clause["二(一)二"].venues] == ["community", "school", "new_org", "online", "family"]
    assert "女科技工作者" in [g.text for g in by_clause["二(二)一"].groups]
    assert [b.text for b in by_clause["二(二)一"].brands][:3] == [
        "科技创新巾帼行动",
        "乡村振兴巾帼行动",
        "创业创新巾帼行动",
    ]
    assert [g.text for g in by_clause["二(四)二"].groups if g.sensitive] == [
        "低收入妇女",
        "失业妇女",
        "患病妇女",
        "单亲母亲",
    ]
    assert [f.text for f in by_clause["二(二)二"].forms] == ["报告", "演讲", "座谈"]


def test_three_requirements(record: Record) -> None:
    assert [c.kind for c in record.constraints] == ["requirement"] * 3


def test_one_undated_report_duty(record: Record) -> None:
    (duty,) = record.report_duties
    assert (duty.who, duty.to, duty.due, duty.soft) == (("各县（区）", "各单位"), "市妇联宣教部", None, "及时")
    assert [c.kind for c in duty.channels] == ["email"]
    assert [(d.date, d.soft) for d in record.deadlines] == [(None, "及时")]
    assert [c.kind for c in record.contacts] == ["email"]


def test_no_date_of_its_own_only_a_print_date(record: Record) -> None:
    assert (record.sign.org, record.sign.date) == (None, None)
    assert (record.imprint.org, record.imprint.date) == ("阳泉市妇女联合会", "2023-02-15")


def test_gaps_and_deviations(record: Record) -> None:
    assert {g.code for g in record.gaps} == {
        "sign.org", "sign.date", "attachment", "contact.person", "contact.phone", "event.date", "report.due", "quota", "owner.department",
    }  # fmt: skip
    assert Counter(d.code for d in record.deviations) == {"title.space": 1, "bracket.halfwidth": 4, "marker.space": 2}


def test_five_sentences_cut_by_a_page_edge_are_whole(record: Record) -> None:
    assert Counter(f.kind for f in record.layout) == {"mark": 1, "page_split": 5}


def test_twenty_four_quoted_names_by_kind(record: Record) -> None:
    quoted = [n for n in record.names if n.rule != "name.lexicon"]
    assert Counter(n.kind for n in quoted) == {
        "activity": 14, "abbreviation": 6, "quotation": 1, "festival": 1, "place": 1, "org_brand": 1,
    }  # fmt: skip
    assert sum(len(n.src) for n in quoted) == 37
    assert [c.kind for c in record.cited_documents] == ["work"]


def test_every_sentence_is_in_a_bucket(record: Record) -> None:
    counts = Counter(s.bucket for s in record.sentences)
    assert counts["none"] == 0
    assert counts["event"] == 1 and counts["report"] == 1 and counts["theme"] == 1 and counts["constraint"] == 3
