"""Web or worker killed with −9 in the middle of a stampede: whoever was told yes is on the list afterwards, once, in order."""

import asyncio
import random
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from jinguo.activities.models import SeatPool, SignUp
from jinguo.federation.models import Link
from jinguo.lib.crypto import hash_secret
from jinguo.messages.models import OutMessage
from tests.activities.stage import phone, published
from tests.bench._rush import Answer, open_loop
from tests.bench._rush import House as Crowd
from tests.journeys.house import House

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SEATS, PEOPLE, CLICKS, A_SECOND, DEATHS = 20, 120, 3, 30, 5


def key_of(house: House, path: str) -> str:
    """What the form on a page sends along; asked before the house dies."""
    with urllib.request.urlopen(house.url + path, timeout=60) as page:
        return re.search(r'name="key" value="([^"]+)"', page.read().decode())[1]


def rush(house: House, path: str, key: str) -> list[tuple[int, Answer]]:
    """Everybody three times while the house dies and comes back; whose press, and its answer (status 0: none)."""
    crowd = Crowd(house.port)

    async def go() -> list[tuple[int, Answer]]:
        whose = [n for n in range(PEOPLE) for _click in range(CLICKS)]
        random.Random(4).shuffle(whose)
        jobs = []
        for n in whose:
            fields = {"key": key, "name": f"访客{n}", "phone": phone(n), "email": f"g{n}@example.org"}
            head, body = crowd.post(f"{path}sign-up/", "127.0.0.1", fields)
            jobs.append(lambda due, head=head, body=body: crowd.ask(head, body, due=due))
        return list(zip(whose, await open_loop(A_SECOND, jobs), strict=True))

    # A thread of its own: in this one another test's browser may keep a loop running.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, go()).result()


def dies(process, stop: Event, start_again) -> None:
    """Kill and start again, at moments nobody chose."""
    chance = random.Random(9)
    for _death in range(DEATHS):
        if stop.wait(chance.uniform(0.5, 2.0)):
            return
        process.kill()
        start_again()


@pytest.mark.parametrize("victim", ["web", "worker"])
def test_every_acknowledged_sign_up_is_there_afterwards(house, cast, smtp, victim):
    activity = published(cast, seats=SEATS)
    SeatPool.objects.update(waiting_cap=PEOPLE)
    path = f"/a/{activity.code}/"
    key = key_of(house, path)
    stop, process = Event(), getattr(house, victim)
    killer = Thread(target=dies, args=(process, stop, house.open_web if victim == "web" else process.start))
    killer.start()
    try:
        answers = rush(house, path, key)
    finally:
        stop.set()
        killer.join(timeout=60)
    told: dict[int, set[str]] = {}
    for number, answer in answers:
        assert answer.status in (0, 303), f"{answer.status}: {answer.text[:200]!r}"
        if answer.status == 303:
            told.setdefault(number, set()).add(answer.location.strip("/").split("/")[-1])
    assert told, "somebody was answered"
    rows = {row.name: row for row in SignUp.objects.filter(activity=activity)}
    for number, secrets in told.items():
        assert len(secrets) == 1, "one durable answer a person"
        link = Link.objects.get(secret_hash=hash_secret(secrets.pop()))
        assert link.object_code == rows[f"访客{number}"].code
    standing = sorted(rows.values(), key=lambda row: row.order)
    assert [row.order for row in standing] == list(range(1, len(rows) + 1))
    assert [row.state for row in standing[:SEATS]] == ["confirmed"] * min(SEATS, len(rows))
    assert all(row.state == "waiting" for row in standing[SEATS:])
    pool = SeatPool.objects.get()
    assert (pool.taken, pool.waiting, pool.drawn) == (min(SEATS, len(rows)), max(0, len(rows) - SEATS), len(rows))
    keys = list(OutMessage.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == len(rows), "each is told once"
    if victim == "worker":
        assert len(told) == PEOPLE, "a dead worker keeps nobody from signing up"
