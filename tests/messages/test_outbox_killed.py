"""A worker killed with -9 while it sends: no letter is lost, none is sent twice by itself."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest

from jinguo.lib import clock
from jinguo.messages.actions import send_waiting
from jinguo.messages.models import Delivery, OutMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def send() -> None:
    """What each process does, once the leases of the dead have run out."""
    long_ago = clock.now() - timedelta(minutes=10)
    rows = OutMessage.objects.exclude(lease_until=None)
    rows.update(lease_until=long_ago)
    send_waiting(most=1)


def check() -> None:
    """Between the deaths nothing is to be seen but known states."""
    assert set(OutMessage.objects.values_list("state", flat=True)) <= set(Delivery.values)


def test_killed_before_each_statement(queue, smtp, child_environment):
    rows = [queue(to=f"unit{number}@example.org") for number in range(12)]
    me = __name__
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", f"{me}:send", f"{me}:check"],
        env={**child_environment, "JINGUO_MAIL": "smtp"}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) deaths", done.stdout).group(1)) >= 6
    for _ in range(len(rows) + 1):
        send()
    arrived = [mail.recipients[0] for mail in smtp.deliveries]
    assert len(arrived) == len(set(arrived)), "sent twice"
    for row in rows:
        row.refresh_from_db()
        assert row.state in (Delivery.SENT, Delivery.UNKNOWN), "neither lost nor left waiting"
        if row.state == Delivery.SENT:
            assert row.to in arrived
    assert sum(row.state == Delivery.UNKNOWN for row in rows) >= 1, (
        "a death between hand-over and answer was among them"
    )
