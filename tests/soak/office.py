"""Damaged .doc and .wps: papers of the corpus, damaged as texts, are saved as .doc by LibreOffice in one go; in every second
one bytes are then overwritten in place.

Each is read as an office would send it, through LibreOffice where the reader knows how; that program's own crashes must
come back as a refusal with a sentence.
"""

import random
import re
import subprocess
import tempfile
import time
import traceback
from pathlib import Path

from jinguo.gongwen import Unreadable, read
from tests.papers_in import as_docx
from tests.services.machine import first_program
from tests.soak.mutants import TEXT_CHANGES, texts
from tests.soak.running import Result
from tests.soak.worker import dishonest, own_peak

_ENDINGS = ("doc", "wps")
_LONGEST = 6_000  # characters
_XML_CANNOT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SECONDS = 600


def run(seed: int, count: int) -> Result:
    """Read so many damaged old files, one after the other. The seconds are those of the clock: LibreOffice is a process of
    its own, which the reader gives 60."""
    result = Result(seed)
    program = first_program("soffice", "libreoffice")
    if not program or not count:
        return result
    for number, data in enumerate(_old_files(program, seed, count)):
        chance = random.Random(f"{seed}/office/{number}")
        started = time.perf_counter()
        outcome, fault = _read(_overwritten(chance, data) if number % 2 else data, number)
        seconds = time.perf_counter() - started
        result.take(
            {"number": number, "how": _ENDINGS[number % 4 // 2], "outcome": outcome, "fault": fault, "seconds": seconds}
        )
    result.take({"peak": own_peak()})
    return result


def _overwritten(chance: random.Random, data: bytes) -> bytes:
    """Bytes changed where they stand, so that the file keeps its parts."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(512, len(out))  # behind the header of the compound file
        out[at : at + 8] = chance.randbytes(len(out[at : at + 8]))
    return bytes(out)


def _read(data: bytes, number: int) -> tuple[str, str | None]:
    try:
        record = read(data, f"{number}.{_ENDINGS[number % 4 // 2]}")
    except Unreadable as refusal:
        return refusal.code, None
    except Exception:
        return "crash", traceback.format_exc(limit=-4)
    return "read", dishonest(record)


def _old_files(program: str, seed: int, count: int) -> list[bytes]:
    """So many damaged papers as .doc, which is what WPS calls .wps too."""
    with tempfile.TemporaryDirectory(prefix="jinguo-soak-") as folder:
        sources = []
        for number in range(count):
            chance = random.Random(f"{seed}/office/text/{number}")
            text = chance.choice(TEXT_CHANGES)(chance, chance.choice(texts()))[:_LONGEST]
            sources.append(Path(folder) / f"{number}.docx")
            sources[-1].write_bytes(as_docx(_XML_CANNOT.sub("", text)))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        words = [program, "--headless", profile, "--convert-to", "doc", "--outdir", folder, *map(str, sources)]
        subprocess.run(words, check=True, capture_output=True, timeout=_SECONDS)
        return [source.with_suffix(".doc").read_bytes() for source in sources]
