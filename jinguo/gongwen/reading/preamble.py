"""The opening of the paper: background, basis, purpose, decision, and the cue that closes it. Nothing here is a task."""

import re
from dataclasses import dataclass

from jinguo.gongwen.parts import Preamble, Text
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.view import Paragraph

_CUE = re.compile(
    r"(?:现|特)?(?:就|将|把)?[^，。；：\n]{0,24}?(?:通知|部署|安排|明确|公告|函告|通报|公布|制定|报告)(?:如下|如后)[：:。]"
    r"|(?:具体|有关|相关)[^，。；：\n]{0,8}如下[：:。]"
)
_CUE_HEAD = re.compile("现就|现将|特就|特将|现把|现|特|具体|有关|相关|就")
_DECISION = re.compile(
    r"(?:经[^，。；]{0,16}(?:研究|同意|批准)[，,]?)?(?:现)?(?:决定|拟定于|定于)[^。；\n]{2,80}?(?=[，。；])"
)
_BASIS = re.compile(r"(?:根据|按照|依据|遵照)[^，。；\n]{2,60}?(?=[，。；])")
_PURPOSE = re.compile(
    r"(?:(?<=[。，；：\n])|^)为(?:了|进一步|深入|认真|全面|切实|充分|更好)?(?![期止人此])[^，。；\n]{4,80}(?=[，。；])"
)
_SERIES = re.compile(
    r"(?P<mark>“(?P<name>[^“”\n]{2,40})”)[^，。；“”\n]{0,12}?(?:系列|主题)?(?:活动|行动|大赛|工程|计划|宣传月|阅读季)"
)


@dataclass(frozen=True)
class Opening:
    """The preamble and where the rest of the body begins in the view."""

    preamble: Preamble | None
    end: int


def read_preamble(ctx: Context, body: list[Paragraph], first_node: int | None, *, titled: bool) -> Opening:
    """The paragraphs up to the cue, or up to the first heading when a titled paper has no cue."""
    if not body:
        return Opening(None, 0)
    start = body[0].start
    limit = first_node if first_node is not None else body[-1].end
    end = start
    cue: re.Match[str] | None = None
    last = start
    for paragraph in body:
        if paragraph.start >= limit or paragraph.start > last + 1:  # the signature of a paper that issues another
            limit = min(limit, last)
            break
        last = paragraph.end
        cue = _CUE.search(ctx.mask, paragraph.start, min(paragraph.end, limit))
        if cue:
            end = cue.end()
            break
    if cue is None:
        if not titled or first_node is None:
            return Opening(None, start)
        end = limit
    if not ctx.text[start:end].strip():
        return Opening(None, start)
    return Opening(_preamble(ctx, start, end, cue), end)


def _preamble(ctx: Context, start: int, end: int, cue: re.Match[str] | None) -> Preamble:
    decision = _DECISION.search(ctx.mask, start, end)
    series = _SERIES.search(ctx.text, decision.start(), min(decision.end() + 20, end)) if decision else None
    text = ctx.words(start, end)
    return Preamble(
        text=text,
        cue=_cue(ctx, cue) if cue else None,
        decision=_text(ctx, decision.start(), decision.end(), "preamble.decision") if decision else None,
        series=_text(ctx, series.start("name"), series.end("name"), "preamble.series") if series else None,
        basis=tuple(_text(ctx, m.start(), m.end(), "preamble.basis") for m in _BASIS.finditer(ctx.mask, start, end)),
        purposes=tuple(
            _text(ctx, m.start(), m.end(), "preamble.purpose") for m in _PURPOSE.finditer(ctx.mask, start, end)
        ),
        src=ctx.src(start, end),
        rule="preamble.cue" if cue else "preamble.before_first_heading",
        conf="high" if cue else "mid",
    )


def _cue(ctx: Context, m: re.Match[str]) -> Text:
    head = _CUE_HEAD.search(ctx.text, m.start(), m.end())
    return _text(ctx, head.start() if head else m.start(), m.end(), "preamble.cue")


def _text(ctx: Context, start: int, end: int, rule: str) -> Text:
    return Text(text=ctx.words(start, end), src=ctx.src(start, end), rule=rule)
