"""A crowd in one process: many people's requests over real sockets, each answer timed from the moment it was meant to be sent.

Standard library only. Loopback only. It shares the machine's cores with the server, as the figures say.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode

PATIENCE = 60.0  # seconds a person waits for an answer before she counts as without one


@dataclass(frozen=True)
class Answer:
    """What came back. `status` 0: nothing came; `took` in seconds, from the intended start."""

    status: int
    location: str
    took: float
    size: int
    text: bytes = b""


@dataclass(frozen=True)
class House:
    """Where the server listens."""

    port: int

    async def ask(self, head: str, body: bytes = b"", *, due: float | None = None) -> Answer:
        """One request on a connection of its own."""
        began = time.perf_counter() if due is None else due
        loop = asyncio.get_running_loop()
        call = _Call(f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body, loop)
        patience = loop.call_later(PATIENCE, call.give_up)
        try:
            async with asyncio.timeout(PATIENCE):
                await loop.create_connection(lambda: call, "127.0.0.1", self.port)
            raw = await call.heard
        except OSError:
            return Answer(0, "", time.perf_counter() - began, 0)
        finally:
            patience.cancel()
        return _answer(raw, time.perf_counter() - began)

    def get(self, path: str, **more: str) -> str:
        """The head of a page request."""
        return self._head("GET", path, more)

    def post(self, path: str, address: str, fields: dict[str, str]) -> tuple[str, bytes]:
        """The head and body of a form sent by somebody at this address behind our proxy."""
        more = {"X-Forwarded-For": address, "Content-Type": "application/x-www-form-urlencoded"}
        return self._head("POST", path, more), urlencode(fields).encode()

    def _head(self, method: str, path: str, more: dict[str, str]) -> str:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *(f"{k}: {v}" for k, v in more.items())]
        return "\r\n".join([*lines, ""])


class _Call(asyncio.Protocol):
    """One question on one connection; what was said until it closed. Leaner than asyncio's streams: the crowd shall not eat the
    cores the server needs."""

    def __init__(self, question: bytes, loop: asyncio.AbstractEventLoop) -> None:
        self.question, self.heard = question, loop.create_future()
        self.parts: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self.question)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.parts.append(data)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.heard.done():
            self.heard.set_result(b"".join(self.parts))

    def give_up(self) -> None:
        """She has waited too long; what came until now is no answer."""
        if not self.heard.done():
            self.heard.set_result(b"")
        if hasattr(self, "transport"):
            self.transport.close()


def _answer(raw: bytes, took: float) -> Answer:
    head, _gap, text = raw.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1."):
        return Answer(0, "", took, len(raw))
    lines = head.decode("latin-1").split("\r\n")
    found = [line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("location:")]
    return Answer(int(lines[0].split()[1]), found[0] if found else "", took, len(raw), text)


async def open_loop(rate: float, jobs: list[Callable[[float], Awaitable[Answer]]], seed: int = 1) -> list[Answer]:
    """Start each job at its random moment, so many a second on average, whether or not earlier ones were answered."""
    chance, start = random.Random(seed), time.perf_counter() + 0.2
    tasks, due = [], start
    for job in jobs:
        due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(job(due)))
    return list(await asyncio.gather(*tasks))


async def closed_loop(clients: int, jobs: list[Callable[[], Awaitable[Answer]]]) -> tuple[list[Answer], float]:
    """So many people at a time, each beginning when another has finished; the answers and how long it all took."""
    answers: list[Answer] = []
    waiting = iter(jobs)

    async def one() -> None:
        for job in waiting:
            answers.append(await job())

    began = time.perf_counter()
    await asyncio.gather(*(one() for _client in range(clients)))
    return answers, time.perf_counter() - began


class Kept:
    """A connection that stays open: for pages asked again and again."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, head: bytes, *, due: float | None = None) -> Answer:
        began = time.perf_counter() if due is None else due
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.house.port, limit=2**20)
        assert self.reader is not None
        self.writer.write(head)
        top = await self.reader.readuntil(b"\r\n\r\n")
        lowered = top.lower()
        start = lowered.find(b"content-length:")
        length = int(lowered[start + 15 : lowered.index(b"\r", start)]) if start >= 0 else 0
        if length:
            await self.reader.readexactly(length)
        return Answer(int(top[9:12]), "", time.perf_counter() - began, len(top) + length)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


def at(answers: list[Answer], share: float) -> float:
    """The time within which this share of the answers came."""
    times = sorted(answer.took for answer in answers)
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0
