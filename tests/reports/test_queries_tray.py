"""The tray shows everybody exactly what a plain sorted query would, page by page, however few of the newest she may see."""

import pytest

from jinguo.reports.models import Return
from jinguo.reports.queries import tray
from tests.reports import builders

KEYS = ("c.a", "c.b", "c.edu", "c.hos")


@pytest.fixture
def many(issued):
    """Returns of four units, in turn; every third is accepted."""
    for n in range(9):
        builders.report(issued, KEYS[n % 4], f"第{n}场故事会", place="文化馆", on_site=n, accept=n % 3 == 0)
    return issued


def pages(actor, pile: str) -> list[Return]:
    """What one reads who goes on to the end."""
    found, after = [], ""
    while True:
        rows, after = tray.page_of(tray.tray(actor, tray.Choice(pile)), pile, after)
        found += rows
        if not after:
            return found


@pytest.mark.parametrize("near", [1, 2, 5, 500])
@pytest.mark.parametrize("who", ["officer", "county_officer", "d.officer"])
def test_pages_are_the_plain_list_in_pieces(many, monkeypatch, near, who):
    monkeypatch.setattr(tray, "NEAR", near)
    monkeypatch.setattr(tray, "PAGE", 2)
    actor = many.cast.users[who]
    for pile, states in tray.PILES.items():
        if pile == "counted":
            continue
        plain = tray.tray(actor, tray.Choice(pile)).filter(state__in=states)
        assert [row.pk for row in pages(actor, pile)] == [row.pk for row in plain], (pile, who)


@pytest.mark.parametrize("near", [1, 500])
def test_the_next_is_the_next_older_that_waits_then_the_newest(many, monkeypatch, near):
    monkeypatch.setattr(tray, "NEAR", near)
    actor = many.cast.users["officer"]
    waiting = list(tray.tray(actor, tray.Choice("waiting")).filter(state="reported"))
    for one, following in zip(waiting, [*waiting[1:], waiting[0]], strict=True):
        assert tray.next_waiting(actor, one) == following
