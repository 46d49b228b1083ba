"""Ready-made activities for tests."""

from datetime import timedelta
from typing import Any

from jinguo.activities.actions.plan import Draft, make_activity, publish_activity
from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.actions.sign_up import sign_up
from jinguo.federation.gate import Visitor
from jinguo.federation.models import Unit
from jinguo.journal.actions import System
from jinguo.lib import clock, ids
from tests.world import Cast

BY = System("test")
VISITOR = Visitor()


def draft(**facts: Any) -> Draft:
    """A lecture tomorrow, for whoever comes, unless the facts say otherwise."""
    tomorrow = clock.today() + timedelta(days=1)
    given = {"title": "槐树村里读一晚书", "kind": "reading", "starts_at": clock.at(tomorrow, 9), "ends_at": clock.at(tomorrow, 11)}
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
    users = {"c": "officer", "c.edu": "liaison", "c.a": "county_officer", "c.b": "sister", "c.home": "home_host", "d": "d.officer"}
    return cast.users[users[keys[unit.pk]]]


def session_of(activity: Activity) -> Session:
    """Its first session, with what the actions read."""
    return Session.objects.select_related("activity__unit", "activity__office__unit").get(activity=activity)


def pool_of(activity: Activity) -> SeatPool:
    """The pool of its first session."""
    rows = SeatPool.objects.select_related("session__activity__unit", "session__activity__office__unit")
    return rows.get(session__activity=activity)


def phone(number: int) -> str:
    """A made-up telephone number."""
    return f"139{number:08d}"


def guest(activity: Activity, number: int, *, seats: int = 1, name: str = "") -> SignUp:
    """One visitor's sign-up."""
    row = sign_up(pool_of(activity), name=name or f"访客{number}", phone=phone(number), seats=seats, by=VISITOR)
    return SignUp.objects.select_related("pool__session__activity__unit", "person").get(pk=row.pk)


def shift_session(activity: Activity, **moved: Any) -> None:
    """Move an activity's session in time, as if that much had passed."""
    Session.objects.filter(activity=activity).update(**moved)
