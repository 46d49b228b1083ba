"""A .ofd (GB/T 33190-2016), the fixed-layout format of Chinese offices: characters with their places, in millimetres.

A zip of small XML files: OFD.xml names the document, it names its pages and their templates, each holds text objects.
Seals, signatures, notes and attachments are not opened.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from jinguo.gongwen.extract import Extraction
from jinguo.gongwen.extract.building import Counter, assembled
from jinguo.gongwen.extract.geometry import Glyph, Page, lines_of
from jinguo.gongwen.extract.grid import Rule
from jinguo.gongwen.guard import MAX_PAGES
from jinguo.gongwen.package import open_package
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.refusals import Unreadable

VERSION = "1"

_POINTS = 72 / 25.4
_THIN = 0.7  # millimetres: a path as thin as this is a line
_BOLD_WEIGHT = 600
_MOST_REPEATS = 20_000
_Numbers = tuple[float, ...]


def extract(data: bytes) -> Extraction:
    """The text of a .ofd. Raises Unreadable: encrypted, damaged, scanned, too_many_pages, empty."""
    parts = open_package(data, lambda name: name.endswith(".xml"))
    if any(name.endswith("encryptions.xml") for name in parts):
        raise Unreadable("encrypted")
    try:
        pages, pictures = _Document(parts).pages()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("damaged") from error
    if not any(page.glyphs for page in pages):
        raise Unreadable("scanned" if pictures else "empty")
    return assembled(lines_of(pages), Extractor(name="ofd", version=VERSION), unread_pages=tuple(pictures))


class _Document:
    """The first document of the package."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._counter = Counter()
        self._root = _joined("", _text(self._tree("ofd.xml"), "DocRoot"))
        self._tree_of_document = self._tree(self._root)
        self._bold_fonts = self._fonts()
        area = _child(self._tree_of_document, "PhysicalBox")
        self._height = _numbers(area.text if area is not None else None, 4, (0, 0, 210, 297))[3]

    def _tree(self, name: str) -> Element:
        tree: Element = fromstring(self._parts[name], forbid_dtd=True)
        return tree

    def _fonts(self) -> frozenset[str]:
        found = set()
        for tag in ("PublicRes", "DocumentRes"):
            for place in _all(self._tree_of_document, tag):
                name = _joined(self._root, place.text)
                for font in _all(self._tree(name), "Font") if name in self._parts else ():
                    named = f"{font.get('FontName', '')} {font.get('FamilyName', '')}"
                    if font.get("Bold") == "true" or re.search("bold|黑体加粗|粗黑", named, re.IGNORECASE):
                        found.add(font.get("ID", ""))
        return frozenset(found)

    def pages(self) -> tuple[list[Page], list[int]]:
        """The pages, and the numbers of those that are pictures without text."""
        templates = {t.get("ID", ""): t.get("BaseLoc", "") for t in _all(self._tree_of_document, "TemplatePage")}
        places = [page.get("BaseLoc", "") for page in _all(self._tree_of_document, "Page") if page.get("BaseLoc")]
        if len(places) > MAX_PAGES:
            raise Unreadable("too_many_pages")
        pages, pictures = [], []
        for number, place in enumerate(places, 1):
            tree = self._tree(_joined(self._root, place))
            area = _child(tree, "PhysicalBox")
            height = _numbers(area.text, 4, (0, 0, 210, self._height))[3] if area is not None else self._height
            page = Page(number, height * _POINTS)
            used = [templates.get(t.get("TemplateID", "")) for t in _all(tree, "Template")]
            for layer in (tree, *(self._tree(_joined(self._root, name)) for name in used if name)):
                self._read(layer, page)
            if not page.glyphs and next(_all(tree, "ImageObject"), None) is not None:
                pictures.append(number)
            pages.append(page)
        return pages, pictures

    def _read(self, tree: Element, page: Page) -> None:
        for thing in tree.iter():
            tag = _name(thing)
            if tag == "TextObject":
                self._read_text(thing, page)
            elif tag == "PathObject":
                x, y, wide, high = _numbers(thing.get("Boundary"), 4, (0, 0, 0, 0))
                if min(wide, high) <= _THIN < max(wide, high):
                    page.rules.append(Rule(*(v * _POINTS for v in (x, y, x + wide, y + high))))

    def _read_text(self, thing: Element, page: Page) -> None:
        run = _Run.of(thing, thing.get("Font", "") in self._bold_fonts)
        for code in _all(thing, "TextCode"):
            text = self._counter.add(code.text or "")
            if run.turned:
                page.aside += text.strip()
                continue
            page.glyphs += run.glyphs(code, text)


