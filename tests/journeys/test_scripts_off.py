"""With scripts off everything still works, and a hasty second click really sends a second time: the server counts once."""

from datetime import timedelta

import pytest

from jinguo.activities.models import Activity, SignUp
from jinguo.campaigns.models import Campaign, Circulation
from jinguo.lib import clock
from jinguo.notices.models import Decision, Item, ItemKind, Notice
from jinguo.reports.models import Return
from tests.issued import issue
from tests.journeys.conftest import Journey
from tests.journeys.officer import Officer
from tests.journeys.papers import DEMO, docx
from tests.journeys.people import DESK, PHONE, Screen
from tests.journeys.unit import Unit
from tests.journeys.visitor import Visitor
from tests.services.smtp import MailSink
from tests.world import Cast

pytestmark = pytest.mark.wide


def test_upload_and_confirm(journey: Journey) -> None:
    journey.screen = Screen(DESK, scripts=False)
    officer = journey.brings(Officer)
    officer.signs_in("officer")
    officer.uploads("通知.docx", docx(DEMO.read_text()))
    officer.confirms_some_by_hand(2)
    officer.edits("措施", 数量="每支队伍至少宣讲3场")
    officer.rejects("要求")
    officer.splits_an_own_event("联谊", ["婚恋服务站揭牌仪式", "青年联谊活动"])
    officer.answers_the_questions()
    officer.has_seen_the_other_sentences()
    officer.confirms_the_rest()
    officer.publishes_the_plan()
    officer.issues()
    assert Notice.objects.count() == Campaign.objects.count() == 1
    assert Circulation.objects.count() == 4
    assert Item.objects.filter(kind=ItemKind.MEASURE, decision=Decision.EDITED).count() == 1


def test_sign_hold_sign_up_and_report(journey: Journey, smtp: MailSink, cast: Cast) -> None:
    journey.screen = Screen(PHONE, scripts=False)
    issue(cast)
    letters = {letter.recipients[0]: letter for letter in smtp.wait_for(5, timeout=60)}
    unit = journey.brings(Unit)
    unit.opens_the_letter(letters["c-a@example.org"])
    unit.signs("信息员")
    day = clock.today() + timedelta(days=3)
    address, title = unit.makes_an_activity("义诊", day, "城乡社区", "泉水镇卫生院", seats=2)

    visitor = journey.brings(Visitor)
    visitor.finds(title)
    own_page = visitor.signs_up("李女士", "13900000001", times=2)
    visitor.opens(address)
    assert visitor.signs_up("李女士", "13900000001", times=2) == own_page

    journey.house.it_is(clock.at(day, 18))
    unit.opens_the_day()
    unit.marks_who_came("李女士")
    unit.counts_walk_ins(5)
    unit.counts_heads(on_site=6, women=6)
    unit.says_it_is_done()
    unit.reports_it_with_nothing_typed_again(title)
    assert Circulation.objects.exclude(signed_at=None).count() == 1
    assert Activity.objects.count() == SignUp.objects.count() == Return.objects.count() == 1
