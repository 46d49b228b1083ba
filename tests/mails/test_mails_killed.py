"""A worker killed with -9 before any statement of keeping or settling a mail loses and doubles nothing."""

import re
import subprocess
import sys

import pytest

from jinguo.journal.models import Entry
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.actions.settling import read_mails
from jinguo.mails.models import Mail, Source
from jinguo.messages.models import OutMessage
from jinguo.reports.models import Return, ReturnVersion
from tests.data.mails.writing import mail, news
from tests.mails.stage import RECEIVED
from tests.world import BY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TITLE = "“漾泉”义诊进企业"


def keep_and_read() -> None:
    """What each process does: keep the mail, then read what waits; a dead worker's lease has run out."""
    from jinguo.federation.models import Office

    office = Office.objects.get(unit__name="清泉市妇女联合会")
    raw = mail(news(TITLE), subject=TITLE)
    raw = re.sub(rb"<corpus-\d+@", b"<corpus-1@", raw)  # the same mail in every process
    keep_mail(office, raw, received_at=RECEIVED, source=Source.IMAP, by=BY)
    Mail.objects.update(lease_until=None)
    read_mails()


def check() -> None:
    """Kept once; registered with its version, receipt and journal line, or not at all."""
    assert Mail.objects.count() <= 1
    for row in Mail.objects.all():
        found = (
            Return.objects.count(),
            ReturnVersion.objects.exclude(sent_at=None).count(),
            OutMessage.objects.filter(about_kind="mail").count(),
            Entry.objects.filter(action="mail.settle").count(),
        )
        assert found == ((1, 1, 1, 1) if row.state == "done" else (0, 0, 0, 0)), (row.state, found)


def test_killed_before_each_statement(cast, campaign, child_environment):
    me = __name__
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", f"{me}:keep_and_read", f"{me}:check"],
        env=child_environment, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    deaths = int(re.search(r"(\d+) deaths", done.stdout).group(1))
    assert deaths >= 30, "look, file, row, clock, journal; claim, unit, duty, return, version, receipt, journal"
    check()
    assert Return.objects.get().current.title == TITLE
