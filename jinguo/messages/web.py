"""One HTTP request to the outside, with the moment of hand-over marked: before it a failure is certain, after it only the
answer is. Redirects are not followed; an answer is read up to `MOST`.
"""

import http.client
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from jinguo.messages.faults import NotSent, Uncertain

TIMEOUT = 20  # seconds for each step
MOST = 65_536  # bytes of an answer
BUSY = 429


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    text: str


def ask(url: str, body: bytes | None, headers: Mapping[str, str], at_hand_over: Callable[[], None]) -> Answer:
    """POST a body, or GET without one.

    Args:
        at_hand_over: called once, after the connection stands and before the first byte of the request.

    Raises:
        NotSent: it certainly did not leave.
        Uncertain: it may have been taken.
    """
    connection = _connected(url)
    try:
        at_hand_over()
        try:
            parts = urlsplit(url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET" if body is None else "POST", target, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(MOST).decode("utf-8", "replace"))
        except (OSError, http.client.HTTPException) as error:
            raise Uncertain((str(error) or type(error).__name__)[:280]) from error
    finally:
        connection.close()


def _connected(url: str) -> http.client.HTTPConnection:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if parts.scheme == "https":
            context = ssl.create_default_context()
            made: http.client.HTTPConnection = http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=context)
        elif parts.scheme == "http" and host:
            made = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        else:
            raise NotSent("地址不是 http(s) / the address is not http(s)", final=True)
        made.connect()
    except ValueError as error:
        raise NotSent(f"地址写错了 / the address is malformed: {error}"[:280], final=True) from error
    except (OSError, http.client.HTTPException) as error:
        raise NotSent((str(error) or type(error).__name__)[:280]) from error
    return made


def expect_taken(answer: Answer) -> None:
    """Go on after a 2xx answer; a busy or broken server is tried again, a refusal is final.

    Raises:
        NotSent: any other answer.
    """
    if 200 <= answer.status < 300:
        return
    again = answer.status == BUSY or answer.status >= 500
    raise NotSent(f"HTTP {answer.status} {answer.text.strip()[:200]}", final=not again)
