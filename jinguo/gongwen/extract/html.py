"""A saved web page (.html): what its reader sees as lines, tables as rows; menus and lists of links marked as such.

A stream with a stack of open elements, so broken nesting costs nothing. Scripts, styles and hidden parts are left out.
"""

import re
from dataclasses import dataclass, field

from jinguo.gongwen.extract import Extraction
from jinguo.gongwen.extract.building import Counter, Line, Piece, assembled, row_lines
from jinguo.gongwen.extract.plain import decode
from jinguo.gongwen.extract.tags import tokens
from jinguo.gongwen.han import chinese_number
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

VERSION = "1"

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "caption",
}  # fmt: skip
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "o:p",
}  # fmt: skip
_SKIPPED = {
    "audio", "button", "canvas", "iframe", "noscript", "object", "option", "script", "select", "style", "svg",
    "template", "textarea", "title", "video", "xml", "rt",
}  # fmt: skip
_MENUS = {"nav", "footer", "aside"}
_BOLD = {
    "b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th",
}  # fmt: skip
_CLOSES = {
    "p": {"p"}, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"},
    "th": {"td", "th"},
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_MOST_OPEN = 200  # open elements; deeper ones are not told apart
_MOST_ROWS = 20
_CELL_LINES, _ROW_LENGTH = 3, 400  # more than this in a row: the table lays out the page and is no table
_LINKED = 0.7
_AROUND = re.compile(
    "上一[篇条页]|下一[篇条页]|打印|关闭|返回|首页|分享|收藏|更多|字号|设为首页|网站地图|联系我们|无障碍|English|扫一扫"
)


def extract(data: bytes) -> Extraction:
    """The text of a web page. Raises Unreadable."""
    declared = CHARSET.search(data[:4096])
    _, text = decode(data, declared[1].decode("ascii", "replace") if declared else "")
    return page(text, Extractor(name="html", version=VERSION))


def page(text: str, extractor: Extractor) -> Extraction:
    """The text of a web page that is decoded already. Raises Unreadable("no_text") for a page filled in by scripts."""
    reader = _Reader()
    for token in tokens(text):
        if isinstance(token, str):
            reader.say(token)
        elif token.name.startswith("/"):
            reader.end(token.name[1:])
        else:
            reader.start(token.name, token.given)
    found = assembled(reader.finished(), extractor)
    if not found.raw.strip("\n \u3000\xa0"):
        raise Unreadable("no_text")
    return found


@dataclass
class _Open:
    """An element that is open, with what holds inside it."""

    tag: str
    hidden: bool
    bold: bool
    menu: bool
    style: str = ""  # of a numbered list
    count: int = 0


@dataclass
class _Row:
    cells: list[list[Line]] = field(default_factory=list)


class _Reader:
    """Collects lines."""

    def __init__(self) -> None:
        self._counter = Counter()
        self._lines: list[Line] = []
        self._rows: list[_Row] = []
        self._stack: list[_Open] = []
        self._pieces: list[Piece] = []
        self._pending = ""
        self._links = self._linked = 0
        self._in_link = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        """A tag that opens an element, or stands for itself."""
        if tag == "br":
            return self._end_line(keep_blank=True)
        if tag in _VOID:
            return None if tag != "hr" else self._end_line()
        self._close_implied(tag)
        if tag in _BLOCKS:
            self._end_line()
        self._push(tag, given)
        if tag == "a" and given.get("href"):
            self._in_link, self._links = True, self._links + 1
        elif tag == "tr" and len(self._rows) < _MOST_ROWS:
            self._rows.append(_Row())
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])
        elif tag == "li":
            self._label(given)
        return None

    def _push(self, tag: str, given: dict[str, str]) -> None:
        if len(self._stack) >= _MOST_OPEN:
            return
        above = self._stack[-1] if self._stack else _Open("", False, False, False)
        style = given.get("style", "")
        weight = _WEIGHT.search(style)
        bold = above.bold or tag in _BOLD
        if weight:
            bold = weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
        hidden = above.hidden or tag in _SKIPPED or "hidden" in given or bool(_HIDDEN.search(style))
        menu = above.menu or tag in _MENUS or given.get("role") == "navigation"
        opened = _Open(tag, hidden, bold, menu)
        if tag == "ol":
            chosen = _LIST_STYLE.search(style)
            opened.style = chosen[1].lower() if chosen else given.get("type", "1")
            opened.count = int(given["start"]) - 1 if re.fullmatch(r"\d{1,4}", given.get("start", "")) else 0
        self._stack.append(opened)

    def _close_implied(self, tag: str) -> None:
        """A new paragraph ends the open one; a new cell ends the open cell of the same row."""
        ends = _CLOSES.get(tag, {"p"} if tag in _BLOCKS else set())
        for at in range(len(self._stack) - 1, -1, -1):
            open_tag = self._stack[at].tag
            if open_tag in ends:
                self.end(open_tag)
                if tag != "tr":
                    return
            elif open_tag in ("table", "ul", "ol", "div", "section", "article") and open_tag != tag:
                return

    def end(self, tag: str) -> None:
        """A tag that closes an element; those left open inside it are closed too."""
        at = next((i for i in range(len(self._stack) - 1, -1, -1) if self._stack[i].tag == tag), None)
        if tag == "p" and at is None:
            return self._end_line()
        if at is None:
            return None
        for opened in reversed(self._stack[at:]):
            self._close(opened.tag)
            self._stack.pop()
        return None

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        if tag == "a":
            self._in_link = False
        if tag == "tr" and self._rows:
            self._add(_row(self._rows.pop().cells))

    def say(self, data: str) -> None:
        """Words between tags."""
        top = self._stack[-1] if self._stack else None
        if top and top.hidden:
            return
        if any(opened.tag == "pre" for opened in self._stack[-4:]):
            for number, part in enumerate(data.split("\n")):
                if number:
                    self._end_line(keep_blank=True)
                self._say(part, top)
            return
        at = 0
        for blank in _BLANK.finditer(data):
            self._say(data[at : blank.start()], top)
            self._pending = "\n" if "\n" in blank[0] or self._pending == "\n" else " "
            at = blank.end()
        self._say(data[at:], top)

    def _say(self, words: str, top: _Open | None) -> None:
        if not words:
            return
        before = self._pieces[-1].text[-1:] if self._pieces else ""
        if self._pending and before:
            # A line break inside the source is a blank to a browser, and no blank at all between Chinese characters.
            wide = self._pending == "\n" and not (before.isascii() and words[0].isascii())
            self._pieces += [] if wide else [Piece(" ")]
        self._pending = ""
        self._pieces.append(Piece(self._counter.add(words), top.bold if top else False))
        self._linked += len(words) if self._in_link else 0

    def _label(self, given: dict[str, str]) -> None:
        """The number a browser writes before an item of a numbered list."""
        parent = next((o for o in reversed(self._stack[:-1]) if o.tag in ("ol", "ul")), None)
        if parent is None or parent.tag != "ol":
            return
        parent.count = int(given["value"]) if re.fullmatch(r"\d{1,4}", given.get("value", "")) else parent.count + 1
        number, style = parent.count, parent.style
        label = f"{number}."
        if style == "none":
            return
        if "cjk" in style or "chinese" in style:
            label = f"{chinese_number(number)}、"
        elif style in ("a", "lower-alpha", "lower-latin", "A", "upper-alpha", "upper-latin"):
            label = chr((97 if style[0] in "al" else 65) + (number - 1) % 26) + "."
        self._pieces.append(Piece(label, self._stack[-1].bold, "auto_number"))

    def _end_line(self, *, keep_blank: bool = False) -> None:
        pieces, self._pieces, self._pending = self._pieces, [], ""
        line = Line(pieces)
        text = line.text.strip(" \xa0\u3000")
        if text == "" and not keep_blank:
            self._links = self._linked = 0
            return
        in_menu = bool(self._stack) and self._stack[-1].menu
        share = self._linked / max(len(text), 1)
        listed = self._links >= 2 and share >= _LINKED and "。" not in text and "附件" not in text
        alone = self._links == 1 and share >= 0.5 and len(text) <= 60 and bool(_AROUND.match(text))
        crumbs = self._links >= 1 and share >= 0.3 and bool(re.search("[>＞»›]", text)) and "首页" in text
        line.kind = "menu" if text and (in_menu or listed or alone or crumbs) else None
        self._links = self._linked = 0
        self._add([line])

    def _add(self, lines: list[Line]) -> None:
        if self._rows:
            if not self._rows[-1].cells:
                self._rows[-1].cells.append([])
            self._rows[-1].cells[-1] += lines
        else:
            self._lines += lines

    def finished(self) -> list[Line]:
        """All lines, with what was still open."""
        self._end_line()
        while self._rows:
            self._add(_row(self._rows.pop().cells))
        return self._lines


def _row(cells: list[list[Line]]) -> list[Line]:
    full = [[line for line in cell if line.text.strip()] for cell in cells]
    length = sum(len(line.text) for cell in full for line in cell)
    lays_out = any(len(cell) > _CELL_LINES or any(line.kind for line in cell) for cell in full) or length > _ROW_LENGTH
    if lays_out or sum(bool(cell) for cell in full) < 2:
        return [line for cell in cells for line in cell]
    return row_lines(full)
