"""Taking a time: a slot becomes a session of the book when its first person asks for it; then the sign-up engine decides.

Opening slots of one station stands in line on the station's row, so no two of them ever overlap; who gets a slot is decided
on its pool, as everywhere. Lock order: the station's row, then pools.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.activities.actions import appointments
from jinguo.activities.actions.moving import move_sign_up
from jinguo.activities.actions.sign_up import sign_up
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.rules import TAKEN
from jinguo.activities.wishes import Wish
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.lib.rulings import require
from jinguo.stations import rules
from jinguo.stations.models import Slot, Station
from jinguo.stations.timetable import Timetable

NOT_THEN = _("这个时间不能约了，请从还空着的里面另选一个。")


def book(station: Station, starts_at: datetime, wish: Wish, *, by: journal.Actor) -> SignUp:
    """One person's appointment. The same person pressing again gets the same answer.

    Raises:
        Refused: taken, not bookable then, or she has as many ahead as one may have. Invalid: as for any sign-up.
    """
    require(rules.may_book(station, by))
    return sign_up(_pool(station, starts_at), wish, by=by)


def move_booking(row: SignUp, station: Station, starts_at: datetime, *, by: journal.Actor) -> bool:
    """Another time at the same place; until it is hers the old one stays hers. False when it is hers already."""
    return move_sign_up(row, _pool(station, starts_at), by=by)


def _pool(station: Station, starts_at: datetime) -> SeatPool:
    """The pool of a slot that is on the timetable, opened if nobody has asked for it before."""
    with transaction.atomic():
        Station.objects.filter(pk=station.pk).update(opened=F("opened") + 1)
        fresh = Station.objects.select_related("book__unit", "unit").get(pk=station.pk)
        slot = _offered(fresh, starts_at)
        return _opened(fresh, *slot)


def _offered(station: Station, starts_at: datetime) -> tuple[datetime, datetime]:
    day = clock.local(starts_at).date()
    ahead = (day - clock.today()).days
    if starts_at <= clock.now() or not 0 <= ahead <= station.days_ahead or station.ended_at:
        raise Refused(NOT_THEN)
    slots = Timetable.of(station, day, day).slots(day)
    found = next((slot for slot in slots if slot[0] == starts_at), None)
    if found is None:
        raise Refused(NOT_THEN)
    return found


def _opened(station: Station, starts_at: datetime, ends_at: datetime) -> SeatPool:
    """The slot's pool; what else lies in these hours and is held by nobody is shut, held by somebody it is in the way."""
    near = Slot.objects.filter(station=station, starts_at__lt=ends_at, ends_at__gt=starts_at).select_related("session")
    here = None
    for slot in near:
        if slot.starts_at == starts_at:
            here = slot
        elif not appointments.empty_slot(slot.session):
            raise Refused(TAKEN)
    if here is None:
        session = appointments.open_slot(station.book, starts_at, ends_at, seats=station.slot_seats)
        Slot.objects.create(station=station, session=session, starts_at=starts_at, ends_at=ends_at)
        return _of(session.pk)
    if here.called_off_at:
        raise Refused(NOT_THEN)
    pool = _of(here.session.pk)
    if here.ends_at != ends_at or not pool.is_open:
        if not appointments.refit_slot(here.session, ends_at, seats=station.slot_seats):
            raise Refused(TAKEN)
        Slot.objects.filter(pk=here.pk).update(ends_at=ends_at)
        pool = _of(here.session.pk)
    return pool


def _of(session: int) -> SeatPool:
    return SeatPool.objects.for_joining().get(session=session)
