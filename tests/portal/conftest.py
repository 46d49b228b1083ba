import pytest
from django.core.cache import cache

from tests.world import cast  # noqa: F401


@pytest.fixture(autouse=True)
def empty_cache():
    """Pages and throttles are remembered for seconds by this process; no test sees another's."""
    cache.clear()
    yield
    cache.clear()
