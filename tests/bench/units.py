"""The whole country as units: load, subtree counts, list pages and searches, to reach: ≤ 500 ms each on both databases.

`make bench ARGS=units`; JINGUO_BENCH_VILLAGES makes a smaller country. PostgreSQL is left out where it is not installed.
"""

import os
from collections.abc import Iterator

from tests.bench._apart import run_apart
from tests.bench._nation import VILLAGES
from tests.services.machine import find_postgres
from tests.services.temp_pg import temp_pg


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
    yield from run_apart("_units_run", villages, JINGUO_HOSTS="testserver", **more)
