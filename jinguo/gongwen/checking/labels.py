"""P3–P7: labels of headings and points — what follows them, their order, gaps and repeats."""

import re
from collections.abc import Iterator
from itertools import pairwise

from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper
from jinguo.gongwen.han import number_of
from jinguo.gongwen.parts import OutlineNode

_N = "[一二三四五六七八九十]"
_BRACKETED = re.compile(rf"[（(](?:{_N}{{1,3}}|\d{{1,2}})[）)](?P<m>[、．.，,](?!\d))(?!\s*[（(](?:{_N}|\d))")
_CIRCLED = re.compile(r"[①-⑳](?P<m>[、．.，,])(?!\s*[①-⑳])")
_HAN_DOT = re.compile(rf"{_N}{{1,3}}(?P<m>[.．])(?!\d)")
_ARABIC_COMMA = re.compile(r"\d{1,2}(?P<m>、)(?![\d\s]*\d)")
_ARABIC_WIDE = re.compile(r"\d{1,2}(?P<m>．)(?!\d)")
_CLAUSE = r"(?:^|(?<=[。；：！？]))"
_FIRST = re.compile(
    rf"{_CLAUSE}(?:首先|其次|再次|最后|其一|其二|其三|第{_N})(?P<m>、)(?!第?{_N}|其次|再次|最后|其[一二三])"
)
_YISHI = re.compile(rf"{_CLAUSE}{_N}{{1,2}}是(?P<m>[，、：:,])")


def after_brackets(paper: Paper) -> Iterator[Hit]:
    """（一）、 — nothing after it. （一）、（二）项 is a list of clauses."""
    for p in paper.within("body", "annex"):
        m = _BRACKETED.match(p.text) or _CIRCLED.match(p.text)
        if m:
            label = p.text[: m.start("m")]
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span("m"), ""), zh=f"带括号的序号后面不加标点：{label}。",
                en=f"Nothing follows a bracketed number: {label}.",
            )  # fmt: skip


def after_numbers(paper: Paper) -> Iterator[Hit]:
    """一. → 一、 and 1、 → 1. at the start of a paragraph; 1、2号楼 is a list."""
    for p in paper.within("body", "annex", "attachments"):
        for pattern, proper in ((_HAN_DOT, "、"), (_ARABIC_COMMA, "."), (_ARABIC_WIDE, ".")):
            m = pattern.match(p.text)
            if m:
                yield Hit(
                    src=p.src(*m.span()), changes=p.change(*m.span("m"), proper),
                    zh=f"{'汉字' if proper == '、' else '阿拉伯数字'}序号后面用“{proper}”。",
                    en=f"A number in {'Han' if proper == '、' else 'Arabic'} numerals is followed by “{proper}”.",
                )  # fmt: skip


def after_ordinals(paper: Paper) -> Iterator[Hit]:
    """首先、 → 首先，; 第一、二等奖 and 第一、第二 are lists."""
    for p in paper.within("body", "annex"):
        for m in _FIRST.finditer(p.text):
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span("m"), "，"), zh="“首先”“第一”后面用逗号。",
                en="首先 and 第一 are followed by a comma.",
            )  # fmt: skip


def after_yishi(paper: Paper) -> Iterator[Hit]:
    """一是， — no mark after it. 问题之一是： does not begin a clause."""
    for p in paper.within("body", "annex"):
        for m in _YISHI.finditer(p.text):
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span("m"), ""), zh="“一是”“二是”后面不加标点。",
                en="一是 and 二是 take no mark after them.",
            )  # fmt: skip


# P6, P7

_RANKS = (
    re.compile(rf"{_N}{{1,3}}[、.．]?$"), re.compile(rf"[（(［\[【]\s*{_N}{{1,3}}\s*[）)］\]】]、?$"),
    re.compile(r"\d{1,2}[.．、]?$"), re.compile(r"[（(]\s*\d{1,2}\s*[）)]、?$"), re.compile(r"[①-⑳]、?$"),
)  # fmt: skip
_POINT = re.compile(rf"(?:第|其)?(?P<n>{_N}{{1,2}})(?P<w>[要是]?)$")


