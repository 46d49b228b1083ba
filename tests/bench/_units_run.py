"""One run of the benchmark of units on the database the environment names: a process of its own, so that nothing is warm."""

import csv
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

TIMES = 7


def main() -> None:
    """Make the tables, load the country, ask what the pages ask, print a line each."""
    django.setup()
    from django.core.management import call_command

    from tests.bench._nation import rows

    villages = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "divisions.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["code", "name"])
            writer.writerows(rows(villages))
        started = time.perf_counter()
        call_command("load-divisions", str(path), root="全国妇女联合会", stdout=sys.stderr)
        loaded = time.perf_counter() - started
    from django.db import connection

    from jinguo.federation.models import Unit

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{Unit.objects.count():,} units loaded in {loaded:.0f} s", flush=True)
    for title, ask in questions():
        print(f"{title:<46}{timed(ask)}", flush=True)


def questions() -> list[tuple[str, Callable[[], Any]]]:
    """What is measured: counts, list pages and searches, for one who sees the country and one who sees a county."""
    from jinguo.federation.models import Unit

    root = Unit.objects.get(parent=None)
    city = Unit.objects.filter(level="city").order_by("path")[170]
    village = Unit.objects.filter(level="village").order_by("-path").first()
    nation, below = reader(root, "nation"), reader(city.children.order_by("path")[4], "county")
    some = village.name[:3]
    return [
        ("subtree count: the country", counting(root)),
        ("subtree count: a province", counting(city.parent)),
        ("subtree count: a city", counting(city)),
        ("list page: the country, first", nation("units/")),
        ("list page: the country, last but one", nation(f"units/?before={village.code}")),
        ("list page: one class and level", nation("units/?unit_class=federation&level=township")),
        ("list page: a class nobody has", nation("units/?unit_class=home")),
        ("list page: a county", below("units/")),
        ("search by name: a village", nation(f"units/?words={some}")),
        ("search by name: 阳镇, some", nation("units/?words=阳镇")),
        ("search by name: 妇联, every unit", nation("units/?words=妇联")),
        ("search by name: one character", nation("units/?words=镇")),
        ("search by name: nothing", nation("units/?words=不存在的名字")),
        ("search by name: 妇联, for a county", below("units/?words=妇联")),
        ("search everything: a village", nation(f"search/?q={some}")),
        ("search everything: pinyin", nation("search/?q=qingyang")),
        ("a unit's page: the country", nation(f"units/{root.code}/")),
        ("a unit's page: a city", nation(f"units/{city.code}/")),
    ]


def counting(unit: Any) -> Callable[[], Any]:
    """How many units in being stand below one."""
    from jinguo.federation.models import Unit
    from jinguo.lib import clock

    return lambda: Unit.objects.alive(clock.today()).under(unit).count()


def reader(unit: Any, name: str) -> Callable[[str], Callable[[], Any]]:
    """Asks pages, through the whole house, as an officer of this unit."""
    from django.test import Client

    from jinguo.federation.actions.posts import appoint, create_user
    from jinguo.federation.models.user import Role
    from jinguo.journal.actions import System

    user = create_user(name, display_name=name, password=None, by=System("bench"))
    appoint(user, unit, Role.OFFICER, by=System("bench"))
    client = Client()
    client.force_login(user)

    def asking(address: str) -> Callable[[], Any]:
        def ask() -> Any:
            answer = client.get(f"/desk/{address}")
            assert answer.status_code == 200, answer.status_code
            return answer

        return ask

    return asking


def timed(ask: Callable[[], Any]) -> str:
    """Median and worst of a few askings after a first one, in milliseconds."""
    ask()
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - started) * 1000)
    return f"{statistics.median(spent):8.1f} ms   worst {max(spent):8.1f} ms"


if __name__ == "__main__":
    main()
