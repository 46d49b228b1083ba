"""Clashes among the issuer's own events, as plain reckoning: the same hall, the same leader, or the same day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

HALL, LEADER, DAY = "hall", "leader", "day"
_BETWEEN = re.compile(r"[、,，;；/]+")
_EMPTY = re.compile(r"\s+")


@dataclass(frozen=True)
class Slot:
    """When and where one event takes place. Without a day it clashes with nothing; without times it takes the whole day."""

    key: Any
    title: str
    day: date | None
    starts: time | None = None
    ends: time | None = None
    hall: str = ""
    leader: str = ""


@dataclass(frozen=True)
class Clash:
    """`kind`: hall or leader are wanted twice at one time (`what` names it), or only the day is the same."""

    kind: str
    other: Slot
    what: str = ""


def clashes_of(slots: Sequence[Slot]) -> dict[Any, list[Clash]]:
    """Key of an event → what it clashes with, the gravest first. Of a pair both are told."""
    found: dict[Any, list[Clash]] = {slot.key: [] for slot in slots}
    by_day: dict[date, list[Slot]] = {}
    for slot in slots:
        if slot.day is not None:
            by_day.setdefault(slot.day, []).append(slot)
    for same in by_day.values():
        for one in same:
            found[one.key] += [_clash(one, other) for other in same if other.key != one.key]
    order = (HALL, LEADER, DAY)
    return {key: sorted(rows, key=lambda row: order.index(row.kind)) for key, rows in found.items()}


def _clash(one: Slot, other: Slot) -> Clash:
    """The gravest of what two events of one day have in common."""
    if _overlap(one, other):
        if _plain(one.hall) and _plain(one.hall) == _plain(other.hall):
            return Clash(HALL, other, one.hall)
        shared = [name for name in _names(one.leader) if name in _names(other.leader)]
        if shared:
            return Clash(LEADER, other, "、".join(shared))
    return Clash(DAY, other)


def _overlap(one: Slot, other: Slot) -> bool:
    """Could both be under way at one moment? A missing time may be any."""
    before = one.ends is not None and other.starts is not None and one.ends <= other.starts
    after = other.ends is not None and one.starts is not None and other.ends <= one.starts
    return not (before or after)


def _plain(words: str) -> str:
    return _EMPTY.sub("", words).lower()


def _names(words: str) -> list[str]:
    return [name for part in _BETWEEN.split(words) if (name := _EMPTY.sub("", part))]
