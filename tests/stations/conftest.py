import pytest
from django.core.cache import cache

from jinguo.activities import joining
from tests.world import cast  # noqa: F401


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """Pages, throttles and pools are remembered for seconds by this process; no test sees another's."""
    cache.clear()
    monkeypatch.setattr(joining, "SECONDS", 0.0)
    yield
    cache.clear()
