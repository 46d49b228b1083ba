"""The officer sees the newest first, each field beside its source, and finishes by keyboard; nobody else decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.activities.models import Headcount
from jinguo.lib import clock, ids
from jinguo.messages.models import OutMessage
from jinguo.reports.actions import returns
from jinguo.reports.models import Return
from tests.reports import builders


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


@pytest.fixture
def officer(client, issued):
    client.force_login(issued.cast.users["officer"])
    return client


def titles(response) -> list[str]:
    return [row.current.title for row in response.context["rows"]]


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def test_the_tray_shows_what_waits_newest_first_and_never_a_draft(officer, issued):
    for title in ("甲", "乙"):
        builders.report(issued, "c.a", title)
    builders.report(issued, "c.b", "丙", accept=True)
    returns.keep_draft(
        issued.obligations["c.b"], builders.sheet(issued, "丁"), token=ids.new_code(), by=issued.link("c.b")
    )
    assert titles(officer.get("/desk/reports/")) == ["乙", "甲"]
    assert titles(officer.get("/desk/reports/?pile=accepted")) == ["丙"]
    assert titles(officer.get("/desk/reports/?pile=all")) == ["丙", "乙", "甲"]
    assert "2 件等您看" in officer.get("/desk/reports/").content.decode()


def test_a_long_tray_goes_on_from_where_it_stopped(officer, issued):
    for number in range(35):
        builders.report(issued, "c.a", f"活动{number:02}")
    first = officer.get("/desk/reports/")
    rest = officer.get(first.context["pager"]["next_url"])
    assert titles(first) + titles(rest) == [f"活动{number:02}" for number in reversed(range(35))]
    assert rest.context["pager"]["next_url"] == ""


def test_an_empty_tray_says_what_will_be_there(officer):
    page = officer.get("/desk/reports/").content.decode()
    assert "这一叠是空的" in page and "最新的在最上面" in page


def test_each_field_stands_beside_what_it_was_taken_from(officer, issued):
    activity = builders.hold(issued, "c.a", on_site=126)
    link = issued.link("c.a")
    address = f"/l/{link.secret}/reports/new/?activity={activity.code}"
    form = officer.get(address).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False, "")}
    officer.post(address, data | {"summary": "讲了五个故事。"})
    given = Return.objects.get()
    Headcount.objects.create(
        session=activity.sessions.get(), on_site=162, at=clock.now(), actor="test"
    )  # counted again afterwards
    readings = {row.name: row for row in officer.get(f"/desk/reports/{given.code}/").context["readings"]}
    assert (readings["title"].verdict, readings["title"].recorded) == ("same", "槐荫里故事会")
    assert (readings["summary"].verdict, readings["summary"].recorded) == ("typed", "")
    assert (readings["on_site"].verdict, readings["on_site"].recorded) == ("check", "162 人次")
    assert "活动记录里现在是“162 人次”" in readings["on_site"].remarks[0]
    assert readings["clauses"].verdict == "brought"


def test_what_the_unit_answered_to_a_question_is_told(officer, issued):
    sheet = builders.sheet(issued, on_site=10, women=12)
    sheet.doubts = [{"code": "more_women", "field": "women", "reason": "含线上"}]
    given = returns.send_sheet(issued.obligations["c.a"], sheet, token=ids.new_code(), by=issued.link("c.a"))
    page = officer.get(f"/desk/reports/{given.code}/").content.decode()
    assert "单位说：含线上" in page


def test_accepting_goes_on_to_the_next_that_waits(officer, issued):
    first, second = builders.report(issued, "c.a", "甲"), builders.report(issued, "c.b", "乙")
    answer = officer.post(f"/desk/reports/{second.code}/accept/", {"number": "1"})
    assert answer.url == f"/desk/reports/{first.code}/"
    assert "接收了：西岭区妇联“乙”" in officer.get(answer.url).content.decode()
    assert officer.post(f"/desk/reports/{first.code}/accept/", {"number": "1"}).url == "/desk/reports/"
    again = officer.post(f"/desk/reports/{first.code}/accept/", {"number": "1"})
    assert again.status_code == 302
    assert set(Return.objects.values_list("state", flat=True)) == {"accepted"}


@pytest.mark.parametrize("number", ["2", "0", "", "-1", "９", "x" * 50, "99999999999999999999"])
def test_only_the_version_she_saw_is_accepted(officer, issued, number):
    given = builders.report(issued, "c.a")
    assert officer.post(f"/desk/reports/{given.code}/accept/", {"number": number}).status_code == 409
    given.refresh_from_db()
    assert given.state == "reported"


def test_sending_back_needs_a_note_and_keeps_what_was_written(officer, issued):
    given = builders.report(issued, "c.a", place="文化馆")
    address = f"/desk/reports/{given.code}/send-back/"
    refused = officer.post(address, {"number": "1", "note-all": " "})
    assert (refused.status_code, "退回要写明补什么" in refused.content.decode()) == (422, True)
    long = officer.post(address, {"number": "1", "note-place": "长" * 301})
    assert (long.status_code, "300 字以内" in long.content.decode(), "长" * 301 in long.content.decode()) == (
        422,
        True,
        True,
    )
    for _ in range(2):
        assert officer.post(address, {"number": "1", "note-place": "在哪里办的？"}).status_code == 302
    given.refresh_from_db()
    assert (given.state, OutMessage.objects.count()) == ("sent_back", 1)


def test_a_unit_without_an_address_is_to_be_telephoned(officer, issued):
    issued.cast.units["c.a"].mail_addresses.all().delete()
    given = builders.report(issued, "c.a")
    officer.post(f"/desk/reports/{given.code}/send-back/", {"number": "1", "note-all": "补人次"})
    assert "没有登记邮箱，请打电话" in officer.get("/desk/reports/").content.decode()


def test_the_letter_of_a_return_sent_back_leads_to_it_without_an_account(client, officer, issued):
    given = builders.report(issued, "c.a")
    officer.post(f"/desk/reports/{given.code}/send-back/", {"number": "1", "note-all": "补人次"})
    client.logout()
    body = OutMessage.objects.get().body
    path = "/l/" + body.split("/l/")[1].split()[0]
    assert "补人次" in client.get(path).content.decode()


def test_a_newer_version_shows_what_changed_and_why(officer, issued):
    given = builders.report(issued, "c.a", on_site=210, accept=True)
    returns.revise_return(
        given, builders.sheet(issued, on_site=201), token=ids.new_code(), by=issued.link("c.a"), reason="数错了"
    )
    page = officer.get(f"/desk/reports/{given.code}/").content.decode()
    assert "数错了" in page
    assert [(c.before, c.after) for c in officer.get(f"/desk/reports/{given.code}/").context["changes"]] == [
        ("210 人次", "201 人次")
    ]


def test_an_acceptance_is_taken_back_from_the_page(officer, issued):
    given = builders.report(issued, "c.a", accept=True)
    assert "撤销接收" in officer.get(f"/desk/reports/{given.code}/").content.decode()
    for _ in range(2):
        assert officer.post(f"/desk/reports/{given.code}/undo/").status_code == 302
    given.refresh_from_db()
    assert given.state == "reported"


def test_a_leader_looks_and_does_not_decide(client, issued):
    given = builders.report(issued, "c.a")
    client.force_login(issued.cast.users["leader"])
    page = client.get(f"/desk/reports/{given.code}/")
    assert page.status_code == 200
    assert "由发文单位的经办人办" in page.content.decode()
    assert client.post(f"/desk/reports/{given.code}/accept/", {"number": "1"}).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("sister", 404), ("d.officer", 404), ("liaison", 404), ("auditor", 403)])
def test_others_find_nothing(client, issued, who, status):
    given = builders.report(issued, "c.a")
    client.force_login(issued.cast.users[who])
    assert client.get(f"/desk/reports/{given.code}/").status_code == status
    assert "槐荫里" not in client.get("/desk/reports/").content.decode()
    assert client.post(f"/desk/reports/{given.code}/accept/", {"number": "1"}).status_code in (403, 404)
    given.refresh_from_db()
    assert given.state == "reported"


@pytest.mark.parametrize("where", ["/desk/reports/", "/desk/reports/{code}/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(officer, issued, where):
    given = builders.report(issued, "c.a", "甲")
    address = where.format(code=given.code)
    builders.report(issued, "c.b", "乙")
    first = count(officer, address)
    for title in ("丙", "丁"):
        builders.report(issued, "c.a", title)
    assert count(officer, address) == first
