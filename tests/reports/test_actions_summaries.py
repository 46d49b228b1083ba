"""A summary rests on a frozen snapshot, is edited in the open, signed off by the leader, and never changed after that."""

import hashlib
from datetime import timedelta

import pytest

from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.kinds import Kind
from jinguo.campaigns.actions import obligations
from jinguo.campaigns.models import Obligation
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.papers.models import Paper
from jinguo.reports.actions import returns, summaries
from jinguo.reports.models import Return, Sentence, Snapshot, Summary
from jinguo.reports.queries import summaries as queries
from jinguo.reports.queries.freeze import freeze
from tests.reports import builders


@pytest.fixture
def leader(issued):
    return issued.cast.users["leader"]


def said(summary: Summary) -> dict[str, str]:
    return {row.key.split(":")[0] if ":" in row.key else row.key: row.text for row in summary.sentences.all()}


def start(issued, officer) -> Summary:
    return summaries.start_summary(issued.campaign, by=officer)


def approve(summary: Summary, officer, leader) -> Summary:
    summaries.submit_summary(summary, by=officer)
    return summaries.approve_summary(Summary.objects.get(pk=summary.pk), by=leader)


def test_the_summary_says_what_came_and_what_did_not(issued, officer):
    builders.report(issued, "c.a", on_site=126, place="文化馆", summary="五位姐妹讲自己的事。", accept=True)
    builders.report(issued, "c.b", "读书会", on_site=40, accept=True)
    builders.report(issued, "c.edu", "讲座", on_site=9)
    obligations.zero_report(issued.obligations["c.hos"], reason="没有", by=issued.link("c.hos"))
    builders.hold(
        issued,
        "c",
        "春风女性专场招聘会",
        clauses=("春风女性专场招聘会",),
        kind=Kind.JOB_FAIR,
        place="人才市场",
        on_site=860,
    )
    texts = [row.text for row in start(issued, officer).sentences.all()]
    for sentence in (
        "活动主题为“姐妹同行，春到清泉”。",
        "应报送“活动情况”的单位4家，报来4家，其中零报告1家。",
        "各单位报来活动3场（联办的只计一次），其中已接收2场。",
        "已接收的活动中，2场报了现场人次，共166人次。",
        "通知安排各单位开展的措施4项，已接收活动的1项，还没有的3项。",
        "2家单位报来活动2场，现场参加166人次。",
        "东川县妇联报来：“五位姐妹讲自己的事。”",
        "另有1件已报、还没有接收，不计在内。",
        "已接收的报送中，没有提出困难和建议。",
    ):
        assert sentence in texts, sentence
    day = clock.today() - timedelta(days=2)
    assert f"春风女性专场招聘会：{day.year}年{day.month}月{day.day}日在人才市场举办，现场参加860人次。" in texts
    today = clock.today()
    assert "家庭故事分享会：未见活动记录。" in texts
    assert f"本项由适合的单位选做；截至{today.month}月{today.day}日，没有单位报来。" in texts


def test_a_joint_event_counts_once_with_its_largest_number(issued, officer):
    for key, people in (("c.a", 110), ("c.b", 120)):
        builders.report(issued, key, "石桥义诊", place="石桥镇", on_site=people, accept=True)
    figures = {row["code"]: row for row in start(issued, officer).snapshot.data["figures"]}
    assert [figures["activities"][way]["number"] for way in ("claimed", "deduplicated", "confirmed")] == [2, 1, 1]
    assert [figures["on_site"][way]["number"] for way in ("claimed", "deduplicated", "confirmed")] == [230, 120, 120]


def test_about_stays_about_and_blank_stays_blank(issued, officer):
    builders.report(issued, "c.a", on_site=90, on_site_about=True, accept=True)
    builders.report(issued, "c.b", "读书会", on_site=0, accept=True)
    summary = start(issued, officer)
    assert said(summary)["people"] == "已接收的活动中，2场报了现场人次，共约90人次。"
    figures = {row["code"]: row for row in summary.snapshot.data["figures"]}
    assert figures["online"]["claimed"]["number"] is None


def test_own_events_are_planned_cancelled_or_held_as_recorded(issued, officer):
    head = ("春风女性专场招聘会",)
    builders.hold(issued, "c", "第二场", clauses=head, state=ActivityState.CANCELLED, cancel_reason="场地停电。")
    builders.hold(issued, "c", "第三场", clauses=head, state=ActivityState.PUBLISHED, published_at=clock.now())
    builders.hold(issued, "c", "第四场", clauses=head, state=ActivityState.DRAFT)
    builders.hold(issued, "c.a", "县里的一场", clauses=head)
    own = [row.text for row in start(issued, officer).sentences.filter(section="own")]
    assert own[0] == "春风女性专场招聘会：“第二场”已取消，原因：场地停电。"
    assert own[1].startswith("春风女性专场招聘会：“第三场”定于") and "没有办完的记录" in own[1]
    assert not any("第四场" in text or "县里" in text for text in own)