def _rank(node: OutlineNode) -> int | None:
    """0 for 一、 … 4 for ①; None for a marker without a place in the order."""
    marker = node.marker.strip()
    return next((rank for rank, pattern in enumerate(_RANKS) if pattern.match(marker)), None)


def _number(node: OutlineNode) -> int | None:
    marker = node.marker.strip()
    if len(marker.rstrip("、")) == 1 and "①" <= marker[0] <= "⑳":
        return ord(marker[0]) - 0x245F
    m = re.search(rf"{_N}{{1,3}}|\d{{1,2}}", marker)
    return number_of(m[0]) if m else None


def _family(node: OutlineNode) -> str:
    m = _POINT.match(node.marker.strip())
    return f"{node.kind}{m['w']}" if m and m["w"] else f"{node.kind}{_rank(node)}"


_MOST = 300  # headings looked at: a notice has a few dozen


def order(paper: Paper) -> Iterator[Hit]:
    """A shallower series (from its first) between two neighbours of a deeper one: 1.（一）2."""
    headings = [n for n in paper.record.outline if n.kind == "heading"][:_MOST]
    nodes = [(n, rank, _number(n)) for n in headings if (rank := _rank(n)) is not None]
    for at, (node, rank, number) in enumerate(nodes):
        later = next(
            (i for i, (_, r, k) in enumerate(nodes[at + 1 :], at + 1) if r == rank and k == (number or 0) + 1), None
        )
        repeat = next((i for i, (_, r, k) in enumerate(nodes[at + 1 :], at + 1) if r == rank and k == 1), None)
        if later is None or (repeat is not None and repeat < later):
            continue
        inside = [(n, r, k) for n, r, k in nodes[at + 1 : later] if r < rank]
        if inside and inside[0][2] == 1:
            yield Hit(
                src=node.src[:1] + inside[0][0].src[:1], zh=f"“{node.marker}”下面又用了“{inside[0][0].marker}”；层次依次是一、（一）1.（1）①。",
                en=f"Under {node.marker} stands {inside[0][0].marker}; the order of levels is 一、（一）1.（1）①.",
                ask_zh="请调整序号的层次。", ask_en="Change the levels.",
            )  # fmt: skip
            return


def sequence(paper: Paper) -> Iterator[Hit]:
    """Brothers numbered without gap or repeat. A series that goes on from the one before it is right."""
    series: dict[tuple[str | None, str], list[OutlineNode]] = {}
    for node in paper.record.outline:
        if _number(node) is not None and node.conf != "low":
            series.setdefault((node.parent, _family(node)), []).append(node)
    for nodes in series.values():
        for before, node in pairwise(nodes):
            first, then = _number(before) or 0, _number(node) or 0
            if then in (first + 1, 1):
                continue
            word = ("重复了", "repeated") if then == first else ("不连续", "out of order")
            yield Hit(
                src=node.src[:1], zh=f"序号“{node.marker}”{word[0]}，前一个是“{before.marker}”。",
                en=f"The number {node.marker} is {word[1]}; before it stands {before.marker}.",
                ask_zh="是漏了一项，还是编号错了？", ask_en="Is an item missing, or is the number wrong?",
            )  # fmt: skip


RULES = (
    Rule(id="P3", strength="G", basis="15834 B.3.4", zh="带括号的序号后无标点", en="nothing after bracketed numbers", find=after_brackets),
    Rule(id="P4", part="number", strength="G", basis="15834 B.3.1—B.3.3", zh="序号后的标点", en="marks after numbers", find=after_numbers),
    Rule(id="P4", part="ordinal", strength="G", basis="15834 B.3.1", zh="“首先”后用逗号", en="comma after 首先", find=after_ordinals),
    Rule(id="P5", strength="G", basis="15834 B.3.7", zh="“一是”后无标点", en="no mark after 一是", find=after_yishi),
    Rule(id="P6", strength="G", basis="15834 B.3.8", zh="层次的顺序", en="order of levels", find=order),
    Rule(id="P7", strength="P", basis="usage", zh="序号连续", en="numbers in sequence", find=sequence),
)  # fmt: skip
