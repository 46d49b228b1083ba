"""Sign-for slips (签收单) to print: one PDF for a whole city, several to an A4 page, each with its unit's own QR code."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jinguo.gongwen.pdfium import pdfium
from jinguo.lib.typesetting import NotPrinted, typeset

__all__ = ["PER_PAGE", "NotPrinted", "Slip", "Words", "joined_pdf", "slips_pdf"]
SOURCE = Path(__file__).with_name("slips.typ")
PER_PAGE = 4


@dataclass(frozen=True)
class Slip:
    """One unit's slip: its full name and the address its code leads to."""

    unit: str
    address: str


@dataclass(frozen=True)
class Words:
    """What every slip says, in the language of the paper.

    Attributes:
        title: of the document; notice: which notice, with its number; due: until when to sign.
        signer, when: what stands before the two lines to fill in; scan: below the code; office: who sent it, with phone.
    """

    title: str
    heading: str
    notice: str
    due: str
    signer: str
    when: str
    scan: str
    office: str


def slips_pdf(slips: Sequence[Slip], words: Words, *, own_fonts: Path, first_page: int = 1, pages: int = 0) -> bytes:
    """The PDF. The same slips and words always look the same.

    Args:
        own_fonts: the office's folder of fonts; it need not be there.
        first_page, pages: for a part of a longer paper, the number of its first page and of all pages.

    Raises:
        NotPrinted: it took too long, or Typst refused.
    """
    rows = [{"unit": slip.unit, "qr_of": slip.address} for slip in slips]
    numbers = {"first_page": first_page, "pages": pages or -(-len(rows) // PER_PAGE)}
    return typeset(SOURCE, {**asdict(words), **numbers, "slips": rows}, own_fonts=own_fonts)


def joined_pdf(parts: Sequence[bytes]) -> bytes:
    """The pages of several PDFs of ours, one behind the other."""
    whole = pdfium.PdfDocument.new()
    for part in parts:
        whole.import_pages(pdfium.PdfDocument(part))
    written = io.BytesIO()
    whole.save(written)
    return written.getvalue()
