"""Damaged .doc and .wps: made once by LibreOffice from papers of the corpus, then bytes are flipped, cut and added.

Each is read as an office would send it, through LibreOffice where the reader knows how; that program's own crashes must
come back as a refusal with a sentence.
"""

import random
import shutil
import subprocess
import tempfile
import time
import traceback
from pathlib import Path

from jinguo.gongwen import Unreadable, read
from tests.papers_in import as_docx
from tests.services.machine import first_program
from tests.soak.mutants import flipped, texts
from tests.soak.running import Result
from tests.soak.worker import dishonest

_PAPERS = 4  # different papers that are made a .doc
_SECONDS = 120


def run(seed: int, count: int) -> Result:
    """Read so many damaged old files, one after the other."""
    result = Result(seed)
    program = first_program("soffice", "libreoffice")
    if not program or not count:
        return result
    whole = _old_files(program, seed)
    for number in range(count):
        chance = random.Random(f"{seed}/office/{number}")
        data = whole[number % len(whole)]
        started = time.perf_counter()
        outcome, fault = _read(flipped(chance, data) if number >= len(whole) else data, number)
        result.take(
            {
                "number": number,
                "how": "doc",
                "outcome": outcome,
                "fault": fault,
                "seconds": time.perf_counter() - started,
            }
        )
    return result


def _read(data: bytes, number: int) -> tuple[str, str | None]:
    try:
        record = read(data, f"{number}.{('doc', 'wps')[number % 2]}")
    except Unreadable as refusal:
        return refusal.code, None
    except Exception:
        return "crash", traceback.format_exc(limit=-4)
    return "read", dishonest(record)


def _old_files(program: str, seed: int) -> list[bytes]:
    """A few papers as .doc."""
    chance = random.Random(f"{seed}/office")
    with tempfile.TemporaryDirectory(prefix="jinguo-soak-") as folder:
        made = []
        for number, text in enumerate(chance.sample(texts(), _PAPERS)):
            source = Path(folder) / f"{number}.docx"
            source.write_bytes(as_docx(text))
            _convert(program, source, Path(folder))
            made.append(source.with_suffix(".doc").read_bytes())
        shutil.rmtree(Path(folder) / "profile", ignore_errors=True)
    return made


def _convert(program: str, source: Path, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [program, "--headless", profile, "--convert-to", "doc", "--outdir", str(folder), str(source)]
    subprocess.run(words, check=True, capture_output=True, timeout=_SECONDS)
