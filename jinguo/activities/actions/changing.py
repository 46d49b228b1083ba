"""More or fewer of a guest's own people come: the seats change, her place and number stay."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.deciding import kept_until
from jinguo.activities.actions.seats import hand_on, hold_pool
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.models.sign_up import SignUpState
from jinguo.federation.models.link import Link
from jinguo.federation.models.link import Purpose as LinkPurpose
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.rulings import require
from jinguo.people.actions import meet_person
from jinguo.people.models import Purpose


def change_seats(sign_up: SignUp, *, seats: int, minors: int, guardian: bool, by: journal.Actor) -> bool:
    """So many come with her now. What she gives back goes to the next in line in the same transaction.

    When somebody else than she herself has changed it, she is told.

    Args:
        guardian: she is the guardian of the minors among them and agrees.

    Returns:
        False when nothing would change.

    Raises:
        Refused: there are not so many seats, or she may not now. Invalid: the numbers do not fit, or nobody agreed.
    """
    with transaction.atomic():
        pool = hold_pool(sign_up.pool)
        row = SignUp.objects.select_related("person").get(pk=sign_up.pk)
        row.pool = pool
        if (row.seats, row.minors) == (seats, minors):
            return False
        require(rules.may_change_seats(row, by, seats, clock.now()))
        _check_minors(row, seats, minors, guardian)
        _move(row, seats - row.seats)
        mine = SignUp.objects.filter(pk=row.pk, state=row.state, seats=row.seats)
        if not mine.update(seats=seats, minors=minors):
            raise Stale(_("这个报名刚刚变了样，没有改动。请刷新再看。"))
        if minors > row.minors:
            meet_person(
                pool.session.activity.office, name=row.name, phone=str(row.person.phone), purpose=Purpose.GUARDIAN,
                until=kept_until(pool.session), by=by,
            )  # fmt: skip
        if seats < row.seats:
            hand_on(SeatPool.objects.for_joining().get(pk=pool.pk))
        journal.record(
            "signup.seats", by=by, kind="sign_up", code=row.code, owner=pool.session.activity.unit.code, seats=seats
        )
        if not by_herself(by):
            row.seats, row.minors = seats, minors
            tell(row, Happening.SEATS, about=f"{clock.now():%Y%m%d%H%M%S%f}")
    return True


def by_herself(by: journal.Actor) -> bool:
    """Whether it is the guest, on her own page."""
    return isinstance(by, Link) and by.purpose == LinkPurpose.SIGN_UP


def _check_minors(row: SignUp, seats: int, minors: int, guardian: bool) -> None:
    if minors and not row.pool.session.activity.minors:
        raise Invalid(_("这场活动没有安排孩子参加。"), "minors")
    if minors > seats:
        raise Invalid(_("孩子的人数不能多于一共的席数，席数连孩子在内。"), "minors")
    if minors > row.minors and not guardian:
        raise Invalid(_("带孩子来，请监护人在这里打勾。"), "guardian")


def _move(row: SignUp, more: int) -> None:
    """Take or free seats, where she holds any."""
    if row.state != SignUpState.CONFIRMED or not more:
        return
    pool = SeatPool.objects.filter(pk=row.pool.pk, taken__lte=F("capacity") - more, taken__gte=-more)
    if not pool.update(taken=F("taken") + more):
        raise Stale(_("席位刚刚变了，没有改动。请刷新再改一次。"))
