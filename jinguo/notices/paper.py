"""The notice as a paper on the screen: the raw text in blocks and pieces, with the marks of the source thread.

Pure. Every piece is a stretch of the raw text, so what is shown is what was received: lines cut by a page edge are put
together again, Markdown stars become weight, nothing else is changed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jinguo.gongwen.parts import Leaf
from jinguo.notices.coverage import Covered, Share
from jinguo.notices.sheet import Sheet

_LINE = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_HIDDEN = ("page_number", "running_head", "page_line", "watermark", "menu")  # of the page, not of the paper
_BLANK = " \t\u3000\xa0\ufeff\u200b"


@dataclass(frozen=True)
class Mark:
    """An item's thread on the paper: its number, its code, its spans; `doubt`: the notice leaves something open there;
    `added`: a person drew it."""

    n: int
    code: str
    spans: tuple[tuple[int, int], ...]
    doubt: bool = False
    settled: bool = False
    added: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch shown alike.

    Attributes:
        text: what is shown.
        at: where it begins in the raw text, in code points: a selection on the screen leads back to the exact place.
        marks: the items it stands behind.
        heads: those of them that begin here; `tails`: those that end here and get their numbered box.
        idle: it belongs to a sentence without a task; `unseen`: nobody has looked at that sentence yet.
    """

    text: str
    at: int
    marks: tuple[Mark, ...] = ()
    heads: tuple[Mark, ...] = ()
    tails: tuple[Mark, ...] = ()
    sentence: str = ""
    idle: bool = False
    unseen: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Block:
    """One paragraph. kind: masthead, docno, title, recipients, h1, h2, body, sign, imprint, head (other lines above the
    title). `codes`: the items that stand in it. `rule`: the red rule comes after it."""

    id: int
    kind: str
    pieces: tuple[Piece, ...]
    codes: frozenset[str]
    rule: bool = False


def lay_out(sheet: Sheet, marks: Sequence[Mark], covered: Sequence[Covered]) -> list[Block]:
    """The blocks of a notice, from top to bottom."""
    kinds = _Kinds(sheet)
    groups = _groups(sheet, kinds)
    blocks = []
    for n, (kind, lines) in enumerate(groups, 1):
        pieces = [piece for line in lines for piece in _pieces(sheet.raw, line, marks, covered, kinds.strong)]
        codes = frozenset(mark.code for piece in pieces for mark in piece.marks)
        last_of_head = kind in ("masthead", "docno", "head") and _next_kind(groups, n) == "title"
        blocks.append(Block(n, kind, tuple(pieces), codes, last_of_head and kind != "head"))
    return blocks


def _next_kind(groups: list[tuple[str, list[tuple[int, int]]]], n: int) -> str:
    return groups[n][0] if n < len(groups) else ""


class _Kinds:
    """What each stretch of the paper is, from the record's leaves."""

    def __init__(self, sheet: Sheet) -> None:
        layout = {kind: [f for f in sheet.layout if f.kind == kind] for kind in ("mark", *_HIDDEN)}
        self.hidden = _spans(fact for kind in _HIDDEN for fact in layout[kind])
        self.named = [
            ("masthead", _spans(layout["mark"])),
            ("docno", _spans([sheet.doc_number])),
            ("title", _spans([sheet.title])),
            ("recipients", _spans(sheet.recipients)),
            ("sign", _spans([sheet.sign])),
            ("imprint", _spans([sheet.imprint])),
        ]
        self.headings = [(node.level, _spans([node])) for node in sheet.outline if node.kind == "heading"]
        self.strong = [span for node in sheet.outline if node.level > 1 for span in _spans([node])]

    def of(self, line: tuple[int, int]) -> str:
        for kind, spans in self.named:
            if any(line[0] < end and start < line[1] for start, end in spans):
                return kind
        for level, spans in self.headings:
            if any(start <= line[0] and line[1] <= end for start, end in spans):
                return "h1" if level == 1 else "h2"
        return "body"


def _spans(leaves: Iterable[Leaf | None]) -> list[tuple[int, int]]:
    return [(part.start, part.end) for leaf in leaves if leaf is not None for part in leaf.src]


