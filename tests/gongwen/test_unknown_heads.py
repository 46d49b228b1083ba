"""An activity whose last word no list knows is not lost: it is read with little trust and a person is asked about it."""

import pytest

from jinguo.gongwen import Record, read

HEAD = "清河县妇女联合会关于做好“三八”节工作的通知\n各乡镇妇联：\n现将有关事项通知如下：\n"
SIGN = "清河县妇女联合会\n2024年2月20日\n"
ASKED = ("这是一项活动吗？",)


def of(body: str) -> Record:
    return read(f"{HEAD}{body}\n{SIGN}")


def names(record: Record) -> list[str]:
    return [event.name for event in record.events]


@pytest.mark.parametrize("name", ["春季茶话小聚", "妇女议事", "“她生活”闲置交换", "花朝游"])
def test_what_is_held_is_an_event_whatever_its_last_word(name: str) -> None:
    (event,) = of(f"一、工作安排\n县妇联将于3月5日举办{name}。").events
    assert (event.name, event.owner, event.date) == (name, "issuer", "2024-03-05")
    assert (event.conf, event.questions, event.rule) == ("low", ASKED, "event.unknown_head")


@pytest.mark.parametrize(
    "clause",
    [
        "各乡镇妇联要开展形式多样的活动。", "各单位承办的有关事项另行通知。", "举办单位要认真准备。", "承办地要保障安全。", "举办时间为3月5日。",
        "要举办好各类活动。",
    ],
)  # fmt: skip
def test_a_phrase_that_names_nothing_held_is_none(clause: str) -> None:
    assert names(of(f"一、工作安排\n{clause}")) == []


def test_a_known_last_word_is_not_asked_about() -> None:
    (event,) = of("一、工作安排\n县妇联将举办女性读书会。").events
    assert (event.conf, event.questions) == ("high", ())


def test_a_heading_over_its_own_time_and_place_is_an_event() -> None:
    record = of(
        "一、主要安排\n（一）团圆灯下\n活动时间：3月6日上午\n活动地点：县文化馆\n（二）报名\n报名时间：3月1日前\n"
    )
    assert [(e.name, e.date, e.place) for e in record.events] == [("团圆灯下", "2024-03-06", "县文化馆")]


def test_an_item_between_events_is_likely_one_and_is_asked_about() -> None:
    record = of("一、活动内容\n1.女性书法展\n2.巾帼健步走\n3.亲子打糕\n4.职场减压讲座\n")
    assert names(record) == ["女性书法展", "巾帼健步走", "亲子打糕", "职场减压讲座"]
    assert [event.questions for event in record.events] == [(), (), ASKED, ()]


def test_steps_and_questions_between_events_are_none() -> None:
    record = of("一、活动内容\n1.女性书法展\n2.巾帼健步走\n3.写一封信\n4.总结评审\n5.怎么报\n")
    assert names(record) == ["女性书法展", "巾帼健步走"]


@pytest.mark.parametrize("name", ["纪念建会三十周年书法、美术、摄影大赛", "“美在农家”女职工书画、摄影、手工作品展"])
def test_a_long_first_item_borrows_the_head_of_the_short_ones_after_it(name: str) -> None:
    (event,) = of(f"一、工作安排\n县妇联将举办{name}。").events
    assert event.name == name and len(event.facets) == 3


def test_a_number_before_a_full_day_is_a_label() -> None:
    record = of("一、日程\n1、3月5日，召开动员会。\n2、3月8日上午举办表彰大会。\n")
    assert [node.marker for node in record.outline] == ["一、", "1、", "2、"]
