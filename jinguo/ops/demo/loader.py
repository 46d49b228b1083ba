"""Loads the demonstration: the city of 阳泉 with its real divisions, a second city, contacts, activities, standing places, one account a role.

Every person is a role, every address is under example.org, and the passwords are made afresh for each data folder.
"""

import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jinguo.activities.actions.doors import give_door
from jinguo.federation.actions.contacts import add_contact
from jinguo.federation.actions.map import lay_out_map
from jinguo.federation.actions.posts import appoint, create_user
from jinguo.federation.actions.units import NewUnit, open_office, plant_units
from jinguo.federation.models import Office, Unit, User
from jinguo.federation.models.user import Role
from jinguo.journal.actions import System
from jinguo.ops.demo.activities import publish_activities
from jinguo.ops.demo.notice import write_notice
from jinguo.ops.demo.rows import rows, split
from jinguo.ops.demo.stations import open_stations

BY = System("demonstration")
AS_THEY_LIE = "盂县\t\t\n\t郊区\t\n矿区\t城区\t平定县"  # the districts and counties, roughly where they are
HOSTED = "140302001001"  # the village whose host's link is shown at the start
WORDS = [
    "spring",
    "river",
    "plum",
    "stone",
    "willow",
    "cloud",
    "maple",
    "lantern",
    "orchid",
    "bridge",
    "swallow",
    "millet",
]
Say = Callable[[str], object]


def signins_file() -> Path:
    """Where the made passwords are kept for the one who tries the demonstration."""
    return Path(settings.DATA) / "demo" / "signins.csv"


@transaction.atomic
def load_city(say: Say) -> tuple[Office, dict[str, Unit]]:
    """Plant both cities, open their offices, add contacts and accounts, announce activities, write down standing places; all or none.

    Beside the database, two files to drop in as a notice are written into the data folder.
    """
    units = plant_units([*_divisions(), *_committees()], by=BY) | plant_units(_second_city(), by=BY)
    homes = [
        NewUnit(f"home-{n}", row["name"], row["name"], "home", units[row["host_code"]].level, row["host_code"])
        for n, row in enumerate(rows("homes"))
    ]
    for home in homes:
        units |= plant_units([_rootless(home)], by=BY, under=units[home.parent_key])
    say(f"单位 {len(units)} 家 / {len(units)} units")
    office = _open_offices(units)
    for row in rows("contacts"):
        unit = units[row["unit_key"]]
        add_contact(unit, title=row["role_title"], email=row["email"], phone=row["phone"], hours=row["hours"], by=BY)
    say(f"活动 {publish_activities(units)} 场 / activities published")
    say(f"服务点 {open_stations(units)} 处 / standing places")
    write_notice()
    _appoint_everybody(units)
    give_door(units[HOSTED], checked=False, by=User.objects.get(username="xuanjiao"))
    return office, units


def _divisions() -> list[NewUnit]:
    return [
        NewUnit(
            row["code"], row["name"], row["short_name"], row["unit_class"], row["level"], row["parent_code"],
            division_code=row["code"],
        )
        for row in rows("units")
    ]  # fmt: skip


def _committees() -> list[NewUnit]:
    return [
        NewUnit(
            row["key"], row["name"], row["short_name"], row["unit_class"], "city", "1403", sector=row["sector"],
            aliases=split(row["aliases"]),
        )
        for row in rows("committees")
    ]  # fmt: skip


def _second_city() -> list[NewUnit]:
    return [
        NewUnit(
            row["key"], row["name"], row["short_name"], row["unit_class"], row["level"], row["parent_key"],
            sector=row["sector"], aliases=split(row["aliases"]),
        )
        for row in rows("second_city")
    ]  # fmt: skip


def _rootless(new: NewUnit) -> NewUnit:
    return NewUnit(new.key, new.name, new.short_name, new.unit_class, new.level)


def _open_offices(units: dict[str, Unit]) -> Office:
    """The city's office, one for each of its counties below it, and the second city's."""
    city = units["1403"]
    office = open_office(
        city, by=BY, brand="阳泉市妇联", department="宣教部", doc_mark="阳泉市妇女联合会", doc_code="阳妇发",
        phone="0353-000-0001", mail_from="xuanjiao@example.org",
    )  # fmt: skip
    for code, unit in units.items():
        if unit.parent_id == city.pk and unit.level == "county":
            open_office(
                unit, by=BY, parent=office, brand=unit.short_name, department="办公室", doc_mark=unit.name,
                mail_from=f"county-{code}@example.org",
            )  # fmt: skip
    open_office(
        units["9901"], by=BY, brand="清河市妇联", department="宣教部", doc_mark="清河市妇女联合会", doc_code="清妇发",
        phone="0000-000-0001", mail_from="qinghe@example.org",
    )  # fmt: skip
    lay_out_map(office, AS_THEY_LIE, by=BY)
    return office


def _appoint_everybody(units: dict[str, Unit]) -> None:
    path = signins_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("username,password,role,unit\n")
        for row in rows("users"):
            password = "-".join(secrets.choice(WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"
            user = create_user(row["username"], display_name=row["display_name"], password=password, by=BY)
            unit = units[row["unit_key"]]
            appoint(user, unit, Role(row["role"]), by=BY)
            file.write(f"{row['username']},{password},{row['display_name']},{unit.short_name}\n")
    path.chmod(0o600)
