"""Facts of the page: page numbers, running heads, sentences cut by a page edge, and head lines that say nothing of the plan."""

from collections.abc import Iterator
from typing import Literal

from jinguo.gongwen.reading.view import View
from jinguo.gongwen.reading.zones import Zoned
from jinguo.gongwen.remarks import LayoutFact

_BESIDE_CUT = 8  # characters shown on each side of a cut

_Kind = Literal["page_split", "page_number", "running_head", "page_line", "mark", "urgency", "signer", "annex", "note"]
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
