"""Events named by a heading (（二）举办庆“三八”座谈会, （四）法律服务进万家) or by the title (关于举办…大赛的通知)."""

import re
from dataclasses import replace

from jinguo.gongwen.parts import Event
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.cues import actor
from jinguo.gongwen.reading.events import cuts, facets, generic, opening, sentence_events, sounds_like_event, trimmed
from jinguo.gongwen.reading.kinds import event_kind
from jinguo.gongwen.reading.masks import cut, sentences
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.responsibility import duties
from jinguo.gongwen.reading.slots import node_when, paper_place, paper_when, place_in
from jinguo.gongwen.reading.splitting import headed, split_object, strong

_NAME_LENGTH = 60
_SPREAD = re.compile("进(?:万家|社区|校园|企业|乡村|机关|家庭|基层|网络|军营|村居|楼宇)$")
_BRACKET = re.compile(r"（[^（）\n]{2,40}）$")
_HOLD = re.compile("关于(?P<verb>召开|举办|举行|组织开展|开展|组织)(?P<name>.+)的")
_DRIVES = ("开展", "组织开展")
_EXHORTS = re.compile("要|做好|加强|抓好|深化|推进|提升|强化|认真|积极|精心|高度|严格|切实")


def heading_event(ctx: Context, node: Node, body_start: int) -> Event | None:
    """The event that a heading names, with time, place and people from the words under it; else None."""
    event = _named_by(ctx, node.head_start, node.head_end)
    if event is None:
        return None
    event = _fuller(ctx, event, body_start, node.own_end())
    when = node_when(ctx, node)
    day = when.day if when else None
    span, owner = actor(ctx, body_start, node.end)
    return replace(
        event, owner=owner, owner_text=ctx.words(*span) if span else None, node=node.id, date=day.iso if day else None,
        time=day.time if day else None, window=when.window if when else None, place=place_in(ctx, body_start, node.end),
        inferred=bool(day and day.inferred),
        duties=duties(ctx, node.head_start, node.head_end) or duties(ctx, node.head_end, node.end),
    )  # fmt: skip


def _named_by(ctx: Context, start: int, end: int) -> Event | None:
    bracket = _BRACKET.search(ctx.text[start:end])
    end = start + bracket.start() if bracket and bracket.start() else end
    clauses = cut(ctx.mask, start, end, "，；。")
    if not clauses:
        return None
    start = clauses[-1][0]  # a slogan may stand before the event
    verb = opening(ctx, start, end)
    if end - start > _NAME_LENGTH or (verb is None and (len(clauses) > 1 or _EXHORTS.match(ctx.text, start, end))):
        return None
    if verb and verb["verb"] in ctx.lexicon.words("events", "doing_verbs"):
        return None
    at = verb.end("verb") if verb else start
    if not _is_event_name(ctx, at, end, has_verb=verb is not None):
        return None
    items = split_object(ctx, at, end)
    if len(items) != 1:
        return None
    begin, finish, mode = trimmed(ctx, items[0])
    if begin >= finish or generic(ctx, begin, finish) or not sounds_like_event(ctx, begin, finish):
        return None
    return Event(
        id="", name=ctx.words(begin, finish), kind=event_kind(ctx.lexicon, ctx.text[begin:finish]),
        verb=verb["verb"] if verb else "", facets=facets(ctx, items[0], begin, finish), mode=mode, cuts=cuts(ctx, items[0]),
        src=ctx.src(begin, finish), rule="event.heading", conf="high" if verb else "mid",
    )  # fmt: skip


def _is_event_name(ctx: Context, start: int, end: int, *, has_verb: bool) -> bool:
    named = "“" in ctx.text[start:end]
    return (
        strong(ctx, start, end)
        or ((has_verb or named) and headed(ctx, start, end))
        or bool(_SPREAD.search(ctx.text[start:end]))
    )


def _fuller(ctx: Context, event: Event, start: int, end: int) -> Event:
    """（一）启动仪式。…举办“X”启动仪式 — the body gives the whole name."""
    for a, b in sentences(ctx.mask, start, end):
        for other in sentence_events(ctx, a, b).events:
            if other.name != event.name and other.name.endswith(event.name):
                return replace(event, name=other.name, src=other.src, facets=other.facets, rule="event.heading_body")
    return event


def title_event(ctx: Context, start: int, end: int, nodes: list[Node]) -> Event | None:
    """The event a paper is about, when the paper gives it a time or a place of its own.

    开展 names a drive of many activities: only with both time and place is it one gathering.
    """
    m = _HOLD.search(ctx.text, start, end)
    if m is None:
        return None
    when, place = paper_when(ctx, nodes), paper_place(ctx, nodes)
    known = [slot for slot in (when, place) if slot is not None]
    if len(known) < (2 if m["verb"] in _DRIVES else 1) or not headed(ctx, *m.span("name")):
        return None
    day = when.day if when else None
    return Event(
        id="", name=ctx.words(*m.span("name")), kind=event_kind(ctx.lexicon, m["name"]), date=day.iso if day else None,
        time=day.time if day else None, window=when.window if when else None, place=place, owner="issuer", verb=m["verb"],
        src=ctx.src(*m.span("name")), rule="event.title", inferred=bool(day and day.inferred),
    )  # fmt: skip
