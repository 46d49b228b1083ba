"""Dates as people say them, in the time of Asia/Shanghai, exact on hover; a number says what it is."""

import datetime as dt

import pytest
from django.utils import translation

from jinguo.ui import dates
from tests.ui.pages import render

UTC = dt.UTC
NOW = dt.datetime(2024, 3, 7, 2, 0, tzinfo=UTC)  # 10:00 on 7 March in Yangquan
FRIDAY = dt.datetime(2024, 3, 8, 6, 30, 5, tzinfo=UTC)  # 14:30:05 there


def shown(source: str, **context) -> str:
    return render(source, now=NOW, **context)


def test_an_instant_is_shown_in_local_time_with_the_exact_one_on_hover():
    html = shown("{{ when|people_date:now }}", when=FRIDAY)
    expected = '<time datetime="2024-03-08T14:30:05+08:00" title="2024-03-08 14:30:05 UTC+8">3月8日 周五 14:30</time>'
    assert html == expected


def test_english_says_it_the_english_way():
    with translation.override("en"):
        assert ">Fri 8 Mar 14:30<" in shown("{{ when|people_date:now }}", when=FRIDAY)
        assert ">Wed 8 Mar 2023<" in shown("{{ when|people_date:now }}", when=dt.date(2023, 3, 8))
        assert shown("{{ when|near_word:now }}", when=FRIDAY) == "tomorrow"


def test_the_year_appears_only_when_it_is_another():
    assert ">2023年3月8日 周三<" in shown("{{ when|people_date:now }}", when=dt.date(2023, 3, 8))
    assert ">3月8日 周五<" in shown("{{ when|people_day:now }}", when=FRIDAY)


def test_a_day_is_the_day_in_yangquan_not_in_greenwich():
    late = dt.datetime(2024, 3, 7, 17, 0, tzinfo=UTC)  # one in the morning of the 8th
    assert ">3月8日 周五 1:00<" in shown("{{ when|people_date:now }}", when=late)
    assert shown("{{ when|near_word:now }}", when=late) == "明天"


@pytest.mark.parametrize(("days", "word"), [(-1, "昨天"), (0, "今天"), (1, "明天"), (2, "后天"), (3, ""), (-2, "")])
def test_near_days_have_a_word(days, word):
    assert dates.near_word(dt.date(2024, 3, 7) + dt.timedelta(days), NOW) == word


def test_a_range_says_its_day_once():
    end = FRIDAY + dt.timedelta(hours=2, minutes=30)
    assert ">3月8日 周五 14:30—17:00<" in shown("{% people_range start end now %}", start=FRIDAY, end=end)
    days = {"start": dt.date(2024, 2, 20), "end": dt.date(2024, 3, 12)}
    over = shown("{% people_range start end now %}", **days)
    assert '>2月20日 周二—</span><wbr><span class="nowrap">3月12日 周二<' in over, "breaks between the days only"


def test_nothing_given_shows_nothing():
    assert shown("{{ when|people_date:now }}{{ when|people_day:now }}{{ when|people_time }}", when=None) == ""


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        dates.moment_text(dt.datetime(2024, 3, 8, 14, 30), NOW)  # noqa: DTZ001 (that is the point)


def test_without_a_given_now_the_house_clock_decides(monkeypatch):
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", "0")
    this_year = render("{{ when|people_day }}", when=dates.clock.now())
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", str(400 * 24 * 3600))
    later = render("{{ when|people_day }}", when=dates.clock.now() - dt.timedelta(days=400))
    assert "年" not in this_year and "年" in later


@pytest.mark.parametrize(
    ("value", "words"), [(11860, "11,860 人次"), (0, "0 人次"), (None, "没报"), ("", "没报"), (3, "3 人次")]
)
def test_nothing_reported_is_not_nought(value, words):
    assert words in render('{{ n|number:"人次" }}', n=value)


def test_about_is_said():
    assert "约 3,200 人次" in render('{% quantity 3200 "人次" about=True %}')


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (None, "na"),
        (0, "h0"),
        (1, "h1"),
        (2, "h1"),
        (3, "h2"),
        (5, "h2"),
        (6, "h3"),
        (9, "h3"),
        (10, "h4"),
        (400, "h4"),
    ],
)
def test_heat_follows_the_legend(count, level):
    assert render("{{ n|heat }}", n=count) == level
