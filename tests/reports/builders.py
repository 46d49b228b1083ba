"""An issued campaign and what units send for it, made for tests. Every name and sentence is invented."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from jinguo.activities.models import Activity, ActivityClause, CoHost, Headcount, Session
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.kinds import Kind
from jinguo.campaigns.models import Ask, Campaign, Circulation, Clause, Obligation
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, Reach
from jinguo.campaigns.models.obligation import AskKind
from jinguo.federation.actions.links import make_link
from jinguo.federation.models import Link, Unit
from jinguo.federation.models.link import Purpose
from jinguo.files.actions import store_file
from jinguo.journal.actions import System
from jinguo.lib import clock, ids
from jinguo.notices.models import Item, ItemKind, Notice, NoticeState
from jinguo.reports.actions.returns import send_sheet
from jinguo.reports.actions.review import accept_return
from jinguo.reports.models import Return
from jinguo.reports.sheet import Sheet
from tests.remembered import Remembered
from tests.world import Cast

BY = System("test")
ADDRESSED = ("c.a", "c.b", "c.edu", "c.hos")
PLAN = (
    ("", ClauseKind.THEME, "姐妹同行，春到清泉", Reach.EACH),
    ("二（一）", ClauseKind.LINE, "把好声音送到身边", Reach.EACH),
    ("二（一）一", ClauseKind.MEASURE, "巾帼大宣讲", Reach.EACH),
    ("二（一）二", ClauseKind.MEASURE, "姐妹读书会", Reach.SUITED),
    ("二（二）", ClauseKind.LINE, "把服务办到家门口", Reach.EACH),
    ("二（二）一", ClauseKind.MEASURE, "健康义诊进村", Reach.EACH),
    ("二（二）二", ClauseKind.MEASURE, "送奖到基层", Reach.EACH),
    ("三1", ClauseKind.OWN_EVENT, "春风女性专场招聘会", Reach.ISSUER),
    ("三2", ClauseKind.OWN_EVENT, "家庭故事分享会", Reach.ISSUER),
    ("四", ClauseKind.REPORT_DUTY, "活动情况及时报送", Reach.EACH),
)


@dataclass
class Issued:
    """A campaign that went out: clauses by heading, obligations by unit key (of the open-ended ask)."""

    cast: Cast
    campaign: Campaign
    ask: Ask
    clauses: dict[str, Clause] = field(default_factory=dict)
    obligations: dict[str, Obligation] = field(default_factory=dict)

    def link(self, key: str) -> Link:
        """A live link of one unit, its secret beside it."""
        copy = Circulation.objects.get(campaign=self.campaign, unit=self.cast.units[key])
        link, secret = make_link(
            Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code,
            expires_at=clock.now() + timedelta(days=30), by=BY,
        )  # fmt: skip
        link.secret = secret  # type: ignore[attr-defined]
        return link


def issue(cast: Cast, units: tuple[str, ...] = ADDRESSED, due: Any = None) -> Issued:
    """A campaign of our city, issued ten days ago to these units, with one open-ended ask."""
    if due is not None:
        return _issue(cast, units, due)
    issued = _remembered(cast, units, None, about=(tuple(unit.pk for unit in cast.units.values()), units))
    issued.cast = cast
    return issued


def _issue(cast: Cast, units: tuple[str, ...], due: Any) -> Issued:
    office, at = cast.office, clock.now() - timedelta(days=10)
    file = store_file(
        b"notice " + ids.new_code().encode(), unit=office.unit, name="通知.txt", media_type="text/plain", by=BY
    )
    notice = Notice.objects.create(
        office=office, file=file, sha256=file.sha256, state=NoticeState.PLANNED, title="通知", received_at=at
    )
    campaign = Campaign.objects.create(
        office=office, notice=notice, title="关于开展2024年“三八”国际妇女节系列活动的通知", doc_number="泉妇发〔2024〕6号",
        theme=PLAN[0][2], state=CampaignState.ISSUED, created_at=at, issued_at=at,
    )  # fmt: skip
    ask = Ask.objects.create(
        campaign=campaign,
        kind=AskKind.EACH_ACTIVITY,
        title="活动情况",
        sentence="活动情况及时报送市妇联。",
        soft_word="及时",
    )
    issued = Issued(cast, campaign, ask)
    for position, (number, kind, heading, reach) in enumerate(PLAN):
        item = Item.objects.create(notice=notice, position=position, kind=_item_kind(kind), title=heading)
        issued.clauses[heading] = Clause.objects.create(
            campaign=campaign, item=item, position=position, number=number or "主题", kind=kind, heading=heading,
            sentence=f"{heading}。", reach=reach,
        )  # fmt: skip
    for key in units:
        Circulation.objects.create(campaign=campaign, unit=cast.units[key], signed_at=at, signed_how="link")
        issued.obligations[key] = Obligation.objects.create(ask=ask, unit=cast.units[key], due_at=due)
    return issued


_remembered = Remembered(_issue)


def _item_kind(kind: str) -> str:
    return kind if kind in ItemKind.values else ItemKind.MEASURE


def hold(
    issued: Issued, key: str, title: str = "槐荫里故事会", *, clauses: tuple[str, ...] = ("巾帼大宣讲",), **facts: Any
) -> Activity:
    """An activity of a unit that is over, with its head-count."""
    unit: Unit = issued.cast.units[key]
    at = clock.at(clock.today() - timedelta(days=2), 9)
    counted = {name: facts.pop(name, None) for name in ("on_site", "women", "online")}
    activity = Activity.objects.create(
        office=issued.cast.office, unit=unit, campaign=issued.campaign, title=title,
        **{"kind": Kind.SHARING, "place": "县文化馆", "state": ActivityState.DONE, "done_at": at, "created_at": at} | facts,
    )  # fmt: skip
    for heading in clauses:
        ActivityClause.objects.create(activity=activity, clause=issued.clauses[heading])
    CoHost.objects.create(activity=activity, name="县总工会")
    session = Session.objects.create(activity=activity, starts_at=at, ends_at=at + timedelta(hours=2))
    if any(value is not None for value in counted.values()):
        Headcount.objects.create(session=session, at=at, actor="test", **counted)
    return activity


def sheet(
    issued: Issued, title: str = "槐荫里故事会", *, clauses: tuple[str, ...] = ("巾帼大宣讲",), **values: Any
) -> Sheet:
    """A sheet with a name, a day and a clause; other columns as given."""
    filled = {"title": title, "held_on": date(2024, 3, 6), **values}
    return Sheet(filled, [issued.clauses[heading] for heading in clauses])


def report(issued: Issued, key: str, title: str = "槐荫里故事会", *, accept: bool = False, **values: Any) -> Return:
    """A return of a unit, sent through its link, and accepted by our officer where asked."""
    given = send_sheet(
        issued.obligations[key], sheet(issued, title, **values), token=ids.new_code(), by=issued.link(key)
    )
    return accepted(issued, given) if accept else given


def accepted(issued: Issued, given: Return) -> Return:
    """The same return after our officer accepted it."""
    return accept_return(given, number=given.current.number, by=issued.cast.users["officer"])