def test_a_closed_unit_and_an_exempt_one_leave_the_set_and_are_said(issued, officer):
    obligations.exempt(issued.obligations["c.a"], reason="新设", by=officer)
    unit = issued.cast.units["c.edu"]
    type(unit).objects.filter(pk=unit.pk).update(valid_to=clock.today() - timedelta(days=3))
    builders.report(issued, "c.b", accept=True)
    texts = said(start(issued, officer))
    assert texts["duty"] == "应报送“活动情况”的单位2家，报来1家；没有报来的1家。"
    assert texts["out"] == "另有免报1家、到期前撤销或合并1家，不计在内。"


def test_the_snapshot_keeps_what_was_whatever_comes_after(issued, officer):
    given = builders.report(issued, "c.a", on_site=210, accept=True)
    summary = start(issued, officer)
    before = summaries.canonical(Snapshot.objects.get().data)
    returns.revise_return(given, builders.sheet(issued, on_site=201), token=ids.new_code(), by=issued.link("c.a"))
    builders.report(issued, "c.b", "迟来的一场")
    kept = Snapshot.objects.get()
    assert summaries.canonical(kept.data) == before
    assert hashlib.sha256(before).hexdigest() == kept.digest
    late = {row.given.unit.short_name: row.touches for row in queries.came_after(summary, queries.numbered(summary))}
    assert late["西岭区妇联"] == []
    touched = {queries.numbered(summary)[n - 1].row.key.split(":")[0] for n in late["东川县妇联"]}
    assert {"activities", "people", "count"} <= touched


def test_figures_and_coverage_of_a_snapshot_equal_a_recount(issued, officer):
    for key, people in (("c.a", 10), ("c.b", None), ("c.edu", 7)):
        builders.report(issued, key, f"{key}的一场", on_site=people, accept=key != "c.edu")
    data = freeze(issued.campaign, clock.now())
    accepted = Return.objects.counted()
    figure = {row["code"]: row for row in data["figures"]}
    assert figure["on_site"]["confirmed"]["number"] == sum(row.accepted.on_site or 0 for row in accepted)
    assert set(figure["activities"]["rows"]) == set(accepted.values_list("code", flat=True))
    assert sum(sum(cells.values()) for cells in data["coverage"].values()) == 2
    assert data["rates"][issued.ask.code]["completeness"] == [3, 4]


