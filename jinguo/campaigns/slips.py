"""Sign-for slips (签收单) to print: one PDF for a whole city, several to an A4 page, each with its unit's own QR code.

Set by Typst from words given as data, in a process of its own: a city's slips take seconds, and Typst lets no other thread
run meanwhile. Fonts: the office's own folder first, then the open ones of the wheel.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pylopdf_fonts_zh_cn
import segno
import typst

SOURCE = Path(__file__).with_name("slips.typ")
FAMILIES = ("Noto Sans SC",)
QUIET = 4  # modules of white around the code (ISO/IEC 18004)
SECONDS = 120
ROOT = Path(__file__).parent.parent.parent


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


class NotPrinted(Exception):
    """The PDF was not made; the message is Typst's own, for the log."""


def slips_pdf(slips: Sequence[Slip], words: Words, *, own_fonts: Path) -> bytes:
    """The PDF. The same slips and words always look the same.

    Args:
        own_fonts: the office's folder of fonts; it need not be there.

    Raises:
        NotPrinted: it took longer than `SECONDS`, or Typst refused.
    """
    data = {**asdict(words), "fonts": list(FAMILIES), "slips": [asdict(slip) for slip in slips]}
    asked = json.dumps({"data": data, "own_fonts": str(own_fonts)}).encode()
    command = [sys.executable, "-m", "jinguo.campaigns.slips"]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=SECONDS, check=False, cwd=ROOT)
    except subprocess.TimeoutExpired as late:
        raise NotPrinted(f"no PDF within {SECONDS} s") from late
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NotPrinted(done.stderr.decode(errors="replace")[-400:])
    return done.stdout


def main() -> None:
    """The child: words on standard input, the PDF on standard output."""
    asked = json.load(sys.stdin)
    data = asked["data"]
    for row in data["slips"]:
        row["qr"] = qr_svg(row.pop("address"))
    own = Path(asked["own_fonts"])
    fonts = [*([str(own)] if own.is_dir() else []), str(Path(pylopdf_fonts_zh_cn.__file__).parent)]
    words = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(str(SOURCE), font_paths=fonts, ignore_system_fonts=True, sys_inputs=words, format="pdf")
    sys.stdout.buffer.write(made)


def qr_svg(text: str) -> str:
    """A QR code as a small SVG: dark modules joined into runs, so that a city's codes stay a small file."""
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h-{x - start}z")
                start = None
    side = len(matrix) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{"".join(runs)}" fill="#000"/></svg>'
    )


if __name__ == "__main__":
    main()
