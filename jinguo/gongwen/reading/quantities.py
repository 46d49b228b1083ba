"""Numbers with units: 10条以上, 不少于8篇, 3—5张, 320余人, 每个村至少2场. Counts only what is written."""

import re
from collections.abc import Iterator
from typing import Literal

from jinguo.gongwen.han import number_of
from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import Quantity
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.remarks import DeclaredCount

Op = Literal["=", ">=", "<=", "~", "range"]

_BEFORE: dict[str, Op] = {
    "不少于": ">=", "至少": ">=", "不低于": ">=", "最少": ">=", "达到": ">=", "不超过": "<=", "不多于": "<=", "最多": "<=",
    "不高于": "<=", "控制在": "<=", "力争": "~", "约": "~", "近": "~", "大约": "~", "将近": "~",
}  # fmt: skip
_AFTER: dict[str, Op] = {"以上": ">=", "及以上": ">=", "以内": "<=", "以下": "<=", "之内": "<=", "左右": "~"}
_NUMBER = r"\d{1,7}(?:\.\d{1,2})?|[两二三四五六七八九十百千]{1,5}"  # 一 alone is an article, not a count
_PER_UNIT = r"(?![月周年季次天日])(?:[^\d，。；、：每\n（]|（[^（）\n]{1,10}）){1,12}?"
_ONLY_UNITS = ("百", "千", "十")
_PART_OF_NUMBER = ("第", "之", ".")


def _source(lexicon: Lexicon) -> str:
    before, after = any_of(_BEFORE), any_of(_AFTER)
    verb = "[一-鿿]{0,4}?"  # 至少建成5个, 每队宣讲2场; only behind a word that announces the number
    return (
        rf"(?:(?:每[个一]?(?P<per>{_PER_UNIT})|(?P<each>各))(?=至少|不|最|[一-鿿]{{0,4}}[\d两二三四五六七八九十一]))?"
        rf"(?P<before>{before})?(?(per){verb}|(?(each){verb}|(?(before){verb})))(?P<before2>{before})?"
        rf"(?P<n>{_NUMBER}|(?<=[少多低高])一)(?:[—\-~～至到–](?P<max>{_NUMBER}))?"
        rf"(?P<more>[余多])?(?P<wan>万(?!元))?"
        rf"(?P<unit>{any_of(lexicon.words('words', 'units'))})(?![月年]|工作日|自然日)(?P<after>{after})?"
    )


def quantities(ctx: Context, start: int, end: int) -> tuple[Quantity, ...]:
    """Every counted amount in [start, end)."""
    return tuple(quantity for _, quantity in placed_quantities(ctx, start, end))


def placed_quantities(ctx: Context, start: int, end: int) -> Iterator[tuple[int, Quantity]]:
    """Every counted amount with the place its words begin."""
    for m in ctx.lexicon.compiled("quantities", _source).finditer(ctx.unquoted, start, end):
        quantity = _quantity(ctx, m)
        if quantity is not None:
            yield m.start(), quantity


def _quantity(ctx: Context, m: re.Match[str]) -> Quantity | None:
    n, n_max = _value(m["n"]), _value(m["max"] or "")
    word = m["before"] or m["before2"] or ""
    at = m.start("n")
    if n is None or (m["n"] in _ONLY_UNITS and not word) or ctx.text[at - 1 : at] in _PART_OF_NUMBER:
        return None
    factor = 10_000 if m["wan"] else 1
    op: Op = "range" if n_max is not None else _BEFORE.get(word, _AFTER.get(m["after"] or "", "="))
    if m["more"] and op == "=":
        op = ">="
    return Quantity(
        text=ctx.words(*m.span()), op=op, n=n * factor, n_max=None if n_max is None else n_max * factor, unit=m["unit"],
        fuzzy=bool(m["more"]) or op == "~", per=m["per"] or ("各单位" if m["each"] else None), src=ctx.src(*m.span()),
        rule="quantity.per" if m["per"] or m["each"] else "quantity.unit", inferred=bool(m["each"]),
    )  # fmt: skip


def _value(text: str) -> float | None:
    if "." in text:
        return float(text)
    whole = number_of(text)
    return None if whole is None else float(whole)


_DECLARED = re.compile(
    r"""(?P<n>[一两二三四五六七八九十]|\d{1,2})(?:项|个方面|个|方面|件|点|类|大)
        [^，。；：\d\n]{0,8}?(?:工作|任务|活动|措施|内容|要求|行动|方面|实事)?[：。]""",
    re.VERBOSE,
)


def declared_counts(ctx: Context, nodes: list[Node], start: int, end: int) -> tuple[DeclaredCount, ...]:
    """三项工作：… beside the number of points that follow in the same paragraph."""
    found = []
    points = [n for n in nodes if n.kind == "point"]
    for m in _DECLARED.finditer(ctx.mask, start, end):
        count = number_of(m["n"])
        first = next((n for n in points if m.start() < n.start <= m.end() + 1), None)
        if first is None or count is None:
            continue
        line_end = ctx.text.find("\n", m.end())
        same = [
            n
            for n in points
            if first.start <= n.start < line_end and n.family == first.family and n.parent is first.parent
        ]
        words = (m.start(), m.end() - 1)
        found.append(
            DeclaredCount(text=ctx.words(*words), n=count, found=len(same), src=ctx.src(*words), rule="count.declared")
        )
    return tuple(found)
