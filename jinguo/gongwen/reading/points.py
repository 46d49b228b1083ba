"""Which candidate markers make series of points: 一要 二要 三要, in order, inside one parent; series may nest."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Optional

from jinguo.gongwen.parts import Conf
from jinguo.gongwen.reading.markers import PointMark

_ALONE_AT_EDGE = ("yao", "shi")  # a lone 一要 that opens a paragraph is still a point; a lone 首先 is not
_WITHIN_SENTENCE = "；;，,、：: \u3000"
_LAST = 99  # number of 最后
_SENTENCE_END = re.compile("[。！？!?]")


@dataclass(eq=False)
class Point:
    """An accepted marker. end: where its text ends in the view. missing: numbers before it were skipped."""

    mark: PointMark
    parent: Optional["Point"]
    depth: int
    end: int = 0
    conf: Conf = "high"
    missing: bool = False


@dataclass
class _Series:
    family: str
    parent: Point | None
    points: list[Point]

    @property
    def last(self) -> Point:
        return self.points[-1]


def series(text: str, mask: str, marks: list[PointMark], end: int, paragraph_ends: list[int]) -> list[Point]:
    """The points among `marks`, in order, with their extents; the last of a series ends with its sentence or paragraph."""
    closed: list[_Series] = []
    stack: list[_Series] = []
    for mark in marks:
        _place(mark, text, stack, closed)
    kept = [s for s in [*closed, *stack] if len(s.points) > 1 or _may_stand_alone(s)]
    while True:  # a series inside a rejected point is rejected too
        ids = {id(p) for s in kept for p in s.points}
        left = [s for s in kept if s.parent is None or id(s.parent) in ids]
        if len(left) == len(kept):
            break
        kept = left
    for one in sorted(kept, key=lambda s: s.points[0].depth):  # outer series first: inner ones end within them
        _set_ends(one, text, mask, end, paragraph_ends)
    points = sorted((p for s in kept for p in s.points), key=lambda p: p.mark.at)
    _close_before_next(points)
    return points


def _close_before_next(points: list[Point]) -> None:
    """A point ends at the latest where the next one of its depth or above begins, also of another series."""
    open_points: list[Point] = []
    for point in points:
        while open_points and open_points[-1].depth >= point.depth:
            last = open_points.pop()
            last.end = min(last.end, point.mark.at)
        open_points.append(point)


def _place(mark: PointMark, text: str, stack: list[_Series], closed: list[_Series]) -> None:
    depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].family == mark.family), None)
    strict = mark.edge or text[mark.at - 1] not in "，,、 \u3000"
    if depth is not None:
        one = stack[depth]
        gap = mark.number - one.last.mark.number
        follows = gap == 1 or (mark.number == _LAST and one.last.mark.number != _LAST)
        if follows or (gap > 1 and strict and mark.number != _LAST):
            closed += stack[depth + 1 :]
            del stack[depth + 1 :]
            point = Point(mark, one.parent, depth, conf="high" if follows else "mid", missing=not follows)
            one.points.append(point)
            return
    if not strict or (mark.number != 1 and not (mark.edge and not stack)):
        return
    if depth is not None:
        closed += stack[depth:]
        del stack[depth:]
    parent = stack[-1].last if stack else None
    orphan = mark.number != 1
    point = Point(mark, parent, len(stack), conf="low" if orphan else "high", missing=orphan)
    stack.append(_Series(mark.family, parent, [point]))


def _may_stand_alone(one: _Series) -> bool:
    point = one.points[0]
    if one.family in _ALONE_AT_EDGE and point.mark.edge:
        point.conf = "low"
        return True
    return False


def _next_end(ends: list[int], at: int, default: int) -> int:
    i = bisect_right(ends, at)
    return ends[i] if i < len(ends) else default


def _set_ends(one: _Series, text: str, mask: str, end: int, paragraph_ends: list[int]) -> None:
    outer = one.parent.end if one.parent and one.parent.end else end
    for point, after in zip(one.points, one.points[1:], strict=False):
        point.end = after.mark.at
    last = one.last
    paragraph_end = _next_end(paragraph_ends, last.mark.at, outer)
    within = len(one.points) > 1 and text[last.mark.at - 1] in _WITHIN_SENTENCE
    stop = _SENTENCE_END.search(mask, last.mark.at, paragraph_end) if within else None
    last.end = min(outer, stop.end() if stop else paragraph_end)
