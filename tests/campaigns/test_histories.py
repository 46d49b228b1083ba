"""Random histories of a whole campaign: whatever happens in whatever order, nobody is blank and no rate exceeds one.

Every step goes through the house's own actions; one that is refused changes nothing and is a history too.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.campaigns.actions import extensions, obligations
from jinguo.campaigns.models import Circulation, ExtensionRequest, Obligation
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.campaigns.queries.circulation import DONE, Choice, circulation_list, report_tallies, sign_tally
from jinguo.campaigns.queries.rollup import board_of, places_by_themselves
from jinguo.federation.models import Unit
from jinguo.journal.actions import System
from jinguo.lib import clock
from jinguo.lib.errors import Problem
from jinguo.workspace.views.duties import GROUPS
from tests.issued import issue

pytestmark = pytest.mark.django_db
RUN = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
BY = System("test")
ACTS = ("return", "accept", "back", "mend", "withdraw", "zero", "undo_zero", "exempt", "undo_exempt", "ask", "grant",
        "refuse", "extend", "proxy", "close", "merge", "sign", "send_back")  # fmt: skip
steps = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(ACTS), st.integers(-15, 25)), max_size=25)


class Undone(Exception):
    """Ends one history: everything it wrote is taken back."""


def do(duty: Obligation, act: str, days: int, officer) -> None:
    """One event; `days` moves what it dates."""
    moment = clock.now() + timedelta(days=days)
    match act:
        case "return":
            obligations.note_return(duty, at=moment, by=BY, about="x")
        case "accept":
            if duty.accepted + duty.sent_back < duty.returns:
                obligations.note_accepted(duty, by=BY, about="x")
        case "back":
            if duty.accepted + duty.sent_back < duty.returns:
                obligations.note_sent_back(duty, by=BY, about="x")
        case "mend":
            obligations.note_mended(duty, at=moment, by=BY, about="x")
        case "withdraw":
            obligations.note_withdrawn(duty, was_sent_back=duty.sent_back > 0, first=None, last=None, by=BY, about="x")
        case "zero":
            obligations.zero_report(duty, reason="没有", by=liaison(duty))
        case "undo_zero":
            obligations.undo_zero(duty, by=liaison(duty))
        case "exempt":
            obligations.exempt(duty, reason="不适合", by=officer)
        case "undo_exempt":
            obligations.undo_exempt(duty, by=officer)
        case "sign" | "send_back":
            fact = {"signed_at": moment, "signed_how": "link"} if act == "sign" else {"sent_back_at": moment}
            copies = Circulation.objects.filter(unit=duty.unit, campaign=duty.ask.campaign)
            copies.filter(signed_at=None, sent_back_at=None).update(**fact)
        case "proxy":
            Obligation.objects.filter(pk=duty.pk).update(proxy_unit=duty.unit.parent)
        case "close" | "merge":
            into = Unit.objects.exclude(pk=duty.unit_id).filter(parent=duty.unit.parent).first()
            Unit.objects.filter(pk=duty.unit_id).update(
                valid_to=clock.local(moment).date(), merged_into=into if act == "merge" else None
            )
        case _:
            more_time(duty, act, clock.now() + timedelta(days=abs(days) + 1), officer)


def more_time(duty: Obligation, act: str, when, officer) -> None:
    """Events about more time."""
    match act:
        case "ask":
            extensions.ask_extension(duty, to=when, reason="忙", by=liaison(duty))
        case "grant" | "refuse":
            request = ExtensionRequest.objects.waiting().filter(obligation=duty).first()
            if request and act == "grant":
                extensions.grant_extension(request, to=when, by=officer)
            elif request:
                extensions.refuse_extension(request, note="急用", by=officer)
        case "extend":
            obligations.extend(duty, to=when, reason="忙", by=officer)


def liaison(duty: Obligation):
    """Somebody who answers for the unit: its own link."""
    from tests.reports.builders import Issued  # the one helper that makes a unit's link

    return Issued.link(_Holder(duty), "it")


class _Holder:
    """What `Issued.link` needs: a campaign, and a cast in which "it" is the unit."""

    def __init__(self, duty: Obligation) -> None:
        self.campaign = duty.ask.campaign
        self.cast = type("Cast", (), {"units": {"it": duty.unit}})


def play(history, officer) -> None:
    rows = list(Obligation.objects.order_by("pk").values_list("pk", flat=True))
    for which, act, days in history:
        duty = Obligation.objects.select_related("ask__campaign__office__unit", "unit__parent").get(pk=rows[which])
        try:
            with transaction.atomic():
                do(duty, act, days, officer)
        except Problem:
            continue


def facts(campaign, moment) -> list:
    """What the board says, and for each obligation its one state."""
    tallies = [(tally.counts, tally.done, tally.total, tally.exempt, tally.closed, tally.on_time, tally.on_time_raw)
               for _ask, tally in report_tallies(campaign, moment)]  # fmt: skip
    return [tallies, list(Obligation.objects.with_state(moment).order_by("pk").values_list("state_word", flat=True))]


def recount(ask, moment) -> tuple[int, int, int]:
    """(in force, answered, in time), by a plain walk over the rows."""
    force = answered = punctual = 0
    for row in Obligation.objects.filter(ask=ask).select_related("unit"):
        due = row.extended_to or row.due_at
        gone = row.unit.valid_to is not None and clock.end_of(row.unit.valid_to) < (due or moment)
        if row.exempt_at or gone:
            continue
        force += 1
        answered += bool(row.returns or row.zero_at)
        punctual += bool(due and any(at and at <= due for at in (row.first_reported_at, row.zero_at)))
    return force, answered, punctual


def sign_recount(campaign) -> tuple[int, int, int]:
    """(to sign, signed, ended before they did), by a plain walk over the copies."""
    force = signed = gone = 0
    for copy in Circulation.objects.filter(campaign=campaign).select_related("unit"):
        if not copy.signed_at and copy.unit.valid_to is not None and copy.unit.valid_to < clock.today():
            gone += 1
            continue
        force += 1
        signed += bool(copy.signed_at)
    return force, signed, gone


def check_signing(campaign, moment) -> None:
    """The rate of signing, its list and the sums of the city's parts and of single places say what the recount says."""
    tally, counted = sign_tally(campaign), sign_recount(campaign)
    assert (tally.total, tally.done, tally.closed) == counted and tally.sent == 5
    assert 0 <= tally.done <= tally.total == sum(tally.counts.values())
    for state, number in (("in_force", tally.total), ("unsigned", tally.total - tally.done), ("closed", tally.closed)):
        assert circulation_list(campaign, Choice(state=state), moment).count() == number
    board = board_of(campaign, moment)
    units = Unit.objects.filter(circulations__campaign=campaign)
    by_part = [standing.sign for _part, standing in board.parts]
    by_unit = [place.standing.sign for place in places_by_themselves(campaign, units, moment)]
    for signs in ([board.whole.sign], by_part, by_unit):
        assert tuple(sum(getattr(one, name) for one in signs) for name in ("total", "done", "closed")) == counted


