"""The figures and the register of deeds can be taken away, and say in a table what their pages say: no more, and nothing less."""

import csv
import io

from django.test import Client
from openpyxl import load_workbook

from jinguo.reports.actions import deeds
from jinguo.reports.actions.deeds import DeedWish
from jinguo.reports.models.deed import ForWhom
from jinguo.reports.queries.figures import figures_of
from tests.reports import builders
from tests.reports.test_actions_deeds import fresh, told


def desk(issued, who="officer"):
    browser = Client()
    browser.force_login(issued.cast.users[who])
    return browser


def lines(answer) -> list[list[str]]:
    assert answer["Content-Type"].startswith("text/csv") and answer["Cache-Control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sheets(answer) -> dict[str, list[tuple]]:
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_figures_are_the_pages_own_and_what_nobody_told_is_not_zero(issued):
    builders.report(issued, "c.a", on_site=80, accept=True)
    builders.report(issued, "c.b", "义诊", on_site=30, on_site_about=True)
    here = f"/desk/campaigns/{issued.campaign.code}/figures/"
    page = desk(issued).get(here).content.decode()
    assert "?as=xlsx" in page and "?as=numbers" in page
    head, *rows = lines(desk(issued).get(f"{here}?as=numbers"))
    said = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    onsite = next(one for one in figures_of(issued.campaign) if one.code == "on_site")
    assert [said["现场参加"][way] for way in ("申报", "去重", "已确认")] == [
        str(one.number) for one in (onsite.claimed, onsite.deduplicated, onsite.confirmed)
    ]
    assert (said["现场参加"]["其中有约数"], said["其中妇女"]["申报"]) == ("是", "没报")
    book = sheets(desk(issued).get(f"{here}?as=xlsx"))
    assert list(book) == ["数字", "率", "口径"] and len(book["数字"]) == len(rows) + 1
    rates = {row[0]: row for row in lines(desk(issued).get(f"{here}?as=rates"))}
    assert rates["签收率"][1:4] == ["100.0%", "4", "4"]
    assert desk(issued).get(f"{here}?as=nonsense")["Content-Type"].startswith("text/html")


def test_the_register_is_taken_away_without_what_its_page_hides(issued, officer):
    deeds.register_deed(
        fresh(told(issued)), DeedWish(title="修路灯", result="亮了", benefited=80), number=1, by=officer
    )
    quiet = told(issued, "c.b", "看望姐妹", number=1)
    deeds.register_deed(fresh(quiet), DeedWish(for_whom=ForWhom.HARMED), number=1, by=officer)
    here = f"/desk/campaigns/{issued.campaign.code}/deeds/"
    page = desk(issued, "leader").get(here).content.decode()
    assert "?as=xlsx" in page and "登记了 1 件" in page, "the sum would say how many are hidden"
    (head, row) = lines(desk(issued).get(f"{here}?as=csv"))
    assert (row[0], row[head.index("结果")], row[head.index("多少")]) == ("修路灯", "亮了", "80")
    book = sheets(desk(issued).get(f"{here}?as=xlsx"))
    assert len(book["实事登记"]) == 2
    assert {row[1] for row in book["只计数、不列名的"][1:]} == {"较少，不显示"}, (
        "one deed of a small group is not to be seen"
    )


def test_nobody_takes_away_what_she_may_not_see(issued):
    for who in ("d.officer", "liaison"):
        for page in ("figures/?as=xlsx", "deeds/?as=xlsx"):
            assert desk(issued, who).get(f"/desk/campaigns/{issued.campaign.code}/{page}").status_code in (403, 404)
