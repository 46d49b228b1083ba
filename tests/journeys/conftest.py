"""What a journey needs: the house running on this test's database, its mail server, and people with browsers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, expect

from jinguo.federation.models import Office
from tests.journeys.house import ROOT, House
from tests.journeys.looking import Eye
from tests.journeys.people import Person, Screen
from tests.services.browser import SCREENSHOTS
from tests.services.smtp import MailSink
from tests.services.surroundings import may_reach_a_database
from tests.world import Cast

expect.set_options(timeout=30_000)  # a busy machine is slow; a page that never says it is found all the same
LONGEST = Path(__file__).with_name("test_chain.py")
Somebody = TypeVar("Somebody", bound=Person)


@pytest.fixture(scope="session")
def static_files() -> None:
    """Collected once into the test run's data folder: the journeys see the hashed, compressed files of a real start."""
    words = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(words, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def house(
    transactional_db: None, static_files: None, child_environment: dict[str, str], cast: Cast, smtp: MailSink
) -> Iterator[House]:
    """Web and worker over the small world, mail going to the test's own server. What they log as an error fails."""
    Office.objects.update(mail_host=smtp.host, mail_port=smtp.port, mail_security="plain", mail_user="")
    running = House(child_environment, Path(os.environ["JINGUO_DATA"]))
    try:
        running.open()
        yield running
    finally:
        running.close()
        running.kept.close()
    assert not running.faults(), running.said()


class Journey:
    """People walking through one house. Each has a browser of her own; all are looked at by one eye.

    Attributes:
        screen: what everybody sees the pages on, unless told otherwise.
    """

    def __init__(self, browser: Browser, house: House, name: str) -> None:
        self.browser, self.house, self.eye = browser, house, Eye(name)
        self.screen = Screen()
        self.people: list[Person] = []

    def brings(self, kind: type[Somebody], screen: Screen | None = None) -> Somebody:
        """Somebody joins."""
        somebody = kind(self.browser, self.house.url, screen or self.screen, self.eye)
        self.people.append(somebody)
        return somebody

    def fails(self, name: str) -> None:
        """Keep what everybody saw last."""
        for number, person in enumerate(self.people):
            person.page.screenshot(path=SCREENSHOTS / "failures" / f"{name}-{type(person).__name__}-{number}.png")


@pytest.fixture
def journey(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Journey]:
    """A journey that ends with nothing wrong on any page it looked at."""
    name = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in request.node.name)
    walked = Journey(browser, house, name)
    yield walked
    if request.node.stash.get(FAILED, False):
        walked.fails(name)
    for person in walked.people:
        person.leaves()
    assert not walked.eye.found, "\n".join(walked.eye.found)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest walks come early, one at each of two workers: none is left alone with one while the other has nothing.

    Each worker begins with a half of the list. The second begins with what needs no database: meanwhile the first makes
    the one that both will use (tests/services/blueprint.py).
    """
    walks = [item for item in items if item.path == LONGEST]
    rest = [item for item in items if item.path != LONGEST]
    first = [*walks[::2], *(item for item in rest if may_reach_a_database(item))]
    without = [item for item in rest if not may_reach_a_database(item)]
    middle, soon = len(items) // 2, len(without) // 2
    items[:] = [*first[:middle], *without[:soon], *walks[1::2], *without[soon:], *first[middle:]]


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """Let fixtures know whether their test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
