"""The words the reader knows, from `lexicon.toml`, and the patterns made of them. An office may lay its own over ours."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of `words`."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words by table and list, as in the data file."""

    tables: Mapping[str, Any]

    def words(self, table: str, name: str) -> list[str]:
        """One list of words."""
        found: list[str] = self.tables[table][name]
        return found

    def with_words(self, extra: Mapping[str, Any]) -> "Lexicon":
        """This lexicon with an office's own words: lists are joined, patterns are tried beside ours."""
        return Lexicon(_joined(self.tables, extra))

    @cached_property
    def genres(self) -> list[str]:
        found: list[str] = self.tables["genres"]
        return found

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """Compiled patterns of the word lists, by `table.name`; each matches the longest word."""
        return {
            f"{table}.{name}": re.compile(any_of(words))
            for table, lists in self.tables.items()
            if isinstance(lists, dict)
            for name, words in lists.items()
            if isinstance(words, list)
        }

    def compiled(self, key: str, source: Callable[["Lexicon"], str]) -> re.Pattern[str]:
        """A pattern made of several lists, compiled once for this lexicon."""
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = re.compile(source(self))
        return found

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str]]:
        return {}

    def first_match(self, table: str, text: str) -> str | None:
        """The key of the first pattern of `table` found in `text`."""
        return next((key for key, pattern in self._tries[table] if pattern.search(text)), None)

    @cached_property
    def _tries(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        tables = ("subtypes", "slots", "sections", "venues")
        return {t: [(key, re.compile(p)) for key, p in self.tables[t].items()] for t in tables}


def _joined(ours: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(ours)
    for key, value in extra.items():
        if key not in ours:
            raise ValueError(f"the lexicon has no table or list named {key!r}")
        if isinstance(value, dict):
            out[key] = _joined(ours[key], value)
        elif isinstance(value, list):
            out[key] = [*ours[key], *value]
        else:
            out[key] = f"{ours[key]}|{value}"
    return out


@cache
def default() -> Lexicon:
    """The lexicon that comes with the reader."""
    text = Path(__file__).with_name("lexicon.toml").read_text("utf-8")
    return Lexicon(tomllib.loads(text))
