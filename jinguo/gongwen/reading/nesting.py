"""How deep each label stands, told by the order in which the kinds of label appear and not by their usual rank.

一、 over 1. is two levels just as 一、 over （一） is; a paper may start at any kind. The usual rank decides only where the
order leaves it open: a kind seen for the first time that ranks above the item it follows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LOOK_AHEAD = 200  # labels: keeps a long paper linear


@dataclass(frozen=True)
class Step:
    """One label in the order of the text. rank: its usual level, 0 for a heading without a label; number 0 for none."""

    family: str
    rank: int
    number: int


@dataclass
class _Open:
    family: str
    rank: int
    number: int


def depths(steps: Sequence[Step]) -> list[int]:
    """The level of each label, from 1."""
    found: list[int] = []
    stack = _before(steps[0]) if steps else []
    above: dict[str, str] = {}  # the family each family was last found under, "" for none
    for i, step in enumerate(steps):
        _close(steps, i, stack, above)
        above[step.family] = stack[-1].family if stack else ""
        stack.append(_Open(step.family, step.rank, step.number))
        found.append(len(stack))
    return found


def _before(first: Step) -> list[_Open]:
    """Places for what a text that begins in the middle (at （二）) has lost above it."""
    return [_Open("", rank, 0) for rank in range(1, first.rank)] if first.number > 1 else []


def _close(steps: Sequence[Step], i: int, stack: list[_Open], above: dict[str, str]) -> None:
    """Take from the stack what ends where label `i` begins; what is left is what it stands under."""
    step = steps[i]
    own = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].family == step.family), None)
    if own is not None:
        del stack[own:]
        return
    if step.number > 1 and step.family in above:  # goes on counting under another parent
        parent = above[step.family]
        depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].family == parent), None)
        if depth is not None or not parent:
            del stack[depth + 1 if depth is not None else 0 :]
            return
    lower = next(
        (d for d, one in enumerate(stack) if one.rank > step.rank or (not one.family and one.rank == step.rank)),
        len(stack),
    )
    if not any(_goes_on(steps, i, stack, d) for d in range(lower, len(stack))):
        del stack[lower:]


def _goes_on(steps: Sequence[Step], i: int, stack: Sequence[_Open], depth: int) -> bool:
    """Whether the open series at `depth` counts on after label `i`, before anything it stands under does."""
    one = stack[depth]
    outer = Counter(o.family for o in stack[:depth])
    for later in steps[i + 1 : i + _LOOK_AHEAD]:
        if later.family in outer:
            return False
        if later.family == one.family:
            return later.number == one.number + 1 and one.number > 0
    return False


def runs(numbers: Iterable[tuple[int, int]]) -> set[int]:
    """Which of (place, number) count 1, 2, 3 … without a gap, at least two of them; places are kept in order."""
    kept: set[int] = set()
    run: list[int] = []
    for place, number in numbers:
        if number == len(run) + 1:
            run.append(place)
            if len(run) > 1:
                kept.update(run)
        elif number == 1:
            run = [place]
    return kept
