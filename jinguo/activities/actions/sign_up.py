"""Signing up and leaving: one request, one transaction, one durable answer a person (reference/events §7)."""

import unicodedata
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions import seats as pool_seats
from jinguo.activities.models import SeatPool, Session, SignUp
from jinguo.activities.queries.desk import standing_sign_up
from jinguo.federation.actions.links import extend_links, make_link
from jinguo.federation.models.link import Purpose as LinkPurpose
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.rulings import require
from jinguo.people.actions import keep_until, meet_person
from jinguo.people.models import Purpose

TRIES = 4


def sign_up(pool: SeatPool, *, name: str, phone: str, seats: int = 1, by: journal.Actor) -> SignUp:
    """Seats for one person, or a place on the waiting list. The same person asking again gets the same answer.

    Args:
        name: as she calls herself; `phone`: eleven digits.

    Raises:
        Refused: closed, not open, full, cancelled: with the sentence she reads.
        Invalid: this telephone stands under another name.
    """
    for _try in range(TRIES):
        standing = standing_sign_up(pool, phone)  # without the write lock: a second press costs one read
        if standing is not None:
            return _same_answer(standing, name)
        require(rules.may_sign_up(pool, by, seats, clock.now()))
        try:
            with transaction.atomic():
                return _decide(pool, name, phone, seats, by)
        except IntegrityError:  # her other press was decided first, or a token was drawn twice
            pool = SeatPool.objects.select_related("session__activity__office__unit", "session__activity__unit").get(
                pk=pool.pk
            )
    raise Stale(_("刚才报名的人太多，这一下没有排上。请再点一次，不会重复报名。"))


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


def _decide(pool: SeatPool, name: str, phone: str, seats: int, by: journal.Actor) -> SignUp:
    session = pool.session
    activity = session.activity
    until = kept_until(session)
    person = meet_person(activity.office, name=name, phone=phone, purpose=Purpose.SIGN_UP, until=until, by=by)
    state, order = pool_seats.draw(pool, seats)
    row = SignUp(
        code=ids.new_code(), pool=pool, person=person, seats=seats, state=state, order=order, token=ids.short_token(),
        decided_at=clock.now(),
    )  # fmt: skip
    _link, secret = make_link(
        LinkPurpose.SIGN_UP, unit=activity.unit, kind="sign_up", code=row.code, expires_at=until, by=by
    )
    row.name, row.link_secret = name, secret
    row.save(force_insert=True)
    journal.record(
        "signup.create", by=by, kind="sign_up", code=row.code, owner=activity.unit.code, session=session.code,
        state=str(state), order=order, seats=seats,
    )  # fmt: skip
    return row


def kept_until(session: Session) -> datetime:
    """Until when the personal data of a session's guests are kept: so many days after its end as the office says."""
    return session.ends_at + timedelta(days=session.activity.office.public_days)


def leave(sign_up: SignUp, *, by: journal.Actor) -> bool:
    """Give the seats back; the next in line moves up in the same transaction. Cancelling again changes nothing.

    Returns:
        Whether this call was the one that cancelled.
    """
    with transaction.atomic():
        if not SignUp.objects.standing().filter(pk=sign_up.pk).exists():
            return False
        require(rules.may_leave(sign_up, by, clock.now()))
        if not pool_seats.give_back(sign_up):
            return False
        journal.record(
            "signup.cancel", by=by, kind="sign_up", code=sign_up.code, owner=sign_up.pool.session.activity.unit.code
        )
    return True


def follow_session(session: Session) -> None:
    """After a session was moved: links and retention clocks of its guests run on to the new end, never shorter."""
    until = kept_until(session)
    guests = SignUp.objects.standing().filter(pool__session=session).select_related("person")
    for guest in guests:
        keep_until("person", guest.person.code, until, ground=Purpose.SIGN_UP)
    extend_links("sign_up", [guest.code for guest in guests], until=until)
