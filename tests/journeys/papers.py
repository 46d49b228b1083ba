"""The notices the journeys walk with: ours as text and as .docx, the real one where it lies beside the repository."""

import io

from docx import Document

from tests.journeys.house import ROOT

DEMO = ROOT / "jinguo" / "ops" / "demo" / "notice.txt"
REAL = ROOT.parent / "shared" / "seed" / "notice-2023-3.txt"


def docx(text: str) -> bytes:
    """The text as a word processor would keep it: one paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
