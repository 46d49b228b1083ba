"""Which of a mail's texts is the report: the writer's own words, or the file she attached."""

import re
from dataclasses import dataclass

from jinguo.lib.mail import Letter, Part
from jinguo.reports.understanding.own import bare_subject, own_text

SUBJECT, BODY = -1, 0  # the other numbers are those of the parts
PAPERS = ("docx", "doc", "pdf", "ofd", "rtf", "odt", "word_xml", "text", "html", "mht")
_NO_PAPER = re.compile(
    r"\.(?:ics|vcf|asc|sig|p7[ms])$", re.IGNORECASE
)  # text for programs: an invitation, a card, a signature
TABLES = ("xlsx", "xls")


@dataclass(frozen=True)
class Text:
    """One text of the mail. `part`: SUBJECT, BODY or the number of the part it stands in."""

    part: int
    text: str
    name: str = ""


@dataclass(frozen=True)
class Texts:
    """All texts of a mail. `main`: the one fields are read from; `papers`: attached ones with at least a sentence."""

    own: str
    subject: str
    main: Text
    papers: tuple[Text, ...]
    tables: tuple[Part, ...]
    pictures: int

    @property
    def ordered(self) -> list[Text]:
        """Where a field is looked for: the main text, then the body, then the others."""
        rest = [Text(BODY, self.own), *self.papers]
        return [self.main, *(one for one in rest if one.part != self.main.part)]


def texts_of(letter: Letter) -> Texts:
    """The texts of a mail and which is the report.

    A short body is only a covering note, and the longest paper beside it is the report.
    """
    own = own_text(letter.body, letter.subject)
    papers = [
        Text(part.number, part.text, part.name)
        for part in letter.parts
        if part.kind in PAPERS and _says(part.text) and not _NO_PAPER.search(part.name)
    ]
    papers += [
        Text(part.number, part.text, part.name) for part in letter.parts if part.kind == "eml" and _says(part.text)
    ]
    longest = max(papers, key=lambda one: len(one.text), default=None)
    body = Text(BODY, own)
    main = body if longest is None or _weight(own) >= max(120, _weight(longest.text) // 2) else longest
    tables = tuple(part for part in letter.parts if part.kind in TABLES)
    pictures = sum(part.kind == "picture" and not is_decoration(part) for part in letter.parts)
    return Texts(own, bare_subject(letter.subject), main, tuple(papers), tables, pictures)


def _says(text: str) -> bool:
    return _weight(text) >= 8


def _weight(text: str) -> int:
    return len(re.sub(r"\s", "", text))


def is_decoration(part: Part) -> bool:
    """A logo in a signature: small and inline."""
    return part.inline and part.size < 20_000
