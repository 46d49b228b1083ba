"""The demonstration notice on its way: kept and read, settled, published as a draft. For tests of the steps after each."""

import hashlib
from datetime import timedelta
from functools import lru_cache

from jinguo.campaigns.actions.plan import make_campaign
from jinguo.campaigns.models import Campaign
from jinguo.gongwen import Record, read
from jinguo.lib import clock
from jinguo.notices import actions
from jinguo.notices.actions.receive import keep_notice, note_reading
from jinguo.notices.models import ItemKind, Notice
from jinguo.notices.proposals import propose
from tests.papers_in import demo_bytes
from tests.world import Cast


@lru_cache(maxsize=1)
def demo_record() -> Record:
    """Read once a process, here and not in a child: what the reading's own tests prove need not be done for each test."""
    return read(demo_bytes(), "通知.txt")


def read_notice(cast: Cast, mark: str = "") -> Notice:
    """A notice that was kept and read, nothing decided yet; another `mark` makes another file of it."""
    officer, data = cast.users["officer"], demo_bytes() + mark.encode()
    kept = keep_notice(cast.office, data, "通知.txt", hashlib.sha256(data).hexdigest(), officer)
    note_reading(kept, demo_record(), propose(demo_record()), officer)
    return Notice.objects.select_related("file", "office__unit").get(pk=kept.pk)


def settled_notice(cast: Cast, mark: str = "") -> Notice:
    """Everything confirmed and answered: three working days after each activity, two days to sign."""
    notice, officer = read_notice(cast, mark), cast.users["officer"]
    actions.confirm_all(notice, by=officer)
    actions.answer_due(notice.items.get(kind=ItemKind.REPORT_DUTY), by=officer, working_days=3)
    actions.answer_sign_due(notice, by=officer, until=clock.at(clock.today() + timedelta(days=2), 18))
    return notice


def draft_campaign(cast: Cast, mark: str = "") -> Campaign:
    """Published, not issued: two counties, the education committee and the hospital."""
    return make_campaign(settled_notice(cast, mark), by=cast.users["officer"])
