"""The last word on events: one activity named in several places is one event, and the name for many gives way to the many."""

import re
from dataclasses import replace

from jinguo.gongwen.parts import Event
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.findings import Findings
from jinguo.gongwen.reading.kinds import GATHERINGS
from jinguo.gongwen.reading.main_event import DRIVES, Main

_LISTED = ("event.heading", "event.heading_body", "event.table_row")
_SHORTEST = 4  # characters of a name that may stand for a longer one
_BARE = re.compile(r"[\W_]")


def settle(ctx: Context, found: Findings, main: Main) -> None:
    """Merge, drop and number the events anew; the stretches they cover follow."""
    kept: list[Event] = list(main.events)
    named = len(kept)
    standing: dict[str, int] = {}  # old id -> place in `kept`
    for event in found.events:
        at = next((i for i, other in enumerate(kept) if _same(other, event, is_main=i < named)), None)
        if at is None:
            standing[event.id] = len(kept)
            kept.append(event)
        else:
            standing[event.id] = at
            kept[at] = _joined(kept[at], event)
    dropped = _dropped(ctx, kept, main) - set(standing.values()) if main.umbrella else _dropped(ctx, kept, main)
    order = sorted((i for i in range(len(kept)) if i not in dropped), key=lambda i: _position(kept[i]))
    ids = {i: f"E{n}" for n, i in enumerate(order, 1)}
    found.events[:] = [replace(kept[i], id=ids[i]) for i in order]
    spans = [(ids.get(standing[name]) if name in standing else name, a, b) for name, a, b in found.spans]
    found.spans[:] = [(name, a, b) for name, a, b in spans if name is not None]


def _position(event: Event) -> int:
    return event.src[0].start if event.src else 0


def _dropped(ctx: Context, kept: list[Event], main: Main) -> set[int]:
    """The name for many, where the many are listed; beside one main event, what only belongs to it."""
    if main.barren:
        return {i for i, event in enumerate(kept) if event.date is None}
    if not main.events:
        return set()
    named = len(main.events)
    others = range(named, len(kept))
    drive = main.events[0].verb in DRIVES and main.events[0].kind not in GATHERINGS
    if main.umbrella or (drive and len([i for i in others if _stands_beside(ctx, kept[i])]) > 1):
        return set(range(named)) if others else set()
    return {i for i in others if not _stands_beside(ctx, kept[i])}


def _stands_beside(ctx: Context, event: Event) -> bool:
    """An event of its own beside the main one: it has a day of its own, or a head and a listing of its own."""
    if event.date or (event.window and event.window.start):
        return event.rule != "event.heading" or headed_well(event) or event.time is not None
    called = event.verb in ("召开", "组织召开", "举行")
    return (event.rule in _LISTED and bool(event.verb)) or called or "“" in event.name


def headed_well(event: Event) -> bool:
    """Not a phase of the main event (作品征集, 专家评审)."""
    return event.kind not in ("selection", "other") or bool(event.verb)


def _same(one: Event, other: Event, *, is_main: bool) -> bool:
    """The same activity: equal names, or one name holds the other's characters in order, unless a list sets them apart."""
    a, b = _BARE.sub("", one.name), _BARE.sub("", other.name)
    if one.date and other.date and one.date != other.date:
        return False
    if a == b:
        return True
    listed = not is_main and (one.rule in _LISTED) == (other.rule in _LISTED)
    if listed:
        return False
    short, long = sorted((a, b), key=len)
    near = 2 * len(short) >= len(long) and _within(short, long)
    return len(short) >= _SHORTEST and short[-1] == long[-1] and (near or long.endswith(short))


def _within(short: str, long: str) -> bool:
    """The characters of `short` stand in `long` in the same order."""
    rest = iter(long)
    return all(c in rest for c in short)


def _joined(one: Event, other: Event) -> Event:
    """`one` with what only `other` tells."""
    timed = one if one.date or (one.window and one.window.start) or not (other.date or other.window) else other
    return replace(
        one, date=timed.date, time=timed.time, window=timed.window, place=one.place or other.place,
        duties=one.duties or other.duties, facets=one.facets or other.facets, inferred=timed.inferred,
        node=one.node or other.node, cuts=one.cuts or other.cuts,
    )  # fmt: skip
