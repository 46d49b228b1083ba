"""Applying fixes to a text: only what they name changes."""

from collections.abc import Callable, Iterable

from jinguo.gongwen.checking.findings import Change, Finding

_ROUNDS = 8  # a fix may uncover another (…等 after a dropped mark); each round leaves fewer


def applied(raw: str, findings: Iterable[Finding]) -> str:
    """`raw` with the one-click fixes of these findings. Of two that touch the same characters only the first is made."""
    changes = sorted({c for f in findings if f.fix == "now" for c in _whole(raw, f)}, key=lambda c: (c.start, c.end))
    parts: list[str] = []
    at = 0
    for change in changes:
        if change.start < at:
            continue
        parts += [raw[at : change.start], change.new]
        at = change.end
    return "".join([*parts, raw[at:]])


def _whole(raw: str, found: Finding) -> tuple[Change, ...]:
    """The changes of a finding, if they speak about this text."""
    return found.changes if all(raw[c.start : c.end] == c.old for c in found.changes) else ()


def corrected(raw: str, look: Callable[[str], Iterable[Finding]]) -> str:
    """`raw` with every one-click fix, looked at again until nothing is left to fix.

    Args:
        look: text → findings, e.g. `lambda text: check(read(text))`.
    """
    for _round in range(_ROUNDS):
        fixed = applied(raw, look(raw))
        if fixed == raw:
            return raw
        raw = fixed
    return raw
