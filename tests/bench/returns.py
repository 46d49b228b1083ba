"""The list of reports at 1,000,000 rows, to reach: p95 ≤ 300 ms; the figures of a campaign with 300,000 returns.

`make bench ARGS=returns`; JINGUO_BENCH_RETURNS makes a smaller one, JINGUO_BENCH_DATABASES=sqlite or =postgresql runs on one
of them only. The rows are copied in SQL; the pages are asked over HTTP as the board's are.
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


def measure() -> Iterator[str]:
    """Each database in a process and a data folder of its own."""
    many, only = os.environ.get("JINGUO_BENCH_RETURNS", "1000000"), os.environ.get("JINGUO_BENCH_DATABASES", "")
    yield f"load of this machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    if only != "postgresql":
        yield "SQLite"
        yield from _run({}, many)
    if only == "sqlite":
        return
    if not find_postgres():
        yield "PostgreSQL: its server programs are not installed here"
        return
    yield "PostgreSQL"
    with temp_pg() as url:
        yield from _run({"JINGUO_DATABASE": url}, many)


def _run(more: dict[str, str], many: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as data:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("JINGUO_")}
        settings = {
            "JINGUO_DATA": data,
            "DJANGO_SETTINGS_MODULE": "jinguo.config.settings",
            "JINGUO_HOSTS": "testserver",
        }
        words = [sys.executable, "-m", "tests.bench._returns_run", many]
        with subprocess.Popen(words, cwd=ROOT, env=clean | settings | more, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                yield f"  {line.rstrip()}"
            if child.wait():
                raise RuntimeError(f"the run ended with {child.returncode}")
