"""The cast, and the demonstration notice as our city's officer has brought it in."""

import pytest

from jinguo.notices.models import Notice
from tests.planned import read_notice
from tests.world import Cast, cast  # noqa: F401


@pytest.fixture
def notice(cast: Cast) -> Notice:  # noqa: F811
    """A notice that was kept and read, nothing decided yet."""
    return read_notice(cast)
