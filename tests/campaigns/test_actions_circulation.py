"""Reading, signing, sending back, telephoning: each fact once, by those who may, with a sentence when not."""

from datetime import timedelta

import pytest

from jinguo.campaigns.actions import circulation as actions
from jinguo.campaigns.actions import delivery
from jinguo.campaigns.models import Burden, Circulation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.federation.models import Link
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from tests.issued import copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(cast, campaign) -> Circulation:
    """The education bureau's copy, sent."""
    delivery.send_circulations()
    return copy_of(campaign, cast.units["c.edu"])


@pytest.fixture
def link(copy) -> Link:
    """The link it was sent with, as the gate hands it to a view."""
    return Link.objects.select_related("unit").get(object_code=copy.code)


def written(copy: Circulation) -> list[str]:
    """What the journal says about this copy, oldest first, its sending left out."""
    lines = Entry.objects.about("circulation", copy.code).values_list("action", flat=True)
    return [line.removeprefix("circulation.") for line in reversed(lines) if line != "circulation.send"]


def test_signing_is_written_once_with_who_how_and_when(copy, link):
    before = clock.now()
    for _ in range(3):
        actions.sign_circulation(copy, by=link, signer="  女工委   信息员 ")
    copy.refresh_from_db()
    assert (copy.state.label, copy.signer, copy.signed_how, copy.signed_by) == (
        "已签收", "女工委 信息员", "link", link.actor_code,
    )  # fmt: skip
    assert before <= copy.signed_at <= clock.now()
    assert copy.read_at == copy.signed_at, "an act shows it was read"
    assert written(copy) == ["sign"]


def test_the_second_of_two_hands_finds_it_signed(copy, link):
    stale = Circulation.objects.select_related("campaign__office__unit", "unit").get(pk=copy.pk)
    actions.sign_circulation(copy, by=link, signer="甲")
    actions.sign_circulation(stale, by=link, signer="乙")
    stale.refresh_from_db()
    assert stale.signer == "甲"
    assert written(copy) == ["sign"]


def test_who_signed_lies_sealed(copy, link):
    actions.sign_circulation(copy, by=link, signer="女工委信息员")
    row = Circulation.objects.filter(pk=copy.pk).values().get()
    assert not any("信息员" in str(value) for value in row.values())
    assert not any("信息员" in entry.detail for entry in Entry.objects.all())


@pytest.mark.parametrize("signer", ["", "   ", "长" * 41])
def test_nobody_or_too_long_a_name_is_not_taken(copy, link, signer):
    with pytest.raises(Invalid) as problem:
        actions.sign_circulation(copy, by=link, signer=signer)
    assert problem.value.field == "signer"
    copy.refresh_from_db()
    assert copy.signed_at is None


def test_reading_is_noted_once_and_an_act_keeps_the_earlier_reading(copy, link):
    actions.mark_read(copy, by=link)
    first = copy.read_at
    actions.mark_read(copy, by=link)
    actions.sign_circulation(copy, by=link, signer="信息员")
    copy.refresh_from_db()
    assert copy.read_at == first
    assert written(copy) == ["read", "sign"]


def test_a_unit_sends_back_with_a_reason_and_may_take_it_again(copy, link):
    for _ in range(2):
        actions.send_back(copy, by=link, reason="材料不全：少了附件 2")
    assert (copy.state.label, copy.sent_back_reason) == ("退回", "材料不全：少了附件 2")
    with pytest.raises(Refused, match="请先收回"):
        actions.sign_circulation(copy, by=link, signer="信息员")
    for _ in range(2):
        actions.take_again(copy, by=link)
    actions.sign_circulation(copy, by=link, signer="信息员")
    copy.refresh_from_db()
    assert (copy.state.label, copy.sent_back_reason) == ("已签收", "材料不全：少了附件 2")
    assert written(copy) == ["send_back", "take_again", "sign"]


def test_sending_back_and_signing_at_the_same_moment_leaves_one_of_them(copy, link):
    stale = Circulation.objects.select_related("campaign__office__unit", "unit").get(pk=copy.pk)
    actions.send_back(copy, by=link, reason="不是我们单位的事")
    with pytest.raises(Stale):
        actions.sign_circulation(stale, by=link, signer="信息员")
    copy.refresh_from_db()
    assert copy.signed_at is None


@pytest.mark.parametrize("reason", ["", "长" * 201])
def test_sending_back_needs_a_reason_of_fair_length(copy, link, reason):
    with pytest.raises(Invalid):
        actions.send_back(copy, by=link, reason=reason)


def test_a_finished_campaign_takes_signatures_but_nothing_back(copy, link, campaign):
    type(campaign).objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED)
    copy.campaign.refresh_from_db()
    with pytest.raises(Refused):
        actions.send_back(copy, by=link, reason="不是我们单位的事")
    actions.sign_circulation(copy, by=link, signer="信息员")


