"""Two officers at one desk, taking back what was decided, turning a list cut round, drawing a missing item."""

from datetime import date, timedelta

import pytest

from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.notices import actions
from jinguo.notices.models import Decision, Item, ItemKind, Question
from jinguo.notices.queries import desk_of, progress_of
from jinguo.notices.queries.desk import answers_of
from jinguo.notices.rules import may_publish
from tests.papers_hard import HARD, TELLS


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


@pytest.fixture
def measure(notice):
    return notice.items.get(clause="二(四)一")


@pytest.fixture
def hard(cast, officer):
    return actions.paste_notice(cast.office, text=HARD, by=officer)


def fresh(item):
    return Item.objects.select_related("notice__office__unit").get(pk=item.pk)


def newest(item):
    return item.confirmations.order_by("-at", "-pk").first().pk


# ---- two officers --------------------------------------------------------------------------------------------------


def test_the_second_officer_is_told_who_decided_and_nothing_is_lost(cast, measure, officer):
    actions.reject_item(measure, by=officer)
    with pytest.raises(Stale, match=f"刚刚由{officer.display_name}改为“不是任务”"):
        actions.edit_item(fresh(measure), by=officer, known=0, title="另一个名字")
    measure.refresh_from_db()
    assert (measure.decision, measure.title) == (Decision.REJECTED, measure.proposal["title"])
    assert measure.confirmations.count() == 1


def test_who_has_seen_the_newest_decision_may_change_it(measure, officer):
    actions.reject_item(measure, by=officer)
    actions.confirm_item(fresh(measure), by=officer, known=newest(measure))
    assert fresh(measure).decision == Decision.CONFIRMED


def test_the_same_decision_by_both_is_no_conflict(measure, officer):
    actions.confirm_item(measure, by=officer, known=0)
    actions.confirm_item(fresh(measure), by=officer, known=0)
    assert measure.confirmations.count() == 1


def test_an_old_page_cannot_take_back_what_was_edited_since(measure, officer):
    actions.confirm_item(measure, by=officer)
    seen = newest(measure)
    actions.edit_item(fresh(measure), by=officer, known=seen, title="改过的名字")
    with pytest.raises(Stale):
        actions.undo_item(fresh(measure), by=officer, known=seen)
    assert fresh(measure).title == "改过的名字"


def test_two_answers_to_one_question_do_not_overrule_each_other(notice, officer):
    duty = notice.items.get(kind=ItemKind.REPORT_DUTY)
    actions.answer_due(duty, by=officer, working_days=3, known=0)
    with pytest.raises(Stale, match="报送期限"):
        actions.answer_due(duty, by=officer, working_days=5, known=0)
    actions.answer_due(duty, by=officer, working_days=3, known=0)  # the same answer is no conflict
    assert answers_of(notice)[0][(Question.DUE, duty.code)]["days"] == 3


# ---- taking back ---------------------------------------------------------------------------------------------------


def test_one_press_takes_back_all_that_one_press_confirmed(notice, measure, officer):
    actions.reject_item(measure, by=officer)
    actions.confirm_all(notice, by=officer)
    last = desk_of(notice, actor=officer.actor_code).last
    assert (last.what, last.many) == ("items", 33)
    changed = notice.items.get(clause="二(三)一")
    actions.edit_item(changed, by=officer, title="改了一处")
    assert actions.undo_together(notice, at=last.at, by=officer) == 32  # what was decided again since keeps that
    assert actions.undo_together(notice, at=last.at, by=officer) == 0
    standing = dict(notice.items.values_list("clause", "decision"))
    assert (standing["二(三)一"], standing["二(四)一"], standing["二(一)一"]) == ("edited", "rejected", "proposed")
    assert Entry.objects.filter(action="notice.undo_all").count() == 1


def test_the_undo_key_walks_back_through_everything_she_did(notice, measure, officer):
    duty = notice.items.get(kind=ItemKind.REPORT_DUTY)
    actions.confirm_item(measure, by=officer)
    actions.mark_seen(notice, ["S1", "S2"], by=officer)
    actions.answer_due(duty, by=officer, working_days=3)

    def last():
        return desk_of(notice, actor=officer.actor_code).last

    assert (last().what, last().item) == ("answer", duty)
    assert actions.take_back_answer(notice, question=Question.DUE, ref=duty.code, by=officer)
    assert not actions.take_back_answer(notice, question=Question.DUE, ref=duty.code, by=officer)
    assert (last().what, last().many) == ("seen", 2)
    assert actions.unmark_seen(notice, at=last().at, by=officer) == 2
    assert (last().what, last().item) == ("item", measure)
    actions.undo_item(fresh(measure), by=officer)
    assert last() is None
    assert answers_of(notice) == ({}, set()) and notice.answers.count() == 6  # nothing is erased


def test_nobody_takes_back_what_another_decided(cast, notice, measure, officer):
    actions.confirm_item(measure, by=officer)
    assert desk_of(notice, actor=cast.users["leader"].actor_code).last is None
    with pytest.raises(Refused):
        actions.undo_together(notice, at=clock.now(), by=cast.users["leader"])


