"""Who may say whether it was of use, and who tells of an activity afterwards."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Activity, Session
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.rules.plan import may_run
from jinguo.lib.rulings import YES, Ruling, no

ASKED_FOR = timedelta(days=14)


def may_say_useful(session: Session, at: datetime) -> Ruling:
    """Answer the one question: from its beginning until two weeks after its end."""
    if session.activity.is_book or session.activity.state not in (ActivityState.PUBLISHED, ActivityState.DONE):
        return no(_("这场活动没有在问。"))
    if session.called_off_at:
        return no(_("这一场没有办。"))
    if at < session.starts_at:
        return no(_("活动还没开始，来过以后再说。"))
    if at >= session.ends_at + ASKED_FOR:
        return no(_("过去两个星期了，不再收了。有话想说，请打主办单位的电话。"))
    return YES


def may_write_story(activity: Activity, by: Any, *, shown: bool = False) -> Ruling:
    """Tell of it: once it has been held; in public only what may be named there."""
    if activity.state != ActivityState.DONE:
        return no(_("办完以后再写。请先在现场页点“办完了”。"))
    if shown and activity.is_sensitive:
        return no(_("这类活动不公开写，免得让来的人为难。可以只存着，报送时用。"))
    return may_run(activity, by)
