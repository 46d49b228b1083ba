"""Facts of the page: page numbers, running heads, sentences cut by a page edge, and head lines that say nothing of the plan.

Some are found in the text, others the file itself tells (`Extraction.marks`, `Extraction.pages`).
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from jinguo.gongwen.extract import ASIDE, Extraction
from jinguo.gongwen.parts import Src
from jinguo.gongwen.reading.head_lines import head_kind
from jinguo.gongwen.reading.view import Line, View
from jinguo.gongwen.reading.zones import Zoned
from jinguo.gongwen.refusals import Unreadable
from jinguo.gongwen.remarks import Gap, LayoutFact

_BESIDE_CUT = 8  # characters shown on each side of a cut

_Kind = Literal[
    "page_split", "page_break", "page_number", "running_head", "page_line", "mark", "urgency", "signer", "annex", "note"
]
_ZONES: tuple[_Kind, ...] = ("mark", "urgency", "signer", "note")


def layout_facts(view: View, zones: Zoned) -> tuple[LayoutFact, ...]:
    """All of them, in the order of the text."""
    return tuple(sorted(_facts(view, zones), key=lambda fact: fact.src[0].start))


def _facts(view: View, zones: Zoned) -> Iterator[LayoutFact]:
    for line in zones.page_numbers:
        yield LayoutFact(text=line.said, kind="page_number", src=view.src_of(line.pos), rule="layout.page_number")
    for line in zones.running_heads:
        yield LayoutFact(text=line.said, kind="running_head", src=view.src_of(line.pos), rule="layout.running_head")
    for line in zones.page_lines:
        yield LayoutFact(text=line.said, kind="page_line", src=view.src_of(line.pos), rule="layout.page_line")
    for before, after in zones.splits:
        src = view.src_of(before.pos[-_BESIDE_CUT:]) + view.src_of(after.pos[:_BESIDE_CUT])
        text = before.said[-_BESIDE_CUT:] + after.said[:_BESIDE_CUT]
        yield LayoutFact(text=text, kind="page_split", src=src, rule="layout.page_split")
    for kind in _ZONES:
        yield from (_zone(view, kind, p.start, p.end) for p in view.in_zone(kind))
    yield from (_zone(view, "annex", p.start, p.end) for p in view.in_zone("annex")[:1])


def _zone(view: View, kind: _Kind, start: int, end: int) -> LayoutFact:
    return LayoutFact(text=view.words(start, end), kind=kind, src=view.src(start, end), rule=f"layout.{kind}")


def prose_lines(lines: list[Line], found: Extraction) -> list[Line]:
    """The lines that are the paper's own text. Raises Unreadable when a head or foot says that it is classified."""
    beside = [mark for mark in found.marks if mark.kind in ASIDE]
    starts = [mark.start for mark in beside]
    kept = []
    for line in lines:
        at = bisect_right(starts, line.pos[0]) - 1
        if at < 0 or line.pos[0] >= beside[at].end:
            kept.append(line)
        elif head_kind(line.text) == "secrecy":
            raise Unreadable("classified")
    return kept


def file_facts(found: Extraction) -> Iterator[LayoutFact]:
    """What the file itself says of its pages and stretches of text, in the order of the text."""
    facts = [*_page_facts(found), *_mark_facts(found)]
    yield from sorted(facts, key=lambda fact: fact.src[0].start)


def _mark_facts(found: Extraction) -> Iterator[LayoutFact]:
    for mark in found.marks:
        src = tuple(_srcs(found.raw, mark.start, mark.end))
        if src:
            text = "".join(part.quote for part in src)
            yield LayoutFact(text=text, kind=mark.kind, src=src, rule=f"file.{mark.kind}")


def _page_facts(found: Extraction) -> Iterator[LayoutFact]:
    raw = found.raw
    for at in found.pages:
        line_start = raw.rfind("\n", 0, at) + 1
        before = tuple(_srcs(raw, max(line_start, at - _BESIDE_CUT), at))
        if raw[at : at + 1] == "\n":
            before = ()
        start = at
        while start < len(raw) and raw[start] in "\n \t\u3000\xa0":
            start += 1
        end = min(start + _BESIDE_CUT, raw.find("\n", start) if "\n" in raw[start:] else len(raw))
        after = tuple(_srcs(raw, start, end))
        kind: _Kind = "page_split" if before and after else "page_break"
        src = tuple(_srcs(raw, before[0].start, after[-1].end)) if before and after else before + after
        if src:
            yield LayoutFact(text="".join(part.quote for part in src), kind=kind, src=src, rule=f"file.{kind}")


def _srcs(raw: str, start: int, end: int) -> Iterator[Src]:
    """Spans of raw[start:end], one a line, without blank lines and edges."""
    for line in raw[start:end].split("\n"):
        quote = line.strip(" \t\u3000\xa0")
        if quote:
            at = start + line.index(quote)
            yield Src(start=at, end=at + len(quote), quote=quote)
        start += len(line) + 1


def file_gaps(found: Extraction) -> Iterator[Gap]:
    """What of the file could not be read, in a sentence for the officer."""
    if found.unread_pages:
        pages = "、".join(str(page) for page in found.unread_pages[:20]) + (
            "等" if len(found.unread_pages) > 20 else ""
        )
        text = f"第 {pages} 页是扫描的图片，没有读到文字。请对照原件，缺的条目自己加上。"
        yield Gap(code="file.scanned_pages", text=text, rule="file.scanned_pages")
    if found.recognised:
        text = "文字是扫描后由机器识别的，可能有错字。请对照原件核对数字、日期和名称。"
        yield Gap(code="file.recognised", text=text, rule="file.recognised")
