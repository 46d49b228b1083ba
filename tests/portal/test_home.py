"""The public home: whose site it is, what is on and when, filters as addresses, words where there is nothing to list."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from jinguo.activities.actions.plan import cancel_activity
from jinguo.activities.models import Activity
from jinguo.activities.queries.site import span_of
from jinguo.federation.models import Office
from jinguo.lib import clock
from tests.activities.stage import as_host, guest, make, published, queries, shift_session

pytestmark = pytest.mark.django_db


def home(query: str = "", **headers) -> str:
    cache.clear()
    answer = Client().get(f"/{query}", **headers)
    assert answer.status_code == 200 and Client().cookies == {}
    return answer.content.decode()


def titles(query: str = "") -> list[str]:
    return re.findall(r'<h3><a href="/a/\w+/">([^<]+)</a>', home(query))


def on(cast, days: int, title: str, unit=None, **facts) -> Activity:
    day = clock.today() + timedelta(days=days)
    return published(cast, unit, title=title, starts_at=clock.at(day, 23, 50), ends_at=clock.at(day, 23, 59), **facts)


def test_only_what_is_public_published_and_not_over_is_listed_soonest_first(cast):
    on(cast, 5, "后办的"), on(cast, 2, "先办的")
    make(cast, title="草稿")
    published(cast, title="内部", visibility="internal")
    cancel_activity(on(cast, 3, "取消的"), reason="下雪", by=as_host(cast, cast.units["c.edu"]))
    over = on(cast, 1, "过去的")
    shift_session(over, starts_at=clock.now() - timedelta(hours=2), ends_at=clock.now() - timedelta(minutes=1))
    assert titles() == ["先办的", "后办的"]


def test_a_city_shows_its_counties_and_neither_city_sees_the_other(cast):
    on(cast, 1, "县里的", cast.units["c.a"])
    on(cast, 1, "别市的", cast.units["d"])
    assert titles() == ["县里的"]
    Office.objects.filter(pk=cast.other_office.pk).update(public_host="yunhe.example.org")
    cache.clear()
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=["*"]):
        html = Client().get("/", headers={"Host": "yunhe.example.org:8443"}).content.decode()
    assert "别市的" in html and "县里的" not in html


def test_what_began_days_ago_and_lasts_stands_under_today(cast):
    show = on(cast, 1, "画展")
    shift_session(show, starts_at=clock.now() - timedelta(days=3), ends_at=clock.now() + timedelta(days=9))
    html = home()
    assert html.index("今天") < html.index("画展")
    assert "画展" in home("?when=today") and "画展" in home("?when=next_week")


def test_filters_are_addresses_and_a_wish_nobody_offers_asks_for_everything(cast):
    east = cast.units["c.a"]
    on(cast, 1, "东川读书", east, kind="reading", audiences=("families",), seats=3, area=east)
    on(cast, 1, "全市义诊", kind="volunteer", audiences=("everyone",))
    on(cast, 1, "线上普法", kind="rights", venue="website", seats=9)
    assert titles(f"?area={east.code}") == ["东川读书"]
    assert titles("?area=online") == ["线上普法"]
    assert titles("?kind=volunteer") == ["全市义诊"]
    assert sorted(titles("?audience=families")) == ["东川读书", "全市义诊"]
    assert titles("?walk_in=1") == ["全市义诊"]
    assert len(titles("?kind=nonsense&when=never&page=x&foo=bar")) == 3
    html = home("?kind=reading&walk_in=1")
    assert "没有合适的活动" in html and 'name="walk_in" value="1"' in html


@pytest.mark.parametrize(
    ("today", "when", "span"),
    [
        (date(2024, 3, 6), "weekend", (date(2024, 3, 9), date(2024, 3, 10))),
        (date(2024, 3, 9), "weekend", (date(2024, 3, 9), date(2024, 3, 10))),
        (date(2024, 3, 10), "weekend", (date(2024, 3, 10), date(2024, 3, 10))),
        (date(2024, 3, 10), "next_week", (date(2024, 3, 11), date(2024, 3, 17))),
        (date(2024, 12, 31), "next_week", (date(2025, 1, 6), date(2025, 1, 12))),
        (date(2024, 2, 29), "today", (date(2024, 2, 29), date(2024, 2, 29))),
    ],
)
def test_what_weekend_and_next_week_mean(today, when, span):
    assert span_of(when, today) == span


def test_seats_are_told_as_people_say_them(cast):
    activity = on(cast, 1, "小课", seats=4)
    assert "名额充足" in home()
    for n in range(3):
        guest(activity, n)
    assert "余 1 席" in home()
    guest(activity, 4), guest(activity, 5)
    assert "已满 · 可候补" in home()
    on(cast, 2, "集市")
    assert "直接来，不用报名" in home()


def test_twenty_a_page_and_the_next_page_goes_on(cast):
    for n in range(23):
        on(cast, 1 + n, f"第{n:02d}场")
    first, second = titles(), titles("?page=2")
    assert (len(first), len(second)) == (20, 3) and first[-1] < second[0]
    assert 'href="/?page=2"' in home() and "接下来共 23 场" in home()
    assert titles("?page=9") == []


def test_the_home_asks_the_database_the_same_at_one_and_three(cast):
    counts = []
    for n in range(3):
        on(cast, n + 1, f"{n}", seats=3, audiences=("rural", "elderly"), area=cast.units["c.a"])
        cache.clear()
        counts.append(queries(Client(), f"/?page=1&kind=&foo={n}"))
    assert counts[0] == counts[2] <= 8


def test_where_nothing_fits_the_nearest_of_what_she_asked_for_stands_below(cast):
    on(cast, 9, "面塑课", audiences=("elderly",))
    on(cast, 8, "招聘会", audiences=("students",))
    assert titles("?when=today&audience=elderly") == ["面塑课"]
    assert titles("?when=today&kind=congress") == ["招聘会", "面塑课"]
    assert "没有合适的活动" in home("?when=today&audience=elderly")


def test_nothing_to_list_says_so_and_the_numbers_to_call_stay(cast):
    html = home()
    assert "接下来还没有公开的活动" in html
    for number in ("12338", "110", "12348"):
        assert f'href="tel:{number}"' in html


def test_an_installation_without_an_office_says_what_to_do():
    html = home()
    assert "还没有设置妇联" in html and "12338" in html
    assert Client().get("/privacy/").status_code == 200


def test_titles_of_any_length_and_letters_are_only_text(cast):
    on(cast, 1, "<b>长</b>" + "题" * 90)
    html = home()
    assert "<b>长" not in html and "题" * 90 in html


@pytest.mark.parametrize("when", ["9999-12-31", "0001-01-01", "2026-02-30", "x" * 10])
def test_a_day_no_calendar_has_asks_for_everything(cast, when):
    for page in ("/", "/calendar/", "/counties/", "/activities.ics", "/activities.xml"):
        assert Client().get(page, {"when": when}).status_code == 200
