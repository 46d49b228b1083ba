"""A unit reports from its phone: nothing typed twice, one press, scripts off; nobody else's link opens its pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.models import Obligation
from jinguo.lib import clock, ids
from jinguo.reports.actions import returns, review
from jinguo.reports.models import Return
from tests.reports import builders

TODAY = clock.today().isoformat()


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


@pytest.fixture
def here(issued):
    """The address of a page behind the link of 东川县妇联."""
    secret = issued.link("c.a").secret
    return lambda rest="": f"/l/{secret}/reports/{rest}"


def filled(client, address) -> dict:
    """What a browser without scripts would send back from the form on a page."""
    form = client.get(address).context["form"]
    data = {"token": form["token"].value(), "asked": " ".join(doubt.code for doubt in form.doubts)}
    for field in form:
        value = field.value()
        if value not in (None, False, "", []):
            data[field.html_name] = "on" if value is True else value
    return data


def test_an_activity_becomes_a_report_with_nothing_typed_again(client, issued, here):
    activity = builders.hold(issued, "c.a", "槐荫里故事会", on_site=126, women=98)
    page = client.get(here())
    assert f"new/?activity={activity.code}" in page.content.decode()
    address = here(f"new/?activity={activity.code}")
    assert client.get(address).content.decode().count("带出") >= 7
    assert not Return.objects.exists(), "looking changes nothing"
    answer = client.post(address, filled(client, address))
    given = Return.objects.get()
    assert (answer.status_code, answer.url) == (302, here(f"{given.code}/"))
    sent = given.current
    assert (given.state, sent.title, sent.place, sent.cohosts, sent.on_site, sent.women, sent.kind) == (
        "reported", "槐荫里故事会", "县文化馆", "县总工会", 126, 98, "lecture",
    )  # fmt: skip
    assert sent.held_on == clock.local(activity.sessions.get().starts_at).date()
    assert [link.clause.heading for link in sent.clause_links.all()] == ["巾帼大宣讲"]
    assert sent.sources["on_site"] == {"from": f"activity:{activity.code}.on_site"}
    receipt = client.get(answer.url).content.decode()
    assert "已收到" in receipt and f"登记为 {given.code}" in receipt and "126 人次" in receipt


def test_what_is_typed_is_told_apart_from_what_was_brought(client, issued, here):
    activity = builders.hold(issued, "c.a", on_site=126)
    address = here(f"new/?activity={activity.code}")
    client.post(address, filled(client, address) | {"on_site": "约１30人次", "summary": "讲了五个故事。"})
    sent = Return.objects.get().current
    assert (sent.on_site, sent.on_site_about) == (130, True)
    assert (sent.sources["on_site"]["from"], sent.sources["summary"]["from"]) == ("typed", "typed")
    assert sent.sources["title"]["from"].startswith("activity:")


def test_a_second_press_and_a_second_visit_lead_to_the_same_report(client, issued, here):
    activity = builders.hold(issued, "c.a")
    address = here(f"new/?activity={activity.code}")
    data = filled(client, address)
    first, again = client.post(address, data), client.post(address, data)
    assert first.url == again.url
    assert client.get(address).url == first.url
    assert Obligation.objects.get(pk=issued.obligations["c.a"].pk).returns == 1
    assert f"activity={activity.code}" not in client.get(here()).content.decode()


def test_a_blank_sheet_needs_only_a_name_and_a_day(client, here):
    data = filled(client, here("new/")) | {"place": "文化馆"}
    answer = client.post(here("new/"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写活动名称" in page and "文化馆" in page
    assert not Return.objects.exists()
    answer = client.post(here("new/"), data | {"title": "读书会", "held_on": TODAY})
    given = Return.objects.get()
    assert (answer.status_code, given.state, given.current.on_site) == (302, "reported", None)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("held_on", "三月六日", "2024-03-08"),
        ("held_on", "0006-03-06", "核对年份"),
        ("on_site", "很多", "请写一个整数"),
        ("on_site", "-3", "请写一个整数"),
        ("on_site", "99999999999", "请写一个整数"),
        ("summary", "长" * 301, "300 字以内，现在是 301 字"),
        ("web_link", "javascript:alert(1)", "URL"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(client, here, field, value, said):
    data = {"token": ids.new_code(), "title": "读书会", "held_on": "2024-03-06", field: value}
    answer = client.post(here("new/"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "读书会" in page
    assert not Return.objects.exists()


def test_zero_is_none_and_blank_is_not_reported(client, here):
    data = {"token": ids.new_code(), "title": "读书会", "held_on": TODAY, "online": "0"}
    client.post(here("new/"), data)
    sent = Return.objects.get().current
    assert (sent.online, sent.on_site) == (0, None)


def test_a_doubt_is_asked_once_with_a_reason_and_never_blocks(client, here):
    data = {"token": ids.new_code(), "title": "读书会", "held_on": TODAY, "on_site": "10", "women": "12"}
    asked = client.post(here("new/"), data)
    assert asked.status_code == 422
    assert "其中妇女的人次多于现场参加" in asked.content.decode()
    assert not Return.objects.exists()
    again = client.post(here("new/"), data | {"asked": asked.context["asked"], "why-more_women": "含线上的姐妹"})
    assert again.status_code == 302
    assert Return.objects.get().current.doubts == [{"code": "more_women", "field": "women", "reason": "含线上的姐妹"}]


def test_what_was_filled_in_is_asked_about_on_the_first_page_so_that_one_press_sends(client, issued, here):
    activity = builders.hold(issued, "c.a", "还没到的活动", on_site=5)
    builders.report(issued, "c.a", "还没到的活动", held_on=clock.local(activity.sessions.get().starts_at).date())
    address = here(f"new/?activity={activity.code}")
    page = client.get(address)
    assert "贵单位报过一次了" in page.content.decode()
    assert client.post(address, filled(client, address)).status_code == 302


def test_sent_back_is_seen_at_once_with_its_notes_and_mended(client, issued, here):
    given = builders.report(issued, "c.a", place="文化馆")
    review.send_back(
        given, number=1, notes={"on_site": "来了多少人次？", "": "补两句结果"}, by=issued.cast.users["officer"]
    )
    page = client.get(here()).content.decode()
    assert "来了多少人次？" in page and "补好再报" in page
    address = here(f"{given.code}/edit/")
    form = client.get(address).content.decode()
    assert "来了多少人次？" in form and "补两句结果" in form and "文化馆" in form
    client.post(address, filled(client, address) | {"on_site": "80"})
    given.refresh_from_db()
    assert (given.state, given.current.number, given.current.place) == ("resent", 2, "文化馆")
    assert "没写 → 80 人次" in client.get(here(f"{given.code}/")).content.decode()


def test_a_sheet_put_aside_is_found_again_and_sent_later(client, issued, here):
    data = {"token": ids.new_code(), "title": "读书会", "keep": "1"}
    shown = client.post(here("new/"), data)
    given = Return.objects.get()
    assert (shown.url, given.state) == (here(f"{given.code}/"), "draft")
    assert "接着写" in client.get(here()).content.decode()
    address = here(f"{given.code}/edit/")
    client.post(address, filled(client, address) | {"held_on": "2024-03-06", "asked": "before_notice"})
    given.refresh_from_db()
    assert (given.state, Return.objects.count(), given.versions.count()) == ("reported", 1, 1)


def test_withdrawing_and_throwing_away(client, issued, here):
    given = builders.report(issued, "c.a")
    client.post(here(f"{given.code}/withdraw/"))
    given.refresh_from_db()
    assert given.state == "withdrawn"
    draft = returns.keep_draft(
        issued.obligations["c.a"], builders.sheet(issued), token=ids.new_code(), by=issued.link("c.a")
    )
    for _ in range(2):
        assert client.post(here(f"{draft.code}/discard/")).status_code == 302
    assert list(Return.objects.all()) == [given]


def test_none_is_reported_in_one_press_with_a_reason(client, issued):
    secret, duty = issued.link("c.a").secret, issued.obligations["c.a"]
    address = f"/l/{secret}/obligations/{duty.code}/zero/"
    refused = client.post(address, {})
    assert (refused.status_code, "请选一个原因" in refused.content.decode()) == (422, True)
    for _ in range(2):
        assert client.post(address, {"reason": "none"}).status_code == 302
    duty.refresh_from_db()
    assert duty.zero_reason == "这段时间没有开展"
    page = client.get(f"/l/{secret}/reports/").content.decode()
    assert "零报告" in page and "收回“无”" in page
    client.post(address, {"undo": "1"})
    duty.refresh_from_db()
    assert duty.zero_at is None


def test_another_units_link_finds_nothing(client, issued):
    given, activity = builders.report(issued, "c.a"), builders.hold(issued, "c.a")
    other = f"/l/{issued.link('c.b').secret}"
    for path in (f"reports/{given.code}/", f"reports/{given.code}/edit/", f"reports/new/?activity={activity.code}",
                 f"obligations/{issued.obligations['c.a'].code}/zero/"):  # fmt: skip
        assert client.get(f"{other}/{path}").status_code == 404, path
    assert client.post(f"{other}/reports/{given.code}/withdraw/").status_code == 404
    given.refresh_from_db()
    assert given.state == "reported"
    assert client.get("/l/xxxxxxxxxxxxxxxxxxxxxxxxxx/reports/").status_code == 410


def test_the_same_pages_stand_at_a_desk(client, issued):
    client.force_login(issued.cast.users["liaison"])
    data = {"token": ids.new_code(), "title": "读书会", "held_on": "2024-03-06"}
    answer = client.post("/desk/our-reports/new/", data | {"asked": "before_notice"})
    given = Return.objects.get()
    assert (answer.url, given.unit, given.state) == (
        f"/desk/our-reports/{given.code}/", issued.cast.units["c.edu"], "reported",
    )  # fmt: skip
    assert "读书会" in client.get("/desk/our-reports/").content.decode()


@pytest.mark.parametrize("where", ["", "{code}/", "{code}/edit/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, issued, here, where):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(here(where.format(code=given.code)))
        return len(found)

    given = builders.report(issued, "c.a", "一")
    builders.hold(issued, "c.a", "甲")
    queries()  # the first opening of a link is noted
    first = queries()
    for name in ("二", "三"):
        builders.report(issued, "c.a", name)
        builders.hold(issued, "c.a", name)
    assert queries() == first
