"""The confirming desk: each act works as a whole page and as a swap of what changed, and says why when it does not."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.lib import clock
from jinguo.notices import actions
from jinguo.notices.models import Decision, Item, ItemKind, Notice

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def officer(cast, client):
    client.force_login(cast.users["officer"])
    return client


@pytest.fixture
def measure(notice):
    return notice.items.get(clause="二(四)一")


def address(notice, way=""):
    return f"/desk/notices/{notice.code}/{way}"


def item_way(item, verb):
    return address(item.notice, f"items/{item.code}/{verb}/")


def text(answer):
    return answer.content.decode()


def decision(item):
    return Item.objects.get(pk=item.pk).decision


def test_the_page_shows_paper_and_plan_tied_together(officer, notice, measure):
    page = text(officer.get(address(notice)))
    n = list(notice.items.values_list("code", flat=True)).index(measure.code) + 1
    assert f'id="src-{n}"' in page and f'id="item-{n}"' in page
    assert len(re.findall(f'data-thread="{n}"', page)) >= 3  # the sentence, its box, the item
    assert 'class="masthead flush"' in page and 'class="rule-red"' in page
    assert page.count("is-now") == 1 and "确认 34 条、定好 2 个问题，就能定下计划。" in page
    assert 'aria-disabled="true" aria-describedby="why"' in page


def test_the_queries_do_not_grow_with_what_was_decided(cast, officer, notice):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address(notice), {"show": "all"}).status_code == 200
        return len(captured)

    actions.confirm_item(notice.items.first(), by=cast.users["officer"])
    officer.get(address(notice))
    one = queries()
    actions.confirm_all(notice, by=cast.users["officer"])
    assert queries() == one <= 12


def test_without_scripts_an_act_leads_back_to_the_page(officer, measure):
    answer = officer.post(item_way(measure, "confirm") + "?show=waiting")
    assert answer.status_code == 302
    assert answer.url == address(measure.notice) + f"?show=waiting&just={measure.code}#work"
    assert decision(measure) == Decision.CONFIRMED
    page = text(officer.get(answer.url))
    assert "已确认：" + measure.title in page and 'data-key="U"' in page  # in sight, so that it can be undone


def test_with_scripts_only_what_changed_comes_back(officer, measure):
    answer = officer.post(item_way(measure, "confirm") + "?show=waiting", **HTMX)
    page = text(answer)
    assert answer.status_code == 200 and "<html" not in page
    assert 'id="meter" hx-swap-oob="true"' in page and 'id="publish" hx-swap-oob="true"' in page
    assert len(re.findall(r'<p id="p\d+" hx-swap-oob="true"', page)) == 1  # its own paragraph of the paper
    assert "data-focus" in page


def test_rejecting_and_taking_it_back(officer, measure):
    officer.post(item_way(measure, "reject"))
    assert decision(measure) == Decision.REJECTED
    page = text(officer.get(address(measure.notice), {"show": "all"}))
    assert "放回来" in page and "不派不催" in page
    officer.post(item_way(measure, "undo"))
    assert decision(measure) == Decision.PROPOSED


def test_editing_shows_the_reading_beside_the_change(officer, measure):
    page = text(officer.get(item_way(measure, "edit")))
    assert "<html" in page and measure.quote in page
    form = {
        "title": "漾泉巾帼红进老旧社区",
        "force": "要",
        "reach": "suited",
        "lead_department": "宣教部",
        "venues": "广场、公园",
    }
    answer = officer.post(item_way(measure, "edit"), form)
    assert answer.status_code == 302
    measure.refresh_from_db()
    assert (measure.decision, measure.values["venues"], measure.values["reach"]) == (
        "edited",
        ["广场", "公园"],
        "suited",
    )
    page = text(officer.get(address(measure.notice), {"show": "all"}))
    assert "改过并确认" in page and f"原文读作 {measure.proposal['title']}" in page and "原文读作 每个主送单位" in page


def test_an_edit_in_place_is_a_card_and_a_mistake_keeps_what_was_typed(officer, measure):
    page = text(officer.get(item_way(measure, "edit"), **HTMX))
    assert page.startswith("<li") or '<li class="item is-now"' in page
    answer = officer.post(
        item_way(measure, "edit"), {"title": "", "reach": "each", "lead_department": "宣教部"}, **HTMX
    )
    page = text(answer)
    assert answer.status_code == 422 and "这里还没有写" in page and 'value="宣教部"' in page
    assert decision(measure) == Decision.PROPOSED


def test_a_date_that_is_none_is_said(officer, notice):
    event = notice.items.get(clause="自办1")
    answer = officer.post(item_way(event, "edit"), {"title": "大会", "event_kind": "congress", "date": "3月8日"})
    assert answer.status_code == 422 and "2024-03-08 这样" in text(answer)
    officer.post(item_way(event, "edit"), {"title": "大会", "event_kind": "congress", "date": "2024-03-08"})
    event.refresh_from_db()
    assert event.values["date"] == "2024-03-08"


def test_all_at_once_and_twice(officer, notice):
    for _press in range(2):
        assert officer.post(address(notice, "confirm-all/")).status_code == 302
    assert set(notice.items.values_list("decision", flat=True)) == {"confirmed"}
    page = text(officer.get(address(notice)))
    assert "一起确认了 34 条" in page and "原文没说清，要您定" in page  # only the questions are left


def test_splitting_and_merging_on_their_pages(officer, notice):
    mixer = notice.items.get(clause="自办6")
    page = text(officer.get(item_way(mixer, "split")))
    assert "揭牌仪式\n" in page and "青年联谊活动" in page  # what the reader offers is filled in
    assert officer.post(item_way(mixer, "split"), {"names": "只有一个"}).status_code == 422
    for _press in range(2):
        answer = officer.post(item_way(mixer, "split"), {"names": "揭牌仪式\n联谊活动"})
        assert answer.status_code == 302
    assert notice.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 11
    one, other = notice.items.filter(clause__in=["自办7", "自办8"])
    assert other.title in text(officer.get(item_way(one, "merge")))
    assert officer.post(item_way(one, "merge"), {"other": other.code, "title": ""}).status_code == 422
    for _press in range(2):
        answer = officer.post(item_way(one, "merge"), {"other": other.code, "title": "诵读和普法"})
        assert answer.status_code == 302
    assert notice.items.standing().filter(kind=ItemKind.OWN_EVENT).count() == 10
    made = notice.items.get(title="诵读和普法")
    answer = officer.post(item_way(made, "undo"), **HTMX)
    assert answer["HX-Redirect"].startswith(address(notice))  # numbers changed: the whole page is drawn again


def test_a_measure_cannot_be_split(officer, measure):
    answer = officer.get(item_way(measure, "split"))
    assert answer.status_code == 403 and "只有自办活动" in text(answer)


def test_adding_by_a_sentence(officer, notice):
    sentence = notice.readings.get().record["sentences"][1]
    page = text(officer.get(address(notice, "items/new/"), {"sentence": sentence["id"]}))
    assert sentence["src"][0]["quote"] in page
    form = {"sentence": "这句不在通知里", "kind": "measure", "title": "凭空"}
    answer = officer.post(address(notice, "items/new/"), form)
    assert answer.status_code == 422 and "原文里没有这句话" in text(answer) and 'value="凭空"' in text(answer)
    form["sentence"] = "方便群众"
    for _press in range(2):
        assert officer.post(address(notice, "items/new/"), form).status_code == 302
    assert notice.items.filter(clause="补1").count() == 1


def test_the_open_questions_are_answered_here(officer, notice):
    duty = notice.items.get(kind=ItemKind.REPORT_DUTY)
    page = text(officer.get(address(notice), {"show": "questions"}))
    assert "原文只写“及时”" in page and "系统建议" in page
    way, question = address(notice, "answer/"), {"question": f"due-{duty.code}"}
    for form, words in [
        ({"kind": ""}, "请选一项"),
        ({"kind": "working_days", "days": "99"}, "1 到 30"),
        ({"kind": "date", "date": ""}, "这里还没有写"),
        ({"kind": "date", "date": "2001-01-01"}, "已经过去"),
    ]:
        answer = officer.post(way, question | form)
        assert answer.status_code == 422 and words in text(answer)
        assert officer.post(way, question | form, **HTMX).status_code == 422
    assert not notice.answers.exists()
    assert officer.post(way, question | {"kind": "working_days", "days": "5", "date": "nonsense"}).status_code == 302
    assert notice.answers.get().value == {"kind": "working_days", "days": 5}
    day = (clock.today() + timedelta(days=3)).isoformat()
    page = text(officer.post(way, {"question": "sign_due", "kind": "date", "date": day}, **HTMX))
    assert "定下了签收期限" in page
    page = text(officer.get(address(notice), {"show": "questions"}))
    assert "18:00" in page and "市妇联确认" in page
    assert officer.post(way, {"question": "nonsense", "kind": "none"}).status_code == 404


def test_a_sentence_nobody_read_stands_out_until_it_was_seen(officer, notice):
    reading = notice.readings.get()
    reading.record["sentences"][0]["bucket"] = "none"
    reading.save()
    page = text(officer.get(address(notice), {"show": "no_task"}))
    assert "待看" in page and "is-unseen" in page and "看完 1 句" in page
    officer.post(address(notice, "seen/"), {"sentence": reading.record["sentences"][0]["id"]})
    assert "is-unseen" not in text(officer.get(address(notice)))


def test_an_item_of_another_notice_is_not_found(officer, notice, cast):
    answer = officer.post(address(notice, "items/nothing00000/confirm/"))
    assert answer.status_code == 404


def test_a_page_older_than_the_plan_changes_nothing(officer, notice, measure):
    Notice.objects.filter(pk=notice.pk).update(state="planned")
    answer = officer.post(item_way(measure, "confirm"))
    assert answer.status_code == 403 and "计划已经定下" in text(answer)
    page = text(officer.get(address(notice)))
    assert "confirm/" not in page and "看计划和单位" in page
