"""One stampede on the database the environment names: a fresh house, a crowd, then the same database without a house."""

import asyncio
import gzip
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import django

SEATS, CLICKS, CLIENTS = 300, 3, 16
SPREAD = 10.0  # seconds within which everybody presses for the first time
OFFERED = 250  # POSTs a second, open loop
BARE_SECONDS = 4.0


def main() -> None:
    """Plant a small city, start the house, let the crowd in, say what came of it."""
    django.setup()
    from django.core.management import call_command

    from tests.bench import _stampede_bare as bare

    people = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    hosts = Hosts()
    children: dict[str, Any] = {}
    port = _free_port()
    try:
        _start(children, port)
        asyncio.run(_crowd(hosts, port, people))
    finally:
        _end(children)
    rate = bare.rate(CLIENTS, BARE_SECONDS)
    _say(f"bare transaction (UPDATE … WHERE taken < capacity; INSERT), {CLIENTS} connections", f"{rate:,.0f}/s")
    sold = bare.naive(hosts.activity(SEATS), min(people, 1500), CLIENTS)
    _say("control that counts outside the deciding transaction", f"{sold} sold of {SEATS}: {_verdict(sold > SEATS)}")


def _verdict(oversold: bool) -> str:
    return "oversells, as it must" if oversold else "DID NOT OVERSELL: this run proves nothing"


def _say(what: str, figure: str) -> None:
    print(f"{what:<86}{figure}", flush=True)


class Hosts:
    """Who holds the activities."""

    def __init__(self) -> None:
        from tests.world import Cast

        self.cast = Cast.begin()

    def activity(self, seats: int) -> Any:
        """A published activity with so many seats and a waiting list for everybody."""
        from jinguo.activities.models import SeatPool
        from tests.activities.stage import published

        activity = published(self.cast, seats=seats)
        SeatPool.objects.filter(session__activity=activity).update(waiting_cap=1_000_000)
        return activity


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(children: dict[str, Any], port: int) -> None:
    """As `make run` does."""
    from commands import serving

    serving.PYTHON = sys.executable
    serving.start(children, port, {"JINGUO_URL": f"http://127.0.0.1:{port}"})
    serving.wait_for_first_page(port, children)


def _end(children: dict[str, Any]) -> None:
    from commands import serving

    serving.end(children)


async def _crowd(hosts: Hosts, port: int, people: int) -> None:
    from tests.bench._rush import House

    house = House(port)
    await _page(house, await _database(hosts.activity, SEATS))
    await _whole(house, await _database(hosts.activity, SEATS), 600)
    await _stampede(house, await _database(hosts.activity, SEATS), people)
    await _offered(house, await _database(hosts.activity, SEATS), min(people, 2000))


async def _database(work: Callable[..., Any], *words: Any) -> Any:
    """The database may not be asked inside an event loop."""
    return await asyncio.get_running_loop().run_in_executor(None, lambda: work(*words))


async def _page(house: Any, activity: Any) -> None:
    """How often the public page is served, and what a first visit loads."""
    from tests.bench._rush import Kept, at, open_loop

    path = f"/a/{activity.code}/"
    head = (house.get(path) + "Accept-Encoding: gzip\r\n\r\n").encode()
    await house.ask(house.get(path))
    kept = [Kept(house) for _client in range(CLIENTS)]
    answers, until = [], time.perf_counter() + 4
    began = time.perf_counter()

    async def reader(one: Any) -> None:
        while time.perf_counter() < until:
            answers.append(await one.ask(head))

    await asyncio.gather(*(reader(one) for one in kept))
    spent = time.perf_counter() - began
    good = all(answer.status == 200 for answer in answers)
    _say(
        f"activity page, {CLIENTS} readers",
        f"{len(answers) / spent:,.0f}/s, p95 {at(answers, 0.95) * 1000:.0f} ms{'' if good else ', ERRORS'}",
    )
    free = list(kept)

    async def job(due: float) -> Any:
        one = free.pop() if free else Kept(house)
        try:
            return await one.ask(head, due=due)
        finally:
            free.append(one)

    answers = await open_loop(500, [job] * 2000)
    _say("activity page, 500/s offered", f"p99 {at(answers, 0.99) * 1000:.0f} ms")
    for one in {*free, *kept}:
        one.close()
    requests, size = await _first_visit(house, path)
    _say(
        "first visit of the activity page, pictures apart",
        f"{size / 1000:.1f} kB compressed, heads included, in {requests} requests",
    )


async def _first_visit(house: Any, path: str) -> tuple[int, int]:
    """Everything the page names that a browser loads by itself."""
    head = "Accept-Encoding: gzip, br\r\n"
    page = await house.ask(house.get(path) + head)
    text = gzip.decompress(page.text).decode() if page.text[:2] == b"\x1f\x8b" else page.text.decode()
    sheets = re.findall(r'<link[^>]+rel="(?:stylesheet|icon|manifest|modulepreload)"[^>]*href="([^"]+)"', text)
    named = {*sheets, *re.findall(r'<script[^>]+src="([^"]+)"', text)}
    loaded = [await house.ask(house.get(name) + head) for name in sorted(named) if not name.startswith("data:")]
    assert all(one.status == 200 for one in loaded), [one.status for one in loaded]
    return 1 + len(loaded), page.size + sum(one.size for one in loaded)


def _fields(key: str, number: int) -> dict[str, str]:
    return {"key": key, "name": f"访客{number}", "phone": f"139{number:08d}"}


def _address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


