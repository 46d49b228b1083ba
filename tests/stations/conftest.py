import pytest

from jinguo.activities import joining
from tests.world import cast  # noqa: F401


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What presses remember for a second is read afresh: a test does in a moment what takes people minutes."""
    monkeypatch.setattr(joining, "SECONDS", 0.0)
