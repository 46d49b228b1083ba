"""P1, P12, P13: half-width marks, hyphens in ranges, ellipses and dashes."""

import re
from collections.abc import Iterator

from jinguo.gongwen.checking.findings import Change, Hit, Rule
from jinguo.gongwen.checking.paper import Paper, Paragraph
from jinguo.gongwen.reading.view import HAN

_HAN = re.compile(HAN)
_BESIDE = re.compile(rf"{HAN}|[“”‘’《》（）〈〉、。，；：？！]")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_AREA_CODE = re.compile(r"\(0\d{2,3}\)\d")
_NUMBER_YEAR = re.compile(r"[(（][\d０-９]{2,4}[)）]\s*第?\s*[\d０-９]{1,4}\s*号")  # 阳妇发(2024)5号 is N1's


def half_width(paper: Paper) -> Iterator[Hit]:
    """, ; : ? ! beside Han text; 9:30, 1,000 and 3:1, addresses and file names are left alone."""
    for p in paper.paragraphs:
        for m in re.finditer("[,;:?!]", p.text):
            at = m.start()
            left, right = p.text[at - 1 : at], p.text[at + 1 : at + 2]
            if p.in_token(at) or (left.isdigit() and right.isdigit()):
                continue
            if _BESIDE.match(left) or _BESIDE.match(right):
                yield _wide(p, at, at + 1, p.change(at, at + 1, _WIDE[m[0]]), _WIDE[m[0]])


def _wide(p: Paragraph, start: int, end: int, changes: tuple[Change, ...], proper: str) -> Hit:
    return Hit(
        src=p.src(start, end), changes=changes, zh=f"中文里用全角标点“{proper}”。",
        en=f"Chinese text takes the full-width mark “{proper}”.",
    )  # fmt: skip


