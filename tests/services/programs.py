"""Fixtures for programs outside Python. A missing one skips with a word in a developer's own run, and fails in CI."""

import pytest

from tests.services.machine import missing_is_failure, survey


def needed(name: str) -> str:
    """The path of this part; skips (with CI=true: fails) with the sentence that says how to get it."""
    part = next(part for part in survey() if part.name == name)
    if not part.path:
        stop = pytest.fail if missing_is_failure() else pytest.skip
        stop(part.sentence())
    return part.path


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's command. Give each run a UserInstallation folder of its own, and a time limit."""
    return needed("LibreOffice")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Poppler's command that turns PDF pages into pictures."""
    return needed("pdftoppm")
