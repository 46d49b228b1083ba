"""What a figure is: one number said three ways, with the rows it rests on. Rooms above register theirs in `figures`.

人, 人次 and views are different units and are never added together. None is 「没报」, 0 is 「没有」.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jinguo.lib.registry import Registry
from jinguo.reports.likeness import plain

figures = Registry("figure")

CLAIMED, DEDUPLICATED, CONFIRMED = "claimed", "deduplicated", "confirmed"

# field of the sheet → (name, unit); official papers are not translated
NUMBERS = {
    "on_site": ("现场参加", "人次"),
    "women": ("其中妇女", "人次"),
    "online": ("线上观看", "次"),
    "benefited": ("服务或受益", "人"),
    "deeds": ("办实事", "件"),
}


@dataclass(frozen=True)
class Value:
    """A number, how many events reported it, and whether any of them said 约. `number` None: nobody reported it."""

    number: int | None
    told: int = 0
    about: bool = False


@dataclass(frozen=True)
class Figure:
    """One number of a campaign.

    Attributes:
        unit: 场, 人次, 次, 人, 件.
        claimed: as units say; `deduplicated`: joint events counted once; `confirmed`: of those, what was accepted.
        rows: codes of the returns the confirmed number rests on.
    """

    code: str
    name: str
    unit: str
    claimed: Value
    deduplicated: Value
    confirmed: Value
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Scope:
    """What a registered figure may count: the rows of one snapshot about to be frozen.

    Attributes:
        campaign: the campaign's row.
        returns: the frozen returns (`queries.freeze`), of activities only.
    """

    campaign: Any
    returns: list[dict[str, Any]]


def event_key(values: dict[str, Any], row: dict[str, Any]) -> str:
    """What reports of one event share: what a person has joined, else name, day and place; without all three, or where a
    person has put it apart from one that looks the same, an event is only itself."""
    if row.get("joint"):
        return f"joint:{row['joint']}"
    mark = event_mark(values)
    return mark if mark and not row.get("apart") else f"return:{row['code']}"


def event_mark(values: dict[str, Any]) -> str:
    """32 hexadecimal digits for a name, a day and a place, levelled; "" where one of them is missing."""
    parts = [plain(str(values.get(name) or "")) for name in ("title", "held_on", "place")]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32] if all(parts) else ""


def stated(returns: Iterable[dict[str, Any]], which: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each return with the values of its claimed or confirmed version; those that have none are left out."""
    return [(row, row["versions"][str(row[which])]) for row in returns if row[which]]


def events_of(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Event → the values of everybody who reported it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row, values in pairs:
        found.setdefault(event_key(values, row), []).append(values)
    return found


def added(values: Iterable[dict[str, Any]], name: str) -> Value:
    """The sum of one number over sheets, each counted as it stands."""
    told = [(row[name], row.get(f"{name}_about", False)) for row in values if row[name] is not None]
    return Value(sum(number for number, _ in told), len(told), any(about for _, about in told)) if told else Value(None)


def added_once(events: dict[str, list[dict[str, Any]]], name: str) -> Value:
    """The sum of one number over events: of several reports of one event the largest counts."""
    best: list[dict[str, Any]] = []
    for sheets in events.values():
        told = [row for row in sheets if row[name] is not None]
        if told:
            best.append(max(told, key=lambda row: (row[name], not row.get(f"{name}_about", False))))
    return added(best, name)
