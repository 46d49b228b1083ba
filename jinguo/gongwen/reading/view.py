"""A clean view of the raw text that can always say where each of its characters came from.

Cleaning removes what a reader's eye skips (stars of Markdown, zero-width characters, spaces inside a spread-out label)
and maps full-width letters and digits to ASCII. It never adds a character and never changes the raw text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from jinguo.gongwen.parts import Src
from jinguo.gongwen.traditional import TO_SIMPLIFIED

LINE_BREAK = re.compile("[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
HAN = "[一-鿿㐀-䶿]"

_ALIKE: dict[int, str | int] = {**TO_SIMPLIFIED, ord("("): "（", ord(")"): "）", ord("○"): "〇"} | {
    c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF20)
}
_STRIPPED = " \t\u3000\xa0\u2002\u2003\u2009\x00\ufeff\u200b"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060\ufeff\xad\x00"
_BOLD = re.compile(rf"(?<![\w*])(?<!{HAN})\*\*(?=[^\s*])([^*]{{1,400}}?)(?<=\S)\*\*")
_SPREAD = re.compile(rf"(?<!{HAN})(?:{HAN}[ \u3000]{{1,4}}){{1,5}}{HAN}(?!{HAN})")
_TOUCHING_HAN = re.compile(rf"(?<=[{HAN[1:-1]}”》）])[,:;!?]|[,:;!?](?=[{HAN[1:-1]}“《（])")
_FULL_WIDTH = str.maketrans(",:;!?", "，：；！？")
# What some forums mix into the ends of lines against copying: a% i/ Y. n2 i6.
_FORUM_NOISE = re.compile(r"(?<![!-~])[!-~]{1,3}(?: {1,2}[!-~]{1,3}){3,60}")
_NOISE_SIGN = re.compile(r"[%$#@!^&*{}|~+_\\;`?\[\]<>=:/]")
_PAGE_NUMBER_INSIDE = re.compile(rf"(?<={HAN}) ?[—–－-] ?\d{{1,3}} ?[—–－-] ?(?={HAN})")
_ODD = re.compile(
    rf"[{_INVISIBLE}*#]|(?<!{HAN}){HAN}[ \u3000]{{1,4}}{HAN}(?!{HAN})|[!-~] [!-~]{{1,3}} [!-~]{{1,3}} [!-~]|[—–－-] ?\d{{1,3}} ?[—–－-]"
)


@dataclass(frozen=True)
class Line:
    """One non-blank line of the raw text, cleaned. pos[i] is the raw offset of said[i]; `said` is verbatim, `text` is the
    same length with look-alikes mapped to one form (half-width punctuation beside Han, full-width digits)."""

    text: str
    said: str
    pos: list[int]

    def joined(self, other: "Line") -> "Line":
        """This line and the next as one."""
        return Line(self.text + other.text, self.said + other.said, self.pos + other.pos)

    def piece(self, start: int, end: int) -> "Line":
        """A stretch of the line, without blank edges."""
        while start < end and self.said[start] in _STRIPPED:
            start += 1
        while start < end and self.said[end - 1] in _STRIPPED:
            end -= 1
        return Line(self.text[start:end], self.said[start:end], self.pos[start:end])


def clean_lines(raw: str) -> tuple[list[Line], list[tuple[int, int]]]:
    """The non-blank lines of `raw`, and the raw spans that Markdown stars set in bold."""
    lines: list[Line] = []
    bold: list[tuple[int, int]] = []
    start = 0
    for end in [*(m.start() for m in LINE_BREAK.finditer(raw)), len(raw)]:
        if end > start:
            lines += _clean_line(raw, start, end, bold)
        start = end + 1
    return lines, bold


def _clean_line(raw: str, start: int, end: int, bold: list[tuple[int, int]]) -> list[Line]:
    whole = raw[start:end]
    stripped = whole.strip(_STRIPPED)
    if not stripped:
        return []
    start += len(whole) - len(whole.lstrip(_STRIPPED))
    kept = list(range(start, start + len(stripped)))
    if _ODD.search(stripped):
        dropped = _dropped(stripped, start, bold)
        kept = [i for i in kept if i - start not in dropped]
        stripped = "".join(raw[i] for i in kept)
        lead = len(stripped) - len(stripped.lstrip(_STRIPPED))
        stripped = stripped.strip(_STRIPPED)
        kept = kept[lead : lead + len(stripped)]
    return [Line(_one_form(stripped), stripped, kept)] if stripped else []


def _one_form(text: str) -> str:
    """One character for one: matching need not know half-width punctuation, straight quotes or full-width digits."""
    text = _TOUCHING_HAN.sub(lambda m: m[0].translate(_FULL_WIDTH), text.translate(_ALIKE))
    if '"' in text and text.count('"') % 2 == 0:
        parts = text.split('"')
        text = parts[0] + "".join(("“" if i % 2 else "”") + part for i, part in enumerate(parts[1:], 1))
    return text


def _dropped(text: str, at: int, bold: list[tuple[int, int]]) -> set[int]:
    """Offsets in `text` that the view leaves out; adds the bold spans found to `bold`."""
    gone: set[int] = {m.start() for m in re.finditer(f"[{_INVISIBLE}]", text)}
    for m in _BOLD.finditer(text):
        gone.update((m.start(), m.start() + 1, m.end() - 2, m.end() - 1))
        bold.append((at + m.start(1), at + m.end(1)))
    head = re.match(r"#{1,6}[ \t]+", text)
    if head:
        gone.update(range(head.end()))
    for m in _SPREAD.finditer(text):
        gone.update(m.start() + i for i, c in enumerate(m[0]) if c in " \u3000")
    for m in _PAGE_NUMBER_INSIDE.finditer(text):
        gone.update(range(*m.span()))
    for m in _FORUM_NOISE.finditer(text):
        if len(_NOISE_SIGN.findall(m[0])) > 1:
            gone.update(_noise(text, *m.span()))
    return gone


def _noise(text: str, start: int, end: int) -> range:
    """Noise at an end of its line; what stands beside a character of the text and opens a label there is kept."""
    if end == len(text):
        return range(start, end)
    if start == 0:
        blank = text.rfind(" ", start, end)
        return range(start, blank if text[end - 1] in "([" and text[end - 2] == " " else end)
    return range(0)


@dataclass(frozen=True)
class Paragraph:
    """A stretch of the view in one zone of the paper; page-cut lines are already joined."""

    zone: str
    start: int
    end: int


class View:
    """The clean text of a paper, paragraphs parted by newlines, with the way back to the raw text."""

    def __init__(self, raw: str, groups: Iterable[tuple[str, list[Line]]], bold: Iterable[tuple[int, int]]) -> None:
        self.raw = raw
        self._pos: list[int] = []
        parts: list[str] = []
        said: list[str] = []
        self.paragraphs: list[Paragraph] = []
        for zone, lines in groups:
            start = len(self._pos)
            for line in lines:
                parts.append(line.text)
                said.append(line.said)
                self._pos += line.pos
            self.paragraphs.append(Paragraph(zone, start, len(self._pos)))
            parts.append("\n")
            said.append("\n")
            self._pos.append(self._pos[-1] + 1)
        self.text = "".join(parts)
        self.plain = "".join(said)
        self._breaks = [m.start() for m in LINE_BREAK.finditer(raw)]
        self._bold = sorted(bold)
        self._bold_starts = [start for start, _ in self._bold]

    def in_zone(self, *zones: str) -> list[Paragraph]:
        return [p for p in self.paragraphs if p.zone in zones]

    def words(self, start: int, end: int) -> str:
        """The paper's own characters behind view[start:end], on one line."""
        return self.plain[start:end].replace("\n", "").strip(" \u3000\xa0\t")

    def src(self, start: int, end: int) -> tuple[Src, ...]:
        """The raw spans behind view[start:end], one for each raw line, without blank edges."""
        while start < end and self.text[start] in " \t\u3000\xa0\n":
            start += 1
        while start < end and self.text[end - 1] in " \t\u3000\xa0\n":
            end -= 1
        if start >= end:
            return ()
        first, last = self._pos[start], self._pos[end - 1]
        if self._line(first) == self._line(last):
            return (Src(start=first, end=last + 1, quote=self.raw[first : last + 1]),)
        return tuple(self._by_line(start, end))

    def src_of(self, pos: list[int]) -> tuple[Src, ...]:
        """The raw span of (a part of) one line, also of a line that is not in the view."""
        start, end = pos[0], pos[-1] + 1
        return (Src(start=start, end=end, quote=self.raw[start:end]),)

    def _by_line(self, start: int, end: int) -> Iterable[Src]:
        """Spans of a stretch that crosses lines: what lies between the lines (a page number) is left out."""
        opened, last = self._pos[start], self._pos[start]
        for i in range(start + 1, end):
            if self.text[i] == "\n":
                continue
            at = self._pos[i]
            if self._line(at) != self._line(last):
                yield Src(start=opened, end=last + 1, quote=self.raw[opened : last + 1])
                opened = at
            last = at
        yield Src(start=opened, end=last + 1, quote=self.raw[opened : last + 1])

    def _line(self, raw_at: int) -> int:
        return bisect_right(self._breaks, raw_at)

    def bold_end(self, start: int) -> int | None:
        """If view[start] is bold, where that bold run ends in the view (within its paragraph); else None."""
        at = self._pos[start]
        i = bisect_right(self._bold_starts, at) - 1
        if i < 0 or self._bold[i][1] <= at:
            return None
        end = start
        while end < len(self.text) and self.text[end] != "\n" and self._pos[end] < self._bold[i][1]:
            end += 1
        return end

    def starts_bold(self, at: int) -> bool:
        """A bold run begins exactly at view[at]."""
        raw_at = self._pos[at]
        i = bisect_right(self._bold_starts, raw_at) - 1
        return i >= 0 and self._bold[i][1] > raw_at and (at == 0 or self._pos[at - 1] < self._bold[i][0])
