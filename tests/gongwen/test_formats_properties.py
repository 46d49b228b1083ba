"""Whatever stands in a file of any kind: its spans are exact, its text comes back, and no kind of file adds a word."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import Record, Unreadable, read
from jinguo.gongwen.extract import ASIDE, extract
from tests.gongwen import papers
from tests.gongwen.test_formats import assert_exact
from tests.gongwen.test_properties import FRAGMENTS, NOTICES, assert_honest, changed

# What every kind of file can hold and GB18030's fonts can show: the letters of notices.
LETTERS = st.text(
    st.sampled_from("一二三要请各县妇联于3月18日前报送名单举办座谈会、，。；：“”《》（）(二)1.①—·"),
    min_size=1,
    max_size=60,
)
KINDS: dict[str, Callable[[str], bytes]] = {
    "docx": papers.docx_of,
    "pdf": lambda t: papers.pdf_of(papers.pages_of(t)),
    "ofd": lambda t: papers.ofd_of(papers.pages_of(t)),
    "html": papers.html_of,
    "mht": lambda t: papers.mht_of(papers.html_of(t)),
}
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(lines=st.lists(LETTERS, min_size=1, max_size=30))
def test_the_letters_come_back_in_order(kind: str, lines: list[str]) -> None:
    text = "\n".join(lines)
    data = KINDS[kind](text)
    found = extract(data)
    beside = [mark for mark in found.marks if mark.kind in ASIDE]
    said = "".join(c for at, c in enumerate(found.raw) if not any(m.start <= at < m.end for m in beside))
    assume(kind not in ("pdf", "ofd") or not any(mark.kind == "running_head" for mark in beside))
    assert bare(said) == bare(text)
    assert_exact(data)


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(
    which=st.integers(0, len(NOTICES) - 1),
    changes=st.lists(
        st.tuples(
            st.sampled_from(["insert", "delete", "double", "swap"]), st.integers(0, 3000), st.integers(1, 60),
            st.sampled_from([f for f in FRAGMENTS if f.isprintable() and "\u200b" not in f]),
        ),
        min_size=1, max_size=8,
    ),
)  # fmt: skip
def test_a_damaged_notice_in_any_file_is_read_honestly(
    kind: str, which: int, changes: list[tuple[str, int, int, str]]
) -> None:
    try:
        record = read(KINDS[kind](changed(NOTICES[which], changes)))
    except Unreadable as refusal:
        assert refusal.code in ("empty", "classified")
        return
    assert_honest(record)
    assert Record.from_json(record.to_json()) == record


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.floats(0, 1), junk=st.binary(max_size=40), cut=st.booleans())
def test_a_damaged_file_is_read_or_refused(kind: str, at: float, junk: bytes, cut: bool) -> None:
    whole = KINDS[kind]("各县妇联：\n请于3月1日前报送名单。")
    place = int(at * len(whole))
    data = whole[:place] + junk + (b"" if cut else whole[place + len(junk) :])
    try:
        assert_honest(read(data))
    except Unreadable as refusal:
        assert refusal.zh and refusal.en