def half_brackets(paper: Paper) -> Iterator[Hit]:
    """(…) with Han text in it or before it; the area code of a telephone and 报名表(1).docx are left alone."""
    for p in paper.paragraphs:
        for start, end in _pairs(p.text):
            if p.text[start] == "（" and p.text[end] == "）":
                continue
            inside, left = p.text[start + 1 : end], p.text[start - 1 : start]
            if (
                p.in_token(start)
                or p.in_token(end)
                or _AREA_CODE.match(p.text, start)
                or _NUMBER_YEAR.match(p.text, start)
            ):
                continue
            if not (_HAN.search(inside) or _BESIDE.match(left)):
                continue
            wrong = [at for at in (start, end) if p.text[at] in "()"]
            changes = tuple(c for at in wrong for c in p.change(at, at + 1, _WIDE[p.text[at]]))
            yield _wide(p, start, end + 1, changes, "（）")


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Round brackets that belong together, either width, in the order they close."""
    opened: list[int] = []
    for m in re.finditer("[()（）]", text):
        if m[0] in "(（":
            opened.append(m.start())
        elif opened:
            yield opened.pop(), m.start()


def straight_quotes(paper: Paper) -> Iterator[Hit]:
    """ "三八": straight quotes in pairs, at least one of them beside Han text."""
    for p in paper.paragraphs:
        places = [m.start() for m in re.finditer('"', p.text) if not p.in_token(m.start())]
        if len(places) % 2 or "“" in p.text or "”" in p.text:
            continue
        for a, b in zip(places[::2], places[1::2], strict=True):
            if _HAN.search(p.text[a + 1 : b]) and "”" not in p.text[a:b]:
                yield Hit(
                    src=p.src(a, b + 1), changes=p.change(a, a + 1, "“") + p.change(b, b + 1, "”"),
                    zh="中文里的引号分左右：前一个“，后一个”。", en="Chinese quotation marks have a left and a right form: “ and ”.",
                )  # fmt: skip


# P12

_HYPHEN = "[-‐‑]|—{2}"
_VALUE_UNIT = "周岁|岁|人次|人|名|个|万元|元|%|％|篇|张|分钟|小时|字|天|场次|场|次|户|家|条|件|幅|份|周|组|支|队|年级|个月|平方米|公里|项"
_TIME_RANGES = (
    re.compile(rf"(?<![\d\-./])\d{{1,2}}[月日时点](?P<h>{_HYPHEN})(?=\d{{1,2}}[月日时点])"),
    re.compile(rf"(?<![\d\-./])(?P<a>\d{{1,2}})(?P<h>{_HYPHEN})(?=(?P<b>\d{{1,2}})[月日时点](?!内|间))"),
    re.compile(rf"(?<![\d\-./:：])\d{{1,2}}[:：]\d{{2}}(?P<h>{_HYPHEN})(?=\d{{1,2}}[:：]\d{{2}}(?![:：\d]))"),
    re.compile(rf"(?<![\d\-./A-Za-z])(?P<a>(?:19|20)\d{{2}})年?(?P<h>{_HYPHEN})(?=(?P<b>(?:19|20)\d{{2}})(?:年|学年))"),
)
_VALUE_RANGE = re.compile(
    rf"(?<![\dA-Za-z.\-—–/第])(?P<a>\d+(?:\.\d+)?)(?:{_VALUE_UNIT})?(?P<h>{_HYPHEN})(?=(?P<b>\d+(?:\.\d+)?)(?:{_VALUE_UNIT}))"
)
_ORDER_RANGE = re.compile(rf"第(?P<a>\d+)(?P<h>{_HYPHEN})(?=(?P<b>\d+))")


def ranges(paper: Paper) -> Iterator[Hit]:
    """3月1日-8日, 9:00-11:30, 10-20人. Telephone numbers, 2024-03-08, 3-1单元 and COVID-19 are left alone."""
    for p in paper.paragraphs:
        taken: set[int] = set()
        for pattern, proper in (*((t, "—") for t in _TIME_RANGES), (_ORDER_RANGE, "—"), (_VALUE_RANGE, "～")):
            for m in pattern.finditer(p.text):
                parts = m.groupdict()
                rising = "a" not in parts or float(parts["a"]) < float(parts["b"])
                at = m.start("h")
                if at in taken or not rising or p.in_token(at):
                    continue
                taken.add(at)
                what = (
                    ("时间的起止用一字线“—”", "A span of time")
                    if proper == "—"
                    else ("数值范围用浪纹线“～”", "A range of values")
                )
                yield Hit(
                    src=p.src(*m.span()), changes=p.change(*m.span("h"), proper), zh=f"{what[0]}，不用“{m['h']}”。",
                    en=f"{what[1]} takes “{proper}”, not “{m['h']}”.",
                )  # fmt: skip


# P13

_DOTS = re.compile(r"(?:。{3,}|\.{3,}|．{3,}|·{3,}|・{3,})")
_ELLIPSIS = re.compile("…+")
_DASH = re.compile(rf"(?<={HAN}|[”》）])(?:-{{2,4}}|－{{2}})(?={HAN}|[“《（])")


def ellipsis(paper: Paper) -> Iterator[Hit]:
    """。。。 and ... beside Han text; an ellipsis is two characters, a whole skipped paragraph four."""
    for p in paper.paragraphs:
        for m in _DOTS.finditer(p.text):
            beside = p.text[m.start() - 1 : m.start()] + p.text[m.end() : m.end() + 1]
            if not p.in_token(m.start()) and (_BESIDE.search(beside) or m[0][0] == "。"):
                yield _dotted(p, m)
        for m in _ELLIPSIS.finditer(p.text):
            if len(m[0]) in (1, 3):
                yield _dotted(p, m)


def _dotted(p: Paragraph, m: re.Match[str]) -> Hit:
    return Hit(
        src=p.src(*m.span()), changes=p.change(*m.span(), "……"), zh="省略号是六个点，占两个字：……",
        en="An ellipsis has six dots and fills two characters: ……",
    )  # fmt: skip


def dash(paper: Paper) -> Iterator[Hit]:
    for p in paper.paragraphs:
        for m in _DASH.finditer(p.text):
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span(), "——"), zh="破折号占两个字：——",
                en="A dash fills two characters: ——",
            )  # fmt: skip


RULES = (
    Rule(id="P1", part="mark", strength="M", basis="15834 4.2.2—4.7.2", zh="中文标点全角", en="full-width marks", find=half_width),
    Rule(id="P1", part="brackets", strength="M", basis="15834 4.9.2", zh="中文括号全角", en="full-width brackets", find=half_brackets),
    Rule(id="P1", part="quotes", strength="M", basis="15834 4.8.2", zh="中文引号", en="Chinese quotation marks", find=straight_quotes),
    Rule(id="P12", strength="G", basis="15834 4.13.3", zh="起止和范围的连接号", en="marks of spans and ranges", find=ranges),
    Rule(id="P13", part="ellipsis", strength="M", basis="15834 4.11.2", zh="省略号", en="ellipsis", find=ellipsis),
    Rule(id="P13", part="dash", strength="M", basis="15834 4.10.2", zh="破折号", en="dash", find=dash),
)  # fmt: skip
