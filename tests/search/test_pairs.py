"""Text as the index holds it, and what a query asks of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinguo.search.pairs import DIVIDER, pairs_of, phrases_of, pinyin_of, runs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("阳泉市", "阳泉 泉市 市"),
        ("阳泉，市", f"阳泉 泉 {DIVIDER} 市"),
        ("ＡＢ 12", f"ab b {DIVIDER} 12 2"),
        ("", ""),
        ("，。", ""),
    ],
)
def test_pairs_overlap_and_stay_inside_a_run(text, pairs):
    assert pairs_of(text) == pairs


def test_a_query_is_a_phrase_a_run():
    assert phrases_of("荫营镇 妇联") == [["荫营", "营镇"], ["妇联"]]
    assert phrases_of("营") == [["营"]]
    assert phrases_of("、！") == []


def test_pinyin_is_joined_beside_its_initials():
    assert pinyin_of("盂县妇联") == "yuxianfulian yxfl"


def holds(stored: list[str], asked: list[str]) -> bool:
    """Whether a database would find this phrase in these tokens."""
    if len(asked) == 1 and len(asked[0]) == 1:
        return any(token.startswith(asked[0]) for token in stored if token != DIVIDER)
    return any(stored[n : n + len(asked)] == asked for n in range(len(stored)))


LETTERS = st.text(alphabet="妇女之家泉ab1，。 ", max_size=24)


@given(LETTERS, st.text(alphabet="妇女之家泉ab1", min_size=1, max_size=5))
def test_a_phrase_is_found_exactly_where_it_stands(text, words):
    stands = any(words in run for run in runs(text))
    assert holds(pairs_of(text).split(), phrases_of(words)[0]) == stands
