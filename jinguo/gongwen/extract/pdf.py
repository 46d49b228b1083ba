"""A .pdf with text: each character with its place, put back in reading order. Scans are recognised as scans.

PDFium's own text order puts characters of a second font at the end of their line, so only its characters are used.
Nothing of a file is run: no scripts, no actions, no attachments.
"""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jinguo.gongwen.extract import Extraction
from jinguo.gongwen.extract.building import Counter, assembled
from jinguo.gongwen.extract.geometry import Glyph, Page, lines_of
from jinguo.gongwen.extract.grid import Rule
from jinguo.gongwen.extract.radicals import plain_han
from jinguo.gongwen.guard import MAX_PAGES
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.pdfium import pdfium
from jinguo.gongwen.pdfium import raw as c
from jinguo.gongwen.refusals import Unreadable

VERSION = f"1/pdfium-{pdfium.PDFIUM_INFO.build}"

_FEW = 5  # characters on a page that is otherwise a picture: a stamp or a page number put on later
_SHAPES = 20_000  # shapes and pictures of a whole file that are looked at; a ruled page of an office has a few hundred
_DRAWN = 200  # shapes on a page without text: letters drawn as outlines
_THIN = 3.0  # points: a filled shape as thin as this is a line
_BOLD_NAME = re.compile("bold|black|heavy|粗", re.IGNORECASE)
_BOLD_WEIGHT = 600
_NO_LETTER = (2, 10, 13, 0xFEFF, 0xFFFE)
_ODD = {"Cc", "Cn", "Co", "Cs"}


def extract(data: bytes) -> Extraction:
    """The text of a .pdf. Raises Unreadable: encrypted, damaged, scanned, garbled, too_many_pages."""
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise Unreadable("too_many_pages")
            return _extracted(document)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == c.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise Unreadable("encrypted" if locked else "damaged") from error


def _extracted(document: Any) -> Extraction:
    counter = Counter()
    pages, pictures, hidden, shown, lost, kept, left = [], [], 0, 0, 0, 0, _SHAPES
    for index in range(len(document)):
        page = document[index]
        try:
            reader = _PageReader(page, index + 1, counter, left)
        finally:
            page.close()
        left -= reader.shapes
        hidden, shown = hidden + reader.hidden, shown + reader.shown
        lost, kept = lost + reader.without_codes, kept + reader.with_codes
        pages.append(reader.page)
        if reader.is_picture:
            pictures.append(index + 1)
    if lost > kept:  # PDFium leaves out letters that have no code
        raise Unreadable("garbled")
    if not any(page.glyphs for page in pages) or len(pictures) == len(pages):
        raise Unreadable("scanned" if pictures else "empty")
    _refuse_garbled(pages)
    found = assembled(
        lines_of(pages), Extractor(name="pdf", version=VERSION), unread_pages=tuple(pictures)
    )  # fmt: skip
    return replace(found, recognised=hidden > shown)


def _refuse_garbled(pages: list[Page]) -> None:
    text = "".join(glyph.text for page in pages for glyph in page.glyphs)
    odd = sum(unicodedata.category(ch) in _ODD or ch == "\ufffd" for ch in text)
    if odd * 10 > len(text):
        raise Unreadable("garbled")