def test_pressing_twice_opens_one_summary_with_one_snapshot(issued, officer):
    assert start(issued, officer) == start(issued, officer)
    assert (Summary.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_a_new_draft_takes_the_place_of_the_old_one_which_stays(issued, officer):
    old = start(issued, officer)
    builders.report(issued, "c.a", accept=True)
    newer = summaries.renew_summary(old, by=officer)
    assert [row.state for row in Summary.objects.order_by("made_at")] == ["replaced", "draft"]
    assert said(newer)["activities"].startswith("各单位报来活动1场")
    assert summaries.renew_summary(Summary.objects.get(pk=old.pk), by=officer) == newer, "pressed twice"
    assert Summary.objects.count() == 2
    summaries.submit_summary(newer, by=officer)
    with pytest.raises(Refused):
        summaries.renew_summary(Summary.objects.get(pk=old.pk), by=officer)


def test_an_edited_sentence_is_marked_and_keeps_its_sources(issued, officer):
    summary = start(issued, officer)
    sentence = summary.sentences.get(key="coverage")
    edited = summaries.edit_sentence(sentence, text="  措施共有\n5项。 ", by=officer)
    assert (edited.text, edited.origin, edited.sources) == ("措施共有 5项。", "typed", sentence.sources)
    shown = next(one for one in queries.numbered(summary) if one.row.pk == sentence.pk)
    assert shown.new_numbers == ["5"]
    back = summaries.edit_sentence(edited, text=edited.built_text, by=officer)
    assert back.origin == "built"
    for text in ("", "  ", "长" * 1001):
        with pytest.raises(Invalid):
            summaries.edit_sentence(sentence, text=text, by=officer)


def test_a_dropped_sentence_leaves_the_paper_and_the_numbers_close_up(issued, officer):
    summary = start(issued, officer)
    first = summary.sentences.get(position=1)
    count = summary.sentences.count()
    summaries.drop_sentence(first, dropped=True, by=officer)
    assert [line.number for line in queries.lines_of(summary)] == list(range(1, count))
    summaries.drop_sentence(first, dropped=False, by=officer)
    assert len(queries.lines_of(summary)) == count


def test_the_leader_signs_off_and_the_paper_is_kept_frozen(issued, officer, leader):
    builders.report(issued, "c.a", summary="讲了五个故事。", accept=True)
    builders.report(issued, "c.b", "读书会", accept=True)
    builders.report(issued, "c.edu", "讲座")
    summary = start(issued, officer)
    approved = approve(summary, officer, leader)
    assert summaries.approve_summary(approved, by=leader) == approved
    paper = Paper.objects.get()
    assert (approved.state, approved.paper, approved.approved_by) == ("approved", paper, leader.actor_code)
    assert paper.frozen_at is not None and paper.source_code == summary.snapshot.code
    assert dict(Return.objects.values_list("unit__short_name", "outcome")) == {
        "东川县妇联": "adopted", "西岭区妇联": "kept", "市教育局妇委会": "",
    }  # fmt: skip
    assert Entry.objects.filter(action="summary.approve").count() == 1


def test_nothing_is_edited_after_it_was_handed_over(issued, officer, leader):
    summary = start(issued, officer)
    sentence = summary.sentences.get(position=1)
    for _ in range(2):
        summaries.submit_summary(Summary.objects.get(), by=officer)
    for stale in (sentence, Sentence.objects.get(pk=sentence.pk)):
        with pytest.raises((Refused, Stale)):
            summaries.edit_sentence(stale, text="改", by=officer)
    summaries.give_back_summary(Summary.objects.get(), note="第一句短一点", by=leader)
    assert (Summary.objects.get().state, Summary.objects.get().back_note) == ("draft", "第一句短一点")
    summaries.edit_sentence(Sentence.objects.get(pk=sentence.pk), text="短。", by=officer)
    approve(Summary.objects.get(), officer, leader)
    with pytest.raises(Refused):
        summaries.edit_sentence(Sentence.objects.get(pk=sentence.pk), text="再改", by=officer)
    assert start(issued, officer) != summary, "after signing off a new one may be begun"


def test_giving_back_needs_a_word(issued, officer, leader):
    summary = start(issued, officer)
    summaries.submit_summary(summary, by=officer)
    for note in (" ", "长" * 301):
        with pytest.raises(Invalid):
            summaries.give_back_summary(Summary.objects.get(), note=note, by=leader)


@pytest.mark.parametrize("who", ["officer", "liaison", "d.officer", "auditor", "sister"])
def test_only_the_leader_of_the_house_signs(issued, officer, who):
    summaries.submit_summary(start(issued, officer), by=officer)
    with pytest.raises(Refused):
        summaries.approve_summary(Summary.objects.get(), by=issued.cast.users[who])
    assert not Paper.objects.exists()


@pytest.mark.parametrize("who", ["leader", "liaison", "d.officer", "auditor", "sister"])
def test_only_the_officer_of_the_house_writes(issued, who):
    with pytest.raises(Refused):
        summaries.start_summary(issued.campaign, by=issued.cast.users[who])
    assert not Snapshot.objects.exists()


def test_a_summary_that_was_not_handed_over_is_not_signed(issued, officer, leader):
    with pytest.raises(Refused):
        summaries.approve_summary(start(issued, officer), by=leader)


def test_an_adopted_return_keeps_its_acceptance(issued, officer, leader):
    from jinguo.reports.actions.review import undo_acceptance

    builders.report(issued, "c.a", accept=True)
    approve(start(issued, officer), officer, leader)
    with pytest.raises(Refused):
        undo_acceptance(Return.objects.get(), by=officer)


def test_closing_summaries_are_no_activities_but_their_difficulties_are_heard(issued, officer):
    from jinguo.campaigns.models import Ask
    from jinguo.campaigns.models.obligation import AskKind

    ask = Ask.objects.create(campaign=issued.campaign, kind=AskKind.CLOSING, title="活动总结")
    duty = Obligation.objects.create(ask=ask, unit=issued.cast.units["c.a"])
    sheet = builders.sheet(
        issued, "", clauses=(), held_on=None, summary="总的办得顺利。", on_site=999, difficulties="缺人手。"
    )
    given = returns.send_sheet(duty, sheet, token=ids.new_code(), by=issued.link("c.a"))
    builders.accepted(issued, given)
    summary = start(issued, officer)
    figures = {row["code"]: row["claimed"]["number"] for row in summary.snapshot.data["figures"]}
    assert (figures["activities"], figures["on_site"]) == (0, None)
    assert said(summary)["problem"] == "东川县妇联：“缺人手。”"
