"""A date, number or address that is masked or has lost a part is told with its place and never mended; and a sentence
that asks for two things tells both."""

import pytest

from jinguo.gongwen import Record, read

HEAD = "清河县妇女联合会关于报送材料的通知\n各乡镇妇联：\n现将有关事项通知如下：\n"
SIGN = "清河县妇女联合会\n2024年2月20日\n"


def of(body: str) -> Record:
    return read(f"{HEAD}{body}\n{SIGN}")


def remarks(record: Record) -> list[tuple[str, str]]:
    found = [gap for gap in record.gaps if gap.code.endswith(("damaged", "masked"))]
    assert all(record.raw[s.start : s.end] == s.quote for gap in found for s in gap.src)
    return [(gap.code, "".join(s.quote for s in gap.src)) for gap in found]


@pytest.mark.parametrize(
    ("sentence", "remark"),
    [
        ("请于3月 日前将名单报县妇联。", ("date.damaged", "3月 日")),
        ("请于月15日前将名单报县妇联。", ("date.damaged", "月15日")),
        ("活动时间：2024年3月日。", ("date.damaged", "2024年3月日")),
        ("活动时间：202年3月8日。", ("date.damaged", "202年3月")),
        ("请于X月X日前报名。", ("date.masked", "X月X日")),
        ("会议定于20XX年3月8日召开。", ("date.masked", "20XX年3月8日")),
        ("联系电话：0357-201。", ("phone.damaged", "0357-201")),
        ("联系电话：0357-20  01。", ("phone.damaged", "0357-20  01")),
        ("联系电话：138××××1234。", ("phone.damaged", "138××××1234")),
        ("联系电话：1380013800。", ("phone.damaged", "1380013800")),
        ("请发邮箱qhfl@example。", ("email.damaged", "qhfl@example")),
        ("电子邮箱：qhflexample.com。", ("email.damaged", "qhflexample.com")),
    ],
)  # fmt: skip
def test_a_broken_value_is_told_and_not_mended(sentence: str, remark: tuple[str, str]) -> None:
    record = of(f"一、要求\n{sentence}")
    assert remarks(record) == [remark]
    assert not record.contacts
    assert all(due.date is None or due.conf == "low" for due in record.deadlines)


@pytest.mark.parametrize(
    "sentence",
    [
        "请于3月15日前将名单报县妇联。", "每月15日前报送信息。", "联系电话：0357-2019001，0357-2019 002。", "热线12338，分机8653。",
        "邮箱：qhfl@example.org，网址www.example.com。", "填报日期： 年 月 日", "本月日程另发，3月日历随附。", "X射线检查，×形标志。",
    ],
)  # fmt: skip
def test_a_whole_value_is_not_remarked_upon(sentence: str) -> None:
    assert remarks(of(f"一、要求\n{sentence}")) == []


def test_a_day_under_a_masked_year_is_read_with_little_trust_and_asked_about() -> None:
    (due,) = of("一、要求\n请于20XX年3月15日前报名。").deadlines
    assert (due.conf, due.inferred) == ("low", True) and any("年份" in question for question in due.questions)


def test_a_month_as_the_end_of_a_window_names_no_day() -> None:
    (due,) = of("一、要求\n报名时间：2024年3月。").deadlines
    assert due.date is None and due.questions


def test_a_list_of_copies_that_lost_its_colon_is_still_read() -> None:
    record = of("一、要求\n请认真落实。")
    text = f"{record.raw}\n抄送：市妇联，县委办\n抄报市总工会\n清河县妇女联合会办公室 2024年2月21日印发\n"
    assert read(text).imprint.copies == ("市妇联", "县委办", "市总工会")


# ---- two things in one sentence


def reports(record: Record) -> list[tuple[str, str | None, str | None]]:
    return [(duty.object, duty.to, duty.due) for duty in record.report_duties]


@pytest.mark.parametrize(
    "sentence",
    [
        "请于3月15日前将方案报县妇联办公室，4月20日前将总结报县妇联办公室。",
        "方案于3月15日前、总结于4月20日前报县妇联办公室。",
        "请于3月15日前将方案、4月20日前将总结报县妇联办公室。",
    ],
)
def test_two_things_with_a_day_each_are_two_duties(sentence: str) -> None:
    record = of(f"一、要求\n{sentence}")
    assert reports(record) == [("方案", "县妇联办公室", "2024-03-15"), ("总结", "县妇联办公室", "2024-04-20")]
    assert [due.what for due in record.deadlines] == ["方案", "总结"]


def test_two_ways_to_send_one_thing_are_one_duty() -> None:
    record = of("一、要求\n请于3月10日前将纸质报名表报县妇联办公室，电子版发至邮箱xcb@example.org。")
    assert reports(record) == [("纸质报名表", "县妇联办公室", "2024-03-10")]


def test_a_bracket_inside_the_thing_stays() -> None:
    record = of("一、要求\n请于3月20日前将小结（800字以内）和照片2张报送县妇联宣传部（一式两份）。")
    assert reports(record) == [("小结（800字以内）和照片2张", "县妇联宣传部", "2024-03-20")]


def test_what_is_due_at_any_time_is_told_beside_a_dated_duty() -> None:
    record = of("一、要求\n请于3月20日前将小结报送县妇联宣传部；重要情况请随时报告，有困难的，尽快联系。")
    assert [(due.date, due.soft) for due in record.deadlines] == [(None, "随时"), (None, "尽快"), ("2024-03-20", None)]
