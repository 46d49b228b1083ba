"""Deciding who gets seats: whoever presses for the same pool at the same time is decided in one transaction (lib.convoy).

The pool's row is taken first and kept to the end, so the load is decided strictly in the order in which it came, by counters
in memory; then persons, links, sign-ups and journal are written by one statement for each table.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from jinguo.activities import rules
from jinguo.activities.actions.apart import keep_words
from jinguo.activities.actions.seats import Counters
from jinguo.activities.actions.tell import tell
from jinguo.activities.letters import Happening
from jinguo.activities.models import SeatPool, Session, SignUp
from jinguo.activities.models.sign_up import SignUpState
from jinguo.activities.queries.desk import theirs_in
from jinguo.activities.wishes import Wish
from jinguo.federation.actions.links import forge_link, keep_links
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.convoy import Convoy
from jinguo.people.actions import Meeting, meet_people
from jinguo.questions.actions import keep_answers

MOST = 64  # decided in one transaction; a process has fewer threads than that


@dataclass(frozen=True)
class Press:
    """What somebody asks for, of which pool (read by `for_joining`; its counters may be old), and who presses."""

    pool: SeatPool
    wish: Wish
    by: journal.Actor


def decide(press: Press) -> SignUp | None:
    """Seats or a place in line, together with whoever else is pressing; durable when this returns.

    Returns:
        Her sign-up for the session, made now or standing already (then under whatever name). None when something is in the
        way that the caller did not know: closed, full, too often, met by another process in this moment. Look again.

    Raises:
        RuntimeError: called inside a transaction, where nothing would be durable yet.
    """
    return CONVOY.travel(press.pool.pk, press)


def _decide_load(pool: Hashable, board: Callable[[], Sequence[Press]]) -> list[SignUp | None]:
    load: Sequence[Press] = []
    try:
        with transaction.atomic(durable=True):
            counters = Counters(pool)  # type: ignore[arg-type]
            load = board()
            return _Load(counters, load).decided()
    except IntegrityError:
        if len(load) != 1:
            raise  # the convoy lets each try alone
        return [None]


@dataclass
class _Load:
    """Those on board, and what is to be written for them."""

    counters: Counters
    presses: Sequence[Press]
    rows: list[SignUp] = field(default_factory=list)
    winners: list[Press] = field(default_factory=list)

    def decided(self) -> list[SignUp | None]:
        """The answer for each, everything written."""
        standing = theirs_in(self.presses[0].pool.session.activity, [press.wish.phone for press in self.presses])
        answers = [self._one(press, standing[press.wish.phone]) for press in self.presses]
        if self.rows:
            self.counters.keep()
            self._write()
        return answers

    def _one(self, press: Press, hers: list[SignUp]) -> SignUp | None:
        """Hers if she stands already, also by a press on this very load; else the next number."""
        pool = press.pool
        for row in hers:
            if row.session_id == pool.session_id:
                return row
        if not rules.may_come_again(pool.session.activity, hers, clock.now()):
            return None
        drawn = self.counters.draw(press.wish.seats)
        if drawn is None:
            return None
        row = _row(press, *drawn, nth=_free_number(hers))
        hers.append(row)
        self.rows.append(row)
        self.winners.append(press)
        return row

    def _write(self) -> None:
        session = self.presses[0].pool.session
        until = kept_until(session)
        meetings = [_meeting(press) for press in self.winners]
        people, lines = meet_people(session.activity.office, meetings, until=until)
        links = []
        for row, press, person in zip(self.rows, self.winners, people, strict=True):
            link, row.link_secret, made = forge_link(
                Purpose.SIGN_UP,
                unit=session.activity.unit,
                kind="sign_up",
                code=row.code,
                expires_at=until,
                by=press.by,
            )
            row.person = person
            links.append(link)
            lines += [made, _line(row, press.by)]
        keep_links(links)
        SignUp.objects.bulk_create(self.rows)
        journal.append(lines)
        for row, press in zip(self.rows, self.winners, strict=True):
            if press.wish.answers:
                unit = session.activity.unit
                keep_answers(press.wish.answers, kind="sign_up", code=row.code, unit=unit, by=press.by)
            if press.wish.apart:
                keep_words(row, press.wish, by=press.by)
            tell(row, Happening.CONFIRMED if row.state == SignUpState.CONFIRMED else Happening.WAITING)


def _row(press: Press, state: SignUpState, order: int, *, nth: int) -> SignUp:
    pool, wish = press.pool, press.wish
    row = SignUp(
        code=ids.new_code(), pool=pool, session=pool.session, activity=pool.session.activity, nth=nth, seats=wish.seats,
        minors=wish.minors, reach=wish.reach, state=state, order=order, token=ids.short_token(),
        by_staff=press.by.actor_code != "visitor", decided_at=clock.now(), told_start=pool.session.starts_at,
    )  # fmt: skip
    row.name, row.email, row.over_at, row.is_off = wish.name, wish.email, pool.session.ends_at, False
    return row


def _meeting(press: Press) -> Meeting:
    wish = press.wish
    return Meeting(wish.name, wish.phone, rules.consents_needed(press.pool.session.activity, wish.minors), press.by)


def _line(row: SignUp, by: journal.Actor) -> Entry:
    return journal.line(
        "signup.create", by=by, kind="sign_up", code=row.code, owner=row.activity.unit.code, session=row.session.code,
        pool=row.pool.code, state=str(row.state), order=row.order, seats=row.seats,
    )  # fmt: skip


def _free_number(standing: list[SignUp]) -> int:
    taken = {row.nth for row in standing}
    return next(n for n in range(1, len(taken) + 2) if n not in taken)


def kept_until(session: Session) -> datetime:
    """Until when the personal data of a session's guests are kept: so many days after its end as the office says."""
    return session.ends_at + timedelta(days=session.activity.office.public_days)


CONVOY: Convoy[Press, SignUp | None] = Convoy(_decide_load, MOST)
