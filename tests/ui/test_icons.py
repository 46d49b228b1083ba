"""A page carries each drawing it uses once; a fragment carries its own, because it has no page to refer to."""

import re

import pytest
from django.template import TemplateSyntaxError

from jinguo.ui.icons import ICONS
from tests.ui.pages import render, visit

PAGE = (
    '{% extends "ui/base.html" %}{% load ui %}{% block heading %}一页{% endblock %}{% block body %}BODY{% endblock %}'
)


def page(body: str, **context) -> str:
    return render(PAGE.replace("BODY", body), visit(), **context)


def test_a_page_prints_each_symbol_it_uses_once():
    html = page('{% icon "clock" %}{% icon "clock" %}{% icon "mail" %}')
    assert html.count('<use href="#i-clock"/>') == 2
    assert re.findall(r'<symbol id="i-([a-z]+)"', html) == ["clock", "mail"]


def test_symbols_used_by_includes_tags_and_loops_reach_the_sheet():
    body = (
        '{% include "ui/components/pager.html" %}{% status_tag "obligation" "临期" %}'
        '{% for name in names %}{% icon name %}{% endfor %}{% note "warn" %}x{% endnote %}'
        '{% include "ui/components/calls.html" only %}'
    )
    html = page(body, names=["heart", "pin"], pager={"next_url": "/2"})
    wanted = set(re.findall(r'<use href="#i-([a-z]+)"', html))
    assert wanted >= {"right", "clock", "heart", "pin", "alert"}
    assert sorted(wanted) == sorted(re.findall(r'<symbol id="i-([a-z]+)"', html))


def test_a_fragment_draws_its_icons_in_full():
    html = render('{% icon "clock" %}')
    assert "<use" not in html
    assert ICONS["clock"] in html
    assert 'viewBox="0 0 24 24"' in html


def test_a_page_without_icons_prints_no_sheet():
    assert "<symbol" not in page("<p>没有图标</p>")


def test_an_icon_is_silent_unless_it_stands_alone():
    assert 'aria-hidden="true"' in render('{% icon "phone" %}')
    named = render('{% icon "phone" "打电话" %}')
    assert 'role="img" aria-label="打电话"' in named and "aria-hidden" not in named


def test_an_unknown_icon_is_named():
    with pytest.raises(TemplateSyntaxError, match="clocks"):
        render('{% icon "clocks" %}')
