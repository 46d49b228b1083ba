"""The main job, walked through real pages by real processes: a notice comes in, a summary with its sources goes out.

The first half of this file is the story; what each step does on the page stands with the person who does it.
"""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from jinguo.activities.models import SignUp
from jinguo.campaigns.models import Campaign, Circulation
from jinguo.lib import clock
from jinguo.notices.models import Notice
from jinguo.ops.demo.pictures import draw_picture
from jinguo.reports.models import Return, Summary
from tests.journeys.conftest import Journey
from tests.journeys.leader import Leader
from tests.journeys.officer import Officer
from tests.journeys.papers import DEMO, REAL, Paper, docx
from tests.journeys.people import DESK, PHONE, Screen
from tests.journeys.unit import Unit
from tests.journeys.visitor import Visitor
from tests.services.smtp import MailSink

PLACE = "东川县图书馆二层"
LETTERS = {"各县（区）妇联": "2 县级妇联", "市直各单位妇女组织": "1 市直单位妇女组织"}


def walk(journey: Journey, smtp: MailSink, name: str, notice: bytes, clause: str, own_event: str) -> None:
    """The whole chain. `clause` is acted on by a unit; `own_event` names two events in one breath."""
    officer = journey.brings(Officer)
    campaign = the_notice_goes_out(officer, name, notice, own_event)
    letters = {letter.recipients[0]: letter for letter in smtp.wait_for(4, timeout=60)}
    officer.sees_on_the_board(campaign, 已送达=4)
    unit = journey.brings(Unit)
    unit.opens_the_letter(letters["c-a@example.org"])
    unit.reads_the_notice()
    unit.signs("信息员")
    officer.sees_on_the_board(campaign, 已送达=3, 已签收=1)
    title = an_activity_is_held(journey, unit, clause)
    brought = unit.reports_it_with_nothing_typed_again(title)
    assert brought["地点"] == PLACE and brought["现场参加"] == "56" and brought["其中妇女"] == "51"
    officer.accepts_the_report(title, "东川县妇联")
    officer.sees_coverage(campaign, clause)
    the_summary_goes_out(journey, officer)
    nothing_was_doubled()


def the_notice_goes_out(officer: Officer, name: str, notice: bytes, own_event: str) -> str:
    """Upload, confirm, choose units, issue; the campaign's code."""
    officer.signs_in("officer")
    officer.looks("today-empty")
    officer.uploads(name, notice)
    if officer.has_a_keyboard:
        officer.confirms_some_by_keyboard(3)
    else:
        officer.confirms_some_by_hand(3)
    officer.edits("措施", 牵头部门="宣教部", 负责人="宣教部部长", 数量="每支队伍至少宣讲3场")
    officer.rejects("要求")
    officer.splits_an_own_event(own_event, ["婚恋服务站揭牌仪式", "青年联谊活动"])
    officer.answers_the_questions()
    officer.has_seen_the_other_sentences()
    officer.confirms_the_rest()
    officer.publishes_the_plan()
    officer.sees_recipients(LETTERS)
    return officer.issues()


def an_activity_is_held(journey: Journey, unit: Unit, clause: str) -> str:
    """Made from a clause, found and signed up for by a visitor, run on the day; its title."""
    day = clock.today() + timedelta(days=5)
    address, title = unit.makes_an_activity(clause, day, "城乡社区", PLACE, seats=30)

    visitor = journey.brings(Visitor)
    visitor.finds(title)
    own_page = visitor.signs_up("李女士", "13900000001", times=2)
    assert visitor.has_a_code()
    visitor.opens(address)
    assert visitor.signs_up("李女士", "139 0000 0001") == own_page, "signed up twice, she has one page and one seat"

    journey.house.it_is(clock.at(day, 18))
    unit.opens_the_day()
    unit.marks_who_came("李女士")
    unit.counts_walk_ins(12)
    unit.counts_heads(on_site=56, women=51)
    kept = unit.keeps_a_photo("IMG_0308.jpg", draw_picture(with_gps=True), "宣讲现场")
    assert not Image.open(io.BytesIO(kept)).getexif(), "where it was taken, and with what, is gone"
    unit.says_it_is_done()
    return title


def the_summary_goes_out(journey: Journey, officer: Officer) -> None:
    """Frozen, written, checked against its sources, signed off, taken home as a file."""
    officer.builds_the_summary()
    officer.sees_the_sources_of("56")
    officer.hands_it_to_the_leader()
    leader = journey.brings(Leader)
    leader.signs_in("leader")
    leader.looks("today-leader")
    leader.signs_off()
    reads_as_a_summary(Paper.read(leader.takes_the_paper()))


def reads_as_a_summary(paper: Paper) -> None:
    """The file, read back by another program: title, sections after the clauses, figures, sources for every sentence."""
    text = "\n".join(paper.paragraphs)
    assert "情况" in paper.paragraphs[0], "the title comes first"
    assert re.search(r"^一、", text, re.M) and re.search(r"^（一）", text, re.M), "numbered sections"
    assert "1家单位报来活动1场，现场参加56人次" in text and PLACE in text, "what the unit did"
    assert "没有单位报来" in text and "未见活动记录" in text, "what was planned and not reported says so"
    assert any("人次" in "".join(word for row in table for word in row) for table in paper.tables), "a table of figures"
    numbers = paper.sources()
    assert numbers and all(numbers.values()), "every sentence has a source"


def nothing_was_doubled() -> None:
    """Every hasty press counted once."""
    assert Notice.objects.count() == Campaign.objects.count() == 1
    assert Circulation.objects.exclude(signed_at=None).count() == 1
    assert SignUp.objects.count() == 1
    assert Return.objects.count() == 1 and Summary.objects.count() == 1


DEMO_WALK = {"clause": "巾帼大宣讲", "own_event": "联谊"}


def test_chain_on_the_phone(journey: Journey, smtp: MailSink) -> None:
    journey.screen = Screen(PHONE)
    journey.eye.colours = False  # the desk's walk measures the same pages' contrasts
    walk(journey, smtp, "通知.docx", docx(DEMO.read_text()), **DEMO_WALK)


@pytest.mark.wide
def test_chain_at_the_desk(journey: Journey, smtp: MailSink) -> None:
    journey.screen = Screen(DESK)
    walk(journey, smtp, "通知.txt", DEMO.read_bytes(), **DEMO_WALK)


@pytest.mark.wide
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_chain_in_the_dark(journey: Journey, smtp: MailSink, width: int) -> None:
    journey.screen = Screen(width, theme="dark")
    walk(journey, smtp, "通知.docx", docx(DEMO.read_text()), **DEMO_WALK)


@pytest.mark.wide
@pytest.mark.skipif(REAL is None, reason="the real notice is not part of the repository")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_chain_with_the_real_notice(journey: Journey, smtp: MailSink, width: int) -> None:
    assert REAL is not None
    journey.screen = Screen(width)
    walk(journey, smtp, "notice.txt", REAL.read_bytes(), clause="巾帼大宣讲", own_event="联谊")
