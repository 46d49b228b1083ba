"""What units sent is found by its words, its pinyin and initials, by those who may see it, as long as it stands."""

import pytest

from jinguo.lib import ids
from jinguo.reports.actions import returns, same
from jinguo.reports.models import Return
from jinguo.workspace.queries import found_by
from tests.reports import builders

BODY = "五位姐妹讲自己怎样从摆摊走到开店。"


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


def titles(issued, words: str, who: str = "officer") -> list[str]:
    return [row.title for row in found_by(issued.cast.users[who], words) if row.kind == "return"]


def test_a_report_is_found_by_what_it_says_by_pinyin_and_by_initials(issued):
    builders.report(issued, "c.a", summary=BODY, place="县文化馆")
    for words in ("槐荫里", "从摆摊走到开店", "文化馆 姐妹", "huaiyinli", "hylgsh"):
        assert titles(issued, words) == ["槐荫里故事会"], words
    assert titles(issued, "没有说过的话") == []


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("officer", True),
        ("leader", True),
        ("county_officer", True),
        ("sister", False),
        ("liaison", False),
        ("d.officer", False),
    ],
)
def test_only_those_who_may_see_the_unit_find_what_it_sent(issued, who, sees):
    builders.report(issued, "c.a", summary=BODY)
    assert bool(titles(issued, "槐荫里", who)) is sees


def test_the_newest_words_count_and_what_no_longer_stands_is_not_found(issued):
    given = builders.report(issued, "c.a", summary=BODY)
    link = issued.link("c.a")
    sheet = builders.sheet(issued, "新名字的会", summary="换了一段话。")
    given = returns.revise_return(given, sheet, token=ids.new_code(), by=link)
    assert (titles(issued, "槐荫里"), titles(issued, "换了一段")) == ([], ["新名字的会"])
    returns.withdraw_return(given, by=link)
    assert titles(issued, "新名字") == []
    other = builders.report(issued, "c.b", "义诊")
    again = builders.report(issued, "c.b", "义诊两次")
    officer = issued.cast.users["officer"]
    again = same.merge_return(again, other, by=officer)
    assert titles(issued, "义诊两次") == []
    same.split_return(Return.objects.get(pk=again.pk), by=officer)
    assert titles(issued, "义诊两次") == ["义诊两次"]
    returns.keep_draft(
        issued.obligations["c.edu"], builders.sheet(issued, "草稿里的会"), token=ids.new_code(), by=issued.link("c.edu")
    )
    assert titles(issued, "草稿里的会") == []


def test_every_result_leads_to_its_page(issued, client):
    builders.report(issued, "c.a", summary=BODY)
    client.force_login(issued.cast.users["officer"])
    answer = client.get("/desk/search/", {"q": "槐荫里"})
    [url] = [url for row, _kind, url in answer.context["rows"] if row.kind == "return"]
    assert client.get(url).status_code == 200
