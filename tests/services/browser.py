"""Real Chromium for the journeys: which one, how it is started, where pictures go. Playwright's fixtures do the rest."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
    """A visitor in the city: Chinese, its time zone."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def screenshot() -> Callable[..., Path]:
    """`screenshot(page, "notice-390")` writes screenshots/notice-390.png (whole page; git ignores the folder)."""

    def take(page: Any, name: str, **options: Any) -> Path:
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, **{"full_page": True, "animations": "disabled", **options})
        return path

    return take
