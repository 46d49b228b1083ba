"""Where the notice is silent only a person decides; a suggestion drives nothing, and 及时 stays undated unless she dates it."""

from datetime import date, datetime, time, timedelta

import pytest

from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.notices import actions
from jinguo.notices.models import Answer, ItemKind, Question
from jinguo.notices.queries import desk_of
from jinguo.notices.queries.desk import answers_of
from jinguo.notices.questions import due_of, due_text, instant_of


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


@pytest.fixture
def duty(notice):
    return notice.items.get(kind=ItemKind.REPORT_DUTY)


def due(notice, duty):
    return due_of(duty, answers_of(notice)[0])


def open_questions(notice):
    return {str(asked.question) for asked in desk_of(notice).questions if asked.open}


def test_an_undated_duty_and_the_sign_for_date_are_asked(notice):
    assert open_questions(notice) == {Question.DUE, Question.SIGN_DUE}  # this notice does carry its 成文日期


def test_nothing_is_due_before_somebody_says_so(notice, duty):
    assert due(notice, duty) == ({"kind": "soft"}, "")
    assert instant_of({"kind": "soft"}) is None


def test_working_days_after_each_activity(notice, duty, officer):
    actions.answer_due(duty, by=officer, working_days=3)
    stated, origin = due(notice, duty)
    assert (stated, origin) == ({"kind": "working_days", "days": 3}, "confirmed")
    assert str(due_text(stated)) == "每场后 3 个工作日"


def test_a_day_runs_to_its_end(notice, duty, officer):
    day = clock.today() + timedelta(days=9)
    actions.answer_due(duty, by=officer, on=day)
    stated, origin = due(notice, duty)
    assert (instant_of(stated), origin) == (clock.end_of(day), "confirmed")
    actions.answer_due(duty, by=officer, on=day, at=time(17, 0))
    assert instant_of(due(notice, duty)[0]) == clock.at(day, 17)


def test_she_may_leave_it_undated(notice, duty, officer):
    actions.answer_due(duty, by=officer)
    assert due(notice, duty) == ({"kind": "soft"}, "")
    assert Question.DUE not in open_questions(notice)


def test_the_newest_answer_stands_and_older_ones_stay(notice, duty, officer):
    actions.answer_due(duty, by=officer, working_days=3)
    actions.answer_due(duty, by=officer, working_days=5)
    actions.answer_due(duty, by=officer, working_days=5)  # the same press twice
    assert due(notice, duty)[0]["days"] == 5
    assert Answer.objects.filter(question=Question.DUE).count() == 2
    assert Entry.objects.filter(action="notice.answer").count() == 2


def test_an_impossible_number_of_days_is_refused(duty, officer):
    for days in (0, -1, 31, 400):
        with pytest.raises(Invalid):
            actions.answer_due(duty, by=officer, working_days=days)
    assert not Answer.objects.exists()


def test_a_day_that_has_passed_is_refused(notice, duty, officer):
    with pytest.raises(Invalid):
        actions.answer_due(duty, by=officer, on=clock.today() - timedelta(days=1))
    with pytest.raises(Invalid):
        actions.answer_sign_due(notice, by=officer, until=clock.now() - timedelta(minutes=1))
    assert not Answer.objects.exists()


def test_until_when_to_sign_or_no_such_date(notice, officer):
    until = clock.at(clock.today() + timedelta(days=2), 18)
    actions.answer_sign_due(notice, by=officer, until=until)
    answers, _seen = answers_of(notice)
    assert datetime.fromisoformat(answers[(Question.SIGN_DUE, "")]["at"]) == until
    actions.answer_sign_due(notice, by=officer, until=None)
    assert answers_of(notice)[0][(Question.SIGN_DUE, "")] == {"kind": "none"}


def test_the_date_of_the_paper_is_filled_in_or_stays_missing(notice, officer):
    actions.answer_signed_on(notice, by=officer, day=date(2024, 2, 19))
    notice.refresh_from_db()
    assert notice.signed_on == date(2024, 2, 19)
    actions.answer_signed_on(notice, by=officer, day=None)
    notice.refresh_from_db()
    assert notice.signed_on is None


def test_sentences_are_seen_once(notice, officer):
    assert actions.mark_seen(notice, ["S1", "S1", "S2", "nonsense"], by=officer) == 2
    assert actions.mark_seen(notice, ["S2"], by=officer) == 0
    assert answers_of(notice)[1] == {"S1", "S2"}
