"""The desk in its rarer states: nothing found, a paper that only tells, a very long notice, two officers, an old page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.lib import clock
from jinguo.notices import actions
from jinguo.notices.models import Decision, Item, ItemKind, Question
from jinguo.notices.queries import desk_of
from tests.papers_hard import HARD, TELLS

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def person(cast):
    return cast.users["officer"]


@pytest.fixture
def officer(person, client):
    client.force_login(person)
    return client


@pytest.fixture
def measure(notice):
    return notice.items.get(clause="二(四)一")


def address(notice, way=""):
    return f"/desk/notices/{notice.code}/{way}"


def text(answer):
    return answer.content.decode()


def long_notice() -> str:
    """About 12,000 characters with more than 200 items."""
    numbers = "一二三四五六七八九十"
    lines = ["关于实施2024年妇女工作要点的通知", "", "各县（区）妇联：", "", "现将要点通知如下：", ""]
    for a in range(10):
        lines += [f"{numbers[a]}、第{numbers[a]}类服务", ""]
        for b in range(6):
            n = a * 6 + b + 1
            points = "".join(
                f"{numbers[c]}要做细第{n}组的{word}服务。组织巾帼志愿者进城乡社区、进学校，每季度不少于{c + 1}次，"
                "把需要帮助的姐妹找出来、记下来、帮到底。"
                for c, word in enumerate(["家庭教育", "就业创业", "法律维权"])
            )
            lines += [f"（{numbers[b]}）办好第{n}件实事", points, ""]
    return "\n".join([*lines, "泉城市妇女联合会", "2024年1月20日"])


# ---- two officers --------------------------------------------------------------------------------------------------


def test_the_second_press_shows_what_stands_and_who_did_it(officer, person, measure):
    actions.reject_item(measure, by=person)
    way = address(measure.notice, f"items/{measure.code}/confirm/")
    for extra, status in ((HTMX, 422), ({}, 409)):
        answer = officer.post(way, {"known": "0"}, **extra)
        page = text(answer)
        assert answer.status_code == status
        assert "别人先了一步" in page and f"由{person.display_name}改为“不是任务”" in page
    assert Item.objects.get(pk=measure.pk).decision == Decision.REJECTED


def test_what_the_second_typed_stays_in_the_form_and_may_be_sent_again(officer, person, measure):
    actions.reject_item(measure, by=person)
    way, form = address(measure.notice, f"items/{measure.code}/edit/"), {"title": "我的写法", "reach": "each"}
    answer = officer.post(way, form | {"known": "0"})
    page = text(answer)
    assert answer.status_code == 422 and "刚刚由" in page and 'value="我的写法"' in page
    known = page.split('name="known" value="')[1].split('"')[0]
    assert officer.post(way, form | {"known": known}).status_code == 302
    assert Item.objects.get(pk=measure.pk).title == "我的写法"


def test_a_question_answered_meanwhile_is_not_overruled(officer, person, notice):
    actions.answer_sign_due(notice, by=person, until=None)
    day = (clock.today() + timedelta(days=365)).isoformat()
    form = {"question": "sign_due", "kind": "date", "date": day, "known": "0"}
    answer = officer.post(address(notice, "answer/"), form, **HTMX)
    assert answer.status_code == 422 and "“签收期限”刚刚由" in text(answer)
    assert notice.answers.count() == 1


# ---- undo, cuts, drawing -------------------------------------------------------------------------------------------


def undo_form(page: str) -> dict[str, str]:
    """The fields of the undo strip."""
    strip = page.split('class="last"')[1].split("</form>")[0]
    names = [part.split('"')[0] for part in strip.split('name="')[1:]]
    values = [part.split('value="')[1].split('"')[0] for part in strip.split('name="')[1:]]
    return {name: value for name, value in zip(names, values, strict=True) if name != "csrfmiddlewaretoken"}


def test_everything_is_undone_step_by_step_from_one_button(officer, notice, measure):
    officer.post(address(notice, f"items/{measure.code}/reject/"))
    officer.post(address(notice, "seen/"), {"sentence": "S1"})
    officer.post(address(notice, "answer/"), {"question": "sign_due", "kind": "none"})
    officer.post(address(notice, "confirm-all/"), {"group": "sure"})
    assert notice.items.filter(decision=Decision.CONFIRMED).count() == 32  # the one in doubt waits for its own answer
    for words in ("一起确认了 32 条", "定下了签收期限", "1 句看过，无任务", "不是任务：" + measure.title):
        page = text(officer.get(address(notice)))
        assert words in page
        assert officer.post(address(notice, "undo/"), undo_form(page)).status_code == 302
    assert 'class="last"' not in text(officer.get(address(notice)))
    assert set(notice.items.values_list("decision", flat=True)) == {Decision.PROPOSED}
    assert notice.answers.filter(question=Question.SIGN_DUE).count() == 2


def test_an_undo_of_nothing_is_not_found(officer, notice):
    for form in ({}, {"what": "items", "at": "gestern"}, {"what": "answer", "question": "x"}):
        assert officer.post(address(notice, "undo/"), form).status_code == 404


def test_a_cut_is_offered_with_its_reason_and_turned_at_one_press(officer, notice):
    mixer = notice.items.get(clause="自办6")
    page = text(officer.get(address(notice)))
    assert "断开，分成 2 项" in page and "“及”的两边都是完整的活动" in page
    answer = officer.post(address(notice, f"items/{mixer.code}/flip/"), **HTMX)
    assert answer["HX-Redirect"].startswith(address(notice))
    assert notice.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 11
    plain = notice.items.get(clause="自办1")
    assert officer.post(address(notice, f"items/{plain.code}/flip/")).status_code == 422


def test_the_form_of_a_selection_holds_exactly_the_selected_words(officer, notice):
    raw = notice.readings.get().raw_text
    start = raw.index("把时间地点早早说清楚")
    page = text(officer.get(address(notice, "items/new/"), {"start": start, "end": start + 10, "kind": "deadline"}))
    assert "<blockquote" in page and "把时间地点早早说清楚" in page and 'value="deadline"' in page
    form = {
        "sentence": "把时间地点早早说清楚",
        "start": start,
        "end": start + 10,
        "kind": "deadline",
        "title": "公布时间",
    }
    answer = officer.post(address(notice, "items/new/"), form)
    assert answer.status_code == 422 and "这里还没有写" in text(answer)  # a deadline without a day says nothing
    assert officer.post(address(notice, "items/new/"), form | {"date": "2024-03-01"}).status_code == 302
    item = notice.items.get(kind=ItemKind.DEADLINE)
    assert (item.spans, item.values["date"]) == ([[start, start + 10]], "2024-03-01")
    page = text(officer.get(address(notice), {"show": "questions"}))
    assert 'value="2024-03-01"' in page  # offered where the report has no date of its own
    wrong = form | {"start": start + 1, "end": start + 11, "kind": "measure"}
    answer = officer.post(address(notice, "items/new/"), wrong)
    assert answer.status_code == 422 and "对不上" in text(answer)


# ---- rarer papers --------------------------------------------------------------------------------------------------


def test_a_paper_that_only_tells_says_so_and_what_to_do(cast, officer, person):
    notice = actions.paste_notice(cast.office, text=TELLS, by=person)
    page = text(officer.get(address(notice)))
    assert "这是一份公示，不产生工作计划" in page and "照通知来办" in page and "签收期限" not in page
    assert officer.post(address(notice, "plan/")).status_code == 403
    assert officer.post(address(notice, "as-notice/")).status_code == 302
    page = text(officer.get(address(notice)))
    assert "不产生工作计划" not in page and "签收期限" in page


def test_where_nothing_was_found_the_page_says_three_ways_on(cast, officer, person):
    notice = actions.paste_notice(cast.office, text="二〇二四年三月\n", by=person)
    page = text(officer.get(address(notice)))
    assert "没有读出任何条目" in page and "重新收一份" in page and "/void/" in page


def test_a_very_long_notice_draws_a_part_and_takes_the_same_queries(cast, officer, person, notice):
    def queries(row, **query):
        with CaptureQueriesContext(connection) as captured:
            page = text(officer.get(address(row), query))
        return len(captured), page

    big = actions.paste_notice(cast.office, text=long_notice(), by=person)
    assert len(big.readings.get().raw_text) > 10_000 and big.items.count() > 200
    officer.get(address(big))
    small, _page = queries(notice)
    count, page = queries(big)
    assert count == small <= 12
    assert page.count('<li class="item item--row') == 30 and "都列出来" in page
    _count, page = queries(big, show="all", upto="5000")
    assert page.count('<li class="item item--row') == big.items.count()


def test_a_sentence_nobody_read_is_asked_about_with_the_doubtful_ones(cast, officer, person):
    notice = actions.paste_notice(cast.office, text=HARD, by=person)
    reading = notice.readings.get()
    contact = next(each for each in reading.record["sentences"] if each["bucket"] == "contact")
    contact["bucket"] = "none"
    reading.save()
    page = text(officer.get(address(notice)))
    assert "这句没有读出任何东西" in page and f'id="s-{contact["id"]}"' in page
    page = text(officer.post(address(notice, "seen/"), {"sentence": contact["id"]}, **HTMX))
    assert "1 句看过，无任务" in page and "这句没有读出任何东西" not in page
    assert not desk_of(notice).unseen
