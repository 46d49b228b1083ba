"""The worker killed with -9 while it reminds: every unit has one digest, each rung was said once, no letter is missing."""

import re
import subprocess
import sys
from datetime import date

import pytest

from jinguo.campaigns.actions import reminders
from jinguo.campaigns.models import Campaign, Circulation, Digest, Obligation, Step
from jinguo.lib import clock
from jinguo.messages.models import OutMessage
from tests.issued import issue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MOMENT = clock.at(date(2024, 3, 25), 11)  # a Monday


def remind() -> None:
    """What each process does, at the same hour."""
    clock.now = lambda: MOMENT
    reminders.remind_units(most=1)


def check() -> None:
    """Between the deaths: a digest has its steps and its letter, or is not there at all."""
    digests = Digest.objects.count()
    assert Step.objects.count() == digests
    assert OutMessage.objects.filter(about_kind="digest").count() == digests


def test_killed_before_each_statement(cast, child_environment, monkeypatch):
    campaign = issue(cast, ("c.a", "c.b", "c.edu", "c.hos", "c.home", "c.a.t", "c.b.t", "c.a.t.v"))
    Circulation.objects.update(signed_at=MOMENT, signed_how="link")
    Campaign.objects.filter(pk=campaign.pk).update(issued_at=clock.at(date(2024, 3, 1)))
    Obligation.objects.exclude(due_at=None).update(due_at=clock.end_of(date(2024, 3, 20)))
    me = __name__
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", f"{me}:remind", f"{me}:check"],
        env=child_environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) deaths", done.stdout).group(1)) >= 8
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    for _ in range(3):
        reminders.remind_units()
    check()
    assert Digest.objects.count() == 8
    addressed = [row.to for row in OutMessage.objects.filter(about_kind="digest")]
    assert len(addressed) == len(set(addressed)) == 8
