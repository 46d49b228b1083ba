"""An item is proposed until a person decides; every decision stays on record, and sent twice counts once."""

import pytest

from jinguo.journal.models import Entry
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.notices import actions
from jinguo.notices.models import Confirmation, Decision, Item, ItemKind, NoticeState
from jinguo.notices.queries import progress_of
from jinguo.notices.queries.desk import newest_decision
from jinguo.notices.rules import may_publish


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


@pytest.fixture
def measure(notice):
    return notice.items.get(clause="二(四)一")


@pytest.fixture
def mixer(notice):
    """Own event 6: 揭牌仪式及联谊活动."""
    return notice.items.get(clause="自办6")


def decisions(item):
    return list(item.confirmations.order_by("pk").values_list("decision", flat=True))


def newest(item):
    """What a page says it has seen."""
    return decision.pk if (decision := newest_decision(item)) else 0


def lines(notice):
    return Entry.objects.about("notice", notice.code).count()


def test_confirming_makes_it_solid(notice, measure, officer):
    actions.confirm_item(measure, by=officer)
    measure.refresh_from_db()
    assert (measure.decision, measure.values) == (Decision.CONFIRMED, measure.proposal)
    row = measure.confirmations.get()
    assert (row.decision, row.actor, row.values) == (Decision.CONFIRMED, officer.actor_code, measure.values)
    line = Entry.objects.about("notice", notice.code).first()
    assert (line.action, line.actor) == ("item.confirmed", officer.actor_code)


def test_what_she_changes_stands_beside_the_reading(measure, officer):
    read = dict(measure.proposal)
    actions.edit_item(measure, by=officer, title="漾泉巾帼红", venues=["广场"], lead_department="宣教部")
    measure.refresh_from_db()
    assert (measure.decision, measure.title, measure.values["venues"]) == (Decision.EDITED, "漾泉巾帼红", ["广场"])
    assert measure.proposal == read and measure.values["groups"] == read["groups"]


def test_saving_without_a_change_is_confirming(measure, officer):
    actions.edit_item(measure, by=officer, **measure.proposal)
    assert measure.decision == Decision.CONFIRMED


def test_undo_brings_the_proposal_back_and_keeps_the_record(measure, officer):
    actions.edit_item(measure, by=officer, title="另一个名字")
    actions.undo_item(measure, by=officer)
    measure.refresh_from_db()
    assert (measure.decision, measure.values, measure.title) == (
        Decision.PROPOSED,
        measure.proposal,
        measure.proposal["title"],
    )
    assert decisions(measure) == ["edited", "proposed"]


def test_no_task_and_back(measure, officer):
    actions.reject_item(measure, by=officer)
    assert measure.decision == Decision.REJECTED
    actions.undo_item(measure, by=officer)
    assert (measure.decision, decisions(measure)) == (Decision.PROPOSED, ["rejected", "proposed"])


def test_pressed_twice_counts_once(notice, measure, officer):
    for act in (actions.confirm_item, actions.reject_item):
        act(measure, by=officer)
        before = (decisions(measure), lines(notice))
        act(Item.objects.get(pk=measure.pk), by=officer)
        assert (decisions(measure), lines(notice)) == before


def test_the_same_edit_twice_counts_once(measure, officer):
    actions.edit_item(measure, by=officer, title="新名字")
    actions.edit_item(Item.objects.get(pk=measure.pk), by=officer, title="新名字")
    assert decisions(measure) == ["edited"]


def test_all_that_is_left_at_once(notice, measure, officer):
    actions.reject_item(measure, by=officer)
    assert actions.confirm_all(notice, by=officer) == 33
    assert actions.confirm_all(notice, by=officer) == 0
    measure.refresh_from_db()
    assert measure.decision == Decision.REJECTED
    assert Confirmation.objects.filter(decision=Decision.CONFIRMED).count() == 33
    assert Entry.objects.filter(action="notice.confirm_all").count() == 1


