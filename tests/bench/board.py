"""The board of 3,000 units × 20 asks over HTTP: to reach, board p95 ≤ 250 ms and clause × unit matrix p95 ≤ 500 ms.

`make bench ARGS=board`; JINGUO_BENCH_UNITS and JINGUO_BENCH_ASKS make a smaller one. PostgreSQL is left out where it is
not installed.
"""

import os
from collections.abc import Iterator

from tests.bench._apart import run_apart
from tests.services.machine import find_postgres
from tests.services.temp_pg import temp_pg


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
    yield from run_apart("_board_run", *size, JINGUO_HOSTS="testserver", **more)
