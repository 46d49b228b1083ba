"""The whole country as units: load, subtree counts, list pages and searches, to reach: ≤ 500 ms each on both databases.

`make bench ARGS=units`; JINGUO_BENCH_VILLAGES makes a smaller country. PostgreSQL is left out where it is not installed.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench._nation import VILLAGES
from tests.services.machine import find_postgres
from tests.services.temp_pg import temp_pg

ROOT = Path(__file__).resolve().parents[2]


def measure() -> Iterator[str]:
    """Each database in a process and a data folder of its own."""
    villages = os.environ.get("JINGUO_BENCH_VILLAGES", str(VILLAGES))
    yield f"load of this machine while it ran: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start"
    yield "SQLite"
    yield from _run({}, villages)
    if not find_postgres():
        yield "PostgreSQL: its server programs are not installed here"
        return
    yield "PostgreSQL"
    with temp_pg() as url:
        yield from _run({"JINGUO_DATABASE": url}, villages)


def _run(more: dict[str, str], villages: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as data, contextlib.ExitStack() as stack:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("JINGUO_")}
        settings = {
            "JINGUO_DATA": data,
            "DJANGO_SETTINGS_MODULE": "jinguo.config.settings",
            "JINGUO_HOSTS": "testserver",
        }
        words = [sys.executable, "-m", "tests.bench._units_run", villages]
        child = stack.enter_context(
            subprocess.Popen(words, cwd=ROOT, env=clean | settings | more, stdout=subprocess.PIPE, text=True)
        )
        assert child.stdout is not None
        for line in child.stdout:
            yield f"  {line.rstrip()}"
        if child.wait():
            raise RuntimeError(f"the run ended with {child.returncode}")
