"""Letters of a notice issued at night wait for the morning unless it is urgent; the pages say when they leave; SMS never at night."""

from datetime import timedelta

import pytest
from django.test import Client

from jinguo.campaigns.actions import delivery
from jinguo.campaigns.actions.issue import issue_campaign
from jinguo.campaigns.actions.spread import hurry_letters
from jinguo.campaigns.models import Campaign, Circulation
from jinguo.federation.models import Contact, MailAddress
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.messages.actions import set_gateway
from jinguo.messages.models import Channel, OutMessage
from jinguo.workdays.queries import add_working_days
from tests.issued import copy_of, issue
from tests.planned import draft_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def hour(monkeypatch):
    """`hour(22)`: that hour of a working day ahead; `hour(9, 1)` the working day after it."""
    first = add_working_days(clock.today(), 1)
    days = [first, add_working_days(first, 1)]

    def to(wanted: int, later: int = 0):
        moment = clock.at(days[later], wanted)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return to


def draft(cast, mark: str = "") -> Campaign:
    """To four units, without a day to sign by."""
    campaign = draft_campaign(cast, mark)
    Campaign.objects.filter(pk=campaign.pk).update(sign_due_at=None, sign_due_origin="")
    campaign.refresh_from_db()
    return campaign


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


def test_at_night_the_letters_wait_for_the_morning_and_by_day_they_do_not(cast, officer, hour):
    hour(22)
    campaign = issue_campaign(draft(cast), by=officer)
    assert delivery.send_circulations() == 0 and not OutMessage.objects.exists()
    opens = hour(9, 1).replace(hour=0, minute=30)  # 8:30 in Shanghai
    assert campaign.letters_at == opens
    assert delivery.send_circulations() == 4
    hour(10)
    issue_campaign(draft(cast, "2"), by=officer)
    assert delivery.send_circulations() == 4


def test_what_is_urgent_leaves_at_once_at_issue_or_later(cast, officer, hour):
    hour(22)
    campaign = issue_campaign(draft(cast), by=officer, at_once=True)
    assert delivery.send_circulations() == 4 and campaign.letters_at == campaign.issued_at
    other = issue_campaign(draft(cast, "2"), by=officer)
    assert delivery.send_circulations() == 0
    with pytest.raises(Refused):
        hurry_letters(other, by=cast.users["sister"])
    assert hurry_letters(other, by=officer) and not hurry_letters(other, by=officer)
    assert delivery.send_circulations() == 4


def test_a_notice_to_be_signed_for_before_the_morning_does_not_wait(cast, officer, hour):
    moment, urgent = hour(22), draft(cast)
    Campaign.objects.filter(pk=urgent.pk).update(sign_due_at=moment + timedelta(hours=1), sign_due_origin="confirmed")
    urgent.refresh_from_db()
    issue_campaign(urgent, by=officer)
    assert delivery.send_circulations() == 4


def test_the_pages_say_when_the_letters_leave_and_let_them_leave_now(cast, officer, hour):
    browser = Client()
    browser.force_login(officer)
    hour(10)
    campaign = draft(cast)
    address = f"/desk/campaigns/{campaign.code}/issue/"
    assert "休息时间" not in browser.get(address).content.decode()
    hour(22)
    page = browser.get(address).content.decode()
    assert "现在是休息时间" in page and "8:30" in page and "急事，马上发" in page
    told = browser.post(address, follow=True).content.decode()
    assert "发出了。现在是休息时间" in told and "8:30" in told
    spread = f"/desk/campaigns/{campaign.code}/spread/"
    assert "给各单位的邮件" in browser.get(spread).content.decode()
    assert "邮件在发了" in browser.post(f"{spread}letters/", follow=True).content.decode()
    assert "给各单位的邮件" not in browser.get(spread).content.decode()
    assert delivery.send_circulations() == 4


def test_a_unit_without_mail_is_written_to_by_sms_by_day_only(cast, officer, hour):
    """One without a mobile, or of an office without a gateway, is telephoned."""
    hour(22)
    campaign = issue(cast, ("c.edu", "c.hos"))
    MailAddress.objects.all().delete()
    contact = Contact.objects.get(unit=cast.units["c.edu"])
    contact.mobile = "139 0000 0001"
    contact.save()
    set_gateway(
        cast.office,
        url="https://example.org/sms",
        body="{phone}{text}",
        media_type="text/plain",
        ok_text="",
        by=officer,
    )
    delivery.send_circulations()
    [row] = OutMessage.objects.all()
    assert (row.channel, row.to, row.next_at) == (Channel.SMS, "13900000001", hour(9, 1).replace(hour=0, minute=30))
    assert "/l/" in row.body and campaign.title[:20] in row.body and "清泉市妇联" in row.body
    assert copy_of(campaign, cast.units["c.hos"]).state.label == "无法送达"
    assert copy_of(campaign, cast.units["c.edu"]).state.label == "待发"
    OutMessage.objects.update(state="sent", sent_at=clock.now())
    delivery.collect_deliveries()
    assert Circulation.objects.get(unit=cast.units["c.edu"]).state.label == "已送达"
