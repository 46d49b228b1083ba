"""The day itself: who came, who walked in, how many there were, and a telephone shown to whoever may ask."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.models import CheckIn, Headcount, Session, SignUp, WalkIn
from jinguo.activities.queries.desk import sign_ups_of
from jinguo.activities.roll import names_table
from jinguo.activities.wishes import Heads
from jinguo.files.actions import read_file
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require
from jinguo.lib.sheets import Table
from jinguo.questions.models import Answer
from jinguo.questions.queries import answers_of, ever_asked

MOST_AT_ONCE = 500


def check_in(sign_up: SignUp, *, by: journal.Actor, at: datetime | None = None) -> bool:
    """Mark that she came, with all her seats. Marking again changes nothing; True when this call did it.

    Args:
        at: when it was pressed, if that was earlier than now.
    """
    require(rules.may_check_in(sign_up, by))
    with transaction.atomic():
        _row, made = CheckIn.objects.get_or_create(
            sign_up=sign_up, defaults={"seats": sign_up.seats, "at": at or clock.now(), "actor": by.actor_code}
        )
        if made:
            SignUp.objects.filter(pk=sign_up.pk).exclude(missed_at=None).update(missed_at=None)
            journal.record("signup.check_in", by=by, kind="sign_up", code=sign_up.code, owner=_owner(sign_up))
    return made


def undo_check_in(sign_up: SignUp, *, by: journal.Actor) -> bool:
    """Take the mark back; the journal keeps that it was there."""
    require(rules.may_run(sign_up.pool.session.activity, by))
    with transaction.atomic():
        gone, _by_model = CheckIn.objects.filter(sign_up=sign_up).delete()
        if gone:
            journal.record("signup.check_in_undo", by=by, kind="sign_up", code=sign_up.code, owner=_owner(sign_up))
    return bool(gone)


def mark_missed(sign_up: SignUp, *, by: journal.Actor) -> bool:
    """Say that she did not come; True when this call said it. Nothing follows for her: it is a count, never a mark
    against a person."""
    require(rules.may_miss(sign_up, by, clock.now()))
    with transaction.atomic():
        missed = SignUp.objects.confirmed().filter(pk=sign_up.pk, missed_at=None, check_in=None)
        done = missed.update(missed_at=clock.now())
        if done:
            journal.record("signup.missed", by=by, kind="sign_up", code=sign_up.code, owner=_owner(sign_up))
    return bool(done)


def undo_missed(sign_up: SignUp, *, by: journal.Actor) -> bool:
    """Take that back."""
    require(rules.may_run(sign_up.pool.session.activity, by))
    with transaction.atomic():
        done = SignUp.objects.filter(pk=sign_up.pk).exclude(missed_at=None).update(missed_at=None)
        if done:
            journal.record("signup.missed_undo", by=by, kind="sign_up", code=sign_up.code, owner=_owner(sign_up))
    return bool(done)


def _owner(sign_up: SignUp) -> str:
    return str(sign_up.pool.session.activity.unit.code)


def count_walk_in(session: Session, *, people: int, code: str, by: journal.Actor, at: datetime | None = None) -> WalkIn:
    """People who came without a sign-up.

    Args:
        code: drawn when the page was made: a form sent twice counts once.
        at: when it was pressed, if that was earlier than now.
    """
    require(rules.may_run(session.activity, by))
    if not 1 <= people <= MOST_AT_ONCE:
        raise Invalid(_("一次记 1 到 %(most)s 人。") % {"most": MOST_AT_ONCE}, "people")
    try:
        with transaction.atomic():
            row = WalkIn.objects.create(
                code=code, session=session, people=people, at=at or clock.now(), actor=by.actor_code
            )
            journal.record(
                "activity.walk_in", by=by, kind="session", code=session.code, owner=session.activity.unit.code,
                people=people, walk_in=code,
            )  # fmt: skip
        return row
    except IntegrityError:
        made = WalkIn.objects.filter(code=code, session=session).first()
        if made is None:
            raise Invalid(_("这一页已经旧了。请刷新后再记一次。"), "people") from None
        return made


def undo_walk_in(walk_in: WalkIn, *, by: journal.Actor) -> bool:
    """Take one count of walk-ins back."""
    require(rules.may_run(walk_in.session.activity, by))
    with transaction.atomic():
        undone = WalkIn.objects.filter(pk=walk_in.pk, undone_at=None).update(undone_at=clock.now())
        if undone:
            session = walk_in.session
            journal.record(
                "activity.walk_in_undo", by=by, kind="session", code=session.code, owner=session.activity.unit.code,
                people=walk_in.people, walk_in=walk_in.code,
            )  # fmt: skip
    return bool(undone)


def record_headcount(session: Session, heads: Heads, *, by: journal.Actor) -> Headcount:
    """Keep a head-count; the newest stands, older ones stay. The same numbers sent again make no second row.

    Raises:
        Invalid: nothing filled in, or more women than people.
    """
    require(rules.may_run(session.activity, by))
    if heads.on_site is None and heads.women is None and heads.online is None:
        raise Invalid(_("请至少填一个数；没有人来就填 0。"), "on_site")
    if heads.women is not None and heads.on_site is not None and heads.women > heads.on_site:
        raise Invalid(_("其中女性不能多于现场人数。"), "women")
    with transaction.atomic():
        newest = Headcount.objects.filter(session=session).order_by("-at", "-pk").first()
        if newest and (newest.on_site, newest.women, newest.online, newest.exactness) == (
            heads.on_site, heads.women, heads.online, heads.exactness,
        ):  # fmt: skip
            return newest
        row = Headcount.objects.create(
            session=session, on_site=heads.on_site, women=heads.women, online=heads.online, exactness=heads.exactness,
            at=clock.now(), actor=by.actor_code,
        )  # fmt: skip
        journal.record(
            "activity.headcount", by=by, kind="session", code=session.code, owner=session.activity.unit.code,
            headcount=row.code, on_site=heads.on_site, women=heads.women, online=heads.online,
        )  # fmt: skip
    return row


def reveal_file(sign_up: SignUp, answer: Answer, *, by: journal.Actor) -> bytes:
    """A file somebody sent in answer to a question; the journal says who opened it."""
    activity = sign_up.pool.session.activity
    require(rules.may_reveal(activity, by))
    with transaction.atomic():
        journal.record(
            "signup.view_sensitive", by=by, kind="sign_up", code=sign_up.code, owner=activity.unit.code,
            file=answer.file.code,
        )  # fmt: skip
    return read_file(answer.file)


def export_names(session: Session, *, by: journal.Actor) -> Table:
    """Everybody who stands on a session's list, as a table; the journal says who took it out.

    For activities of a sensitive kind names and telephones are masked as they are on the page.
    """
    activity = session.activity
    require(rules.may_export(activity, by))
    rows = list(sign_ups_of(session, by))
    asked = [] if activity.is_sensitive else ever_asked("activity", activity.code)
    told = answers_of("sign_up", [row.code for row in rows]) if asked else {}
    table = names_table(rows, masked=activity.is_sensitive, asked=asked, told=told)
    with transaction.atomic():
        journal.record(
            "signup.export", by=by, kind="session", code=session.code, owner=activity.unit.code, rows=len(rows)
        )
    return table


def reveal_phone(sign_up: SignUp, *, by: journal.Actor) -> str:
    """One person's telephone in full; the journal says who asked for it."""
    activity = sign_up.pool.session.activity
    require(rules.may_reveal(activity, by))
    with transaction.atomic():
        journal.record("signup.view_sensitive", by=by, kind="sign_up", code=sign_up.code, owner=activity.unit.code)
    return str(sign_up.person.phone)
