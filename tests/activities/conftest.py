import pytest
from django.core.cache import cache

from jinguo.activities import joining
from tests.activities.stage import issue
from tests.world import Cast, cast  # noqa: F401


@pytest.fixture(autouse=True)
def empty_cache():
    """Pages and throttles are remembered for seconds by this process; no test sees another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def city_clauses(cast: Cast):  # noqa: F811
    """The city's issued notice, circulated to three units."""
    return issue(cast)


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What presses remember for a second is read afresh: a test does in a moment what takes people minutes."""
    monkeypatch.setattr(joining, "SECONDS", 0.0)
