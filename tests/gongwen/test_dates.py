"""Dates and times of every form an office writes; what is not written stays open. The papers are of 2024-02-20."""

from datetime import date
from typing import Any

import pytest

from jinguo.gongwen import Record, read


def of_2024(line: str) -> Record:
    return read(line, document_date=date(2024, 2, 20))


@pytest.mark.parametrize(
    ("line", "day", "time", "edge", "thing"),
    [
        ("请于2024年3月1日前报送名单。", "2024-03-01", None, "before", "名单"),
        ("务必于3月5日（星期二）下班前将材料报送至县妇联。", "2024-03-05", None, "before", "材料"),
        ("须在3月20日下午3:30前反馈意见。", "2024-03-20", "15:30", "before", "意见"),
        ("请将方案于三月八日前上报县妇联。", "2024-03-08", None, "before", "方案"),
        ("请于2024-03-15前将表格发送至邮箱x@example.org。", "2024-03-15", None, "before", "表格"),
        ("请于2024.3.15前报送总结。", "2024-03-15", None, "before", "总结"),
        ("请于３月８号１７时前报送总结。", "2024-03-08", "17:00", "before", "总结"),
        ("请将总结于3月底前报县妇联。", "2024-03-31", None, "before", "总结"),
        ("请于年底前报送总结。", "2024-12-31", None, "before", "总结"),
        ("请于3月中旬前报送方案。", None, None, "before", "方案"),
        ("请于4月前报送方案。", None, None, "before", "方案"),
        ("请于月底前报送信息。", None, None, "before", "信息"),
        ("“三八”节前报送方案。", None, None, "before", "方案"),
        ("请于2月30日前报送名单。", None, None, "before", "名单"),
        ("请于2023年12月29日前报送名单。", "2023-12-29", None, "before", "名单"),
    ],
)
def test_a_report_is_due(line: str, day: str | None, time: str | None, edge: str, thing: str) -> None:
    (duty,) = of_2024(line).report_duties
    assert (duty.due, duty.time, duty.edge, duty.object) == (day, time, edge, thing)
    assert bool(duty.questions) == (day is None)


@pytest.mark.parametrize(
    ("line", "day", "time", "what", "trust"),
    [
        ("报名时间：即日起至3月5日。", "2024-03-05", None, "报名", "high"),
        ("作品征集截止日期：2024年5月20日24:00。", "2024-05-20", "24:00", "作品征集", "high"),
        ("报名截止到3月5日17时。", "2024-03-05", "17:00", "报名", "high"),
        ("截至3月5日，报名结束。", "2024-03-05", None, "报名结束", "low"),
    ],
)
def test_a_cut_off_day(line: str, day: str, time: str | None, what: str, trust: str) -> None:
    (due,) = of_2024(line).deadlines
    assert (due.date, due.time, due.edge, due.what, due.conf) == (day, time, "by", what, trust)


@pytest.mark.parametrize(
    ("line", "after", "n", "unit"),
    [
        ("收到本通知后3个工作日内反馈名单。", "notice_received", 3, "workday"),
        ("自通知印发之日起十日内报送方案。", "notice_received", 10, "day"),
        ("每次活动结束后2日内上报信息。", "each_time", 2, "day"),
        ("会议结束后1周内报送总结。", "event_end", 1, "week"),
    ],
)
def test_a_time_counted_from_something_has_no_date(line: str, after: str, n: int, unit: str) -> None:
    (duty,) = of_2024(line).report_duties
    assert duty.due is None and duty.anchor is not None
    assert (duty.anchor.after, duty.anchor.n, duty.anchor.unit) == (after, n, unit)


@pytest.mark.parametrize(
    ("line", "every", "day"),
    [
        ("每月25日前报送信息。", "month", 25),
        ("每月末前报送情况。", "month", -1),
        ("每季度最后一个工作日前报送统计表。", "quarter", -1),
        ("每周五前报送动态。", "week", 5),
        ("逐月报送台账。", "month", None),
    ],
)
def test_a_repeating_time(line: str, every: str, day: int | None) -> None:
    (due,) = of_2024(line).deadlines
    assert due.recurrence is not None and (due.recurrence.every, due.recurrence.day, due.date) == (every, day, None)


@pytest.mark.parametrize("word", ["及时", "尽快", "第一时间", "随时", "适时"])
def test_a_soft_word_never_becomes_a_date(word: str) -> None:
    record = of_2024(f"活动情况请{word}报送县妇联。")
    assert [(d.date, d.soft, d.text) for d in record.deadlines] == [(None, word, word)]
    assert [(d.due, d.soft) for d in record.report_duties] == [(None, word)]


@pytest.mark.parametrize(
    ("words", "start", "end", "fuzzy"),
    [
        ("即日起至2024年4月10日", "2024-02-20", "2024-04-10", False),
        ("自3月1日起至3月31日", "2024-03-01", "2024-03-31", False),
        ("3月1日—8日", "2024-03-01", "2024-03-08", False),
        ("3月1-8日", "2024-03-01", "2024-03-08", False),
        ("2024年12月20日至2025年1月10日", "2024-12-20", "2025-01-10", False),
        ("2024年12月20日至1月10日", "2024-12-20", "2025-01-10", False),
        ("3月上旬", "2024-03-01", "2024-03-10", True),
        ("2月下旬", "2024-02-21", "2024-02-29", True),
        ("3月至5月", "2024-03-01", "2024-05-31", True),
        ("“三八”节期间", None, None, True),
        ("春节前后", None, None, True),
    ],
)
def test_a_window(words: str, start: str | None, end: str | None, fuzzy: bool) -> None:
    (task,) = of_2024(f"{words}，各县妇联要走访困难妇女。").tasks
    assert task.window is not None
    assert (task.window.text, task.window.start, task.window.end, task.window.fuzzy) == (words, start, end, fuzzy)


def test_a_fact_is_not_a_deadline() -> None:
    record = of_2024("截至目前，已建成家长学校120所。")
    assert record.deadlines == () and [(b.kind, b.as_of) for b in record.background] == [("fact", None)]


@pytest.mark.parametrize(
    ("sign", "day", "faults"),
    [
        ("2024年3月1日", "2024-03-01", []),
        ("二〇二四年三月十一日", "2024-03-11", ["date.form"]),
        ("2024年03月01日", "2024-03-01", ["date.form"]),
        ("2024 年 3 月 1 日", "2024-03-01", []),
    ],
)
def test_the_date_of_the_paper(sign: str, day: str, faults: list[Any]) -> None:
    record = read(f"关于走访的通知\n各县妇联：\n请走访。\n清河市妇女联合会\n{sign}\n")
    assert (record.sign.org, record.sign.date) == ("清河市妇女联合会", day)
    assert [d.code for d in record.deviations] == faults