async def _key(house: Any, activity: Any) -> str:
    page = await house.ask(house.get(f"/a/{activity.code}/"))
    return re.search(r'name="key" value="([^"]+)"', page.text.decode())[1]  # type: ignore[index]


async def _whole(house: Any, activity: Any, people: int) -> None:
    """Page, press, the private page that answers: a whole sign-up."""
    from tests.bench._rush import Answer, at, closed_loop

    path = f"/a/{activity.code}/"

    async def one(number: int) -> Answer:
        began = time.perf_counter()
        page = await house.ask(house.get(path))
        key = re.search(r'name="key" value="([^"]+)"', page.text.decode())[1]  # type: ignore[index]
        pressed = await house.ask(*house.post(f"{path}sign-up/", _address(number), _fields(key, number)))
        private = await house.ask(house.get(pressed.location or "/nowhere/"))
        return Answer(private.status, pressed.location, time.perf_counter() - began, 0)

    answers, spent = await closed_loop(CLIENTS, [lambda n=n: one(n) for n in range(people)])
    bad = sum(answer.status != 200 for answer in answers)
    _say(
        f"whole sign-up (3 requests), {CLIENTS} at a time",
        f"{people / spent:,.0f}/s, p95 {at(answers, 0.95):.2f} s, errors {bad}",
    )


def _clicks(house: Any, activity: Any, key: str, numbers: range) -> list[tuple[int, Callable[[float], Any]]]:
    """Everybody's clicks: (whose, what)."""
    found = []
    for number in numbers:
        head, body = house.post(f"/a/{activity.code}/sign-up/", _address(number), _fields(key, number))
        found += [(number, lambda due, head=head, body=body: house.ask(head, body, due=due))] * CLICKS
    return found


async def _stampede(house: Any, activity: Any, people: int) -> None:
    """Everybody within ten seconds, each click three times."""
    import random

    from tests.bench._rush import at, open_loop

    key = await _key(house, activity)
    clicks = _clicks(house, activity, key, range(10_000, 10_000 + people))
    random.Random(3).shuffle(clicks)
    began = time.perf_counter()
    answers = await open_loop(len(clicks) / SPREAD, [job for _whose, job in clicks])
    spent = time.perf_counter() - began
    first: dict[int, float] = {}
    links: dict[int, set[str]] = {}
    for (whose, _job), answer in zip(clicks, answers, strict=True):
        if answer.status == 303:
            links.setdefault(whose, set()).add(answer.location)
            first[whose] = min(first.get(whose, 99.0), answer.took)
    bad = sum(answer.status != 303 for answer in answers)
    different = sum(len(found) > 1 for found in links.values())
    _say(
        f"stampede: {people:,} people × {CLICKS} clicks for {SEATS} seats",
        f"all {len(answers):,} answered in {spent:.1f} s",
    )
    _say("  answers that are no answer (errors, refusals, silence)", f"{bad}")
    _say("  people without any answer / with two different ones", f"{people - len(links)} / {different}")
    _say(
        "  known to everybody",
        f"within {max(first.values(), default=0):.1f} s of her click, p50 {at(answers, 0.5):.1f} s, p99 {at(answers, 0.99):.1f} s",
    )
    for line in await _database(_outcome, activity, people):
        _say(*line)


def _outcome(activity: Any, people: int) -> list[tuple[str, str]]:
    """What stands in the database."""
    from jinguo.activities.models import SeatPool, SignUp

    rows = list(
        SignUp.objects.filter(pool__session__activity=activity)
        .order_by("order")
        .values_list("order", "state", "decided_at")
    )
    confirmed = sum(state == "confirmed" for _order, state, _at in rows)
    whole = [order for order, _state, _at in rows] == list(range(1, people + 1))
    first = all(state == "confirmed" for order, state, _at in rows if order <= SEATS)
    instants = [at for _order, _state, at in rows]
    decided = len(rows) / max((max(instants) - min(instants)).total_seconds(), 0.001)
    pool = SeatPool.objects.get(session__activity=activity)
    return [
        ("  confirmed / waiting", f"{confirmed} / {len(rows) - confirmed} (counters {pool.taken} / {pool.waiting})"),
        ("  order numbers 1…n without a gap; the first 300 are the 300 confirmed", f"{whole and first}"),
        ("  decided", f"{decided:,.0f}/s"),
    ]


async def _offered(house: Any, activity: Any, people: int) -> None:
    """A steady rush that does not wait for answers."""
    from tests.bench._rush import at, open_loop

    key = await _key(house, activity)
    clicks = _clicks(house, activity, key, range(100_000, 100_000 + people // CLICKS + 1))
    answers = await open_loop(OFFERED, [job for _whose, job in clicks])
    bad = sum(answer.status != 303 for answer in answers)
    _say(
        f"{OFFERED} POST/s offered, open loop, {len(clicks):,} clicks",
        f"p50 {at(answers, 0.5) * 1000:.0f} ms, p99 {at(answers, 0.99) * 1000:.0f} ms, errors {bad}",
    )
    one_each = [clicks[n] for n in range(0, len(clicks), CLICKS)]
    fresh = _clicks(house, activity, key, range(200_000, 200_000 + len(one_each) * 2))[::CLICKS]
    answers = await open_loop(OFFERED, [job for _whose, job in fresh])
    bad = sum(answer.status != 303 for answer in answers)
    _say(
        f"{OFFERED} different people a second offered, {len(fresh):,} people",
        f"p50 {at(answers, 0.5) * 1000:.0f} ms, p99 {at(answers, 0.99) * 1000:.0f} ms, errors {bad}",
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinguo.config.settings")
    threading.stack_size(512 * 1024)
    main()
