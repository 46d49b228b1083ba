"""A worker killed with -9 while it posts into groups: nothing lost, at most one repeat, and the row says so."""

import re
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest

from jinguo.lib import clock
from jinguo.messages import actions
from jinguo.messages.faults import REPEATED
from jinguo.messages.models import Delivery, OutMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def send() -> None:
    """What each process does, once leases and waits of the dead have run out."""
    long_ago = clock.now() - timedelta(minutes=10)
    OutMessage.objects.exclude(lease_until=None).update(lease_until=long_ago)
    OutMessage.objects.update(next_at=long_ago)
    actions.send_waiting(most=1)


def check() -> None:
    """Between the deaths nothing is to be seen but known states."""
    assert set(OutMessage.objects.values_list("state", flat=True)) <= set(Delivery.values)
    assert all(repeats <= 1 for repeats in OutMessage.objects.values_list("repeats", flat=True))


def test_killed_before_each_statement(office, cast, endpoint, child_environment):
    robot = actions.add_robot(
        office, kind="wecom", name="群", url=f"{endpoint.url}/hook", secret="", by=cast.users["officer"]
    )
    rows = [
        actions.post_to_group(robot, key=f"k{n}", text=f"第{n}条", about=("campaign", "abcdefghjkmn"))
        for n in range(14)
    ]
    me = __name__
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", f"{me}:send", f"{me}:check"],
        env={**child_environment, "JINGUO_MAIL": "smtp"}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) deaths", done.stdout).group(1)) >= 6
    for _ in range(3 * len(rows)):
        send()
    came = Counter(request.json["text"]["content"] for request in endpoint.requests)
    for number, row in enumerate(rows):
        row.refresh_from_db()
        assert row.state == Delivery.SENT, (row.state, row.failure)
        assert 1 <= came[f"第{number}条"] <= 1 + row.repeats
        assert (row.failure == REPEATED) == (row.repeats == 1)
