"""Ready-made activities for tests."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinguo.activities.actions.plan import make_activity, publish_activity
from jinguo.activities.actions.sign_up import sign_up
from jinguo.activities.draft import Draft
from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.wishes import Wish
from jinguo.campaigns.models import Campaign
from jinguo.federation.actions.links import make_link
from jinguo.federation.gate import Visitor
from jinguo.federation.models import Unit
from jinguo.federation.models.link import Purpose
from jinguo.files.actions import store_file
from jinguo.journal.actions import System
from jinguo.lib import clock, ids
from jinguo.notices.models import Notice
from tests.world import Cast

BY = System("test")
VISITOR = Visitor()


def draft(**facts: Any) -> Draft:
    """A lecture tomorrow, for whoever comes, unless the facts say otherwise."""
    tomorrow = clock.today() + timedelta(days=1)
    given = {
        "title": "槐树村里读一晚书",
        "kind": "reading",
        "starts_at": clock.at(tomorrow, 9),
        "ends_at": clock.at(tomorrow, 11),
    }
    return Draft(**{**given, **facts})


def make(cast: Cast, unit: Unit | None = None, **facts: Any) -> Activity:
    """An activity in draft, of the education committee unless another unit is given."""
    host = unit or cast.units["c.edu"]
    return make_activity(host, draft(**facts), code=ids.new_code(), by=as_host(cast, host))


def published(cast: Cast, unit: Unit | None = None, **facts: Any) -> Activity:
    """A published activity."""
    activity = make(cast, unit, **facts)
    publish_activity(activity, by=as_host(cast, activity.unit))
    return Activity.objects.select_related("unit", "office__unit").get(pk=activity.pk)


def as_host(cast: Cast, unit: Unit) -> Any:
    """Somebody of the cast who may hold an activity in this unit's name."""
    keys = {unit.pk: key for key, unit in cast.units.items()}
    users = {
        "c": "officer",
        "c.edu": "liaison",
        "c.a": "county_officer",
        "c.b": "sister",
        "c.home": "home_host",
        "d": "d.officer",
    }
    return cast.users[users[keys[unit.pk]]]


def session_of(activity: Activity) -> Session:
    """Its first session, with what the actions read."""
    rows = Session.objects.select_related("activity__unit", "activity__office__unit")
    return rows.filter(activity=activity).earliest("starts_at")


def pool_of(activity: Activity) -> SeatPool:
    """The pool of its first session."""
    return SeatPool.objects.for_joining().filter(session__activity=activity).first()


def queries(client: Client, address: str) -> int:
    """How many questions a page asks the database, once what is loaded only once is loaded."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def phone(number: int) -> str:
    """A made-up telephone number."""
    return f"139{number:08d}"


def guest(
    activity: Activity, number: int, *, seats: int = 1, name: str = "", pool: SeatPool | None = None, **more: Any
) -> SignUp:
    """One visitor's sign-up; she agrees to what she is asked."""
    consents = ("sensitive", "guardian")
    wish = Wish(name=name or f"访客{number}", phone=phone(number), seats=seats, **{"consents": consents, **more})
    row = sign_up(pool or pool_of(activity), wish, by=VISITOR)
    return fresh(row)


def fresh(row: SignUp) -> SignUp:
    """A sign-up as it stands now, with what the actions read."""
    read = ("pool__session__activity__unit", "pool__session__activity__office__unit", "person")
    return SignUp.objects.select_related(*read).get(pk=row.pk)


def shift_session(activity: Activity, **moved: Any) -> None:
    """Move an activity's session in time, as if that much had passed."""
    Session.objects.filter(activity=activity).update(**moved)


def issue(cast: Cast, *, to: tuple[str, ...] = ("c.edu", "c.home", "c.a")) -> Campaign:
    """An issued notice with three clauses, circulated to some units."""
    file = store_file(
        f"notice {Notice.objects.count()}".encode(),
        unit=cast.units["c"],
        name="notice.txt",
        media_type="text/plain",
        by=BY,
    )
    moment = clock.now()
    notice = Notice.objects.create(
        office=cast.office, file=file, sha256=file.sha256, state="confirmed", received_at=moment
    )
    campaign = Campaign.objects.create(
        office=cast.office, notice=notice, title="关于开展三月系列活动的通知", theme="泉水长流 巾帼同行", state="issued",
        created_at=moment, issued_at=moment,
    )  # fmt: skip
    clauses = [
        ("二(一)", "line", "（一）线上线下同学习", {"reach": "suited"}),
        ("二(四)三", "measure", "三、送法到身边", {"brands": ["“漾泉巾帼红”"], "venues": ["城乡社区"], "groups": ["农村妇女"], "reach": "each"}),
        ("三(一)", "own_event", "女画家作品展", {"reach": "issuer"}),
    ]  # fmt: skip
    for position, (number, kind, heading, more) in enumerate(clauses):
        item = notice.items.create(position=position, kind="clause", title=heading)
        campaign.clauses.create(
            item=item,
            position=position,
            number=number,
            kind=kind,
            heading=heading,
            sentence="请各单位因地制宜开展宣讲。",
            **more,
        )
    for key in to:
        campaign.circulations.create(unit=cast.units[key], queued_at=moment)
    return campaign


def unit_link(cast: Cast, campaign: Campaign, key: str = "c.edu") -> str:
    """The secret of the link a unit was sent for its copy of the notice."""
    copy = campaign.circulations.get(unit=cast.units[key])
    _link, secret = make_link(
        Purpose.UNIT,
        unit=cast.units[key],
        kind="circulation",
        code=copy.code,
        by=BY,
        expires_at=clock.now() + timedelta(days=60),
    )
    return secret
