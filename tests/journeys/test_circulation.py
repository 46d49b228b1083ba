"""A notice goes down two levels: received, signed for, passed on, asked to be put off, answered with zero; on a telephone and
at a county's desk."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from jinguo.campaigns.models import Campaign, Circulation, ExtensionRequest, Obligation
from jinguo.lib import clock
from tests.issued import TITLE, issue
from tests.journeys.conftest import Journey
from tests.journeys.county import County
from tests.journeys.officer import Officer
from tests.journeys.people import DESK, PHONE, Screen
from tests.journeys.unit import Unit
from tests.services.smtp import MailSink
from tests.world import Cast


class Township(Unit):
    """On a telephone, with the letter's link only."""

    def passes_it_on(self) -> None:
        """原样转发, a hasty double press: it goes out once."""
        self.presses("原样转发")
        self.heading("原样转发给下级")
        self.sees("要用经办人的账号登录")
        self.looks("forward")
        self.presses_at_any_hour("转发", "急事，马上转发", times=2)
        self.sees("上级也看得到")
        self.looks("forwarded")

    def sees_where_it_comes_from(self, sender: str, sentence: str) -> None:
        """Whose notice it is, and the city's own sentence behind a clause."""
        self.sees(sender)
        self.page.get_by_text("源自清泉市妇联通知").locator("visible=true").first.click()
        self.sees(sentence)
        self.looks("township-notice")

    def asks_for_more_time(self, day: str, reason: str) -> None:
        self.opens(f"{self.link}duties/")
        self.looks("duties")
        self.presses("申请延期")
        self.writes("想延到哪天", day)
        self.writes("为什么要延", reason)
        self.looks("extension")
        self.presses("交给发文单位", times=2)
        self.sees("等发文单位答复")

    def reports_zero(self, reason: str) -> None:
        """One press under the ask that has no date."""
        self.opens(f"{self.link}duties/")
        ask = self.page.locator(".dues li").filter(has_text="每次活动的情况")
        ask.get_by_text("没有，报“无”").click()
        with self.page.expect_response("**/zero/"):
            ask.get_by_role("button", name=reason).click()
        self.opens(f"{self.link}duties/")
        expect(self.page.locator(".dues li").filter(has_text="零报告")).to_have_count(1)
        self.looks("zero")


def letters_for(smtp: MailSink, count: int) -> dict[str, object]:
    return {letter.recipients[0]: letter for letter in smtp.wait_for(count, timeout=60)}


@pytest.mark.wide
def test_received_signed_passed_on_put_off_and_answered_on_a_telephone(
    journey: Journey, smtp: MailSink, cast: Cast
) -> None:
    journey.screen = Screen(PHONE)
    campaign = issue(cast, ("c.a", "c.edu"))
    county = journey.brings(Township)
    county.opens_the_letter(letters_for(smtp, 2)["c-a@example.org"])
    county.signs("办公室")
    county.passes_it_on()
    assert Campaign.objects.filter(passes_on__campaign=campaign).count() == 1

    township = journey.brings(Township)
    township.opens_the_letter(letters_for(smtp, 3)["c-a-t@example.org"])
    township.sees_where_it_comes_from("东川县妇联转发清泉市妇联的通知", "要在妇女之家讲一堂家庭教育课。")
    township.signs("信息员")
    township.asks_for_more_time((clock.today() + timedelta(days=20)).isoformat(), "汇演改期")
    township.reports_zero("没有开展")

    onward = Campaign.objects.get(passes_on__campaign=campaign)
    assert ExtensionRequest.objects.count() == 1
    assert Obligation.objects.exclude(zero_at=None).get().ask.campaign == onward
    assert Circulation.objects.get(campaign=campaign, unit=cast.units["c.a"]).state.label == "已转发"


@pytest.mark.wide
def test_a_county_writes_its_own_notice_at_its_desk_and_the_city_sees_both_layers(
    journey: Journey, smtp: MailSink, cast: Cast
) -> None:
    journey.screen = Screen(DESK)
    campaign = issue(cast, ("c.a", "c.edu"))
    county = journey.brings(County)
    county.enters("county_officer")
    county.signs_at_her_desk(TITLE)
    day = (clock.today() + timedelta(days=6)).isoformat()
    county.writes_a_local_notice(
        "东川县妇联关于做好庆三八活动的通知",
        "二(一)一",
        "要组织义诊，走进企业、医院和乡镇。",
        "请各乡镇办一场读书会。",
        day,
    )
    county.sends_it()
    assert "c-a-t@example.org" in letters_for(smtp, 3)

    officer = journey.brings(Officer)
    officer.enters("officer")
    officer.opens(f"/desk/board/{campaign.code}/layers/")
    officer.sees("东川县妇联")
    officer.looks("layers")
    officer.presses("东川县妇联")
    officer.sees("本级新增")
    officer.looks("layer")
    officer.opens(f"/desk/board/{campaign.code}/events/")
    officer.sees("纪念大会")
    officer.presses("改")
    officer.writes("场地", "市会议中心")
    officer.presses("记下")
    officer.sees("市会议中心")
    officer.looks("own-events")
