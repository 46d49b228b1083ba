"""One run of the benchmark of the board on the database the environment names: the city made, the server started, pages asked."""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

TIMES, WARM = 40, 3


def main() -> None:
    """Make the tables and the city, start the web server, ask each page many times over one connection, print a line each."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.bench import _city

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    started = time.perf_counter()
    city = _city.build(units=int(sys.argv[1]), asks=int(sys.argv[2]))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")  # as the database does by itself within minutes
    print(f"{len(city.units):,} units × {sys.argv[2]} asks made in {time.perf_counter() - started:.0f} s", flush=True)
    client = Client()
    client.force_login(city.officer)
    cookie = f"jinguo={client.cookies['jinguo'].value}"
    county = city.units[0]
    town = next(unit for unit in city.units if unit.parent_id == county.pk)
    pages = addresses(city.campaign.code, county.code, town.code)
    connection.close()
    with server() as port:
        for title, path in pages:
            print(f"{title:<44}{ask_many(port, path, cookie)}", flush=True)


def addresses(campaign: str, county: str, town: str) -> list[tuple[str, str]]:
    """What is measured: title and path."""
    board = f"/desk/board/{campaign}/"
    matrix = f"/desk/campaigns/{campaign}/coverage/"
    return [
        ("board: the whole city", board),
        ("board: what waits, fetched beside it", f"{board}waits/"),
        ("board: every ask", f"{board}asks/"),
        ("board: the parts of the city", f"{board}places/"),
        ("board: one county", f"{board}places/?at={county}"),
        ("board: one township", f"{board}places/?at={town}"),
        ("board: the units of a class", f"{board}places/?at=committee"),
        ("board: on the wall", f"{board}wall/"),
        ("board: signing, first page", f"{board}signing/"),
        ("board: reporting, first page", f"{board}reporting/"),
        ("board: reporting, one state", f"{board}reporting/?state=overdue"),
        ("board: reporting, done in one county", f"{board}reporting/?state=done&place={county}"),
        ("matrix: clause × part", matrix),
        ("matrix: clause × unit, one county", f"{matrix}?group={county}"),
        ("matrix: clause × unit, municipal units", f"{matrix}?group=committee"),
    ]


@contextmanager
def server() -> Iterator[int]:
    """The web server as `make run` starts it, on a free port; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws",
             "--workers", "2", "--blocking-threads", "32", "--log-level", "error", "jinguo.config.wsgi:application"]  # fmt: skip
    child = subprocess.Popen(words, env=os.environ | {"JINGUO_HOSTS": "127.0.0.1"})
    try:
        for _ in range(600):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        child.terminate()
        child.wait(20)


def ask_many(port: int, path: str, cookie: str, times: int = TIMES) -> str:
    """p50, p95 and the size of one page, a few warming questions left out."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    spent, size = [], 0
    for turn in range(WARM * 2 + times):
        started = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - started) * 1000
        if answer.status != 200:
            words = re.sub(rb"<[^>]+>", b" ", body)[:300]
            raise RuntimeError(f"{path} answered {answer.status}: {words!r}")
        if turn >= WARM * 2:
            spent.append(took)
            size = len(body)
    connection.close()
    cuts = statistics.quantiles(spent, n=20)
    return f"p50 {statistics.median(spent):7.1f} ms   p95 {cuts[18]:7.1f} ms   {size / 1024:6.1f} KB"


if __name__ == "__main__":
    main()
