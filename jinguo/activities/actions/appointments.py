"""Appointments: a station's book is an activity of the third visibility, each slot of it a session with one pool.

The station's own actions ask who may; here only what holds for seats is kept: nobody is booked twice, nobody is lost.
Lock order as everywhere: pools first (several in the order of their keys), then sign-ups.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.deciding import kept_until
from jinguo.activities.actions.seats import Counters, give_back, hold_pool, resize
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.models.activity import ActivityState, Venue, Visibility
from jinguo.activities.models.kinds import Kind
from jinguo.activities.models.sign_up import Ended, SignUpState
from jinguo.federation.actions.links import extend_links
from jinguo.federation.models import Office, Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Refused, Stale
from jinguo.lib.rulings import require
from jinguo.people.actions import keep_until
from jinguo.people.models import Purpose

PER_PERSON = 2  # appointments one telephone may have ahead of it at one station


@dataclass(frozen=True)
class Book:
    """What those who have an appointment are told of the place.

    Attributes:
        in_home: it is somebody's home: `address` is empty and `home_address` is for those with an appointment alone.
    """

    title: str
    address: str = ""
    phone: str = ""
    in_home: bool = False
    home_address: str = ""
    discreet: bool = False

    def columns(self) -> dict[str, Any]:
        """The columns of `Activity` it fills."""
        return {
            "title": self.title, "address": self.address, "contact_phone": self.phone, "discreet": self.discreet,
            "venue": Venue.FAMILY if self.in_home else Venue.OTHER,
        }  # fmt: skip


def open_book(unit: Unit, office: Office, book: Book, *, by: journal.Actor) -> Activity:
    """A new book without a slot; call it inside the transaction that makes bookable hours."""
    moment = clock.now()
    row = Activity(
        code=ids.new_code(), unit=unit, office=office, kind=Kind.OTHER, visibility=Visibility.BOOKING,
        state=ActivityState.PUBLISHED, created_at=moment, published_at=moment, per_person=PER_PERSON, **book.columns(),
    )  # fmt: skip
    row.home_address = book.home_address
    row.save(force_insert=True)
    journal.record("book.open", by=by, kind="activity", code=row.code, owner=unit.code)
    return row


def follow_book(activity: Activity, book: Book) -> None:
    """Say of the place what is true now."""
    row = Activity(code=activity.code)
    row.home_address = book.home_address
    Activity.objects.filter(pk=activity.pk).update(home_address_sealed=row.home_address_sealed, **book.columns())


def close_book(activity: Activity, *, by: journal.Actor) -> bool:
    """No more appointments; who has one ahead is told by the worker."""
    with transaction.atomic():
        done = Activity.objects.filter(pk=activity.pk, state=ActivityState.PUBLISHED).update(
            state=ActivityState.CANCELLED, cancelled_at=clock.now()
        )
        if done:
            SeatPool.objects.filter(session__activity=activity).update(is_open=False)
            journal.record("book.close", by=by, kind="activity", code=activity.code, owner=activity.unit.code)
    return bool(done)


def open_slot(activity: Activity, starts_at: datetime, ends_at: datetime, *, seats: int) -> Session:
    """One more slot; call it where nobody else can open one for the same hours."""
    session = Session.objects.create(activity=activity, starts_at=starts_at, ends_at=ends_at)
    SeatPool.objects.create(session=session, capacity=seats, waiting_cap=0, offer_hours=0)
    return session


def empty_slot(session: Session) -> bool:
    """Shut a slot nobody holds; False when somebody does. What is pressed at this moment is decided before or after."""
    return bool(SeatPool.objects.filter(session=session, taken=0).update(is_open=False))


def refit_slot(session: Session, ends_at: datetime, *, seats: int) -> bool:
    """Open a slot again that nobody holds, until another hour; False when somebody holds it."""
    if not empty_slot(session):
        return False
    Session.objects.filter(pk=session.pk).update(ends_at=ends_at)
    SeatPool.objects.filter(session=session).update(is_open=True, capacity=seats)
    return True


def widen_slot(session: Session, seats: int) -> None:
    """So many at a time from now on, never fewer than have it already."""
    pool = SeatPool.objects.get(session=session)
    held = hold_pool(pool)
    resize(pool, capacity=max(seats, held.taken), each=1, waiting_cap=0)


def call_off_slot(session: Session, *, by: journal.Actor) -> int:
    """Nobody is seen in this slot after all: each who had it is told. Returns how many."""
    with transaction.atomic():
        pool = hold_pool(SeatPool.objects.get(session=session))
        SeatPool.objects.filter(pk=pool.pk).update(is_open=False)
        rows = list(SignUp.objects.standing().filter(pool=pool).select_related("person"))
        return sum(_called_off(row, pool, by) for row in rows)


def call_off_one(sign_up: SignUp, *, by: journal.Actor) -> bool:
    """One person's appointment is taken back by the host; she is told."""
    require(rules.may_leave(sign_up, by, clock.now()))
    with transaction.atomic():
        return _called_off(sign_up, hold_pool(sign_up.pool), by)


