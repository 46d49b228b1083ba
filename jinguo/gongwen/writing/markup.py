"""WordprocessingML as a small tree: escaping, clean characters and the schema's order of children in one place.

Text reaches a file only through ``text_nodes`` or an attribute here, so nothing a person types can become markup.
What the elements mean is not known here.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# XML 1.0 section 2.2: everything outside these ranges cannot stand in a document, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Word refuses or repairs a file whose property children are out of the schema's order (ECMA-376 part 1, 17.3 to 17.6).
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr shd tabs kinsoku overflowPunct "
    "autoSpaceDE autoSpaceDN adjustRightInd snapToGrid spacing ind jc textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b color spacing sz szCs vertAlign lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblInd tblBorders tblLayout tblCellMar tblCaption",
    "tcPr": "tcW gridSpan tcBorders tcMar textDirection vAlign",
    "trPr": "cantSplit trHeight tblHeader",
    "sectPr": "footerReference type pgSz pgMar pgNumType cols docGrid",
    "pBdr": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr",
}
_RANK = {parent: {tag: rank for rank, tag in enumerate(tags.split())} for parent, tags in _ORDER.items()}


class Node:
    """An element: qualified name, attributes, children. Build it with ``w``."""

    __slots__ = ("attributes", "children", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], children: list["Node"], text: str = "") -> None:
        self.tag, self.attributes, self.children, self.text = tag, attributes, children, text

    def __str__(self) -> str:
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        attributes = "".join(
            f" {name}={quoteattr(clean(value), {chr(9): '&#9;', chr(10): '&#10;'})}"
            for name, value in self.attributes.items()
        )
        if not self.children and not self.text:
            yield f"<{self.tag}{attributes}/>"
            return
        yield f"<{self.tag}{attributes}>"
        yield escape(clean(self.text))
        for child in self.children:
            yield from child._pieces()
        yield f"</{self.tag}>"


def w(name: str, /, *children: Node | None, **attributes: str | int) -> Node:
    """A ``w:`` element with ``w:`` attributes. ``None`` children are left out; properties are put in schema order.

    Raises ``KeyError`` for a property child that ``_ORDER`` does not list.
    """
    kept = [child for child in children if child is not None]
    if name in _RANK:
        rank = _RANK[name]
        kept.sort(key=lambda child: rank[child.tag.removeprefix("w:")])
    return Node(f"w:{name}", {f"w:{key}": str(value) for key, value in attributes.items()}, kept)


def val(name: str, value: str | int) -> Node:
    """The commonest shape: one ``w:val``."""
    return w(name, val=value)


def flag(name: str, on: bool = True) -> Node:
    """An on/off property."""
    return w(name) if on else w(name, val=0)


def text_nodes(text: str) -> list[Node]:
    """A run's content: text, with ``\\n`` as a line break and ``\\t`` as a tab."""
    nodes = []
    for piece in re.split("([\n\t])", text.replace("\r\n", "\n").replace("\r", "\n")):
        if piece == "\n":
            nodes.append(w("br"))
        elif piece == "\t":
            nodes.append(w("tab"))
        elif piece:
            nodes.append(Node("w:t", {"xml:space": "preserve"}, [], piece))
    return nodes


def clean(text: str) -> str:
    """``text`` with every character XML cannot hold (controls, lone surrogates) as U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def part(root: Node) -> bytes:
    """A package part: ``root`` with its name spaces, as UTF-8."""
    root.attributes = {"xmlns:w": W, "xmlns:r": R, **root.attributes}
    return (DECLARATION + str(root)).encode()
