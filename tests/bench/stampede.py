"""The stampede: 300 seats, 5,000 people, every click sent three times, over the full HTTP path, on both databases.

To reach (DESIGN §7): exactly 300 confirmed, the waiting order a sequence, one answer a person within 30 s, 0 errors, ≥ 250
decided a second; at 250 POST/s offered p99 ≤ 1.5 s; the activity page ≥ 340/s (10 × pretix) and ≤ 60 KB in ≤ 5 requests; a whole
sign-up ≥ 100/s in ≤ 4 requests, p95 ≤ 0.5 s. The server is started as `make run` starts it, with its worker; PostgreSQL keeps
its default durability. Beside it, in the same run, the bare transaction on the same database, and a control that must oversell.
JINGUO_BENCH_PEOPLE makes a smaller crowd.
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
PEOPLE = 5000


def measure() -> Iterator[str]:
    """Each database in processes and a data folder of its own."""
    people = os.environ.get("JINGUO_BENCH_PEOPLE", str(PEOPLE))
    only = os.environ.get("JINGUO_BENCH_DATABASE", "")
    yield f"load of this machine when it began: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, which the crowd shares with the server"
    if only != "postgres":
        yield "SQLite"
        yield from _run({}, people)
    if only == "sqlite":
        return
    if not find_postgres():
        yield "PostgreSQL: its server programs are not installed here"
        return
    yield "PostgreSQL"
    with temp_pg(durable=True) as url:
        yield from _run({"JINGUO_DATABASE": url}, people)


def _run(more: dict[str, str], people: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as data, contextlib.ExitStack() as stack:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("JINGUO_")}
        settings = {
            "JINGUO_DATA": data,
            "JINGUO_PROXIES": "127.0.0.1",  # each person comes from an address of her own, so the brakes stay on
            "DJANGO_SETTINGS_MODULE": "jinguo.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        words = [sys.executable, "-m", "tests.bench._stampede_run", people]
        child = stack.enter_context(
            subprocess.Popen(words, cwd=ROOT, env=clean | settings | more, stdout=subprocess.PIPE, text=True)
        )
        assert child.stdout is not None
        for line in child.stdout:
            yield f"  {line.rstrip()}"
        if child.wait():
            raise RuntimeError(f"the run ended with {child.returncode}")
