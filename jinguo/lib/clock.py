"""The only place that reads the time.

Instants are aware and in UTC; people see and reckon in Asia/Shanghai; a day is a `date`, never midnight.
`JINGUO_CLOCK_SHIFT` (seconds, may be negative) moves every process of a test run or of the demonstration alike.
"""

import os
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def shift() -> timedelta:
    """How far this process's clock is moved, from the environment; zero in a real installation."""
    return timedelta(seconds=int(os.environ.get("JINGUO_CLOCK_SHIFT", "0") or "0"))


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC) + shift()


def today() -> date:
    """The present day in Asia/Shanghai."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The same instant as read on a wall clock in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """An instant from a local day and time of day."""
    return datetime.combine(day, time_of_day(hour, minute), SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """24:00 of a local day: what 「日前」 means unless the issuer says otherwise (DESIGN §4)."""
    return at(day + timedelta(days=1))


def named_day(text: str) -> date | None:
    """2026-12-03, as an address says it, as a day of this century or the next; None for anything else."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 2200 else None


def machine_timestamp() -> float:
    """Seconds since 1970 by the machine's own clock, unshifted: only to compare with the times of files."""
    return time.time()


def monotonic() -> float:
    """Seconds for measuring how long something took; unrelated to the calendar."""
    return time.monotonic()
