"""Sign-for slips (签收单) to print: one PDF for a whole city, several to an A4 page, each with its unit's own QR code."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jinguo.lib.typesetting import NotPrinted, typeset

__all__ = ["NotPrinted", "Slip", "Words", "slips_pdf"]
SOURCE = Path(__file__).with_name("slips.typ")


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


def slips_pdf(slips: Sequence[Slip], words: Words, *, own_fonts: Path) -> bytes:
    """The PDF. The same slips and words always look the same.

    Args:
        own_fonts: the office's folder of fonts; it need not be there.

    Raises:
        NotPrinted: it took too long, or Typst refused.
    """
    rows = [{"unit": slip.unit, "qr_of": slip.address} for slip in slips]
    return typeset(SOURCE, {**asdict(words), "slips": rows}, own_fonts=own_fonts)
