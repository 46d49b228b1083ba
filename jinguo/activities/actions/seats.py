"""The one place where seats are drawn, freed and handed on. Call every function inside the deciding transaction.

Each change is a conditional UPDATE that must touch one row; the pool's check constraints are the last wall. Lock order, on
both databases: the pool's row first, then sign-ups (SQLite ignores row locks and queues whole transactions; PostgreSQL
keeps the pool's row for whoever updated it first).
"""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.models.sign_up import HOLDING, Ended, SignUpState
from jinguo.activities.rules import list_runs, offer_until
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Refused, Stale

WAITING_LIST = journal.System("waiting-list")
CROWDED = _("刚才报名的人太多，这一下没有排上。请再点一次，不会重复报名。")


class Counters:
    """A pool's counters, held for this transaction: drawn from in memory, one after the other, written back once.

    The pool's row is taken by the first statement of the transaction, so nobody else moves them before its end.
    """

    def __init__(self, pool: int) -> None:
        rows = SeatPool.objects.filter(pk=pool)
        rows.update(drawn=F("drawn"))
        self.row = rows.get()
        self.found = self._moving()

    def draw(self, seats: int) -> tuple[SignUpState, int] | None:
        """Take seats, or a place on the waiting list, and the order number: seats only while nobody waits.

        Returns:
            The state decided and the number drawn; None when it is closed, or there is no seat and no place left.
        """
        row = self.row
        if not row.is_open or seats > row.capacity:
            return None
        if not row.waiting and seats <= row.free:
            row.taken, state = row.taken + seats, SignUpState.CONFIRMED
        elif row.waiting < row.waiting_cap:
            row.waiting, state = row.waiting + 1, SignUpState.WAITING
        else:
            return None
        row.drawn += 1
        return state, row.drawn

    def keep(self) -> None:
        """Write them back.

        Raises:
            Stale: they have moved in spite of the lock; nothing of this transaction may stay.
        """
        if not SeatPool.objects.filter(pk=self.row.pk, **self.found).update(**self._moving()):
            raise Stale(CROWDED)

    def _moving(self) -> dict[str, int]:
        return {"taken": self.row.taken, "waiting": self.row.waiting, "drawn": self.row.drawn}


def hold_pool(pool: SeatPool) -> SeatPool:
    """Take the pool's row for this transaction and read it."""
    SeatPool.objects.filter(pk=pool.pk).update(drawn=F("drawn"))
    return SeatPool.objects.for_joining().get(pk=pool.pk)


def give_back(sign_up: SignUp, ended: Ended, *, only: SignUpState | None = None) -> bool:
    """End one standing sign-up, free what it held and hand that on; False when it had ended already.

    Args:
        only: end it only while it stands in this state, e.g. an offer that has run out.
    """
    pool = hold_pool(sign_up.pool)
    state = SignUp.objects.filter(pk=sign_up.pk).values_list("state", flat=True).get()
    if state == SignUpState.CANCELLED or (only and state != only):
        return False
    moved = SignUp.objects.filter(pk=sign_up.pk, state=state).update(
        state=SignUpState.CANCELLED, ended=ended, cancelled_at=clock.now()
    )
    row = SeatPool.objects.filter(pk=pool.pk)
    if state in HOLDING:
        moved += row.filter(taken__gte=sign_up.seats).update(taken=F("taken") - sign_up.seats)
    else:
        moved += row.filter(waiting__gte=1).update(waiting=F("waiting") - 1)
    if moved != 2:
        raise Stale(_("这个报名刚刚变了样，没有改动。请刷新再看。"))
    hand_on(pool)
    return True


def hand_on(pool: SeatPool) -> int:
    """Give free seats to the waiting list, strictly in order: who is first and does not fit keeps the others waiting.

    Whoever can be asked is asked, and the seat is kept for her until her time is over; who cannot is given it at once.

    Args:
        pool: read with its session, activity and office.
    """
    moved = 0
    while list_runs(pool.session, clock.now()):
        waiting = SignUp.objects.filter(pool=pool.pk, state=SignUpState.WAITING).order_by("order")
        first = waiting.select_related("person").first()
        if first is None or not _move_up(pool, first):
            break
        moved += 1
    return moved


def _move_up(pool: SeatPool, first: SignUp) -> bool:
    """Keep seats for the first in line, or give them to her; False when they do not suffice."""
    moment = clock.now()
    took = SeatPool.objects.filter(pk=pool.pk, waiting__gte=1, taken__lte=F("capacity") - first.seats).update(
        taken=F("taken") + first.seats, waiting=F("waiting") - 1
    )
    if not took:
        return False
    first.pool, until = pool, offer_until(pool, first, moment)
    row = SignUp.objects.filter(pk=first.pk, state=SignUpState.WAITING)
    if until:
        first.state, first.offered_at, first.offer_until = SignUpState.OFFERED, moment, until
        won = row.update(state=first.state, offered_at=moment, offer_until=until)
    else:
        first.state = SignUpState.CONFIRMED
        won = row.update(state=first.state, promoted_at=moment)
    if not won:
        raise Stale(_("候补名单刚刚变了样，没有改动。请刷新再看。"))
    tell(first, Happening.OFFERED if until else Happening.GIVEN)
    journal.record(
        "signup.offer" if until else "signup.promote", by=WAITING_LIST, kind="sign_up", code=first.code,
        order=first.order, until=until,
    )  # fmt: skip
    return True


def resize(pool: SeatPool, *, capacity: int, each: int, waiting_cap: int, offer_hours: int | None = None) -> None:
    """Change how many seats there are; more seats go to the waiting list at once.

    Raises:
        Refused: fewer than are taken, or fewer places than people waiting.
    """
    held = hold_pool(pool)
    if held.taken > capacity:
        raise Refused(_("已经有 %(taken)s 席报出去了，席位不能少于这个数。") % {"taken": held.taken})
    cap = max(waiting_cap, held.waiting)
    hours = held.offer_hours if offer_hours is None else offer_hours
    done = SeatPool.objects.filter(pk=pool.pk, taken__lte=capacity, waiting__lte=cap).update(
        capacity=capacity, each=each, waiting_cap=cap, offer_hours=hours
    )
    if not done:
        raise Stale(_("席位刚刚变了，没有改动。请刷新再改一次。"))
    held.capacity, held.offer_hours = capacity, hours
    hand_on(held)
