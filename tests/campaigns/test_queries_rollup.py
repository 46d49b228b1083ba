"""Places roll up to what an independent walk counts, whatever happened in whatever order; nobody stands in two places."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.campaigns.models import Obligation
from jinguo.campaigns.queries.circulation import DONE
from jinguo.campaigns.queries.groups import groups_of
from jinguo.campaigns.queries.rollup import board_of, places_below, places_by_themselves
from jinguo.lib import clock
from tests.campaigns.test_histories import ACTS, Undone, play
from tests.issued import issue

pytestmark = pytest.mark.django_db
RUN = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ALL = ("c.a", "c.b", "c.a.t", "c.a.t.v", "c.b.t", "c.edu", "c.hos", "c.home")
steps = st.lists(st.tuples(st.integers(0, 15), st.sampled_from(ACTS), st.integers(-15, 25)), max_size=30)


@pytest.fixture
def campaign(cast):
    return issue(cast, ALL)


def walked(campaign, moment, holds) -> tuple[int, int, int, int]:
    """(in force, answered, late, in time) of the units that `holds`, by a plain walk over the rows."""
    force = done = late = punctual = 0
    for row in Obligation.objects.filter(ask__campaign=campaign).select_related("unit"):
        due = row.extended_to or row.due_at
        gone = row.unit.valid_to is not None and clock.end_of(row.unit.valid_to) < (due or moment)
        if row.exempt_at or gone or not holds(row.unit):
            continue
        force += 1
        answered = bool(row.returns or row.zero_at)
        done += answered
        late += not answered and due is not None and due <= moment
        punctual += bool(due and any(at and at <= due for at in (row.first_reported_at, row.zero_at)))
    return force, done, late, punctual


def said(standing) -> tuple[int, int, int, int]:
    report = standing.report
    return report.total, report.done, standing.late, report.on_time or 0


@given(history=steps)
@RUN
def test_places_roll_up_to_an_independent_recount(campaign, cast, history):
    try:
        with transaction.atomic():
            play(history, cast.users["officer"])
            moment = clock.now()
            board = board_of(campaign, moment)
            for group, standing in board.parts:
                members = {row.unit_id for row in campaign.circulations.filter(group.holds("unit__"))}
                assert said(standing) == walked(campaign, moment, lambda unit, m=members: unit.pk in m), group.name
                assert standing.sign.sent == group.units == len(members)
                assert 0 <= standing.report.done <= standing.report.total
            assert said(board.whole) == walked(campaign, moment, lambda unit: True)
            for column in range(4):
                assert sum(said(one)[column] for _group, one in board.parts) == said(board.whole)[column]
            whole = board.whole.report
            assert whole.total + whole.exempt + whole.closed == 16, "each unit once for each ask, merged or closed too"
            assert sum(n for word, n in whole.counts.items() if word in DONE) == whole.done
            for place in ("c", "c.a", "c.a.t"):
                for row in places_below(campaign, cast.units[place], moment):
                    path = row.unit.path
                    assert said(row.standing) == walked(campaign, moment, lambda unit, p=path: unit.path.startswith(p))
            for row in places_by_themselves(campaign, [cast.units["c.a"], cast.units["c.edu"]], moment):
                assert said(row.standing) == walked(campaign, moment, lambda unit, own=row.unit: unit.pk == own.pk)
            raise Undone
    except Undone:
        pass


def test_a_county_is_the_sum_of_itself_and_what_stands_below(campaign, cast):
    now = clock.now()
    Obligation.objects.filter(unit=cast.units["c.a.t.v"]).update(returns=1, accepted=1, first_reported_at=now)
    county = {group.name: standing for group, standing in board_of(campaign, now).parts}["东川县"]
    assert (county.sign.total, county.report.total, county.report.done) == (4, 8, 2)
    (town,) = places_below(campaign, cast.units["c.a"], now)
    assert (str(town.unit), town.deeper, said(town.standing)[:2]) == ("泉水镇妇联", True, (6, 2))
    below = places_below(campaign, cast.units["c.a.t"], now)
    assert [(str(row.unit), row.deeper, said(row.standing)[:2]) for row in below] == [
        ("槐树村妇联", False, (2, 2)), ("泉水镇妇女之家", False, (2, 0)),
    ]  # fmt: skip


def test_a_merged_unit_is_counted_neither_there_nor_where_it_went(campaign, cast):
    village, town = cast.units["c.a.t.v"], cast.units["c.a.t"]
    before = board_of(campaign, clock.now()).whole.report.total
    type(village).objects.filter(pk=village.pk).update(valid_to=clock.today() - timedelta(days=1), merged_into=town)
    whole = board_of(campaign, clock.now()).whole
    assert (whole.report.total, whole.report.closed, whole.sign.total, whole.sign.closed) == (before - 2, 2, 7, 1)
    (row,) = places_below(campaign, cast.units["c.a"], clock.now())
    assert (row.standing.report.total, row.standing.report.closed) == (4, 2)


def test_the_units_of_the_issuing_federation_itself_stand_by_class(cast):
    campaign = issue(cast, ("c.edu", "c.hos", "c.home"), title="没有县")
    assert [(group.name, group.is_county) for group in groups_of(campaign)] == [
        ("东川县", True), ("市直单位", False), ("企业事业单位", False),
    ]  # fmt: skip
    empty = issue(cast, (), title="一家也没有")
    board = board_of(empty, clock.now())
    assert (board.parts, board.whole.report.rate, board.whole.sign.rate) == ([], "—", "—")
