"""States counted in SQL are the states shown; rates are sets; lists narrow; nobody undated is ever late."""

from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.campaigns.actions import delivery
from jinguo.campaigns.models import Ask, Circulation, Obligation
from jinguo.campaigns.models.campaign import DueOrigin
from jinguo.campaigns.models.circulation import SignedHow
from jinguo.campaigns.queries import circulation as queries
from jinguo.campaigns.queries.circulation import Choice
from jinguo.federation.models import Unit
from jinguo.lib import clock
from tests.issued import copy_of, issue

pytestmark = pytest.mark.django_db
NOW = clock.at(date(2024, 3, 15), 10)
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

moments = st.none() | st.timedeltas(timedelta(days=-40), timedelta(days=40)).map(lambda shift: NOW + shift) | st.sampled_from(
    [NOW, NOW + timedelta(days=3), NOW - timedelta(days=7), NOW - timedelta(days=7, microseconds=-1)]
)  # fmt: skip


@st.composite
def circulation_facts(draw):
    facts = {
        name: draw(moments)
        for name in (
            "queued_at",
            "delivered_at",
            "read_at",
            "signed_at",
            "forwarded_at",
            "sent_back_at",
            "undeliverable_at",
        )
    }
    facts["signed_how"] = draw(st.sampled_from(SignedHow.values)) if facts["signed_at"] else ""
    return facts


@st.composite
def obligation_facts(draw):
    returns = draw(st.integers(0, 3))
    accepted = draw(st.integers(0, returns))
    return {
        "due_at": draw(moments),
        "extended_to": draw(moments),
        "exempt_at": draw(st.none() | st.none() | moments),
        "zero_at": draw(moments),
        "returns": returns,
        "accepted": accepted,
        "sent_back": draw(st.integers(0, returns - accepted)),
        "proxied": draw(st.booleans()),
        "first_reported_at": draw(moments) if returns else None,
        "valid_to": draw(st.none() | moments.map(lambda at: at and at.date())),
    }


@given(facts=st.lists(circulation_facts(), min_size=5, max_size=5))
@MANY
def test_the_states_of_circulations_in_sql_are_those_shown(campaign, facts):
    for row, given_facts in zip(campaign.circulations.order_by("pk"), facts, strict=True):
        acting = campaign.office.unit if given_facts["signed_how"] == SignedHow.PROXY else None
        Circulation.objects.filter(pk=row.pk).update(**given_facts, proxy_unit=acting)
    rows = list(campaign.circulations.with_state())
    assert [row.state_word for row in rows] == [str(row.state) for row in rows]
    tally = queries.sign_tally(campaign)
    assert tally.counts == dict(Counter(str(row.state) for row in rows))
    assert (tally.done, tally.total) == (sum(row.signed_at is not None for row in rows), 5)


@given(facts=st.lists(obligation_facts(), min_size=10, max_size=10))
@MANY
def test_the_states_of_obligations_in_sql_are_those_shown(campaign, cast, facts):
    Unit.objects.update(valid_to=None)
    for row, given_facts in zip(Obligation.objects.order_by("pk"), facts, strict=True):
        valid_to = given_facts.pop("valid_to")
        proxy = cast.units["c.a"] if given_facts.pop("proxied") else None
        Obligation.objects.filter(pk=row.pk).update(proxy_unit=proxy, **given_facts)
        Unit.objects.filter(pk=row.unit_id).update(valid_to=valid_to)
    rows = list(Obligation.objects.with_state(NOW).select_related("unit"))
    assert [row.state_word for row in rows] == [str(row.state_at(NOW)) for row in rows]
    for ask, tally in queries.report_tallies(campaign, NOW):
        assert_like_by_hand(tally, [row for row in rows if row.ask_id == ask.pk])


def assert_like_by_hand(tally, rows):
    """The tally against a plain reckoning over the set of reference/reporting §7."""
    ended = [
        row for row in rows
        if not row.exempt_at and row.unit.valid_to
        and clock.end_of(row.unit.valid_to) < (row.extended_to or row.due_at or NOW)
    ]  # fmt: skip
    in_force = [row for row in rows if not row.exempt_at and row not in ended]
    reported = [row for row in in_force if row.returns or row.zero_at]
    assert tally.total == len(in_force)
    assert tally.done == len(reported)
    assert tally.counts == dict(Counter(str(row.state_at(NOW)) for row in in_force))
    assert (tally.exempt, tally.closed) == (sum(bool(row.exempt_at) for row in rows), len(ended))
    in_time = [
        row for row in in_force
        if (due := row.extended_to or row.due_at)
        and any(at and at <= due for at in (row.first_reported_at, row.zero_at))
    ]  # fmt: skip
    assert (tally.on_time or 0) == len(in_time)


@pytest.mark.parametrize(("part", "whole", "said"), [(82, 87, "94.3%"), (0, 5, "0.0%"), (5, 5, "100.0%"), (0, 0, "—")])
def test_a_share_of_nothing_is_a_dash(part, whole, said):
    assert queries.percent(part, whole) == said


def test_the_worked_case_of_the_reference():
    """87 circulated, 3 exempt, 1 merged before due: 83 in force; 68 reported, 6 zero: 89.2 %."""
    tally = queries.Tally({}, done=68 + 6, total=87 - 3 - 1, exempt=3, closed=1, on_time=60 + 6)
    assert (tally.rate, queries.percent(tally.on_time, tally.total)) == ("89.2%", "79.5%")