def test_splitting_by_what_the_reader_offers(notice, mixer, officer):
    made = actions.split_item(mixer, names=mixer.proposal["splits"][0], by=officer)
    mixer.refresh_from_db()
    assert mixer.decision == Decision.REPLACED
    assert [item.title for item in made] == ["“幸福家”婚恋服务站揭牌仪式", "青年联谊活动"]
    assert [item.quote for item in made] == [item.title for item in made]  # each thread leads to its own words
    assert [item.clause for item in made] == ["自办11", "自办12"]
    assert {item.decision for item in made} == {Decision.EDITED} and {item.came_from for item in made} == {mixer}
    order = list(notice.items.standing().filter(kind=ItemKind.OWN_EVENT).values_list("clause", flat=True))
    assert order[5:7] == ["自办11", "自办12"]


def test_splitting_into_typed_names(mixer, officer):
    made = actions.split_item(mixer, names=["揭牌", "相亲会"], by=officer)
    assert made[1].spans == mixer.spans  # not words of the notice: the thread leads to the whole


def test_splitting_twice_splits_once(notice, mixer, officer):
    names = ["揭牌", "联谊"]
    first = actions.split_item(mixer, names=names, by=officer)
    again = actions.split_item(Item.objects.get(pk=mixer.pk), names=names, by=officer)
    assert [item.pk for item in first] == [item.pk for item in again]
    with pytest.raises((Stale, Refused)):
        actions.split_item(Item.objects.get(pk=mixer.pk), names=["另", "外"], by=officer)
    assert notice.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 11


def test_two_presses_that_meet_split_once(notice, mixer, officer):
    """The second was read before the first was written, and comes behind it: she pressed twice, nobody was faster."""
    late, names, known = Item.objects.get(pk=mixer.pk), ["揭牌", "联谊"], newest(mixer)
    first = actions.split_item(mixer, names=names, by=officer, known=known)
    assert actions.split_item(late, names=names, by=officer, known=known) == first
    other = Item.objects.get(pk=mixer.pk)
    other.decision = Decision.PROPOSED
    with pytest.raises(Stale):
        actions.split_item(other, names=["另", "外"], by=officer, known=known)


def test_two_presses_that_meet_merge_once(notice, officer):
    pair = list(notice.items.filter(clause__in=["自办7", "自办8"]))
    late = list(notice.items.filter(clause__in=["自办7", "自办8"]))
    made = actions.merge_items(pair, title="诵读和普法一起办", by=officer)
    assert actions.merge_items(late, title="诵读和普法一起办", by=officer) == made


def test_two_presses_that_meet_decide_once(notice, measure, officer):
    for act in (actions.confirm_item, actions.reject_item, actions.undo_item):
        late, known = Item.objects.get(pk=measure.pk), newest(measure)
        act(measure, by=officer, known=known)
        before = (decisions(measure), lines(notice))
        assert act(late, by=officer, known=known).decision == measure.decision
        assert (decisions(measure), lines(notice)) == before
    with pytest.raises(Stale):
        actions.edit_item(Item.objects.get(pk=measure.pk), by=officer, known=known, title="别的")


def test_one_name_is_no_split(mixer, officer):
    for names in ([], ["一个"], ["同名", " 同名 "]):
        with pytest.raises(Invalid):
            actions.split_item(mixer, names=names, by=officer)
    mixer.refresh_from_db()
    assert mixer.decision == Decision.PROPOSED


def test_undo_puts_a_split_together_again(notice, mixer, officer):
    made = actions.split_item(mixer, names=["揭牌", "联谊"], by=officer)
    assert actions.undo_item(made[1], by=officer) == mixer
    mixer.refresh_from_db()
    assert mixer.decision == Decision.PROPOSED
    assert notice.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 10
    assert set(Item.objects.filter(came_from=mixer).values_list("decision", flat=True)) == {Decision.REPLACED}