class _PageReader:
    """The glyphs and lines of one page, with at most `most` shapes looked at; `shapes` says how many were."""

    def __init__(self, page: Any, number: int, counter: Counter, most: int) -> None:
        self._counter = counter
        self._place = _Place(page)
        self.page = Page(number, self._place.height)
        self.hidden = self.shown = 0
        self._bold: dict[tuple[bytes, int], bool] = {}
        self._read_objects: set[int | None] = set()
        text = page.get_textpage()
        try:
            self._read(text.raw)
        finally:
            text.close()
        pictures, shapes, texts = self._objects(page, most)
        self.shapes = pictures + shapes
        self.without_codes = max(texts - len(self._read_objects), 0)
        self.with_codes = len(self._read_objects)
        few = sum(not glyph.text.isspace() for glyph in self.page.glyphs) <= _FEW
        self.is_picture = few and (pictures > 0 or shapes > _DRAWN)

    def _read(self, text: Any) -> None:
        aside: list[str] = []
        x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), c.FS_RECTF(), c.FS_MATRIX()
        for index, letter in _letters(text):
            self._counter.add(letter)
            if not c.FPDFText_GetCharOrigin(text, index, x, y) or not c.FPDFText_GetLooseCharBox(text, index, box):
                continue
            c.FPDFText_GetMatrix(text, index, matrix)
            run_x, run_y = self._place.direction(matrix.a, matrix.b)
            if abs(run_y) > 0.2 * abs(run_x) or run_x < 0:
                aside.append(letter)
                continue
            stretch = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
            size = c.FPDFText_GetFontSize(text, index) * stretch
            left, base = self._place.of(x.value, y.value)
            corners = (self._place.of(box.left, box.bottom), self._place.of(box.right, box.top))
            right = max(corner[0] for corner in corners)
            self._note_object(text, index)
            self.page.glyphs.append(Glyph(left, max(right, left), base, size, letter, self._is_bold(text, index)))
        self.page.aside = "".join(aside).strip()

    def _note_object(self, text: Any, index: int) -> None:
        """Which text object the character comes from, and whether that is drawn in no colour."""
        thing = c.FPDFText_GetTextObject(text, index)
        self._read_objects.add(ctypes.cast(thing, ctypes.c_void_p).value)
        mode = c.FPDFTextObj_GetTextRenderMode(thing)
        if mode == c.FPDF_TEXTRENDERMODE_INVISIBLE:
            self.hidden += 1
        else:
            self.shown += 1

    def _is_bold(self, text: Any, index: int) -> bool:
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        c.FPDFText_GetFontInfo(text, index, name, 128, flags)
        weight = c.FPDFText_GetFontWeight(text, index)
        key = (name.value, weight)
        if key not in self._bold:
            self._bold[key] = weight >= _BOLD_WEIGHT or bool(_BOLD_NAME.search(name.value.decode("utf-8", "replace")))
        return self._bold[key]

    def _objects(self, page: Any, most: int) -> tuple[int, int, int]:
        """Counts pictures, shapes and texts, and keeps the straight lines among the shapes."""
        pictures = shapes = texts = 0
        wanted = [c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_TEXT]
        for thing in page.get_objects(filter=wanted, max_depth=6):
            if pictures + shapes >= most:
                break
            if thing.type == c.FPDF_PAGEOBJ_IMAGE:
                pictures += 1
                continue
            if thing.type == c.FPDF_PAGEOBJ_TEXT:
                texts += 1
                continue
            shapes += 1
            self.page.rules += self._place.rules(thing.get_bounds())
        return pictures, shapes, texts


def _letters(text: Any) -> Iterator[tuple[int, str]]:
    """(index, character); pairs of surrogates are one character, blanks made up by PDFium are left out."""
    high: int | None = None
    for index in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high is not None:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = None
        if code in _NO_LETTER or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            continue
        if c.FPDFText_IsGenerated(text, index) != 1:
            yield index, plain_han(chr(code or 0xFFFD))  # a shape without a code is shown as one that is not known


class _Place:
    """From the page's own co-ordinates to those of the eye: origin top left, y downwards, turned pages upright."""

    def __init__(self, page: Any) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._turn = page.get_rotation()
        upright = self._turn in (0, 180)
        self.height = (self._top - self._bottom) if upright else (self._right - self._left)

    def of(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def direction(self, a: float, b: float) -> tuple[float, float]:
        """Where a line of text runs: (1, 0) for a line read from left to right."""
        origin, end = self.of(0, 0), self.of(a, b)
        return end[0] - origin[0], end[1] - origin[1]

    def rules(self, bounds: tuple[float, float, float, float]) -> list[Rule]:
        """The shape as a line if it is one."""
        (x0, y0), (x1, y1) = self.of(bounds[0], bounds[1]), self.of(bounds[2], bounds[3])
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        wide, high = x1 - x0, y1 - y0
        if min(wide, high) > _THIN:
            return []
        return [Rule(x0, y0, x1, y1)] if max(wide, high) > 2 * _THIN else []
