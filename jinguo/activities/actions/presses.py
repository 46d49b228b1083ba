"""Presses made on the day's page while the network was away: each is done once, whenever and however often it is sent."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions import day
from jinguo.activities.models import Press, Session, SignUp
from jinguo.activities.models.attendance import PressKind
from jinguo.activities.wishes import Pressed
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.lib.rulings import require

OLDEST = timedelta(days=7)


def take_press(session: Session, pressed: Pressed, *, by: journal.Actor) -> bool:
    """Do what was pressed, unless this press has arrived before; True when this call did it.

    Raises:
        Refused, Invalid, NotThere: it cannot be done, with the sentence for whoever pressed. Nothing is kept of it then.
    """
    require(rules.may_run(session.activity, by))
    at = pressed_at(pressed.ago, clock.now())
    try:
        with transaction.atomic():
            Press.objects.create(
                code=pressed.code, session=session, kind=pressed.kind, at=at, arrived_at=clock.now(),
                actor=by.actor_code,
            )  # fmt: skip
            _do(session, pressed, at, by)
    except IntegrityError:
        if Press.objects.filter(code=pressed.code, session=session).exists():
            return False
        raise
    return True


def pressed_at(ago: timedelta, moment: datetime) -> datetime:
    """When it was pressed: so long ago; a span that cannot be true, as from a clock that jumped, counts as just now."""
    return moment - ago if timedelta() <= ago <= OLDEST else moment


def _do(session: Session, pressed: Pressed, at: datetime, by: journal.Actor) -> None:
    if pressed.kind == PressKind.WALK_IN:
        day.count_walk_in(session, people=pressed.people, code=pressed.code, by=by, at=at)
    elif pressed.kind == PressKind.HEADS:
        day.record_headcount(session, pressed.heads, by=by)
    elif pressed.kind == PressKind.MARK:
        day.check_in(_guest(session, pressed, by), by=by, at=at)
    else:
        day.undo_check_in(_guest(session, pressed, by), by=by)


def _guest(session: Session, pressed: Pressed, by: Any) -> SignUp:
    rows = SignUp.objects.visible_to(by).filter(session=session, code=pressed.sign_up)
    row = rows.select_related("pool__session__activity__unit", "person").first()
    if row is None:
        raise NotThere(_("名单里没有这个人。请刷新再看。"))
    return row
