"""What a clause's words propose for an activity, and what they leave to the person."""

from datetime import date

import pytest

from jinguo.activities.suggest import ClauseWords, kind_of, suggest, without_number

UNIT = {"unit_name": "市教育局妇委会", "unit_class": "committee", "level": "city"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“巾帼大宣讲”进社区", "lecture"), ("“漾泉巾帼红”志愿服务", "volunteer"), ("手工技能培训", "training"),
        ("“童心向党”亲子诵读", "reading"), ("书香家庭读书会", "reading"), ("普法宣传", "rights"), ("送奖到基层", "ceremony"),
        ("女性专场招聘会", "job_fair"), ("单身青年联谊", "mixer"), ("走访慰问困难妇女", "visit"), ("家庭教育公开课", "family_education"),
        ("女画家作品展", "exhibition"), ("关爱健康", "visit"), ("泉水与春天", ""),
    ],
)  # fmt: skip
def test_kinds_follow_the_words(text, kind):
    assert kind_of(text) == kind


def test_the_heading_decides_before_the_sentence():
    found = suggest(ClauseWords("三、志愿服务到身边", "组织宣讲和培训。"), **UNIT)
    assert (found.kind, found.title) == ("volunteer", "志愿服务到身边 · 市教育局妇委会")


def test_a_brand_makes_the_title_and_groups_and_venue_are_taken_over():
    words = ClauseWords(
        "（四）服务", "", brands=("“漾泉巾帼红”",), venues=("城乡社区",), groups=("农村妇女", "留守儿童"), event_kind="volunteer",
        event_on=date(2024, 3, 5),
    )  # fmt: skip
    found = suggest(words, **UNIT)
    assert found.title == "“漾泉巾帼红”志愿服务 · 市教育局妇委会"
    assert (found.venue, found.audiences, found.day) == ("community", ("rural", "families"), date(2024, 3, 5))


def test_nothing_is_invented():
    found = suggest(ClauseWords("一、要求", "因地制宜。", venues=("学校", "网站")), **UNIT)
    assert (found.kind, found.venue, found.audiences, found.day) == ("", "", (), None)


def test_a_village_home_is_in_a_village():
    assert suggest(ClauseWords("宣讲"), unit_name="槐树村", unit_class="home", level="village").venue == "community"


def test_a_long_heading_is_cut_so_that_the_unit_still_stands():
    found = suggest(ClauseWords("学" * 300), **UNIT)
    assert len(found.title) <= 100 and found.title.endswith("市教育局妇委会")


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("三、送法到身边", "送法到身边"),
        ("（一）线上线下同学习", "线上线下同学习"),
        ("1.办一件实事", "办一件实事"),
        ("三八红旗手", "三八红旗手"),
        ("", ""),
    ],
)
def test_a_heading_without_its_marker(heading, plain):
    assert without_number(heading) == plain
