"""What a journey needs: the house running on this test's database, its mail server, and people with browsers."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from jinguo.federation.models import Office
from tests.journeys.house import ROOT, House
from tests.journeys.looking import Eye
from tests.services.smtp import MailSink
from tests.world import Cast

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def static_files() -> None:
    """Collected once into the test run's data folder: the journeys see the hashed, compressed files of a real start."""
    words = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(words, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def house(
    transactional_db: None, static_files: None, child_environment: dict[str, str], cast: Cast, smtp: MailSink
) -> Iterator[House]:
    """Web and worker over the small world, mail going to the test's own server."""
    Office.objects.update(mail_host=smtp.host, mail_port=smtp.port, mail_security="plain", mail_user="")
    running = House(child_environment, Path(os.environ["JINGUO_DATA"]))
    try:
        running.open()
        yield running
    finally:
        running.close()


@pytest.fixture
def eye(request: pytest.FixtureRequest) -> Callable[..., Eye]:
    """Makes the eye that looks at every page of one journey."""
    return Eye