def test_lists_narrow_by_state_class_county_and_name(cast, campaign):
    delivery.send_circulations()
    Circulation.objects.filter(unit=cast.units["c.edu"]).update(read_at=NOW)

    def found(**choice: str) -> set[str]:
        return {str(row.unit) for row in queries.circulation_list(campaign, Choice(**choice))}

    assert found(state="read") == {"市教育局妇委会"}
    assert found(unit_class="federation") == {"东川县妇联", "西岭区妇联"}
    assert found(place=cast.units["c.a"].code) == {"东川县妇联", "泉水镇妇女之家"}
    assert found(words="医院") == {"市第二医院女工委"}
    assert found(place=cast.units["d.a"].code) == set(), "another city's county narrows to nothing"
    assert len(found()) == 5
    rows = queries.obligation_list(campaign, Choice(unit_class="home"), NOW)
    assert {str(row.unit) for row in rows} == {"泉水镇妇女之家"}


@pytest.mark.parametrize(
    ("due", "origin", "late"),
    [
        (None, "", False),
        (timedelta(hours=-1), DueOrigin.CONFIRMED, True),
        (timedelta(hours=-1), DueOrigin.NOTICE, True),
        (timedelta(hours=-1), DueOrigin.SUGGESTED, False),
        (timedelta(hours=1), DueOrigin.CONFIRMED, False),
    ],
)
def test_only_a_confirmed_date_makes_anybody_late(campaign, due, origin, late):
    campaign.sign_due_at, campaign.sign_due_origin = due and NOW + due, origin
    assert queries.sign_is_overdue(campaign, NOW) is late
    assert not queries.unsigned_to_phone(campaign, NOW).exists(), "the first working day belongs to the mail"
    if due != timedelta(hours=1):
        assert queries.unsigned_to_phone(campaign, NOW + timedelta(days=12)).count() == (5 if late else 0)


def test_units_out_of_reach_are_telephoned_without_any_date(cast, campaign):
    Circulation.objects.filter(unit=cast.units["c.edu"]).update(undeliverable_at=NOW, undeliverable_why="no_address")
    Circulation.objects.filter(unit=cast.units["c.hos"]).update(
        undeliverable_at=NOW, undeliverable_why="refused", signed_at=NOW, signed_how="phone"
    )
    assert [str(row.unit) for row in queries.unsigned_to_phone(campaign, NOW)] == ["市教育局妇委会"]


def test_an_undated_ask_is_never_on_the_telephone_list(campaign):
    far = NOW + timedelta(days=4000)
    assert {row.ask.title for row in queries.reports_to_phone(campaign, far)} == {"活动总结"}
    assert Ask.objects.filter(title="每次活动的情况", due_at=None).exists()


def test_the_first_telephone_of_each_unit(cast):
    units = [cast.units["c.edu"], cast.units["c.hos"]]
    found = queries.first_contacts(unit.pk for unit in units)
    assert {key: contact.position for key, contact in found.items()} == {unit.pk: 1 for unit in units}


def test_clauses_are_proposed_by_what_a_unit_is(cast, campaign):
    def proposed(key: str) -> list[str]:
        return [clause.heading for clause in queries.fitting_clauses(campaign, cast.units[key]).proposed]

    assert proposed("c.hos") == ["“漾泉”义诊"]
    assert proposed("c.home") == ["家庭教育课"]
    for key in ("c.hos", "c.home", "c.edu"):
        fitting = queries.fitting_clauses(campaign, cast.units[key])
        assert {c.heading for c in [*fitting.proposed, *fitting.others]} == {"“漾泉”义诊", "家庭教育课"}, (
            "never the issuer's own"
        )


def test_a_unit_sees_its_own_duties_with_what_waits_first(cast, campaign):
    second = issue(cast, ("c.edu", "c.hos"), title="第二份通知")
    late = Obligation.objects.get(ask__campaign=second, unit=cast.units["c.edu"], ask__kind="closing")
    Obligation.objects.filter(pk=late.pk).update(due_at=NOW - timedelta(days=1))
    rows = queries.unit_obligations(cast.units["c.edu"], NOW)
    assert {row.unit_id for row in rows} == {cast.units["c.edu"].pk}
    assert len(rows) == 4
    assert rows[0].pk == late.pk
    assert len(queries.unit_obligations(cast.units["c.edu"], NOW, campaign)) == 2


def test_the_board_counts_in_a_fixed_number_of_queries(cast, campaign, django_assert_num_queries):
    small = issue(cast, ("c.edu",), title="只发一家")
    for one in (small, campaign):
        with django_assert_num_queries(5):
            queries.sign_tally(one)
            queries.report_tallies(one, NOW)
            list(queries.circulation_list(one, Choice()))


def test_a_copy_is_seen_only_by_those_it_concerns(cast, campaign):
    copy = copy_of(campaign, cast.units["c.edu"])
    seen = {who for who, user in cast.users.items() if queries.copy_seen(user, copy.code)}
    assert seen == {"officer", "leader", "chair", "vice_chair", "liaison"}
    type(campaign).objects.filter(pk=campaign.pk).update(issued_at=None, state="draft")
    assert queries.copy_seen(cast.users["officer"], copy.code) is None
    assert queries.copy_seen(SimpleNamespace(), copy.code) is None
