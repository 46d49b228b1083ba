"""Numbers with units: 10条以上, 不少于8篇, 3—5张, 320余人, 每个村至少2场. Counts only what is written."""

import re
from typing import Literal

from jinguo.gongwen.han import number_of
from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import DeclaredCount, Quantity
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.outline import Node

Op = Literal["=", ">=", "<=", "~", "range"]

_BEFORE: dict[str, Op] = {
    "不少于": ">=", "至少": ">=", "不低于": ">=", "最少": ">=", "达到": ">=", "不超过": "<=", "不多于": "<=", "最多": "<=",
    "不高于": "<=", "控制在": "<=", "力争": "~", "约": "~", "近": "~", "大约": "~", "将近": "~",
}  # fmt: skip
_AFTER: dict[str, Op] = {"以上": ">=", "及以上": ">=", "以内": "<=", "以下": "<=", "之内": "<=", "左右": "~"}
_VERBS = "开展|举办|组织|报送|上报|推荐|制作|发放|完成|培训|选送|征集|走访|服务|撰写|设置"
_NUMBER = r"\d{1,7}(?:\.\d{1,2})?|[两二三四五六七八九十百千]{1,5}"  # 一 alone is an article, not a count


def _source(lexicon: Lexicon) -> str:
    unit = any_of(lexicon.words("words", "units"))
    verb = "(?(per){0}|(?(each){0}|(?(before){0})))".format("[一-鿿]{0,4}?")  # 至少建成5个, 每队宣讲2场
    return (
        rf"(?:(?:每(?:个|一)?(?P<per>(?![月周年季次天日])(?:[^\d，。；、：每\n（(]|[（(][^（）()\n]{{1,10}}[）)]){{1,12}}?)|(?P<each>各))(?=至少|不|最|{_VERBS}|[\d两二三四五六七八九十一]))?"
        rf"(?P<before>{any_of(_BEFORE)})?{verb}(?P<before2>{any_of(_BEFORE)})?"
        rf"(?P<n>{_NUMBER}|(?<=[少多低高])一)(?:[—\-~～至到–](?P<max>{_NUMBER}))?"
        rf"(?P<more>[余多])?(?P<wan>万(?!元))?(?P<unit>{unit})(?![月年]|工作日|自然日|月)(?P<after>{any_of(_AFTER)})?"
    )


def quantities(ctx: Context, start: int, end: int) -> tuple[Quantity, ...]:
    """Every counted amount in [start, end)."""
    pattern = ctx.lexicon.compiled("quantities", _source)
    return tuple(q for m in pattern.finditer(ctx.unquoted, start, end) if (q := _quantity(ctx, m)) is not None)


def _quantity(ctx: Context, m: re.Match[str]) -> Quantity | None:
    n, n_max = _value(m["n"]), _value(m["max"]) if m["max"] else None
    if (
        n is None
        or (m["n"] in "百千十" and not m["before"])
        or ctx.text[m.start("n") - 1 : m.start("n")] in ("第", "之", ".")
    ):
        return None
    factor = 10_000 if m["wan"] else 1
    word = m["before"] or m["before2"]
    op: Op = "range" if n_max is not None else _BEFORE.get(word or "", _AFTER.get(m["after"] or "", "="))
    if m["more"] and op == "=":
        op = ">="
    start = (
        m.start("per") - 1
        if m["per"]
        else m.start("each")
        if m["each"]
        else m.start("before" if word and m["before"] else "before2" if word else "n")
    )
    if m["per"] and ctx.text[start] != "每":
        start -= 1
    return Quantity(
        text=ctx.text[start : m.end()].replace("\n", ""), op=op, n=n * factor, n_max=None if n_max is None else n_max * factor,
        unit=m["unit"], fuzzy=bool(m["more"]) or op == "~", per=m["per"] or ("各单位" if m["each"] else None),
        src=ctx.src(start, m.end()), rule="quantity.per" if m["per"] or m["each"] else "quantity.unit",
        inferred=bool(m["each"]),
    )  # fmt: skip


def _value(text: str) -> float | None:
    if "." in text:
        return float(text)
    whole = number_of(text)
    return None if whole is None else float(whole)


_DECLARED = re.compile(
    r"(?P<text>(?P<n>[一两二三四五六七八九十]|\d{1,2})(?:项|个方面|个|方面|件|点|类|大)(?:[^，。；：\d\n]{0,8}?))(?:的?工作|任务|活动|措施|内容|要求|行动|方面|实事)?[：:。]"
)


def declared_counts(ctx: Context, nodes: list[Node], start: int, end: int) -> tuple[DeclaredCount, ...]:
    """三项工作：… beside the number of points that follow in the same paragraph."""
    found = []
    for m in _DECLARED.finditer(ctx.mask, start, end):
        line_end = ctx.text.find("\n", m.end())
        members = [n for n in nodes if n.kind == "point" and m.start() < n.start < (line_end if line_end > 0 else end)]
        first = next((n for n in members if n.start <= m.end() + 1), None)
        count = number_of(m["n"])
        if first is None or count is None:
            continue
        siblings = sum(
            n.family == first.family and n.parent is first.parent and n.start >= first.start for n in members
        )
        text = ctx.words(m.start(), m.end() - 1)
        src = ctx.src(m.start(), m.end() - 1)
        found.append(DeclaredCount(text=text, n=count, found=siblings, src=src, rule="count.declared"))
    return tuple(found)
