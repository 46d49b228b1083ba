"""What a host says is read: what stands in her words is proposed, what does not stands nowhere."""

import re
from datetime import date, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jinguo.activities.spoken import hear
from jinguo.gongwen.han import chinese_number

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("words", "day", "starts", "ends"),
    [
        ("明天下午3点在村文化室讲课", date(2026, 11, 29), time(15), None),
        ("下周三晚上七点半到九点跳广场舞", date(2026, 12, 2), time(19, 30), time(21)),
        ("12月5号上午9:30包饺子", date(2026, 12, 5), time(9, 30), None),
        ("1月5日上午10点到1点义诊", date(2027, 1, 5), time(10), time(13)),
        ("11月20号下午两点办过了", date(2026, 11, 20), time(14), None),
        ("5号下午三点一刻，一个半小时", date(2026, 12, 5), time(15, 15), time(16, 45)),
        ("明晚7点读书，两个小时", date(2026, 11, 29), time(19), time(21)),
        ("周六中午12点", SATURDAY, time(12), None),
        ("2027-01-03 14:00—15:30", date(2027, 1, 3), time(14), time(15, 30)),
        ("３月８日 １０：００", date(2027, 3, 8), time(10), None),
        ("大后天早上八点", date(2026, 12, 1), time(8), None),
        ("十二月二十日下午", date(2026, 12, 20), None, None),
        ("我们有三点要求，早一点来", None, None, None),
        ("每周三下午3点读书", None, time(15), None),
        ("3点开会", None, None, None),
        ("2月30日在村部", None, None, None),
        ("20号楼下集合，来20号人", None, None, None),
        ("以前天天跳舞", None, None, None),
        ("晚上12点", None, None, None),
    ],
)  # fmt: skip
def test_days_and_hours_are_those_of_the_words(words, day, starts, ends):
    heard = hear(words, SATURDAY)
    assert (heard.day, heard.starts, heard.ends) == (day, starts, ends)


@pytest.mark.parametrize(
    ("words", "expected", "about"),
    [
        ("大概30人", 30, True), ("来了四十来人", 40, True), ("一百二十名妇女", 120, False), ("两百五十人左右", 250, True),
        ("五六十人", None, False), ("二三人", None, False), ("一百二人", None, False), ("请三位老师", None, False),
        ("十几个人", 10, True), ("一个人也行", None, False), ("13900000000", None, False), ("2人一组", None, False),
        ("给30人次发了礼包", None, False), ("共有 56 位姐妹", 56, False),
    ],
)  # fmt: skip
def test_a_number_of_people_is_only_what_was_said(words, expected, about):
    heard = hear(words, SATURDAY)
    assert (heard.expected, heard.about) == (expected, about)


@pytest.mark.parametrize(
    ("words", "title", "kind", "place"),
    [
        ("明天下午3点在村文化室讲妇科健康，张老师来讲", "妇科健康讲座", "lecture", "村文化室"),
        ("周六上午9点，村委会会议室，办一场包饺子比赛", "包饺子比赛", "competition", "村委会会议室"),
        ("后天在村小学开亲子课", "亲子课", "", "村小学"),
        ("在镇上办培训", "培训", "training", "镇上"),
        ("昨天在槐树村妇女之家开展“爱眼护眼”讲座", "“爱眼护眼”讲座", "lecture", "槐树村妇女之家"),
        ("今晚在老槐树底下讲反诈，联系13900000000", "反诈讲座", "lecture", "老槐树底下"),
        ("后天下午3点在社区活动室教大家包饺子，王大姐来教", "包饺子", "training", "社区活动室"),
        ("昨天上午9点在文化广场做了反家暴宣传，来了四十来人", "反家暴宣传", "lecture", "文化广场"),
        ("明天下午在村委会开家庭教师座谈", "家庭教师座谈", "symposium", "村委会"),
        ("现在就来吧", "现在就来", "", ""),
    ],
)
def test_name_kind_and_place(words, title, kind, place):
    heard = hear(words, SATURDAY)
    assert (heard.title, heard.kind, heard.place) == (title, kind, place)


@pytest.mark.parametrize("where", ["李婶家", "王秀英家里", "张家的院子"])
def test_a_home_is_told_from_other_places_and_stands_in_no_title(where):
    heard = hear(f"明晚7点在{where}读书", SATURDAY)
    assert heard.home and heard.place in where and heard.place not in heard.title


