"""Components say what they show in words as well, and hold what people typed without trusting it."""

import re

from jinguo.ui import charts
from tests.ui.pages import render

EVIL = '<img src=x onerror="x">'


def test_a_source_sentence_and_its_item_lead_to_each_other():
    sentence = render("{% src 7 %}做好节日宣传{% endsrc %}")
    assert 'id="src-7" href="#item-7" data-thread="7">做好节日宣传</a>' in sentence
    assert 'aria-label="对应条目 7">7</a>' in sentence
    box = render("{% ref 7 %}")
    assert 'href="#src-7" data-thread="7" aria-label="看原句 7">7</a>' in box


def test_the_number_box_is_glued_to_its_sentence():
    assert "</a>&NoBreak;<a" in render("{% src 7 %}句{% endsrc %}。")


def test_a_sentence_without_a_task_is_no_link():
    html = render('{% src 3 state="idle" %}今年是节日{% endsrc %}')
    assert html == '<span class="src is-idle" id="src-3">今年是节日</span>'


def test_a_stacked_bar_adds_up_and_says_its_numbers():
    svg = charts.stacked_bar("签收", [("ok", 79, "已签收"), ("aside", 0, "代签收"), ("info", 3, "已读")])
    assert 'aria-label="签收：已签收 79，已读 3"' in svg
    assert 'viewBox="0 0 820 16"' in svg
    widths = [int(width) for width in re.findall(r'<rect [^>]*width="(\d+)"', svg)]
    assert widths == [790, 30] and svg.count("<line") == 1


def test_an_empty_bar_is_still_a_drawing():
    assert 'viewBox="0 0 1 16"' in charts.stacked_bar("签收", [("ok", 0, "已签收")])


def test_tags_under_a_bar_keep_its_order_and_leave_out_noughts():
    html = render(
        '{% state_bar "obligation" "首报" counts urls %}',
        counts={"已接收": 52, "已报": 0, "久逾": 3},
        urls={"久逾": "/late/"},
    )
    assert html.index("已接收 52") < html.index("久逾 3") and "已报" not in html
    assert re.search(r'<a href="/late/"><span class="tag tag--call">', html)


def test_seats_show_each_one_until_they_are_too_many():
    assert charts.seats(54, 60, "x").count('class="on"') == 54
    assert charts.seats(54, 60, "x").count("<rect") == 60
    assert charts.seats(4000, 5000, "x").count("<rect") == 2
    assert charts.seats(9, 6, "x").count('class="on"') == 6
    assert "60 席，已报 54 席，余 6 席" in render("{% seats_grid 54 60 %}")


def test_what_people_typed_is_never_markup():
    for source in (
        "{% tag evil %}", "{% button evil %}", "{% note title=evil %}{{ evil }}{% endnote %}", "{% fold evil %}{% endfold %}",
        "{% card evil %}{% endcard %}", '{% dialog "d" evil %}{% enddialog %}', "{% src 1 %}{{ evil }}{% endsrc %}",
        "{% src evil n=evil %}x{% endsrc %}", "{% quantity 1 evil %}", '{% button "x" url=evil %}',
        "{% stacked_bar evil segments %}", '{% include "ui/components/empty.html" with title=evil text=evil %}',
        '{% include "ui/components/facts.html" %}', '{% include "ui/components/crumbs.html" %}',
    ):  # fmt: skip
        html = render(source, evil=EVIL, segments=[("ok", 1, EVIL)], facts=[(EVIL, EVIL)], crumbs=[{"label": EVIL}])
        assert "<img" not in html and 'onerror="' not in html, source


def test_a_button_that_cannot_be_pressed_says_why():
    html = render('{% button "发出通知" "primary" why="why" %}')
    assert 'aria-disabled="true" aria-describedby="why"' in html and " disabled>" not in html


def test_a_question_is_a_dialog_or_a_page():
    assert render('{% dialog "d" "退回？" %}x{% enddialog %}').startswith(
        '<dialog class="dialog" id="d" aria-labelledby="d-title"'
    )
    assert render('{% dialog "d" "退回？" page=True %}x{% enddialog %}').startswith('<section class="dialog"')


def test_a_pager_shows_only_the_ways_there_are():
    html = render('{% include "ui/components/pager.html" %}', pager={"text": "共 6 封", "next_url": "/?after=9"})
    assert 'rel="next" href="/?after=9"' in html and 'rel="prev"' not in html
    assert render('{% include "ui/components/pager.html" %}', pager={}).strip() == ""


def test_the_gallery_shows_every_state_and_icon_in_both_themes_without_a_clash(client):
    html = client.get("/gallery/").content.decode()
    for theme in ("light", "dark"):
        assert f'<section data-theme="{theme}"' in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    for word in ("久逾", "无法送达", "待报（未定期限）"):
        assert html.count(word) >= 2
    labels = re.findall(r'<(?:a|label)[^>]* (?:for|href)="#?([\w-]+)"', html)
    assert {label for label in labels if label.startswith(("light-", "dark-"))} <= set(ids)
