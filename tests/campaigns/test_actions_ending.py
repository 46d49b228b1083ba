"""办结: nobody is reminded and nothing waits any more, what is late may still come, and it can be taken up again."""

from datetime import date

import pytest

from jinguo.campaigns.actions import obligations, reminders
from jinguo.campaigns.actions.ending import end_campaign, resume_campaign
from jinguo.campaigns.models import Campaign, Obligation
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.messages.models import OutMessage
from tests.issued import copy_of, issue

pytestmark = pytest.mark.django_db
DUE = clock.end_of(date(2024, 3, 20))  # a Wednesday


@pytest.fixture
def march(monkeypatch) -> None:
    """Before anybody holds a post."""
    monkeypatch.setattr(clock, "now", lambda: clock.at(date(2024, 3, 1), 11))


@pytest.fixture
def late(march, cast, monkeypatch) -> Campaign:
    """Issued on 29 February 2024, a report due on 20 March; it is the day of one late."""
    campaign = issue(cast, sign_due_at=clock.end_of(date(2024, 3, 4)))
    Obligation.objects.exclude(due_at=None).update(due_at=DUE)
    campaign.asks.exclude(due_at=None).update(due_at=DUE)
    monkeypatch.setattr(clock, "now", lambda: clock.at(date(2024, 3, 22), 11))
    return campaign


def test_over_nobody_is_reminded_and_taken_up_again_they_are(late, cast):
    officer = cast.users["officer"]
    assert (end_campaign(late, by=officer), end_campaign(late, by=officer)) == (True, False)
    assert reminders.remind_units() == 0 and not OutMessage.objects.exists()
    with pytest.raises(Refused, match="已经结束"):
        reminders.nudge_unit(copy_of(Campaign.objects.get(), cast.units["c.edu"]), by=officer)
    assert (resume_campaign(late, by=officer), resume_campaign(late, by=officer)) == (True, False)
    assert reminders.remind_units() > 0
    said = [entry.action for entry in Entry.objects.about("campaign", late.code)]
    assert (said.count("campaign.end"), said.count("campaign.resume")) == (1, 1)


def test_who_is_late_may_still_answer(late, cast):
    end_campaign(late, by=cast.users["officer"])
    duty = Obligation.objects.select_related("ask__campaign__office__unit", "unit").exclude(due_at=None)
    hers = duty.get(unit=cast.units["c.edu"])
    obligations.zero_report(hers, reason="没有开展", by=cast.users["liaison"])
    assert duty.get(pk=hers.pk).state_at(clock.now()) == ObligationState.ZERO


@pytest.mark.parametrize("who", ["county_officer", "liaison", "chair", "d.officer", "sister", "case_worker"])
def test_only_the_office_that_issued_it_says_so(late, cast, who):
    with pytest.raises(Refused):
        end_campaign(late, by=cast.users[who])
    assert Campaign.objects.get().state == "issued"


def test_what_was_not_issued_cannot_be_over(late, cast):
    Campaign.objects.update(state="draft", issued_at=None)
    with pytest.raises(Refused, match="还没有发出"):
        end_campaign(Campaign.objects.select_related("office__unit").get(), by=cast.users["officer"])
