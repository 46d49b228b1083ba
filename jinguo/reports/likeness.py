"""How alike two texts or two events are. Pure: values in, numbers and reasons out."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

PIECE = 4  # characters of a shingle
ALIKE = 0.5  # of the pieces of two titles
COUNTED = 10  # people; below it two equal numbers say nothing


def plain(text: str) -> str:
    """Letters and digits alone, full-width forms and capitals levelled: marks and blanks make no other text."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def shingles(text: str, size: int = PIECE) -> frozenset[str]:
    """Every run of `size` characters of a text; a shorter text is its own only piece, an empty one has none."""
    bare = plain(text)
    if len(bare) < size:
        return frozenset({bare} - {""})
    return frozenset(bare[at : at + size] for at in range(len(bare) - size + 1))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """What share of all their pieces two texts have in common: 0 to 1; 0 where either has none."""
    return len(one & other) / len(one | other) if one and other else 0.0


@dataclass(frozen=True)
class Told:
    """One report of an event, as far as it helps to know the event again. `names`: full and short name of its unit."""

    title: str
    held_on: date | None
    place: str
    cohosts: str
    on_site: int | None
    names: tuple[str, ...]


def reasons_same(one: Told, other: Told) -> list[str]:
    """Why two reports may tell of one event, in sentences; empty where too little speaks for it.

    The day must be the same. Beside it an equal title is enough, or two of: a similar title, the same place, one naming
    the other's unit as co-host, the same number of people.
    """
    if one.held_on is None or one.held_on != other.held_on:
        return []
    titles = plain(one.title), plain(other.title)
    same_title = bool(titles[0]) and titles[0] == titles[1]
    similar = not same_title and overlap(shingles(one.title, 2), shingles(other.title, 2)) >= ALIKE
    place = bool(plain(one.place)) and plain(one.place) == plain(other.place)
    named = _names(one.cohosts, other.names) or _names(other.cohosts, one.names)
    number = one.on_site is not None and one.on_site >= COUNTED and one.on_site == other.on_site
    if not (same_title or similar + place + named + number >= 2):
        return []
    said = [
        (same_title, _("同一天，名称一样")), (similar, _("同一天，名称相近")), (place, _("地点一样")),
        (named, _("联办里写着对方")), (number, _("现场人次一样")),
    ]  # fmt: skip
    return [sentence for holds, sentence in said if holds]


def _names(cohosts: str, names: tuple[str, ...]) -> bool:
    bare = plain(cohosts)
    return any(plain(name) in bare for name in names if plain(name))
