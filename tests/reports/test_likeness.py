"""Which two reports are proposed as one event: the day and one strong sign, or two weaker ones; never by a day alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies

from jinguo.reports.likeness import Told, overlap, reasons_same, shingles

ONE = Told("“槐荫里”故事会", date(2024, 3, 6), "县文化馆", "", 126, ("东川县妇女联合会", "东川县妇联"))
OTHER = Told("城南健康义诊", date(2024, 3, 6), "城南广场", "", 80, ("西岭区妇女联合会", "西岭区妇联"))


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"title": "槐荫里 故事会"}, 1),
        ({"title": "槐荫里故事会活动"}, 0),  # alike by name alone may be next door's
        ({"title": "槐荫里故事会活动", "place": "县文化馆。"}, 2),
        ({"place": "县文化馆", "cohosts": "和东川县妇联合办"}, 2),
        ({"place": "县文化馆", "on_site": 126}, 2),
        ({"on_site": 126}, 0),
        ({"place": "县文化馆"}, 0),
        ({"title": "槐荫里故事会", "held_on": date(2024, 3, 7)}, 0),
        ({"title": "槐荫里故事会", "held_on": None}, 0),
    ],
)
def test_one_event_is_known_by_its_day_and_enough_beside(changes, reasons):
    other = replace(OTHER, **changes)
    assert len(reasons_same(ONE, other)) == len(reasons_same(other, ONE)) == reasons


def test_a_small_equal_number_and_empty_places_say_nothing():
    few = replace(ONE, on_site=3, place="", title="")
    assert reasons_same(few, replace(OTHER, on_site=3, place="", title="")) == []


@settings(deadline=None, max_examples=60)
@given(strategies.text(max_size=30), strategies.text(max_size=30))
def test_overlap_is_a_share_and_the_same_both_ways(one, other):
    share = overlap(shingles(one), shingles(other))
    assert 0 <= share <= 1
    assert share == overlap(shingles(other), shingles(one))
    assert overlap(shingles(one), shingles(one)) == (1.0 if shingles(one) else 0.0)
