"""Whatever is done to returns, in whatever order, figures keep saying what an independent recount of the returns says."""

from importlib import import_module

from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies

from jinguo.lib import clock, ids
from jinguo.lib.errors import Problem
from jinguo.reports import metrics
from jinguo.reports.actions import returns, review, same
from jinguo.reports.models import Return, Told
from jinguo.reports.queries.coverage import coverage_of, covered_of
from jinguo.reports.queries.figures import figures_of
from jinguo.reports.queries.freeze import freeze
from tests.reports import builders

KEYS = ("c.a", "c.b", "c.edu")
WAYS = ("claimed", "deduplicated", "confirmed")

small = strategies.one_of(strategies.none(), strategies.integers(0, 3))
sheets = strategies.fixed_dictionaries(
    {
        "title": strategies.sampled_from(["故事会", "义诊"]),
        "place": strategies.sampled_from(["文化馆", ""]),
        "on_site": small,
        "on_site_about": strategies.booleans(),
        "deeds": small,
    }
)
one_done = (
    strategies.tuples(strategies.just("send"), strategies.sampled_from(KEYS), sheets)
    | strategies.tuples(strategies.just("revise"), strategies.integers(0, 4), sheets)
    | strategies.tuples(
        strategies.sampled_from(["accept", "undo", "send_back", "withdraw", "split", "leave"]),
        strategies.integers(0, 4),
        strategies.none(),
    )
    | strategies.tuples(
        strategies.sampled_from(["merge", "join", "put_apart"]), strategies.integers(0, 4), strategies.integers(0, 4)
    )
)


def do(issued, what: str, one, other) -> None:
    """One action of a unit or of the city; what the house refuses stays undone."""
    officer = issued.cast.users["officer"]
    if what == "send":
        builders.report(issued, one, **other)
        return
    rows = list(Return.objects.select_related("current", "accepted", "obligation__ask", "unit", "joint").order_by("pk"))
    if not rows:
        return
    row = rows[one % len(rows)]
    unit = next(key for key in KEYS if issued.obligations[key].pk == row.obligation_id)
    if what == "revise":
        sheet = builders.sheet(issued, **other)
        returns.revise_return(row, sheet, token=ids.new_code(), by=issued.link(unit), reason="更正")
    elif what in ("accept", "send_back"):
        more = {"notes": {"": "请补上人数。"}} if what == "send_back" else {}
        act = review.send_back if more else review.accept_return
        act(row, number=row.current.number, by=officer, **more)
    elif what == "withdraw":
        returns.withdraw_return(row, by=issued.link(unit))
    elif what in ("undo", "split", "leave"):
        act = {"undo": review.undo_acceptance, "split": same.split_return, "leave": same.leave_event}[what]
        act(row, by=officer)
    else:
        act = {"merge": same.merge_return, "join": same.join_returns, "put_apart": same.put_apart}[what]
        act(row, rows[other % len(rows)], by=officer)


def said(figures) -> dict[tuple[str, str], tuple[int | None, int, bool]]:
    found = {(figure.code, way): getattr(figure, way) for figure in figures for way in WAYS}
    return {key: (value.number, value.told, value.about) for key, value in found.items()}


def recount(campaign) -> dict[tuple[str, str], tuple[int | None, int, bool]]:
    """From the frozen returns and their versions, in Python."""
    frozen = freeze(campaign, clock.now())
    scope = metrics.Scope(campaign, [row for row in frozen["returns"] if row["code"] in set(frozen["counted"])])
    return said(figure(scope) for _name, figure in metrics.figures)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(strategies.lists(one_done, min_size=3, max_size=14))
def test_figures_follow_every_action(issued, done):
    with transaction.atomic():
        for what, one, other in done:
            try:
                with transaction.atomic():
                    do(issued, what, one, other)
            except Problem:
                continue
        assert said(figures_of(issued.campaign)) == recount(issued.campaign)
        matrix = coverage_of(issued.campaign)
        assert covered_of(issued.campaign) == (matrix.covered, len(matrix.clauses))
        transaction.set_rollback(True)


def test_a_report_corrected_joined_merged_and_taken_back_is_counted_as_it_stands(issued, officer):
    first = builders.report(issued, "c.a", place="文化馆", on_site=30, accept=True)
    second = builders.report(issued, "c.b", place="文化馆", on_site=20, accept=True)
    third, again = (builders.report(issued, "c.edu", title, place="广场", on_site=5) for title in ("义诊", "义诊活动"))

    def on_site() -> tuple[int | None, ...]:
        found = said(figures_of(issued.campaign))
        assert found == recount(issued.campaign)
        return tuple(found["on_site", way][0] for way in WAYS)

    def fresh(row: Return) -> Return:
        return Return.objects.select_related("obligation__ask", "unit", "current", "accepted", "joint").get(pk=row.pk)

    assert on_site() == (60, 40, 30)
    same.merge_return(again, third, by=officer)
    assert on_site() == (55, 35, 30)
    same.split_return(fresh(again), by=officer)
    assert on_site() == (60, 40, 30)
    correction = builders.sheet(issued, place="文化馆", on_site=10)
    returns.revise_return(first, correction, token=ids.new_code(), by=issued.link("c.a"), reason="数错了")
    assert on_site() == (40, 30, 30), "what was accepted stands until the correction is"
    same.join_returns(fresh(first), fresh(third), by=officer)
    assert on_site() == (40, 35, 50), "joined with another event it is no longer the same as the one it looks like"
    same.leave_event(fresh(first), by=officer)
    assert on_site() == (40, 30, 30)
    same.put_apart(fresh(first), second, by=officer)
    assert on_site() == (40, 40, 50)
    review.undo_acceptance(fresh(second), by=officer)
    assert on_site() == (40, 40, 30)
    returns.withdraw_return(fresh(third), by=issued.link("c.edu"))
    assert on_site() == (35, 35, 30)
    builders.accepted(issued, fresh(again))
    assert on_site() == (35, 35, 35)


def test_returns_at_hand_are_told_by_the_step_as_the_actions_tell_them(issued, officer):
    first = builders.report(issued, "c.a", place="文化馆", on_site=30, on_site_about=True, accept=True)
    second = builders.report(issued, "c.b", place="文化馆", women=20, deeds=2)
    third = builders.report(issued, "c.edu", "义诊", on_site=0, accept=True)
    same.put_apart(first, second, by=officer)
    same.join_returns(first, third, by=officer)
    returns.withdraw_return(builders.report(issued, "c.edu", "宣讲"), by=issued.link("c.edu"))
    columns = ("given", "campaign", "ask", "confirmed", "event", *metrics.NUMBERS)

    def rows() -> list[tuple[object, ...]]:
        return sorted(Told.objects.values_list(*columns), key=str)

    before = rows()
    assert len(before) == 5
    Told.objects.all().delete()
    import_module("jinguo.reports.migrations.0005_told").tell(apps, None)
    assert rows() == before
