"""The demonstration notice as files to drop in: the text as it is, and the same text set as an official paper.

Only one of them need be dropped in: their bytes differ, so the second would count as a notice of its own.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from jinguo.gongwen.writing import Document, Heading, Imprint, Paragraph, Profile, Span, write_docx
from jinguo.gongwen.writing.document import Block
from jinguo.ops.demo.rows import HERE

NUMBERED = re.compile(r"(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)")
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def notice_files() -> tuple[Path, Path]:
    """Where the notice lies in the data folder: the paper (.docx) and the text."""
    folder = Path(settings.DATA) / "demo"
    return folder / "notice.docx", folder / "notice.txt"


def write_notice() -> None:
    """Put both files into the data folder."""
    paper, text = notice_files()
    paper.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    data = (HERE / "notice.txt").read_bytes()
    text.write_bytes(data)
    paper.write_bytes(write_docx(as_document(data.decode())))


def as_document(text: str) -> Document:
    """The notice's lines as the parts of an official paper: mark, number, title, addressee, body, foot, imprint."""
    mark, number, title, addressee, *body, signature, day, printed = [line for line in text.splitlines() if line]
    printed_by, printed_on = printed.removesuffix("印发").split("\u3000\u3000")
    return Document(
        profile=Profile(mark=mark, red_head=True, signature=signature),
        title=title,
        number=number,
        addressee=addressee,
        blocks=tuple(_blocks(body)),
        date=_day(day),
        imprint=Imprint(printed_by=printed_by, printed_on=_day(printed_on)),
    )


def _blocks(lines: list[str]) -> Iterator[Block]:
    for line in lines:
        found = NUMBERED.match(line)
        if not found:
            yield Paragraph.of(line)
            continue
        head, stop, rest = line[found.end() :].partition("。")
        yield Heading(2 if line.startswith("（") else 1, head + stop, (Span(rest),) if rest else ())


def _day(text: str) -> date:
    found = DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a day")
    year, month, day = map(int, found.groups())
    return date(year, month, day)
