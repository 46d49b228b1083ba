"""In a real Chromium with scripts off: only those are asked whom a question concerns."""

import pytest
from playwright.sync_api import expect

from jinguo.activities.models import SignUp
from jinguo.journal.actions import System
from jinguo.lib import ids
from jinguo.questions.actions import add_question, open_sheet
from jinguo.questions.queries import answer_text, answers_of
from jinguo.questions.wishes import QuestionWish
from tests.activities.stage import published

pytestmark = pytest.mark.django_db(transaction=True)
BY = System("test")


def test_a_question_shows_when_the_one_it_depends_on_is_answered_so(new_context, live_server, cast, screenshot):
    activity = published(cast, seats=5)
    sheet = open_sheet(activity.unit, kind="activity", code=activity.code, by=BY)

    def asks(kind, label, **facts):
        return add_question(sheet, QuestionWish(kind=kind, label=label, **facts), code=ids.new_code(), by=BY)

    way = asks("choice", "怎么来", choices=("坐车", "自己来"), required=True)
    stop = asks("choice", "哪一站", choices=("东门", "西门"), asks_if=way, asks_value="坐车", required=True)
    when = asks("text", "到西门几点方便", asks_if=stop, asks_value="西门")
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{live_server.url}/a/{activity.code}/")
    hour = page.get_by_label("到西门几点方便")
    expect(page.get_by_role("group", name="哪一站")).to_be_hidden()
    expect(hour).to_be_hidden()
    page.get_by_label("坐车").check()
    page.get_by_label("西门", exact=True).check()
    expect(hour).to_be_visible()
    expect(page.get_by_role("group", name="哪一站")).not_to_contain_text("可以不写")
    screenshot(page, "questions-opened")
    page.get_by_label("自己来").check()
    expect(page.get_by_role("group", name="哪一站")).to_be_hidden()
    expect(hour).to_be_hidden()
    page.get_by_label("坐车").check()
    hour.fill("九点")
    page.get_by_label("怎么称呼您").fill("李梅")
    page.get_by_label("手机号").fill("13900000002")
    page.get_by_role("button", name="报名").click()
    expect(page.get_by_role("heading", name="报上了")).to_be_visible()
    code = SignUp.objects.get().code
    answers = answers_of("sign_up", [code])[code]
    assert [answer_text(answers[question.pk]) for question in (way, stop, when)] == ["坐车", "西门", "九点"]
