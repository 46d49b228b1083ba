"""Which sentences of a notice are taken care of. Pure: sentences, items and what was seen in; shares out.

Every sentence of the body is in exactly one share; nothing is dropped, so the four counts add up to the whole.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jinguo.gongwen.parts import Sentence
from jinguo.notices.models import Decision, Item, ItemKind

_WITHOUT_TASK = ("background", "goal", "contact", "theme", "heading")  # what the reader took a sentence for
_SETTLED = (Decision.CONFIRMED, Decision.EDITED)


class Share(StrEnum):
    """Where a sentence stands; the order is that of the bar."""

    CONFIRMED = "confirmed"
    NO_TASK = "no_task"
    TO_CONFIRM = "to_confirm"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class Covered:
    """One sentence and where it stands.

    Attributes:
        spans: its stretches of the raw text, one a line.
        items: codes of the items it stands behind, replaced ones left out.
        read_as: the reader's bucket, e.g. background, goal, none.
    """

    id: str
    spans: tuple[tuple[int, int], ...]
    text: str
    share: Share
    items: tuple[str, ...]
    read_as: str


def cover(sentences: Iterable[Sentence], items: Sequence[Item], seen: Collection[str]) -> list[Covered]:
    """The sentences in order. Headings count only where an item stands on them."""
    live = [item for item in items if item.decision != Decision.REPLACED]
    named = {item.ref: at for at, item in enumerate(live) if item.ref and item.kind != ItemKind.RECIPIENT}
    starts = sorted((span[0], span[1], at) for at, item in enumerate(live) for span in item.spans)
    longest = max((end - start for start, end, _at in starts), default=0)
    found = []
    for sentence in sentences:
        spans = tuple((part.start, part.end) for part in sentence.src)
        places = {at for span in spans for at in _touching(span, starts, longest)}
        places |= {named[ref] for ref in sentence.refs if ref in named}
        mine = [live[at] for at in sorted(places)]
        if sentence.bucket == "heading" and not mine:
            continue
        text = "".join(part.quote for part in sentence.src).replace("**", "")
        share = _share(mine, sentence.bucket, sentence.id in seen)
        found.append(Covered(sentence.id, spans, text, share, tuple(item.code for item in mine), sentence.bucket))
    return found


def counts(covered: Iterable[Covered]) -> dict[Share, int]:
    """How many sentences are in each share, all four named."""
    out = dict.fromkeys(Share, 0)
    for sentence in covered:
        out[sentence.share] += 1
    return out


def touches(spans: Iterable[Sequence[int]], others: Iterable[Sequence[int]]) -> bool:
    """Whether any stretch of one overlaps any of the other."""
    theirs = list(others)
    return any(a[0] < b[1] and b[0] < a[1] for a in spans for b in theirs)


def _touching(span: tuple[int, int], starts: Sequence[tuple[int, int, int]], longest: int) -> list[int]:
    """Which of the stretches, sorted by start and none longer than `longest`, overlap a span."""
    low, high = bisect_left(starts, (span[0] - longest,)), bisect_left(starts, (span[1],))
    return [at for _start, end, at in starts[low:high] if end > span[0]]


def _share(items: Sequence[Item], bucket: str, seen: bool) -> Share:
    if any(item.decision == Decision.PROPOSED for item in items):
        return Share.TO_CONFIRM
    if any(item.decision in _SETTLED for item in items):
        return Share.CONFIRMED
    if items or seen or bucket in _WITHOUT_TASK:
        return Share.NO_TASK
    return Share.UNSEEN
