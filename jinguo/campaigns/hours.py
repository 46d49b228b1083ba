"""When what an office sends may leave: letters by day, or when she says that it is urgent; SMS by day only (reporting §7)."""

from datetime import datetime

from jinguo.lib import clock
from jinguo.ui import dates
from jinguo.workdays.queries import next_quiet_end


def letters_leave_at(moment: datetime, sign_due_at: datetime | None = None) -> datetime:
    """When letters issued at this moment leave: at once by day, else when the office opens again. A notice that is to be
    signed for before that is urgent by its own date and does not wait."""
    opens = next_quiet_end(moment)
    return moment if sign_due_at is not None and sign_due_at <= opens else opens


def opens_words(sign_due_at: datetime | None = None) -> str:
    """When letters issued now leave, as people say it; "" where they leave at once."""
    moment = clock.now()
    leaves = letters_leave_at(moment, sign_due_at)
    return dates.moment_text(leaves, moment) if leaves != moment else ""