def test_merging_two_events_and_taking_it_back(notice, officer):
    pair = list(notice.items.filter(clause__in=["自办7", "自办8"]))
    made = actions.merge_items(pair, title="诵读和普法一起办", by=officer)
    assert (made.values["facets"], len(made.spans)) == ([item.title for item in pair], 2)
    assert (
        actions.merge_items(
            list(notice.items.filter(pk__in=[p.pk for p in pair])), title="诵读和普法一起办", by=officer
        )
        == made
    )
    assert notice.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 9
    actions.undo_item(made, by=officer)
    assert notice.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 10


def test_numbered_clauses_keep_their_number(measure, officer):
    with pytest.raises(Refused):
        actions.split_item(measure, names=["甲", "乙"], by=officer)


def test_adding_what_the_reader_missed(notice, officer):
    sentence = "把时间地点早早说清楚，\n 通过妇女微信群和“妇女之家”接受报名"
    item = actions.add_item(notice, kind=ItemKind.MEASURE, sentence=sentence, by=officer, title="开放报名")
    assert item.quote == sentence.replace("\n ", "")
    assert (item.clause, item.decision, item.values["reach"]) == ("补1", Decision.EDITED, "each")
    again = actions.add_item(notice, kind=ItemKind.MEASURE, sentence=sentence, by=officer, title="开放报名")
    assert again == item and notice.items.count() == 35


def test_what_the_notice_does_not_say_is_not_added(notice, officer):
    for sentence in ("", "　 ", "这句话不在通知里"):
        with pytest.raises(Invalid):
            actions.add_item(notice, kind=ItemKind.MEASURE, sentence=sentence, by=officer, title="凭空")
    assert notice.items.count() == 34


def test_only_the_office_s_own_officer_decides(cast, notice, measure):
    for role in ("leader", "liaison", "d.officer"):
        _refuse_everything(cast.users[role], notice, measure)
    assert not Confirmation.objects.exists()


def _refuse_everything(someone, notice, measure):
    acts = [
        lambda: actions.confirm_item(measure, by=someone),
        lambda: actions.edit_item(measure, by=someone, title="x"),
        lambda: actions.reject_item(measure, by=someone),
        lambda: actions.undo_item(measure, by=someone),
        lambda: actions.confirm_all(notice, by=someone),
        lambda: actions.add_item(notice, kind=ItemKind.MEASURE, sentence="活动主题", by=someone, title="x"),
        lambda: actions.mark_seen(notice, ["S1"], by=someone),
        lambda: actions.answer_sign_due(notice, by=someone, until=None),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()


def test_a_plan_made_meanwhile_wins(notice, measure, officer):
    """The page is old: in the database the notice has already become a plan."""
    type(notice).objects.filter(pk=notice.pk).update(state=NoticeState.PLANNED)
    for act in (
        lambda: actions.confirm_item(measure, by=officer),
        lambda: actions.confirm_all(notice, by=officer),
        lambda: actions.answer_sign_due(notice, by=officer, until=None),
        lambda: actions.add_item(notice, kind=ItemKind.MEASURE, sentence="活动主题", by=officer, title="x"),
    ):
        with pytest.raises(Stale):
            act()
    measure.refresh_from_db()
    assert measure.decision == Decision.PROPOSED and not Confirmation.objects.exists()


def test_progress_counts_what_is_open(notice, measure, officer):
    progress = progress_of(notice)
    assert (progress.to_confirm, progress.unseen, progress.questions, progress.settled) == (34, 0, 2, False)
    actions.confirm_all(notice, by=officer)
    assert progress_of(notice).to_confirm == 0


def test_a_paper_without_a_single_task_is_no_plan(cast, officer):
    notice = actions.paste_notice(cast.office, text="今天天气很好。\n", by=officer)
    for item in notice.items.all():
        actions.reject_item(item, by=officer)
    actions.answer_sign_due(notice, by=officer, until=None)
    actions.answer_signed_on(notice, by=officer, day=None)
    actions.mark_seen(notice, [each["id"] for each in notice.readings.get().record["sentences"]], by=officer)
    ruling = may_publish(notice, officer, progress_of(notice))
    assert not ruling and "没有一条确认的条目" in str(ruling.sentence)
