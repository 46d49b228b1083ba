"""A real HTTP server on loopback that stands for a group robot or an SMS gateway: it keeps every request as it came, and can
answer what it is told, or take a request and cut the line before it answers.
"""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        """The body as JSON."""
        return json.loads(self.body)


class Endpoint:
    """What the server does; its methods change that for everything that comes afterwards."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.status, self.answer, self.cuts = 200, b'{"errcode":0,"errmsg":"ok"}', 0
        house = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                house.requests.append(Request(self.command, parts.path, query, dict(self.headers), body))
                if house.cuts:
                    house.cuts -= 1
                    self.close_connection = True
                    return
                self.send_response(house.status)
                self.send_header("Content-Length", str(len(house.answer)))
                self.end_headers()
                self.wfile.write(house.answer)

            do_GET = do_POST = answer

            def log_message(self, *_words: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def say(self, answer: dict | str, status: int = 200) -> None:
        """From now on answer this."""
        self.status = status
        self.answer = (answer if isinstance(answer, str) else json.dumps(answer)).encode()

    def stop(self) -> None:
        """Listen no more: connecting fails."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A fresh endpoint that says ok."""
    served = Endpoint()
    yield served
    served.stop()
