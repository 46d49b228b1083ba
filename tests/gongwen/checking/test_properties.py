"""Whatever the text: fixing twice is fixing once, only what a finding names changes, and nothing that was fixed is left."""

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import Unreadable, read
from jinguo.gongwen.checking import Finding, applied, check, corrected
from tests.gongwen.checking.papers import notice

ROOT = Path(__file__).resolve().parents[3]
DEMO = (ROOT / "jinguo" / "ops" / "demo" / "notice.txt").read_text("utf-8")
PIECES = [
    "请各单位参加", ",", ";", ":", "?", "!", "(", ")", "（", "）", "一、", "一.", "1、", "1.", "（一）、", "①、", "首先、", "一是，", "3月5号", "3月1-8日",
    "9:00-11:30", "10-20人", "3～5万人", "０５", "二〇二四年3月5日", "、等", "……等", "。。。", "...", "…", "--", "——", "“", "”", '"', "《", "》", "\n",
    "附件：1.报名表；", "附件1", "合计\t3", "https://example.org/a,b", "a,b@example.org", "表(1).docx", "**", "\u200b", "— 2 —\n", "。", "，", " ",
    "（此页无正文）", "此件公开", "抄送：市总工会", "2024年03月05日", "清妇发[2024]第07号", "关于 读书的通知", "各县(区)妇联:", "农历三月5日",
]  # fmt: skip
# What a fix may write or take away: marks, digits, blanks, and the numerals and words of dates and numbers.
TOUCHED = re.compile(
    r"[\s\u3000,，;；:：?？!！()（）〔〕\[\]［］【】“”\"…。.．·・、—\-－‐‑～0-9０-９第号日年月〇零○一二三四五六七八九十万亿%％‰]"
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), min_size=1, max_size=25).map("".join)


@lru_cache(8)  # a text is looked at again by each of the questions about it
def look(text: str) -> tuple[Finding, ...]:
    try:
        return check(read(text))
    except Unreadable:
        return ()


def assert_fixing_is_safe(text: str) -> None:
    found = look(text)
    for one in found:
        assert all(text[s.start : s.end] == s.quote for s in one.src), one
        assert all(text[c.start : c.end] == c.old for c in one.changes), one
        assert one.fix != "now" or one.changes
    once = corrected(text, look)
    assert corrected(once, look) == once
    assert [f for f in look(once) if f.fix == "now"] == []
    if not any(f.rule == "L6" for f in found):  # 此页无正文 goes as a whole
        assert TOUCHED.sub("", once) == TOUCHED.sub("", text)


@settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_fixing_any_text_is_safe(text: str) -> None:
    assert_fixing_is_safe(text)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.integers(0, len(DEMO)))
def test_fixing_a_damaged_notice_is_safe(piece: str, at: int) -> None:
    assert_fixing_is_safe(DEMO[:at] + piece + DEMO[at:])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_a_fix_changes_only_the_places_it_names(body: str) -> None:
    text = notice(body)
    found = look(text)
    for one in [f for f in found if f.fix == "now"]:
        fixed, at, kept = applied(text, [one]), 0, []
        changes = sorted(one.changes, key=lambda c: c.start)
        assert all(a.end <= b.start for a, b in pairwise(changes))
        for change in changes:
            kept.append(text[at : change.start] + change.new)
            at = change.end
        assert fixed == "".join(kept) + text[at:]


def test_the_demonstration_notice_needs_no_fix() -> None:
    assert corrected(DEMO, look) == DEMO


def test_a_finding_about_another_text_changes_nothing() -> None:
    found = look(notice("请各单位参加,并报送。"))
    assert any(f.fix == "now" for f in found)
    assert applied(notice(), found) == notice()
