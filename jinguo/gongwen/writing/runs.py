"""Runs and paragraphs: text in its face, bold, and the small source numbers that lead to the 依据表.

A ``Draft`` is the state of one writing: heading and table counts, and which sources were already cited.
"""

from dataclasses import dataclass, field

from jinguo.gongwen.writing.document import Document, Span
from jinguo.gongwen.writing.markup import Node, flag, text_nodes, val, w
from jinguo.gongwen.writing.numbering import HeadingNumbers
from jinguo.gongwen.writing.profile import Profile
from jinguo.gongwen.writing.styles import FaceName, fonts

_TRAILING = "。，；：、！？"


@dataclass(slots=True)
class Draft:
    """What must be remembered while one document is written."""

    document: Document
    with_sources: bool
    headings: HeadingNumbers = field(default_factory=HeadingNumbers)
    tables: int = 0
    cited: set[int] = field(default_factory=set)
    _bookmarks: int = 0

    @property
    def profile(self) -> Profile:
        """The profile of the document."""
        return self.document.profile

    def bookmark(self, name: str, *inside: Node) -> list[Node]:
        """``inside`` between the two ends of a bookmark."""
        self._bookmarks += 1
        return [w("bookmarkStart", id=self._bookmarks, name=name), *inside, w("bookmarkEnd", id=self._bookmarks)]


def paragraph(style: str, *content: Node, **properties: Node | None) -> Node:
    """A paragraph of ``style``; ``properties`` override the style's."""
    return w("p", w("pPr", val("pStyle", style), *properties.values()), *content)


def run(text: str, *, bold: bool = False, face: Node | None = None, extra: tuple[Node, ...] = ()) -> Node:
    """A run. Without ``face`` it only says that doubtful marks (“ ” — …) are Chinese, or they would be half width."""
    return w(
        "r", w("rPr", face or w("rFonts", hint="eastAsia"), flag("b") if bold else None, *extra), *text_nodes(text)
    )


def span_runs(draft: Draft, spans: tuple[Span, ...], *, face: FaceName | None = None) -> list[Node]:
    """The runs of ``spans``. Source numbers go before a closing mark, as printed references do."""
    nodes: list[Node] = []
    for span in spans:
        own = fonts(draft.profile, face) if face else None
        text, tail = span.text, ""
        if span.source_refs and draft.with_sources and text and text[-1] in _TRAILING:
            text, tail = text[:-1], text[-1]
        if text:
            nodes.append(run(text, bold=span.bold, face=own))
        nodes += source_refs(draft, span.source_refs)
        if tail:
            nodes.append(run(tail, bold=span.bold, face=own))
    return nodes


def source_refs(draft: Draft, refs: tuple[int, ...]) -> list[Node]:
    """``[2,3]``, small and raised, each number a link to its row; the first of each can be linked back to."""
    if not refs or not draft.with_sources:
        return []
    nodes: list[Node] = []
    for ref in refs:
        nodes.append(_raised("," if nodes else "["))
        link = w("hyperlink", _raised(str(ref)), anchor=row_anchor(ref), history=1)
        if ref in draft.cited:
            nodes.append(link)
        else:
            draft.cited.add(ref)
            nodes += draft.bookmark(sentence_anchor(ref), link)
    return [*nodes, _raised("]")]


def _raised(text: str) -> Node:
    # vertAlign stands on the run as well as in the style: readers that leave out raised text look at the run.
    return w("r", w("rPr", val("rStyle", "SourceRef"), val("vertAlign", "superscript")), *text_nodes(text))


def row_anchor(number: int) -> str:
    """The bookmark of a row of the 依据表."""
    return f"source_{number}"


def sentence_anchor(number: int) -> str:
    """The bookmark of the first place that cites a row."""
    return f"sentence_{number}"
