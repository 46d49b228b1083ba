"""What is still to be decided, in the order it is asked: what is in doubt, what the notice leaves open, then the rest. Pure.

A stop is one place where the keys act: an item, a sentence nobody read anything from, a question, or the button that
confirms a whole group. After a decision the next stop behind it is the current one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinguo.notices.coverage import Covered, Share
from jinguo.notices.doubts import Doubt, Trust
from jinguo.notices.models import Decision, Item
from jinguo.notices.questions import Asked

Order = tuple[int, int, int]
_RANK = {Trust.DOUBT: 0, Trust.FAIR: 2, Trust.SURE: 3}
_QUESTIONS = 1
_SENTENCE_WEIGHT = 2  # behind every item in doubt
BULK = {Trust.FAIR: (2, 1, 0), Trust.SURE: (3, -1, 0)}  # the fair ones are looked at first, the sure ones at once


@dataclass(frozen=True)
class Stop:
    """One stop. `key`: an item's code, a sentence's id, a question's key, or bulk-sure and bulk-fair."""

    key: str
    order: Order


def item_order(item: Item, doubt: Doubt) -> Order:
    """Where an item stands while it is proposed."""
    return _RANK[doubt.trust], doubt.weight if doubt.trust == Trust.DOUBT else 0, item.position


def stops_of(
    items: Iterable[Item], doubts: Mapping[str, Doubt], covered: Iterable[Covered], questions: Sequence[Asked]
) -> list[Stop]:
    """Every open stop, in order."""
    proposed = [item for item in items if item.decision == Decision.PROPOSED]
    found = [Stop(item.code, item_order(item, doubts[item.code])) for item in proposed]
    found += [
        Stop(sentence.id, (0, _SENTENCE_WEIGHT, sentence.spans[0][0]))
        for sentence in covered
        if sentence.share == Share.UNSEEN
    ]
    found += [Stop(asked.key, (_QUESTIONS, n, 0)) for n, asked in enumerate(questions) if asked.open]
    for trust, order in BULK.items():
        if sum(doubts[item.code].trust == trust for item in proposed) > 1:
            found.append(Stop(f"bulk-{trust}", order))
    return sorted(found, key=lambda stop: stop.order)


def current(stops: Sequence[Stop], just: str, decided: Order | None) -> str:
    """The key of the stop the keys act on; "" when nothing is open.

    Args:
        just: key of what was decided a moment ago; still open where its decision was taken back.
        decided: where that stood in the queue, if it stood there.
    """
    if any(stop.key == just for stop in stops):
        return just
    later = next((stop for stop in stops if decided is not None and stop.order > decided), None)
    found = later or (stops[0] if stops else None)
    return found.key if found else ""
