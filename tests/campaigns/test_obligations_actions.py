"""Nobody is blank: zero reports, exemptions and extensions are real outcomes, each said once."""

from datetime import timedelta

import pytest

from jinguo.campaigns.actions import obligations
from jinguo.campaigns.models import Obligation
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from tests.reports import builders


@pytest.fixture
def issued(cast):
    return builders.issue(cast, due=clock.now() + timedelta(days=10))


def fresh(issued, key="c.a") -> Obligation:
    return Obligation.objects.select_related("ask__campaign", "unit").get(pk=issued.obligations[key].pk)


def state(issued, key="c.a") -> str:
    return fresh(issued, key).state_at(clock.now())


def test_a_zero_report_with_a_reason_is_said_once_and_can_be_taken_back(issued):
    link = issued.link("c.a")
    for _ in range(2):
        obligations.zero_report(fresh(issued), reason=" 本月 没有活动 ", by=link)
    assert (state(issued), fresh(issued).zero_reason) == (ObligationState.ZERO, "本月 没有活动")
    assert Entry.objects.filter(action="obligation.zero").count() == 1
    obligations.undo_zero(fresh(issued), by=link)
    obligations.undo_zero(fresh(issued), by=link)
    assert state(issued) == ObligationState.NOT_DUE


def test_a_zero_report_needs_a_reason(issued):
    with pytest.raises(Invalid):
        obligations.zero_report(fresh(issued), reason="  ", by=issued.link("c.a"))
    with pytest.raises(Invalid):
        obligations.zero_report(fresh(issued), reason="长" * 201, by=issued.link("c.a"))


def test_who_has_reported_does_not_say_none(issued):
    builders.report(issued, "c.a")
    with pytest.raises(Stale):
        obligations.zero_report(fresh(issued), reason="没有活动", by=issued.link("c.a"))


def test_a_return_after_a_zero_report_counts(issued):
    obligations.zero_report(fresh(issued), reason="没有活动", by=issued.link("c.a"))
    builders.report(issued, "c.a")
    assert state(issued) == ObligationState.REPORTED


def test_exempting_frees_a_unit_until_it_is_undone(issued):
    officer = issued.cast.users["officer"]
    for _ in range(2):
        obligations.exempt(fresh(issued), reason="新设单位", by=officer)
    assert (state(issued), fresh(issued).exempt_reason) == (ObligationState.EXEMPT, "新设单位")
    obligations.undo_exempt(fresh(issued), by=officer)
    assert state(issued) == ObligationState.NOT_DUE


def test_a_unit_that_has_reported_is_not_exempted(issued):
    builders.report(issued, "c.a")
    with pytest.raises(Stale):
        obligations.exempt(fresh(issued), reason="新设单位", by=issued.cast.users["officer"])


def test_an_extension_is_later_than_the_due_instant_and_has_a_reason(issued):
    officer, due = issued.cast.users["officer"], fresh(issued).due_at
    for to, reason in ((due, "人手不够"), (due + timedelta(days=3), "")):
        with pytest.raises(Invalid):
            obligations.extend(fresh(issued), to=to, reason=reason, by=officer)
    obligations.extend(fresh(issued), to=due + timedelta(days=3), reason="人手不够", by=officer)
    assert fresh(issued).state_at(due + timedelta(days=1)) == ObligationState.EXTENDED
    assert fresh(issued).state_at(due + timedelta(days=4)) == ObligationState.OVERDUE


def test_what_has_no_due_instant_is_never_extended(issued):
    Obligation.objects.update(due_at=None)
    with pytest.raises(Invalid):
        obligations.extend(
            fresh(issued), to=clock.now() + timedelta(days=3), reason="人手不够", by=issued.cast.users["officer"]
        )


@pytest.mark.parametrize("who", ["county_officer", "leader", "d.officer", "sister", "liaison"])
def test_exceptions_are_the_issuing_officers(issued, who):
    with pytest.raises(Refused):
        obligations.exempt(fresh(issued), reason="忙", by=issued.cast.users[who])


def test_units_do_not_exempt_themselves_and_the_city_does_not_say_none_for_them(issued):
    with pytest.raises(Refused):
        obligations.exempt(fresh(issued), reason="忙", by=issued.link("c.a"))
    with pytest.raises(Refused):
        obligations.zero_report(fresh(issued), reason="没有", by=issued.cast.users["officer"])
    with pytest.raises(Refused):
        obligations.zero_report(fresh(issued), reason="没有", by=issued.link("c.b"))
