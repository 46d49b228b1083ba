"""办结: nobody is reminded and nothing waits any more, what is late may still come, and it can be taken up again."""

import json
from datetime import date, timedelta

import pytest

from jinguo.campaigns.actions import extensions, obligations, reminders
from jinguo.campaigns.actions.ending import end_campaign, resume_campaign
from jinguo.campaigns.models import Campaign, Digest, Obligation, Step
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.messages.models import OutMessage
from jinguo.workspace.queries import waiting_for
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


def test_a_reminder_that_waits_does_not_leave_once_the_work_is_over(late, cast):
    officer = cast.users["officer"]
    nudged = reminders.nudge_unit(copy_of(late, cast.units["c.edu"]), by=officer)
    assert reminders.remind_units() > 0 and OutMessage.objects.waiting().exists()
    end_campaign(late, by=officer)
    assert not OutMessage.objects.waiting().exists()
    assert set(OutMessage.objects.values_list("state", "body_sealed")) == {("dropped", "")}
    [said] = Entry.objects.about("campaign", late.code).filter(action="campaign.end")
    assert json.loads(said.detail)["withdrawn"] == OutMessage.objects.count()
    resume_campaign(Campaign.objects.get(), by=officer)
    assert reminders.remind_units() > 0, "what was withdrawn was never said, so the ladder says it now"
    again = reminders.nudge_unit(copy_of(Campaign.objects.get(), cast.units["c.edu"]), by=officer)
    assert again.code != nudged.code


def test_what_left_before_is_not_said_twice(late, cast):
    assert reminders.remind_units() > 0
    OutMessage.objects.update(state="sent", sent_at=clock.now(), body_sealed="")
    end_campaign(late, by=cast.users["officer"])
    assert set(OutMessage.objects.values_list("state", flat=True)) == {"sent"}
    resume_campaign(Campaign.objects.get(), by=cast.users["officer"])
    assert reminders.remind_units() == 0


def test_another_notices_reminder_in_the_same_letter_is_said_anew(late, cast, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: clock.at(date(2024, 3, 1), 11))
    other = issue(cast, sign_due_at=clock.end_of(date(2024, 3, 4)), title="关于开展家庭教育宣传周的通知")
    for rows in (Obligation.objects, other.asks):
        rows.exclude(due_at=None).update(due_at=DUE)
    monkeypatch.setattr(clock, "now", lambda: now)
    reminders.remind_units()
    mixed = OutMessage.objects.filter(about_code=Digest.objects.get(unit=cast.units["c.edu"]).code).get()
    end_campaign(late, by=cast.users["officer"])
    assert OutMessage.objects.get(pk=mixed.pk).state == "dropped"
    reminders.remind_units()
    named = {step.thing for step in Step.objects.filter(digest__unit=cast.units["c.edu"], kind="report")}
    owed = Obligation.objects.filter(unit=cast.units["c.edu"]).exclude(due_at=None)
    assert named == {row.pk for row in owed.filter(ask__campaign=other)}


def test_a_request_for_more_time_waits_on_no_desk_once_the_work_is_over(late, cast, client):
    officer, liaison = cast.users["officer"], cast.users["liaison"]
    due = clock.at(date(2024, 3, 29), 18)
    Obligation.objects.exclude(due_at=None).update(due_at=due)
    duty = Obligation.objects.select_related("ask__campaign__office__unit", "unit").exclude(due_at=None)
    hers = duty.get(unit=cast.units["c.edu"])
    extensions.ask_extension(hers, to=due + timedelta(days=7), reason="人手不够", by=liaison)
    [waits] = waiting_for(officer).campaigns
    assert waits.extensions == 1
    end_campaign(late, by=officer)
    assert not waiting_for(officer).campaigns
    client.force_login(officer)
    board = client.get(f"/desk/board/{late.code}/waits/").content.decode()
    assert "等您答复的延期申请" not in board and "该打电话了" not in board
    client.force_login(liaison)
    mine = client.get("/desk/our-duties/").content.decode()
    assert "等发文单位答复" not in mine and "申请延期" not in mine
    extensions.take_back_request(hers.extension_requests.get(), by=liaison)
    hers.refresh_from_db()
    with pytest.raises(Refused, match="已经结束"):
        extensions.ask_extension(hers, to=due + timedelta(days=7), reason="人手不够", by=liaison)


def test_taken_up_again_the_request_waits_again(late, cast):
    officer = cast.users["officer"]
    due = clock.at(date(2024, 3, 29), 18)
    Obligation.objects.exclude(due_at=None).update(due_at=due)
    duty = Obligation.objects.select_related("ask__campaign__office__unit", "unit").exclude(due_at=None)
    hers = duty.get(unit=cast.units["c.edu"])
    extensions.ask_extension(hers, to=due + timedelta(days=7), reason="人手不够", by=cast.users["liaison"])
    end_campaign(late, by=officer)
    resume_campaign(late, by=officer)
    assert waiting_for(officer).campaigns[0].extensions == 1, "taken up again, it waits again"
