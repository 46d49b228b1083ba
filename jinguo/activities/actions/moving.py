"""Changing to other seats of the same activity: another session, slot or group; another hour of a station's book.

The new seats are hers before the old ones are anybody else's, in one transaction. Her page, code and answers go along; the
number is drawn anew, and the old one is given to nobody.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.deciding import kept_until
from jinguo.activities.actions.seats import Counters, hand_on, hold_pool
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.models.sign_up import HOLDING, SignUpState
from jinguo.federation.actions.links import extend_links
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Refused, Stale
from jinguo.lib.rulings import require
from jinguo.people.actions import keep_until
from jinguo.people.models import Purpose

CHANGED = _("这个报名刚刚变了样，没有改动。请刷新再看。")


def move_sign_up(sign_up: SignUp, to: SeatPool, *, by: journal.Actor, wait: bool = False) -> bool:
    """Give her seats of another pool for those she has; whoever waits for hers moves up at once. She is told, whoever did it.

    Args:
        wait: she would rather wait there than keep what she has, when there is no seat.

    Returns:
        False when it is hers already.

    Raises:
        Refused: no seat there, not open, or hers has begun or ended; then hers stays as it was.
    """
    require(rules.may_leave(sign_up, by, clock.now()))
    if sign_up.pool_id == to.pk:
        return False
    try:
        with transaction.atomic():
            pools = {pk: hold_pool(SeatPool(pk=pk)) for pk in sorted((sign_up.pool_id, to.pk))}
            row = SignUp.objects.select_related("person", "check_in").get(pk=sign_up.pk)
            if row.pool_id == to.pk:
                return False
            if row.pool_id != sign_up.pool_id:
                raise Stale(CHANGED)
            row.pool = pools[row.pool_id]
            _move(row, pools[to.pk], wait=wait, by=by)
    except IntegrityError:
        raise Stale(CHANGED) from None
    return True


def _move(row: SignUp, to: SeatPool, *, wait: bool, by: journal.Actor) -> None:
    """Draw of the one pool, give back to the other; call it with both pools held."""
    old, had, session = row.pool, row.state, to.session
    require(rules.may_move(row, to, by, clock.now()))
    others = SignUp.objects.standing().filter(session=session, person=row.person).exclude(pk=row.pk)
    if others.exists():
        raise Refused(_("那个时间已经报过了。请选别的时间。"))
    state, order = _drawn(row, to, wait)
    token = row.token if row.session_id == session.pk else ids.short_token()  # a code on paper stays good for its day
    facts: dict[str, Any] = {
        "pool": to, "session": session, "state": state, "order": order, "token": token, "told_start": session.starts_at,
        "promoted_at": None, "reminded_at": None, "missed_at": None, "told_at": None, "decided_at": clock.now(),
    }  # fmt: skip
    won = SignUp.objects.filter(pk=row.pk, pool=old, state=had, seats=row.seats).update(**facts)
    if won + _free(old, row, had) != 2:
        raise Stale(CHANGED)
    for name, value in facts.items():
        setattr(row, name, value)
    _follow(row)
    journal.record(
        "signup.move", by=by, kind="sign_up", code=row.code, owner=session.activity.unit.code, session=session.code,
        order=order, state=str(state),
    )  # fmt: skip
    hand_on(SeatPool.objects.for_joining().get(pk=old.pk))


def _drawn(row: SignUp, to: SeatPool, wait: bool) -> tuple[SignUpState, int]:
    counters = Counters(to.pk)
    drawn = counters.draw(row.seats)
    if drawn is None or (drawn[0] != SignUpState.CONFIRMED and not wait):
        raise Refused(rules.TAKEN if to.session.activity.is_book else rules.NO_SEAT_THERE)
    counters.keep()
    return drawn


def _free(pool: SeatPool, row: SignUp, had: str) -> int:
    """What she held before, free again."""
    rows = SeatPool.objects.filter(pk=pool.pk)
    if had in HOLDING:
        return rows.filter(taken__gte=row.seats).update(taken=F("taken") - row.seats)
    return rows.filter(waiting__gte=1).update(waiting=F("waiting") - 1)


def _follow(row: SignUp) -> None:
    """Her link and her retention clock run on to the new end, and she is told."""
    until = kept_until(row.pool.session)
    keep_until("person", row.person.code, until, ground=Purpose.SIGN_UP)
    extend_links("sign_up", [row.code], until=until)
    happening = Happening.WAITING if row.state == SignUpState.WAITING else Happening.CHANGED
    tell(row, happening, about=f"{row.pool.session.starts_at:%Y%m%d%H%M}:{row.pool.code}:{row.order}")
