"""The kind of an event, told by the words of its name."""

import re

from jinguo.gongwen.lexicon import Lexicon
from jinguo.gongwen.parts import EventKind

# Kinds that somebody calls and people come to; the others may be a drive everyone carries out at home.
GATHERINGS: tuple[EventKind, ...] = (
    "congress", "symposium", "job_fair", "exhibition", "sharing", "mixer", "training", "lecture", "competition", "performance",
    "ceremony",
)  # fmt: skip

_QUOTED = re.compile("“[^”]*”|《[^》]*》")


def event_kind(lexicon: Lexicon, name: str, *, container: bool = False) -> EventKind:
    """The kind whose word ends nearest the end of the name; of two that end together the longer word.

    Words inside quotation marks count only if nothing outside tells. A container (A、B等服务) is told by its class word.
    """
    bare = _QUOTED.sub(lambda m: " " * len(m[0]), name)
    if container:
        return _nearest(lexicon, bare[max(bare.rfind("等"), 0) :]) or "other"
    return _nearest(lexicon, bare) or _nearest(lexicon, name) or "other"


def _nearest(lexicon: Lexicon, text: str) -> EventKind | None:
    kinds: dict[EventKind, list[str]] = lexicon.tables["event_kinds"]
    ends = [
        (at + len(word), len(word), kind)
        for kind, words in kinds.items()
        for word in words
        if (at := text.rfind(word)) >= 0
    ]
    return max(ends, key=lambda end: end[:2])[2] if ends else None
