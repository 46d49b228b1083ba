"""The shells: what every page has around its content, whoever opens it."""

import re

from tests.ui.pages import render, visit

WORKSPACE = '{% extends "ui/workspace.html" %}{% block heading %}确认<em>计划</em>{% endblock %}'
SITE = '{% extends "ui/site.html" %}{% block heading %}身边的活动{% endblock %}{% block content %}<p>正文</p>{% endblock %}'
LINK = (
    '{% extends "ui/link.html" %}{% block heading %}一份通知{% endblock %}{% block content %}<p>正文</p>{% endblock %}'
)
NAV = {
    "nav": [{"title": "工作", "items": [{"label": "通知", "url": "/n/", "icon": "doc", "current": True, "count": 3}]}],
    "bottom_nav": [{"label": "今日", "url": "/", "icon": "home"}],
    "post_line": "宣教部 · 经办",
    "post_links": [{"label": "换岗位", "url": "/p/"}, {"label": "退出", "url": "/out/", "post": True}],
}


def test_a_desk_page_shows_its_heading_to_eyes_bars_and_history():
    html = render(WORKSPACE, visit(), **NAV)
    assert "<title>确认计划 · 巾帼</title>" in html
    assert re.search(r'<header class="topbar">.*?<span>确认计划</span>', html, re.DOTALL)
    assert "<h1>确认<em>计划</em></h1>" in html and html.count("<h1") == 1


def test_navigation_marks_where_one_is_and_counts_for_everybody():
    html = render(WORKSPACE, visit(), **NAV)
    assert re.search(r'<a href="/n/" aria-current="page">.*?3<span class="sr"> 件待办</span>', html)
    assert 'class="bottombar"' in html and "宣教部 · 经办" in html


def test_signing_out_is_a_post_and_the_rest_are_links():
    html = render(WORKSPACE, visit(), **NAV)
    assert re.search(r'<form method="post" action="/out/"><input type="hidden" name="csrfmiddlewaretoken"', html)
    assert '<a href="/p/">换岗位</a>' in html


def test_every_shell_starts_with_a_way_past_the_navigation():
    for shell in (WORKSPACE, SITE, LINK):
        html = render(shell, visit())
        body = html[html.index("<body") :]
        assert body.index('<a class="skip" href="#main">') < body.index("<header")
        assert html.count('id="main"') == 1 and html.count("<main") == 1


def test_the_page_says_its_language_and_theme():
    assert '<html lang="zh-Hans">' in render(SITE, visit())
    assert '<html lang="zh-Hans" data-theme="dark">' in render(SITE, visit(theme="dark"))
    assert '<html lang="zh-Hans">' in render(SITE, visit(theme='"><script>'))


def test_public_pages_carry_no_token_and_no_desk():
    html = render(SITE, visit(), brand={"name": "巾帼", "tagline": "清泉市妇联"})
    assert "csrf" not in html and "workspace.css" not in html and "htmx" not in html
    assert 'href="tel:12338"' in html


def test_a_public_page_needs_five_requests():
    html = render(SITE, visit())
    files = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"', html)
    assert len(files) + 1 <= 5  # and the page itself


def test_every_behaviour_a_page_names_is_started_with_it():
    html = render(LINK, visit())
    assert re.findall(r"js/([a-z-]+)[.\w]*\.js", html) == ["submit-once", "offline", "draft", "toast", "seen"]


def test_the_signed_link_has_no_navigation_and_is_not_indexed():
    html = render(LINK, visit(), brand={"name": "清泉市妇女联合会"}, site_nav=NAV["bottom_nav"])
    assert "<nav" not in html and 'name="robots" content="noindex"' in html


def test_no_shell_lets_an_address_leak_or_a_form_lose_its_origin():
    for shell in (WORKSPACE, SITE, LINK):
        assert '<meta name="referrer" content="same-origin">' in render(shell, visit())
