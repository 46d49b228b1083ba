"""One button pressed twice, in two requests that have both read before either writes: both browsers land on a good page."""

import contextlib
import threading

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from jinguo.activities import formkey
from jinguo.activities.models import SignUp
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from tests.activities import stage
from tests.presses.world import World

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 1  # seconds for the other to come; then it is behind, and its turn comes
FROM_HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def meet(monkeypatch):
    """Who is about to write for the first time waits until the other is, too."""
    enter, both, came = transaction.Atomic.__enter__, threading.Barrier(2), threading.local()

    def first_write(self: transaction.Atomic) -> None:
        if getattr(came, "presses", False):
            came.presses = False
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(timeout=WAIT)
        enter(self)

    monkeypatch.setattr(transaction.Atomic, "__enter__", first_write)

    def press(who, address, data):
        browsers, answers = [Client(raise_request_exception=False) for _ in range(2)], [None, None]
        for browser in browsers:
            if who is not None:
                browser.force_login(who)

        def go(n):
            came.presses = True
            try:
                answers[n] = browsers[n].post(address, data, headers=FROM_HERE)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=go, args=(n,)) for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        for browser, answer in zip(browsers, answers, strict=True):
            assert answer is not None and answer.status_code in (302, 303), answer and answer.content.decode()[-3000:]
            assert browser.get(answer["Location"]).status_code == 200
        return answers

    return press


@pytest.fixture
def world(cast):
    return World(cast)


def lines(action):
    return Entry.objects.filter(action=action).count()


def test_splitting(meet, world):
    item = world.item(kind="own_event")
    meet(world.officer, reverse("notices:item_split", args=[world.notice.code, item.code]), {"names": "揭牌\n联谊"})
    made = world.notice.items.standing().filter(came_from=item).order_by("position")
    assert [row.title for row in made] == ["揭牌", "联谊"]


def test_signing_for_a_notice(meet, world):
    address = reverse("campaigns:received_sign", args=[world.copy().code])
    meet(world.liaison, address, {"signer": "信息员"})
    assert lines("circulation.sign") == 1


def test_issuing(meet, world):
    meet(world.officer, reverse("campaigns:issue", args=[world.draft.code]), {})
    units = list(world.draft.circulations.values_list("unit", flat=True))
    assert lines("campaign.issue") == 1 and units and len(units) == len(set(units))


def test_sending_a_report(meet, world):
    duty = world.issued.obligations["c.a"]
    data = {"token": ids.new_code(), "title": "读书会", "held_on": clock.today().isoformat()}
    meet(None, f"/l/{world.link.secret}/reports/new/", data)
    assert lines("return.send") == 1 and duty.given.count() == 1


def test_accepting(meet, world):
    meet(world.officer, reverse("reports:accept", args=[world.given().code]), {"number": "1"})
    assert lines("return.accept") == 1


def test_sending_back(meet, world):
    address = reverse("reports:send_back", args=[world.given().code])
    meet(world.officer, address, {"number": "1", "note-title": "写全称"})
    assert lines("return.send_back") == 1


def test_signing_a_summary_off(meet, world):
    address = reverse("reports:approve", args=[world.summary(submitted=True).code])
    meet(world.user("leader"), address, {})
    assert lines("summary.approve") == 1


def test_signing_up_with_one_telephone(meet, world):
    activity = world.activity
    data = {"name": "赵秀兰", "phone": stage.phone(1), "key": formkey.make_key(activity.code)}
    first, second = meet(None, f"/a/{activity.code}/sign-up/", data)
    assert first["Location"] == second["Location"] and SignUp.objects.count() == 1
