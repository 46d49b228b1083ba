"""The year of a day written without one comes from the paper or stays unknown."""

import pytest

from jinguo.gongwen import read

ASK = "请于3月20日前报送名单。\n"


def due(text: str) -> list[str | None]:
    return [d.date for d in read(text).deadlines]


@pytest.mark.parametrize(
    "around",
    [
        "各县妇联：\n{ask}清河市妇女联合会\n2024年2月20日\n",
        "关于报送名单的通知\n发布时间：2024-02-20 浏览次数：8\n各县妇联：\n{ask}",
        "各县妇联：\n活动时间为2024年3月1日至3月8日。\n{ask}",
        "关于报送2024年名单的通知\n各县妇联：\n{ask}",
        "各县妇联：\n{ask}妇委会\n2024.2.20\n",
    ],
)
def test_the_paper_tells_it(around: str) -> None:
    assert due(around.format(ask=ASK)) == ["2024-03-20"]


def test_dates_of_two_years_decide_nothing() -> None:
    assert due("各县妇联：\n2023年5月起开展活动，2024年6月总结。\n" + ASK) == [None]


def test_a_page_put_up_long_after_does_not_move_a_day_to_the_next_year() -> None:
    assert due("发布时间：2024-11-20\n关于报送名单的通知\n各县妇联：\n" + ASK) == ["2024-03-20"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("报名截止：3月16日报名截止。", "2024-03-16"),
        ("请各单位于3月29日将手册交至办公室。", "2024-03-29"),
        ("请于3月18日下午15:00点前报送名单。", "2024-03-18"),
        ("请于3月20之前报送名单。", "2024-03-20"),
        ("截稿时间：2024年3月31日。", "2024-03-31"),
        ("投稿时间：四个月（2024年1月1日——3月30日）。", "2024-03-30"),
        ("报名时间\n即日起至3月10日\n", "2024-03-10"),
        ("（一）作品征集\n自通知下发之日起至3月19日。\n", "2024-03-19"),
    ],
)
def test_ways_to_say_until_when(words: str, day: str) -> None:
    assert due(f"各县妇联：\n现将有关事项通知如下：\n{words}\n清河市妇女联合会\n2024年1月5日\n") == [day]


def test_a_day_people_were_born_before_is_no_deadline() -> None:
    assert due("参赛对象为2007年2月1日以前出生的妇女。") == []


def test_an_end_that_was_lost_is_not_supplied() -> None:
    record = read("关于举办职工知识竞赛的通知\n各工会：\n一、竞赛时间：2010年12月下旬至\n二、内容：工会知识。\n")
    (event,) = record.events
    assert event.window and (event.window.start, event.window.end) == ("2010-12-21", None)


def test_a_numbered_item_that_is_one_sentence_still_sets_its_date() -> None:
    text = "各县妇联：\n现将有关事项通知如下：\n一、请各单位在3月11日前将总结报县妇联办公室，逾期不候。\n二、请做好宣传。\n"
    assert [d.date for d in read(text + "清河市妇女联合会\n2024年2月1日\n").deadlines] == ["2024-03-11"]
