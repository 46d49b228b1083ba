"""What the demonstration's units hold: each activity is made and published by its own host, as she would do it."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from jinguo.activities.actions.plan import make_activity, publish_activity
from jinguo.activities.draft import Draft
from jinguo.activities.models.activity import Audience
from jinguo.activities.queries.making import area_of
from jinguo.federation.actions.links import make_link, revoke_links
from jinguo.federation.models import Link, Unit
from jinguo.federation.models.link import Purpose
from jinguo.journal.actions import System
from jinguo.lib import clock, ids
from jinguo.ops.demo.rows import rows, split

BY = System("demonstration")
AUDIENCES = {str(label): str(value) for value, label in Audience.choices}
FAMILY_SEATS = 3  # one mother may bring two


def first_day() -> date:
    """Day 0 of the data: the coming Monday, today if it is one."""
    today = clock.today()
    return today + timedelta(days=-today.weekday() % 7)


def publish_activities(units: Mapping[str, Unit]) -> int:
    """Make and publish all of them; returns how many. Which clause they serve is said once the notice is confirmed."""
    monday, hosts = first_day(), dict[str, Link]()
    count = 0
    for row in rows("activities"):
        unit = units[row["unit_key"]]
        host = hosts.get(unit.code) or hosts.setdefault(unit.code, host_link(unit))
        activity = make_activity(unit, _draft(row, unit, monday), code=ids.new_code(), by=host)
        publish_activity(activity, by=host)
        count += 1
    for code in hosts:
        revoke_links("unit", code, by=BY)
    return count


def host_link(unit: Unit) -> Link:
    """A way in as every unit has one; its secret is never written anywhere, and it ends with the loading."""
    until = clock.now() + timedelta(hours=1)
    link, _ = make_link(Purpose.UNIT, unit=unit, kind="unit", code=unit.code, expires_at=until, by=BY)
    return link


def _draft(row: dict[str, str], unit: Unit, monday: date) -> Draft:
    first = monday + timedelta(days=int(row["day_offset"]))
    last = monday + timedelta(days=int(row["until_day_offset"] or row["day_offset"]))
    starts, ends = time.fromisoformat(row["start"]), time.fromisoformat(row["end"])
    audiences = tuple(AUDIENCES[label] for label in split(row["target_groups"]))
    return Draft(
        title=row["title"],
        kind=row["kind"],
        subkind=row["subkind"],
        directions=row["directions"],
        access=row["access"],
        series=row["series"],
        starts_at=clock.at(first, starts.hour, starts.minute),
        ends_at=clock.at(last, ends.hour, ends.minute),
        venue=row["venue_kind"],
        area=area_of(unit),
        place=row["place"],
        seats=None if row["seats"] == "walk-in" else int(row["seats"]),
        each=FAMILY_SEATS if Audience.FAMILIES in audiences else 1,
        minors=Audience.FAMILIES in audiences,
        summary=row["text"],
        audiences=audiences,
    )
