"""The corpus: notices written by us, each beside what a person reads in it. The format is in tests/data/notices/README.md.

`python -m tests.gongwen.corpus` prints what the reader misses; `… settle "reason"` rewrites known_misses.txt after a
change of the reader: what is read now is struck out, what is newly missed is entered under the reason given.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

NOTICES = Path(__file__).resolve().parents[1] / "data" / "notices"
KNOWN_MISSES = Path(__file__).with_name("known_misses.txt")
TIERS = ("clean", "messy", "kinds")

_LINES = {"tier", "shows", "title", "number", "genre", "subtype", "issuer", "theme", "sign", "imprint"}
_BLOCKS = {"recipients", "outline", "events", "deadlines", "reports", "contacts", "attachments", "gaps"}
_INDENT = 2


@dataclass(frozen=True)
class Entry:
    """One line of a block. depth: 1 for the outermost. optional: the text allows it and does not demand it."""

    words: str
    depth: int
    optional: bool


@dataclass(frozen=True)
class Paper:
    """A notice and its expectation. `lines` holds single facts, `blocks` lists; what is in neither is not judged."""

    name: str
    text: str
    lines: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def tier(self) -> str:
        return self.lines["tier"]


@cache
def papers() -> tuple[Paper, ...]:
    """Every notice that has an expectation, by name."""
    return tuple(_paper(path) for path in sorted(NOTICES.glob("*.expected")))


def _paper(path: Path) -> Paper:
    text = path.with_suffix(".txt").read_text("utf-8")
    lines, blocks = parse(path.read_text("utf-8"))
    return Paper(path.stem, text, lines, blocks)


def parse(expectation: str) -> tuple[dict[str, str], dict[str, tuple[Entry, ...]]]:
    """Lines and blocks of an expectation. Raises ValueError on what the format does not know, so that no fact is lost."""
    lines: dict[str, str] = {}
    blocks: dict[str, list[Entry]] = {}
    block: str | None = None
    for number, line in enumerate(expectation.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            if block is None:
                raise ValueError(f"line {number} stands in no block: {line}")
            blocks[block].append(_entry(line, number))
            continue
        key, colon, value = line.partition(":")
        value = value.strip()
        block = None
        if colon and key in _LINES and value and key not in lines:
            lines[key] = value
        elif colon and key in _BLOCKS and value in ("", "none") and key not in blocks:
            blocks[key] = []
            block = None if value else key
        else:
            raise ValueError(f"line {number} is not understood: {line}")
    return lines, {key: tuple(entries) for key, entries in blocks.items()}


def _entry(line: str, number: int) -> Entry:
    words = line.strip()
    indent = len(line) - len(line.lstrip(" "))
    if indent % _INDENT:
        raise ValueError(f"line {number} is indented by an odd number of blanks: {line}")
    optional = words.startswith("? ")
    return Entry(words.removeprefix("? "), indent // _INDENT, optional)


@dataclass(frozen=True)
class Miss:
    """One thing the reader does not read as a person does, in words that stay the same while it is missed."""

    paper: str
    what: str


def known_misses() -> dict[Miss, str]:
    """What the reader is known to miss, each with its reason."""
    return dict(_known(KNOWN_MISSES.read_text("utf-8")) if KNOWN_MISSES.exists() else ())


def _known(listed: str) -> Iterator[tuple[Miss, str]]:
    reason = ""
    for line in listed.splitlines():
        if line.startswith("## "):
            reason = line[3:].strip()
        elif line and not line.startswith("#"):
            paper, _, what = line.partition(": ")
            yield Miss(paper, what), reason


def settle(now: list[Miss], reason: str) -> str:
    """The text of known_misses.txt for what is missed now: old entries keep their reason, new ones get this one."""
    known = known_misses()
    by_reason: dict[str, list[Miss]] = {}
    for miss in now:
        by_reason.setdefault(known.get(miss, reason), []).append(miss)
    out = [
        "# What the reader does not read yet as a person does, each under its reason. Written by",
        '# `python -m tests.gongwen.corpus settle "reason"`; tests/gongwen/test_corpus.py fails when it is not in step.',
    ]
    for why in sorted(by_reason):
        out += ["", f"## {why}", *(f"{miss.paper}: {miss.what}" for miss in by_reason[why])]
    return "\n".join(out) + "\n"


def main(words: list[str]) -> int:
    """Print the misses, or settle the list."""
    from tests.gongwen.scoring import judge

    now = [Miss(paper.name, what) for paper in papers() for what in judge(paper).misses]
    if words[:1] == ["settle"] and len(words) == 2:
        KNOWN_MISSES.write_text(settle(now, words[1]), "utf-8")
    elif words:
        now = [miss for miss in now if miss.paper in words]
    for miss in now:
        print(f"{miss.paper}: {miss.what}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
