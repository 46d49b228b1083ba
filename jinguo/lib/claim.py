"""Take rows for work exactly once, on both databases, without row locks.

A row is free when its state is one of the waiting ones and its lease has run out. Claiming is one conditional UPDATE;
whoever's UPDATE touched the row owns it until the lease ends. A worker killed with -9 therefore gives its rows back, and
the row counts that as an attempt: one that kills its worker every time is set aside like one that fails every time.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from jinguo.lib import clock, ids

MAX_ATTEMPTS = 5  # then the row is set aside and shown to a person (DESIGN §5)

DIED = Case(When(lease_until=None, then=Value(0)), default=Value(1))  # a lease that ran out: its worker never came back


def back_off(attempts: int) -> timedelta:
    """How long to wait after the n-th failure: 1, 4, 16, 64 minutes."""
    return timedelta(minutes=4 ** max(attempts - 1, 0))


def claim(rows: "QuerySet[Any]", *, lease: timedelta, most: int, at: datetime | None = None) -> list[Any]:
    """Claim up to `most` due rows of a queryset whose model has `lease_until`, `lease_token`, `attempts`, `next_at`.

    Args:
        rows: the waiting rows, in the order they should be taken.
        lease: how long the claim holds if the worker dies.
        most: the largest number taken in one call.

    Returns:
        The claimed rows, freshly read. One whose `attempts` have reached `MAX_ATTEMPTS` is the caller's to set aside.
    """
    moment = at or clock.now()
    token = ids.new_code()
    free = Q(next_at__lte=moment) & (Q(lease_until=None) | Q(lease_until__lt=moment))
    taken = []
    for row_id in list(rows.filter(free).values_list("pk", flat=True)[:most]):
        # State and lease are asked again in the UPDATE itself: only there does the database decide between two workers.
        won = (
            rows.order_by()
            .filter(free, pk=row_id)
            .update(lease_until=moment + lease, lease_token=token, attempts=F("attempts") + DIED)
        )
        if won:
            taken.append(rows.model._default_manager.get(pk=row_id))
    return taken
