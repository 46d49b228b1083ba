"""The notices the journeys walk with: ours as text and as .docx, the real one where it lies beside the repository."""

import io
from dataclasses import dataclass

from docx import Document

from tests.journeys.house import ROOT

DEMO = ROOT / "jinguo" / "ops" / "demo" / "notice.txt"
_SEEDS = [folder / "shared" / "seed" / "notice-2023-3.txt" for folder in ROOT.parents]
REAL = next((path for path in _SEEDS if path.is_file()), None)


def docx(text: str) -> bytes:
    """The text as a word processor would keep it: one paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@dataclass(frozen=True)
class Paper:
    """An official paper as another program reads it."""

    paragraphs: list[str]
    tables: list[list[list[str]]]

    @classmethod
    def read(cls, data: bytes) -> "Paper":
        document = Document(io.BytesIO(data))
        tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
        return cls([each.text.strip() for each in document.paragraphs if each.text.strip()], tables)

    def sources(self) -> dict[str, str]:
        """The 依据表: sentence number → what stands behind it."""
        table = next(table for table in self.tables if "依据" in table[0])
        return {row[0]: row[-1] for row in table[1:]}
