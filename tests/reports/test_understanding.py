"""Who asks for help and what is private, told from work and from plain numbers."""

import pytest

from jinguo.lib.pleas import pleads
from jinguo.reports.understanding.private import find_private, masked

ID = "11010519491231002X"


@pytest.mark.parametrize(
    "text",
    [
        "我丈夫經常毆打我",
        "我 老 公 又 打 我",
        "我老\u200b公打我",
        "嫁过来五年，我老公\n经常打我",
        "我女儿在学校被老师猥亵",
        "Please help me",
    ],
)  # fmt: skip
def test_a_plea_is_heard_however_it_is_written(text):
    assert pleads(text)


@pytest.mark.parametrize(
    "text",
    [
        "走访困境儿童，孩子们说不想回家。",
        "现场解答“丈夫打我怎么办”等问题60个。",
        "情景剧里她说：他打我的时候没有人帮我。",
        "她说：“我丈夫以前打我，是妇联帮了我。”大家鼓掌。",
        "讲解家庭暴力的应对，普及人身安全保护令。",
    ],
)  # fmt: skip
def test_work_is_no_plea(text):
    assert not pleads(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"身份证{ID}。", ["id"]),
        ("110105 19491231 002X", ["id"]),
        ("110105-1949-1231-002×", ["id"]),
        ("１１０１０５１９４９１２３１００２Ｘ", ["id"]),
        ("110105194912310021", []),  # its last sign is wrong
        ("卡号6222 0200 0000 0000 000", ["card"]),
        ("６２２２０２００００００００００００", []),  # full-width and one sign short of a card
        ("电话138 0000 0000", ["mobile"]),
        ("受害人张丽遭受", ["name"]),
        ("受助妇女姓名：王小花\n", ["name"]),
        ("困难妇女走访名单\n序号\t姓名\t慰问金\n1\t王小花\t500\n2\t李四\t500", ["name", "name"]),
        ("授课专家名单\n姓名\t单位\n王小花\t医院", []),
        ("儿童和家长80人参加，患者满意。", []),
    ],
)
def test_what_is_private_is_found_and_covered_at_the_same_length(text, what):
    assert [one.what for one in find_private(text)] == what
    covered = masked(text)
    assert len(covered) == len(text) and find_private(covered) == []
