"""One of every thing an address can name, in our city and in the other, made by the house's own actions."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from jinguo.activities.actions.afterwards import hand_out
from jinguo.activities.actions.checklist import add_point
from jinguo.activities.actions.day import count_walk_in
from jinguo.activities.actions.doors import give_door
from jinguo.activities.actions.host import hold
from jinguo.activities.actions.photos import add_photo
from jinguo.activities.actions.plan import Draft, make_activity, publish_activity
from jinguo.activities.actions.pools import add_pool
from jinguo.activities.actions.sign_up import sign_up
from jinguo.activities.models import SeatPool, Session
from jinguo.activities.wishes import PoolWish, Wish
from jinguo.campaigns.actions.circulation import say_burden
from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.actions.extensions import ask_extension
from jinguo.campaigns.actions.feeds import open_feed
from jinguo.campaigns.actions.group import open_group
from jinguo.campaigns.actions.groups import save_group
from jinguo.campaigns.actions.issue import issue_campaign
from jinguo.campaigns.actions.plan import make_campaign
from jinguo.campaigns.actions.slips import ask_slips
from jinguo.campaigns.models import AddressGroup, Burden, Circulation, Obligation
from jinguo.federation.actions.chat_groups import put_chat_group
from jinguo.federation.actions.links import make_link
from jinguo.federation.actions.tree_import import keep_workbook
from jinguo.federation.gate import Visitor
from jinguo.federation.models import Office, User
from jinguo.federation.models.link import Link, Purpose
from jinguo.lib import clock, ids
from jinguo.lib.mail import read_letter
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.actions.settling import settle
from jinguo.messages.actions import add_robot
from jinguo.messages.models import OutMessage
from jinguo.notices.actions.answers import answer_due, answer_sign_due
from jinguo.notices.actions.items import confirm_all
from jinguo.notices.actions.receive import receive_notice
from jinguo.notices.models import ItemKind
from jinguo.ops.demo import loader
from jinguo.questions.actions import add_question, open_sheet
from jinguo.questions.models import Answer
from jinguo.questions.wishes import Given, QuestionWish
from jinguo.reports.actions.returns import send_sheet
from jinguo.reports.actions.summaries import start_summary
from jinguo.reports.sheet import Sheet
from jinguo.stations.actions.importing import keep_sheet
from jinguo.stations.actions.keep import make_station, put_odd_days
from jinguo.stations.actions.slots import book
from jinguo.stations.draft import StationDraft
from jinguo.stations.hours import read_week
from tests.activities.pictures import jpeg
from tests.world import Cast

NOTHING = "nothing00000"
PRINTED = {"form": "csv", "paper": "sheet"}
TEXT = (Path(loader.__file__).parent / "notice.txt").read_text()


@dataclass
class Things:
    """Codes by the name an address gives them: ours, the other city's, and of nothing."""

    own: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)

    @property
    def nothing(self) -> dict[str, str]:
        return {name: "0" if name == "number" else NOTHING for name in self.own}


def make_things(cast: Cast) -> Things:
    """Everything, twice. Ours belongs to the city office and, where a unit must hold it, to its education committee."""
    return Things(
        own=_chain(cast, cast.office, "c.edu", cast.users["officer"], "own"),
        foreign=_chain(cast, cast.other_office, "d.edu", cast.users["d.officer"], "foreign"),
    )


def _issued(notice, officer):
    for duty in notice.items.filter(kind=ItemKind.REPORT_DUTY):
        answer_due(duty, by=officer, working_days=3)
    answer_sign_due(notice, by=officer, until=None)
    confirm_all(notice, by=officer)
    campaign = make_campaign(notice, by=officer)
    save_group(campaign.addressees.filter(choices__included=True).first(), "会员单位", by=officer)
    issue_campaign(campaign, by=officer, at_once=True)  # also when the test runs at night
    while send_circulations():
        continue
    return campaign


def link_of(copy: Circulation, officer: User) -> tuple[Link, str]:
    return make_link(
        Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code, expires_at=clock.now() + timedelta(days=9),
        by=officer,
    )  # fmt: skip


def _chain(cast: Cast, office: Office, key: str, officer: User, mark: str) -> dict[str, str]:
    unit = cast.units[key]
    notice = receive_notice(office, data=f"{TEXT}\n{mark}".encode(), name="notice.txt", by=officer)
    spare = receive_notice(office, data=f"{TEXT}\n{mark} spare".encode(), name="notice.txt", by=officer)
    campaign = _issued(notice, officer)
    copy = Circulation.objects.get(campaign=campaign, unit=unit)
    link, secret = link_of(copy, officer)
    say_burden(copy, by=link, text="太多表")
    obligation = Obligation.objects.filter(unit=unit, ask__campaign=campaign).first()
    codes = unit_of(unit, office, officer) | {
        "notice": spare.code,
        "item": spare.items.first().code,
        "campaign": campaign.code,
        "address_group": AddressGroup.objects.get(office=office).code,
        "clause": campaign.clauses.first().code,
        "circulation": copy.code,
        "burden": Burden.objects.get(circulation=copy).code,
        "obligation": obligation.code,
        "link": secret,
        "file": notice.file.code,
        "message": OutMessage.objects.filter(office=office).first().code,
        "user": officer.code,
        "post": officer.posts.first().code,
    }
    return (
        codes
        | mails_of(office, officer)
        | circulated(obligation, office, link, officer)
        | activity_of(link, unit, officer)
        | village_of(cast.units[f"{key[0]}.a.t.v"], officer)
        | report_of(link, obligation)
        | summary_of(campaign, officer)
        | station_of(link, unit, campaign, officer)
    )


