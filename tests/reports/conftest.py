"""Fixtures of this room."""

import pytest

from tests.reports import builders
from tests.world import cast  # noqa: F401


@pytest.fixture
def issued(cast):  # noqa: F811
    """A campaign as issued to our units."""
    return builders.issue(cast)


@pytest.fixture
def officer(issued):
    return issued.cast.users["officer"]