def test_a_telephone_call_is_a_sign_for_of_its_own_kind(copy, cast):
    called_at = clock.now() - timedelta(minutes=5)
    for _ in range(2):
        actions.sign_by_phone(copy, by=cast.users["officer"], whom="王主任", called_at=called_at, note="下午来取")
    copy.refresh_from_db()
    assert (copy.state.label, copy.signer, copy.signed_note, copy.signed_at) == (
        "代签收",
        "王主任",
        "下午来取",
        called_at,
    )
    assert copy.read_at is None, "a call is no reading"
    assert written(copy) == ["sign_by_phone"]


def test_a_unit_that_signed_itself_is_not_signed_for_again(copy, link, cast):
    actions.sign_circulation(copy, by=link, signer="信息员")
    with pytest.raises(Refused, match="已经签收"):
        actions.sign_by_phone(copy, by=cast.users["officer"], whom="王主任", called_at=clock.now())
    stale = Circulation.objects.select_related("campaign__office__unit", "unit").get(pk=copy.pk)
    stale.signed_at = None
    stale.signed_how = ""
    with pytest.raises(Stale):
        actions.sign_by_phone(stale, by=cast.users["officer"], whom="王主任", called_at=clock.now())
    copy.refresh_from_db()
    assert copy.signed_how == "link"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("whom", {"whom": " "}),
        ("whom", {"whom": "长" * 41}),
        ("called_at", {"called_at": timedelta(minutes=5)}),
        ("called_at", {"called_at": timedelta(days=-30)}),
        ("note", {"note": "长" * 201}),
    ],
)
def test_a_call_is_written_as_it_can_have_been(copy, cast, field, values):
    given = {"whom": "王主任", "called_at": timedelta(), "note": "", **values}
    with pytest.raises(Invalid) as problem:
        actions.sign_by_phone(
            copy, by=cast.users["officer"], whom=given["whom"], called_at=clock.now() + given["called_at"],
            note=given["note"],
        )  # fmt: skip
    assert problem.value.field == field
    copy.refresh_from_db()
    assert copy.signed_at is None


def test_a_burden_is_heard_without_a_trace_in_the_journal(copy, link, cast):
    lines = Entry.objects.count()
    for _ in range(2):
        actions.say_burden(copy, by=link, text="这个月第三张表了")
    said = Burden.objects.get()
    assert (said.text, Entry.objects.count()) == ("这个月第三张表了", lines)
    assert "第三张" not in str(Burden.objects.values().get())
    with pytest.raises(Refused):
        actions.hear_burden(said, by=cast.users["sister"])
    actions.hear_burden(said, by=cast.users["officer"])
    said.refresh_from_db()
    assert said.heard_at is not None


@pytest.mark.parametrize("text", ["", "  ", "长" * 301])
def test_a_burden_is_one_sentence(copy, link, text):
    with pytest.raises(Invalid):
        actions.say_burden(copy, by=link, text=text)


OWN = {"liaison"}  # the education bureau's own
OFFICE = {"officer"}


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (lambda copy, by: actions.mark_read(copy, by=by), OWN),
        (lambda copy, by: actions.sign_circulation(copy, by=by, signer="信息员"), OWN),
        (lambda copy, by: actions.send_back(copy, by=by, reason="不是我们单位的事"), OWN),
        (lambda copy, by: actions.take_again(copy, by=by), OWN),
        (lambda copy, by: actions.say_burden(copy, by=by, text="太多了"), OWN),
        (lambda copy, by: actions.sign_by_phone(copy, by=by, whom="王主任", called_at=clock.now()), OFFICE),
    ],
    ids=["read", "sign", "send_back", "take_again", "burden", "phone"],
)
def test_the_unit_signs_and_the_office_telephones(copy, cast, act, allowed):
    let_in = set()
    for who in (
        "officer",
        "d.officer",
        "sister",
        "county_officer",
        "leader",
        "chair",
        "liaison",
        "system_admin",
        "auditor",
    ):
        fresh = Circulation.objects.select_related("campaign__office__unit", "unit").get(pk=copy.pk)
        try:
            act(fresh, cast.users[who])
        except Refused:
            continue
        let_in.add(who)
        Circulation.objects.filter(pk=copy.pk).update(
            read_at=None, signed_at=None, signed_how="", sent_back_at=None, signer_sealed=""
        )
    assert let_in == allowed


def test_another_units_link_does_nothing_here(copy, cast, campaign):
    other = Link.objects.select_related("unit").get(object_code=copy_of(campaign, cast.units["c.hos"]).code)
    with pytest.raises(Refused):
        actions.sign_circulation(copy, by=other, signer="信息员")
    with pytest.raises(Refused):
        actions.mark_read(copy, by=other)


def test_a_county_signs_its_own_copy_and_telephones_for_its_townships(cast):
    from tests.issued import issue

    campaign = issue(cast, ("c.a", "c.a.t", "c.b"))
    county = cast.users["county_officer"]  # of c.a
    actions.sign_circulation(copy_of(campaign, cast.units["c.a"]), by=county, signer="办公室")
    actions.sign_by_phone(copy_of(campaign, cast.units["c.a.t"]), by=county, whom="镇妇联", called_at=clock.now())
    with pytest.raises(Refused):
        actions.sign_by_phone(copy_of(campaign, cast.units["c.b"]), by=county, whom="区妇联", called_at=clock.now())
    assert copy_of(campaign, cast.units["c.a"]).signed_how == "desk"
