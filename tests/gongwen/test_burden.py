"""The burden check counts what a notice asks for, states its estimate, and invents no units."""

from pathlib import Path

import pytest

from jinguo.gongwen import read
from jinguo.gongwen.burden import LIMITS, OpenAsk, burden_of, length_limit, limits, sentence_en, sentence_zh
from tests.gongwen.checking.papers import notice

ROOT = Path(__file__).resolve().parents[2]
ASK = "请各单位于3月20日前将“三八”节活动情况报送市妇联宣传部，附照片2—3张，并填写活动统计表。"


def test_the_line_says_length_asks_units_and_hours() -> None:
    found = burden_of(read(notice(ASK)), units=87)
    assert sentence_zh(found) == (
        f"本通知正文 {found.characters} 字（≤4 000）；含 1 项报送要求；要 1 张表；要 3 张照片；覆盖 87 家；"
        "每家约 38 分钟，合计约 55.1 小时；8 个字段中 5 个可由系统带出。"
    )
    assert found.minutes == 5 + 12 + 15 + 3 * 2 and found.hours == 55.1
    assert sentence_en(found).startswith(f"{found.characters} characters (≤4000); 1 ask; 1 form; 3 photos; 87 units")


def test_without_chosen_units_there_are_no_hours() -> None:
    found = burden_of(read(notice(ASK)))
    assert found.units is None and found.hours is None and "覆盖" not in sentence_zh(found)
    assert burden_of(read(notice(ASK)), units=0).hours == 0


def test_length_counts_the_body_without_blanks() -> None:
    assert burden_of(read(notice("请 各单位\n\n参加活动。　"))).characters == len("请各单位参加活动。")


@pytest.mark.parametrize(
    ("title", "most"),
    [("清河市妇女联合会关于开展读书活动的通知", 4000), ("清河市妇女联合会关于印发《妇女发展规划》的通知", 5000)],
)
def test_overall_papers_may_be_longer(title: str, most: int) -> None:
    assert length_limit(read(notice(title=title))) == most


@pytest.mark.parametrize(
    ("words", "forms", "photos"),
    [
        ("请报送总结，附照片3张。", [], [("照片", 3)]),
        ("请填写报名表，于3月1日前报送市妇联。", [("报名表", 1)], []),
        ("请报送名单，有照片的可以附上。", [], []),
        ("请报送名单，不要求附照片。", [], []),
        ("现场陈列老照片，请大家参观。", [], []),
        ("请将推荐表一式2份、5张照片报至市妇联。", [("推荐表", 2)], [("照片", 5)]),
    ],
)
def test_only_what_is_demanded_counts(words: str, forms: list[tuple[str, int]], photos: list[tuple[str, int]]) -> None:
    found = burden_of(read(notice(words)))
    assert [(d.word, d.n) for d in found.forms] == forms
    assert [(d.word, d.n) for d in found.photos] == photos
    raw = notice(words)
    assert all(raw[s.start : s.end] == s.quote == d.word for d in (*found.forms, *found.photos) for s in d.src)


def test_a_basis_in_the_sentence_or_the_opening_is_enough() -> None:
    bare = burden_of(read(notice("请将活动情况报送市妇联宣传部。")))
    assert len(bare.duties) == len(bare.without_basis) == 1
    based = burden_of(read(notice("根据《省妇联关于报送情况的通知》，请将活动情况报送市妇联宣传部。")))
    assert len(based.duties) == 1 and based.without_basis == ()


def test_what_is_asked_already_is_shown_and_other_asks_are_not() -> None:
    asks = [
        OpenAsk("a1", "活动情况", "请把“三八”节活动情况报送宣教部。", 12),
        OpenAsk("a2", "经费决算", "年底前报送经费决算。", 80),
        OpenAsk("a3", "", "", 3),
    ]
    found = burden_of(read(notice(ASK)), units=87, open_asks=asks)
    assert [(o.ask.key, o.ask.units) for o in found.overlaps] == [("a1", 12)]
    assert "活动" in found.overlaps[0].shared and 0.5 <= found.overlaps[0].alike <= 1


def test_an_office_may_reckon_with_its_own_minutes() -> None:
    text = (ROOT / "jinguo" / "gongwen" / "burden.toml").read_text("utf-8")
    own = limits(text.replace("report = 12", "report = 30"))
    record = read(notice("请将活动情况报送市妇联宣传部。"))
    assert burden_of(record, known=own).minutes - burden_of(record).minutes == 18
    assert own.minutes("read") == LIMITS.minutes("read")
