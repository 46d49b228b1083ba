"""Whom and where: target groups, the kinds of place the work goes into, the forms it may take."""

import re

from jinguo.gongwen.parts import Group, Text, Venue
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.masks import HIDDEN, cut

_CUED_GROUP = re.compile(
    "(?:面向|针对|关爱|慰问|走访|帮扶|服务于?)"
    r"(?P<group>[^，。；、：\n“”]{1,10}?(?:妇女|女性|母亲|儿童|女童|群体|人员|青年|职工|家庭|老人))"
)


def groups(ctx: Context, start: int, end: int) -> tuple[Group, ...]:
    """Whom it is for; each group once."""
    hits = [(*m.span("group"), "group.cue") for m in _CUED_GROUP.finditer(ctx.unquoted, start, end)]
    known = ctx.lexicon.patterns["people.groups"]
    hits += [(*m.span(), "group.lexicon") for m in known.finditer(ctx.unquoted, start, end)]
    found: dict[str, Group] = {}
    taken = start
    for a, b, rule in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        text = ctx.words(a, b)
        if b > taken and text not in found:
            sensitive = ctx.lexicon.patterns["people.sensitive"].search(text) is not None
            found[text] = Group(text=text, sensitive=sensitive, src=ctx.src(a, b), rule=rule)
        taken = max(taken, b)
    return tuple(found.values())


_INTO = re.compile(
    r"""(?<![推促改先增引前奋跟并共迈挺突演新排列放纳写编])   # not 推进, 先进, 增进, 列进
        [走送深]?进入?
        (?!行|一步|展|程|取|步|而|度|修|口|出|来)           # not 进行, 进一步, 进程
        (?P<place>[^，。；、：！？\n进]{2,16}?)
        (?=[、，。；：！？\n进]|等|活动|开展|宣讲|宣传|$)""",
    re.VERBOSE,
)
_AT = re.compile(
    r"[在到](?P<place>[^，。；、：\n在]{2,10}?)(?=开展|举办|围绕|组织|设立|建立|举行|集中|宣传|讲|宣讲|慰问|走访)"
)


def venues(ctx: Context, start: int, end: int) -> tuple[Venue, ...]:
    """Each 进X is a kind of place of the same work; 在X counts when the place is of a known kind."""
    hits = [(*m.span("place"), "venue.into") for m in _INTO.finditer(ctx.unquoted, start, end)]
    hits += [(*m.span("place"), "venue.at") for m in _AT.finditer(ctx.unquoted, start, end)]
    found: dict[str, Venue] = {}
    for a, b, rule in sorted(hits):
        text = ctx.words(a, b)
        kind = ctx.lexicon.first_match("venues", text)
        if text and HIDDEN not in ctx.unquoted[a:b] and (rule == "venue.into" or kind):
            found.setdefault(text, Venue(text=text, kind=kind, src=ctx.src(a, b), rule=rule))
    return tuple(found.values())


_FORMS = re.compile(
    r"""(?:通过|采取|采用|运用|利用|用好|以)
        (?P<list>[^，。；：！？\n]{2,60}?)
        (?:等(?P<open>[^，。；、：\n]{0,20}?)|(?:相结合的?|的|多种|各种)*)
        (?:形式|方式|载体|途径|渠道)""",
    re.VERBOSE,
)
_FORM_LENGTH = range(2, 17)


def forms(ctx: Context, start: int, end: int) -> tuple[Text, ...]:
    """通过A、B、C等形式: A, B and C. They are ways of doing, never events of their own."""
    found: list[Text] = []
    for m in _FORMS.finditer(ctx.mask, start, end):
        if "、" not in m["list"] and m["open"] is None:
            continue
        for a, b in cut(ctx.mask, *m.span("list"), "、"):
            text = ctx.words(a, b)
            if len(text) in _FORM_LENGTH and not text.endswith(("的", "为")):
                found.append(Text(text=text, src=ctx.src(a, b), rule="form.list"))
    return tuple(found)
