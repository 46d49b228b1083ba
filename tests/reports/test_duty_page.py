"""The agreed exceptions are given on one page, with a reason the unit sees."""

from datetime import timedelta

import pytest

from jinguo.campaigns.models import Obligation
from jinguo.lib import clock
from tests.reports import builders


@pytest.fixture
def issued(cast):
    return builders.issue(cast, due=clock.end_of(clock.today() + timedelta(days=5)))


@pytest.fixture
def where(client, issued):
    client.force_login(issued.cast.users["officer"])
    return f"/desk/obligations/{issued.obligations['c.a'].code}/"


def fresh(issued) -> Obligation:
    return Obligation.objects.get(pk=issued.obligations["c.a"].pk)


def test_a_unit_is_exempted_and_asked_again(client, issued, where):
    refused = client.post(where, {"exempt": "1", "reason": ""})
    assert (refused.status_code, "请写明为什么免报" in refused.content.decode()) == (422, True)
    for _ in range(2):
        assert client.post(where, {"exempt": "1", "reason": "新设单位"}).status_code == 302
    assert "新设单位" in client.get(f"/l/{issued.link('c.a').secret}/reports/").content.decode()
    client.post(where, {"undo": "1"})
    assert fresh(issued).exempt_at is None


def test_more_time_is_given_to_the_end_of_a_day(client, issued, where):
    day = clock.today() + timedelta(days=9)
    for data, said in (({"to": "", "why": "忙"}, "请选一个日子"), ({"to": day.isoformat(), "why": ""}, "请写明为什么延期"),
                       ({"to": clock.today().isoformat(), "why": "忙"}, "要晚于现在的期限")):  # fmt: skip
        answer = client.post(where, {"extend": "1", **data})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    client.post(where, {"extend": "1", "to": day.isoformat(), "why": "人手不够"})
    assert fresh(issued).extended_to == clock.end_of(day)
    assert "人手不够" in client.get(f"/l/{issued.link('c.a').secret}/reports/").content.decode()


def test_the_page_shows_what_came(client, issued, where):
    builders.report(issued, "c.a")
    page = client.get(where).content.decode()
    assert "槐荫里故事会" in page and "0353-000-0000" in page


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("d.officer", 404), ("sister", 404), ("auditor", 403)])
def test_who_may_look(client, issued, where, who, status):
    client.force_login(issued.cast.users[who])
    assert client.get(where).status_code == status
    if status == 200:
        assert client.post(where, {"exempt": "1", "reason": "忙"}).status_code == 403
