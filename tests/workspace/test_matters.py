"""A unit's page says everything about it: what it was sent, is asked, said and did, and nobody reads more than is hers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions.circulation import say_burden, sign_circulation
from jinguo.campaigns.actions.extensions import ask_extension
from jinguo.campaigns.actions.reminders import log_call
from jinguo.campaigns.models import Obligation
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import UNIT_LINK
from jinguo.lib import clock, ids
from jinguo.reports.actions.returns import send_sheet
from jinguo.reports.sheet import Sheet
from tests.issued import copy_of, issue


@pytest.fixture
def edu(cast, campaign, letters):
    """The education committee signed, sent one report, asked for more time and said what weighs on it."""
    link = open_link(letters.page("c.edu").split("/")[2], UNIT_LINK)
    copy = copy_of(campaign, cast.units["c.edu"])
    log_call(copy, code=ids.new_code(), outcome="promised", note="下午办", by=cast.users["officer"])
    sign_circulation(copy, by=link, signer="信息员")
    say_burden(copy, by=link, text="和工会的表一样")
    each, closing = Obligation.objects.filter(unit=copy.unit).order_by("ask_id")
    send_sheet(each, Sheet({"title": "读一晚书", "held_on": clock.today()}, []), token=ids.new_code(), by=link)
    ask_extension(closing, to=closing.due_at + timedelta(days=3), reason="汇演改期", by=link)
    return copy.unit


def test_everything_stands_on_one_page_reached_from_the_units_own(signed_in, edu, campaign):
    officer = signed_in("officer")
    address = f"/desk/units/{edu.code}/matters/"
    assert address in officer.get(f"/desk/units/{edu.code}/").content.decode()
    page = officer.get(address).content.decode()
    for words in (
        campaign.title,
        "已签收",
        "读一晚书",
        "汇演改期",
        "去答复",
        "和工会的表一样",
        "答应办",
        "下午办",
        "活动总结",
    ):
        assert words in page, words


def test_what_was_said_to_the_issuer_is_the_issuers_alone(signed_in, edu):
    own = signed_in("liaison").get(f"/desk/units/{edu.code}/matters/").content.decode()
    assert "读一晚书" in own
    assert "下午办" not in own and "和工会的表一样" not in own and "去答复" not in own


@pytest.mark.parametrize("who", ["sister", "d.officer", "executive"])
def test_it_is_not_there_for_others(signed_in, edu, who):
    assert signed_in(who).get(f"/desk/units/{edu.code}/matters/").status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(signed_in, edu, cast):
    officer, address = signed_in("officer"), f"/desk/units/{edu.code}/matters/"
    officer.get(address)
    counts = []
    for more in (0, 2):
        for number in range(more):
            issue(cast, ("c.edu",), title=f"又一份通知{number}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert officer.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 20
