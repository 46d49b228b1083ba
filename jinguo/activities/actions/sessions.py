"""One session of several: held at another time, or not at all, while the others go on. Who signed up is told by the worker."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.sign_up import follow_session
from jinguo.activities.models import SeatPool, Session
from jinguo.activities.models.session import PoolKind
from jinguo.activities.queries.host import held_alone
from jinguo.activities.wishes import slot_name
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require

CHANGED = _("这一场刚刚变了样，没有改动。请刷新再看。")


def move_session(session: Session, starts_at: datetime, ends_at: datetime, *, by: journal.Actor) -> bool:
    """Hold it at another time; seats and sign-ups stay. True when this call moved it.

    Raises:
        Refused: not hers, begun or off. Invalid: the new time has gone by.
    """
    require(rules.may_move_session(session, by, clock.now()))
    if (session.starts_at, session.ends_at) == (starts_at, ends_at):
        return False
    if starts_at <= clock.now():
        raise Invalid(_("这个时间已经过去了。请选往后的时间。"), "day")
    with transaction.atomic():
        now = hold(session)
        if now is not None and (now.starts_at, now.ends_at, now.called_off_at) == (starts_at, ends_at, None):
            return False
        here = Session.objects.filter(pk=session.pk, starts_at=session.starts_at, called_off_at=None)
        if not here.update(starts_at=starts_at, ends_at=ends_at):
            raise Stale(CHANGED)
        retime(session, starts_at)
        _note(session, "activity.session_move", by)
    return True


def retime(session: Session, starts_at: datetime) -> None:
    """After its row was moved: slots keep their place within it, links and retention clocks follow. Call it in that transaction.

    Args:
        session: as it was before.
    """
    shift = starts_at - session.starts_at
    slots = list(SeatPool.objects.filter(session=session.pk, kind=PoolKind.SLOT).order_by("slot_from"))
    # The last first when all move on, so that no slot takes a name its neighbour still has.
    for slot in reversed(slots) if shift > timedelta() else slots:
        first, last = slot.slot_from + shift, slot.slot_until + shift
        SeatPool.objects.filter(pk=slot.pk).update(slot_from=first, slot_until=last, name=slot_name(first, last))
    follow_session(Session.objects.select_related("activity__office").get(pk=session.pk))


def call_off_session(session: Session, *, by: journal.Actor) -> bool:
    """It is not held: nobody signs up any more, nobody moves up. Pressed again it changes nothing; True when this call did it."""
    if session.called_off_at:
        return False
    require(rules.may_call_off(session, by, clock.now(), others=not held_alone(session)))
    with transaction.atomic():
        done = Session.objects.filter(pk=session.pk, called_off_at=None).update(called_off_at=clock.now())
        if done:
            SeatPool.objects.filter(session=session.pk).update(is_open=False)
            _note(session, "activity.session_off", by)
    return bool(done)


def _note(session: Session, action: str, by: journal.Actor) -> None:
    activity = session.activity
    journal.record(action, by=by, kind="activity", code=activity.code, owner=activity.unit.code, session=session.code)
