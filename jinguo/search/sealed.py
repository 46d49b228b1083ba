"""Finding texts that lie sealed: the index keeps keyed digests of their character pairs, each once and in the digests' order,
so that it tells neither a word nor the order of words to whoever has no key. What is found by them is opened and looked at
again by the room that may open it. Writes nothing.

Kept in the same index as everything, under a kind of its own. Pinyin and initials of the title are found the same way, by
their letters in threes and twos.
"""

from collections.abc import Iterable

from jinguo.lib import crypto
from jinguo.search.pairs import pairs_in, pinyin_of, runs

PURPOSE = "search.sealed"
LETTERS = 3  # of pinyin that stand together


def marks_of(title: str, text: str) -> str:
    """What the index keeps of a sealed text: its pairs, and of its title the pinyin and the initials."""
    said = {f"pair:{pair}" for run in runs(f"{title}\n{text}") for pair in pairs_in(run)}
    joined, _space, initials = pinyin_of(title).partition(" ")
    said |= {f"sound:{piece}" for piece in _pieces(joined, LETTERS)} | {f"first:{pair}" for pair in pairs_in(initials)}
    return " ".join(sorted(_keyed(said)))


def ways_of(words: str) -> list[list[str]]:
    """The sets of digests one of which a text must have whole: its characters, its pinyin, its initials; none for single
    characters."""
    wanted = runs(words)
    found = []
    pairs = [f"pair:{pair}" for run in wanted for pair in pairs_in(run)]
    if pairs:  # single characters beside them are looked for in what is opened
        found.append(_keyed(pairs))
    latin = "".join(wanted)
    if latin.isascii() and latin.isalpha() and len(latin) > 1:
        found.append(_keyed(f"first:{pair}" for pair in pairs_in(latin)))
        if len(latin) >= LETTERS:
            found.append(_keyed(f"sound:{piece}" for piece in _pieces(latin, LETTERS)))
    return found


def holds(words: str, *, title: str, text: str) -> bool:
    """Whether the opened text holds every one of these words, or its title sounds like them."""
    said = runs(f"{title}\n{text}")
    wanted = runs(words)
    latin = "".join(wanted)
    if wanted and all(any(word in run for run in said) for word in wanted):
        return True
    return latin.isascii() and latin.isalpha() and any(latin in part for part in pinyin_of(title).split(" "))


def _pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def _keyed(said: Iterable[str]) -> list[str]:
    return crypto.ring().marks(said, PURPOSE)
