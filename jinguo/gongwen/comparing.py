"""Two notices side by side: what of the superior's notice the local one keeps, drops, adds, softens, hardens or moves.

Pure: two records in, a list of differences out, each with both places. Pairs are proposed by likeness of their words; a low
likeness leaves both unpaired rather than pairing what only sounds alike. Whether a difference is right is a person's matter.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jinguo.gongwen.parts import Event, Force, Quantity, Src, Window
from jinguo.gongwen.record import Record

Kind = Literal["task", "event", "requirement", "report", "deadline"]
State = Literal["kept", "changed", "dropped", "added"]

ALIKE = 0.42  # from here on two parts are taken for the same
_MOST = 300  # parts of a notice that are paired: real ones have a few dozen, and every one is held against every other
_OTHER_KIND = 0.08  # less likely the same when one calls it a task and the other an event
_SHARED_NAME = 0.2  # more likely when both name the same “…”
_STRICT: dict[Force, int] = {"ban": 3, "duty": 3, "request": 2, "option": 1, "plan": 0, "fact": 0}
FORCE_WORDS: dict[Force, str] = {
    "duty": "要", "ban": "不得", "option": "可", "plan": "将", "fact": "已", "request": "请",
}  # fmt: skip
_FAMILIES = {"task": "work", "event": "work", "requirement": "rule", "report": "report", "deadline": "report"}
_EMPTY = re.compile(
    "各级|各县|各单位|妇女组织|妇联组织|要|请|将|及时|认真|切实|进一步|[的了和与及把在等]|[^一-鿿0-9A-Za-z]"
)
_NAME = re.compile("[“《]([^“”《》]{2,30})[”》]")


@dataclass(frozen=True)
class Part:
    """One thing a notice asks or plans.

    Attributes:
        date: ISO, the day it is due or held; None when none stands. soft: the undated word (及时) instead.
        quantities: as written (不少于3件).
    """

    kind: Kind
    id: str
    title: str
    text: str
    force: Force | None
    date: str | None
    date_text: str
    soft: str
    quantities: tuple[str, ...]
    src: tuple[Src, ...]


@dataclass(frozen=True)
class Change:
    """One thing that differs in a pair. direction: stronger, weaker, earlier, later, new, gone or other."""

    what: Literal["force", "date", "quantity"]
    before: str
    after: str
    direction: Literal["stronger", "weaker", "earlier", "later", "new", "gone", "other"]


@dataclass(frozen=True)
class Difference:
    """A pair, or a part that only one notice has.

    Attributes:
        theirs, ours: the superior's part and the local one; one of them is None when dropped or added.
        alike: 0–1, how alike the words of a pair are; reworded: they are not the same words.
        place: the pair stands in another order than in the superior's notice.
    """

    state: State
    theirs: Part | None
    ours: Part | None
    changes: tuple[Change, ...] = ()
    alike: float = 0.0
    reworded: bool = False
    place: bool = False


def compare(theirs: Record, ours: Record) -> tuple[Difference, ...]:
    """The differences in the order of the superior's notice; what is only local follows, in its own order.

    What the superior does itself (将举办…) is no task of those below and is left out of `theirs`.
    """
    above, below = list(parts(theirs, own=False)), list(parts(ours, own=True))
    pairs = _paired(above, below)
    places = _out_of_place([pairs[n][0] for n in sorted(pairs)])
    found = [
        _pair(part, below[pairs[n][0]], pairs[n][1], pairs[n][0] in places)
        if n in pairs
        else Difference("dropped", part, None)
        for n, part in enumerate(above)
    ]
    taken = {at for at, _ in pairs.values()}
    return (*found, *(Difference("added", None, part) for n, part in enumerate(below) if n not in taken))


def parts(record: Record, *, own: bool) -> Iterator[Part]:
    """What a notice asks or plans, in the order of the text. own: also what its issuer does itself."""
    found = [
        *(_task_parts(record, own)),
        *(_event_parts(record, own)),
        *(_rule_parts(record)),
        *(_report_parts(record)),
    ]
    return iter(sorted(found, key=lambda p: (p.src[0].start if p.src else 0, p.kind)))


def _task_parts(record: Record, own: bool) -> Iterator[Part]:
    for task in record.tasks:
        if task.owner == "issuer" and not own:
            continue
        date, words = _window(task.window)
        yield Part(
            "task", task.id, task.title, task.text, task.force, date, words, "", _amounts(task.quantities), task.src
        )


def _event_parts(record: Record, own: bool) -> Iterator[Part]:
    inside = [s for task in record.tasks for s in task.src]
    for event in record.events:
        covered = event.src and any(s.start <= event.src[0].start and event.src[-1].end <= s.end for s in inside)
        if covered or (event.owner == "issuer" and not own):
            continue
        date, words = _event_day(event)
        force: Force | None = "plan" if event.owner == "issuer" else None
        yield Part("event", event.id, event.name, event.name, force, date, words, "", (), event.src)


def _rule_parts(record: Record) -> Iterator[Part]:
    for rule in record.constraints:
        yield Part("requirement", rule.id, rule.title or rule.text, rule.text, rule.force, None, "", "", (), rule.src)


def _report_parts(record: Record) -> Iterator[Part]:
    inside = [s for duty in record.report_duties for s in duty.src]
    for duty in record.report_duties:
        words = " ".join(word for word in (duty.due, duty.time) if word)
        title = duty.object or duty.text
        yield Part(
            "report",
            duty.id,
            title,
            duty.text,
            duty.force,
            duty.due,
            words,
            duty.soft or "",
            _amounts(duty.limits),
            duty.src,
        )
    for line in record.deadlines:
        if not line.src or any(s.start <= line.src[0].start < s.end for s in inside):
            continue
        yield Part(
            "deadline",
            line.id,
            line.what or line.text,
            line.what or line.text,
            None,
            line.date,
            line.date or "",
            line.soft or "",
            (),
            line.src,
        )


def _window(window: Window | None) -> tuple[str | None, str]:
    if window is None:
        return None, ""
    return window.end or window.start, window.text


def _event_day(event: Event) -> tuple[str | None, str]:
    return (event.date, event.date) if event.date else _window(event.window)


def _amounts(found: Iterable[Quantity]) -> tuple[str, ...]:
    return tuple(q.text for q in found)


# pairing


def _grams(text: str) -> set[str]:
    bare = _EMPTY.sub("", text)
    return {bare[n : n + 2] for n in range(len(bare) - 1)} or set(bare)


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@dataclass(frozen=True)
class _Words:
    title: set[str]
    text: set[str]
    names: set[str]

    @classmethod
    def of(cls, part: Part) -> "_Words":
        return cls(_grams(part.title), _grams(part.text), set(_NAME.findall(part.title + part.text)))


def likeness(one: Part, other: Part) -> float:
    """0–1: how alike two parts are by their words. Parts of different families (work, rules, reports) are not."""
    return _likeness(one, _Words.of(one), other, _Words.of(other))


def _likeness(one: Part, a: _Words, other: Part, b: _Words) -> float:
    if _FAMILIES[one.kind] != _FAMILIES[other.kind]:
        return 0.0
    score = max(0.55 * _dice(a.title, b.title) + 0.45 * _dice(a.text, b.text), _dice(a.text, b.text) * 0.95)
    if a.names & b.names:
        score += _SHARED_NAME
    return min(1.0, score - (_OTHER_KIND if one.kind != other.kind else 0.0))


def _paired(above: Sequence[Part], below: Sequence[Part]) -> dict[int, tuple[int, float]]:
    """Pairs by likeness, the best first; of equals the one nearer in place, then the earlier. Always the same."""
    theirs, ours = [_Words.of(p) for p in above], [_Words.of(p) for p in below]
    rows = []
    for i, part in enumerate(above[:_MOST]):
        for j, other in enumerate(below[:_MOST]):
            score = _likeness(part, theirs[i], other, ours[j])
            if score >= ALIKE:
                rows.append((-round(score, 4), abs(i * len(below) - j * len(above)), i, j))
    pairs: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, _distance, i, j in sorted(rows):
        if i not in pairs and j not in used:
            pairs[i] = (j, -score)
            used.add(j)
    return pairs


def _out_of_place(order: Sequence[int]) -> set[int]:
    """The places that must move for the rest to stand in one order: all but a longest rising run."""
    best: list[list[int]] = []
    for n, at in enumerate(order):
        before = max((run for m, run in enumerate(best) if order[m] < at), key=len, default=[])
        best.append([*before, n])
    kept = {order[n] for n in max(best, key=len, default=[])}
    return set(order) - kept


# changes in a pair


def _pair(theirs: Part, ours: Part, alike: float, place: bool) -> Difference:
    changes = tuple(_changes(theirs, ours))
    reworded = _EMPTY.sub("", theirs.text) != _EMPTY.sub("", ours.text)
    return Difference("changed" if changes else "kept", theirs, ours, changes, alike, reworded, place)


def _changes(theirs: Part, ours: Part) -> Iterator[Change]:
    yield from _force_change(theirs, ours)
    yield from _date_change(theirs, ours)
    if set(theirs.quantities) != set(ours.quantities):
        gone = [q for q in theirs.quantities if q not in ours.quantities]
        new = [q for q in ours.quantities if q not in theirs.quantities]
        yield Change("quantity", "、".join(gone), "、".join(new), "new" if not gone else "gone" if not new else "other")


def _force_change(theirs: Part, ours: Part) -> Iterator[Change]:
    a, b = theirs.force, ours.force
    if a is None or b is None or a == b or "plan" in (a, b) or "fact" in (a, b):
        return  # 将 says who does it, not how strongly it is asked
    step = _STRICT[b] - _STRICT[a]
    yield Change("force", FORCE_WORDS[a], FORCE_WORDS[b], "stronger" if step > 0 else "weaker" if step < 0 else "other")


def _date_change(theirs: Part, ours: Part) -> Iterator[Change]:
    before, after = theirs.date_text or theirs.soft, ours.date_text or ours.soft
    if theirs.date and ours.date:
        if theirs.date != ours.date:
            yield Change("date", before, after, "earlier" if ours.date < theirs.date else "later")
        elif re.search(r"\d:\d", before + after) and before != after and theirs.kind == ours.kind == "report":
            yield Change("date", before, after, "other")
    elif theirs.date or ours.date:
        yield Change("date", before, after, "new" if ours.date else "gone")
    elif theirs.soft != ours.soft:
        yield Change("date", before, after, "new" if not before else "gone" if not after else "other")
