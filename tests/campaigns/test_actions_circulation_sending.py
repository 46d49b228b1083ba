"""Sending: every unit gets one link and one letter an address, whatever happens in between; the outbox's word comes back."""

import re
from datetime import timedelta

import pytest

from jinguo.campaigns.actions import delivery
from jinguo.campaigns.actions.group import paper_link
from jinguo.campaigns.models import Circulation
from jinguo.campaigns.models.campaign import CampaignState, DueOrigin
from jinguo.federation.actions.contacts import add_contact
from jinguo.federation.actions.links import open_link
from jinguo.federation.models import Link, MailAddress
from jinguo.federation.policy import UNIT_LINK
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Gone, Invalid, Refused
from jinguo.messages.models import Delivery, OutMessage
from tests.issued import TITLE, copy_of, issue
from tests.world import BY

pytestmark = pytest.mark.django_db


def secret_in(message: OutMessage) -> str:
    """The secret of the link a letter carries."""
    return re.search(r"/l/([^/\s]+)/", message.body).group(1)


def letters(circulation: Circulation) -> list[OutMessage]:
    return list(OutMessage.objects.filter(about_kind="circulation", about_code=circulation.code).order_by("pk"))


def outbox_says(circulation: Circulation, *states: str) -> None:
    """What sending would have written on the letters, in order."""
    for row, state in zip(letters(circulation), states, strict=True):
        sent_at = clock.now() if state == Delivery.SENT else None
        OutMessage.objects.filter(pk=row.pk).update(state=state, sent_at=sent_at, failure="550 no such mailbox")


def test_each_unit_gets_its_own_link_in_one_letter(cast, campaign):
    assert delivery.send_circulations() == 5
    copies = list(campaign.circulations.select_related("unit"))
    assert all(copy.queued_at for copy in copies)
    found = {copy.unit_id: open_link(secret_in(letters(copy)[0]), UNIT_LINK) for copy in copies}
    assert {unit_id: link.unit_id for unit_id, link in found.items()} == {copy.unit_id: copy.unit_id for copy in copies}
    assert {link.object_code for link in found.values()} == {copy.code for copy in copies}
    assert [len(letters(copy)) for copy in copies] == [1] * 5
    days = {(link.expires_at - clock.now()).days for link in found.values()}
    assert days == {cast.office.link_days - 1}
    assert delivery.send_circulations() == 0


def test_every_registered_address_gets_the_same_link(cast, campaign):
    add_contact(cast.units["c.edu"], title="主任", email="head@example.org", by=BY)
    delivery.send_circulations()
    rows = letters(copy_of(campaign, cast.units["c.edu"]))
    assert [row.to for row in rows] == ["c-edu@example.org", "head@example.org"]
    assert len({secret_in(row) for row in rows}) == 1


def test_the_letter_says_who_what_until_when_and_how_to_send_it_back(cast):
    campaign = issue(cast, ("c.edu",), sign_due_at=clock.at(clock.today() + timedelta(days=2), 18))
    delivery.send_circulations()
    row = letters(copy_of(campaign, cast.units["c.edu"]))[0]
    assert row.subject.startswith(f"请签收：泉妇发〔2024〕1号 {TITLE} [")
    assert row.subject.endswith(f"[{row.token}]")
    assert len(row.token) == 6
    for words in ("市教育局妇女委员会：", "清泉市妇女联合会", TITLE, "18:00 前", "市妇联确认", "通知写“及时”，没有定日子",
                  "活动总结：", "退回", "0353-000-0100", "宣教部"):  # fmt: skip
        assert words in row.body, words
    assert "也算签收" not in row.body
    assert row.body.count("://") == 1


def test_a_suggested_date_is_not_told_to_units(cast):
    campaign = issue(cast, ("c.edu",), sign_due_at=clock.at(clock.today() + timedelta(days=2), 18))
    type(campaign).objects.filter(pk=campaign.pk).update(sign_due_origin=DueOrigin.SUGGESTED)
    delivery.send_circulations()
    body = letters(copy_of(campaign, cast.units["c.edu"]))[0].body
    assert "18:00" not in body
    assert "没有定日子" in body


def test_the_secret_is_nowhere_but_in_the_sealed_letter(cast, campaign):
    delivery.send_circulations()
    row = letters(copy_of(campaign, cast.units["c.edu"]))[0]
    secret = secret_in(row)
    for model in (Link, OutMessage, Entry, Circulation):
        assert not any(secret in str(value) for line in model.objects.values() for value in line.values())


def test_a_draft_is_not_sent(cast, campaign):
    type(campaign).objects.filter(pk=campaign.pk).update(issued_at=None, state=CampaignState.DRAFT)
    assert delivery.send_circulations() == 0


def test_a_unit_without_an_address_is_said_to_be_out_of_reach(cast, campaign):
    MailAddress.objects.filter(unit=cast.units["c.edu"]).delete()
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    assert (copy.state.label, copy.undeliverable_why) == ("无法送达", "no_address")
    assert copy.queued_at is not None
    assert letters(copy) == []
    assert delivery.send_circulations() == 0


