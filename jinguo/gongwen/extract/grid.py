"""Ruled tables on a page: straight lines that meet make a grid, and a place on the page lies in one of its cells."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

_TOUCH = 2.5  # points between line ends that still meet
_MOST = 4_000  # lines on one page; a drawing has more, a table has not


class Rule(NamedTuple):
    """A straight line, level or upright, by its corners."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True)
class Table:
    """The edges of a table's rows and columns, in order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def x1(self) -> float:
        return self.xs[-1]

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a place inside."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column


def tables_of(rules: list[Rule]) -> list[Table]:
    """The tables that the lines of a page make: at least two rows or columns, and more than a frame."""
    if not 4 <= len(rules) <= _MOST:
        return []
    found = []
    for group in _groups(rules):
        xs = _merged([rule.x0 for rule in group if not rule.level])
        ys = _merged([rule.y0 for rule in group if rule.level])
        if len(xs) >= 3 and len(ys) >= 2:
            found.append(Table(tuple(xs), tuple(ys)))
    return found


def _merged(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _TOUCH:
            out.append(value)
    return out


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that meet, directly or through others. Sorted by their tops, so that only neighbours are compared."""
    groups: list[tuple[list[float], list[Rule]]] = []  # box: x0, y0, x1, y1
    for rule in sorted(rules, key=lambda r: r.y0):
        met = [group for group in groups if _meets(group[0], rule)]
        box = [rule.x0, rule.y0, rule.x1, rule.y1]
        members = [rule]
        for group in met:
            groups.remove(group)
            members += group[1]
            box = [
                min(box[0], group[0][0]),
                min(box[1], group[0][1]),
                max(box[2], group[0][2]),
                max(box[3], group[0][3]),
            ]
        groups.append((box, members))
    return [members for _, members in groups]


def _meets(box: list[float], rule: Rule) -> bool:
    return (
        rule.x0 <= box[2] + _TOUCH
        and rule.x1 >= box[0] - _TOUCH
        and rule.y0 <= box[3] + _TOUCH
        and rule.y1 >= box[1] - _TOUCH
    )
