"""Several days named in a row: all of them are kept, with their hour, and none is shared that is not."""

import pytest

from jinguo.gongwen import read
from tests.gongwen.test_unseen import SIGNED, paper


@pytest.mark.parametrize(
    ("said", "first", "last", "time"),
    [
        ("4月6日、7日上午9:00", "2024-04-06", "2024-04-07", "09:00"),
        ("2024年4月6日、13日和20日下午2:30", "2024-04-06", "2024-04-20", "14:30"),
        ("4月6、7日上午9时", "2024-04-06", "2024-04-07", "09:00"),
        ("4月28日（周日）、5月5日（周日）", "2024-04-28", "2024-05-05", None),
        ("4月12日、13日（周五、周六）上午9:30-11:30", "2024-04-12", "2024-04-13", "09:30"),
        ("4月12日、13日(周五、六)下午1:30", "2024-04-12", "2024-04-13", "13:30"),
        ("4月9日和10日，每天14:00", "2024-04-09", "2024-04-10", "14:00"),
    ],
)
def test_several_days_are_all_kept_with_their_hour(said: str, first: str, last: str, time: str | None) -> None:
    bodies = [f"一、环湖健步走活动\n1.活动时间：{said}。\n2.活动地点：人民公园"]
    if "，" not in said:
        bodies.append(f"{said}在人民公园举办环湖健步走活动。")
    for body in bodies:
        (event,) = paper(body).events
        assert (event.name, event.date, event.time, event.place) == ("环湖健步走活动", None, time, "人民公园")
        assert event.window is not None
        assert (event.window.start, event.window.end, event.window.fuzzy) == (first, last, False)
        assert event.window.src[0].quote in said


@pytest.mark.parametrize("said", ["4月7日、6日上午9:00", "4月31日、32日"])
def test_days_that_are_no_row_of_days_are_not_made_one(said: str) -> None:
    found = paper(f"一、环湖健步走活动\n1.活动时间：{said}。\n2.活动地点：人民公园").events
    assert all(event.window is None for event in found)


def test_two_things_on_days_of_their_own_do_not_share_them() -> None:
    record = read(
        "关于举办环湖健步走和女子拔河赛的通知\n各科室：\n县总工会决定分别于4月6、7日和4月14日举办环湖健步走和女子拔河赛。\n"
        f"一、时间和地点\n1、环湖健步走\n时间：4月6日、7日下午1:30\n2、女子拔河赛\n时间：4月14日（周日）下午2:30\n{SIGNED}"
    )
    walk, pull = record.events
    assert walk.window is not None
    assert (walk.window.text, walk.time, pull.window, pull.date, pull.time) == (
        "4月6日、7日下午1:30", "13:30", None, "2024-04-14", "14:30",
    )  # fmt: skip


def test_a_day_among_several_that_closes_is_a_deadline_and_no_event() -> None:
    record = paper("一、报名办法\n请于4月6日、7日前报名。")
    assert not any(event.window for event in record.events)