@given(history=steps)
@RUN
def test_nobody_is_blank_and_no_rate_exceeds_one(campaign, cast, history):
    try:
        with transaction.atomic():
            play(history, cast.users["officer"])
            moment = clock.now()
            rows = list(Obligation.objects.with_state(moment))
            assert all(
                row.state_word == row.state_at(moment) and row.state_word in ObligationState.values for row in rows
            )
            groups = Counter(word for _name, _title, words in GROUPS for word in words)
            assert all(groups[row.state_word] == 1 for row in rows), "on exactly one part of the unit's list"
            for ask, tally in report_tallies(campaign, moment):
                assert 0 <= tally.done <= tally.total
                assert 0 <= (tally.on_time or 0) <= tally.total
                assert 0 <= (tally.on_time_raw or 0) <= tally.total
                assert all(number > 0 for number in tally.counts.values())
                assert sum(tally.counts.values()) == tally.total
                assert sum(number for word, number in tally.counts.items() if word in DONE) == tally.done
                assert (tally.total, tally.done, tally.on_time or 0) == recount(ask, moment)
                assert tally.total + tally.exempt + tally.closed == 5, "each unit once, merged or closed ones too"
            check_signing(campaign, moment)
            raise Undone
    except Undone:
        pass


@given(
    events=st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(["return", "proxy"]), st.integers(-15, 5)), max_size=12
    ),
    order=st.randoms(use_true_random=False),
)
@RUN
def test_the_order_of_arrival_does_not_matter(campaign, cast, events, order):
    moment, seen = clock.now(), []
    mixed = list(events)
    order.shuffle(mixed)
    for history in (events, mixed):
        try:
            with transaction.atomic():
                for which, act, days in history:
                    duty = Obligation.objects.select_related("unit__parent").order_by("pk")[which]
                    if act == "return":
                        obligations.note_return(duty, at=moment + timedelta(days=days), by=BY, about="x")
                    else:
                        Obligation.objects.filter(pk=duty.pk).update(proxy_unit=duty.unit.parent)
                firsts = list(Obligation.objects.order_by("pk").values_list("first_reported_at", "last_reported_at"))
                seen.append((facts(campaign, moment), firsts))
                raise Undone
        except Undone:
            pass
    assert seen[0] == seen[1]


def test_two_campaigns_never_mix_their_counts(cast):
    first, second = issue(cast), issue(cast, ("c.a", "c.b"), title="另一份通知")
    Obligation.objects.filter(ask__campaign=second).update(zero_at=clock.now())
    assert [tally.done for _ask, tally in report_tallies(first, clock.now())] == [0, 0]
    assert [(tally.done, tally.total) for _ask, tally in report_tallies(second, clock.now())] == [(2, 2), (2, 2)]
