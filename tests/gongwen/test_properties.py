"""Whatever happens to a notice on its way — words lost, doubled, cut by a page edge, letters from elsewhere mixed in —
reading it never fails, every span quotes the text exactly, and no date, address or name appears that does not stand there.
"""

import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import Record, Unreadable, read

ROOT = Path(__file__).resolve().parents[2]
NOTICES = [
    path.read_text("utf-8")
    for path in [
        ROOT / "jinguo" / "ops" / "demo" / "notice.txt",
        *sorted((ROOT / "tests" / "data" / "notices").glob("*.txt")),
    ]
]
FRAGMENTS = [
    "一、", "（一）", "(二) ", "1.", "（1）", "①", "一要", "二要", "一是", "首先，", "“", "”", "《", "）", "\n", "\n\n— 3 —\n", "。", "，", "、",
    "举办", "召开", "及", "和", "暨", "等", "将", "请及时报送市妇联", "3月1日前", "2月30日前", "即日起至", "每月31日前", "截至0月底，已", "13月40日",
    "99月底前", "附件1：", "附件", "2024年3月8日印发", "抄送：", "〔2024〕9号", "不得", "每个村至少", "13800000000", "a@b.example.org", "**", "\u200b",
    "\ufeff", "\r\n", "\x0b", "\u2028", "\t", "联 系 人：", "星期八", "24:61前", "第一，", "最后，",
]  # fmt: skip

fragment = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6))
change = st.tuples(
    st.sampled_from(["insert", "delete", "double", "swap"]), st.integers(0, 3000), st.integers(1, 60), fragment
)


def changed(text: str, changes: list[tuple[str, int, int, str]]) -> str:
    for how, at, length, words in changes:
        at %= len(text) + 1
        piece = text[at : at + length]
        if how == "insert":
            text = text[:at] + words + text[at:]
        elif how == "delete":
            text = text[:at] + text[at + length :]
        elif how == "double":
            text = text[:at] + piece + text[at:]
        else:
            text = piece + text[:at] + text[at + length :]
    return text


def bare(text: str) -> str:
    """Without what the reader's eye skips: blanks, stars, invisible characters."""
    return re.sub(r"[\s*#\u200b-\u200f\u2060\ufeff\xad\x00\u202a-\u202e]", "", text)


def assert_honest(record: Record) -> None:
    for leaf in record.leaves():
        assert leaf.rule, leaf
        for span in leaf.src:
            assert record.raw[span.start : span.end] == span.quote and span.quote == span.quote.strip("\n"), leaf
    for event in record.events:
        assert bare(event.name) == bare("".join(s.quote for s in event.src)), event
        assert_day_is_written(event.date, record.raw)
    for one in record.deadlines:
        assert_day_is_written(one.date, record.raw)
        assert not (one.soft and one.date)
    for contact in record.contacts:
        assert re.sub(r"\D", "", contact.value) == re.sub(
            r"\D", "", "".join(s.quote for s in contact.src)
        ) or contact.kind not in ("phone", "fax")
    covered = [(s.start, s.end) for s in record.sentences]
    assert all(a < b for a, b in covered)
    assert all(b <= c for (_, b), (c, _) in pairwise(covered))


def assert_day_is_written(day: str | None, raw: str) -> None:
    """A date's day stands in the text as a number, or as 底/末 of its month."""
    if day is not None:
        number = date.fromisoformat(day).day
        digits = raw.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        assert re.search(rf"(?<!\d)0?{number}(?!\d)|[〇零一二三四五六七八九十]|底|末", digits), day


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NOTICES), st.lists(change, min_size=1, max_size=12))
def test_a_damaged_notice_is_read_honestly(text: str, changes: list[tuple[str, int, int, str]]) -> None:
    try:
        record = read(changed(text, changes))
    except Unreadable as refusal:
        assert refusal.code in ("empty", "classified")
        return
    assert_honest(record)
    assert Record.from_json(record.to_json()) == record


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        assert_honest(read(text))
    except Unreadable as refusal:
        assert refusal.zh and refusal.en


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        assert_honest(read(data))
    except Unreadable as refusal:
        assert refusal.zh and refusal.en


@cache
def _whole() -> Record:
    return read(NOTICES[0])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_page_edge_anywhere_in_a_sentence_changes_nothing(data: st.DataObject) -> None:
    text, whole = NOTICES[0], _whole()
    inside = [
        m.start()
        for m in re.finditer("(?<=[一-鿿])(?=[一-鿿]{3})", text)
        if text.count("。", text.rfind("\n", 0, m.start()) + 1, m.start())
    ]
    at = data.draw(st.sampled_from(inside))
    cut = read(text[:at] + "\n\n" + text[at:])
    assert [(n.level, n.clause, n.heading) for n in cut.outline] == [
        (n.level, n.clause, n.heading) for n in whole.outline
    ]
    assert [(e.kind, e.name) for e in cut.events] == [(e.kind, e.name) for e in whole.events]
    assert [t.text for t in cut.tasks] == [t.text for t in whole.tasks]
