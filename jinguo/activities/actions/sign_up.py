"""Signing up, answering an offer and leaving: one request, one transaction, one durable answer (reference/events §7)."""

import unicodedata
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions import seats as pool_seats
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import SeatPool, Session, SignUp
from jinguo.activities.models.sign_up import Ended, SignUpState
from jinguo.activities.queries.desk import hers_in
from jinguo.activities.wishes import Wish
from jinguo.federation.actions.links import extend_links, forge_link
from jinguo.federation.models.link import Link
from jinguo.federation.models.link import Purpose as LinkPurpose
from jinguo.journal import actions as journal
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.lib.rulings import require
from jinguo.people.actions import find_person, keep_until, meet_person, meet_stranger, note_consents
from jinguo.people.models import Person, Purpose
from jinguo.questions.actions import keep_answers

TRIES = 4


def sign_up(pool: SeatPool, wish: Wish, *, by: journal.Actor) -> SignUp:
    """Seats for one person, or a place on the waiting list. The same person asking again gets the same answer.

    Args:
        pool: read by `for_joining`; a copy some seconds old is good enough, the transaction asks the row itself.

    Raises:
        Refused: closed, not open, full, cancelled, too often: with the sentence she reads.
        Invalid: this telephone stands under another name, or a consent is missing.
    """
    for _try in range(TRIES):
        standing = hers_in(pool.session.activity, wish.phone)  # without the write lock: a second press costs one read
        same = next((row for row in standing if row.session_id == pool.session_id), None)
        if same is not None:
            return _same_answer(same, wish.name)
        require(rules.may_sign_up(pool, by, wish.seats, clock.now()))
        require(rules.may_come_again(pool.session.activity, len(standing)))
        _check_consents(pool, wish)
        known = find_person(pool.session.activity.office, wish.phone)
        try:
            with transaction.atomic():
                return _decide(pool, wish, known, _free_number(standing), by)
        except IntegrityError:  # her other press was decided first, or a token was drawn twice
            pool = SeatPool.objects.for_joining().get(pk=pool.pk)
    raise Stale(pool_seats.CROWDED)


def _free_number(standing: list[SignUp]) -> int:
    taken = {row.nth for row in standing}
    return next(n for n in range(1, len(taken) + 2) if n not in taken)


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
    """A name as it is compared: full-width and half-width alike, without spaces, capitals or not."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _decide(pool: SeatPool, wish: Wish, known: Person | None, nth: int, by: journal.Actor) -> SignUp:
    """The transaction. The pool's row, which everybody wants, is taken as late as can be and kept for two statements."""
    session, activity, code = pool.session, pool.session.activity, ids.new_code()
    until = kept_until(session)
    person, lines = _meet(pool, wish, known, until, by)
    _link, secret, made = forge_link(
        LinkPurpose.SIGN_UP, unit=activity.unit, kind="sign_up", code=code, expires_at=until, by=by
    )
    row = SignUp(
        code=code, pool=pool, session=session, activity=activity, person=person, nth=nth, seats=wish.seats,
        minors=wish.minors, reach=wish.reach, token=ids.short_token(), by_staff=not _is_guest(by),
        told_start=session.starts_at,
    )  # fmt: skip
    row.name, row.link_secret, row.email = wish.name, secret, wish.email
    row.state, row.order = pool_seats.draw(pool, wish.seats)
    row.decided_at = clock.now()
    row.save(force_insert=True)
    decided = journal.line(
        "signup.create", by=by, kind="sign_up", code=code, owner=activity.unit.code, session=session.code,
        pool=pool.code, state=str(row.state), order=row.order, seats=wish.seats,
    )  # fmt: skip
    journal.append([*lines, made, decided])
    if wish.answers:
        keep_answers(wish.answers, kind="sign_up", code=code, unit=activity.unit, by=by)
    tell(row, Happening.CONFIRMED if row.state == SignUpState.CONFIRMED else Happening.WAITING)
    return row


def _is_guest(by: journal.Actor) -> bool:
    return by.actor_code == "visitor"


def _meet(
    pool: SeatPool, wish: Wish, known: Person | None, until: datetime, by: journal.Actor
) -> tuple[Person, list[Entry]]:
    """The person with her clock and consents, and what the journal is to say of it."""
    office, purposes = pool.session.activity.office, rules.consents_needed(pool.session.activity, wish.minors)
    if known is None:
        person, met = meet_stranger(
            office, name=wish.name, phone=wish.phone, purposes=purposes, until=until, by=by
        )  # fmt: skip
        return person, [met]
    person = meet_person(office, name=wish.name, phone=wish.phone, purpose=Purpose.SIGN_UP, until=until, by=by)
    note_consents(person, purposes[1:])
    return person, []


def kept_until(session: Session) -> datetime:
    """Until when the personal data of a session's guests are kept: so many days after its end as the office says."""
    return session.ends_at + timedelta(days=session.activity.office.public_days)


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
    return True


def _how(state: str, by: journal.Actor) -> Ended:
    if not isinstance(by, Link) or by.purpose != LinkPurpose.SIGN_UP:
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
