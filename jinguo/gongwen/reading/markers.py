"""The labels that open headings and points: 一、（一）1.（1）① and 一要, 一是, 首先 … with what they must not be taken for."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jinguo.gongwen.han import number_of

_N = "[一二三四五六七八九十]"
_OPEN, _CLOSE = r"[（(［\[【]", r"[）)］\]】]"

_LABELS = (
    # 一、二等奖 and 一、二、三产 are not headings.
    ("heading.han", 1, re.compile(rf"({_N}{{1,3}})[ \u3000]*[、.．][ \u3000]*(?!{_N}{{1,2}}(?:、|等|级|类))")),
    (
        "heading.han_brackets",
        2,
        re.compile(rf"{_OPEN}[ \u3000]*({_N}{{1,3}})[ \u3000]*{_CLOSE}[ \u3000]*、?[ \u3000]*"),
    ),
    (
        "heading.number",
        3,
        re.compile(r"(\d{1,2})[ \u3000]*(?:[.．](?!\d)|[.．](?=\d{1,2}月|\d{4}年)|、(?!\d))[ \u3000]*"),
    ),
    ("heading.number_brackets", 4, re.compile(r"[（(][ \u3000]*(\d{1,2})[ \u3000]*[）)][ \u3000]*、?[ \u3000]*")),
    ("heading.circle", 5, re.compile(r"([①-⑳])[ \u3000]*、?[ \u3000]*")),
)
_MAX_NUMBER = 30


@dataclass(frozen=True)
class Label:
    """A label at the start of a paragraph. length counts the blanks after it; text does not."""

    rule: str
    level: int
    number: int
    text: str
    length: int


def heading_label(text: str) -> Label | None:
    """The heading label `text` starts with, if any."""
    if not text or text[0] not in "一二三四五六七八九十（(［[【0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return None
    for rule, level, pattern in _LABELS:
        m = pattern.match(text)
        if m:
            number = ord(m[1]) - 0x245F if level == 5 else number_of(m[1])
            if number and number <= _MAX_NUMBER:
                return Label(rule, level, number, m[0].rstrip(" \u3000"), m.end())
    return None


@dataclass(frozen=True)
class PointMark:
    """A point marker at `at` in the view. family tells series apart; edge: paragraph start or a bold edge."""

    rule: str
    family: str
    number: int
    at: int
    end: int
    text: str
    edge: bool


_POINT = re.compile(
    rf"(?P<yao>(?P<n1>{_N}{{1,2}})要(?![素点件领塞旨害么职务道闻员津隘因是]))"
    rf"|(?P<shi>(?P<n2>{_N}{{1,2}})是(?![一否非]))"
    rf"|(?P<qi>其(?P<n3>[一二三四五六])[是，,、])"
    rf"|(?P<di>第(?P<n4>{_N}{{1,2}})[，,])"
    r"|(?P<seq>(?P<n5>首先|其次|再次|最后)[，,])"
    r"|(?P<fang>(?P<n6>一方面|另一方面)[，,]?)"
    rf"|(?P<han>[（(](?P<n7>{_N}{{1,2}})[）)])"
    r"|(?P<num>[（(](?P<n8>\d{1,2})[）)])"
    r"|(?P<circle>(?P<n9>[①-⑳]))"
)
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "最后": 99, "一方面": 1, "另一方面": 2}
_BEFORE = "。；：！？;:!?\n"
_BEFORE_LATER = "，,、 \u3000"


def point_marks(text: str, start: int, end: int, starts_bold: Callable[[int], bool]) -> list[PointMark]:
    """Candidates in view[start:end]; whether they make a series is decided by `points`."""
    found: list[PointMark] = []
    for m in _POINT.finditer(text, start, end):
        family = m.lastgroup or ""
        family = next(name for name in ("yao", "shi", "qi", "di", "seq", "fang", "han", "num", "circle") if m[name])
        word = next(m[f"n{i}"] for i in range(1, 10) if m[f"n{i}"])
        number = _SEQUENCE.get(word) or (ord(word) - 0x245F if family == "circle" else number_of(word)) or 0
        at = m.start()
        edge = at == start or starts_bold(at)
        before = text[at - 1] if at > 0 else "\n"
        later = number > 1 and family in ("shi", "yao", "circle", "num", "han", "qi") and before in _BEFORE_LATER
        if edge or before in _BEFORE or later:
            marker = m[0].rstrip("，,、")
            found.append(PointMark(f"point.{family}", family, number, at, m.end(), marker, edge))
    return found
