"""1,000 mails with attachments, to reach: read and registered in ≤ 5 minutes; read again: 0 more rows.

The mails are the corpus's news with a .docx, .pdf, .zip or picture, each another activity. They are fetched from a real IMAP
server on loopback by one worker, with every process of its own as in an office. JINGUO_BENCH_MAILS makes fewer of them,
JINGUO_BENCH_DATABASES=sqlite or =postgresql runs on one database only.
"""

import os
from collections.abc import Iterator

from tests.bench._apart import run_apart
from tests.services.machine import find_postgres
from tests.services.temp_pg import temp_pg

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
    yield from run_apart("_mails_run", os.environ.get("JINGUO_BENCH_MAILS", MAILS), JINGUO_MAIL="smtp", **more)