def _called_off(row: SignUp, pool: SeatPool, by: journal.Actor) -> bool:
    row.pool = pool
    if not give_back(row, Ended.BY_UNIT):
        return False
    tell(row, Happening.OFF)
    journal.record("signup.cancel", by=by, kind="sign_up", code=row.code, owner=pool.session.activity.unit.code)
    return True


def move_sign_up(sign_up: SignUp, to: SeatPool, *, by: journal.Actor) -> bool:
    """Another slot of the same book: the new one is hers before the old one is anybody else's, in one transaction.

    Returns:
        False when it is hers already.

    Raises:
        Refused: the other is taken, or hers has begun or ended.
    """
    require(rules.may_leave(sign_up, by, clock.now()))
    if sign_up.pool_id == to.pk:
        return False
    with transaction.atomic():
        for pk in sorted((sign_up.pool_id, to.pk)):
            hold_pool(SeatPool(pk=pk))
        moved = _moved(SignUp.objects.select_related("pool__session", "person").get(pk=sign_up.pk), to)
        journal.record(
            "signup.move", by=by, kind="sign_up", code=moved.code, owner=to.session.activity.unit.code,
            session=to.session.code, order=moved.order,
        )  # fmt: skip
    return True


def _moved(row: SignUp, to: SeatPool) -> SignUp:
    """Draw of the one pool, give back to the other; call it with both pools held."""
    counters = Counters(to.pk)
    require(rules.is_open(to.session, clock.now()))
    drawn = counters.draw(row.seats)
    if row.state != SignUpState.CONFIRMED or row.pool.session.starts_at <= clock.now():
        raise Refused(_("这个预约已经取消或开始了，不能再改时间。请重新约一个。"))
    if drawn is None or drawn[0] != SignUpState.CONFIRMED:
        raise Refused(rules.TAKEN)
    counters.keep()
    if SignUp.objects.standing().filter(session=to.session, person=row.person).exists():
        raise Refused(_("这个时间您已经约过了。请选别的时间。"))
    old, row.pool, row.order = row.pool, to, drawn[1]
    row.token, row.session, row.told_start = ids.short_token(), to.session, to.session.starts_at
    facts = {name: getattr(row, name) for name in ("pool", "session", "order", "token", "told_start")}
    won = SignUp.objects.filter(pk=row.pk, pool=old, state=SignUpState.CONFIRMED).update(
        decided_at=clock.now(), reminded_at=None, missed_at=None, **facts
    )
    freed = SeatPool.objects.filter(pk=old.pk, taken__gte=row.seats)
    if won + freed.update(taken=F("taken") - row.seats) != 2:
        raise Stale(_("这个预约刚刚变了样，没有改动。请刷新再看。"))
    until = kept_until(to.session)
    keep_until("person", row.person.code, until, ground=Purpose.SIGN_UP)
    extend_links("sign_up", [row.code], until=until)
    tell(row, Happening.MOVED, about=f"{to.session.starts_at:%Y%m%d%H%M}:{row.order}")
    return row
