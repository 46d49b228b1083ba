"""1,000 mails with attachments, to reach: read and registered in ≤ 5 minutes; read again: 0 more rows.

The mails are the corpus's news with a .docx, .pdf, .zip or picture, each another activity. They are fetched from a real IMAP
server on loopback by one worker, with every process of its own as in an office. JINGUO_BENCH_MAILS makes fewer of them,
JINGUO_BENCH_DATABASES=sqlite or =postgresql runs on one database only.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.services.machine import find_postgres
from tests.services.temp_pg import temp_pg

ROOT = Path(__file__).resolve().parents[2]
MAILS = "1000"


def measure() -> Iterator[str]:
    """Each database in a process and a data folder of its own."""
    only = os.environ.get("JINGUO_BENCH_DATABASES", "")
    yield f"load of this machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    if only != "postgresql":
        yield "SQLite"
        yield from _run({})
    if only == "sqlite":
        return
    if not find_postgres():
        yield "PostgreSQL: its server programs are not installed here"
        return
    yield "PostgreSQL"
    with temp_pg() as url:
        yield from _run({"JINGUO_DATABASE": url})


def _run(more: dict[str, str]) -> Iterator[str]:
    many = os.environ.get("JINGUO_BENCH_MAILS", MAILS)
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as data:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("JINGUO_")}
        settings = {"JINGUO_DATA": data, "DJANGO_SETTINGS_MODULE": "jinguo.config.settings", "JINGUO_MAIL": "smtp"}
        words = [sys.executable, "-m", "tests.bench._mails_run", many]
        with subprocess.Popen(words, cwd=ROOT, env=clean | settings | more, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                yield f"  {line.rstrip()}"
            if child.wait():
                raise SystemExit("the run of mails failed; its message stands above")
