"""The cast, and the demonstration notice as our city's officer has brought it in."""

import pytest

from jinguo.notices.actions import receive_notice
from jinguo.notices.models import Notice
from tests.papers_in import demo_bytes
from tests.world import Cast, cast  # noqa: F401


@pytest.fixture
def notice(cast: Cast) -> Notice:  # noqa: F811
    """A notice that was read, nothing decided yet."""
    return receive_notice(cast.office, data=demo_bytes(), name="通知.txt", by=cast.users["officer"])
