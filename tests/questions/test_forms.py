"""What people really type into a sheet, and the sentence each mistake gets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinguo.questions.forms import AnswerForm, QuestionForm
from jinguo.questions.forms.answers import FILE_BYTES
from jinguo.questions.models import Kind, Question


def asked(kind, number=1, **facts):
    return Question(pk=number, code=f"q{number:011d}", position=number, kind=kind, label=f"问题{number}", **facts)


def answered(question, value, *more):
    sent = {f"q_{question.code}": value} if not isinstance(value, SimpleUploadedFile) else {}
    files = {f"q_{question.code}": value} if isinstance(value, SimpleUploadedFile) else {}
    return AnswerForm(sent, files, questions=[question, *more])


@pytest.mark.parametrize(
    ("kind", "facts", "typed", "kept"),
    [
        ("text", {}, " 不吃\u202e辣\u200b ", "不吃辣"),
        ("text", {}, "=CMD|' /C calc'!A0", "=CMD|' /C calc'!A0"),
        ("text", {}, "🌸" * 200, "🌸" * 200),
        ("number", {}, "３", "3"),
        ("number", {"least": -5}, "-5", "-5"),
        ("choice", {"choices": "大号\n小号"}, "小号", "小号"),
        ("date", {}, "２０２４年３月８日", "2024-03-08"),
        ("date", {}, "2024/3/8", "2024-03-08"),
        ("consent", {}, "on", "同意"),
    ],
)
def test_answers_however_they_were_typed(kind, facts, typed, kept):
    form = answered(asked(kind, **facts), typed)
    assert form.is_valid(), form.errors
    assert [given.text for given in form.given()] == [kept]


@pytest.mark.parametrize(
    ("kind", "facts", "typed", "said"),
    [
        ("text", {"required": True}, " \u200b ", "请写一下"),
        ("text", {"most": 5}, "六个字太多了", "最多 5 个字，这里有 6 个"),
        ("text", {}, "王" * 10_000, "这里有 10000 个"),
        ("number", {"required": True}, "", "没有就填 0"),
        ("number", {}, "两个", "只填整数"),
        ("number", {"least": 1}, "0", "最小填 1"),
        ("number", {"most": 9}, "99999999999999999999", "最大填 9"),
        ("choice", {"choices": "大号\n小号", "required": True}, "", "请选一项"),
        ("choice", {"choices": "大号\n小号"}, "中号", "没有了"),
        ("date", {}, "三月八号", "2024-03-08"),
        ("date", {}, "2024-02-30", "2024-03-08"),
        ("consent", {"required": True}, "", "打勾"),
        ("file", {"required": True}, "", "选一个文件"),
        ("file", {}, SimpleUploadedFile("a.pdf", b"MZ\x90 no pdf"), "只收照片"),
        ("file", {}, SimpleUploadedFile("a.pdf", b""), "是空的"),
        ("file", {}, SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * FILE_BYTES), "5 MB"),
    ],
)
def test_each_mistake_says_how_to_mend_it(kind, facts, typed, said):
    question = asked(kind, **facts)
    form = answered(question, typed)
    assert not form.is_valid()
    assert said in form.errors[f"q_{question.code}"][0]


def test_a_question_that_depends_is_asked_only_of_those_it_is_for():
    bus = asked("choice", 1, choices="坐车\n自己来", required=True)
    stop = asked("text", 2, required=True, asks_if=bus, asks_value="坐车")
    deep = asked("consent", 3, required=True, asks_if=stop, asks_value="东门")
    stop.asks_if_id, deep.asks_if_id = 1, 2
    questions = [bus, stop, deep]

    def form(**sent):
        return AnswerForm(
            {f"q_{q.code}": sent[k] for k, q in zip("abc", questions, strict=True) if k in sent}, questions=questions
        )

    alone = form(a="自己来", b="不该留下的字")
    assert alone.is_valid() and [given.text for given in alone.given()] == ["自己来"]
    assert list(form(a="坐车").errors) == [f"q_{stop.code}"]
    assert list(form(a="坐车", b="东门").errors) == [f"q_{deep.code}"]
    whole = form(a="坐车", b="东门", c="on")
    assert whole.is_valid() and len(whole.given()) == 3


def test_what_a_file_is_its_content_says():
    question = asked("file")
    form = answered(question, SimpleUploadedFile("../../x.exe", b"\x89PNG\r\n\x1a\n rest", content_type="text/html"))
    assert form.is_valid(), form.errors
    assert form.given()[0].media_type == "image/png"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"label": ""}, "label", "问什么"),
        ({"kind": "choice", "choices": "只有一项\n 只有一项 "}, "choices", "至少写两项"),
        ({"kind": "choice", "choices": "\n".join(map(str, range(31)))}, "choices", "最多 30 项"),
        ({"kind": "number", "least": "5", "most": "1"}, "most", "不能小于"),
        ({"kind": "text", "most": "5000"}, "most", "字数"),
        ({"kind": "text", "counts": "on"}, "counts", "总要保密"),
        ({"kind": "file", "counts": "on"}, "counts", "总要保密"),
        ({"kind": "essay"}, "kind", "essay"),
        ({"asks_if": "nothing:there"}, "asks_if", "nothing"),
    ],
)
def test_an_organiser_is_told_too(typed, field, said):
    earlier = [asked(Kind.CHOICE, choices="坐车\n自己来")]
    form = QuestionForm({"kind": "text", "label": "尺码", **typed}, earlier=earlier)
    assert not form.is_valid()
    assert said in form.errors[field][0]
