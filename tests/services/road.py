"""A road to the test's house that can be cut: what the browser calls an outage may leak after a reload, this does not."""

import contextlib
import socket
from collections.abc import Iterator
from threading import Lock, Thread
from urllib.parse import urlsplit

import pytest

CHUNK = 65536  # bytes


class Road:
    """Passes every connection on to the house. Cut, it ends those there are and every new one at once.

    Attributes:
        url: where the house is found at this end.
    """

    def __init__(self, house: str) -> None:
        there = urlsplit(house)
        self._house = (there.hostname, there.port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        self._open, self._under_way, self._lock = True, set[socket.socket](), Lock()
        Thread(target=self._receive, name="road", daemon=True).start()

    def cut(self) -> None:
        """Nothing gets through any more."""
        with self._lock:
            self._open = False
            for end in self._under_way:
                _shut(end)

    def mend(self) -> None:
        """What comes now gets through again."""
        with self._lock:
            self._open = True

    def close(self) -> None:
        """Cut for good; the waiting thread ends."""
        self.cut()
        _shut(self._door)
        self._door.close()

    def _receive(self) -> None:
        while True:
            try:
                near, _whose = self._door.accept()
            except OSError:
                return
            Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        """One connection, both ways, until either end has enough."""
        with near, contextlib.suppress(OSError):
            with self._lock:
                if not self._open:
                    return
                self._under_way.add(near)
            try:
                with socket.create_connection(self._house) as far:
                    back = Thread(target=_pour, args=(far, near), daemon=True)
                    back.start()
                    _pour(near, far)
                    back.join()
            finally:
                with self._lock:
                    self._under_way.discard(near)


def _pour(source: socket.socket, into: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while words := source.recv(CHUNK):
            into.sendall(words)
    _shut(source)
    _shut(into)


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def road(live_server) -> Iterator[Road]:
    """The way to the live server, whole until the test cuts it."""
    way = Road(live_server.url)
    yield way
    way.close()
