"""How long a file of each kind takes to become text, without the reading of it: the demonstration notice as every kind an office sends.

CPU is that of this process alone, the best of several runs. LibreOffice works in processes of its own, so its kinds are
measured by the clock, and only where it is installed.
"""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from jinguo.gongwen.extract import extract
from tests.gongwen.papers import docx_of, office_made
from tests.gongwen.test_formats import MAKERS
from tests.papers_in import demo_bytes
from tests.services.machine import first_program

_TIMES, _OFFICE_KINDS = 5, ("doc", "odt", "rtf")


def measure() -> Iterator[str]:
    """A row for each kind of file."""
    text = demo_bytes().decode()
    yield f"{'kind':<24}{'file KB':>9}{'characters':>12}{'ms':>9}{'ms/1,000':>10}"
    for kind, make in MAKERS.items():
        data = make(text)
        yield _row(kind, data, _best(lambda data=data: extract(data), time.process_time, _TIMES))
    soffice = first_program("soffice", "libreoffice")
    if not soffice:
        yield "LibreOffice is not installed; .doc, .odt and .rtf are not measured"
        return
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as folder:
        for kind in _OFFICE_KINDS:
            data = office_made(soffice, docx_of(text), kind, Path(folder) / kind)
            yield _row(f"{kind} (clock)", data, _best(lambda data=data: extract(data), time.perf_counter, 2))


def _row(kind: str, data: bytes, seconds: float) -> str:
    length = len(re.sub(r"\s", "", extract(data).raw)) if "(clock)" not in kind else 0
    per_thousand = f"{seconds * 1e6 / length:>10.1f}" if length else f"{'':>10}"
    return f"{kind:<24}{len(data) / 1024:>9.1f}{length or '':>12}{seconds * 1000:>9.1f}{per_thousand}"


def _best(work: Callable[[], object], clock: Callable[[], float], times: int) -> float:
    best = float("inf")
    for _ in range(times):
        started = clock()
        work()
        best = min(best, clock() - started)
    return best
