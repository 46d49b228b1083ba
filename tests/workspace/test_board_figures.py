"""Every figure of the board opens the rows it counts, and they are as many; places roll up to what they hold."""

import random
import re
from datetime import timedelta
from html import unescape

import pytest

from jinguo.campaigns.models import Circulation, Obligation
from jinguo.federation.models import Unit
from jinguo.lib import clock
from tests.issued import issue
from tests.reports import builders

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="((?:/desk/board/[^"]+/(?:signing|reporting)/)[^"]*)"[^>]*>(.*?)</a>', re.S)
ALL = ("c.a", "c.b", "c.a.t", "c.a.t.v", "c.b.t", "c.edu", "c.hos", "c.home")


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def figures(page: str) -> list[tuple[str, int]]:
    """(address, figure) of every number on a page that leads to a list."""
    found = []
    for address, inside in LINK.findall(page):
        number = re.search(r"\d+", re.sub(r"<[^>]+>|\d+\.\d+%", " ", inside))
        if number:
            found.append((unescape(address), int(number.group())))
    return found


@pytest.fixture
def officer(signed_in):
    return signed_in("officer")


@pytest.fixture
def campaign(cast):
    return issue(cast, ALL)


def shake(campaign, seed: int) -> None:
    """Something of everything, by chance: signed, late, exempt, extended, closed and merged."""
    chance, now = random.Random(seed), clock.now()
    for row in campaign.circulations.order_by("pk"):
        if chance.random() < 0.6:
            Circulation.objects.filter(pk=row.pk).update(signed_at=now, signed_how=chance.choice(["link", "phone"]))
        elif chance.random() < 0.3:
            Circulation.objects.filter(pk=row.pk).update(undeliverable_at=now, undeliverable_why="refused")
    for row in Obligation.objects.filter(ask__campaign=campaign).order_by("pk"):
        due = now + timedelta(days=chance.choice([-20, -8, -2, 1, 9])) if chance.random() < 0.7 else None
        facts = chance.choice(
            [{}, {}, {"returns": 2, "accepted": 1, "first_reported_at": now - timedelta(days=3)}, {"zero_at": now},
             {"exempt_at": now}, {"extended_to": now + timedelta(days=5)}, {"returns": 1, "sent_back": 1}]
        )  # fmt: skip
        Obligation.objects.filter(pk=row.pk).update(due_at=due, **facts)
    for unit in chance.sample(list(Unit.objects.filter(circulations__campaign=campaign).order_by("pk")), 2):
        Unit.objects.filter(pk=unit.pk).update(valid_to=clock.today() - timedelta(days=chance.randint(1, 25)))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))])
def test_every_figure_opens_as_many_rows(officer, cast, campaign, seed):
    shake(campaign, seed)
    board = f"/desk/board/{campaign.code}/"
    pages = [
        board,
        f"{board}places/",
        *(f"{board}places/?at={cast.units[key].code}" for key in ("c.a", "c.a.t", "c.b")),
    ]
    seen = {pair for page in pages for pair in figures(text(officer.get(page)))}
    assert len(seen) > 30
    for address, figure in sorted(seen):
        listed = re.search(r"共 (\d+) [家件]", text(officer.get(address)))
        assert (address, int(listed.group(1))) == (address, figure)


def test_a_figure_of_the_matrix_opens_the_returns_it_counts(officer, cast):
    issued = builders.issue(cast)
    builders.report(issued, "c.a", accept=True)
    corrected = builders.report(issued, "c.a", "第二场", accept=True)
    builders.report(issued, "c.b")
    from jinguo.reports.actions import returns

    newer = builders.sheet(issued, "第二场", clauses=("健康义诊进村",))
    returns.revise_return(corrected, newer, token="b" * 12, by=issued.link("c.a"))
    matrix = f"/desk/campaigns/{issued.campaign.code}/coverage/"
    for page in (matrix, f"{matrix}?group={cast.units['c.a'].code}"):
        found = re.findall(r'<a href="(/desk/reports/\?pile=counted[^"]+)"[^>]*>(\d+)</a>', text(officer.get(page)))
        assert [number for _address, number in found] == ["2"], "a correction that waits moves nothing yet"
        for address, number in found:
            rows = re.findall(r'href="/desk/reports/(\w{12})/"', text(officer.get(unescape(address))))
            assert len(set(rows)) == int(number)


