"""A browser without scripts and without a window: follows redirects, keeps cookies, fills the forms it finds.

What it holds back is the answer of a server that dies: then it raises OSError, as the person sees an error page.
"""

import http.client
import http.cookiejar
import random
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import Any

import lxml.html

from tests.journeys.house import House
from tests.world import PASSWORD

File = tuple[str, str, bytes]  # name, media type, content


@dataclass(frozen=True)
class Filled:
    """A form filled in once. Sending it again is pressing the same button again: same words, same key."""

    address: str
    body: bytes
    media_type: str


class Client:
    """One person's browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.at = url

    def signs_in(self, name: str) -> "Client":
        self.press(self.fill("/sign-in/", username=name, password=PASSWORD))
        return self

    def get(self, path: str) -> str:
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.url, path)))

    def page(self, path: str) -> lxml.html.HtmlElement:
        """A page whose links are whole addresses."""
        document = lxml.html.fromstring(self.get(path))
        document.make_links_absolute(self.at)
        return document

    def fill(self, path: str, action: str = "", **fields: str | File) -> Filled:
        """Load a page and fill one of its forms: whose address ends so, and which agrees with most of these fields.

        A button that has a name is a field too: give its value.
        """
        forms = [form for form in self.page(path).forms if form.method == "POST"]
        wanted = [form for form in forms if (form.action or self.at).split("?")[0].endswith(action)]
        assert wanted, f"{path} has no form for {action}: {[form.action for form in forms]}"
        form = max(wanted, key=lambda form: _agreement(form, fields))
        values: dict[str, Any] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        values |= {name: [value] for name, value in fields.items()}
        boundary = uuid.uuid4().hex
        parts = b"".join(_part(boundary, name, one) for name, many in values.items() for one in many)
        body = parts + f"--{boundary}--\r\n".encode()
        return Filled(form.action or self.at, body, f"multipart/form-data; boundary={boundary}")

    def press(self, form: Filled) -> str:
        """Send it. Raises OSError when the house does not answer, or answers with 500 and above."""
        headers = {"Origin": self.url, "Content-Type": form.media_type}
        return self._ask(urllib.request.Request(form.address, form.body, headers))

    def _ask(self, request: urllib.request.Request) -> str:
        try:
            return self._answer(request)
        except http.client.HTTPException as cut:  # the server died with half a page sent
            raise OSError(str(cut)) from cut

    def _answer(self, request: urllib.request.Request) -> str:
        try:
            with self.opener.open(request, timeout=60) as answer:
                self.at = answer.url
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                raise OSError(f"{error.code}") from error
            return str(error.read().decode())


def _agreement(form: Any, fields: dict[str, Any]) -> int:
    """How many of these fields the form has, and how many with this very value already."""
    return len(fields.keys() & {field.name for field in form.inputs}) + len(
        fields.items() & dict(form.form_values()).items()
    )


def _part(boundary: str, name: str, value: str | File) -> bytes:
    filename, media_type, content = ("", "", value.encode()) if isinstance(value, str) else value
    named = f'; filename="{filename}"' if filename else ""
    kind = f"Content-Type: {media_type}\r\n" if filename else ""
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n{kind}\r\n'
    return head.encode() + content + b"\r\n"


CHANCE = random.Random(8)  # one for all steps, so that each is cut at other moments


def pressed_again_and_again(house: House, press: Callable[[], Any], kills: int = 2) -> Any:
    """Press, kill the web server somewhere in the middle, restart, press again; at the end one press without a kill."""
    for _ in range(kills):
        pressing = Thread(target=_quietly, args=(press,))
        pressing.start()
        pressing.join(timeout=CHANCE.uniform(0.01, 0.25))
        house.web.kill()
        pressing.join()
        house.open_web()
    return press()


def _quietly(press: Callable[[], Any]) -> None:
    with suppress(OSError):  # the answer was lost with the server: she will press again
        press()
