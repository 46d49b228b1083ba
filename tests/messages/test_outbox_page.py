"""The outbox page: what did not leave says why, and goes again on a person's word."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinguo.journal.actions import System
from jinguo.messages.actions import forget_messages
from jinguo.messages.models import Delivery, OutMessage

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: str) -> str:
    answer = client.get("/desk/outbox/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def officer(cast) -> Client:
    client = Client()
    client.force_login(cast.users["officer"])
    return client


def test_an_empty_outbox_says_what_will_be_here(officer):
    assert "这里还没有信" in page(officer)


def test_what_did_not_leave_says_why_and_goes_again(officer, queue):
    row = queue()
    OutMessage.objects.filter(pk=row.pk).update(state=Delivery.ASIDE, attempts=5, failure="550 5.1.1 no such mailbox")
    shown = page(officer)
    for words in ("没发出去", "550 5.1.1 no such mailbox", "edu@example.org", f"/desk/outbox/{row.code}/retry/"):
        assert words in shown, words
    answers = [officer.post(f"/desk/outbox/{row.code}/retry/").status_code for _ in range(2)]
    assert answers == [302, 302], "the second click is the first one's"
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.WAITING, 0)


def test_states_are_a_click_apart(officer, queue):
    sent, aside = queue(subject="第一封"), queue(subject="第二封")
    OutMessage.objects.filter(pk=sent.pk).update(state=Delivery.SENT)
    OutMessage.objects.filter(pk=aside.pk).update(state=Delivery.ASIDE)
    assert "已发出 1" in page(officer)
    shown = page(officer, state="aside")
    assert "第二封" in shown
    assert "第一封" not in shown
    assert "第一封" in page(officer, state="nonsense", page="x")


def test_everything_set_aside_goes_again_at_once(officer, queue):
    for _ in range(3):
        queue()
    OutMessage.objects.update(state=Delivery.ASIDE)
    assert "没发出去的 3 封都重发" in page(officer)
    for _ in range(2):
        assert officer.post("/desk/outbox/retry/").status_code == 302
    assert set(OutMessage.objects.values_list("state", flat=True)) == {Delivery.WAITING}


@pytest.mark.parametrize(
    ("who", "status"), [("d.officer", 404), ("leader", 403), ("liaison", 403), ("county_officer", 404)]
)
def test_nobody_else_sees_or_sends(cast, queue, who, status):
    row = queue()
    OutMessage.objects.filter(pk=row.pk).update(state=Delivery.ASIDE)
    client = Client()
    client.force_login(cast.users[who])
    answer = client.get("/desk/outbox/")
    assert answer.status_code == 403 or "edu@example.org" not in answer.content.decode()
    assert client.post(f"/desk/outbox/{row.code}/retry/").status_code == status
    client.post("/desk/outbox/retry/")
    row.refresh_from_db()
    assert row.state == Delivery.ASIDE


def test_the_page_takes_a_fixed_number_of_queries(officer, queue):
    counted = []
    for number in (1, 2):
        for _ in range(number):
            queue()
        with CaptureQueriesContext(connection) as queries:
            page(officer)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 12


def test_a_guests_number_is_masked_and_a_forgotten_letter_says_so(officer, queue):
    """An officer who needs the whole number looks it up in the list of names, where that is written down."""
    guests, forgotten = queue(to="13900001234", channel="sms"), queue(to="anna@example.org")
    OutMessage.objects.filter(pk__in=[guests.pk, forgotten.pk]).update(about_kind="sign_up", about_code="g2")
    shown = page(officer)
    assert (
        "13900001234" not in shown and "139****1234" in shown and "anna@" not in shown and "a***@example.org" in shown
    )
    assert forget_messages(("sign_up", "g2"), by=System("retention")) == 2
    assert forget_messages(("sign_up", "g2"), by=System("retention")) == 0
    shown = page(officer)
    assert "****" not in shown and "到期，已删除" in shown and "/retry/" not in shown
