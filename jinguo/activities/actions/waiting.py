"""What happens to guests while nobody presses: offers run out, lists close at the start, changes and reminders are told.

Each function does a bounded number of rows, each row in a transaction of its own that marks it and queues its message: a
worker killed at any point, or two of them at once, tell everybody once.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from jinguo.activities.actions import seats
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.sign_up import Ended, SignUpState
from jinguo.activities.rules.sign_up import REMIND_BEFORE
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.registry import Every, due_work

BATCH = 50
READ = ("pool__session__activity__office__unit", "pool__session__activity__unit", "person")
_often, _seldom = Every(2), Every(30)


@due_work.register("activities.guests")
def look_after_guests() -> int:
    """All of this page, each in its own time."""
    done = expire_offers() if _often.is_due() else 0
    return done + (close_lists() + tell_off() + tell_moved() + remind() if _seldom.is_due() else 0)


def expire_offers() -> int:
    """Seats kept for an answer that did not come go to the next in line."""
    moment = clock.now()
    due = SignUp.objects.filter(state=SignUpState.OFFERED, offer_until__lte=moment)
    return sum(_end(row, Ended.EXPIRED, Happening.EXPIRED, "signup.expire", moment) for row in _some(due))


def close_lists() -> int:
    """At the start of a session whoever still waits is told that there was no room."""
    moment = clock.now()
    due = SignUp.objects.filter(state=SignUpState.WAITING, session__starts_at__lte=moment)
    return sum(_end(row, Ended.NO_ROOM, Happening.NO_ROOM, "signup.no_room", moment) for row in _some(due))


def _some(rows: "QuerySet[SignUp]") -> list[SignUp]:
    return list(rows.select_related(*READ).order_by("pool", "order")[:BATCH])


def _end(row: SignUp, ended: Ended, happening: Happening, action: str, moment: datetime) -> int:
    """End one sign-up, unless it has moved on since it was looked at."""
    with transaction.atomic():
        pool = seats.hold_pool(row.pool)
        still = SignUp.objects.filter(pk=row.pk, state=row.state)
        if ended == Ended.EXPIRED:
            still = still.filter(offer_until__lte=moment)
        if not still.exists() or not seats.give_back(row, ended, only=SignUpState(row.state)):
            return 0
        if pool.session.activity.state == ActivityState.PUBLISHED and not pool.session.called_off_at:
            tell(row, happening)
        journal.record(
            action, by=seats.WAITING_LIST, kind="sign_up", code=row.code, owner=pool.session.activity.unit.code,
            order=row.order,
        )  # fmt: skip
    return 1


def tell_off() -> int:
    """Everybody on the list of a session to come that is off, alone or with its activity, as far as a message can reach her."""
    rows = SignUp.objects.standing().reachable().filter(told_at=None, session__ends_at__gt=clock.now())
    off = rows.filter(
        Q(activity__state=ActivityState.CANCELLED)
        | Q(session__called_off_at__isnull=False, activity__state=ActivityState.PUBLISHED)
    )
    return sum(_tell_once(row, Happening.OFF, "told_at", {"told_at": None}) for row in _some(off))


def tell_moved() -> int:
    """Everybody who knows of another start than the session has now."""
    moment = clock.now()
    rows = SignUp.objects.standing().filter(
        Q(activity__state=ActivityState.PUBLISHED),
        ~Q(told_start=F("session__starts_at")),
        session__starts_at__gt=moment,
        session__called_off_at=None,
    )
    done = 0
    for row in _some(rows):
        start = row.pool.session.starts_at
        with transaction.atomic():
            if SignUp.objects.filter(pk=row.pk, told_start=row.told_start).update(told_start=start, reminded_at=None):
                tell(row, Happening.MOVED, about=f"{start:%Y%m%d%H%M}")
                done += 1
    return done


def remind() -> int:
    """Those who come tomorrow; who signed up within the last day knows."""
    moment = clock.now()
    rows = SignUp.objects.reachable().filter(
        state=SignUpState.CONFIRMED, activity__state=ActivityState.PUBLISHED, reminded_at=None,
        session__called_off_at=None,
        session__starts_at__gt=moment, session__starts_at__lte=moment + REMIND_BEFORE,
        decided_at__lt=moment - REMIND_BEFORE,
    )  # fmt: skip
    return sum(_tell_once(row, Happening.REMINDER, "reminded_at", {"reminded_at": None}) for row in _some(rows))


def _tell_once(row: SignUp, happening: Happening, mark: str, still: dict[str, Any]) -> int:
    with transaction.atomic():
        won = SignUp.objects.filter(pk=row.pk, **still).update(**{mark: clock.now()})
        if won:
            tell(row, happening, about=f"{row.pool.session.starts_at:%Y%m%d%H%M}")
    return won
