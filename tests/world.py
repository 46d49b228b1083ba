"""A small world for tests: two cities with their units, and a cast named by role.

The `cast` fixture gathers it for one test. Names are invented roles, addresses under example.org.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import pytest
from django.contrib.auth.hashers import make_password

from jinguo.federation.actions.contacts import add_contact
from jinguo.federation.actions.posts import appoint, create_user
from jinguo.federation.actions.units import NewUnit, open_office, plant_units
from jinguo.federation.models import Office, Unit, User
from jinguo.federation.models.user import Role
from jinguo.journal.actions import System
from tests.remembered import Remembered

PASSWORD = "spring-water-2024"
BY = System("test")


def _city(prefix: str, city: str, counties: tuple[str, str]) -> list[NewUnit]:
    """Seven units of a tree and three beside it."""
    first, second = counties
    fed = "federation"
    return [
        NewUnit(
            f"{prefix}",
            f"{city}市妇女联合会",
            f"{city}市妇联",
            fed,
            "city",
            division_code={"c": "9902", "d": "9903"}[prefix],
        ),
        NewUnit(f"{prefix}.a", f"{first}妇女联合会", f"{first}妇联", fed, "county", prefix),
        NewUnit(f"{prefix}.b", f"{second}妇女联合会", f"{second}妇联", fed, "county", prefix),
        NewUnit(f"{prefix}.a.t", "泉水镇妇女联合会", "泉水镇妇联", fed, "township", f"{prefix}.a"),
        NewUnit(f"{prefix}.a.t.v", "槐树村妇女联合会", "槐树村妇联", fed, "village", f"{prefix}.a.t"),
        NewUnit(f"{prefix}.b.t", "石桥镇妇女联合会", "石桥镇妇联", fed, "township", f"{prefix}.b"),
        NewUnit(f"{prefix}.edu", "市教育局妇女委员会", "市教育局妇委会", "committee", "city", prefix),
        NewUnit(
            f"{prefix}.hos",
            "市第二医院女职工委员会",
            "市第二医院女工委",
            "enterprise",
            "city",
            prefix,
            sector="institution",
        ),
        NewUnit(f"{prefix}.home", "泉水镇妇女之家", "泉水镇妇女之家", "home", "township", f"{prefix}.a.t"),
    ]


@dataclass
class Cast:
    """Everybody a test may need: `units` by key (`c` our city, `d` the other one), `users` by role."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    office: Office = None  # type: ignore[assignment]
    other_office: Office = None  # type: ignore[assignment]

    @classmethod
    def gather(cls) -> "Cast":
        """The whole world; the same rows each time in one process, put back in a moment."""
        return _remembered()

    @classmethod
    def begin(cls) -> "Cast":
        """Plant the units, open both offices, appoint a user for every role of our city and an officer of the other."""
        cast = cls()
        cast.units = plant_units(
            [*_city("c", "清泉", ("东川县", "西岭区")), *_city("d", "云河", ("南浦县", "北原区"))], by=BY
        )
        cast.office = _open(cast.units["c"], "宣教部", "泉妇发", "quan")
        cast.other_office = _open(cast.units["d"], "宣教部", "云妇发", "yun")
        for key, unit in cast.units.items():
            add_contact(
                unit, title="信息员", email=f"{key.replace('.', '-')}@example.org", phone="0353-000-0000", by=BY
            )
        places = {Role.COUNTY_OFFICER: "c.a", Role.LIAISON: "c.edu", Role.EXECUTIVE: "c.a.t", Role.HOME_HOST: "c.home"}
        for role in Role:
            cast.users[role] = _user(str(role), cast.units[places.get(role, "c")], role)
        cast.users["d.officer"] = _user("d-officer", cast.units["d"], Role.OFFICER)
        cast.users["sister"] = _user("sister", cast.units["c.b"], Role.COUNTY_OFFICER)
        return cast


_remembered = Remembered(Cast.begin)


def _open(unit: Unit, department: str, doc_code: str, box: str) -> Office:
    return open_office(
        unit, by=BY, department=department, doc_code=doc_code, doc_mark=unit.name, brand=unit.short_name,
        mail_from=f"{box}@example.org", phone="0353-000-0100",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _password() -> str:
    """Hashed once a process: hashing is slow on purpose."""
    return make_password(PASSWORD)


def _user(name: str, unit: Unit, role: Role) -> User:
    user = create_user(name, display_name=str(Role(role).label), password=None, by=BY)
    User.objects.filter(pk=user.pk).update(password=_password())
    appoint(user, unit, role, by=BY)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def cast(db) -> Cast:
    """Everybody, freshly gathered in this test's database."""
    return Cast.gather()
