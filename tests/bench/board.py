"""The board of 3,000 units × 20 asks over HTTP: to reach, board p95 ≤ 250 ms and clause × unit matrix p95 ≤ 500 ms.

`make bench ARGS=board`; JINGUO_BENCH_UNITS and JINGUO_BENCH_ASKS make a smaller one. PostgreSQL is left out where it is
not installed.
"""

import contextlib
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
    size = [os.environ.get("JINGUO_BENCH_UNITS", "3000"), os.environ.get("JINGUO_BENCH_ASKS", "20")]
    yield f"load of this machine while it ran: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start"
    yield "SQLite"
    yield from _run({}, size)
    if not find_postgres():
        yield "PostgreSQL: its server programs are not installed here"
        return
    yield "PostgreSQL"
    with temp_pg() as url:
        yield from _run({"JINGUO_DATABASE": url}, size)


def _run(more: dict[str, str], size: list[str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as data, contextlib.ExitStack() as stack:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("JINGUO_")}
        settings = {
            "JINGUO_DATA": data,
            "DJANGO_SETTINGS_MODULE": "jinguo.config.settings",
            "JINGUO_HOSTS": "testserver",
        }
        words = [sys.executable, "-m", "tests.bench._board_run", *size]
        child = stack.enter_context(
            subprocess.Popen(words, cwd=ROOT, env=clean | settings | more, stdout=subprocess.PIPE, text=True)
        )
        assert child.stdout is not None
        for line in child.stdout:
            yield f"  {line.rstrip()}"
        if child.wait():
            raise RuntimeError(f"the run ended with {child.returncode}")
