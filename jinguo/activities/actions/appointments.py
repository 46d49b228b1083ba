"""Appointments: a station's book is an activity of the third visibility, each slot of it a session with one pool.

The station's own actions ask who may; here only what holds for seats is kept: nobody is booked twice, nobody is lost.
Lock order as everywhere: pools first (several in the order of their keys), then sign-ups.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from jinguo.activities import rules
from jinguo.activities.actions.seats import give_back, hold_pool, resize
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.models.activity import ActivityState, Venue, Visibility
from jinguo.activities.models.kinds import Kind
from jinguo.activities.models.sign_up import Ended
from jinguo.federation.models import Office, Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.rulings import require

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
    if not SignUp.objects.standing().filter(pk=sign_up.pk).exists():
        return False
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
