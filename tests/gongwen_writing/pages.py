"""Rendered pages: papers through LibreOffice to PDF in one run, then words and ink measured in millimetres."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path

import pytest
from PIL import Image

from tests.fonts import write_fonts_conf

POINT = 25.4 / 72
DOTS = 300  # an inch
_PROGRAMS = {"soffice": "libreoffice-writer-nogui", "pdftotext": "poppler-utils", "pdftoppm": "poppler-utils"}
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    @property
    def middle(self) -> float:
        """Half-way between left and right."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    """A page of a PDF: its size, its words, and a picture of it on demand."""

    pdf: Path
    number: int
    width: float
    height: float
    words: tuple[Box, ...]

    @property
    def lines(self) -> list[Box]:
        """Words on one base line joined, from top to bottom."""
        rows: dict[float, list[Box]] = {}
        for word in self.words:
            key = next((key for key in rows if abs(key - word.bottom) < 1.5), word.bottom)
            rows.setdefault(key, []).append(word)
        out = []
        for _, row in sorted(rows.items()):
            row.sort(key=lambda word: word.left)
            edges = min(w.left for w in row), min(w.top for w in row), max(w.right for w in row)
            out.append(Box(*edges, max(w.bottom for w in row), "".join(w.text for w in row)))
        return out

    def line(self, start: str) -> Box:
        """The one line that begins with ``start``."""
        (found,) = [line for line in self.lines if line.text.startswith(start)]
        return found

    @cached_property
    def picture(self) -> Image.Image:
        """The page in colour at 300 dots an inch."""
        stem = self.pdf.with_name(f"{self.pdf.stem}-{self.number}")
        page = ("-f", str(self.number), "-l", str(self.number))
        subprocess.run(["pdftoppm", "-r", str(DOTS), *page, "-singlefile", self.pdf, stem], check=True, timeout=120)
        with Image.open(stem.with_suffix(".ppm")) as image:
            return image.convert("RGB")

    def ink(self, left: float, top: float, right: float, bottom: float, *, red: bool = False) -> Box | None:
        """The box of everything printed (or printed red) within a rectangle."""
        scale = DOTS / 25.4
        part = self.picture.crop(tuple(round(edge * scale) for edge in (left, top, right, bottom)))
        r, g, _ = part.split()
        dark = r.point(lambda value: 255 * (value < 128)) if not red else _red(r, g)
        box = dark.getbbox()
        if box is None:
            return None
        return Box(left + box[0] / scale, top + box[1] / scale, left + box[2] / scale, top + box[3] / scale)


def _red(r: Image.Image, g: Image.Image) -> Image.Image:
    bright = r.point(lambda value: 255 * (value > 150))
    return Image.composite(g.point(lambda value: 255 * (value < 100)), Image.new("L", r.size, 0), bright)


def render(papers: dict[str, bytes], folder: Path) -> dict[str, list[Page]]:
    """Every paper's pages. One LibreOffice run with a profile of its own and the fonts of the tests."""
    for program, package in _PROGRAMS.items():
        if shutil.which(program) is None:
            word = f"{program} is missing, so no page can be looked at. On Debian: apt-get install {package}"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(word)
    files = [folder / f"{name}.docx" for name in papers]
    for file, data in zip(files, papers.values(), strict=True):
        file.write_bytes(data)
    environment = {**os.environ, "FONTCONFIG_FILE": str(write_fonts_conf(folder / "fonts"))}
    own = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", "--headless", own, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, env=environment, check=True, timeout=300, capture_output=True)
    return {name: _pages(folder / f"{name}.pdf") for name in papers}


def _pages(pdf: Path) -> list[Page]:
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, timeout=60, capture_output=True).stdout.decode()
    pages = []
    for number, (head, body) in enumerate(re.findall(r"<page ([^>]*)>(.*?)</page>", told, re.DOTALL), 1):
        width, height = (float(size) * POINT for size in re.findall(r'"([\d.]+)"', head))
        words = tuple(
            Box(*(float(edge) * POINT for edge in match[:4]), unescape(match[4])) for match in _WORD.findall(body)
        )
        pages.append(Page(pdf, number, width, height, words))
    return pages
