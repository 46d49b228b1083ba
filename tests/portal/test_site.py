"""The rest of the public site: the month, feeds, units, campaigns, women's homes, looking for words."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client

from jinguo.activities.actions.plan import cancel_activity
from jinguo.activities.models import Activity, Session
from jinguo.campaigns.models import Campaign
from jinguo.federation.actions.map import lay_out_map
from jinguo.federation.models.unit import UnitClass
from jinguo.lib import clock
from jinguo.portal import queries as portal_queries
from jinguo.search.actions import index_thing
from jinguo.search.models import IndexRow
from tests.activities.stage import as_host, make, published, queries, shift_session
from tests.reports.builders import issue

pytestmark = pytest.mark.django_db


def page(address: str, status: int = 200) -> str:
    cache.clear()
    answer = Client().get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/a/\w+/">([^<]+)</a>', html)


def on(cast, days: int, title: str, unit=None, **facts) -> Activity:
    day = clock.today() + timedelta(days=days)
    return published(cast, unit, title=title, starts_at=clock.at(day, 23, 50), ends_at=clock.at(day, 23, 59), **facts)


# ---- the month ---------------------------------------------------------------------------------------------------------


def days_with_something(html: str) -> dict[str, int]:
    """ISO day → how many, as the sheet links them."""
    return {day: int(n) for day, n in re.findall(r'when=([\d-]{10})"><b>\d+</b><small>(\d+) ', html)}


def test_a_day_of_the_month_says_how_many_and_opens_its_list(cast):
    day = clock.today() + timedelta(days=1)
    on(cast, 1, "甲"), on(cast, 1, "乙"), on(cast, 2, "丙")
    make(cast, title="草稿")
    found = days_with_something(page(f"/calendar/?month={day:%Y-%m}"))
    assert found[day.isoformat()] == 2
    assert sorted(titles(page(f"/?when={day.isoformat()}"))) == ["乙", "甲"]


def test_what_lasts_over_the_turn_of_a_month_counts_on_each_of_its_days(cast):
    show = on(cast, 1, "画展")
    first = (clock.today().replace(day=28) + timedelta(days=8)).replace(day=1)
    shift_session(
        show, starts_at=clock.at(first - timedelta(days=2), 9), ends_at=clock.at(first + timedelta(days=3), 17)
    )
    found = days_with_something(page(f"/calendar/?month={first:%Y-%m}"))
    assert [found.get((first + timedelta(days=n)).isoformat()) for n in range(-1, 5)][1:] == [1, 1, 1, 1, None]


def test_filters_go_with_her_through_the_months_and_back_to_the_list(cast):
    east = cast.units["c.a"]
    on(cast, 1, "东川读书", east, kind="reading", area=east)
    on(cast, 1, "义诊", kind="volunteer")
    day = clock.today() + timedelta(days=1)
    html = page(f"/calendar/?month={day:%Y-%m}&kind=reading&area={east.code}")
    assert days_with_something(html) == {day.isoformat(): 1}
    assert (
        f"area={east.code}&amp;kind=reading&amp;month=" in html
        or f"kind=reading&amp;area={east.code}&amp;month=" in html
    )
    assert f"when={day.isoformat()}" in html


@pytest.mark.parametrize("asked", ["2020-01", "9999-12", "13", "2026-13", "x" * 40, "0001-01", "2026-1-1"])
def test_a_month_nobody_offers_shows_this_one(cast, asked):
    today = clock.today()
    assert f"{today.year}年{today.month}月" in page(f"/calendar/?month={asked}")


# ---- feeds -------------------------------------------------------------------------------------------------------------


def test_the_calendar_to_subscribe_to_and_the_feed_say_what_is_on(cast):
    east = cast.units["c.a"]
    on(cast, 1, "东川读书", east, area=east, place="图书馆")
    on(cast, 2, "相约一场", kind="mixer", place="公园")
    answer = Client().get("/activities.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 1 and "SUMMARY:东川读书" in text
    assert "相约一场" not in text and "公园" not in text, "a kind that would shame stands in nobody's calendar unasked"
    feed = Client().get("/activities.xml")
    assert feed["Content-Type"].startswith("application/rss+xml")
    assert feed.content.decode().count("<item>") == 2 and "图书馆" in feed.content.decode()
    assert Client().get(f"/activities.xml?area={east.code}").content.decode().count("<item>") == 1
    again = Client().get("/activities.xml")
    assert again["Content-Type"].startswith("application/rss+xml"), "kept pages keep their kind"


# ---- units, homes, campaigns -------------------------------------------------------------------------------------------


def test_a_county_shows_its_own_and_those_below(cast):
    east, home = cast.units["c.a"], cast.units["c.home"]
    on(cast, 1, "县里的", east)
    on(cast, 2, "之家的", home)
    on(cast, 3, "市直的")
    past = on(cast, 1, "办过的", east)
    shift_session(past, starts_at=clock.now() - timedelta(days=9), ends_at=clock.now() - timedelta(days=9, hours=-1))
    html = page(f"/u/{east.code}/")
    below = [title for title, unit in (("县里的", east), ("之家的", home)) if unit.path.startswith(east.path)]
    assert titles(html) == below
    assert "办过的" in html and "市直的" not in html
    assert Client().get(f"/u/{east.code}/activities.ics").content.count(b"BEGIN:VEVENT") == len(below)


def test_what_two_units_hold_together_is_one_activity_on_both_their_pages(cast):
    east, west = cast.units["c.a"], cast.units["c.b"]
    on(cast, 1, "两县读书会", east, area=east, cohosts=(west.short_name, "县图书馆"))
    assert Activity.objects.get().cohosts.get(name=west.short_name).unit == west
    assert [titles(page(f"/u/{unit.code}/")) for unit in (east, west)] == [["两县读书会"], ["两县读书会"]]
    city = page(f"/u/{cast.units['c'].code}/")
    assert titles(city) == ["两县读书会"], "counted once, whoever looks"
    told = page(f"/a/{Activity.objects.get().code}/")
    assert f'<a href="/u/{west.code}/">{west.short_name}</a>' in told and "、县图书馆" in told


def test_a_committee_without_public_activities_and_another_citys_unit_have_no_page(cast):
    edu = cast.units["c.edu"]
    page(f"/u/{edu.code}/", 404)
    page(f"/u/{cast.units['d'].code}/", 404)
    page("/u/nothing/", 404)
    on(cast, 1, "公开的", edu)
    assert titles(page(f"/u/{edu.code}/")) == ["公开的"]


def test_the_homes_stand_under_their_counties_and_say_when_something_is_on(cast):
    home = cast.units["c.home"]
    assert home.unit_class == UnitClass.HOME
    html = page("/stations/?kind=home")
    assert html.count(home.name) == 1
    on(cast, 4, "缝纫班", home)
    day = clock.today() + timedelta(days=4)
    assert f"{day.month}月{day.day}日" in page("/stations/?kind=home")
    assert home.name not in page(f"/stations/?kind=home&area={cast.units['c.b'].code}")


def test_a_campaign_is_known_by_its_theme_only(cast):
    activity = on(cast, 1, "宣讲")
    campaign = issue(cast).campaign
    Campaign.objects.filter(pk=campaign.pk).update(theme="")
    page(f"/themes/{campaign.code}/", 404)
    Campaign.objects.filter(pk=campaign.pk).update(theme="春天的事", state="issued", issued_at=clock.now())
    Activity.objects.filter(pk=activity.pk).update(campaign=campaign)
    on(cast, 2, "别的")
    html = page(f"/themes/{campaign.code}/")
    assert "春天的事" in html and titles(html) == ["宣讲"]
    assert "春天的事" in page("/")
    Campaign.objects.filter(pk=campaign.pk).update(state="closed")
    assert "春天的事" in page(f"/themes/{campaign.code}/"), "over, it is still read about"
    assert "春天的事" not in page("/"), "but it heads the site no longer"


# ---- looking for words -------------------------------------------------------------------------------------------------


def test_words_pinyin_and_initials_find_what_is_on_and_who_holds_it(cast):
    on(cast, 1, "亲子读书会", place="东川县图书馆")
    hidden = on(cast, 2, "读书沙龙")
    cancel_activity(hidden, reason="下雪", by=as_host(cast, hidden.unit))
    make(cast, title="读书草稿"), published(cast, title="内部读书", visibility="internal")
    for words in ("读书", "qinzi", "qzdsh", "东川县图书馆"):
        assert titles(page(f"/search/?q={words}")) == ["亲子读书会"], words
    assert cast.units["c.a"].name in page(f"/search/?q={cast.units['c.a'].name}")
    assert cast.units["d"].name not in page(f"/search/?q={cast.units['d'].short_name}")


def test_a_series_and_a_theme_are_found_by_name_pinyin_and_initials(cast):
    """Also where the index was begun before they were in it, and what a unit keeps to itself is not."""
    (
        on(cast, 1, "第一场", series="周三姐妹茶座"),
        published(cast, title="碰头", visibility="internal", series="值班茶座"),
    )
    campaign = issue(cast).campaign
    Campaign.objects.filter(pk=campaign.pk).update(theme="泉水长流 巾帼同行")
    IndexRow.objects.filter(kind__in=["series", "theme", "activity"]).delete()
    index_thing("activity", Activity.objects.get(title="第一场").code, title="第一场", owner_path=cast.units["c.edu"].path,
                audience="public")  # fmt: skip
    for room, migration in (("activities", "0009_sessions_off"), ("campaigns", "0012_themes_found")):
        module = import_module(f"jinguo.{room}.migrations.{migration}")
        module.Migration.operations[-1].code(apps, None)
    for words in ("姐妹茶座", "jiemeichazuo", "zsjmcz"):
        html = page(f"/search/?q={words}")
        assert re.findall(r'<a href="/series/\w+/">([^<]+)</a>', html) == ["周三姐妹茶座"], words
    assert titles(page("/search/?q=姐妹茶座")) == ["第一场"], "its sessions are found by it too"
    for words in ("巾帼同行", "quanshuichangliu", "qsclj"):
        assert f'<a href="/themes/{campaign.code}/">泉水长流 巾帼同行</a>' in page(f"/search/?q={words}"), words
    assert "没有找到" in page("/search/?q=值班茶座")
    series = Activity.objects.get(title="第一场").series
    assert f'href="/series/{series.code}/"' not in page(f"/search/?q={cast.units['d'].short_name}")


def test_what_is_made_today_is_found_today(cast):
    on(cast, 1, "第一场", series="周三姐妹茶座")
    assert "周三姐妹茶座</a>" in page("/search/?q=姐妹茶座")


def test_a_crowd_of_units_and_of_what_is_over_hides_nothing(cast, monkeypatch):
    monkeypatch.setattr(portal_queries, "FOUND_SHOWN", 2)
    for n in range(4):
        old = on(cast, 1, f"妇联茶座{n}")
        shift_session(old, starts_at=clock.now() - timedelta(days=9), ends_at=clock.now() - timedelta(days=9, hours=-1))
    on(cast, 2, "妇联里的读书茶座会")
    assert titles(page("/search/?q=妇联")) == ["妇联里的读书茶座会"]
    assert titles(page("/search/?q=茶座")) == ["妇联里的读书茶座会"]


@pytest.mark.parametrize("words", ["", "   ", "%", "'; DROP", "没有这样的事", "读" * 500, "\u202e\u0000x", "😀"])
def test_words_that_find_nothing_say_so_and_break_nothing(cast, words):
    html = page(f"/search/?q={words}") if "\u0000" not in words else page("/search/?q=%E2%80%AEx")
    assert titles(html) == []
    assert ("没有找到" in html) == bool(words.strip())


@pytest.mark.parametrize("words", ["家暴", "老公打我怎么办", "离婚", "jiabao", "我想自殺"])
def test_who_looks_for_help_finds_the_numbers_a_way_out_and_where_to_go(cast, words):
    html = page(f"/search/?q={words}")
    assert 'href="tel:110"' in html and 'href="tel:12338"' in html and "快速离开" in html
    assert "/stations/?kind=rights" in html and "没有找到" not in html and "<title>找一找" in html


def test_who_looks_for_a_lesson_finds_no_alarm(cast):
    html = page("/search/?q=面塑")
    assert "快速离开" not in html and 'href="tel:110"' not in html


# ---- large type, costs --------------------------------------------------------------------------------------------------


def test_large_type_is_remembered_by_the_browser_and_kept_pages_do_not_mix(cast):
    client = Client()
    assert 'data-type="large"' not in client.get("/").content.decode()
    answer = client.post("/type/", {"type": "large", "next": "/calendar/"})
    assert (answer.status_code, answer["Location"]) == (303, "/calendar/")
    assert 'data-type="large"' in client.get("/").content.decode()
    assert 'data-type="large"' not in Client().get("/").content.decode()
    client.post("/type/", {"type": "", "next": "/"})
    assert 'data-type="large"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "address", ["/calendar/", "/counties/", "/stations/", "/search/?q=会", "/activities.ics", "/activities.xml", "unit"]
)
def test_every_list_asks_the_same_however_many_there_are(cast, address):
    east = cast.units["c.a"]
    address = f"/u/{east.code}/" if address == "unit" else address
    on(cast, 1, "第一会", east, seats=3)
    cache.clear()
    few = queries(Client(), address)
    for n in range(3):
        on(cast, 2 + n, f"第{n}会", east, seats=3)
    cache.clear()
    assert queries(Client(), address) == few
    assert Session.objects.count() == 4


def test_the_schematic_counts_each_county_and_its_tiles_open_the_lists(cast):
    east, west = cast.units["c.a"], cast.units["c.b"]
    on(cast, 1, "读书", east, area=east, kind="reading"), on(cast, 2, "义诊", east, area=east, kind="volunteer")
    on(cast, 1, "直播", west, online_url="https://example.org/live", venue="website")
    make(cast, east, title="草稿", area=east)
    html = page("/counties/")
    told = re.findall(
        r'<tr><th scope="row" class="nowrap"><a href="([^"]+)">([^<]+)</a></th><td class="num">(\d+)', html
    )
    figures = {name: int(count) for _url, name, count in told}
    assert figures["东川县"] == 2 and figures["线上"] == 1 and figures["西岭区"] == 0
    opens = next(url for url, name, _count in told if name == "东川县").replace("&amp;", "&")
    assert sorted(titles(page(opens))) == ["义诊", "读书"]
    assert 'aria-label="东川县，接下来 2 场"' in html
    assert 'aria-label="东川县，接下来 1 场"' in page("/counties/?kind=reading")


def test_the_schematic_has_the_shape_the_office_gave_it_unless_a_phone_could_not_read_it(cast):
    def cells() -> dict[str, tuple[int, int]]:
        cache.clear()
        tile = r'<a href="[^"]*" class="t\d" aria-label="([^，"]+)，[^"]*"><rect x="(\d+)" y="(\d+)"'
        return {name: (int(x), int(y)) for name, x, y in re.findall(tile, page("/counties/"))}

    assert cells()["东川县"] == (0, 0)
    lay_out_map(cast.office, ",,东川县\n西岭区", by=cast.users["officer"])
    shaped = cells()
    assert shaped["西岭区"][0] == 0 and shaped["东川县"][0] > shaped["线上"][0] and shaped["东川县"][1] == 0
    assert shaped["线上"][1] > shaped["西岭区"][1] > 0
    lay_out_map(cast.office, ",,,,,东川县\n西岭区", by=cast.users["officer"])
    assert {y for _x, y in cells().values()} == {0}, "three in a row, as before"


# ---- what other machines read -------------------------------------------------------------------------------------------


def test_search_engines_and_chats_are_told_what_the_page_says_and_no_more(cast):
    east = cast.units["c.a"]
    open_one = on(cast, 1, "东川读书", east, place="图书馆", address="学府路1号", kind="reading")
    html = page(f"/a/{open_one.code}/")
    assert 'itemtype="https://schema.org/Event"' in html and 'itemprop="address" content="学府路1号"' in html
    assert f'property="og:url" content="http://testserver/a/{open_one.code}/"' in html
    assert f'href="/u/{east.code}/"' in html
    at_home = on(cast, 1, "家里读书", venue="family", place="槐树村", address="槐树村三排五号", kind="reading")
    assert 'itemprop="address"' not in page(f"/a/{at_home.code}/")
    assert "schema.org" not in page(f"/a/{on(cast, 1, '相约', kind='mixer').code}/")
