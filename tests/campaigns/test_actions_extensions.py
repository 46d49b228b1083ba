"""A unit asks for more time before it is late; the office answers with a date; both timeliness figures are kept."""

from datetime import timedelta

import pytest

from jinguo.campaigns.actions import extensions, obligations
from jinguo.campaigns.models import ExtensionRequest, Obligation
from jinguo.campaigns.models.asking import ExtensionAnswer
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.campaigns.queries.circulation import report_tallies
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from tests.reports import builders

pytestmark = pytest.mark.django_db
LATER = timedelta(days=5)


@pytest.fixture
def issued(cast):
    return builders.issue(cast, due=clock.now() + timedelta(days=2))


def duty(issued, key="c.a") -> Obligation:
    return Obligation.objects.select_related("ask__campaign__office__unit", "unit").get(pk=issued.obligations[key].pk)


def ask(issued, key="c.a", reason="汇演改期", by=None) -> ExtensionRequest:
    row = duty(issued, key)
    return extensions.ask_extension(row, to=row.due_at + LATER, reason=reason, by=by or issued.link(key))


def officer(issued):
    return issued.cast.users["officer"]


def test_asking_changes_nothing_by_itself_and_is_said_once(issued):
    link = issued.link("c.a")
    first, again = ask(issued, by=link), ask(issued, by=link)
    assert first.pk == again.pk
    assert duty(issued).extended_to is None
    assert Entry.objects.filter(action="obligation.ask_extension").count() == 1
    with pytest.raises(Stale, match="先收回"):
        ask(issued, reason="又想到一个原因", by=link)


def test_the_office_answers_with_a_date_of_its_own(issued):
    row = ask(issued)
    given = row.due_at + timedelta(days=3)
    extensions.grant_extension(row, to=given, note="最多三天", by=officer(issued))
    row.refresh_from_db()
    assert (row.answer, row.granted_to, row.answer_note) == (ExtensionAnswer.GRANTED, given, "最多三天")
    assert (duty(issued).extended_to, duty(issued).state_at(clock.now())) == (given, ObligationState.EXTENDED)
    with pytest.raises(Stale):
        extensions.refuse_extension(row, note="改主意了", by=officer(issued))


def test_no_needs_a_reason_and_the_unit_may_ask_again(issued):
    row = ask(issued)
    with pytest.raises(Invalid):
        extensions.refuse_extension(row, note=" ", by=officer(issued))
    extensions.refuse_extension(row, note="周五就要用", by=officer(issued))
    assert duty(issued).extended_to is None
    assert ask(issued, reason="只差照片").answered_at is None


def test_taken_back_by_the_unit_alone(issued):
    row = ask(issued)
    with pytest.raises(Refused):
        extensions.take_back_request(row, by=issued.link("c.b"))
    extensions.take_back_request(row, by=issued.link("c.a"))
    extensions.take_back_request(row, by=issued.link("c.a"))
    assert Entry.objects.filter(action="obligation.extension_taken_back").count() == 1


@pytest.mark.parametrize("who", ["sister", "d.officer", "county_officer"])
def test_only_the_issuing_office_answers(issued, who):
    with pytest.raises(Refused):
        extensions.grant_extension(ask(issued), to=clock.now() + timedelta(days=9), by=issued.cast.users[who])
    assert duty(issued).extended_to is None


def test_too_late_undated_answered_and_earlier_dates_are_refused(issued):
    link = issued.link("c.a")
    with pytest.raises(Invalid):
        extensions.ask_extension(duty(issued), to=duty(issued).due_at, reason="想早点", by=link)
    Obligation.objects.filter(pk=duty(issued).pk).update(due_at=clock.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="期限已经过了"):
        extensions.ask_extension(duty(issued), to=clock.now() + LATER, reason="忙", by=link)
    Obligation.objects.filter(pk=duty(issued).pk).update(due_at=None)
    with pytest.raises(Refused, match="没有定日子"):
        extensions.ask_extension(duty(issued), to=clock.now() + LATER, reason="忙", by=link)
    obligations.zero_report(duty(issued, "c.b"), reason="没有", by=issued.link("c.b"))
    with pytest.raises(Refused, match="已经报过"):
        ask(issued, "c.b")


def test_raw_and_adjusted_timeliness_are_both_kept(issued):
    now = clock.now()
    for key in ("c.a", "c.b"):
        Obligation.objects.filter(pk=duty(issued, key).pk).update(
            due_at=now - timedelta(days=2), returns=1, first_reported_at=now - timedelta(days=1)
        )
    Obligation.objects.filter(pk=duty(issued, "c.a").pk).update(extended_to=now)
    [(_ask, tally)] = report_tallies(issued.campaign, now)
    assert (tally.on_time, tally.on_time_raw, tally.total) == (1, 0, 4)
