"""Ready-made standing places for tests."""

from datetime import date, datetime, timedelta
from typing import Any

from jinguo.activities.models import SignUp
from jinguo.activities.wishes import Wish
from jinguo.federation.actions.links import open_link
from jinguo.federation.gate import Visitor
from jinguo.federation.models import Unit
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib import clock, ids
from jinguo.stations.actions.keep import make_station
from jinguo.stations.actions.slots import book
from jinguo.stations.draft import StationDraft
from jinguo.stations.hours import read_week
from jinguo.stations.models import OnHolidays, Station
from tests.activities.stage import as_host, fresh, phone
from tests.world import Cast

EVERY_DAY = read_week("每天 9:00—12:00、14:00—17:00")


def draft(**facts: Any) -> StationDraft:
    """A rights centre open every day of the year with half hours to book, unless the facts say otherwise."""
    given: dict[str, Any] = {
        "kind": "rights", "name": "东川县妇女维权服务中心", "open": EVERY_DAY, "books": EVERY_DAY, "slot_minutes": 30,
        "holidays": OnHolidays.AS_EVER, "address": "东川县清水路 1 号", "phone": "0353-000-0009", "host": "值班执委",
        "services": "法律咨询\n心理疏导",
    }  # fmt: skip
    given |= facts
    if given["slot_minutes"] is None:
        given["books"] = {}
    return StationDraft(**given)


def station(cast: Cast, unit: Unit | None = None, **facts: Any) -> Station:
    """A place kept by the first county, unless another unit is given."""
    keeper = unit or cast.units["c.a"]
    made = make_station(keeper, draft(**facts), code=ids.new_code(), by=as_host(cast, keeper))
    return again(made)


def again(row: Station) -> Station:
    """As it stands now."""
    return Station.objects.select_related("unit", "office__unit", "book__unit").get(pk=row.pk)


def tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def slot(hour: int, minute: int = 0, days: int = 1) -> datetime:
    """An instant some days from now."""
    return clock.at(clock.today() + timedelta(days=days), hour, minute)


def booked(place: Station, number: int, at: datetime, **more: Any) -> SignUp:
    """One visitor's appointment; she agrees to what she is asked."""
    wish = Wish(**{"name": f"访客{number}", "phone": phone(number), "consents": ("sensitive",), **more})
    return fresh(book(place, at, wish, by=Visitor()))


def link_of(row: SignUp) -> Any:
    """Her private link, opened."""
    return open_link(row.link_secret, SIGN_UP_LINK)
