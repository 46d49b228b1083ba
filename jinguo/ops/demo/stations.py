"""The standing places of the demonstration, each written down by the unit that keeps it."""

from collections.abc import Mapping
from typing import Any

from jinguo.federation.actions.links import revoke_links
from jinguo.federation.models import Unit
from jinguo.lib import ids
from jinguo.ops.demo.activities import BY, host_link
from jinguo.ops.demo.rows import rows, split
from jinguo.stations.actions.keep import make_station
from jinguo.stations.draft import StationDraft
from jinguo.stations.hours import read_week


def open_stations(units: Mapping[str, Unit]) -> int:
    """Write all of them down; returns how many. A women's home is named by its name, other units by their key."""
    homes = {unit.name: unit for key, unit in units.items() if key.startswith("home-")}
    made = 0
    for row in rows("stations"):
        unit = homes.get(row["unit_key"]) or units[row["unit_key"]]
        make_station(unit, _draft(row), code=ids.new_code(), by=host_link(unit))
        revoke_links("unit", unit.code, by=BY)
        made += 1
    return made


def _draft(row: dict[str, str]) -> StationDraft:
    names = ("kind", "name", "address", "directions", "phone", "host", "holidays", "home_address")
    plain: dict[str, Any] = {name: row[name] for name in names}
    return StationDraft(
        **plain,
        open=read_week(row["hours"]),
        services="\n".join(split(row["services"])),
        in_home=bool(row["in_home"]),
        slot_minutes=int(row["slot_minutes"]) if row["slot_minutes"] else None,
        slot_seats=int(row["slot_seats"] or 1),
        books=read_week(row["books"]),
    )
