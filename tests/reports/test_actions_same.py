"""One event told twice counts once, nobody becomes late by it, nothing that was sent is lost, and every step can be undone."""

from datetime import timedelta

import pytest

from jinguo.campaigns.models import Obligation
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Refused, Stale
from jinguo.reports.actions import returns, review, same, summaries
from jinguo.reports.models import Apart, JointEvent, Return, ReturnVersion
from jinguo.reports.queries.same import proposals_for
from tests.reports import builders


def fresh(given: Return) -> Return:
    return Return.objects.select_related("unit", "current", "joint", "merged_into", "obligation__ask").get(pk=given.pk)


def facts(issued, key="c.a") -> tuple[int, int, object]:
    row = Obligation.objects.get(pk=issued.obligations[key].pk)
    return row.returns, row.accepted, row.first_reported_at


def figures(issued, officer) -> dict[str, tuple[int, int, int]]:
    data = summaries.take_snapshot(issued.campaign, by=officer).data
    ways = ("claimed", "deduplicated", "confirmed")
    return {row["code"]: tuple(row[way]["number"] for way in ways) for row in data["figures"]}


def test_a_units_duplicate_is_merged_and_split_again_without_a_trace_in_its_duty(issued, officer):
    first = builders.report(issued, "c.a", on_site=126)
    second = builders.report(issued, "c.a", "“槐荫里”故事会", on_site=126)
    earlier = clock.now() - timedelta(days=3)
    ReturnVersion.objects.filter(given=second).update(sent_at=earlier)
    Return.objects.filter(pk=second.pk).update(first_sent_at=earlier, sent_at=earlier)
    Obligation.objects.filter(pk=first.obligation_id).update(first_reported_at=earlier)
    before = facts(issued)
    [proposal] = proposals_for(fresh(first))
    assert (proposal.other, proposal.same_duty, proposal.merges) == (second, True, True)
    for _ in range(2):
        same.merge_return(fresh(second), fresh(first), by=officer)
    merged = fresh(second)
    assert (merged.state, merged.merged_into, facts(issued)) == ("merged", first, (1, 0, earlier))
    assert fresh(first).first_sent_at == earlier, "the one that stands is as early as the earlier of the two"
    assert proposals_for(fresh(first)) == []
    same.split_return(fresh(second), by=officer)
    assert (fresh(second).state, facts(issued)) == ("reported", before)
    assert fresh(first).first_sent_at == first.first_sent_at
    assert list(Entry.objects.filter(action__in=["return.merge", "return.split"]).values_list("action", flat=True)) == [
        "return.merge",
        "return.split",
    ]


def test_a_merged_return_is_neither_changed_nor_withdrawn_nor_decided(issued, officer):
    first, second = builders.report(issued, "c.a"), builders.report(issued, "c.a")
    same.merge_return(fresh(second), fresh(first), by=officer)
    link, merged = issued.link("c.a"), fresh(second)
    for act in (
        lambda: returns.withdraw_return(merged, by=link),
        lambda: returns.revise_return(merged, builders.sheet(issued), token="x" * 12, by=link),
        lambda: review.accept_return(merged, number=1, by=officer),
        lambda: review.send_back(merged, number=1, notes={"": "补"}, by=officer),
        lambda: same.merge_return(fresh(first), merged, by=officer),
    ):
        with pytest.raises(Refused):
            act()
    assert fresh(second).state == "merged"


def test_what_was_accepted_is_never_merged_away(issued, officer):
    first, second = builders.report(issued, "c.a"), builders.report(issued, "c.a", accept=True)
    with pytest.raises(Refused):
        same.merge_return(fresh(second), fresh(first), by=officer)
    same.merge_return(fresh(first), fresh(second), by=officer)
    assert facts(issued)[:2] == (1, 1)


def test_a_version_that_came_meanwhile_stops_the_merging(issued, officer):
    first, second = builders.report(issued, "c.a"), builders.report(issued, "c.a")
    seen = fresh(second)
    returns.revise_return(fresh(second), builders.sheet(issued, on_site=5), token="y" * 12, by=issued.link("c.a"))
    with pytest.raises(Stale):
        same.merge_return(seen, fresh(first), by=officer)
    assert facts(issued)[0] == 2


def test_a_joint_event_meets_both_duties_and_counts_once(issued, officer):
    ours = builders.report(issued, "c.a", "联办故事会", place="文化馆", on_site=100, accept=True)
    theirs = builders.report(
        issued, "c.b", "西岭东川故事会", place="县文化馆", on_site=120, cohosts="东川县妇联", accept=True
    )
    assert figures(issued, officer)["activities"] == (2, 2, 2)
    for _ in range(2):
        same.join_returns(fresh(ours), fresh(theirs), by=officer)
    assert JointEvent.objects.count() == 1
    found = figures(issued, officer)
    assert (found["activities"], found["on_site"]) == ((2, 1, 1), (220, 120, 120))
    assert facts(issued)[0] == facts(issued, "c.b")[0] == 1
    same.leave_event(fresh(ours), by=officer)
    assert (fresh(theirs).joint, figures(issued, officer)["activities"]) == (None, (2, 2, 2))


def test_joining_a_third_gathers_all_three(issued, officer):
    one, two, three = (builders.report(issued, key) for key in ("c.a", "c.b", "c.edu"))
    same.join_returns(fresh(one), fresh(two), by=officer)
    same.join_returns(fresh(three), fresh(two), by=officer)
    assert len({fresh(row).joint_id for row in (one, two, three)}) == 1
    same.leave_event(fresh(three), by=officer)
    assert fresh(three).joint_id is None and fresh(one).joint_id == fresh(two).joint_id is not None


def test_two_put_apart_are_counted_twice_though_they_look_the_same_and_not_proposed_again(issued, officer):
    one = builders.report(issued, "c.a", place="广场", on_site=10)
    two = builders.report(issued, "c.b", place="广场", on_site=30)
    assert figures(issued, officer)["activities"][1] == 1
    for _ in range(2):
        same.put_apart(fresh(two), fresh(one), by=officer)
    assert (Apart.objects.count(), proposals_for(fresh(one))) == (1, [])
    found = figures(issued, officer)
    assert (found["activities"][1], found["on_site"][1]) == (2, 40)
    same.join_returns(fresh(one), fresh(two), by=officer)
    assert figures(issued, officer)["activities"][1] == 1, "the last word counts"


def test_only_the_office_that_asked_says_so(issued):
    one, two = builders.report(issued, "c.a"), builders.report(issued, "c.b")
    for who in ("county_officer", "liaison", "d.officer", "leader"):
        with pytest.raises(Refused):
            same.join_returns(fresh(one), fresh(two), by=issued.cast.users[who])
