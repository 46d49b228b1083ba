"""Whole phrases are left out, put back and added, and saved for the next notice; an issued list never changes."""

import pytest
from django.urls import reverse

from jinguo.campaigns.actions import groups as actions
from jinguo.campaigns.actions.issue import issue_campaign
from jinguo.campaigns.models import AddresseeUnit, AddressGroup, Circulation
from jinguo.campaigns.queries.plan import chosen_units
from jinguo.federation.actions import life
from jinguo.federation.models.user import Role
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from tests.federation.counting import signed_in
from tests.planned import draft_campaign


@pytest.fixture
def by(cast):
    return cast.users[Role.OFFICER]


@pytest.fixture
def campaign(cast, by):
    return draft_campaign(cast)


def chosen(campaign):
    return set(chosen_units(campaign).values_list("pk", flat=True))


def led(addressee):
    return set(addressee.choices.values_list("unit", flat=True))


def test_a_whole_phrase_is_left_out_and_put_back(campaign, by):
    before = chosen(campaign)
    addressee = next(each for each in campaign.addressees.all() if led(each))
    elsewhere = set(
        AddresseeUnit.objects.filter(addressee__campaign=campaign)
        .exclude(addressee=addressee)
        .values_list("unit", flat=True)
    )
    assert actions.leave_out_phrase(addressee, by=by) == len(led(addressee))
    assert actions.leave_out_phrase(addressee, by=by) == 0
    assert chosen(campaign) == before - (led(addressee) - elsewhere)
    actions.put_back_phrase(addressee, by=by)
    assert chosen(campaign) == before


def test_a_phrase_the_notice_does_not_have_is_added_once(cast, campaign, by):
    for _ in range(2):
        added = actions.add_phrase(campaign, "各乡镇（街道）妇联", by=by)
    assert led(added) == {cast.units["c.a.t"].pk, cast.units["c.b.t"].pk}
    assert campaign.addressees.filter(phrase="各乡镇（街道）妇联").count() == 1
    for words in ("", "各有关单位", "没有这样的单位"):
        with pytest.raises(Invalid):
            actions.add_phrase(campaign, words, by=by)


def test_a_saved_group_serves_the_next_notice(cast, campaign, by):
    addressee = actions.add_phrase(campaign, "各乡镇（街道）妇联", by=by)
    actions.save_group(addressee, "乡镇群", by=by)
    addressee.choices.filter(unit=cast.units["c.a.t"]).update(included=False)
    group = actions.save_group(addressee, "乡镇群", by=by)
    assert list(group.members.values_list("unit", flat=True)) == [cast.units["c.b.t"].pk]
    assert led(actions.add_phrase(campaign, "乡镇群", by=by)) == {cast.units["c.b.t"].pk}
    actions.drop_group(group, by=by)
    assert not AddressGroup.objects.exists()


def test_the_list_is_frozen_at_issue_whatever_happens_to_phrases_groups_and_units(cast, campaign, by):
    addressee = next(each for each in campaign.addressees.all() if led(each))
    group = actions.save_group(addressee, "一组单位", by=by)
    issue_campaign(campaign, by=by)
    copies = set(Circulation.objects.filter(campaign=campaign).values_list("unit", flat=True))
    campaign.refresh_from_db()
    addressee.refresh_from_db()
    for act in (
        lambda: actions.leave_out_phrase(addressee, by=by),
        lambda: actions.add_phrase(campaign, "各级妇联", by=by),
    ):
        with pytest.raises(Refused):
            act()
    actions.drop_group(group, by=by)
    life.merge_unit(cast.units["c.hos"], cast.units["c.edu"], last_day=clock.today(), by=by)
    assert set(Circulation.objects.filter(campaign=campaign).values_list("unit", flat=True)) == copies


def test_only_the_issuing_office_chooses_and_saves(cast, campaign):
    addressee = next(each for each in campaign.addressees.all() if led(each))
    for user in (Role.LEADER, Role.LIAISON, "sister", "d.officer"):
        for act in (actions.leave_out_phrase, lambda each, by: actions.save_group(each, "一组", by=by)):
            with pytest.raises(Refused):
                act(addressee, by=cast.users[user])


def test_the_page_leaves_out_saves_and_lists(cast, campaign, by):
    browser, address = signed_in(by), reverse("campaigns:phrases", args=[campaign.code])
    addressee = next(each for each in campaign.addressees.all() if led(each))
    page = browser.get(reverse("campaigns:recipients", args=[campaign.code])).content.decode()
    assert "这一组都不发" in page and "存为通讯组" in page
    browser.post(address, {"save": addressee.position, "name": "老朋友"})
    browser.post(address, {"leave_out": addressee.position})
    assert not addressee.choices.filter(included=True).exists()
    assert "这一组放回来" in browser.get(reverse("campaigns:recipients", args=[campaign.code])).content.decode()
    assert "没有对上一家单位" in browser.post(address, {"add_phrase": "各有关单位"}, follow=True).content.decode()
    assert browser.post(address, {"leave_out": "²"}).status_code == 404
    listed = browser.get(reverse("campaigns:address_groups")).content.decode()
    assert "老朋友" in listed
    code = AddressGroup.objects.get().code
    assert "老朋友" not in signed_in(cast.users["sister"]).get(reverse("campaigns:address_groups")).content.decode()
    assert (
        signed_in(cast.users["d.officer"]).post(reverse("campaigns:address_group_drop", args=[code])).status_code == 404
    )
    assert browser.post(reverse("campaigns:address_group_drop", args=[code])).status_code == 302
