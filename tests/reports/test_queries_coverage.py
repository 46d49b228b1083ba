"""Coverage counts accepted returns only, each once; rates are sets that never pass 100 %, and nothing has no rate."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions import obligations
from jinguo.campaigns.models import Obligation
from jinguo.campaigns.queries.circulation import report_tallies
from jinguo.lib import clock
from jinguo.reports.actions import returns, review
from jinguo.reports.models import Return
from jinguo.reports.queries.coverage import coverage_of, units_in, units_of
from jinguo.reports.queries.rates import Duty, Ratio, answering_of, rates_of
from tests.reports import builders

NOW = clock.at(clock.today(), 12)


@pytest.fixture
def issued(cast):
    return builders.issue(cast, (*builders.ADDRESSED, "c.a.t"))


def counts(issued) -> dict[tuple[str, str], int]:
    matrix = coverage_of(issued.campaign)
    return {
        (clause.heading, group.name): cell.count for clause, cells in matrix.rows for group, cell in cells if cell.count
    }


def test_each_county_counts_all_below_it_and_the_rest_by_class(issued):
    for key in ("c.a", "c.a.t", "c.edu", "c.hos"):
        builders.report(issued, key, f"{key} 的活动", accept=True)
    builders.report(issued, "c.b")
    assert [(group.name, group.units, group.letter) for group in coverage_of(issued.campaign).groups] == [
        ("东川县", 2, "东"), ("西岭区", 1, "西"), ("市直单位", 1, "直"), ("企业事业单位", 1, "企"),
    ]  # fmt: skip
    assert counts(issued) == {
        ("巾帼大宣讲", "东川县"): 2, ("巾帼大宣讲", "市直单位"): 1, ("巾帼大宣讲", "企业事业单位"): 1,
    }  # fmt: skip


def test_a_return_for_two_clauses_counts_once_in_each(issued):
    sheet = builders.sheet(issued, clauses=("巾帼大宣讲", "健康义诊进村"))
    sent = returns.send_sheet(issued.obligations["c.a"], sheet, token="a" * 12, by=issued.link("c.a"))
    builders.accepted(issued, sent)
    assert counts(issued) == {("巾帼大宣讲", "东川县"): 1, ("健康义诊进村", "东川县"): 1}


def test_a_correction_moves_its_count_only_when_it_is_accepted(issued):
    sent = builders.report(issued, "c.a", accept=True)
    newer = returns.revise_return(
        sent, builders.sheet(issued, clauses=("健康义诊进村",)), token="b" * 12, by=issued.link("c.a")
    )
    assert counts(issued) == {("巾帼大宣讲", "东川县"): 1}
    builders.accepted(issued, newer)
    assert counts(issued) == {("健康义诊进村", "东川县"): 1}


def test_what_merely_suits_is_never_missing(issued):
    matrix = coverage_of(issued.campaign)
    tile = matrix.tiles[0]
    assert (tile.missing, tile.left, tile.share) == (
        ("巾帼大宣讲", "健康义诊进村", "送奖到基层"),
        ("姐妹读书会",),
        "0/4",
    )
    assert {cell.empty for clause, cells in matrix.rows for _, cell in cells if clause.heading == "姐妹读书会"} == {
        "left"
    }


def test_units_of_a_part_are_all_listed_whether_they_reported_or_not(issued):
    builders.report(issued, "c.a.t", accept=True)
    matrix = coverage_of(issued.campaign)
    rows = units_of(issued.campaign, matrix.clauses, units_in(issued.campaign, matrix.groups[0]))
    assert [(str(row.unit), [cell.count for cell in row.cells]) for row in rows] == [
        ("东川县妇联", [0, 0, 0, 0]), ("泉水镇妇联", [1, 0, 0, 0]),
    ]  # fmt: skip


def test_the_page_says_so_and_costs_the_same_whatever_came(client, issued):
    client.force_login(issued.cast.users["officer"])
    address = f"/desk/campaigns/{issued.campaign.code}/coverage/"

    def queries(where: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(where).status_code == 200
        return len(found)

    before = [queries(address), queries(f"{address}?group=committee")]
    for key in ("c.a", "c.b", "c.edu"):
        builders.report(issued, key, accept=True)
    assert [queries(address), queries(f"{address}?group=committee")] == before
    assert max(before) <= 13
    page = client.get(address).content.decode()
    assert "4 条措施里 1 条有单位报来" in page


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("d.officer", 404), ("sister", 404), ("liaison", 403)])
def test_who_sees_coverage(client, issued, who, status):
    client.force_login(issued.cast.users[who])
    assert client.get(f"/desk/campaigns/{issued.campaign.code}/coverage/").status_code == status


def test_answering_counts_the_city_too(issued):
    officer = issued.cast.users["officer"]
    builders.report(issued, "c.a", accept=True)
    back = builders.report(issued, "c.b")
    review.send_back(back, number=1, notes={"": "补"}, by=officer)
    again = returns.revise_return(
        Return.objects.get(pk=back.pk), builders.sheet(issued, on_site=3), token="c" * 12, by=issued.link("c.b")
    )
    builders.accepted(issued, again)
    builders.report(issued, "c.edu")
    found = answering_of(issued.campaign)
    assert (found.first_pass, found.waiting) == (Ratio(1, 2), 1)


@pytest.mark.parametrize("seed", range(6))
def test_the_page_counts_in_sql_what_the_pure_rates_count(issued, seed):
    chance = random.Random(seed)
    for key, duty in issued.obligations.items():
        if chance.random() < 0.8:
            Obligation.objects.filter(pk=duty.pk).update(due_at=clock.now() + timedelta(days=chance.randint(-3, 3)))
        act = chance.choice(["report", "accept", "zero", "exempt", "none"])
        if act in ("report", "accept"):
            builders.report(issued, key, accept=act == "accept")
        if act == "zero":
            obligations.zero_report(duty, reason="没有", by=issued.link(key))
        if act == "exempt":
            obligations.exempt(duty, reason="新设", by=issued.cast.users["officer"])
    rows = Obligation.objects.all()
    pure = rates_of(
        Duty(
            row.exempt_at is None, row.returns > 0, row.zero_at is not None, row.extended_to or row.due_at,
            row.first_reported_at or row.zero_at,
        )
        for row in rows
    )  # fmt: skip
    ((_ask, tally),) = report_tallies(issued.campaign, clock.now())
    assert Ratio(tally.done, tally.total) == pure.completeness
    assert Ratio(tally.counts.get("zero", 0), tally.total) == pure.zero_share
    assert (tally.on_time or 0) == pure.timeliness.part
