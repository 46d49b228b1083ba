"""本单位的事: everything a unit is asked on one list, by link or account, each thing in one place, burden beside each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.models import Burden, ExtensionRequest, Obligation
from jinguo.federation.actions.units import open_office
from jinguo.lib import clock
from tests.issued import issue
from tests.world import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def edu(letters) -> str:
    """The education bureau's list behind the link of its letter."""
    return letters.page("c.edu") + "duties/"


def text(answer) -> str:
    return answer.content.decode()


def closing(cast, key="c.edu") -> Obligation:
    return Obligation.objects.exclude(due_at=None).get(unit=cast.units[key])


def test_every_state_has_its_part_of_the_list(client, edu, cast):
    page = text(client.get(edu))
    assert "等签收的通知" in page
    assert page.count("<h3>") == 3
    assert "待报（未定期限）" in page
    assert "未到期" in page
    Obligation.objects.filter(pk=closing(cast).pk).update(due_at=clock.now() - timedelta(days=1))
    page = text(client.get(edu))
    assert "过了日子的" in page
    assert "逾期" in page
    assert "申请延期" not in page, "too late to ask"
    Obligation.objects.filter(pk=closing(cast).pk).update(returns=1, sent_back=1, last_reported_at=clock.now())
    assert "退回来要补正的" in text(client.get(edu))


def test_zero_is_one_press_with_a_reason_and_can_be_taken_back(client, edu, cast):
    duty = closing(cast)
    page = text(client.get(edu))
    address = edu.replace("duties/", f"obligations/{duty.code}/zero/")
    assert f'action="{address}"' in page
    client.post(address, {"reason": "unfit"})
    duty.refresh_from_db()
    assert duty.zero_reason == "本单位不适合这一项"
    page = text(client.get(edu))
    assert "零报告" in page
    client.post(address, {"undo": "1"})
    duty.refresh_from_db()
    assert duty.zero_at is None


def test_more_time_is_asked_here_and_answered_there(client, edu, cast, campaign, signed_in):
    duty = closing(cast)
    address = edu.replace("duties/", f"obligations/{duty.code}/extension/")
    assert address in text(client.get(edu))
    day = clock.local(duty.due_at).date() + timedelta(days=3)
    answer = client.post(address, {"to": f"{day:%Y-%m-%d}", "reason": "汇演改期"}, follow=True)
    assert "申请交上去了" in text(answer)
    assert "等发文单位答复" in text(answer)
    request = ExtensionRequest.objects.get()
    officer = signed_in("officer")
    board = text(officer.get(f"/desk/board/{campaign.code}/waits/"))
    assert "汇演改期" in board
    assert "延期申请 1 份" in text(officer.get("/desk/"))
    answer = officer.post(f"/desk/extensions/{request.code}/", {"to": f"{day:%Y-%m-%d}", "note": "好", "grant": "1"})
    assert answer.status_code == 302
    assert "延期中" in text(client.get(edu))
    duty.refresh_from_db()
    assert duty.extended_to == clock.end_of(day)
    assert "汇演改期" not in text(officer.get(f"/desk/board/{campaign.code}/waits/"))


@pytest.mark.parametrize(
    ("day", "said"), [("2001-01-01", "想延到的日子要晚于现在的期限"), ("9999-12-31", "请写成 2024-03-08 这样")]
)
def test_a_wrong_day_comes_back_with_what_was_typed(client, edu, cast, day, said):
    address = edu.replace("duties/", f"obligations/{closing(cast).code}/extension/")
    answer = client.post(address, {"to": day, "reason": "汇演改期"})
    assert answer.status_code == 422
    assert said in text(answer)
    assert "汇演改期" in text(answer)


def test_what_is_said_beside_an_ask_reaches_the_issuers_board(client, edu, cast, campaign, signed_in):
    ask = closing(cast).ask
    path = edu.replace("duties/", f"burden/?ask={ask.code}")
    assert path in text(client.get(edu))
    client.post(path, {"text": "和工会的表一样，填了两遍"})
    assert Burden.objects.get().ask == ask
    board = text(signed_in("officer").get(f"/desk/board/{campaign.code}/waits/"))
    assert "和工会的表一样" in board
    assert "· 活动总结" in board


def test_a_burden_is_said_beside_the_asks_of_every_notice_behind_one_link(client, edu, cast, campaign):
    other = issue(cast, ("c.edu",), title="关于另一件事的通知")
    ask = other.asks.first()
    path = edu.replace("duties/", f"burden/?ask={ask.code}")
    assert path in text(client.get(edu))
    client.post(path, {"text": "这个表上周刚报过"})
    said = Burden.objects.get()
    assert (said.ask, said.circulation.campaign, said.circulation.unit) == (ask, other, cast.units["c.edu"])
    foreign = issue(cast, ("c.hos",), title="只给医院的通知").asks.first()
    client.post(edu.replace("duties/", f"burden/?ask={foreign.code}"), {"text": "说的是自己的通知"})
    assert Burden.objects.exclude(pk=said.pk).get().circulation.campaign == campaign, "a stranger's ask is not there"


def test_a_county_that_issues_notices_itself_asks_the_one_that_asked_it(client, letters, cast, campaign):
    """Its own telephone would lead it back to itself."""
    open_office(cast.units["c.a"], by=BY, parent=cast.office, department="办公室", phone="0353-000-0111")
    link = letters.page("c.a")
    duty = closing(cast, "c.a")
    for page in ("", "duties/", "calendar/", f"obligations/{duty.code}/extension/"):
        shown = text(client.get(link + page))
        assert 'href="tel:0353-000-0100"' in shown and "0353-000-0111" not in shown, page


def test_a_link_shows_its_own_unit_only(client, edu, cast, campaign):
    other = closing(cast, "c.hos")
    assert other.code not in text(client.get(edu))
    assert client.get(edu.replace("duties/", f"obligations/{other.code}/extension/")).status_code == 404


def test_the_same_list_at_the_desk(signed_in, letters, cast):
    page = text(signed_in("liaison").get("/desk/our-duties/"))
    assert "本单位的事" in page
    assert "等签收的通知" in page
    assert signed_in("officer").get("/desk/our-duties/").status_code == 403


def test_the_list_costs_the_same_for_one_campaign_and_three(client, edu, cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(edu)
        return len(seen)

    cost()  # a first opening is noted
    first = cost()
    for number in range(2):
        issue(cast, title=f"另一份通知{number}")
    assert cost() == first
    assert first <= 5


def test_the_phone_list_costs_the_same_for_one_unit_and_five(signed_in, cast, campaign, letters):
    officer = signed_in("officer")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert officer.get(f"/desk/phone/?campaign={campaign.code}").status_code == 200
        return len(seen)

    late = clock.now() - timedelta(days=8)
    Obligation.objects.filter(pk=closing(cast).pk).update(due_at=late)
    first = cost()
    Obligation.objects.exclude(due_at=None).update(due_at=late)
    assert cost() == first
    assert first <= 12
