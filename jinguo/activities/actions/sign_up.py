"""Signing up, answering an offer and leaving: one request, one transaction, one durable answer (reference/events §7)."""

import unicodedata

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions import seats as pool_seats
from jinguo.activities.actions.changing import by_herself
from jinguo.activities.actions.deciding import Press, decide, kept_until
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import SeatPool, Session, SignUp
from jinguo.activities.models.sign_up import Ended, SignUpState
from jinguo.activities.queries.desk import hers_in
from jinguo.activities.wishes import Wish, public_name, sifted
from jinguo.federation.actions.links import extend_links
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.lib.rulings import require
from jinguo.people.actions import keep_until
from jinguo.people.models import Purpose

TRIES = 4


def sign_up(pool: SeatPool, wish: Wish, *, by: journal.Actor) -> SignUp:
    """Seats for one person, or a place on the waiting list. The same person asking again gets the same answer.

    Args:
        pool: read by `for_joining`; a copy some seconds old is good enough, the deciding transaction asks the row itself.

    Raises:
        Refused: closed, not open, full, cancelled, too often: with the sentence she reads.
        Invalid: this telephone stands under another name, or a consent is missing.
    """
    wish = sifted(wish)
    for _try in range(TRIES):
        row = decide(Press(pool, wish, by)) if _may_try(pool, wish, by) else _standing(pool, wish)
        if row is not None:
            return _same_answer(row, wish.name)
        pool = SeatPool.objects.for_joining().get(pk=pool.pk)  # something is in the way that the copy did not say
        hers = hers_in(pool.session.activity, wish.phone)
        if not any(one.session_id == pool.session_id for one in hers):
            require(rules.may_sign_up(pool, by, wish.seats, clock.now()))
            require(rules.may_come_again(pool.session.activity, hers, clock.now()))
            _check_consents(pool, wish)
    raise Stale(pool_seats.CROWDED)


def _may_try(pool: SeatPool, wish: Wish, by: journal.Actor) -> bool:
    """Whether nothing is in the way as far as the copy knows."""
    missing = set(rules.consents_needed(pool.session.activity, wish.minors)[1:]) - set(wish.consents)
    return bool(rules.may_sign_up(pool, by, wish.seats, clock.now())) and wish.minors <= wish.seats and not missing


def _standing(pool: SeatPool, wish: Wish) -> SignUp | None:
    """Who stands already is answered, whatever is in the way of others by now."""
    rows = hers_in(pool.session.activity, wish.phone)
    return next((row for row in rows if row.session_id == pool.session_id), None)


def _check_consents(pool: SeatPool, wish: Wish) -> None:
    if wish.minors > wish.seats:
        raise Invalid(_("孩子的人数不能多于一共的席数，席数连孩子在内。"), "minors")
    for purpose in rules.consents_needed(pool.session.activity, wish.minors):
        if purpose == Purpose.SENSITIVE and purpose not in wish.consents:
            raise Invalid(_("这件事要您单独同意一次才能办。不同意也没有关系，可以打电话来办。"), "sensitive")
        if purpose == Purpose.GUARDIAN and purpose not in wish.consents:
            raise Invalid(_("带未满 18 岁的孩子来，要监护人同意。请由监护人来报，并在这里打勾。"), "guardian")


def _same_answer(standing: SignUp, name: str) -> SignUp:
    """Whoever knows name and telephone sees her own answer; the telephone alone opens nothing."""
    if same_name(standing.name) != same_name(name):
        raise Invalid(
            _(
                "这个手机号已经报了这一场，用的是另一个称呼。请填报名时的称呼，就能看到结果；替家人报名，请填她自己的手机号。"
            ),
            "name",
        )
    return standing


def same_name(name: str) -> str:
    """A name as it is compared: full-width and half-width alike, without spaces, capitals or not; of a plea what stands for it."""
    return "".join(unicodedata.normalize("NFKC", public_name(name)).split()).casefold()


def accept(sign_up: SignUp, *, by: journal.Actor) -> bool:
    """Say yes to the seat that is kept for her. Pressed again it changes nothing; True when this call did it.

    Raises:
        Refused: it was not offered, its time is over, or the activity is off.
    """
    moment = clock.now()
    with transaction.atomic():
        pool_seats.hold_pool(sign_up.pool)
        row = SignUp.objects.select_related("pool__session__activity__unit").get(pk=sign_up.pk)
        if row.state == SignUpState.CONFIRMED:
            return False
        require(rules.may_accept(row, by, moment))
        mine = SignUp.objects.filter(pk=row.pk, state=SignUpState.OFFERED, offer_until__gt=moment)
        if not mine.update(state=SignUpState.CONFIRMED, promoted_at=moment):
            raise Refused(rules.may_accept(row, by, clock.now()).sentence)
        journal.record("signup.accept", by=by, kind="sign_up", code=row.code, owner=row.pool.session.activity.unit.code)
    return True


def leave(sign_up: SignUp, *, by: journal.Actor) -> bool:
    """Give the seats back, or say no to an offer; the next in line moves up in the same transaction.

    When somebody else than she herself has done it, she is told.

    Returns:
        Whether this call was the one that cancelled: cancelling again changes nothing.
    """
    with transaction.atomic():
        standing = SignUp.objects.standing().filter(pk=sign_up.pk).values_list("state", flat=True).first()
        if standing is None:
            return False
        require(rules.may_leave(sign_up, by, clock.now()))
        if not pool_seats.give_back(sign_up, _how(standing, by)):
            return False
        journal.record(
            "signup.cancel", by=by, kind="sign_up", code=sign_up.code, owner=sign_up.pool.session.activity.unit.code
        )
        if not by_herself(by):
            tell(sign_up, Happening.REMOVED)
    return True


def _how(state: str, by: journal.Actor) -> Ended:
    if not by_herself(by):
        return Ended.BY_UNIT
    return Ended.DECLINED if state == SignUpState.OFFERED else Ended.LEFT


def follow_session(session: Session) -> None:
    """After a session was moved: links and retention clocks of its guests run on to the new end, never shorter.

    Offers never outlast the new start; that the time has changed is told by the worker (`waiting.tell_moved`).
    """
    until = kept_until(session)
    guests = SignUp.objects.standing().filter(session=session).select_related("person")
    for guest in guests:
        keep_until("person", guest.person.code, until, ground=Purpose.SIGN_UP)
    extend_links("sign_up", [guest.code for guest in guests], until=until)
    last = session.starts_at - rules.LAST_CALL
    SignUp.objects.filter(session=session, state=SignUpState.OFFERED, offer_until__gt=last).update(offer_until=last)
