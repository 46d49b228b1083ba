"""A unit merged or closed in the middle of a campaign: looked at, not asked any more, answered for by its heir, counted once."""

from datetime import timedelta

import pytest
from django.test import Client

from jinguo.campaigns.actions import group, obligations, reminders
from jinguo.campaigns.actions.circulation import send_back, sign_circulation
from jinguo.campaigns.actions.slips import copies_to_print
from jinguo.campaigns.models import Circulation, Obligation
from jinguo.campaigns.queries import circulation as queries
from jinguo.campaigns.queries.reminders import copies_to_phone
from jinguo.campaigns.rules import obligations as rules
from jinguo.federation.actions.life import close_unit, merge_unit
from jinguo.federation.models import Link
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.mails.queries.matching import registered_units
from jinguo.workspace.queries import waiting_for
from tests.issued import copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(cast, campaign, letters):
    """The hospital went into the education bureau yesterday; both have the notice, and an ask due in three weeks."""
    page = letters.page("c.hos")
    Obligation.objects.exclude(due_at=None).update(due_at=clock.at(clock.today() + timedelta(days=20), 18))
    merge_unit(
        cast.units["c.hos"], cast.units["c.edu"], last_day=clock.today() - timedelta(days=1), by=cast.users["officer"]
    )
    return page


def text(answer) -> str:
    return answer.content.decode()


def test_its_link_says_what_became_of_it_and_offers_nothing(client, gone, cast):
    page = text(client.get(gone))
    assert "贵单位已经撤并" in page and "并入市教育局妇委会" in page and "这里只能看" in page
    for act in ("/sign/", "/send-back/", "/zero/", "/new/?obligation"):
        assert f'action="{gone}{act[1:]}' not in page
    assert "去报送" not in page and "签收</button>" not in page and "请贵单位做三件事" not in page
    listed = text(client.get(f"{gone}duties/"))
    assert "并入市教育局妇委会" in listed and "期限前撤并，不算" in listed
    assert "去报送" not in listed and "申请延期" not in listed and "等签收的通知" not in listed
    assert client.post(f"{gone}sign/", {"signer": "信息员"}).status_code == 403


def test_nothing_can_be_done_in_its_name_but_what_it_owed_before(gone, cast, campaign):
    copy = copy_of(campaign, cast.units["c.hos"])
    link = Link.objects.get(object_code=copy.code)
    with pytest.raises(Refused, match="并入"):
        sign_circulation(copy, by=link, signer="信息员")
    with pytest.raises(Refused, match="并入"):
        send_back(copy, by=link, reason="不是我们的")
    dated = Obligation.objects.select_related("unit", "ask").get(unit=cast.units["c.hos"], due_at__isnull=False)
    with pytest.raises(Refused, match="并入"):
        obligations.zero_report(dated, reason="没有", by=link)
    Obligation.objects.filter(pk=dated.pk).update(due_at=clock.now() - timedelta(days=9))
    dated.refresh_from_db()
    assert rules.may_report(dated, link), "due before its end: it still counts, and may still come"
    with pytest.raises(Refused, match="撤并"):
        reminders.nudge_unit(copy, by=cast.users["officer"])


def test_a_closed_unit_is_told_whom_to_call(client, letters, cast):
    page = letters.page("c.home")
    close_unit(cast.units["c.home"], last_day=clock.today() - timedelta(days=1), by=cast.users["officer"])
    assert "撤销了" in text(client.get(page))


def test_until_its_last_day_is_over_it_acts_as_before(client, letters, cast):
    page = letters.page("c.hos")
    merge_unit(cast.units["c.hos"], cast.units["c.edu"], last_day=clock.today(), by=cast.users["officer"])
    assert client.post(f"{page}sign/", {"signer": "信息员"}).status_code == 302
    assert "贵单位已经撤并" not in text(client.get(page))


def test_nobody_is_told_to_telephone_it_and_the_figures_are_the_lists(gone, cast, campaign):
    officer = cast.users["officer"]
    Circulation.objects.update(undeliverable_at=clock.now(), undeliverable_why="refused")
    listed = {copy.unit_id for copy in copies_to_phone(officer, clock.now(), campaign.code)}
    on_board = set(queries.unsigned_to_phone(campaign, clock.now()).values_list("unit", flat=True))
    assert listed == on_board and cast.units["c.hos"].pk not in listed
    [waits] = waiting_for(officer).campaigns
    assert waits.to_phone == len(listed) == 4
    for _ask, tally in queries.report_tallies(campaign, clock.now()):
        assert (tally.total, tally.closed) == (4, 1), "each obligation once: four in force, one settled by the merger"


def test_it_is_found_by_its_old_name_as_its_heir_and_gets_no_slip(client, gone, cast, campaign):
    door = group.open_group(campaign, by=cast.users["officer"])
    page = text(client.get(f"/g/{door.secret}/?q=第二医院"))
    assert copy_of(campaign, cast.units["c.edu"]).code in page
    assert copy_of(campaign, cast.units["c.hos"]).code not in page
    assert copy_of(campaign, cast.units["c.hos"]).pk not in copies_to_print(campaign)
    with pytest.raises(Refused, match="并入"):
        group.sign_by_digits(door, copy_of(campaign, cast.units["c.hos"]), signer="信息员")


def test_a_mail_from_its_address_is_its_heirs(gone, cast):
    assert registered_units(cast.office, "c-hos@example.org") == [cast.units["c.edu"]]
    close_unit(cast.units["c.home"], last_day=clock.today() - timedelta(days=1), by=cast.users["officer"])
    assert registered_units(cast.office, "c-home@example.org") == [cast.units["c.home"]], (
        "without an heir it is its own"
    )


def test_the_heir_answers_for_both_by_one_page(gone, cast, campaign):
    browser = Client()
    browser.force_login(cast.users["liaison"])
    listed = text(browser.get("/desk/our-duties/"))
    assert "期限前撤并" not in listed