def test_from_the_city_to_one_unit(officer, cast, campaign):
    board = f"/desk/board/{campaign.code}/"
    city = text(officer.get(f"{board}places/"))
    assert f"places/?at={cast.units['c.a'].code}" in city
    county = text(officer.get(f"{board}places/", {"at": cast.units["c.a"].code}))
    assert "泉水镇妇联" in county
    assert "槐树村妇联" not in county, "a township stands for all below it"
    assert re.search(r">3</a>", county), "the township, its village and its women's home"
    town = text(officer.get(f"{board}places/", {"at": cast.units["c.a.t"].code}))
    assert "槐树村妇联" in town
    assert "泉水镇妇女之家" in town
    village = text(officer.get(f"{board}places/", {"at": cast.units["c.a.t.v"].code}))
    for words in ("签收和报送", "活动总结", "每次活动的情况", "它做了哪几条", "看经过和凭据"):
        assert words in village, words
    assert "下面各处" not in village
    part = text(officer.get(f"{board}places/", {"at": "committee"}))
    assert "市教育局妇委会" in part
    assert "市第二医院女工委" not in part


def test_places_that_are_not_there_say_so(officer, cast, campaign):
    board = f"/desk/board/{campaign.code}/places/"
    for at in (cast.units["d.a"].code, "nothing00000", "home"):
        assert officer.get(board, {"at": at}).status_code == 404, at
    small = issue(cast, ("c.a",), title="只发一家")
    answer = officer.get(f"/desk/board/{small.code}/places/", {"at": cast.units["c.b"].code})
    assert answer.status_code == 404
    assert "没有发给这个单位" in answer.content.decode()


def test_a_merged_unit_says_so_and_owes_nothing(officer, cast, campaign):
    Unit.objects.filter(pk=cast.units["c.a.t.v"].pk).update(
        valid_to=clock.today() - timedelta(days=2), merged_into=cast.units["c.a.t"]
    )
    page = text(officer.get(f"/desk/board/{campaign.code}/places/", {"at": cast.units["c.a.t.v"].code}))
    assert "并入泉水镇妇联" in page
    assert page.count("期限前撤并，不算") == 2
    listed = text(officer.get(f"/desk/board/{campaign.code}/reporting/", {"state": "closed"}))
    assert "共 2 件" in listed


def test_what_nobody_acts_on_is_named_while_there_is_time(officer, cast):
    issued = builders.issue(cast, due=clock.now() + timedelta(days=5))
    board = f"/desk/board/{issued.campaign.code}/"
    section = text(officer.get(board)).split('id="untouched"')[1].split("</section>")[0]
    for words in (
        "巾帼大宣讲",
        "健康义诊进村",
        "送奖到基层",
        "还没有单位选的：二（一）二 姐妹读书会",
        "4 家都还没有报",
    ):
        assert words in section, words
    assert "家庭故事分享会" not in section, "the issuer's own events are no duty of units"
    builders.hold(issued, "c.a", clauses=("巾帼大宣讲",))
    builders.report(issued, "c.b", clauses=("健康义诊进村",))
    section = text(officer.get(board)).split('id="untouched"')[1].split("</section>")[0]
    assert "巾帼大宣讲" not in section, "an activity held is a sign"
    assert "健康义诊进村" not in section, "a return that waits is a sign"
    assert "送奖到基层" in section
    assert "都还没有报" not in section
    issued.ask.due_at, issued.ask.due_origin = clock.now() - timedelta(hours=1), "confirmed"
    issued.ask.save()
    section = text(officer.get(board)).split('id="untouched"')[1].split("</section>")[0]
    assert "期限都过了" in section
    assert "送奖到基层" not in section