def _groups(sheet: Sheet, kinds: _Kinds) -> list[tuple[str, list[tuple[int, int]]]]:
    """Lines that make one paragraph: page-cut prose, and titles or recipients on several lines."""
    joined = _cut_lines(sheet)
    groups: list[tuple[str, list[tuple[int, int]]]] = []
    title_at = min((start for start, _end in _spans([sheet.title])), default=0)
    for match in _LINE.finditer(sheet.raw):
        line = _trimmed(sheet.raw, match.start(), match.end())
        if line is None or any(start <= line[0] and line[1] <= end for start, end in kinds.hidden):
            continue
        kind = kinds.of(line)
        if kind == "body" and line[1] <= title_at:
            kind = "head"
        last = groups[-1] if groups else None
        follows = last is not None and kind == last[0]
        if last is not None and follows and (kind in ("title", "recipients") or last[1][-1][0] in joined):
            last[1].append(line)
        else:
            groups.append((kind, [line]))
    return groups


def _cut_lines(sheet: Sheet) -> set[int]:
    """Starts of the lines a page edge cut: one leaf or sentence stands on that line and on the next."""
    starts = set()
    leaves: list[Leaf] = [*sheet.sentences, *(fact for fact in sheet.layout if fact.kind == "page_split")]
    for leaf in leaves:
        for part, after in pairwise(leaf.src):
            if part.end <= after.start:
                line = _line_start(sheet.raw, part.start)
                starts.add(line)
    return starts


def _line_start(raw: str, at: int) -> int:
    """Where the visible text of the line that holds `at` begins."""
    start = max((raw.rfind(sep, 0, at) for sep in "\n\r\v\f\x85\u2028\u2029"), default=-1) + 1
    while start < at and raw[start] in _BLANK:
        start += 1
    return start


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and raw[start] in _BLANK:
        start += 1
    while end > start and raw[end - 1] in _BLANK:
        end -= 1
    return (start, end) if start < end else None


def _pieces(
    raw: str, line: tuple[int, int], marks: Sequence[Mark], covered: Sequence[Covered], strong: list[tuple[int, int]]
) -> list[Piece]:
    """The line cut wherever something begins or ends."""
    start, end = line
    near = [mark for mark in marks if _stands_on(mark.spans, start, end)]
    mine = [sentence for sentence in covered if _stands_on(sentence.spans, start, end)]
    stars = [match.span() for match in re.finditer(r"\*\*|^#{1,6}[ \t]+", raw[start:end])]
    bold = _bold(raw, line, [(start + a, start + b) for a, b in stars])
    cuts = {start, end}
    spans = [span for mark in near for span in mark.spans] + [span for sentence in mine for span in sentence.spans]
    for a, b in [*spans, *strong, *bold, *((start + a, start + b) for a, b in stars)]:
        cuts |= {point for point in (a, b) if start < point < end}
    ordered = sorted(cuts)
    pieces = []
    for a, b in pairwise(ordered):
        if any(start + x <= a and b <= start + y for x, y in stars):
            continue
        pieces.append(_piece(raw, a, b, near, mine, [*strong, *bold]))
    return pieces


def _stands_on(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether any of some spans, in order, touches a line; most are ruled out by their first and last."""
    if not spans or spans[0][0] >= end or spans[-1][1] <= start:
        return False
    return any(a < end and start < b for a, b in spans)


def _bold(raw: str, line: tuple[int, int], stars: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches between pairs of stars."""
    pairs = [span for span in stars if raw[span[0]] == "*"]
    return [(a[1], b[0]) for a, b in zip(pairs[::2], pairs[1::2], strict=False)]


def _piece(
    raw: str, a: int, b: int, marks: Sequence[Mark], covered: Sequence[Covered], strong: list[tuple[int, int]]
) -> Piece:
    mine = tuple(mark for mark in marks if any(start <= a and b <= end for start, end in mark.spans))
    sentence = next((s for s in covered if any(start <= a and b <= end for start, end in s.spans)), None)
    without = sentence is not None and not mine
    return Piece(
        text=raw[a:b],
        at=a,
        marks=mine,
        heads=tuple(mark for mark in mine if _nothing(raw, mark.spans[0][0], a)),
        tails=tuple(mark for mark in mine if _nothing(raw, b, mark.spans[-1][1])),
        sentence=sentence.id if sentence else "",
        idle=bool(sentence and without and sentence.share in (Share.NO_TASK, Share.UNSEEN)),
        unseen=bool(sentence and without and sentence.share == Share.UNSEEN),
        strong=any(start <= a and b <= end for start, end in strong),
    )


def _nothing(raw: str, a: int, b: int) -> bool:
    """No visible character stands between two places."""
    return a <= b and not raw[a:b].strip("* \t\u3000")
