"""What is kept of a sheet and of its answers, and what is forgotten."""

import pytest

from jinguo.files.models import StoredFile
from jinguo.journal.actions import System
from jinguo.lib import ids
from jinguo.lib.errors import Refused
from jinguo.questions import actions
from jinguo.questions.models import Answer, Question
from jinguo.questions.queries import answer_text, answers_of, ever_asked, questions_of
from jinguo.questions.wishes import Given, QuestionWish
from tests.world import cast  # noqa: F401

pytestmark = pytest.mark.django_db
BY = System("test")
THING = {"kind": "activity", "code": "abcdefgh2345"}


@pytest.fixture
def sheet(cast):  # noqa: F811
    return actions.open_sheet(cast.units["c.edu"], by=BY, **THING)


def add(sheet, kind="text", label="忌口", **facts) -> Question:
    return actions.add_question(sheet, QuestionWish(kind=kind, label=label, **facts), code=ids.new_code(), by=BY)


def labels() -> list[str]:
    return [question.label for question in questions_of("activity", THING["code"])]


def test_one_sheet_a_thing_and_a_form_sent_twice_asks_once(sheet, cast):  # noqa: F811
    assert actions.open_sheet(cast.units["c.edu"], by=BY, **THING).pk == sheet.pk
    code, wish = ids.new_code(), QuestionWish(kind="text", label="忌口")
    assert (
        actions.add_question(sheet, wish, code=code, by=BY).pk == actions.add_question(sheet, wish, code=code, by=BY).pk
    )
    for n in range(19):
        add(sheet, label=f"第{n}问")
    with pytest.raises(Refused) as full:
        add(sheet)
    assert "最多问 20" in str(full.value.sentence)


def test_questions_change_places_but_none_goes_before_what_it_depends_on(sheet):
    bus = add(sheet, "choice", "怎么来", choices=("坐车", "自己来"))
    add(sheet, label="哪一站", asks_if=bus, asks_value="坐车")
    last = add(sheet, label="忌口")
    actions.move_question(last, up=True, by=BY)
    assert labels() == ["怎么来", "忌口", "哪一站"]
    actions.move_question(last, up=True, by=BY)
    assert labels() == ["忌口", "怎么来", "哪一站"]
    stop = Question.objects.get(label="哪一站")
    actions.move_question(stop, up=True, by=BY)
    assert labels() == ["忌口", "怎么来", "哪一站"]
    with pytest.raises(Refused):
        actions.retire_question(bus, by=BY)


def test_an_answered_question_keeps_its_shape_and_its_answers(sheet):
    size = add(sheet, "choice", "尺码", choices=("大", "小"), personal=False)
    actions.keep_answers([Given(size, "大")], kind="sign_up", code="s1", unit=sheet.unit, by=BY)
    actions.change_question(size, QuestionWish("choice", "马甲尺码", choices=("大", "小"), personal=False), by=BY)
    assert labels() == ["马甲尺码"]
    size.refresh_from_db()
    with pytest.raises(Refused):
        actions.change_question(size, QuestionWish("number", "马甲尺码", personal=False), by=BY)
    actions.retire_question(size, by=BY)
    assert labels() == [] and [q.label for q in ever_asked("activity", THING["code"])] == ["马甲尺码"]
    unasked = add(sheet)
    actions.retire_question(unasked, by=BY)
    assert not Question.objects.filter(pk=unasked.pk).exists()


def test_what_is_personal_lies_sealed_and_is_forgotten_while_counts_stay(sheet):
    text, size = add(sheet), add(sheet, "choice", "尺码", choices=("大", "小"), personal=False)
    paper = add(sheet, "file", "证明", personal=False)
    assert paper.personal, "a file always says something of a person"
    given = [Given(text, "花生过敏"), Given(size, "大"), Given(paper, "", b"%PDF-1.7 x", "证明.pdf", "application/pdf")]
    actions.keep_answers(given, kind="sign_up", code="s1", unit=sheet.unit, by=BY)
    stored = "".join(Answer.objects.values_list("told_sealed", flat=True))
    assert "花生" not in stored and stored
    told = answers_of("sign_up", ["s1"])["s1"]
    assert [answer_text(told[q.pk]) for q in (text, size, paper)] == ["花生过敏", "大", "证明.pdf"]
    assert actions.forget_answers("sign_up", "s1", by=BY) == 3
    assert actions.forget_answers("sign_up", "s1", by=BY) == 0
    told = answers_of("sign_up", ["s1"])["s1"]
    assert [answer_text(told[q.pk]) for q in (text, size, paper)] == ["", "大", ""]
    assert StoredFile.objects.get(pk=told[paper.pk].file_id).deleted_at is not None
