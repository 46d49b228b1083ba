"""Web or worker killed with −9 in the middle of each step: whoever was told yes finds it done, once, after the restart.

The client does what a person does: she sees no answer, and presses again.
"""

import random
import re
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from jinguo.activities.models import Activity, CheckIn, Headcount, Photo, SignUp, WalkIn
from jinguo.campaigns.models import Ask, Campaign, Circulation, Clause, Obligation
from jinguo.federation.actions.links import make_link
from jinguo.federation.models.link import Purpose
from jinguo.files.actions import read_file
from jinguo.files.models import StoredFile
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.messages.models import Delivery, OutMessage
from jinguo.notices.actions.receive import LEFT_BEHIND
from jinguo.notices.models import Decision, Item, Notice, NoticeState
from jinguo.ops.demo.pictures import draw_picture
from jinguo.reports.models import Return, Snapshot, Summary
from tests.issued import issue
from tests.journeys.client import Client, Filled, pressed_again_and_again
from tests.journeys.house import House, until
from tests.journeys.papers import DEMO
from tests.world import BY

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Walk:
    """The whole chain through one house that dies again and again."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.day = clock.today() + timedelta(days=1)  # of the activity; the walk itself may last past midnight
        self.officer = Client(house.url).signs_in("officer")

    def presses(self, client: Client, form: Filled) -> str:
        """One button, pressed through two deaths of the web server; the answer that came at last."""
        return str(pressed_again_and_again(self.house, lambda: client.press(form)))

    def takes_the_notice_in(self) -> str:
        self.presses(self.officer, self.officer.fill("/desk/notices/new/", text=DEMO.read_text(), paste="1"))
        notice = Notice.objects.get()
        assert read_file(notice.file).decode() == DEMO.read_text(), "the raw text, kept whole"
        self.house.it_is(clock.now() + LEFT_BEHIND * 2)  # whoever died reading is given up, and the worker reads
        until(lambda: Notice.objects.get().state == NoticeState.READ, "the notice is read after all")
        return f"/desk/notices/{notice.code}/"

    def settles_the_plan(self, page: str) -> str:
        officer = self.officer
        self.presses(officer, officer.fill(page, "/confirm-all/"))  # all the reader is sure of; the others one by one
        for item in Item.objects.filter(decision=Decision.PROPOSED):
            self.presses(officer, officer.fill(page, f"/{item.code}/confirm/"))
        assert not Item.objects.filter(decision=Decision.PROPOSED).exists()
        asked = [form for form in officer.page(page + "?show=questions").forms if "/answer/" in (form.action or "")]
        for question in [dict(form.form_values())["question"] for form in asked]:
            self.presses(officer, officer.fill(page + "?show=questions", "/answer/", question=question))
        if any(
            (form.action or "").split("?")[0].endswith("/seen/") for form in officer.page(page + "?show=no_task").forms
        ):
            self.presses(officer, officer.fill(page + "?show=no_task", "/seen/"))
        return page

    def sends_it_out(self, page: str) -> Campaign:
        officer = self.officer
        self.presses(officer, officer.fill(page, "/plan/"))
        campaign = Campaign.objects.get()
        clauses = Clause.objects.count()
        self.presses(officer, officer.fill(f"/desk/campaigns/{campaign.code}/issue/", "/issue/", now="1"))
        assert Campaign.objects.get().issued_at and Clause.objects.count() == clauses
        assert Circulation.objects.count() == 4
        assert Obligation.objects.count() == Ask.objects.count() * 4
        return campaign

    def signs(self, unit: Client, link: str) -> None:
        self.presses(unit, unit.fill(link, "/sign/", signer="信息员"))
        copy = Circulation.objects.exclude(signed_at=None).get()
        assert copy.signer == "信息员"
        assert Entry.objects.filter(action="circulation.sign", object_code=copy.code).count() == 1

    def makes_an_activity(self, unit: Client, link: str) -> Activity:
        clause = Clause.objects.filter(heading__contains="巾帼大宣讲").get()
        form = unit.fill(
            f"{link}activities/new/?clause={clause.code}", kind="lecture", day=str(self.day), starts="09:30",
            ends="11:00", admission="seats", seats="2", venue="community", place="东川县图书馆二层", publish="yes",
        )  # fmt: skip
        self.presses(unit, form)
        return Activity.objects.get()

    def takes_part(self, activity: Activity) -> None:
        visitor = Client(self.house.url)
        form = visitor.fill(f"/a/{activity.code}/", "/sign-up/", name="李女士", phone="13900000001")
        assert "报上了" in self.presses(visitor, form)
        assert SignUp.objects.get().seats == 1

    def runs_the_day(self, unit: Client, link: str, activity: Activity) -> None:
        day = f"{link}activities/{activity.code}/sessions/{activity.sessions.get().code}/desk/"
        self.presses(unit, unit.fill(day, "/mark/"))
        self.presses(unit, unit.fill(day, "/walk-ins/", people="12"))
        self.presses(unit, unit.fill(day, "/headcount/", on_site="56", women="51"))
        self.presses(unit, unit.fill(day, "/photos/", photos=("IMG_1.jpg", "image/jpeg", draw_picture(with_gps=True))))
        assert CheckIn.objects.count() == 1
        assert WalkIn.objects.get().people == 12
        assert Headcount.objects.order_by("pk").last().on_site == 56
        assert Photo.objects.count() == 1
        self.presses(unit, unit.fill(f"{link}activities/{activity.code}/", "/finish/"))

    def reports(self, unit: Client, link: str, activity: Activity) -> Return:
        way = next(
            a
            for _e, _a, a, _p in unit.page(f"{link}reports/").iterlinks()
            if "/reports/new/" in a and activity.code in a
        )
        answer = self.presses(unit, unit.fill(way))
        if "请看一眼" in answer:
            unit.press(unit.fill(way))
        return Return.objects.get()

    def writes_the_summary(self, campaign: Campaign, report: Return) -> None:
        officer = self.officer
        self.presses(officer, officer.fill(f"/desk/reports/{report.code}/", "/accept/"))
        self.presses(officer, officer.fill("/desk/summaries/", f"/{campaign.code}/summary/"))
        assert Snapshot.objects.count() == 1
        page = f"/desk/summaries/{Summary.objects.get().code}/"
        self.presses(officer, officer.fill(page, "/submit/"))
        leader = Client(self.house.url).signs_in("leader")
        self.presses(leader, leader.fill(page, "/approve/"))
        assert "56人次" in re.sub(r"<[^>]+>|\s", "", leader.get(page))


def test_the_web_server_killed_at_every_step_of_the_chain(house: House, cast: Any, smtp: Any) -> None:
    walk = Walk(house)
    campaign = walk.sends_it_out(walk.settles_the_plan(walk.takes_the_notice_in()))
    unit, link = Client(house.url), unit_link(campaign, cast.units["c.a"])
    walk.signs(unit, link)
    activity = walk.makes_an_activity(unit, link)
    walk.takes_part(activity)
    house.it_is(clock.at(walk.day, 18))
    walk.runs_the_day(unit, link, activity)
    walk.writes_the_summary(campaign, walk.reports(unit, link, activity))
    for file in StoredFile.objects.all():
        assert read_file(file), "no row without its bytes"


def unit_link(campaign: Any, unit: Any) -> str:
    copy = Circulation.objects.get(campaign=campaign, unit=unit)
    expires = clock.now() + timedelta(days=9)
    _link, secret = make_link(Purpose.UNIT, unit=unit, kind="circulation", code=copy.code, expires_at=expires, by=BY)
    return f"/l/{secret}/"


def test_a_worker_killed_while_it_sends(house: House, cast: Any, smtp: Any) -> None:
    campaign = issue(cast)
    chance = random.Random(5)
    for _ in range(8):
        house.worker.kill()
        house.worker.start()
        Event().wait(chance.uniform(0.2, 1.6))
    until(
        lambda: not Circulation.objects.filter(campaign=campaign, queued_at=None, undeliverable_at=None).exists(),
        "all are queued",
    )
    OutMessage.objects.filter(state=Delivery.WAITING).update(lease_until=clock.now() - timedelta(minutes=1))
    until(lambda: not OutMessage.objects.filter(state=Delivery.WAITING).exists(), "nothing waits any more")
    assert OutMessage.objects.count() == OutMessage.objects.values("key").distinct().count()
    letters = [delivery.message["Message-ID"] for delivery in smtp.deliveries]
    assert len(letters) == len(set(letters)), "no letter went out twice by itself"
    sent = set(OutMessage.objects.filter(state=Delivery.SENT).values_list("message_id", flat=True))
    doubtful = set(OutMessage.objects.filter(state=Delivery.UNKNOWN).values_list("message_id", flat=True))
    assert sent <= set(letters), "what we call sent did arrive"
    assert set(letters) <= sent | doubtful, "what arrived is called sent, or left to a person"
    assert len(sent | doubtful) == OutMessage.objects.count(), "none is lost"
