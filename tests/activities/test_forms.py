"""What people really type, and the sentence each mistake gets."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from jinguo.activities.fields import NameField, PhoneField
from jinguo.activities.forms import ActivityForm, HeadcountForm
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.lib.texts import visible

DAY = clock.today() + timedelta(days=30)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "typed",
    [
        "13900001234", "139 0000 1234", "139-0000-1234", "１３９００００１２３４", "+86 139 0000 1234", "8613900001234",
        "008613900001234", " 139\u20140000\u20141234 ", "\u202a13900001234\u202c",
    ],
)  # fmt: skip
def test_a_mobile_number_however_it_was_typed(typed):
    assert PhoneField().clean(typed) == "13900001234"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请写手机号"),
        ("1390000123", "这里是 10 位"),
        ("139000012345", "这里是 12 位"),
        ("0353-2020146", "这不像手机号"),
        ("12900001234", "13 到 19"),
        ("一三九零零零零", "只能是数字"),
        ("٠١٢٣٤٥٦٧٨٩٠", "只能是数字"),
        ("1" * 10_000, "10000 位"),
    ],
)
def test_what_is_no_mobile_number_is_told_what_is_wrong(typed, said):
    with pytest.raises(ValidationError) as refusal:
        PhoneField().clean(typed)
    assert said in str(refusal.value.messages[0])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王　芳 ", "王 芳"),
        ("李\u202e女士", "李女士"),
        ("赵\n兰\t", "赵 兰"),
        ("芳\u200b芳", "芳芳"),
        ("🌸小花", "🌸小花"),
        ("𠮷玲", "𠮷玲"),
    ],
)
def test_names_keep_their_letters_and_lose_what_nobody_sees(typed, kept):
    assert NameField().clean(typed) == kept


def test_a_name_of_ten_thousand_characters_is_told_its_length():
    with pytest.raises(ValidationError) as refusal:
        NameField().clean("王" * 10_000)
    assert "最多 20 个字，这里有 10000 个" in str(refusal.value.messages[0])
    assert visible("a\x00b\ud800c") == "abc"


def activity_form(**typed):
    given = {
        "title": "读一晚书", "kind": "reading", "day": f"{DAY}", "starts": "９：３０", "ends": "11点30分", "admission": "walk_in",
        "venue": "community", "place": "槐树村", "visibility": "public",
    }  # fmt: skip
    return ActivityForm({**given, **typed}, units=[Unit(code="a", name="村妇联")], areas=[], clauses=[])


@pytest.mark.parametrize("form_of_day", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y 年 %m 月 %d 日"])
def test_days_and_hours_however_they_were_typed(form_of_day):
    form = activity_form(day=DAY.strftime(form_of_day).translate(FULL_WIDTH))
    assert form.is_valid(), form.errors
    assert (form.draft().starts_at, form.draft().ends_at) == (clock.at(DAY, 9, 30), clock.at(DAY, 11, 30))


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"ends": "9:00"}, "ends", "结束要晚于开始"),
        ({"until": f"{DAY - timedelta(days=1)}"}, "until", "不能早于"),
        ({"day": "2003-03-08"}, "day", "年份"),
        ({"day": "三月八号"}, "day", "看不懂"),
        ({"starts": "上午九点"}, "starts", "看不懂"),
        ({"admission": "seats"}, "seats", "一共几席"),
        ({"admission": "seats", "seats": "0"}, "seats", "太小"),
        ({"admission": "seats", "seats": "十"}, "seats", "只填数字"),
        ({"kind": ""}, "kind", "请选做什么"),
        ({"kind": "party"}, "kind", "party"),
        ({"title": "字" * 101}, "title", "100"),
        ({"online_url": "javascript:alert(1)"}, "online_url", "网址"),
        ({"place": " \u200b "}, "place", "请写地点"),
    ],
)
def test_each_mistake_is_told_beside_its_field(typed, field, said):
    form = activity_form(**typed)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert said in form.errors[field][0]


def test_co_hosts_are_split_at_the_usual_marks():
    form = activity_form(cohosts="市图书馆、市科协，团市委; ")
    assert form.is_valid()
    assert form.draft().cohosts == ("市图书馆", "市科协", "团市委")


def test_blank_stays_blank_and_nought_stays_nought():
    form = HeadcountForm({"on_site": "０", "women": "", "exactness": "about"})
    assert form.is_valid()
    assert (form.cleaned_data["on_site"], form.cleaned_data["women"]) == (0, None)
    assert "太小" in HeadcountForm({"on_site": "-3", "exactness": "exact"}).errors["on_site"][0]
