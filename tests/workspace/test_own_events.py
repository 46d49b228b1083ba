"""The page of the issuer's own events: everything on it, settled in place, clashes seen, nobody else's."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions.own_events import Settled, settle_event
from jinguo.campaigns.models import Campaign, Clause, OwnEvent
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, Reach
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from tests.campaigns.conftest import signed_in  # noqa: F401
from tests.issued import campaign, issue  # noqa: F401


@pytest.fixture
def clause(campaign):  # noqa: F811
    return own(campaign)


def own(campaign: Campaign) -> Clause:  # noqa: F811
    row = campaign.clauses.select_related("campaign__office__unit").get(kind=ClauseKind.OWN_EVENT)
    return row


def another(campaign: Campaign, number: int) -> Clause:  # noqa: F811
    return Clause.objects.create(
        campaign=campaign, position=90 + number, number=f"三({number})", kind=ClauseKind.OWN_EVENT,
        heading=f"第{number}场", sentence="将举办。", reach=Reach.ISSUER,
    )  # fmt: skip


def test_what_is_settled_stands_on_the_page(cast, campaign, clause, signed_in):  # noqa: F811
    day = clock.today() + timedelta(days=3)
    wanted = Settled(
        held_on=day, starts=time(14, 30), hall="市会议中心", leader="主席", cohosts="市总工会、市文联",
        lead_department="宣教部", responsible="部长", next_step="定议程",
    )  # fmt: skip
    settle_event(clause, wanted, seen=0, by=cast.users["officer"])
    page = signed_in("officer").get(f"/desk/board/{campaign.code}/events/").content.decode()
    for words in ("14:30", "市会议中心", "市总工会、市文联", "宣教部", "部长", "主席", "定议程", "0 场日子未定"):
        assert words in page, words


def test_an_open_day_is_said_to_be_open_and_nothing_is_invented(campaign, clause, signed_in):  # noqa: F811
    page = signed_in("officer").get(f"/desk/board/{campaign.code}/events/").content.decode()
    assert "日子未定" in page and "1 场日子未定" in page


def test_the_notices_own_day_stands_until_the_office_moves_it(cast, campaign, clause, signed_in):  # noqa: F811
    Clause.objects.filter(pk=clause.pk).update(event_on=date(2024, 3, 8))
    page = signed_in("officer").get(f"/desk/board/{campaign.code}/events/").content.decode()
    assert "3月8日" in page and "通知原文" in page


def test_what_the_notice_says_of_several_days_stands_beside_the_first(cast, campaign, clause, signed_in):  # noqa: F811
    Clause.objects.filter(pk=clause.pk).update(event_on=date(2024, 3, 6), event_words="3月6日、13日下午2:30")
    page = signed_in("officer").get(f"/desk/board/{campaign.code}/events/").content.decode()
    assert "3月6日、13日下午2:30" in page
    settle_event(clause, Settled(held_on=date(2024, 3, 7)), seen=0, by=cast.users["officer"])
    page = signed_in("officer").get(f"/desk/board/{campaign.code}/events/").content.decode()
    assert "2024年3月13日" not in page and "13日下午" not in page, "the office has settled it"


def test_a_hall_wanted_twice_is_told_across_campaigns(cast, campaign, clause, signed_in):  # noqa: F811
    other = issue(cast, title="另一份通知")
    day = clock.today() + timedelta(days=3)
    for row in (clause, own(other)):
        settle_event(row, Settled(held_on=day, hall="市会议中心"), seen=0, by=cast.users["officer"])
    page = signed_in("officer").get(f"/desk/board/{campaign.code}/events/").content.decode()
    assert "场地冲突" in page and "1 场有冲突" in page


def test_a_result_makes_it_done(cast, campaign, clause, signed_in):  # noqa: F811
    settle_event(clause, Settled(result="到会 300 人"), seen=0, by=cast.users["officer"])
    page = signed_in("officer").get(f"/desk/board/{campaign.code}/events/").content.decode()
    assert "1 场办完" in page and "到会 300 人" in page


def test_the_second_of_two_officers_is_told(cast, clause):
    officer = cast.users["officer"]
    settle_event(clause, Settled(hall="一厅"), seen=0, by=officer)
    with pytest.raises(Stale):
        settle_event(clause, Settled(hall="二厅"), seen=0, by=officer)
    assert OwnEvent.objects.get(clause=clause).hall == "一厅"
    settle_event(own(clause.campaign), Settled(hall="一厅"), seen=0, by=officer)  # the same again changes nothing


def test_what_cannot_be_is_refused(cast, clause):
    officer = cast.users["officer"]
    with pytest.raises(Invalid):
        settle_event(clause, Settled(starts=time(10), ends=time(9)), seen=0, by=officer)
    with pytest.raises(Invalid):
        settle_event(clause, Settled(ends=time(9)), seen=0, by=officer)
    with pytest.raises(Invalid):
        settle_event(clause, Settled(hall="厅" * 81), seen=0, by=officer)


def test_only_the_office_settles_and_only_until_the_work_is_over(cast, campaign, clause):  # noqa: F811
    for who in ("county_officer", "leader", "d.officer"):
        with pytest.raises(Refused):
            settle_event(clause, Settled(hall="一厅"), seen=0, by=cast.users[who])
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED)
    with pytest.raises(Refused):
        settle_event(own(campaign), Settled(hall="一厅"), seen=0, by=cast.users["officer"])


def test_it_is_edited_in_place_and_a_mistake_stays_in_the_form(campaign, clause, signed_in):  # noqa: F811
    browser, path = signed_in("officer"), f"/desk/board/{campaign.code}/events/{clause.code}/"
    form = browser.get(path, headers={"HX-Request": "true"}).content.decode()
    assert 'name="hall"' in form and "<html" not in form
    wrong = browser.post(path, {"seen": "0", "starts": "10:00", "ends": "09:00"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422 and wrong["HX-Reswap"].startswith("innerHTML")
    right = browser.post(path, {"seen": "0", "hall": "一厅"}, headers={"HX-Request": "true"})
    assert (
        right.status_code == 200
        and f'id="e-{clause.code}"' in right.content.decode()
        and "一厅" in right.content.decode()
    )
    plain = browser.post(path, {"seen": "1", "hall": "二厅"})
    assert plain.status_code == 302 and plain.url.endswith(f"#e-{clause.code}")


def test_the_page_asks_the_same_queries_for_one_event_and_three(campaign, clause, signed_in):  # noqa: F811
    browser, counts = signed_in("officer"), []
    for extra in (0, 2):
        for number in range(extra):
            another(campaign, 10 + number)
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/desk/board/{campaign.code}/events/")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
