"""Opening hours are read as people write them, and a line that is not understood is quoted back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinguo.lib.errors import Invalid
from jinguo.stations.hours import common, pack, read_spans, read_week, unpack, week_lines, week_text

MORNING, AFTERNOON = (540, 720), (870, 1080)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("周一至周五 9:00—12:00、14:30—18:00", dict.fromkeys(range(5), (MORNING, AFTERNOON))),
        ("工作日上午9点到12点，下午14点半-18点", dict.fromkeys(range(5), (MORNING, AFTERNOON))),
        ("星期三 ９：００－１２：００", {2: (MORNING,)}),
        ("周一、周三、周五 9:00-12:00\n周末 14:30~18:00", {0: (MORNING,), 2: (MORNING,), 4: (MORNING,), 5: (AFTERNOON,), 6: (AFTERNOON,)}),
        ("周一三 9:00-12:00；周日休息", {0: (MORNING,), 2: (MORNING,)}),
        ("每天 0:00-24:00", dict.fromkeys(range(7), ((0, 1440),))),
        ("Mon-Fri 9:00-12:00", dict.fromkeys(range(5), (MORNING,))),
        ("周六至周一 9:00—10:00、10:00—12:00", {0: (MORNING,), 5: (MORNING,), 6: (MORNING,)}),
        ("", {}),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(text, week):
    assert read_week(text) == week


@pytest.mark.parametrize("text", ["9:00-12:00", "周一", "周一 12:00-9:00", "看情况", "周一 9:00-25:00", "周一 9:70-10:00", "周一 9:00-12:00 王姐在"])  # fmt: skip
def test_what_is_not_understood_is_said_and_not_guessed(text):
    with pytest.raises(Invalid):
        read_week(text)


SPANS = st.lists(
    st.tuples(st.integers(0, 287), st.integers(1, 60)).map(lambda pair: (pair[0] * 5, min(1440, (sum(pair)) * 5))),
    max_size=3,
).map(lambda spans: tuple(sorted(spans)))


def apart(spans):
    return all(one[1] < other[0] for one, other in pairwise(spans))


@given(st.dictionaries(st.integers(0, 6), SPANS.filter(lambda spans: spans and apart(spans))))
def test_a_week_written_out_is_read_as_the_same_week(week):
    assert read_week(week_text(week)) == dict(sorted(week.items()))
    assert all(unpack(pack(spans)) == spans for spans in week.values())


def test_neighbouring_days_with_the_same_hours_are_one_line():
    week = read_week("周一至周三 9:00-12:00\n周五 9:00-12:00")
    assert week_lines(week) == [("周一至周三", "9:00—12:00"), ("周五", "9:00—12:00")]
    assert week_lines(read_week("每天 9:00-12:00")) == [("每天", "9:00—12:00")]


def test_hours_of_one_day_need_no_weekday_and_may_be_none():
    assert read_spans("9:00-12:00") == (MORNING,) and read_spans("") == ()
    with pytest.raises(Invalid):
        read_spans("上午看情况")
    assert common((MORNING, AFTERNOON), ((600, 900),)) == ((600, 720), (870, 900))
