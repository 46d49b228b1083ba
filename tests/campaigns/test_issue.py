"""Issuing freezes the units once: a copy a unit, a duty a unit and ask, whatever was pressed how often."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions.addressees import add_unit, leave_out, put_back, set_sign_due
from jinguo.campaigns.actions.issue import issue_campaign
from jinguo.campaigns.models import AddresseeUnit, Campaign, Circulation, Obligation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.queries.plan import candidates, chosen_units, groups_of, listed_units, totals_of
from jinguo.federation.actions.units import NewUnit, plant_units
from jinguo.federation.models import MailAddress, Unit
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.search.models import IndexRow
from tests.planned import draft_campaign
from tests.world import BY, Cast

pytestmark = pytest.mark.postgres

CHOSEN = {"c.a", "c.b", "c.edu", "c.hos"}


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


@pytest.fixture
def draft(cast):
    return draft_campaign(cast)


def keys(cast, rows):
    names = {unit.pk: key for key, unit in cast.units.items()}
    return {names[unit] for unit in rows}


def test_every_chosen_unit_gets_a_copy_and_its_duty(cast, draft, officer):
    issue_campaign(draft, by=officer)
    draft.refresh_from_db()
    assert draft.state == CampaignState.ISSUED and draft.issued_at is not None
    assert keys(cast, Circulation.objects.values_list("unit", flat=True)) == CHOSEN
    assert keys(cast, Obligation.objects.values_list("unit", flat=True)) == CHOSEN
    assert set(Obligation.objects.values_list("due_at", flat=True)) == {None}  # counted from each activity
    line = Entry.objects.get(action="campaign.issue")
    assert '"units":4' in line.detail and '"obligations":4' in line.detail
    assert IndexRow.objects.filter(kind="campaign", object_code=draft.code).exists()
    shown = IndexRow.objects.filter(kind="theme", object_code=draft.code, audience="public").values_list(
        "title", flat=True
    )
    assert list(shown) == ([draft.theme] if draft.theme else []), "of a notice the public finds the theme alone"


def test_pressed_twice_it_is_issued_once(cast, draft, officer):
    stale = Campaign.objects.get(pk=draft.pk)
    issue_campaign(draft, by=officer)
    issue_campaign(draft, by=officer)
    with pytest.raises(Refused):
        issue_campaign(Campaign.objects.get(pk=draft.pk), by=cast.users["leader"])
    issue_campaign(stale, by=officer)  # a page opened before the first press
    assert Circulation.objects.count() == 4 and Obligation.objects.count() == 4
    assert Entry.objects.filter(action="campaign.issue").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_issue_once():
    cast = Cast.gather()
    campaign = draft_campaign(cast)
    gate, faults = threading.Barrier(4, timeout=60), list[BaseException]()

    def press() -> None:
        mine = Campaign.objects.get(pk=campaign.pk)
        gate.wait()
        try:
            issue_campaign(mine, by=cast.users["officer"])
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Circulation.objects.count() == 4 and Entry.objects.filter(action="campaign.issue").count() == 1


def test_a_unit_left_out_gets_nothing_and_one_put_in_does(cast, draft, officer):
    leave_out(draft, cast.units["c.b"], by=officer)
    add_unit(draft, cast.units["c.home"], by=officer)
    issue_campaign(draft, by=officer)
    assert keys(cast, Circulation.objects.values_list("unit", flat=True)) == {"c.a", "c.edu", "c.hos", "c.home"}


def test_choosing_twice_is_choosing_once(cast, draft, officer):
    for _press in range(2):
        leave_out(draft, cast.units["c.b"], by=officer)
        add_unit(draft, cast.units["c.home"], by=officer)
    assert AddresseeUnit.objects.filter(addressee__campaign=draft).count() == 5
    acts = Entry.objects.about("campaign", draft.code).exclude(action="campaign.make")
    assert sorted(acts.values_list("action", flat=True)) == ["campaign.add_unit", "campaign.leave_out"]
    put_back(draft, cast.units["c.b"], by=officer)
    assert keys(cast, chosen_units(draft).values_list("pk", flat=True)) == CHOSEN | {"c.home"}


def test_adding_one_that_was_left_out_puts_it_back(cast, draft, officer):
    leave_out(draft, cast.units["c.b"], by=officer)
    add_unit(draft, cast.units["c.b"], by=officer)
    assert keys(cast, chosen_units(draft).values_list("pk", flat=True)) == CHOSEN
    assert draft.addressees.count() == 3


def test_units_of_another_city_cannot_be_put_in(cast, draft, officer):
    for key in ("d", "d.a", "c"):
        with pytest.raises(Invalid):
            add_unit(draft, cast.units[key], by=officer)
    assert candidates(draft, "南浦") == []
    assert [unit.short_name for unit in candidates(draft, "泉水")] == ["泉水镇妇联", "泉水镇妇女之家"]


def test_what_was_issued_is_frozen(cast, draft, officer):
    stale = Campaign.objects.get(pk=draft.pk)
    issue_campaign(draft, by=officer)
    for act in (
        lambda campaign: leave_out(campaign, cast.units["c.a"], by=officer),
        lambda campaign: add_unit(campaign, cast.units["c.home"], by=officer),
        lambda campaign: set_sign_due(campaign, until=None, by=officer),
    ):
        with pytest.raises(Refused):
            act(draft)
        with pytest.raises(Stale):
            act(stale)
    assert Circulation.objects.count() == 4


def test_a_unit_that_ended_meanwhile_gets_nothing(cast, draft, officer):
    Unit.objects.filter(pk=cast.units["c.edu"].pk).update(valid_to=clock.today() - timedelta(days=1))
    issue_campaign(draft, by=officer)
    assert keys(cast, Circulation.objects.values_list("unit", flat=True)) == CHOSEN - {"c.edu"}


def test_nobody_to_send_to_or_a_sign_for_date_that_passed_is_refused(cast, draft, officer):
    Campaign.objects.filter(pk=draft.pk).update(sign_due_at=clock.now() - timedelta(minutes=1))
    draft.refresh_from_db()
    with pytest.raises(Refused, match="签收期限"):
        issue_campaign(draft, by=officer)
    set_sign_due(draft, until=None, by=officer)
    for key in CHOSEN:
        leave_out(draft, cast.units[key], by=officer)
    with pytest.raises(Refused, match="一个单位"):
        issue_campaign(draft, by=officer)
    draft.refresh_from_db()
    assert draft.state == CampaignState.DRAFT and not Circulation.objects.exists()


def test_only_the_office_s_own_officer_issues(cast, draft):
    for role in ("leader", "liaison", "d.officer", "county_officer"):
        with pytest.raises(Refused):
            issue_campaign(draft, by=cast.users[role])
        with pytest.raises(Refused):
            leave_out(draft, cast.units["c.a"], by=cast.users[role])
    assert not Circulation.objects.exists()


def test_counts_say_what_the_units_are(cast, draft, officer):
    MailAddress.objects.filter(unit=cast.units["c.hos"]).delete()
    leave_out(draft, cast.units["c.b"], by=officer)
    first, *rest = groups_of(draft)
    assert [(kind.label, kind.count) for kind in first.kinds] == [("县级妇联", 1)]
    assert (first.included, first.left_out, [group.included for group in rest]) == (1, 1, [1, 1])
    totals = totals_of(draft)
    assert (totals.units, totals.no_mail) == (3, 1)
    shown = {
        name: keys(cast, listed_units(draft, shown=name).values_list("pk", flat=True))
        for name in ("no_mail", "left_out")
    }
    assert shown == {"no_mail": {"c.hos"}, "left_out": {"c.b"}}
    assert keys(cast, listed_units(draft, words="教育").values_list("pk", flat=True)) == {"c.edu"}


def test_issuing_to_many_takes_no_more_statements_than_to_few(cast, officer):
    def statements(units: int, mark: str) -> int:
        new = [
            NewUnit(f"{mark}{n}", f"{mark}{n}县妇女联合会", f"{mark}{n}县妇联", "federation", "county")
            for n in range(units)
        ]
        plant_units(new, by=BY, under=cast.units["c"])
        campaign = draft_campaign(cast, mark)
        with CaptureQueriesContext(connection) as captured:
            issue_campaign(campaign, by=officer)
        assert Circulation.objects.filter(campaign=campaign).count() >= units
        return len(captured)

    few = statements(3, "甲")
    many = statements(900, "乙")
    # Rows go in by the hundred (a database takes only so many values at once), never one by one.
    assert many <= few + 40
