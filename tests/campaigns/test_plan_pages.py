"""From the confirmed desk to the board: publish, choose the units, issue; each page says where it stands and why not."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.models import Campaign, Circulation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.federation.actions.units import NewUnit, plant_units
from jinguo.federation.models import MailAddress
from jinguo.lib import clock
from jinguo.notices.models import NoticeState
from tests.planned import draft_campaign, read_notice, settled_notice
from tests.world import BY

LIST = "/desk/campaigns/"

LEAVE_OUT = re.compile(r'name="leave_out" value="\w{12}"')  # of one unit; a whole phrase is named by its position


@pytest.fixture
def officer(cast, client):
    client.force_login(cast.users["officer"])
    return client


def way(campaign, more=""):
    return f"{LIST}{campaign.code}/{more}"


def text(answer):
    return answer.content.decode()


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_an_empty_list_says_what_to_do(officer):
    page = text(officer.get(LIST))
    assert "还没有工作计划" in page and "/desk/notices/" in page


def test_the_list_takes_the_same_queries_for_one_row_and_three(cast, officer):
    draft_campaign(cast)
    one = queries(officer, LIST)
    draft_campaign(cast, "二")
    draft_campaign(cast, "三")
    assert queries(officer, LIST) == one <= 8


def test_publishing_leads_to_choosing(cast, officer):
    notice = settled_notice(cast)
    for _press in range(2):
        answer = officer.post(f"/desk/notices/{notice.code}/plan/")
        assert answer.status_code == 302
    campaign = Campaign.objects.get()
    assert answer.url == way(campaign, "recipients/")
    assert officer.get(f"/desk/notices/{notice.code}/plan/").url == way(campaign)


def test_an_unsettled_notice_is_refused_with_the_reason_on_its_button(cast, officer):
    notice = read_notice(cast)
    answer = officer.post(f"/desk/notices/{notice.code}/plan/")
    assert answer.status_code == 403 and "确认 34 条、定好 2 个问题" in text(answer)
    assert officer.get(f"/desk/notices/{notice.code}/plan/").status_code == 404
    assert not Campaign.objects.exists()


def test_each_phrase_says_what_it_stands_for(cast, officer):
    MailAddress.objects.filter(unit=cast.units["c.hos"]).delete()
    campaign = draft_campaign(cast)
    page = text(officer.get(way(campaign, "recipients/")))
    rows = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search("各县（区）妇联 +2 +县级妇联", rows) and "各县（区） → 县级" in re.sub(" +", " ", rows)
    assert "1 家没有登记邮箱" in page and "没有邮箱" in page and "发出通知" in page


def test_a_unit_is_left_out_put_back_and_added(cast, officer):
    campaign, county, home = draft_campaign(cast), cast.units["c.b"], cast.units["c.home"]
    choose = way(campaign, "recipients/choose/")
    answer = officer.post(choose + "?shown=all&page=1", {"leave_out": county.code}, follow=True)
    assert "这次不发" in text(answer) and "另有 1 家不发" in text(answer)
    assert county.short_name in text(officer.get(way(campaign, "recipients/"), {"shown": "left_out"}))
    officer.post(choose, {"put_back": county.code})
    assert home.short_name in text(officer.get(way(campaign, "recipients/"), {"add": "泉水镇妇女之家"}))
    for _press in range(2):
        answer = officer.post(choose, {"add": home.code}, follow=True)
    assert "另加的单位" in text(answer)
    assert officer.post(choose, {"add": cast.units["d.a"].code}).status_code == 404
    assert officer.post(choose, {}).status_code == 404


def test_fifteen_hundred_units_are_paged_with_the_same_queries(cast, officer):
    small = queries(officer, way(draft_campaign(cast), "recipients/"))
    new = [
        NewUnit(f"n{n}", f"第{n}厂妇女委员会", f"第{n}厂妇委会", "enterprise", "city", sector="state")
        for n in range(1500)
    ]
    plant_units(new, by=BY, under=cast.units["c"])
    campaign = draft_campaign(cast, "二")
    address = way(campaign, "recipients/")
    assert queries(officer, address) == small <= 10
    Campaign.objects.filter(pk=campaign.pk).update(sign_due_at=None, sign_due_origin="")
    assert queries(officer, f"{address}?add=第&words=厂&shown=all&group=1") <= 11
    page = text(officer.get(address))
    assert len(LEAVE_OUT.findall(page)) == 50 and "共 31 页" in page and "1504" in page
    assert "第7厂妇委会" in text(officer.get(address, {"words": "第7厂"}))
    last = text(officer.get(address, {"page": "31"}))
    assert len(LEAVE_OUT.findall(last)) == 4


def test_the_sign_for_date_is_set_or_lifted(cast, officer):
    campaign = draft_campaign(cast)
    assert officer.post(way(campaign, "sign-due/"), {"kind": "date", "date": "2001-01-01"}).status_code == 422
    day = clock.today() + timedelta(days=5)
    officer.post(way(campaign, "sign-due/"), {"kind": "date", "date": day.isoformat()})
    campaign.refresh_from_db()
    assert (campaign.sign_due_at, campaign.sign_due_origin) == (clock.at(day, 18), "confirmed")
    officer.post(way(campaign, "sign-due/"), {"kind": "none"})
    campaign.refresh_from_db()
    assert (campaign.sign_due_at, campaign.sign_due_origin) == (None, "")


def test_issuing_is_asked_once_and_done_once(cast, officer):
    campaign = draft_campaign(cast)
    page = text(officer.get(way(campaign, "issue/")))
    assert "4 家单位" in page and campaign.title in page
    for _press in range(3):
        answer = officer.post(way(campaign, "issue/"))
        assert (answer.status_code, answer.url) == (302, f"/desk/board/{campaign.code}/")
    assert Circulation.objects.count() == 4
    assert officer.get(answer.url).status_code == 200
    assert officer.get(way(campaign, "issue/")).url == answer.url
    page = text(officer.get(way(campaign, "recipients/")))
    assert "leave_out" not in page and "退回确认" not in page


def test_a_passed_sign_for_date_is_the_reason_on_the_button(cast, officer):
    campaign = draft_campaign(cast)
    Campaign.objects.filter(pk=campaign.pk).update(sign_due_at=clock.now() - timedelta(hours=1))
    page = text(officer.get(way(campaign, "recipients/")))
    assert "签收期限已经过了" in page and 'aria-describedby="why"' in page
    assert officer.post(way(campaign, "issue/")).status_code == 403
    assert not Circulation.objects.exists()


def test_taking_back_is_asked_once(cast, officer):
    campaign = draft_campaign(cast)
    assert "退回确认" in text(officer.get(way(campaign, "take-back/")))
    answer = officer.post(way(campaign, "take-back/"))
    assert answer.url == f"/desk/notices/{campaign.notice.code}/" and not Campaign.objects.exists()
    campaign.notice.refresh_from_db()
    assert campaign.notice.state == NoticeState.READ


def test_the_plan_shows_clauses_by_line_with_who_leads(cast, officer):
    campaign = draft_campaign(cast)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.ISSUED, issued_at=clock.now())
    page = text(officer.get(way(campaign)))
    for words in ("二(四)三", "自办10", "每场办完 3 个工作日内", "本级自办活动", "各县（区）妇联", "还没有定谁牵头"):
        assert words in page
    clause = campaign.clauses.get(number="二(一)一")
    address = way(campaign, f"clauses/{clause.code}/")
    assert "牵头部门" in text(officer.get(address))
    answer = officer.post(address, {"lead_department": "宣教部", "responsible": "甲岗"}, HTTP_HX_REQUEST="true")
    assert "宣教部" in text(answer) and "<html" not in text(answer)
    assert officer.post(address, {"lead_department": "宣" * 61}).status_code == 422
    assert officer.post(way(campaign, "clauses/nothing00000/")).status_code == 404


def test_the_plan_takes_the_same_queries_whatever_it_holds(cast, officer):
    small, whole = draft_campaign(cast), draft_campaign(cast, "二")
    small.clauses.exclude(number__in=["一", "二(一)", "二(一)一"]).delete()
    assert queries(officer, way(small)) == queries(officer, way(whole)) <= 10


def test_others_look_or_find_nothing(cast, client):
    campaign = draft_campaign(cast)
    clause = campaign.clauses.first()
    gets = ["", "recipients/", "issue/", "take-back/", f"clauses/{clause.code}/"]
    posts = ["recipients/choose/", "sign-due/", "issue/", "take-back/", f"clauses/{clause.code}/"]
    client.force_login(cast.users["leader"])
    assert [client.get(way(campaign, more)).status_code for more in gets] == [200, 200, 403, 403, 403]
    assert {client.post(way(campaign, more)).status_code for more in posts} == {403}
    client.force_login(cast.users["d.officer"])
    assert {client.get(way(campaign, more)).status_code for more in gets} == {404}
    assert {client.post(way(campaign, more)).status_code for more in posts} == {404}
    client.force_login(cast.users["liaison"])
    assert {client.get(way(campaign, more)).status_code for more in gets} == {403}
    assert Campaign.objects.get().state == CampaignState.DRAFT
