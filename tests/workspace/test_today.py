"""今日待办 and the shell around every desk page: what waits for this person, and only what her posts open."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions import circulation as acts
from jinguo.campaigns.models import Obligation
from jinguo.federation.models import Link
from jinguo.lib import clock
from jinguo.messages.models import OutMessage
from jinguo.notices.models import Notice, NoticeState
from jinguo.reports.actions.summaries import start_summary, submit_summary
from tests.issued import copy_of, issue
from tests.reports import builders

pytestmark = pytest.mark.django_db


def today(client: Client) -> str:
    answer = client.get("/desk/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_waiting_says_so_and_what_to_do(signed_in):
    page = today(signed_in("officer"))
    assert "眼下没有等您办的事" in page
    assert "收一份通知" in page
    assert "收一份通知" not in today(signed_in("auditor"))


def test_the_officer_sees_what_her_office_waits_for(signed_in, cast, campaign, letters):
    late = issue(cast, ("c.a", "c.b"), sign_due_at=clock.now() - timedelta(days=14), title="过了日子的通知")
    draft = issue(cast, ("c.a",), title="圈定中的通知")
    type(draft).objects.filter(pk=draft.pk).update(state="draft", issued_at=None)
    Notice.objects.filter(pk=draft.notice_id).update(state=NoticeState.READ, title="等确认的通知")
    copy = copy_of(campaign, cast.units["c.edu"])
    link = Link.objects.select_related("unit").get(object_code=copy.code)
    acts.send_back(copy, by=link, reason="不是我们单位的事")
    acts.say_burden(copy, by=link, text="太多了")
    acts.say_burden(copy, by=link, text="太急了")
    OutMessage.objects.filter(about_code=copy.code).update(state="aside")
    page = today(signed_in("officer"))
    for words in ("等确认的通知", "圈定中的通知", "过了日子的通知", "该打电话 2 家", "退回 1 家", "说成了负担 2 条", "1 封没发出去",
                  f"/desk/board/{late.code}/", f"/desk/notices/{draft.notice.code}/"):  # fmt: skip
        assert words in page, words
    for who in ("d.officer", "sister"):
        assert "该打电话" not in today(signed_in(who))


def test_a_unit_sees_its_own_duties_by_urgency(signed_in, cast, campaign, letters):
    Obligation.objects.filter(unit=cast.units["c.edu"], ask__kind="closing").update(
        due_at=clock.now() - timedelta(days=1)
    )
    page = today(signed_in("liaison"))
    assert page.index("逾期") < page.index("待报（未定期限）")
    assert "等您签收的通知" in page
    Obligation.objects.filter(unit=cast.units["c.edu"]).update(returns=1, accepted=1)
    assert "本单位的报送</h2>" not in today(signed_in("liaison"))


def test_today_takes_a_fixed_number_of_queries(signed_in, cast):
    client = signed_in("officer")
    counted = []
    for number in (1, 2):
        for n in range(number):
            one = issue(cast, ("c.a", "c.b"), sign_due_at=clock.now() - timedelta(hours=1), title=f"{number}-{n}")
            Notice.objects.filter(pk=one.notice_id).update(state=NoticeState.READ)
        with CaptureQueriesContext(connection) as queries:
            today(client)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 13


@pytest.mark.parametrize(
    ("who", "places"),
    [
        (
            "officer",
            ["今日待办", "通知", "督办看板", "报送", "来信", "汇总", "发信箱", "活动", "服务点", "单位", "本单位设置"],
        ),
        ("leader", ["今日待办", "通知", "督办看板", "报送", "汇总", "活动", "服务点", "单位", "本单位设置"]),
        ("liaison", ["今日待办", "本单位报送", "活动", "服务点", "单位"]),
        ("system_admin", ["今日待办", "单位", "账号", "本单位设置"]),
        ("case_worker", ["今日待办", "求助来信"]),
    ],
)
def test_the_navigation_shows_what_the_posts_open(signed_in, who, places):
    answer = signed_in(who).get("/desk/")
    shown = [item["label"] for group in answer.context["nav"]() for item in group["items"]]
    assert shown == places
    current = [item["label"] for group in answer.context["nav"]() for item in group["items"] if item["current"]]
    assert current == ["今日待办"]


def test_every_place_of_the_navigation_opens(signed_in, cast):
    for who in ("officer", "leader", "liaison", "system_admin", "county_officer"):
        client = signed_in(who)
        for group in client.get("/desk/").context["nav"]():
            for item in group["items"]:
                assert client.get(item["url"]).status_code == 200, (who, item["url"])


def test_on_a_phone_no_place_is_out_of_reach(signed_in, cast):
    for who in ("officer", "leader", "liaison", "system_admin", "county_officer"):
        page = signed_in(who).get("/desk/")
        places = {item["url"] for group in page.context["nav"]() for item in group["items"]}
        bar, beyond = page.context["bottom_nav"](), page.context["more_nav"]()
        assert len(bar) <= 5 and {item["url"] for item in [*bar, *beyond]} - {"#more"} == places, who
        if beyond:
            assert bar[-1]["url"] == "#more" and 'id="more"' in page.content.decode()


def test_a_visitor_sees_the_offices_brand_and_no_navigation(client, cast):
    context = client.get("/").context
    assert "nav" not in context
    assert context["brand"]["tagline"] == "清泉市妇女联合会"


def test_the_count_beside_notices_is_what_waits_for_confirmation(signed_in, cast, campaign):
    Notice.objects.update(state=NoticeState.READ)

    def counted(who: str) -> int:
        groups = signed_in(who).get("/desk/").context["nav"]()
        return next(item["count"] for group in groups for item in group["items"] if item["label"] == "通知")

    assert (counted("officer"), counted("leader"), counted("d.officer")) == (1, 0, 0)


def test_what_came_back_waits_for_the_officer_and_the_summary_for_the_leader(signed_in, cast):
    issued = builders.issue(cast)
    builders.report(issued, "c.edu")
    builders.report(issued, "c.hos", accept=True)
    assert "1 件待审" in today(signed_in("officer"))
    assert "件待审" not in today(signed_in("leader"))
    summary = start_summary(issued.campaign, by=cast.users["officer"])
    submit_summary(summary, by=cast.users["officer"])
    assert f"/desk/summaries/{summary.code}/" in today(signed_in("leader"))
    assert "请您审签" not in today(signed_in("officer"))
