"""What a unit sends arrives once, stays as it was sent, and can be mended, corrected and taken back."""

import pytest

from jinguo.campaigns.models import Obligation
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.messages.models import OutMessage
from jinguo.reports.actions import returns, review
from jinguo.reports.models import Return, ReturnVersion
from jinguo.reports.models.returned import ReturnState
from tests.reports import builders


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


def obligation(issued, key="c.a") -> Obligation:
    return Obligation.objects.get(pk=issued.obligations[key].pk)


def state(issued, key="c.a") -> str:
    return obligation(issued, key).state_at(clock.now())


def test_sending_is_reporting(issued):
    given = builders.report(issued, "c.a", on_site=126)
    assert (given.state, given.current.number, given.current.on_site) == ("reported", 1, 126)
    assert state(issued) == ObligationState.REPORTED
    assert obligation(issued).first_reported_at == given.sent_at


def test_the_same_form_pressed_twice_is_sent_once(issued):
    token, link = ids.new_code(), issued.link("c.a")
    first = returns.send_sheet(issued.obligations["c.a"], builders.sheet(issued), token=token, by=link)
    again = returns.send_sheet(issued.obligations["c.a"], builders.sheet(issued), token=token, by=link)
    assert first == again
    assert (Return.objects.count(), ReturnVersion.objects.count(), obligation(issued).returns) == (1, 1, 1)


def test_one_activity_is_reported_once_however_many_forms_were_open(issued):
    activity, link = builders.hold(issued, "c.a"), issued.link("c.a")
    for _ in range(2):
        returns.send_sheet(
            issued.obligations["c.a"], builders.sheet(issued), token=ids.new_code(), by=link, activity=activity
        )
    assert (Return.objects.count(), obligation(issued).returns) == (1, 1)


def test_a_second_activity_is_a_new_return_never_a_correction(issued):
    builders.report(issued, "c.a", "读书会")
    builders.report(issued, "c.a", "义诊")
    assert sorted(Return.objects.values_list("current__title", "current__number")) == [("义诊", 1), ("读书会", 1)]
    assert obligation(issued).returns == 2


@pytest.mark.parametrize("missing", ["title", "held_on"])
def test_a_sheet_that_says_nothing_is_refused_and_leaves_nothing(issued, missing):
    empty = builders.sheet(issued)
    empty.values[missing] = None
    with pytest.raises(Invalid) as refusal:
        returns.send_sheet(issued.obligations["c.a"], empty, token=ids.new_code(), by=issued.link("c.a"))
    assert refusal.value.field == missing
    assert not Return.objects.exists()


def test_nobody_reports_for_another_unit(issued):
    with pytest.raises(Refused):
        returns.send_sheet(
            issued.obligations["c.a"], builders.sheet(issued), token=ids.new_code(), by=issued.link("c.b")
        )
    with pytest.raises(Refused):
        returns.withdraw_return(builders.report(issued, "c.a"), by=issued.link("c.b"))


def test_a_draft_is_kept_for_the_unit_and_hidden_from_the_city(issued):
    link, token = issued.link("c.a"), ids.new_code()
    draft = returns.keep_draft(issued.obligations["c.a"], builders.sheet(issued), token=token, by=link)
    assert (draft.state, obligation(issued).returns) == (ReturnState.DRAFT, 0)
    assert list(Return.objects.visible_to(link)) == [draft]
    assert not Return.objects.visible_to(issued.cast.users["officer"]).exists()
    sent = returns.send_sheet(issued.obligations["c.a"], builders.sheet(issued, place="文化馆"), token=token, by=link)
    assert (sent, sent.state, sent.current.place) == (draft, "reported", "文化馆")


def test_a_draft_can_be_thrown_away_and_a_sent_return_cannot(issued):
    link = issued.link("c.a")
    draft = returns.keep_draft(issued.obligations["c.a"], builders.sheet(issued), token=ids.new_code(), by=link)
    returns.discard_draft(draft, by=link)
    assert not Return.objects.exists()
    with pytest.raises(Stale):
        returns.discard_draft(builders.report(issued, "c.a"), by=link)


def test_accepting_counts_it_and_accepting_twice_counts_it_once(issued):
    given = builders.report(issued, "c.a", accept=True)
    builders.accepted(issued, given)
    assert (given.state, given.accepted) == ("accepted", given.current)
    assert (obligation(issued).accepted, state(issued)) == (1, ObligationState.ACCEPTED)
    assert Entry.objects.filter(action="return.accept").count() == 1


def test_sending_back_says_what_is_missing_to_the_unit_at_once(issued):
    given = builders.report(issued, "c.a")
    officer = issued.cast.users["officer"]
    mail = review.send_back(given, number=1, notes={"on_site": "来了多少人次？", "place": " "}, by=officer)
    given.refresh_from_db()
    assert (given.state, given.times_back, state(issued)) == ("sent_back", 1, ObligationState.SENT_BACK)
    assert list(given.current.notes.values_list("field", "note")) == [("on_site", "来了多少人次？")]
    assert mail.to == "c-a@example.org"
    assert "来了多少人次？" in mail.body and f"/reports/{given.code}/" in mail.body
    assert review.send_back(given, number=1, notes={"on_site": "来了多少人次？"}, by=officer) == mail
    assert (OutMessage.objects.count(), obligation(issued).sent_back) == (1, 1)


def test_sending_back_needs_a_note(issued):
    given = builders.report(issued, "c.a")
    with pytest.raises(Invalid):
        review.send_back(given, number=1, notes={"on_site": "  ", "nonsense": "x"}, by=issued.cast.users["officer"])
    given.refresh_from_db()
    assert given.state == "reported"


