"""Lines that hold several items — a paper pasted as one line, a list written out in a sentence — are parted at their labels.

A label inside a line counts only as the next of its series: 二、 after 一、, 2. after 1. within the line. So 一、二等奖, 3.5万
and 省、市 are left whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from jinguo.gongwen.reading.markers import Label, heading_label, sign_value
from jinguo.gongwen.reading.masks import HIDDEN, masked
from jinguo.gongwen.reading.view import Line

_N = "[一二三四五六七八九十]"
_INSIDE = re.compile(
    rf"(?P<han>(?<![{_N[1:-1]}第、百千万]){_N}{{1,3}})[ ]?、(?!{_N}{{1,2}}(?:、|等|级|类))"
    rf"|(?P<brackets>[（(]{_N}{{1,3}}[）)]|[㈠-㈩])"
    r"|(?P<number>(?<![\d.．年月/—-])\d{1,2})[ ]?(?:、(?!\d(?!\d{3}年))|[.．](?!\d(?!\d?月|\d{3}年)))"
    r"|(?P<number_brackets>[（(]\d{1,2}[）)]|[⑴-⒇])|(?P<circle>[①-⑳])"
)
_SECTION = re.compile(
    f"{_N}{{1,3}}、(?:活动|会议|比赛|参赛|工作)?(?:主题|时间|地点|内容|对象|范围|要求|安排|方式|形式|步骤)[：:]?"
)  # 二、活动主题： at the end of the line before it
_OWN = {"heading.han_brackets": "brackets", "heading.number_brackets": "number_brackets", "heading.circle": "circle"}
_CLOSED = "。；：！？;:!?）)”》… \u3000"
_ANNEXES = re.compile(r"附[ \u3000]?[件表]?[ \u3000]*[：:]")  # names of annexes: a list, no sentence
_CUT_LINES = 4  # lines over which the sentence of a list may be broken
_FOLDED = 2  # labels of the first kind inside one line: the whole line is folded


@dataclass(frozen=True)
class _Inside:
    family: str
    number: int
    at: int


def unfolded(lines: list[Line]) -> list[Line]:
    """The lines, those with several items parted; every piece keeps its place in the raw text."""
    out: list[Line] = []
    expected = 1  # of 一、 二、 …, which runs through the whole paper
    waiting = iter(enumerate(lines))
    for i, line in waiting:
        label = heading_label(line.text)
        if label and label.rule == "heading.han":
            expected = label.number + 1
        if len(line.text) < 12 or "\t" in line.text:
            out.append(line)
            continue
        cuts, after = _cuts(line, expected, label)
        for below in lines[i + 1 : i + 1 + _CUT_LINES]:
            if not _cut_off(line, cuts) or heading_label(below.text):
                break
            line = line.joined(below)
            cuts, after = _cuts(line, expected, label)
            next(waiting)
        expected = after
        out += _pieces(line, cuts)
    return out


def _cut_off(line: Line, cuts: list[int]) -> bool:
    """A list in a sentence (1.…；2.…；) whose last item goes on in the next line."""
    if not cuts or _ANNEXES.match(line.text):
        return False
    return line.text[cuts[-1] - 1] in "；;" and line.text[-1] not in "。；！？.;!?"


def _pieces(line: Line, cuts: list[int]) -> Iterator[Line]:
    for start, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        piece = line.piece(start, end)
        if piece.text:
            yield piece


def _cuts(line: Line, expected: int, label: Label | None) -> tuple[list[int], int]:
    """Where items begin inside the line, and the number the next 一、二、 should have. label: the line's own."""
    start = label.length if label else 0
    counted = label.number if label and label.rule == "heading.number" else 0
    found = [m for m in _INSIDE.finditer(line.text, start) if m.start() > 0]
    if not found:
        return [], expected
    mask = masked(line.text)
    marks = [_mark(m) for m in found if mask[m.start()] != HIDDEN]
    cuts: list[int] = []
    for mark in marks:
        if (
            mark.family == "han"
            and mark.number == expected
            and (cuts or _closed(line.text, mark.at) or _SECTION.fullmatch(line.text, mark.at))
        ):
            cuts.append(mark.at)
            expected += 1
    folded = len(cuts) >= _FOLDED
    for begin, end in zip([start, *cuts], [*cuts, len(line.text)], strict=True):
        inside = [mark for mark in marks if begin < mark.at < end or (begin == start == mark.at > 0)]
        cuts = cuts + _series(line.text, inside, "number", glued=folded, counted=counted if begin == start else 0)
        if folded:
            cuts = cuts + _series(line.text, inside, "brackets", glued=True)
            cuts = cuts + _series(line.text, inside, "number_brackets", glued=True)
    own = _OWN.get(label.rule) if label else None
    if label and own:  # the line opens with （一） and goes on with （二）
        cuts = cuts + _series(line.text, marks, own, glued="。" not in line.text, counted=label.number)
    return sorted(set(cuts)), expected


def _mark(m: re.Match[str]) -> _Inside:
    family = m.lastgroup or ""
    return _Inside(family, sign_value(m[family].strip("（()）")) or 0, m.start())


def _closed(text: str, at: int) -> bool:
    return text[at - 1] in _CLOSED


def _series(text: str, marks: list[_Inside], family: str, *, glued: bool, counted: int = 0) -> list[int]:
    """Places of 1, 2, 3 … of one family, at least two of them; the series may start anew. glued: no mark before them;
    counted: the number of the same family that the line itself begins with."""
    found: list[int] = []
    run: list[int] = []
    last = counted
    for mark, after in zip_longest(marks, marks[1:]):
        if mark.family != family or not (glued or _closed(text, mark.at) or text[mark.at - 1] in "，,、"):
            continue
        if mark.number == last + 1 and (last or glued or _closed(text, mark.at)):
            run.append(mark.at)
            last = mark.number
        elif glued and not last and mark.number == 2 and after and (after.family, after.number) == (family, 3):
            run, last = [mark.at], 2  # its 1 was lost
        elif mark.number == 1:
            found += run if last > 1 else []
            run, last = [mark.at], 1
    return found + (run if last > 1 else [])
