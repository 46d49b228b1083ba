"""Text as the index holds it: overlapping character pairs, so that a phrase of pairs is an exact substring search without a
dictionary, the same on both databases (reference/deps §2.5). Pure.

A run is what stands between blanks and punctuation. 阳泉市，妇联 becomes 阳泉 泉市 市 ∥ 妇联 联: the last character stands
alone too, so that one character finds every place by its prefix, and a divider keeps a phrase inside one run.
"""

import unicodedata
from functools import cache
from itertools import groupby, pairwise

from pypinyin import Style, lazy_pinyin

DIVIDER = "zzzz"  # longer than any pair: no phrase of pairs reaches across it
_TAIL = "妇女联合会"
PINYIN_CHARACTERS = 400  # what the column holds


def runs(text: str) -> list[str]:
    """The pieces of a text without blanks and punctuation, full-width forms and capitals levelled."""
    level = unicodedata.normalize("NFKC", text).lower()
    return ["".join(group) for is_word, group in groupby(level, str.isalnum) if is_word]


def pairs_of(text: str) -> str:
    """What the index stores for a text."""
    return f" {DIVIDER} ".join(" ".join([*pairs_in(run), run[-1]]) for run in runs(text))


def phrases_of(words: str) -> list[list[str]]:
    """What a query asks for: for each run its pairs in order, or its single character."""
    return [pairs_in(run) or [run] for run in runs(words)]


def pinyin_of(title: str) -> str:
    """Pinyin of a title joined, and its initials: 阳泉市妇联 → `yangquanshifulian yqsfl`."""
    syllables = [piece for run in runs(title) for piece in _syllables(run)]
    initials = "".join(piece[0] for piece in syllables if piece)
    return f"{''.join(syllables)} {initials}"[:PINYIN_CHARACTERS]


def _syllables(run: str) -> list[str]:
    """Pinyin of a run; the tail most units share is looked up once a process, not 700,000 times."""
    head = run.removesuffix(_TAIL)
    return [*lazy_pinyin(head, style=Style.NORMAL), *(_tail() if head != run else ())]


@cache
def _tail() -> tuple[str, ...]:
    return tuple(lazy_pinyin(_TAIL, style=Style.NORMAL))


def pairs_in(run: str) -> list[str]:
    """The overlapping pairs of one run, in order; none of a single character."""
    return [a + b for a, b in pairwise(run)]
