"""The surroundings of every test: no outside network, a data folder of its own, a database other processes can see."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.dateparse import parse_datetime
from django.utils.timezone import make_aware

from jinguo.lib import clock
from tests.services import machine, surroundings
from tests.services.surroundings import OutsideNetworkRefused
from tests.services.temp_pg import temp_pg

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("address", ["192.0.2.1", "www.example.org"])
def test_another_machine_cannot_be_reached(address: str) -> None:
    with pytest.raises(OutsideNetworkRefused, match=address):
        socket.create_connection((address, 80), timeout=1)
    with pytest.raises(OutsideNetworkRefused, match=address):
        urllib.request.urlopen(f"http://{address}/", timeout=1)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_the_data_folder_is_the_test_runs_own() -> None:
    assert Path(settings.DATA).is_relative_to(os.environ["JINGUO_TEST_FOLDER"])
    assert not Path(settings.DATA).is_relative_to(ROOT)


@pytest.mark.parametrize(
    ("hour", "minute", "chosen", "shift"),
    [(22, 29, None, None), (22, 30, None, "-10800"), (23, 59, None, "-10800"), (0, 0, None, None), (23, 59, "7", "7")],
)
def test_a_run_ends_on_the_day_it_began(
    hour: int, minute: int, chosen: str | None, shift: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = clock.at(clock.today(), hour, minute)
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", chosen or "")
    if chosen is None:
        monkeypatch.delenv("JINGUO_CLOCK_SHIFT")
    surroundings.keep_to_one_day()
    assert os.environ.get("JINGUO_CLOCK_SHIFT") == shift


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_process_of_its_own_sees_what_is_committed(child_environment: dict[str, str]) -> None:
    Session.objects.create(
        session_key="seen-outside", session_data="", expire_date=make_aware(parse_datetime("2030-01-01 00:00"))
    )
    code = (
        "import django; django.setup()\n"
        "from django.contrib.sessions.models import Session\n"
        "print(list(Session.objects.values_list('session_key', flat=True)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=child_environment, capture_output=True, text=True)
    assert done.stdout.strip() == "['seen-outside']", done.stderr


@pytest.mark.skipif(
    not machine.find_postgres() and not machine.missing_is_failure(), reason="PostgreSQL server missing"
)
def test_a_throw_away_postgres_leaves_nothing_behind() -> None:
    with temp_pg() as url:
        folder = Path(url.split("host=")[1])
        assert list(folder.glob(".s.PGSQL.*")) != []
    assert not folder.exists()
