"""A read notice as the checking rules see it: its paragraphs with the way back to the raw text, and its record.

Built from the record alone, so that a reading stored long ago can be checked too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal

from jinguo.gongwen.checking.findings import Change
from jinguo.gongwen.parts import Leaf, Src
from jinguo.gongwen.reading.view import LINE_BREAK, Line, clean_lines
from jinguo.gongwen.record import Record

Zone = Literal[
    "mark", "number", "head", "title", "recipients", "body", "attachments", "sign", "note", "after", "annex", "imprint"
]

# What punctuation rules leave alone: addresses, file names, clock times are decided where they matter.
_TOKEN = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]{0,20}://[!-~]+|www\.[!-~]+|[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]+"
    r"|[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,6}\.(?:com|cn|org|net|gov|edu|example)(?:/[!-~]*)?"
    r"|[\w\-()（）]{0,60}\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|jpe?g|png|mp[34]|zip|rar|txt)(?![A-Za-z])"
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the paper, page-cut lines joined. pos[i] is the raw offset of text[i], which is verbatim."""

    raw: str
    zone: Zone
    text: str
    pos: list[int]

    @cached_property
    def tokens(self) -> list[tuple[int, int]]:
        return [m.span() for m in _TOKEN.finditer(self.text)]

    def in_token(self, at: int) -> bool:
        """Whether text[at] stands inside an address or a file name."""
        return any(a <= at < b for a, b in self.tokens)

    def whole(self) -> tuple[Src, ...]:
        """The raw spans behind all of it."""
        return self.src(0, len(self.text))

    def src(self, start: int, end: int) -> tuple[Src, ...]:
        """The raw spans behind text[start:end], one a raw line."""
        found: list[Src] = []
        opened = last = self.pos[start]
        for at in self.pos[start + 1 : end]:
            if LINE_BREAK.search(self.raw, last, at):
                found.append(self._span(opened, last))
                opened = at
            last = at
        return (*found, self._span(opened, last))

    def _span(self, first: int, last: int) -> Src:
        return Src(start=first, end=last + 1, quote=self.raw[first : last + 1])

    def change(self, start: int, end: int, new: str) -> tuple[Change, ...]:
        """A replacement of text[start:end]; nothing where the raw text holds more there than the paragraph shows."""
        if start == end:
            at = self.pos[start] if start < len(self.pos) else self.pos[-1] + 1
            return (Change(at, at, "", new),)
        first, last = self.pos[start], self.pos[end - 1]
        if last - first != end - 1 - start:
            return ()
        return (Change(first, last + 1, self.raw[first : last + 1], new),)


class Paper:
    """One notice to be checked."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.raw = record.raw
        self._zones = _Zones(record)
        self.paragraphs = list(self._read())

    def _read(self) -> Iterator[Paragraph]:
        layout = self.record.layout
        hidden = _Spans(fact for fact in layout if fact.kind in ("page_number", "running_head"))
        joined = {fact.src[-1].start for fact in layout if fact.kind == "page_split"}
        waiting: list[Line] = []
        for line in clean_lines(self.raw)[0]:
            if hidden.touches(line):
                continue
            if waiting and line.pos[0] not in joined:
                yield self._paragraph(waiting)
                waiting = []
            waiting.append(line)
        if waiting:
            yield self._paragraph(waiting)

    def _paragraph(self, lines: list[Line]) -> Paragraph:
        pos = [at for line in lines for at in line.pos]
        return Paragraph(self.raw, self._zones.of(lines[0]), "".join(line.said for line in lines), pos)

    def within(self, *zones: Zone) -> list[Paragraph]:
        """The paragraphs of some zones."""
        return [p for p in self.paragraphs if p.zone in zones]

    def at(self, raw_at: int) -> tuple[Paragraph, int] | None:
        """The paragraph that holds a raw offset, and where in it."""
        n = bisect_right(self._starts, raw_at) - 1
        paragraph = self.paragraphs[n] if n >= 0 else None
        if paragraph is None or raw_at > paragraph.pos[-1]:
            return None
        return paragraph, bisect_right(paragraph.pos, raw_at) - 1

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.pos[0] for paragraph in self.paragraphs]

    @cached_property
    def years(self) -> set[int]:
        """The years the paper says it is of: number, signature, print date, title. Empty when it says none."""
        record = self.record
        found = {int(day[:4]) for day in (record.sign.date, record.imprint.date) if day}
        found |= {int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})年", record.title.text if record.title else "")}
        if record.doc_number and not record.doc_number.inferred:
            found.add(record.doc_number.year)
        return found

    @cached_property
    def year(self) -> int | None:
        """The paper's one year; None when it says none or several."""
        return next(iter(self.years)) if len(self.years) == 1 else None

    @cached_property
    def genre(self) -> str:
        return self.record.genre.text if self.record.genre else ""


class _Spans:
    """Stretches of the raw text; asks quickly whether a line lies on one of them, however many there are."""

    def __init__(self, leaves: Iterable[Leaf | None]) -> None:
        found = sorted((part.start, part.end) for leaf in leaves if leaf is not None for part in leaf.src)
        self.starts = [start for start, _ in found]
        self.ends = list(accumulate((end for _, end in found), max))  # the furthest end so far

    def touches(self, line: Line) -> bool:
        """Whether a stretch and the line have a character in common."""
        n = bisect_right(self.starts, line.pos[-1])
        return n > 0 and self.ends[n - 1] > line.pos[0]

    def first(self, otherwise: int) -> int:
        """Where the first one begins."""
        return self.starts[0] if self.starts else otherwise


class _Zones:
    """Which part of the paper a line belongs to, from the record's leaves."""

    def __init__(self, record: Record) -> None:
        layout = {kind: [f for f in record.layout if f.kind == kind] for kind in ("mark", "note", "annex")}
        self._named: list[tuple[Zone, _Spans]] = [
            ("mark", _Spans(layout["mark"])),
            ("number", _Spans([record.doc_number])),
            ("title", _Spans([record.title])),
            ("recipients", _Spans(record.recipients)),
            ("attachments", _Spans(record.attachments)),
            ("sign", _Spans([record.sign])),
            ("imprint", _Spans([record.imprint])),
            ("body", _Spans(record.sentences)),
            ("note", _Spans(layout["note"])),
        ]
        self._title = _Spans([record.title]).first(0)
        self._sign = _Spans([record.sign]).first(len(record.raw))
        self._annex = _Spans(layout["annex"]).first(len(record.raw))

    def of(self, line: Line) -> Zone:
        for zone, spans in self._named:
            if spans.touches(line):
                return zone
        if line.pos[0] < self._title:
            return "head"
        if line.pos[0] >= self._annex:
            return "annex"
        return "after" if line.pos[0] > self._sign else "body"
