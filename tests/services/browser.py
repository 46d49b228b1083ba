"""Real Chromium for the journeys: which one, how it is started, where pictures go. Playwright's fixtures do the rest."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.services.machine import find_chromium, missing_is_failure

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"
# Nothing but the page under test: no first-run page, no updates, no look-ups at every start, no other host.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

# Two busy cores are slow; a page that never says it is found all the same.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that was found; without one, skip with a word (with CI=true: fail)."""
    chromium = find_chromium()
    if not chromium:
        stop = pytest.fail if missing_is_failure() else pytest.skip
        stop("No Chromium here: `make test` installs one, or set JINGUO_CHROMIUM to its path.")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*QUIET, *as_root]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor in the city: Chinese, its time zone. Nothing moves: a page is looked at as it stays."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Drawing a whole page takes as long as checking it, and nothing is decided by it: pictures are for people."""
    parser.addoption("--pictures", action="store_true", help="keep a picture of every page that is looked at")


def pytest_configure(config: pytest.Config) -> None:
    global _wanted
    _wanted = config.getoption("pictures")


_wanted = False


def picture(page: Any, path: Path, **options: Any) -> None:
    """Keep a picture of the whole page, where `--pictures` asks for them."""
    if _wanted:
        page.screenshot(path=path, **{"full_page": True, "animations": "disabled", **options})


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """`screenshot(page, "notice-390")` writes screenshots/notice-390.png (whole page; git ignores the folder), where
    `--pictures` asks for them."""

    def take(page: Any, name: str, **options: Any) -> None:
        picture(page, SCREENSHOTS / f"{name}.png", **options)

    return take