@pytest.mark.parametrize("step", ["make_link", "circulation_letter", "queue_message", "journal.record"])
def test_a_death_between_two_steps_leaves_nothing_and_the_next_run_all(cast, campaign, monkeypatch, step):
    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    before = (Link.objects.count(), OutMessage.objects.count(), Entry.objects.count())
    with monkeypatch.context() as patch:
        patch.setattr(f"jinguo.campaigns.actions.delivery.{step}", die)
        with pytest.raises(Killed):
            delivery.send_circulations()
    assert (Link.objects.count(), OutMessage.objects.count(), Entry.objects.count()) == before
    assert not campaign.circulations.exclude(queued_at=None).exists()
    assert delivery.send_circulations() == 5
    assert (Link.objects.count(), OutMessage.objects.count()) == (5, 5)


def test_delivered_is_what_the_mail_server_said(cast, campaign):
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    assert delivery.collect_deliveries() == 0
    outbox_says(copy, Delivery.SENT)
    assert delivery.collect_deliveries() == 1
    assert delivery.collect_deliveries() == 0
    copy.refresh_from_db()
    assert copy.state.label == "已送达"
    assert copy.delivered_at == letters(copy)[0].sent_at


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ((Delivery.ASIDE, Delivery.ASIDE), "无法送达"),
        ((Delivery.ASIDE, Delivery.WAITING), "待发"),
        ((Delivery.ASIDE, Delivery.UNKNOWN), "待发"),
        ((Delivery.ASIDE, Delivery.SENT), "已送达"),
        ((Delivery.WAITING, Delivery.SENT), "已送达"),
    ],
)
def test_a_unit_is_out_of_reach_only_when_no_address_took_it(cast, campaign, states, shown):
    add_contact(cast.units["c.edu"], title="主任", email="head@example.org", by=BY)
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    outbox_says(copy, *states)
    delivery.collect_deliveries()
    delivery.collect_deliveries()
    copy.refresh_from_db()
    assert copy.state.label == shown


def test_a_letter_sent_after_all_makes_it_delivered(cast, campaign):
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    outbox_says(copy, Delivery.ASIDE)
    delivery.collect_deliveries()
    outbox_says(copy, Delivery.SENT)
    delivery.collect_deliveries()
    copy.refresh_from_db()
    assert (copy.state.label, copy.undeliverable_at, copy.undeliverable_why) == ("已送达", None, "")


def test_a_new_link_ends_the_old_one_and_pressing_twice_sends_once(cast, campaign):
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    old, code = letters(copy)[0], delivery.last_link_code(copy)
    old_secret = secret_in(old)
    for _ in range(2):
        delivery.reissue_link(copy, by=cast.users["officer"], instead_of=code)
    rows = letters(copy)
    assert [row.state for row in rows] == [Delivery.DROPPED, Delivery.WAITING]
    with pytest.raises(Gone):
        open_link(old_secret, UNIT_LINK)
    assert open_link(secret_in(rows[1]), UNIT_LINK).object_code == copy.code


def test_when_a_link_was_made_meanwhile_the_officer_is_told_that_nothing_was_sent(cast, campaign, signed_in):
    """A slip was printed or a digest left while her page was open: she is not told of a letter that never went."""
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    shown = delivery.last_link_code(copy)
    paper_link(copy, by=cast.users["officer"])
    page = signed_in("officer").post(f"/desk/circulations/{copy.code}/reissue/", {"instead_of": shown}, follow=True)
    assert "没有再发" in page.content.decode() and "新链接在发信箱里了" not in page.content.decode()
    assert len(letters(copy)) == 1


def test_a_copy_sent_back_is_out_again_after_a_new_link_and_its_reason_stays(cast, campaign):
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    Circulation.objects.filter(pk=copy.pk).update(sent_back_at=clock.now(), sent_back_reason="少了附件")
    delivery.reissue_link(copy, by=cast.users["officer"], instead_of=delivery.last_link_code(copy))
    copy.refresh_from_db()
    assert (copy.sent_back_at, copy.sent_back_reason) == (None, "少了附件")


def test_an_address_found_out_by_telephone_is_registered_and_used(cast, campaign):
    edu = cast.units["c.edu"]
    MailAddress.objects.filter(unit=edu).delete()
    delivery.send_circulations()
    copy = copy_of(campaign, edu)
    for wrong in ("", "not an address"):
        with pytest.raises(Invalid):
            delivery.reissue_link(copy, by=cast.users["officer"], instead_of="", address=wrong)
    delivery.reissue_link(copy, by=cast.users["officer"], instead_of="", address="New@Example.org")
    copy.refresh_from_db()
    assert [row.to for row in letters(copy)] == ["new@example.org"]
    assert (copy.undeliverable_at, copy.state.label) == (None, "待发")


def test_a_revoked_link_opens_nothing(cast, campaign):
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.edu"])
    secret = secret_in(letters(copy)[0])
    delivery.revoke_link(copy, by=cast.users["officer"])
    delivery.revoke_link(copy, by=cast.users["officer"])
    with pytest.raises(Gone):
        open_link(secret, UNIT_LINK)
    assert letters(copy)[0].state == Delivery.DROPPED


@pytest.mark.parametrize("who", ["sister", "d.officer", "liaison", "leader", "system_admin"])
def test_only_the_office_or_one_above_the_unit_makes_new_links(cast, campaign, who):
    delivery.send_circulations()
    copy = copy_of(campaign, cast.units["c.hos"])
    code = delivery.last_link_code(copy)
    with pytest.raises(Refused):
        delivery.reissue_link(copy, by=cast.users[who], instead_of=code)
    with pytest.raises(Refused):
        delivery.revoke_link(copy, by=cast.users[who])
    assert delivery.last_link_code(copy) == code
