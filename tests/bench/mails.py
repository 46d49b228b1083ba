"""1,000 mails with attachments, to reach: read and registered in ≤ 5 minutes; read again: 0 more rows.

The mails are the corpus's news with a .docx, .pdf, .zip or picture, each another activity. They are fetched from a real IMAP
server on loopback by one worker, on SQLite, with every process of its own as in an office.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAILS = "1000"


def measure() -> Iterator[str]:
    """One run in a process and a data folder of its own."""
    many = os.environ.get("JINGUO_BENCH_MAILS", MAILS)
    yield f"load of this machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as data:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("JINGUO_")}
        settings = {"JINGUO_DATA": data, "DJANGO_SETTINGS_MODULE": "jinguo.config.settings", "JINGUO_MAIL": "smtp"}
        words = [sys.executable, "-m", "tests.bench._mails_run", many]
        with subprocess.Popen(words, cwd=ROOT, env=clean | settings, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                yield line.rstrip()
            if child.wait():
                raise SystemExit("the run of mails failed; its message stands above")
