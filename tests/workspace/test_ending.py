"""办结 on the board: one press, one way back, and what each side sees of it."""

import pytest
from django.test import Client

from jinguo.campaigns.models import Campaign
from tests.issued import copy_of

pytestmark = pytest.mark.django_db


def test_the_officer_ends_it_and_takes_it_up_again(letters, campaign, signed_in):
    officer, board = signed_in("officer"), f"/desk/board/{campaign.code}/"
    assert "办结以后不再提醒" in officer.get(board).content.decode()
    for _press in range(2):
        page = officer.post(f"/desk/campaigns/{campaign.code}/end/", follow=True).content.decode()
        assert "办结了" in page and "这项工作已经结束" in page and "重新打开" in page
    assert Campaign.objects.get().is_over
    assert "已结束" in officer.get("/desk/board/").content.decode()
    page = officer.post(f"/desk/campaigns/{campaign.code}/resume/", follow=True).content.decode()
    assert "这项工作已经结束" not in page and "办结以后不再提醒" in page


def test_the_unit_reads_that_it_is_over_and_may_still_sign_and_report(letters, campaign, signed_in):
    signed_in("officer").post(f"/desk/campaigns/{campaign.code}/end/")
    address, unit = letters.page("c.edu"), Client()
    page = unit.get(address).content.decode()
    assert "这项工作已经结束" in page and "照样可以" in page
    signed = unit.post(address + "sign/", {"signer": "信息员"}, follow=True).content.decode()
    assert "签收" in signed and copy_of(campaign, letters.cast.units["c.edu"]).signed_at


def test_it_waits_on_no_desk(letters, campaign, signed_in):
    waiting = signed_in("liaison").get("/desk/").content.decode()
    assert campaign.title in waiting
    signed_in("officer").post(f"/desk/campaigns/{campaign.code}/end/")
    assert campaign.title not in signed_in("liaison").get("/desk/").content.decode()


def test_a_county_is_not_offered_what_is_the_city_s(letters, campaign, signed_in):
    county = signed_in("county_officer")
    assert "办结" not in county.get(f"/desk/board/{campaign.code}/").content.decode()
    assert county.post(f"/desk/campaigns/{campaign.code}/end/").status_code in (403, 404)
    assert not Campaign.objects.get().is_over