def _point(campaign, officer) -> dict[str, str]:
    return {"point": add_point(campaign, kind="safety", text="有预案", until=None, clause=None, by=officer).code}


def station_of(link, unit, campaign, officer) -> dict[str, str]:
    every_day = read_week("每天 0:00—24:00")
    draft = StationDraft("family", "家庭教育指导站", every_day, slot_minutes=60, books=every_day, holidays="as_ever")
    place = make_station(unit, draft, code=ids.new_code(), by=link)
    day = clock.today() + timedelta(days=1)
    facts = {"spans": ((0, 1440),), "note": "", "call_off": False, "by": link}
    odd = put_odd_days(place, first=day, last=day, **facts)[0]
    row = book(place, clock.at(day, 9), Wish(name="访客", phone="13900000002"), by=Visitor())
    sheet = keep_sheet(campaign.office.unit, [], name="服务点.xlsx", by=officer).code
    return {"station": place.code, "odd": odd.code, "booking": row.code, "station_import": sheet} | _point(
        campaign, officer
    )


def mails_of(office, officer) -> dict[str, str]:
    """A mail nobody could claim, and a letter for help."""
    raws = (b"From: a@example.org\r\nSubject: hello\r\n\r\nsee you\r\n", b"From: b@example.org\r\n\r\nhelp me\r\n")
    kept = [keep_mail(office, raw, received_at=clock.now(), source="drop", by=officer) for raw in raws]
    for mail, raw in zip(kept, raws, strict=True):
        settle(mail, read_letter(raw))
    return {"mail": kept[0].code, "case_mail": kept[1].code}


def circulated(obligation, office, link, officer) -> dict[str, str]:
    Obligation.objects.filter(pk=obligation.pk).update(due_at=clock.now() + timedelta(days=9))
    obligation.refresh_from_db()
    more_time = ask_extension(obligation, to=clock.now() + timedelta(days=12), reason="汇演改期", by=link)
    robot = add_robot(office, kind="wecom", name="工作群", url="https://example.org/hook", secret="", by=officer)
    group = open_group(obligation.ask.campaign, by=officer).secret
    feed = open_feed(obligation.unit, by=link).secret
    slips = ask_slips(obligation.ask.campaign, by=officer).code
    return {"extension": more_time.code, "robot": robot.code, "group": group, "feed": feed, "slip_run": slips}


def unit_of(unit, office, officer) -> dict[str, str]:
    return {
        "unit": unit.code,
        "contact": unit.contacts.first().code,
        "chat_group": put_chat_group(unit, "姐妹群", by=officer).code,
        "tree_import": keep_workbook(office.unit, [], name="单位表.xlsx", by=officer).code,
    }


def _draft(title: str) -> Draft:
    start = clock.now() + timedelta(hours=1)
    return Draft(
        title=title,
        kind="reading",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        seats=5,
        series="周三读书会",
    )


def activity_of(link, unit, officer, *, title: str = "读一晚书") -> dict[str, str]:
    activity = make_activity(unit, _draft(title), code=ids.new_code(), by=link)
    publish_activity(activity, by=link)
    session = Session.objects.select_related("activity__unit", "activity__office__unit").get(activity=activity)
    pool = SeatPool.objects.select_related("session__activity__unit", "session__activity__office__unit").get(
        session=session
    )
    sheet = open_sheet(unit, kind="activity", code=activity.code, by=link)
    wish = QuestionWish(kind="file", label="证明")
    question = add_question(sheet, wish, code=ids.new_code(), by=link)
    paper = Given(question, "", b"%PDF-1.7 x", "证明.pdf", "application/pdf")
    guest = sign_up(pool, Wish(name="访客", phone="13900000000", answers=(paper,)), by=Visitor())
    kept = add_pool(session, PoolWish(kind="unit", unit=unit, capacity=2), by=link)
    _own, secret = make_link(
        Purpose.SIGN_UP,
        unit=None,
        kind="sign_up",
        code=guest.code,
        expires_at=clock.now() + timedelta(days=9),
        by=officer,
    )
    photo = add_photo(activity, data=jpeg(64, 64), consent=False, by=link)
    walk_in = count_walk_in(session, people=2, code=ids.new_code(), by=link)
    goods = hand_out(session, what="折页", count=9, about=False, code=ids.new_code(), by=link)
    return {
        "activity": activity.code,
        "session": session.code,
        "signup": guest.code,
        "token": guest.token,
        "signlink": secret,
        "photo": photo.code,
        "walk_in": walk_in.code,
        "goods": goods.code,
        "pool": kept.code,
        "series": activity.series.code,
        "door": kept.door,
        "question": question.code,
        "answer": Answer.objects.get(question=question).code,
    } | PRINTED


def village_of(village, officer, *, title: str = "读一晚书") -> dict[str, str]:
    """A village with its host's link, and an activity it holds."""
    door = give_door(village, checked=False, by=officer)
    held = hold(village, _draft(title), code=ids.new_code(), consent=False, by=officer)
    return {
        "village": village.code, "hostlink": door.secret, "held": held.code, "sitting": held.sessions.get().code,
    }  # fmt: skip


def report_of(link, obligation, *, title: str = "读一晚书") -> dict[str, str]:
    clauses = [obligation.ask.campaign.clauses.filter(kind="measure").first()]
    given = send_sheet(
        obligation, Sheet({"title": title, "held_on": clock.today()}, clauses), token=ids.new_code(), by=link
    )
    return {"report": given.code}


def summary_of(campaign, officer) -> dict[str, str]:
    summary = start_summary(campaign, by=officer)
    return {"summary": summary.code, "number": str(summary.sentences.first().position)}
