"""The board on the wall shows no person; the board to take away holds the same figures and never a formula."""

import csv
import io

import openpyxl
import pytest

from jinguo.campaigns.actions import circulation as acts
from jinguo.campaigns.models import Obligation
from jinguo.federation.models import Link, Unit
from jinguo.lib import clock
from tests.issued import copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(signed_in):
    return signed_in("officer")


@pytest.fixture
def signed(cast, campaign, letters):
    copy = copy_of(campaign, cast.units["c.edu"])
    link = Link.objects.select_related("unit").get(object_code=copy.code)
    acts.sign_circulation(copy, by=link, signer="女工委张主任")
    acts.say_burden(copy, by=link, text="第三张表了")
    return copy


def test_the_wall_shows_counts_and_places_and_nobody(officer, cast, campaign, signed):
    page = officer.get(f"/desk/board/{campaign.code}/wall/").content.decode()
    for words in ("20.0%", "1 / 5", "东川县", "市直单位", "全市还没有人动", "下一个期限", "还有 10 天"):
        assert words in page, words
    for words in ("女工委张主任", "0353", "第三张表", "信息员", "市教育局妇委会", "市第二医院女工委", 'href="tel:'):
        assert words not in page, words


def test_the_wall_renews_itself_also_without_scripts_and_can_be_stopped(officer, campaign, letters):
    wall = f"/desk/board/{campaign.code}/wall/"
    page = officer.get(wall).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
    assert 'data-renew="60"' in page
    still = officer.get(wall, {"still": "1"}).content.decode()
    assert 'http-equiv="refresh"' not in still
    assert "data-renew" not in still


def book(answer) -> dict[str, list[list]]:
    assert answer.status_code == 200
    sheets = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in sheets}


def test_the_workbook_holds_every_table_with_the_figures_of_the_page(officer, cast, campaign, signed):
    Obligation.objects.filter(unit=cast.units["c.a"]).update(exempt_at=clock.now())
    Obligation.objects.filter(unit=cast.units["c.b"]).update(returns=1, accepted=1)
    sheets = book(officer.get(f"/desk/board/{campaign.code}/download/"))
    assert list(sheets) == ["各处进度", "报送要求", "条款和各处", "单位和要求", "答复用时"]
    heads, *rows = sheets["各处进度"]
    total = dict(zip(heads, rows[-1], strict=True))
    assert (total["哪里"], total["发给"], total["签收"], total["签收率"]) == ("合计", 5, 1, "20.0%")
    assert (total["应报"], total["报了"], total["免报"], total["报送率"]) == (8, 2, 2, "25.0%")
    for name in ("发给", "签收", "应报", "报了", "过期没报", "免报"):
        at = heads.index(name)
        assert sum(row[at] for row in rows[:-1]) == rows[-1][at], name
    units = {row[0]: row for row in sheets["单位和要求"][1:]}
    assert len(units) == 5
    assert units["东川县妇女联合会"][4:] == ["免报", "免报"]
    assert units["西岭区妇女联合会"][4:] == ["已接收", "已接收"]
    assert units["市教育局妇女委员会"][2] == "已签收"
    assert [row[0] for row in sheets["条款和各处"][1:]] == ["二(一)一", "二(一)二"]


def test_a_table_comes_as_csv_too_and_no_cell_is_ever_a_formula(officer, cast, campaign, letters):
    Unit.objects.filter(pk=cast.units["c.hos"].pk).update(name='=HYPERLINK("http://example.org")', short_name="+1")
    answer = officer.get(f"/desk/board/{campaign.code}/download/", {"table": "units"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="board-units.csv"' in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [len(row) for row in rows] == [6] * 6
    assert "'=HYPERLINK" in answer.content.decode()
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    sheets = openpyxl.load_workbook(io.BytesIO(officer.get(f"/desk/board/{campaign.code}/download/").content))
    cells = [cell for row in sheets["单位和要求"].iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_a_table_that_is_not_there_says_so(officer, campaign, letters):
    assert officer.get(f"/desk/board/{campaign.code}/download/", {"table": "people"}).status_code == 404
