"""Reading a written paper back with python-docx, which has no part in writing it."""

import io

import docx
from docx.document import Document as Reader
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def opened(data: bytes) -> Reader:
    """The file as python-docx sees it."""
    return docx.Document(io.BytesIO(data))


def plain(paragraph: Paragraph) -> str:
    """The text without raised source numbers."""
    return "".join(run.text for run in _runs(paragraph) if not run.font.superscript)


def raised(paragraph: Paragraph) -> str:
    """Only the raised source numbers."""
    return "".join(run.text for run in _runs(paragraph) if run.font.superscript)


def texts(data: bytes) -> list[str]:
    """Every paragraph that says something, and every table row (cells joined by |), in order; a title as one line."""
    out = []
    for item in opened(data).iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                out.append("|".join(" ".join(plain(p) for p in cell.paragraphs) for cell in row.cells))
        elif text := plain(item):
            out.append(text.replace("\n", "") if item.style.name in ("Title", "附件标题") else text)
    return out


def property_elements(data: bytes) -> list:
    """Every pPr, rPr, tblPr, tcPr, trPr and sectPr of the body."""
    body = opened(data).element.body
    return [node for tag in ("pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr") for node in body.iter(qn(f"w:{tag}"))]


def _runs(paragraph: Paragraph) -> list[Run]:
    runs: list[Run] = []
    for item in paragraph.iter_inner_content():
        runs += item.runs if isinstance(item, Hyperlink) else [item]
    return runs
