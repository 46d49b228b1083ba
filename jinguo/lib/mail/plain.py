"""Text of an HTML mail. Scripts, styles, forms and hidden stretches are dropped; no address in it is ever asked."""

import re
from html.parser import HTMLParser

_BLOCKS = {
    "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer",
    "pre", "blockquote", "hr", "dl", "dt", "dd", "center",
}  # fmt: skip
_SILENT = {"script", "style", "head", "title", "noscript", "template", "object", "iframe", "svg", "select", "textarea"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "area", "base", "col", "embed", "source", "track", "wbr"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)", re.I)
_QUOTES = re.compile(r"gmail_quote|moz-cite|isReplyContent|ntes-?quote|includetail", re.I)
MAX_DEPTH = 2_000
CELL, CELL_LINES = (
    200,
    4,
)  # characters and lines of a cell of a table people compare in; a longer one only lays the page out


def text_of_html(page: str) -> tuple[str, list[str]]:
    """The text a person would see, and codes of what was dropped: `scripts`, `remote_pictures`, `hidden_text`. A row of a table
    is one line, its cells parted by tabs."""
    reader = _Reader()
    try:
        reader.feed(page)
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        reader.notes.append("html_damaged")
    lines = [
        re.sub(r" ?\t ?", "\t", re.sub(r"[ \xa0]+", " ", line)).strip() for line in "".join(reader.out).split("\n")
    ]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text, list(dict.fromkeys(reader.notes))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.notes: list[str] = []
        self.stack: list[tuple[str, str]] = []  # (tag, why it is silent or quoted)
        self.silent = self.quoted = 0
        self.rows: list[
            list[int]
        ] = []  # of each table that is open: where in `out` its row and each of its cells begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "script" or any(key.startswith("on") for key in given):
            self.notes.append("scripts")
        if tag == "img" and given.get("src", "").lower().startswith(("http:", "https:", "//")):
            self.notes.append("remote_pictures")
        if tag == "br" or tag in _BLOCKS:
            self._break()
        elif tag in ("td", "th"):
            self.out.append("\t")
        self._begin_of_row(tag)
        if tag in _VOID or len(self.stack) > MAX_DEPTH:
            return
        why = "silent" if tag in _SILENT else ""
        if not why and _HIDDEN.search(given.get("style", "")):
            why = "silent"
            self.notes.append("hidden_text")
        if not why and (
            tag == "blockquote" or _QUOTES.search(given.get("class", "") + given.get("id", "") + given.get("name", ""))
        ):
            why = "quoted"
        self.stack.append((tag, why))
        self._count(why, 1)

    def handle_endtag(self, tag: str) -> None:
        if not any(open_tag == tag for open_tag, _why in self.stack[-60:]):
            return
        while self.stack:
            open_tag, why = self.stack.pop()
            self._count(why, -1)
            if open_tag == tag:
                break
        if tag in ("tr", "table"):
            self._end_of_row()
        if tag == "table" and self.rows:
            self.rows.pop()
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(re.sub(r"\s+", " ", data))

    def _break(self) -> None:
        if not self.silent:
            self.out.append("\n> " if self.quoted else "\n")

    def _begin_of_row(self, tag: str) -> None:
        if tag == "table":
            self.rows.append([])
        elif tag == "tr" and self.rows:
            self._end_of_row()
            self.rows[-1].append(len(self.out))
        elif tag in ("td", "th") and self.rows and self.rows[-1]:
            self.rows[-1].append(len(self.out))

    def _end_of_row(self) -> None:
        """A row of at least two short cells becomes one line; any other stays as it was read."""
        if not self.rows or not self.rows[-1]:
            return
        begin, *starts = self.rows[-1]
        self.rows[-1].clear()
        cells = ["".join(self.out[a:b]) for a, b in zip(starts, [*starts[1:], len(self.out)], strict=True)]
        if self.silent or self.quoted or len(cells) < 2 or any(not _is_cell(cell) for cell in cells):
            return
        self.out[begin:] = ["\n" + "\t".join(" ".join(cell.split()) for cell in cells) + "\n"]

    def _count(self, why: str, by: int) -> None:
        if why == "silent":
            self.silent += by
        elif why == "quoted":
            self.quoted += by
            self.out.append("\n> " if self.quoted else "\n")


def _is_cell(text: str) -> bool:
    """Whether a cell holds a thing people compare, no page."""
    return len(text.strip()) <= CELL and len([line for line in text.split("\n") if line.strip()]) <= CELL_LINES