def test_a_mended_return_comes_again_and_the_first_version_stays(issued):
    given, link = builders.report(issued, "c.a"), issued.link("c.a")
    review.send_back(given, number=1, notes={"on_site": "补人次"}, by=issued.cast.users["officer"])
    mended = returns.revise_return(
        Return.objects.get(), builders.sheet(issued, on_site=80), token=ids.new_code(), by=link
    )
    assert (mended.state, mended.current.number) == (ReturnState.RESENT, 2)
    assert list(mended.versions.order_by("number").values_list("on_site", flat=True)) == [None, 80]
    assert (obligation(issued).sent_back, state(issued)) == (0, ObligationState.REPORTED)


def test_correcting_what_was_accepted_keeps_it_counted_until_the_new_version_is_accepted(issued):
    given, link = builders.report(issued, "c.a", on_site=210, accept=True), issued.link("c.a")
    token = ids.new_code()
    corrected = returns.revise_return(given, builders.sheet(issued, on_site=201), token=token, by=link, reason="数错了")
    assert (corrected.state, corrected.accepted.on_site, corrected.current.on_site) == ("corrected", 210, 201)
    assert returns.revise_return(corrected, builders.sheet(issued, on_site=201), token=token, by=link) == corrected
    assert corrected.versions.count() == 2
    again = builders.accepted(issued, corrected)
    assert (again.state, again.accepted.on_site, obligation(issued).accepted) == ("accepted", 201, 1)


def test_a_reviewer_never_accepts_a_version_she_has_not_seen(issued):
    given, link = builders.report(issued, "c.a"), issued.link("c.a")
    returns.revise_return(given, builders.sheet(issued, on_site=80), token=ids.new_code(), by=link)
    with pytest.raises(Stale):
        review.accept_return(Return.objects.get(), number=1, by=issued.cast.users["officer"])
    assert Return.objects.get().state == "reported"


def test_withdrawing_before_acceptance_makes_it_unreported(issued):
    first, second = builders.report(issued, "c.a", "读书会"), builders.report(issued, "c.a", "义诊")
    link = issued.link("c.a")
    returns.withdraw_return(second, by=link)
    assert (obligation(issued).returns, obligation(issued).last_reported_at) == (1, first.sent_at)
    returns.withdraw_return(first, by=link)
    assert returns.withdraw_return(Return.objects.get(pk=first.pk), by=link).state == "withdrawn"
    assert (obligation(issued).returns, obligation(issued).first_reported_at) == (0, None)
    assert state(issued) == ObligationState.OPEN_ENDED


def test_what_was_withdrawn_can_be_reported_again(issued):
    link = issued.link("c.a")
    given = returns.withdraw_return(builders.report(issued, "c.a"), by=link)
    again = returns.revise_return(given, builders.sheet(issued, on_site=5), token=ids.new_code(), by=link)
    assert (again.state, again.current.number, obligation(issued).returns) == ("reported", 2, 1)


def test_what_was_accepted_is_not_withdrawn_but_a_correction_of_it_is(issued):
    given, link = builders.report(issued, "c.a", on_site=210, accept=True), issued.link("c.a")
    with pytest.raises(Refused):
        returns.withdraw_return(given, by=link)
    corrected = returns.revise_return(given, builders.sheet(issued, on_site=201), token=ids.new_code(), by=link)
    back = returns.withdraw_return(corrected, by=link)
    assert (back.state, back.current.on_site, back.accepted.on_site) == ("accepted", 210, 210)
    assert (obligation(issued).returns, obligation(issued).accepted) == (1, 1)


def test_a_correction_sent_back_and_withdrawn_leaves_nothing_to_mend(issued):
    given, link = builders.report(issued, "c.a", on_site=210, accept=True), issued.link("c.a")
    corrected = returns.revise_return(given, builders.sheet(issued, on_site=201), token=ids.new_code(), by=link)
    review.send_back(corrected, number=2, notes={"": "为什么改？"}, by=issued.cast.users["officer"])
    assert state(issued) == ObligationState.SENT_BACK
    returns.withdraw_return(Return.objects.get(), by=link)
    assert (obligation(issued).sent_back, state(issued)) == (0, ObligationState.ACCEPTED)


def test_an_acceptance_can_be_taken_back(issued):
    given = builders.report(issued, "c.a", accept=True)
    undone = review.undo_acceptance(given, by=issued.cast.users["officer"])
    assert (undone.state, undone.accepted, obligation(issued).accepted) == ("reported", None, 0)


@pytest.mark.parametrize("who", ["leader", "sister", "d.officer", "auditor"])
def test_only_the_issuing_officer_reviews(issued, who):
    given = builders.report(issued, "c.a")
    for act in (
        lambda: review.accept_return(given, number=1, by=issued.cast.users[who]),
        lambda: review.send_back(given, number=1, notes={"": "补"}, by=issued.cast.users[who]),
    ):
        with pytest.raises(Refused):
            act()


def test_every_change_leaves_its_line_in_the_journal_and_no_personal_value(issued):
    builders.report(issued, "c.a", summary="请不要抄进日志的话", accept=True)
    lines = Entry.objects.filter(object_kind__in=["return", "obligation"]).order_by("id")
    assert [line.action for line in lines] == [
        "return.create", "obligation.report", "return.send", "obligation.accept", "return.accept",
    ]  # fmt: skip
    assert not any("请不要" in line.detail for line in lines)
