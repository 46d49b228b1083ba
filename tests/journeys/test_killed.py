"""Web or worker killed with −9 in the middle of each step: whoever was told yes finds it done, once, after the restart.

The client does what a person does: she sees no answer, reloads, and presses again.
"""

import http.cookiejar
import random
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import lxml.html
import pytest

from jinguo.campaigns.models import Circulation
from jinguo.federation.actions.links import make_link
from jinguo.federation.models.link import Purpose
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.messages.models import Delivery, OutMessage
from tests.issued import issue
from tests.journeys.house import House, until
from tests.world import BY

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KILLS = 4  # a step; each at another moment


class Client:
    """A browser without scripts: follows redirects, keeps cookies, sends the forms it finds."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.url, path)))

    def send(self, path: str, action: str, **fields: str) -> str:
        """Load a page, fill the form whose address ends so, send it. Raises OSError when the house does not answer."""
        document = lxml.html.fromstring(self.get(path), base_url=urllib.parse.urljoin(self.url, path))
        document.make_links_absolute()
        form = next(form for form in document.forms if (form.action or "").split("?")[0].endswith(action))
        values = dict(form.form_values()) | fields
        body = urllib.parse.urlencode(values).encode()
        return self._ask(urllib.request.Request(form.action, body, {"Origin": self.url}))

    def _ask(self, request: urllib.request.Request) -> str:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                raise OSError(f"{error.code}") from error
            return str(error.read().decode())


def pressed_again_and_again(house: House, press: Callable[[], Any]) -> None:
    """Press, kill the web server somewhere in the middle, restart, press again; at the end one press without a kill."""
    chance = random.Random(8)
    for _ in range(KILLS):
        pressing = Thread(target=_quietly, args=(press,))
        pressing.start()
        pressing.join(timeout=chance.uniform(0.01, 0.25))
        house.web.kill()
        pressing.join()
        house.open_web()
    press()


def _quietly(press: Callable[[], Any]) -> None:
    try:
        press()
    except OSError:
        return  # the answer was lost with the server: she will press again


def unit_link(campaign: Any, unit: Any) -> str:
    copy = Circulation.objects.get(campaign=campaign, unit=unit)
    expires = clock.now() + timedelta(days=9)
    _link, secret = make_link(Purpose.UNIT, unit=unit, kind="circulation", code=copy.code, expires_at=expires, by=BY)
    return f"/l/{secret}/"


def test_signing_for_a_notice(house: House, cast: Any) -> None:
    campaign, unit = issue(cast), cast.units["c.edu"]
    path, client = unit_link(campaign, unit), Client(house.url)
    pressed_again_and_again(house, lambda: _sign(client, path))
    copy = Circulation.objects.get(campaign=campaign, unit=unit)
    assert copy.signer == "信息员"
    assert Entry.objects.filter(action="circulation.sign", object_code=copy.code).count() == 1


def _sign(client: Client, path: str) -> None:
    if "已签收" not in client.get(path):
        client.send(path, "/sign/", signer="信息员")


def test_a_worker_killed_while_it_sends(house: House, cast: Any, smtp: Any) -> None:
    campaign = issue(cast)
    chance = random.Random(5)
    for _ in range(KILLS * 2):
        house.worker.kill()
        house.worker.start()
        Event().wait(chance.uniform(0.2, 1.6))
    until(
        lambda: not Circulation.objects.filter(campaign=campaign, queued_at=None, undeliverable_at=None).exists(),
        "all are queued",
    )
    OutMessage.objects.filter(state=Delivery.WAITING).update(lease_until=clock.now() - timedelta(minutes=1))
    until(lambda: not OutMessage.objects.filter(state=Delivery.WAITING).exists(), "nothing waits any more")
    assert OutMessage.objects.count() == OutMessage.objects.values("key").distinct().count()
    letters = [delivery.message["Message-ID"] for delivery in smtp.deliveries]
    assert len(letters) == len(set(letters)), "no letter went out twice by itself"
    sent = set(OutMessage.objects.filter(state=Delivery.SENT).values_list("message_id", flat=True))
    doubtful = set(OutMessage.objects.filter(state=Delivery.UNKNOWN).values_list("message_id", flat=True))
    assert sent <= set(letters), "what we call sent did arrive"
    assert set(letters) <= sent | doubtful, "what arrived is called sent, or left to a person"
    assert len(sent | doubtful) == OutMessage.objects.count(), "none is lost"
