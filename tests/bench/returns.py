"""The list of reports at 1,000,000 rows, to reach: p95 ≤ 300 ms; the figures of a campaign with 300,000 returns.

`make bench ARGS=returns`; JINGUO_BENCH_RETURNS makes a smaller one, JINGUO_BENCH_DATABASES=sqlite or =postgresql runs on one
of them only. The rows are copied in SQL; the pages are asked over HTTP as the board's are.
"""

import os
from collections.abc import Iterator

from tests.bench._apart import run_apart
from tests.services.machine import find_postgres
from tests.services.temp_pg import temp_pg


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
    yield from run_apart("_returns_run", many, JINGUO_HOSTS="testserver", **more)
