"""What has changed since a snapshot, against the sentences of the paper that was written from it. PURE.

A signed paper stays as it is; what came later is said beside it, with the numbers of the sentences it touches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jinguo.reports.builder.outline import build

Row = dict[str, Any]
FIELDS = {
    "title": "活动名称", "held_on": "时间", "place": "地点", "cohosts": "联办", "on_site": "现场参加", "women": "其中妇女",
    "online": "线上观看", "benefited": "服务或受益", "deeds": "办实事", "summary": "简介", "difficulties": "困难和建议",
}  # fmt: skip
LATE, CORRECTED, GONE = "late", "corrected", "gone"
WORDS = {LATE: "补报", CORRECTED: "更正", GONE: "不再计入"}


@dataclass(frozen=True)
class Told:
    """A sentence of the signed paper. `text`: as it is printed; `built`: as the snapshot said it; `codes`: its returns."""

    number: int
    key: str
    text: str
    built: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Item:
    """A return that is not as the snapshot has it.

    Attributes:
        kind: LATE came or was accepted since, CORRECTED accepted in a newer version, GONE no longer accepted.
        changes: (field, before, after) of a correction.
        touches: numbers of the sentences that rest on it, or would.
    """

    kind: str
    code: str
    unit: str
    title: str
    changes: tuple[tuple[str, str, str], ...]
    touches: tuple[int, ...]


@dataclass(frozen=True)
class Reworded:
    """A sentence that would read otherwise by what is known now."""

    number: int
    before: str
    now: str


def differences(old: Row, new: Row, told: Sequence[Told]) -> list[Item]:
    """What is confirmed otherwise than before, in the order of the tree."""
    before = {row["code"]: row for row in old["returns"] if row["confirmed"]}
    after = {row["code"]: row for row in new["returns"] if row["confirmed"]}
    units = {**old["units"], **new["units"]}
    still = {row["code"] for row in new["returns"]}
    found = []
    for row in [*new["returns"], *(row for code, row in before.items() if code not in still)]:
        was, now = _confirmed(before.get(row["code"])), _confirmed(after.get(row["code"]))
        if was == now:
            continue
        kind = LATE if was is None else GONE if now is None else CORRECTED
        values: Row = now or was or {}
        changes = _changes(was, now) if was is not None and now is not None else ()
        touches = _touched(row["code"], values, told)
        found.append(Item(kind, row["code"], units[row["unit"]]["short"], values["title"], changes, touches))
    return found


def _confirmed(row: Row | None) -> Row | None:
    return row["versions"][str(row["confirmed"])] if row else None


def _changes(was: Row, now: Row) -> tuple[tuple[str, str, str], ...]:
    found = []
    for name, label in FIELDS.items():
        one, other = _shown(was, name), _shown(now, name)
        if one != other:
            found.append((label, one, other))
    return tuple(found)


def _shown(values: Row, name: str) -> str:
    if values[name] in (None, ""):
        return "没报"
    return f"{'约' if values.get(f'{name}_about') else ''}{values[name]}"


def _touched(code: str, values: Row, told: Iterable[Told]) -> tuple[int, ...]:
    """Sentences that name the return among their sources, and those that count the clauses it answers."""
    keys = {f"{lead}:{clause}" for clause in values["clauses"] for lead in ("count", "none", "waiting", "places")}
    return tuple(one.number for one in told if code in one.codes or one.key in keys)


def reworded(old: Row, new: Row, told: Iterable[Told]) -> list[Reworded]:
    """The sentences that, built again from what is known now, would say something else. Those a person has put in her own
    words are compared by what the snapshot said. That a later snapshot is taken later is no difference."""
    now = {sentence.key: sentence.text for sentence in build(new | {"at": old["at"]}).sentences}
    return [
        Reworded(one.number, one.text, now[one.key]) for one in told if one.key in now and now[one.key] != one.built
    ]