def test_a_date_of_the_paper_that_was_filled_in_is_missing_again(notice, officer):
    actions.answer_signed_on(notice, by=officer, day=date(2024, 2, 19))
    actions.take_back_answer(notice, question=Question.SIGNED_ON, ref="", by=officer)
    notice.refresh_from_db()
    assert notice.signed_on is None


# ---- list cuts -----------------------------------------------------------------------------------------------------


def test_a_cut_the_reader_refused_is_made_at_one_press(notice, officer):
    mixer = notice.items.get(clause="自办6")
    made = actions.flip_cut(mixer, by=officer)
    assert [item.title for item in made] == ["“幸福家”婚恋服务站揭牌仪式", "青年联谊活动"]
    raw = notice.readings.get().raw_text
    assert [raw[item.start : item.end] for item in made] == [item.title for item in made]
    assert [item.pk for item in actions.flip_cut(fresh(mixer), by=officer)] == [item.pk for item in made]  # twice


def test_a_cut_the_reader_made_is_joined_at_one_press_and_parted_again(hard, officer):
    first, second = hard.items.filter(title__in=["春季家庭服务推进会", "“好家风”座谈会"])
    (whole,) = actions.flip_cut(second, by=officer)
    assert whole.title == "春季家庭服务推进会和“好家风”座谈会"
    assert hard.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 6
    actions.undo_item(whole, by=officer)
    assert {fresh(first).decision, fresh(second).decision} == {Decision.PROPOSED}


def test_where_the_reader_reports_no_cut_there_is_none_to_turn(notice, officer):
    with pytest.raises(Invalid, match="没有可以改的断句"):
        actions.flip_cut(notice.items.get(clause="自办1"), by=officer)


# ---- drawing -------------------------------------------------------------------------------------------------------


def test_selected_words_become_an_item_at_exactly_that_place(notice, officer):
    raw = notice.readings.get().raw_text
    words = "把时间地点早早说清楚"
    start = raw.index(words)
    item = actions.add_item(
        notice, kind=ItemKind.MEASURE, sentence=words, at=(start, start + len(words)), by=officer, title="说清时间"
    )
    assert (item.spans, item.quote, item.proposal) == ([[start, start + len(words)]], words, {})


def test_the_second_of_two_equal_places_is_not_taken_for_the_first(notice, officer):
    raw = notice.readings.get().raw_text
    first = raw.index("妇联")
    second = raw.index("妇联", first + 1)
    item = actions.add_item(
        notice, kind=ItemKind.RECIPIENT, sentence="妇联", at=(second, second + 2), by=officer, title="妇联"
    )
    assert item.start == second


def test_a_selection_over_two_lines_has_a_span_for_each(notice, officer):
    raw = notice.readings.get().raw_text
    start, end = raw.index("统筹安排。"), raw.index("（二）方便群众") + 4
    item = actions.add_item(
        notice, kind=ItemKind.REQUIREMENT, sentence=raw[start:end], at=(start, end), by=officer, title="两句"
    )
    assert len(item.spans) == 2 and not any("\n" in raw[a:b] for a, b in item.spans)
    assert item.quote == "".join(raw[a:b] for a, b in item.spans)


def test_a_place_that_says_something_else_is_refused(notice, officer):
    for at in [(0, 4), (5, 5), (10**6, 10**6 + 4)]:
        with pytest.raises(Invalid, match="对不上"):
            actions.add_item(notice, kind=ItemKind.MEASURE, sentence="说清楚", at=at, by=officer, title="x")
    assert notice.items.count() == 34


def test_a_drawn_telephone_covers_its_sentence_and_makes_no_plan(hard, officer):
    item = actions.add_item(
        hard, kind=ItemKind.CONTACT, sentence="0353-5550123", by=officer, title="家庭部", value="0353-5550123"
    )
    assert (item.clause, item.decision) == ("", Decision.EDITED)
    assert progress_of(hard).clauses == 0


def test_what_was_added_is_taken_back_and_put_back(notice, officer):
    item = actions.add_item(notice, kind=ItemKind.MEASURE, sentence="方便群众", by=officer, title="开放报名")
    actions.undo_item(item, by=officer)
    assert (fresh(item).decision, fresh(item).title) == (Decision.REJECTED, "开放报名")
    actions.confirm_item(fresh(item), by=officer)
    assert fresh(item).decision == Decision.EDITED


# ---- papers that only tell -----------------------------------------------------------------------------------------


def test_a_public_notice_makes_no_plan_unless_a_person_says_so(cast, officer):
    notice = actions.paste_notice(cast.office, text=TELLS, by=officer)
    actions.confirm_all(notice, by=officer)
    ruling = may_publish(notice, officer, progress_of(notice))
    assert not ruling and "这是一份公示" in str(ruling.sentence)
    actions.treat_as_notice(notice, by=officer)
    assert {str(asked.question) for asked in desk_of(notice).questions} >= {Question.SIGN_DUE}
    actions.answer_sign_due(notice, by=officer, until=clock.now() + timedelta(days=1))
    actions.take_back_answer(notice, question=Question.AS_NOTICE, ref="", by=officer)
    assert progress_of(notice).tells_only == "公示"
