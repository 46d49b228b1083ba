"""The cast, and the demonstration notice as our city's officer has brought it in."""

import hashlib
from functools import lru_cache

import pytest

from jinguo.gongwen import Record, read
from jinguo.notices.actions.receive import keep_notice, note_reading
from jinguo.notices.models import Notice
from jinguo.notices.proposals import propose
from tests.papers_in import demo_bytes
from tests.world import Cast, cast  # noqa: F401


@lru_cache(maxsize=1)
def demo_record() -> Record:
    """Read once a process, here and not in a child: what the reading's own tests prove need not be done for each test."""
    return read(demo_bytes(), "通知.txt")


@pytest.fixture
def notice(cast: Cast) -> Notice:  # noqa: F811
    """A notice that was kept and read, nothing decided yet."""
    officer, data = cast.users["officer"], demo_bytes()
    kept = keep_notice(cast.office, data, "通知.txt", hashlib.sha256(data).hexdigest(), officer)
    note_reading(kept, demo_record(), propose(demo_record()), officer)
    return Notice.objects.select_related("file", "office__unit").get(pk=kept.pk)
