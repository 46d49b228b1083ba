"""The labels that open headings and points: 一、（一）1.（1）① and 一要, 一是, 首先 … with what they must not be taken for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinguo.gongwen.han import number_of
from jinguo.gongwen.reading.nesting import runs
from jinguo.gongwen.reading.view import HAN

_N = "[一二三四五六七八九十]"
_OPEN, _CLOSE = r"[（(［\[【]{1,2}", r"[）)］\]】]"

_BLANK = "[ \u3000]*"
_AMOUNTS = "个项人名次场期年月日万元"  # 项目12 个 counts projects
_LABELS = (
    ("heading.part", 0, re.compile(rf"第({_N}{{1,3}})(?:部分|章|篇)[ \u3000:：、.．]*|[Pp](?:art|ART)[ .]*(\d{{1,2}}){_BLANK}[:：.．、]?{_BLANK}")),
    # 系列活动一：… and 【活动二】…: the things a paper lists, each counted by its own word.
    ("heading.counted", 2, re.compile(
        rf"[【［\[]?(?:系列|主题|重点|专项|专题|特色|子)?(?:活动|项目|任务|板块|篇章)({_N}{{1,2}}|\d{{1,2}})"
        rf"(?:[】］\]][ \u3000]*[：:]?|{_BLANK}[：:]|[ \u3000](?![{_AMOUNTS}])){_BLANK}(?=\S)"
    )),
    # 一、二等奖 and 一、二、三产 are not headings.
    ("heading.han", 1, re.compile(rf"({_N}{{1,3}}){_BLANK}(?:[、.．]|[,，](?={_BLANK}{HAN})){_BLANK}(?!{_N}{{1,2}}(?:、|等|级|类))")),
    ("heading.han_brackets", 2, re.compile(rf"{_OPEN}{_BLANK}({_N}{{1,3}}){_BLANK}{_CLOSE}{_BLANK}[、.．]?{_BLANK}|([㈠-㈩]){_BLANK}[、.．]?{_BLANK}")),
    ("heading.number", 3, re.compile(
        rf"(\d{{1,2}}){_BLANK}(?:[.．](?!\d)|[.．](?=\d{{1,2}}月|\d{{4}}年)|、(?=\d{{1,2}}月\d{{1,2}}日|(?!\d(?!\d{{3}}年)))|，(?={HAN}))、?{_BLANK}"
        rf"|([⒈-⒛]){_BLANK}"
    )),
    ("heading.number_half", 4, re.compile(rf"(\d{{1,2}}){_BLANK}[)）]{_BLANK}[、.．]?{_BLANK}")),
    ("heading.number_brackets", 4, re.compile(rf"[（(]{_BLANK}(\d{{1,2}}){_BLANK}[）)]{_BLANK}[、.．]?{_BLANK}|([⑴-⒇]){_BLANK}[、.．]?{_BLANK}")),
    ("heading.circle", 5, re.compile(rf"([①-⑳]){_BLANK}[、.．]?{_BLANK}")),
)  # fmt: skip
_STARTS = frozenset("第Pp一二三四五六七八九十（(［[【0123456789系主重专特子活项任板篇") | frozenset(
    chr(c) for a, b in (("①", "⒛"), ("㈠", "㈩")) for c in range(ord(a), ord(b) + 1)
)
_FIRST_OF_ROW = {"①": 0x2460, "⑴": 0x2474, "⒈": 0x2488, "㈠": 0x3220}
_MAX_NUMBER = 30
_LOOKED_AT = 60  # characters of a line in which its label and what must not follow it stand
_MEASURES = "年月日号时点个名人户场次项条篇张件份位岁万元分周天期届"
_NO_AMOUNT = "(?![年月日]|[个人元万岁户](?!员)|名(?![称单额]))"  # 5 名妇女 is no item, 5 名称 is
_NO_PHRASE = "(?![是要来个年月种类等级者项点方条次天日号带家路])"  # 一年来, 一方面, 二是
# Labels without a mark behind them; they count only as 1, 2, 3 … of a series.
_BARE = (
    (
        "heading.bare_number", 3,
        re.compile(rf"(0?[1-9]|[12]\d)(?:{_BLANK}$|[ \u3000]+{_NO_AMOUNT}(?=\S)|(?=[{HAN[1:-1]}“《])(?![{_MEASURES}]))"),
    ),
    (
        "heading.bare_han", 1,
        re.compile(rf"({_N}{{1,3}})(?:{_BLANK}$|[ \u3000]+(?=[{HAN[1:-1]}“《])|{_NO_PHRASE}(?=[{HAN[1:-1]}“”]{{2,12}}$))"),
    ),
    (
        "heading.decimal", 4,
        re.compile(rf"\d{{1,2}}[.．]([1-9]\d?)(?:[ \u3000]+(?=\S)|(?={HAN})(?![{_MEASURES}%％]))"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Label:
    """A label at the start of a paragraph. level is the usual one of its kind; length counts the blanks after it, text
    does not."""

    rule: str
    level: int
    number: int
    text: str
    length: int


def heading_label(text: str) -> Label | None:
    """The heading label `text` starts with, if any."""
    return _label(text[:_LOOKED_AT]) if text and text[0] in _STARTS else None


@lru_cache(2048)  # the rules ask for the label of one line several times
def _label(text: str) -> Label | None:
    for rule, level, pattern in _LABELS:
        m = pattern.match(text)
        if m:
            number = sign_value(m[m.lastindex or 1])
            if number and number <= _MAX_NUMBER:
                return Label(rule, level, number, m[0].rstrip(" \u3000"), m.end())
    return None


def sign_value(sign: str) -> int | None:
    """The number a label's sign stands for; one sign of a row (⑶) counts from the first of its row."""
    first = max((start for start in _FIRST_OF_ROW.values() if start <= ord(sign[0])), default=None)
    return ord(sign) - first + 1 if first is not None and ord(sign[0]) < 0x3300 else number_of(sign)


def bare_labels(texts: Sequence[str]) -> dict[int, Label]:
    """Labels without a mark (01, 1, 一, 3.1) that open lines and count 1, 2, 3 …; a lone number is an amount, not a label."""
    kept: dict[int, Label] = {}
    for rule, level, pattern in _BARE:
        found = {}
        for i, text in enumerate(texts):
            m = pattern.match(text)
            number = number_of(m[1]) if m else None
            if m and number:
                found[i] = Label(rule, level, number, m[0].rstrip(" \u3000"), m.end())
        counted = runs((i, label.number) for i, label in found.items())
        kept |= {i: label for i, label in found.items() if i in counted}
    return kept


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
    rf"|(?P<han>[（(](?P<n7>{_N}{{1,2}})[）)]|(?P<n11>[㈠-㈩]))"
    r"|(?P<num>[（(](?P<n8>\d{1,2})[）)]|(?P<n10>[⑴-⒇]))"
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
        word = next(m[f"n{i}"] for i in range(1, 12) if m[f"n{i}"])
        number = _SEQUENCE.get(word) or sign_value(word) or 0
        at = m.start()
        edge = at == start or starts_bold(at)
        before = text[at - 1] if at > 0 else "\n"
        later = number > 1 and family in ("shi", "yao", "circle", "num", "han", "qi") and before in _BEFORE_LATER
        if edge or before in _BEFORE or later:
            marker = m[0].rstrip("，,、")
            found.append(PointMark(f"point.{family}", family, number, at, m.end(), marker, edge))
    return found
