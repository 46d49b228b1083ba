"""Who answers for what: 由A牵头、B配合; 责任单位：C; A会同B; （宣传部牵头）."""

import re
from typing import Literal

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import Duty
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.masks import cut

Role = Literal["lead", "responsible", "support", "sponsor", "host", "co_host", "guide"]

_ROLES: dict[str, Role] = {
    "牵头": "lead", "责任": "responsible", "负责": "responsible", "配合": "support", "主办": "sponsor", "承办": "host",
    "协办": "co_host", "指导": "guide",
}  # fmt: skip
_WORD = "牵头|责任|配合|主办|承办|协办|指导"
_LABELLED = re.compile(
    rf"""(?P<role>{_WORD})(?:单位|部门|科室)[ ]?：[ ]?
         (?P<units>[^\n；。）]{{2,80}}?)
         (?=[；。\n）]|[ \u3000]*(?:{_WORD}|完成|联系)[^、，]{{0,4}}：|$)""",
    re.VERBOSE,
)
_CLAUSE = re.compile(
    r"""由?(?P<units>[^，。；：\n（）]{2,40}?)(?:具体)?
        (?P<role>牵头|配合|主办|承办|协办|指导|负责)
        (?:组织|实施|落实|做好.{0,6}|[，。；）]|$)""",
    re.VERBOSE,
)
_JOINTLY = re.compile(
    r"(?P<lead>[^，。；：\n（]{2,20}?)会同(?P<support>[^，。；：\n（]{2,30}?)(?=开展|组织|举办|制定|[，。；]|$)"
)
_BRACKET = re.compile(r"（([^（）\n]{2,40})）")
_SHORT_UNITS = ("部", "室", "中心", "科", "站", "妇委会", "社", "支部")


def duties(ctx: Context, start: int, end: int) -> tuple[Duty, ...]:
    """Who leads, supports, hosts. An outside department is marked: has it agreed (条例 art. 19(6))?"""
    labelled = [d for m in _LABELLED.finditer(ctx.text, start, end) for d in _of(ctx, m, "duty.label")]
    if labelled:
        return tuple(labelled)
    found: list[Duty] = []
    brackets = [m.span(1) for m in _BRACKET.finditer(ctx.text, start, end)]
    for a, b in cut(ctx.mask, start, end, "，；。") + [
        piece for s, e in brackets for piece in cut(ctx.text, s, e, "，；")
    ]:
        m = _CLAUSE.match(ctx.text, a, b)
        joint = None if m else _JOINTLY.match(ctx.text, a, b)
        if m:
            found += _of(ctx, m, "duty.clause")
        elif joint:
            found += _units(ctx, *joint.span("lead"), "lead", "duty.jointly")
            found += _units(ctx, *joint.span("support"), "support", "duty.jointly")
    return tuple(found)


def _of(ctx: Context, m: re.Match[str], rule: str) -> list[Duty]:
    return _units(ctx, *m.span("units"), _ROLES[m["role"]], rule)


def _units(ctx: Context, start: int, end: int, role: Role, rule: str) -> list[Duty]:
    found: list[Duty] = []
    for a, b in cut(ctx.mask, start, end, "、，和与 \u3000"):
        text = ctx.words(a, b).removeprefix("由")
        if len(text) > 1 and ctx.lexicon.compiled("responsibility.unit", _unit_source).fullmatch(text):
            found.append(
                Duty(role=role, unit=text, external=_external(ctx, text), src=ctx.src(b - len(text), b), rule=rule)
            )
    return found


def _unit_source(lexicon: Lexicon) -> str:
    ends = any_of([*lexicon.words("words", "organ_ends"), *_SHORT_UNITS])
    return rf"各[^，。]{{1,14}}|.{{0,18}}{ends}"


def _external(ctx: Context, unit: str) -> bool:
    """Not of the federation and not the issuer: a department that must be asked first."""
    if unit.startswith("各") or "妇" in unit or (ctx.issuer and unit in ctx.issuer):
        return False
    return re.search(any_of(ctx.lexicon.words("words", "external_ends")) + "$", unit) is not None
