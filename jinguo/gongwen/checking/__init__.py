"""Check an official document (公文) before it is issued: findings with strength, basis and sentence; some with a one-click fix.

`check(record)` is the whole library; `corrected` applies fixes to a text. Nothing is refused here, only said.
"""

from jinguo.gongwen.checking import (
    amounts,
    annexes,
    conduct,
    dates,
    docnumber,
    form,
    labels,
    marks,
    names,
    pairs,
)
from jinguo.gongwen.checking.findings import Change, Finding, Rule, Strength, finding
from jinguo.gongwen.checking.fixing import applied, corrected
from jinguo.gongwen.checking.paper import Paper
from jinguo.gongwen.record import Record

__all__ = ["RULES", "Change", "Finding", "Rule", "Strength", "applied", "check", "corrected"]

RULES: tuple[Rule, ...] = (
    *docnumber.RULES, *form.RULES, *dates.RULES, *amounts.RULES, *marks.RULES, *pairs.RULES, *labels.RULES, *names.RULES,
    *annexes.RULES, *conduct.RULES,
)  # fmt: skip


def check(record: Record) -> tuple[Finding, ...]:
    """Every finding, in the order of the text; what is missing altogether stands first."""
    paper = Paper(record)
    seen: dict[str, int] = {}
    found = [finding(rule, hit, seen) for rule in RULES for hit in rule.find(paper)]
    return tuple(sorted(found, key=lambda f: f.src[0].start if f.src else -1))
