"""Whose decision a sentence tells: the issuer's own, or that of a body above it whose paper is only passed on."""

import re

from jinguo.gongwen.lexicon import any_of
from jinguo.gongwen.parts import Owner
from jinguo.gongwen.reading.context import Context

_PASSED_ON = re.compile(
    "接[^，。；]{2,24}通知|转发|按照[^，。；]{2,24}(?:通知|部署)[^，。；]{0,6}，[^，。；]{0,4}(?:全国|省|市)"
)
_WHO = re.compile(
    "(?:^|[，。；：])(?P<who>[^，。；：]{2,40}?)(?:经研究|研究|发文，|通知，)?(?:决定|拟|将|定于|计划|联合|共同|兹|特)"
)
_RANKS = (
    ("中共中央|中央|全国|国务院|全总|中华|国家|中国", 6),
    ("省|自治区", 5),
    ("市|盟|州|地区", 4),
    ("县|区|旗", 3),
    ("街道|乡|镇", 2),
    ("校|院|系|局|公司|中心|集团|厂|所|机关", 1),
)
_OWN_BODY = re.compile("大学|学院|学校|中学|小学|医院|公司|集团|局|厂|中心|机关|校|院|系")
_ALL_LANDS = 6


def owner_of(ctx: Context, start: int, end: int) -> Owner:
    """`issuer`, or `other` when the sentence passes on a paper or its subject ranks above the issuer."""
    text = ctx.text[start:end]
    if _PASSED_ON.search(text):
        return "other"
    subject = next((m["who"] for m in _WHO.finditer(text) if _is_body(ctx, m["who"])), "")
    who = _rank(subject)
    if who is None or ctx.issuer_names.search(subject):
        return "issuer"
    own = _issuer_rank(ctx.issuer)
    return "other" if (own is not None and who > own) or (own is None and who == _ALL_LANDS) else "issuer"


def _is_body(ctx: Context, words: str) -> bool:
    """市科协, 校工会: not 节日即(将)."""
    ends = ctx.lexicon.compiled(
        "standing.body", lambda lexicon: any_of(lexicon.words("words", "organ_ends")) + "(?:还|也)?$"
    )
    return ends.search(words) is not None


def _issuer_rank(name: str) -> int | None:
    """Of 安康市统计局工会委员会 the rank of a unit, not of the city in its name."""
    return 1 if _OWN_BODY.search(name) else _rank(name)


def _rank(name: str) -> int | None:
    """The lowest level the first body's name tells: 眉山市东坡区残联 is a district's."""
    first = re.split("[、和与]", name)[0]
    return min((rank for words, rank in _RANKS if re.search(words, first)), default=None)
