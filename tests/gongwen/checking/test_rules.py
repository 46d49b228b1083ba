"""Every rule sees what it is for and leaves alone what merely looks like it: a false alarm costs more than a miss."""

from functools import cache

import pytest

from jinguo.gongwen import read
from jinguo.gongwen.checking import RULES, Finding, applied, check
from tests.gongwen.checking import cases_marks, cases_numbers, cases_parts
from tests.gongwen.checking.papers import notice

CASES = cases_numbers.CASES | cases_marks.CASES | cases_parts.CASES
SEEN = [(*key, text, wanted) for key, (accepts, _) in CASES.items() for text, wanted in accepts]
LEFT = [(*key, text) for key, (_, rejects) in CASES.items() for text in rejects]


@cache
def checked(text: str) -> tuple[Finding, ...]:
    return check(read(text))


def found(text: str, rule: str, part: str) -> list[Finding]:
    return [f for f in checked(text) if (f.rule, f.part) == (rule, part)]


def test_every_rule_has_at_least_three_of_each() -> None:
    assert {(rule.id, rule.part) for rule in RULES} == set(CASES)
    assert [key for key, (accepts, rejects) in CASES.items() if len(accepts) < 3 or len(rejects) < 3] == []


@pytest.mark.parametrize(
    ("rule", "part", "text", "wanted"), SEEN, ids=[f"{r}{p}-{n}" for n, (r, p, *_) in enumerate(SEEN)]
)
def test_it_is_seen_and_mended(rule: str, part: str, text: str, wanted: str | None) -> None:
    hits = found(text, rule, part)
    assert hits, "nothing was said"
    for hit in hits:
        assert all(text[s.start : s.end] == s.quote and s.quote for s in hit.src)
    if hits[0].fix == "now":
        mended = applied(text, hits)
        assert found(mended, rule, part) == []
        assert wanted is None or mended == wanted
    elif wanted is not None:
        assert hits[0].offers[0] == wanted


@pytest.mark.parametrize(("rule", "part", "text"), LEFT, ids=[f"{r}{p}-{n}" for n, (r, p, _) in enumerate(LEFT)])
def test_it_is_left_alone(rule: str, part: str, text: str) -> None:
    assert [(f.zh, [s.quote for s in f.src]) for f in found(text, rule, part)] == []


def test_only_what_the_standard_states_flatly_is_called_not_compliant() -> None:
    texts = [text for accepts, _ in CASES.values() for text, _ in accepts]
    for one in (f for text in texts for f in checked(text)):
        assert ("不符合" in one.verdict_zh) == (one.strength == "M") == ("not comply" in one.verdict_en)
        assert one.zh.endswith(("。", "：", "）", "”", "—", "…", "，", "；", "？", "！")) and one.en
        assert one.basis_zh in one.verdict_zh and one.basis_en in one.verdict_en


def test_a_clean_notice_has_nothing_to_say() -> None:
    assert check(read(notice())) == ()


def test_ids_are_unique_and_stay_the_same() -> None:
    for accepts, _ in CASES.values():
        for text, _wanted in accepts:
            ids = [f.id for f in checked(text)]
            assert len(ids) == len(set(ids)) and ids == [f.id for f in check(read(text))]
