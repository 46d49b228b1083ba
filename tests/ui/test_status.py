"""Every state of the house is shown with a word, a colour and an icon, and its name is never translated."""

import pytest
from django.utils import translation

from jinguo.campaigns.models.circulation import CirculationState
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.ui.icons import ICONS
from jinguo.ui.status import KINDS, state_of
from tests.ui.pages import render

# DESIGN §4, word for word.
CIRCULATION = ["待发", "已送达", "已读", "已签收", "已转发", "退回", "代签收", "无法送达"]
OBLIGATION = [
    "待报（未定期限）", "未到期", "临期", "逾期", "久逾", "已报", "退回补正", "已接收", "零报告", "免报", "延期中", "代报",
]  # fmt: skip
ALL = [("circulation", name) for name in CIRCULATION] + [("obligation", name) for name in OBLIGATION]


def test_the_tables_hold_the_states_of_the_design_and_no_other():
    assert [state.name for state in KINDS["circulation"]] == CIRCULATION
    assert [state.name for state in KINDS["obligation"]] == OBLIGATION


@pytest.mark.parametrize(("kind", "choices"), [("circulation", CirculationState), ("obligation", ObligationState)])
def test_the_codes_of_the_models_lead_to_the_same_words(kind, choices):
    assert {value: state_of(kind, value).name for value in choices.values} == dict(choices.choices)


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_a_state_is_never_colour_alone(kind, name):
    state = state_of(kind, name)
    assert state.icon in ICONS
    html = render("{% status_tag kind name %}", kind=kind, name=name)
    assert name in html and ICONS[state.icon] in html


def test_only_the_state_that_needs_a_phone_call_is_solid():
    solid = [state.name for states in KINDS.values() for state in states if "tag--call" in state.css]
    assert solid == ["久逾"]


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_english_reader_gets_the_chinese_name_and_its_meaning(kind, name):
    gloss = state_of(kind, name).gloss
    with translation.override("en"):
        html = render("{% status_tag kind name %}", kind=kind, name=name)
    assert f'<span lang="zh-Hans">{name}</span>' in html
    assert f'title="{gloss}"' in html and f'<span class="sr"> {gloss}</span>' in html
    with translation.override("zh-hans"):
        assert gloss not in render("{% status_tag kind name %}", kind=kind, name=name)


def test_a_count_stands_in_the_tag():
    assert "已报 1,204" in render('{% status_tag "obligation" "reported" 1204 %}')


def test_a_state_nobody_knows_is_named():
    with pytest.raises(KeyError, match="迟到"):
        state_of("obligation", "迟到")


def test_seats_say_how_many_are_left():
    said = {
        (None, None): "直接来，不用报名",
        (40, 60): "名额充足",
        (6, 60): "余 6 席",
        (0, 60): "已满 · 可候补",
        (-1, 60): "已满 · 可候补",
    }
    for (free, total), words in said.items():
        assert words in render("{% seats_tag free total %}", free=free, total=total)
    assert "候补" not in render("{% seats_tag 0 60 waitlist=False %}")
