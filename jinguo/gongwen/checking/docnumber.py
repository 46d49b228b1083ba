"""N1: 发文字号 — brackets, 第, padding, the year in full; and the numbers of other papers where they are cited."""

import re
from collections.abc import Iterator

from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper, Paragraph
from jinguo.gongwen.reading.view import HAN

_NUMBER = re.compile(
    rf"(?P<code>{HAN}{{1,12}})\s*(?P<o>[〔\[［【（(])\s*(?P<y>(?:[1１][9９]|[2２][0０])?[\d０-９]{{2}})\s*"
    r"(?P<c>[〕\]］】）)])\s*(?P<di>第\s*)?(?P<n>[\d０-９]{1,4})\s*号"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def _own(paper: Paper) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    for paragraph in paper.within("number")[:1]:
        m = _NUMBER.search(paragraph.text)
        if m:
            yield paragraph, m


def brackets(paper: Paper) -> Iterator[Hit]:
    for p, m in _own(paper):
        if m["o"] + m["c"] != "〔〕":
            changes = p.change(*m.span("o"), "〔") + p.change(*m.span("c"), "〕")
            yield Hit(
                src=p.src(m.start("o"), m.end("c")), changes=changes, zh="发文字号的年份用六角括号〔〕括入。",
                en="The year of the document number stands in the brackets 〔〕.",
            )  # fmt: skip


def ordinal(paper: Paper) -> Iterator[Hit]:
    for p, m in _own(paper):
        if m["di"]:
            yield Hit(
                src=p.src(*m.span("di")), changes=p.change(*m.span("di"), ""), zh="发文字号的顺序号前不加“第”字。",
                en="No 第 stands before the running number.",
            )  # fmt: skip


def padding(paper: Paper) -> Iterator[Hit]:
    for p, m in _own(paper):
        digits = m["n"].translate(_FULL_WIDTH)
        zeros = len(digits) - len(digits.lstrip("0"))
        if 0 < zeros < len(digits):
            at = m.start("n")
            yield Hit(
                src=p.src(*m.span("n")), changes=p.change(at, at + zeros, ""), zh="发文字号的顺序号不编虚位（1 不编为 01）。",
                en="The running number is not padded (1, not 01).",
            )  # fmt: skip


def year(paper: Paper) -> Iterator[Hit]:
    for p, m in _own(paper):
        if len(m["y"]) == 2:
            yield Hit(
                src=p.src(*m.span("y")), offers=("20" + m["y"].translate(_FULL_WIDTH),), zh="发文字号的年份标全称，四位数字。",
                en="The year of the document number has all four digits.", ask_zh="是哪一年？", ask_en="Which year is it?",
            )  # fmt: skip


def cited(paper: Paper) -> Iterator[Hit]:
    """Square or round brackets in the number of a cited paper: its own, to be looked up, so only asked."""
    for p in paper.within("body", "annex"):
        for m in _NUMBER.finditer(p.text):
            if m.span() == (0, len(p.text)):
                continue  # the paper's own number at the head of a page
            if m["o"] + m["c"] != "〔〕" and len(m["y"]) == 4 and "第" not in (m["di"] or ""):
                yield Hit(
                    src=p.src(m.start("o"), m.end("c")), offers=(f"〔{m['y']}〕",), zh="引用的发文字号，年份一般也用六角括号〔〕。",
                    en="The year in a cited document number usually stands in 〔〕 too.", ask_zh="请对照被引用的原文。",
                    ask_en="Compare it with the paper that is cited.",
                )  # fmt: skip


RULES = (
    Rule(id="N1", part="brackets", strength="M", basis="9704 7.2.5", zh="发文字号用六角括号", en="brackets of the document number", find=brackets),
    Rule(id="N1", part="ordinal", strength="M", basis="9704 7.2.5", zh="发文字号不加“第”", en="no 第 in the document number", find=ordinal),
    Rule(id="N1", part="padding", strength="M", basis="9704 7.2.5", zh="发文字号不编虚位", en="document number not padded", find=padding),
    Rule(id="N1", part="year", strength="M", basis="9704 7.2.5", zh="发文字号年份标全称", en="year of the document number in full", find=year),
    Rule(id="N1", part="cited", strength="G", basis="9704 7.2.5", zh="引用文号的括号", en="brackets of cited numbers", find=cited),
)  # fmt: skip
