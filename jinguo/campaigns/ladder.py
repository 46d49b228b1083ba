"""The reminder ladder of reference/reporting §7 as plain reckoning: which rung a due instant has reached at a moment.

Reporting: three days before (blue), the due day at 10:00, one day and three days late (orange), seven days late (red: a
person telephones, no further mail). Signing: one working day late, and two, from where a person telephones too.
Only the highest rung reached is ever said, so a worker that slept for a week sends one mail and not four.
"""

from datetime import datetime, timedelta

from jinguo.campaigns.models.obligation import LONG, NEAR
from jinguo.lib import clock
from jinguo.workdays.queries import QUIET_TO, add_working_days, working_day_back

BEFORE, ON_THE_DAY, ONE_LATE, THREE_LATE, CALL = 1, 2, 3, 4, 5
SIGN_ONE, SIGN_TWO = 1, 2
MAILED = (BEFORE, ON_THE_DAY, ONE_LATE, THREE_LATE)
SECOND_CONTACT = {
    "report": THREE_LATE,
    "sign": SIGN_TWO,
}  # from this rung on the unit's second address is written to too
HOUR = 10  # of the due day
FRESH = timedelta(days=1)  # what was sent out less than a day ago is not reminded of


def latest_due(rank: int, moment: datetime) -> datetime:
    """The latest due instant that has reached this rung: whatever is due by then has climbed at least so far."""
    if rank == ON_THE_DAY:
        wall = clock.local(moment)
        return clock.at(wall.date() + timedelta(days=1 if wall.hour >= HOUR else 0))
    away = {BEFORE: NEAR, ONE_LATE: -timedelta(days=1), THREE_LATE: -timedelta(days=3), CALL: -LONG}
    return moment + away[rank]


def report_rung(due: datetime, moment: datetime) -> int:
    """The highest rung a report's due instant has reached; 0 for none yet."""
    return next((rank for rank in (CALL, *reversed(MAILED)) if due <= latest_due(rank, moment)), 0)


def sign_rung(due: datetime, moment: datetime) -> int:
    """The highest rung a sign-for date has reached, in working days after it; 0 for none yet."""
    day = clock.local(due - timedelta(microseconds=1)).date()
    for rank in (SIGN_TWO, SIGN_ONE):
        if moment >= clock.at(add_working_days(day, rank), QUIET_TO.hour, QUIET_TO.minute):
            return rank
    return 0


def latest_sign_due(rank: int, moment: datetime) -> datetime:
    """The latest sign-for date that has reached this rung, as `sign_rung` reckons it: whatever is due by then has."""
    wall = clock.local(moment)
    day = wall.date() if wall.time() >= QUIET_TO else wall.date() - timedelta(days=1)
    return clock.at(working_day_back(day, rank))
