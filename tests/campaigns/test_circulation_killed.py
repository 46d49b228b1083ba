"""A worker killed with -9 before any statement of its sending loses and doubles nothing."""

import re
import subprocess
import sys

import pytest

from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.models import Circulation
from jinguo.federation.models import Link
from jinguo.journal.models import Entry
from jinguo.messages.models import OutMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def send_one() -> None:
    """What each process does: send the next circulation."""
    send_circulations(most=1)


def check() -> None:
    """Sent with one link, one letter and one journal line, or as if nothing had been begun."""
    for row in Circulation.objects.all():
        found = (
            Link.objects.filter(object_code=row.code).count(),
            OutMessage.objects.filter(about_code=row.code).count(),
            Entry.objects.filter(object_code=row.code, action="circulation.send").count(),
        )
        assert found == ((1, 1, 1) if row.queued_at else (0, 0, 0)), (row.code, row.queued_at, found)


def test_killed_before_each_statement(cast, campaign, child_environment):
    me = __name__
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", f"{me}:send_one", f"{me}:check"],
        env=child_environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    deaths = int(re.search(r"(\d+) deaths", done.stdout).group(1))
    assert deaths >= 8, "the sending has at least look, claim, addresses, link, asks, letter and journal"
    while send_circulations():
        pass
    check()
    assert campaign.circulations.filter(queued_at=None).count() == 0
    assert len({row.to for row in OutMessage.objects.all()}) == 5
