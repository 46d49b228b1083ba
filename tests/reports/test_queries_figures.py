"""Every figure and rate counted in SQL is the one an independent recount of the rows gives, whatever has happened and in
whatever order; each opens the rows it is the sum of."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings, strategies

from jinguo.campaigns.models import Campaign, Obligation
from jinguo.lib import clock, ids
from jinguo.reports import metrics
from jinguo.reports.actions.telling import tell
from jinguo.reports.metrics import Value, event_mark
from jinguo.reports.models import Apart, JointEvent, Return, ReturnVersion
from jinguo.reports.queries.figures import change_of, figures_of, rates_now, rows_of, same_last_year, value_of
from jinguo.reports.queries.freeze import freeze
from jinguo.reports.queries.rates import Duty, rates_of
from tests.reports import builders

KEYS = ("c.a", "c.b", "c.edu", "c.hos")
FIELDS = ("on_site", "women", "online", "benefited")


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


small = strategies.one_of(strategies.none(), strategies.integers(0, 4))
sheets = strategies.fixed_dictionaries(
    {
        "title": strategies.sampled_from(["故事会", "“故事会”", "义诊", ""]),
        "place": strategies.sampled_from(["文化馆", "文化馆。", ""]),
        "held_on": strategies.sampled_from([date(2024, 3, 6), date(2024, 3, 7), None]),
        "deeds": small,
    }
    | dict.fromkeys(FIELDS, small)
    | {f"{name}_about": strategies.booleans() for name in FIELDS}
)
STATES = ("reported", "sent_back", "resent", "accepted", "corrected", "withdrawn")
returns = strategies.tuples(
    strategies.sampled_from(KEYS),
    strategies.sampled_from(STATES),
    sheets,
    sheets,
    strategies.sampled_from([None, 0, 1]),
)
pairs = strategies.lists(strategies.tuples(strategies.integers(0, 7), strategies.integers(0, 7)), max_size=3)


def plant(issued, told, apart) -> None:
    """Rows as the actions would have left them: a newest version, an accepted one where there is one, joint events."""
    now, events = clock.now(), {}
    made = []
    for key, state, accepted_sheet, sheet, joint in told:
        duty = issued.obligations[key]
        if joint is not None and joint not in events:
            events[joint] = JointEvent.objects.create(campaign=issued.campaign, made_at=now, actor="test")
        row = Return.objects.create(
            obligation=duty, unit=duty.unit, campaign=issued.campaign, key=ids.new_code(), state="reported",
            created_at=now, first_sent_at=now, sent_at=now, joint=events.get(joint),
        )  # fmt: skip
        versions = [
            ReturnVersion.objects.create(
                given=row, number=n, token=ids.new_code(), written_at=now, sent_at=now, actor="t", event=event_mark(one), **one
            )
            for n, one in enumerate((accepted_sheet, sheet), 1)
        ]  # fmt: skip
        accepted = {"accepted": versions[1], "corrected": versions[0]}.get(state)
        Return.objects.filter(pk=row.pk).update(
            state=state, current=versions[1], accepted=accepted, accepted_at=now if accepted else None
        )
        made.append(row.pk)
    for one, other in apart:
        if one < other < len(made):
            Apart.objects.get_or_create(first_id=made[one], second_id=made[other], defaults={"at": now, "actor": "t"})
    tell(made)


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(strategies.lists(returns, max_size=8), pairs)
def test_figures_in_sql_are_those_of_an_independent_recount(issued, told, apart):
    with transaction.atomic():
        plant(issued, told, apart)
        frozen = freeze(issued.campaign, clock.now())
        counted = [row for row in frozen["returns"] if row["code"] in set(frozen["counted"])]
        scope = metrics.Scope(issued.campaign, counted)
        recount = {name: figure(scope) for name, figure in metrics.figures}
        for figure in figures_of(issued.campaign):
            again = recount[figure.code]
            for way in ("claimed", "deduplicated", "confirmed"):
                mine, other = getattr(figure, way), getattr(again, way)
                assert (mine.number, mine.told, mine.about) == (other.number, other.told, other.about), (
                    figure.code,
                    way,
                )
                assert value_of(issued.campaign, figure.code, way) == mine
                rows = [row for row in rows_of(issued.campaign, figure.code, way)[:] if row.counts]
                assert (sum(row.number for row in rows) if rows else None) == (mine.number or (0 if rows else None))
        transaction.set_rollback(True)


moments = strategies.one_of(strategies.none(), strategies.integers(-40, 20))
duties = strategies.tuples(
    moments,
    moments,
    strategies.booleans(),
    strategies.integers(0, 2),
    moments,
    strategies.booleans(),
    strategies.booleans(),
)


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(strategies.lists(duties, min_size=4, max_size=4))
def test_rates_in_sql_are_those_of_an_independent_recount_and_never_past_the_whole(issued, facts):
    now = clock.now()

    def moment(days):
        return None if days is None else now + timedelta(days=days)

    with transaction.atomic():
        recount = []
        for key, (due, more, exempt, many, first, zero, ended) in zip(KEYS, facts, strict=True):
            due_at = moment(due)
            extended = due_at + timedelta(days=abs(more)) if due_at and more else None
            came = moment(-abs(first or 0)) if many and not exempt else None
            zero_at = moment(-1) if zero and not came and not exempt else None
            row = issued.obligations[key]
            Obligation.objects.filter(pk=row.pk).update(
                due_at=due_at, extended_to=extended, exempt_at=now if exempt else None, exempt_reason="x" if exempt else "",
                returns=many if came else 0, first_reported_at=came, last_reported_at=came, zero_at=zero_at,
            )  # fmt: skip
            gone = clock.today() - timedelta(days=30) if ended else None
            type(row.unit).objects.filter(pk=row.unit.pk).update(valid_to=gone)
            until = extended or due_at
            closed = gone is not None and clock.end_of(gone) < (until or now)
            recount.append(Duty(not exempt and not closed, bool(came), zero_at is not None, until, came or zero_at))
        found = rates_now(issued.campaign, now)
        assert found.rates == rates_of(recount)
        for ratio in (
            found.rates.completeness,
            found.rates.timeliness,
            found.rates.zero_share,
            found.raw,
            found.signed,
        ):
            assert 0 <= ratio.part <= ratio.whole
        assert found.raw.part <= found.rates.timeliness.part, "more time never makes anybody later"
        transaction.set_rollback(True)


def test_of_equal_numbers_the_exact_one_counts(issued):
    builders.report(issued, "c.a", place="文化馆", on_site=120, on_site_about=True, accept=True)
    builders.report(issued, "c.b", place="文化馆", on_site=120, accept=True)
    builders.report(issued, "c.edu", "义诊", place="广场", on_site=30, on_site_about=True)
    figure = next(one for one in figures_of(issued.campaign) if one.code == "on_site")
    assert (figure.claimed, figure.deduplicated, figure.confirmed) == (
        Value(270, 3, True), Value(150, 2, True), Value(120, 1, False),
    )  # fmt: skip


def test_last_years_work_is_found_by_its_title_and_what_was_not_told_has_no_change(issued):
    issued.campaign.title = "关于开展2024年“三八”国际妇女节系列活动的通知"

    def other(title: str, days: int) -> Campaign:
        return Campaign(title=title, issued_at=issued.campaign.issued_at - timedelta(days=days))

    right = other("关于开展2023年“三八”国际妇女节系列活动的通知", 370)
    wrong = [other("关于做好2023年“三八”国际妇女节系列活动的通知", 700), other("关于报送体检人数的通知", 365)]
    assert same_last_year(issued.campaign, [*wrong, right]) == right
    assert same_last_year(issued.campaign, wrong) is None
    assert change_of(Value(None), Value(5)) is change_of(Value(5), Value(None)) is None
    assert (change_of(Value(12, 1), Value(10, 1)).by, change_of(Value(12, 1), Value(10, 1)).percent) == (2, "+20.0%")
    assert change_of(Value(12, 1), Value(0, 1)).percent == "", "of nothing there is no percentage"


def test_the_page_costs_the_same_for_one_and_for_three_and_every_number_opens_its_rows(issued, client):
    client.force_login(issued.cast.users["officer"])
    address = f"/desk/campaigns/{issued.campaign.code}/figures/"

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    builders.report(issued, "c.a", place="文化馆", on_site=120, accept=True)
    client.get(address)
    one, rows_one = queries(address), queries(f"{address}?metric=on_site&way=confirmed")
    builders.report(issued, "c.b", place="文化馆", on_site=100, accept=True)
    builders.report(issued, "c.edu", "义诊", on_site=30, accept=True)
    assert (queries(address), queries(f"{address}?metric=on_site&way=confirmed")) == (one, rows_one)
    page = client.get(f"{address}?metric=on_site&way=confirmed").content.decode()
    assert "150 人次" in page and "同一场，不另计" in page
    assert client.get(f"{address}?metric=nothing&way=confirmed").status_code == 200
    assert "没有单位报这个数" in client.get(f"{address}?metric=deeds&way=claimed").content.decode()
    client.force_login(issued.cast.users["d.officer"])
    assert client.get(address).status_code == 404


def test_a_page_of_rows_behind_a_figure_goes_on_where_the_one_before_ended(issued):
    for key in ("c.a", "c.b", "c.edu"):
        builders.report(issued, key, place="文化馆", on_site=100, accept=True)
    builders.report(issued, "c.hos", "义诊", place="广场", on_site=30, accept=True)
    rows = rows_of(issued.campaign, "on_site", "deduplicated")
    whole = [(row.pk, row.counts) for row in rows[:]]
    assert rows.count() == len(whole) == 4 and sum(counts for _pk, counts in whole) == 2
    assert [(row.pk, row.counts) for at in range(4) for row in rows[at : at + 1]] == whole
    assert [row.counts for row in rows_of(issued.campaign, "on_site", "claimed")[:]] == [True] * 4
