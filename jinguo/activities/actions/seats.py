"""The one place where seats are drawn, freed and handed on. Call every function inside the deciding transaction.

Each change is a conditional UPDATE that must touch one row; the pool's check constraints are the last wall. Lock order, on
both databases: the pool's row first, then sign-ups (SQLite ignores row locks and queues whole transactions; PostgreSQL
keeps the pool's row for whoever updated it first).
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.models.session import SignUpState
from jinguo.activities.rules import has_room
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Refused, Stale

TRIES = 3
WAITING_LIST = journal.System("waiting-list")


def draw(pool: SeatPool, seats: int) -> tuple[SignUpState, int]:
    """Take seats, or a place on the waiting list, and the order number: seats only while nobody waits.

    Returns:
        The state decided and the number drawn.

    Raises:
        Refused: no seat and no place left.
    """
    row = SeatPool.objects.filter(pk=pool.pk)
    fits = Q(waiting=0, taken__lte=F("capacity") - seats)
    for _try in range(TRIES):  # between the two statements PostgreSQL may let a seat be freed
        if row.filter(fits).update(taken=F("taken") + seats, drawn=F("drawn") + 1):
            return SignUpState.CONFIRMED, row.values_list("drawn", flat=True).get()
        if row.filter(~fits, waiting__lt=F("waiting_cap"), capacity__gte=seats).update(
            waiting=F("waiting") + 1, drawn=F("drawn") + 1
        ):
            return SignUpState.WAITING, row.values_list("drawn", flat=True).get()
        ruling = has_room(row.get(), seats)
        if not ruling:
            raise Refused(ruling.sentence)
    raise Stale(_("刚才报名的人太多，这一下没有排上。请再点一次，不会重复报名。"))


def hold_pool(pool: SeatPool) -> SeatPool:
    """Take the pool's row for this transaction and read it."""
    SeatPool.objects.filter(pk=pool.pk).update(drawn=F("drawn"))
    return SeatPool.objects.get(pk=pool.pk)


def give_back(sign_up: SignUp) -> bool:
    """Cancel one standing sign-up and free what it held; False when it was cancelled already."""
    hold_pool(sign_up.pool)
    state = SignUp.objects.filter(pk=sign_up.pk).values_list("state", flat=True).get()
    if state == SignUpState.CANCELLED:
        return False
    moved = SignUp.objects.filter(pk=sign_up.pk, state=state).update(
        state=SignUpState.CANCELLED, cancelled_at=clock.now()
    )
    row = SeatPool.objects.filter(pk=sign_up.pool_id)
    if state == SignUpState.CONFIRMED:
        moved += row.filter(taken__gte=sign_up.seats).update(taken=F("taken") - sign_up.seats)
    else:
        moved += row.filter(waiting__gte=1).update(waiting=F("waiting") - 1)
    if moved != 2:
        raise Stale(_("这个报名刚刚变了样，没有改动。请刷新再看。"))
    hand_on(sign_up.pool)
    return True


def hand_on(pool: SeatPool) -> int:
    """Give free seats to the waiting list, strictly in order: who is first and does not fit keeps the others waiting."""
    moved = 0
    while True:
        first = SignUp.objects.filter(pool=pool.pk, state=SignUpState.WAITING).order_by("order").first()
        if first is None:
            return moved
        took = SeatPool.objects.filter(pk=pool.pk, waiting__gte=1, taken__lte=F("capacity") - first.seats).update(
            taken=F("taken") + first.seats, waiting=F("waiting") - 1
        )
        if not took:
            return moved
        won = SignUp.objects.filter(pk=first.pk, state=SignUpState.WAITING).update(
            state=SignUpState.CONFIRMED, promoted_at=clock.now()
        )
        if not won:
            raise Stale(_("候补名单刚刚变了样，没有改动。请刷新再看。"))
        journal.record("signup.promote", by=WAITING_LIST, kind="sign_up", code=first.code, order=first.order)
        moved += 1


def resize(pool: SeatPool, *, capacity: int, each: int, waiting_cap: int) -> None:
    """Change how many seats there are; more seats go to the waiting list at once.

    Raises:
        Refused: fewer than are taken, or fewer places than people waiting.
    """
    held = hold_pool(pool)
    if held.taken > capacity:
        raise Refused(_("已经有 %(taken)s 席报出去了，席位不能少于这个数。") % {"taken": held.taken})
    cap = max(waiting_cap, held.waiting)
    done = SeatPool.objects.filter(pk=pool.pk, taken__lte=capacity, waiting__lte=cap).update(
        capacity=capacity, each=each, waiting_cap=cap
    )
    if not done:
        raise Stale(_("席位刚刚变了，没有改动。请刷新再改一次。"))
    hand_on(pool)