@dataclass(frozen=True)
class _Run:
    """A text object: its place on the page, its turning matrix, size and weight."""

    x: float
    y: float
    matrix: _Numbers
    size: float
    bold: bool

    @classmethod
    def of(cls, thing: Element, bold_font: bool) -> "_Run":
        x, y, _, _ = _numbers(thing.get("Boundary"), 4, (0, 0, 0, 0))
        matrix = _numbers(thing.get("CTM"), 6, (1, 0, 0, 1, 0, 0))
        (size,) = _numbers(thing.get("Size"), 1, (4,))
        (weight,) = _numbers(thing.get("Weight"), 1, (400,))
        return cls(x, y, matrix, size, bold_font or weight >= _BOLD_WEIGHT)

    @property
    def turned(self) -> bool:
        a, b = self.matrix[:2]
        return a <= 0 or abs(b) > 0.2 * a

    def glyphs(self, code: Element, text: str) -> Iterator[Glyph]:
        """Each character; a space that the object leaves to its font is reckoned from the size."""
        a, b, c, d, e, f = self.matrix
        (x,), (y,) = _numbers(code.get("X"), 1, (0,)), _numbers(code.get("Y"), 1, (0,))
        steps, downs = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        size = self.size * abs(d or 1)
        for i, letter in enumerate(text):
            wide = self.size / 2 if letter.isascii() else self.size
            step = steps[i] if i < len(steps) else wide
            left = self.x + a * x + c * y + e
            base = self.y + b * x + d * y + f
            width = min(step, wide) if step > 0 else wide
            yield Glyph(
                left * _POINTS, (left + a * width) * _POINTS, base * _POINTS, size * _POINTS, letter, self.bold
            )  # fmt: skip
            x += step if not downs or steps else 0
            y += downs[i] if i < len(downs) else 0


def _deltas(text: str | None) -> list[float]:
    """A list of steps; `g 3 2.5` stands for 2.5 three times (GB/T 33190 11.3)."""
    words = (text or "").split()
    out: list[float] = []
    at = 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words):
            out += [float(words[at + 2])] * min(int(words[at + 1]), _MOST_REPEATS)
            at += 3
        else:
            out.append(float(words[at]))
            at += 1
        if len(out) > _MOST_REPEATS:
            raise ValueError("too many steps")
    return out


def _numbers(text: str | None, count: int, default: _Numbers) -> _Numbers:
    found = tuple(float(word) for word in (text or "").split())
    return found if len(found) == count else default


def _joined(base: str, place: str | None) -> str:
    """A place named in one file as a name in the package; names are compared in lower case."""
    place = (place or "").strip().replace("\\", "/")
    whole = place if place.startswith("/") else posixpath.join(posixpath.dirname(base), place)
    return posixpath.normpath(whole).lstrip("/").lower()


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _all(tree: Element, name: str) -> Iterator[Element]:
    return (element for element in tree.iter() if _name(element) == name)


def _child(tree: Element, name: str) -> Element | None:
    return next(_all(tree, name), None)


def _text(tree: Element, name: str) -> str:
    found = _child(tree, name)
    if found is None or not found.text:
        raise LookupError(name)
    return found.text
