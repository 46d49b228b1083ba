"""Loaded before Django's settings: a data folder of the test run's own, one database, no outside network, our fonts.

pyproject.toml names this as a plugin (`-p`), because pytest-django reads the settings before any conftest.py. It must run
in the test runner and in each of its workers; the runner makes the folder and the workers share it.
"""

import atexit
import os
import shutil
import socket
import sys
import tempfile
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from jinguo.lib import clock

RUNNER = "JINGUO_TEST_FOLDER"  # set by the first process, inherited by its workers and their children
LOOPBACK = ("127.", "::1", "localhost")
ON_POSTGRES = os.environ.get("JINGUO_TEST_DATABASE") == "postgres"
PROPERTY, OWN_SETTINGS = "is_hypothesis_test", "_hypothesis_internal_use_settings"
LATE, BACK = time(22, 30), 3 * 3600  # a run from this hour on is put back by so many seconds
OWN_NAME = socket.gethostname()  # a mail client asks for its own name before it says it to a server


class OutsideNetworkRefused(RuntimeError):
    """A test tried to reach another machine. Not an OSError: nothing may take it for an ordinary failure."""


def make_folder() -> Path:
    """The folder of this test run; made by the runner, removed when it ends."""
    if RUNNER in os.environ:
        return Path(os.environ[RUNNER])
    folder = Path(tempfile.mkdtemp(prefix="jinguo-tests-"))
    os.environ[RUNNER] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def choose_settings(folder: Path) -> None:
    """Nothing of the developer's own house reaches the tests: only the database that was chosen for them."""
    # The clock may be moved, to see that a test does not care at which hour it runs.
    kept = {RUNNER, "JINGUO_TEST_DATABASE", "JINGUO_TEST_SEED", "JINGUO_CHROMIUM", "JINGUO_VENV", "JINGUO_CLOCK_SHIFT"}
    if ON_POSTGRES:
        if not os.environ.get("JINGUO_DATABASE", "").startswith("postgres"):
            raise pytest.UsageError(
                "JINGUO_TEST_DATABASE=postgres needs a cluster: python -m tests.services.temp_pg python -m pytest …"
            )
        kept.add("JINGUO_DATABASE")
    for name in [name for name in os.environ if name.startswith("JINGUO_") and name not in kept]:
        del os.environ[name]
    os.environ["JINGUO_DATA"] = str(folder / os.environ.get("PYTEST_XDIST_WORKER", "runner"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "jinguo.config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # sync Playwright runs inside an event loop of its own


def keep_to_one_day() -> None:
    """No run sees its day turn: between two lines of a test "tomorrow" would become another day. One that begins late in the
    evening (in Asia/Shanghai) has its clock put back; whoever sets JINGUO_CLOCK_SHIFT chooses the hour herself."""
    if "JINGUO_CLOCK_SHIFT" not in os.environ and clock.local(clock.now()).time() >= LATE:
        os.environ["JINGUO_CLOCK_SHIFT"] = str(-BACK)


def use_our_fonts(folder: Path) -> None:
    """Chromium and LibreOffice see the fonts of the wheel, so that pictures are the same on every machine."""
    from tests.fonts import write_fonts_conf

    place = folder / "fonts"
    place.mkdir(exist_ok=True)
    os.environ["FONTCONFIG_FILE"] = str(write_fonts_conf(place))


def refuse_outside(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: only loopback addresses and unix sockets may be reached from this process."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0] if arguments[0] not in {OWN_NAME, OWN_NAME.encode()} else None
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and name and not name.startswith(LOOPBACK):
        raise OutsideNetworkRefused(f"A test tried to reach {name}. Tests reach only this machine.")


FOLDER = make_folder()
choose_settings(FOLDER)
keep_to_one_day()
use_our_fonts(FOLDER)
sys.addaudithook(refuse_outside)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make test` leaves to the rest of `make test-all`."""
    parser.addoption("--fewer-examples", action="store_true", help="try every property with a third of its examples")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks that follow from what a test is: the browser's by its fixtures, PostgreSQL's by its file name, a property's by
    its examples. On PostgreSQL the tests that cannot reach a database are left to SQLite's run: they would say the same
    again."""
    functions = {getattr(item, "function", None) for item in items}
    properties = {each for each in functions if getattr(each, PROPERTY, False)}
    if config.getoption("fewer_examples"):
        for function in properties:
            try_less(function)
    for function in properties:
        never_hurry(function)
    for item in items:
        if getattr(item, "function", None) in properties:
            item.add_marker("property")
        if {"page", "browser", "context", "new_context"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if item.path.stem.startswith(("test_actions", "test_queries", "test_constraints", "test_races")):
            item.add_marker("postgres")
    if ON_POSTGRES:
        same = [item for item in items if not may_reach_a_database(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if may_reach_a_database(item)]


def try_less(function: Any) -> None:
    """A third of its examples, where it has more than a few."""
    from hypothesis import settings  # loaded already by whoever has a property

    usual = getattr(function, OWN_SETTINGS, None)
    if usual is None:  # a state machine says elsewhere how far it goes
        return
    setattr(
        function, OWN_SETTINGS, settings(usual, max_examples=max(min(5, usual.max_examples), usual.max_examples // 3))
    )


def never_hurry(function: Any) -> None:
    """No example has a deadline: on a busy machine a pause of a fifth of a second says nothing of the house."""
    from hypothesis import settings

    usual = getattr(function, OWN_SETTINGS, None) or settings.default
    setattr(function, OWN_SETTINGS, settings(usual, deadline=None))


def may_reach_a_database(item: pytest.Item) -> bool:
    """By its mark or its fixtures, or because its room starts programs of the house on whatever database is set."""
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgres"):
        return True
    asked = {"db", "transactional_db", "live_server", "django_db_setup", "child_environment"}
    starts_programs = item.path.parent.name in {"ops", "config", "services"}
    return starts_programs or bool(asked & set(getattr(item, "fixturenames", ())))


def pytest_report_header() -> str:
    """One line above the tests: which database they run on."""
    scheme = urlsplit(os.environ.get("JINGUO_DATABASE", "sqlite:")).scheme
    moved = int(clock.shift().total_seconds())
    return f"jinguo: database {scheme}, data in {FOLDER}" + (f", clock moved by {moved} s" if moved else "")
