"""The words the reader knows, from `lexicon.toml`, and the patterns made of them. An office may lay its own over ours."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_OPEN_TABLES = ("short_names.",)  # tables whose keys are words too, so that new ones may be added
_KINDS: dict[type, str] = {dict: "table", list: "list of words", str: "pattern"}


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
        """This lexicon with an office's own words: lists are joined, patterns are tried beside ours.

        Raises ValueError naming the table and what is wrong with it: unknown, of another kind, or no pattern.
        """
        return Lexicon(_joined(self.tables, extra, ""))

    def with_file(self, path: Path) -> "Lexicon":
        """`with_words` from a TOML file (UTF-8). Raises OSError when it cannot be opened, ValueError when it is wrong."""
        try:
            extra = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"{path.name} is not TOML in UTF-8: {error}") from error
        try:
            return self.with_words(extra)
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from error

    @cached_property
    def genres(self) -> list[str]:
        found: list[str] = self.tables["genres"]
        return found

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """Patterns of the word lists, by `table.name`; each matches the longest word."""
        return _Patterns(self)

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


class _Patterns(dict[str, re.Pattern[str]]):
    """Each is compiled when it is first asked for: a reading needs some of the lists as patterns, most only as words."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, key: str) -> re.Pattern[str]:
        table, _, name = key.partition(".")
        found = self[key] = re.compile(any_of(self._lexicon.words(table, name)))
        return found


def _joined(ours: Mapping[str, Any], extra: Mapping[str, Any], inside: str) -> dict[str, Any]:
    out = dict(ours)
    for key, value in extra.items():
        name = f"{inside}{key}"
        if key not in ours and inside not in _OPEN_TABLES:
            raise ValueError(f"the lexicon has no table or list named {name!r}")
        mine = ours.get(key, "")
        if isinstance(value, dict) and isinstance(mine, dict):
            out[key] = _joined(mine, value, f"{name}.")
        elif isinstance(value, list) and isinstance(mine, list):
            if not all(isinstance(word, str) and word for word in value):
                raise ValueError(f"{name!r} must list words")
            out[key] = [*mine, *value]
        elif isinstance(value, str) and isinstance(mine, str):
            out[key] = "|".join(part for part in (mine, _pattern(name, value)) if part)
        else:
            raise ValueError(f"{name!r} must be a {_KINDS[type(mine)]}")
    return out


def _pattern(name: str, value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{name!r} is no pattern: {error}") from error
    return value


@cache
def default() -> Lexicon:
    """The lexicon that comes with the reader."""
    text = Path(__file__).with_name("lexicon.toml").read_text("utf-8")
    return Lexicon(tomllib.loads(text))