@pytest.mark.parametrize("where", ["妇女之家", "妇女微家", "职工之家"])
def test_houses_that_only_sound_like_homes(where):
    assert not hear(f"明天下午3点在{where}读书", SATURDAY).home


def test_health_and_hardship_are_noticed_and_doubts_are_told():
    heard = hear("12月3日和12月5日3点讲乳腺健康", SATURDAY)
    assert heard.discreet_for == "乳腺" and set(heard.doubts) == {"days", "half"}


WORDS = st.sampled_from(
    ["明天", "后天", "下周三", "周日", "5号", "12月5日", "2月30号", "下午", "上午", "晚上", "3点", "三点", "七点半", "9:30", "到", "在",
     "村文化室", "李婶家", "讲", "办", "一场", "，", "。", "大概", "30", "三十", "一百二", "五六十", "人", "个", "来", "位", "老师", "“", "”",
     "号", "年", "月", "日", "点", "半", "每周", "两个小时", "13900000000", "😀", "\u202e", " ", "\n", "1" * 40, "千", "百", "零"]
)  # fmt: skip
SENTENCES = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map("".join))


SPELLINGS = {chinese_number(n).replace("〇", ""): n for n in range(1, 1000)} | {
    f"一{chinese_number(n)}": n for n in range(10, 20)
}


def numerals(text: str) -> set[int]:
    """Every number that stands in a text, reckoned another way: by looking for each number's own spellings."""
    plain = text.replace("两", "二").replace("零", "").replace("〇", "")
    runs = {int(run) for run in re.findall(r"\d{1,6}", text)}
    return runs | {n for spelling, n in SPELLINGS.items() if spelling in plain}


@settings(max_examples=200)
@given(words=SENTENCES)
@example(words="")
@example(words="号" * 500)
@example(words="一" * 500)
@example(words="在" * 10_000)
@example(words="\ud800")
def test_nothing_is_invented_and_nothing_breaks(words):
    """Each value was said in the words it points to; a number stands there; a day needs a word for a day."""
    heard = hear(words, SATURDAY)
    spans = {span.name: heard.text[span.start : span.end] for span in heard.spans}
    assert len(heard.text) <= 500 and "".join(piece for _name, piece in heard.pieces()) == heard.text
    if heard.day is not None:
        near = abs(heard.day - SATURDAY) <= timedelta(days=21)
        assert heard.day.day in numerals(spans["day"]) or (near and re.search(r"[今明后昨前周期拜]", spans["day"]))
    if heard.starts is not None:
        assert {heard.starts.hour, heard.starts.hour - 12} & numerals(spans["hours"])
    if heard.ends is not None:
        assert heard.starts is not None and heard.ends > heard.starts
    if heard.expected is not None:
        assert heard.expected in numerals(spans["people"])
    if not re.search(r"[\d一二两三四五六七八九十百千今明后昨前周期拜]", heard.text):
        assert (heard.day, heard.starts, heard.ends, heard.expected) == (None,) * 4
    for value in (heard.place, heard.who):
        assert value in heard.text


@settings(max_examples=60)
@given(
    offset=st.integers(0, 300), hour=st.integers(7, 20), minute=st.sampled_from([0, 5, 30, 45]),
    people=st.integers(2, 999), han=st.booleans(),
)  # fmt: skip
def test_what_is_said_plainly_is_understood(offset, hour, minute, people, han):
    day = SATURDAY + timedelta(days=offset)
    half = "上午" if hour < 12 else "中午" if hour == 12 else "下午" if hour < 18 else "晚上"
    said_hour = hour if hour <= 12 else hour - 12
    count = chinese_number(people) if han else str(people)
    said = f"{day.month}月{day.day}日{half}{said_hour}点{f'{minute}分' if minute else ''}在村文化室剪纸，来{count}人"
    heard = hear(said, SATURDAY)
    assert (heard.day, heard.starts, heard.expected, heard.place) == (day, time(hour, minute), people, "村文化室")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("后天下午3点在社区活动室包饺子，王大姐来教", "王大姐"), ("周六在村里剪纸，请李奶奶教", "李奶奶"), ("给大姐们讲养生", ""),
        ("张老师来讲", "张老师"),
    ],
)  # fmt: skip
def test_who_teaches_may_be_a_neighbour(words, who):
    assert hear(words, SATURDAY).who == who
