"""The stampede: 300 seats, 5,000 people, every click sent three times, over the full HTTP path, on both databases.

To reach (DESIGN §7): exactly 300 confirmed, the waiting order a sequence, one answer a person within 30 s, 0 errors, ≥ 250
decided a second; at 250 POST/s offered p99 ≤ 1.5 s; the activity page ≥ 340/s (10 × pretix) and ≤ 60 KB in ≤ 5 requests; a whole
sign-up ≥ 100/s in ≤ 4 requests, p95 ≤ 0.5 s. The server is started as `make run` starts it, with its worker; PostgreSQL keeps
its default durability. Beside it, in the same run, the bare transaction on the same database, and a control that must oversell.
JINGUO_BENCH_PEOPLE makes a smaller crowd.
"""

import os
from collections.abc import Iterator

from tests.bench._apart import run_apart
from tests.services.machine import find_postgres
from tests.services.temp_pg import temp_pg

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
    # Each person comes from an address of her own, so the brakes stay on.
    yield from run_apart("_stampede_run", people, JINGUO_PROXIES="127.0.0.1", **more)
