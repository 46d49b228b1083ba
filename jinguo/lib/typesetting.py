"""Papers to print, set by Typst from words given as data, in a process of its own: a city's slips take seconds, and Typst
lets no other thread run meanwhile. Fonts: the office's own folder first, then the open ones of the wheel.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from jinguo.lib.qr import qr_svg

SECONDS = 120
ROOT = Path(__file__).parent.parent.parent
STARTS = {"pdf": b"%PDF", "png": b"\x89PNG"}
FONTS = {"sans": ["Noto Sans SC"], "serif": ["Noto Serif SC"]}


class NotPrinted(Exception):
    """The paper was not made; the message is Typst's own, for the log."""


def typeset(source: Path, data: dict[str, Any], *, own_fonts: Path, form: str = "pdf", page: int = 1) -> bytes:
    """The paper. The same words always look the same.

    Args:
        source: the .typ file; it reads the data with `json(bytes(sys.inputs.data))`.
        data: words, as JSON would have them. A dict with `qr_of` gets the code of that text beside it, as an SVG in `qr`.
        own_fonts: the office's folder of fonts; it need not be there.
        form: pdf, or png: a picture of one page, 144 dots to the inch.
        page: which one, for a picture; the last where there are fewer.

    Raises:
        NotPrinted: it took longer than `SECONDS`, or Typst refused.
    """
    asked = {"source": str(source), "data": data, "own_fonts": str(own_fonts), "form": form, "page": page}
    command = [sys.executable, "-m", "jinguo.lib.typesetting"]
    try:
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS, check=False, cwd=ROOT
        )
    except subprocess.TimeoutExpired as late:
        raise NotPrinted(f"no paper within {SECONDS} s") from late
    if done.returncode or not done.stdout.startswith(STARTS[form]):
        raise NotPrinted(done.stderr.decode(errors="replace")[-400:])
    return done.stdout


def main() -> None:
    """The child: what is asked on standard input, the paper on standard output."""
    asked = json.load(sys.stdin)
    own = Path(asked["own_fonts"])
    fonts = [*([str(own)] if own.is_dir() else []), str(Path(pylopdf_fonts_zh_cn.__file__).parent)]
    data = {"fonts": FONTS, **_with_codes(asked["data"])}
    words = {"data": json.dumps(data, ensure_ascii=False)}
    made: Any = typst.compile(
        asked["source"], font_paths=fonts, ignore_system_fonts=True, sys_inputs=words, format=asked["form"], ppi=144.0
    )
    pages = made if isinstance(made, list) else [made]
    sys.stdout.buffer.write(pages[min(asked["page"], len(pages)) - 1])


def _with_codes(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_codes(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _with_codes(one) for name, one in value.items()}
    return {**found, "qr": qr_svg(found.pop("qr_of"))} if "qr_of" in found else found


if __name__ == "__main__":
    main()
