"""Holding it again: a copy on another day, more sessions of the same kind, one session taken back."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.plan import make_activity
from jinguo.activities.draft import Draft
from jinguo.activities.models import Activity, Feedback, HandOut, Headcount, SeatPool, Session, SignUp, WalkIn
from jinguo.activities.models.session import PoolKind
from jinguo.activities.queries.making import clauses_served
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.questions.actions import add_question, open_sheet
from jinguo.questions.models import Question
from jinguo.questions.queries import questions_of
from jinguo.questions.wishes import QuestionWish

MOST_SESSIONS = 60
POOL_COLUMNS = ("kind", "name", "unit", "position", "capacity", "waiting_cap", "each", "offer_hours")


def copy_activity(source: Activity, *, day: date, code: str, by: journal.Actor) -> Activity:
    """The same on another day, as a draft: its words, sessions, seats and questions; nobody's sign-up, count or picture.

    Args:
        source: read with its unit, series, audiences, co-hosts and clauses.
        day: of its first session; the others follow at the same distance.
        code: drawn when the form was made: sent twice, it makes one copy.

    Raises:
        NotThere: the code belongs to something else.
    """
    require(rules.may_create(source.unit, by))
    sessions = list(source.sessions.filter(called_off_at=None).order_by("starts_at", "pk"))
    shift = timedelta(days=(day - clock.local(sessions[0].starts_at).date()).days)
    with transaction.atomic():
        hold(source)
        made = Activity.objects.filter(code=code, unit=source.unit).select_related("unit").first()
        if made is not None:
            return made
        copy = make_activity(source.unit, _draft(source, sessions[0], shift, by), code=code, by=by)
        copy.sessions.all().delete()
        for session in sessions:
            _copy_session(session, copy, shift)
        _copy_questions(source, copy, by)
        journal.record(
            "activity.copy", by=by, kind="activity", code=copy.code, owner=source.unit.code, source=source.code
        )
    return copy


def _draft(source: Activity, first: Session, shift: timedelta, by: Any) -> Draft:
    """The words of an activity; of its clauses those that may still be served."""
    names = (
        "title", "kind", "subkind", "venue", "area", "place", "address", "directions", "access", "online_url", "summary", "bring",
        "cost", "home_address",
        "minors", "discreet", "contact_phone", "visibility", "expected",
    )  # fmt: skip
    had = {link.clause_id for link in source.clause_links.all()}
    return Draft(
        **{name: getattr(source, name) for name in names},
        starts_at=first.starts_at + shift,
        ends_at=first.ends_at + shift,
        audiences=tuple(row.audience for row in source.audiences.all()),
        cohosts=tuple(row.name for row in source.cohosts.all()),
        clauses=tuple(clause for clause in clauses_served(by, source.unit) if clause.pk in had),
        series=source.series.name if source.series else "",
    )


def _copy_session(session: Session, to: Activity, shift: timedelta) -> Session:
    """A session with empty pools, so much later; sign-up opens and closes so much later too."""
    gates = {name: at + shift for name in ("opens_at", "closes_at") if (at := getattr(session, name))}
    copy = Session.objects.create(
        activity=to, starts_at=session.starts_at + shift, ends_at=session.ends_at + shift, walk_in=session.walk_in,
        **gates,
    )  # fmt: skip
    for pool in SeatPool.objects.filter(session=session).order_by("position", "pk"):
        slot = {name: at + shift for name in ("slot_from", "slot_until") if (at := getattr(pool, name))}
        row = SeatPool(
            code=ids.new_code(), session=copy, **{name: getattr(pool, name) for name in POOL_COLUMNS}, **slot
        )
        if row.kind == PoolKind.UNIT:
            row.door = ids.new_secret()
        row.save(force_insert=True)
    return copy


def _copy_questions(source: Activity, to: Activity, by: journal.Actor) -> None:
    asked = questions_of("activity", source.code)
    if not asked:
        return
    sheet = open_sheet(to.unit, kind="activity", code=to.code, by=by)
    made: dict[int, Question] = {}
    for question in asked:
        wish = QuestionWish(
            question.kind, question.label, question.hint, question.required, tuple(question.choices.splitlines()),
            question.least, question.most, question.personal, made.get(question.asks_if_id or 0), question.asks_value,
        )  # fmt: skip
        made[question.pk] = add_question(sheet, wish, code=ids.new_code(), by=by)


def add_sessions(activity: Activity, *, weeks: int, until: date, by: journal.Actor) -> int:
    """More sessions like the last one, every so many weeks, up to a day; those that are there already stay as they are.

    Raises:
        Refused: not hers, done or cancelled. Invalid: no day is left, or there would be too many.
    """
    require(rules.may_edit(activity, by))
    with transaction.atomic():
        hold(activity)
        there = list(Session.objects.filter(activity=activity).order_by("starts_at", "pk"))
        last, step = there[-1], timedelta(weeks=weeks)
        count = (until - clock.local(last.starts_at).date()) // step
        wish = {"weeks": weeks, "until": until.isoformat()}
        done = just_did(by, "activity.sessions_add", kind="activity", code=activity.code, **wish)
        if count < 1 and done is not None:
            return int(done.facts["added"])
        if count < 1:
            raise Invalid(_("到这一天为止排不出新的一场。请选晚一些的日子。"), "until")
        if len(there) + count > MOST_SESSIONS:
            raise Invalid(_("一共最多 %(most)s 场。请选早一些的日子，以后再加。") % {"most": MOST_SESSIONS}, "until")
        for nth in range(1, count + 1):
            _copy_session(last, activity, step * nth)
        journal.record(
            "activity.sessions_add",
            by=by,
            kind="activity",
            code=activity.code,
            owner=activity.unit.code,
            added=count,
            **wish,
        )
    return count


def remove_session(session: Session, *, by: journal.Actor) -> bool:
    """Take a session back in which nothing has happened yet; True when this call did it.

    Raises:
        Refused: somebody signed up or was counted, or it is the only one.
    """
    activity = session.activity
    require(rules.may_edit(activity, by))
    with transaction.atomic():
        others = Session.objects.filter(activity=activity).exclude(pk=session.pk).exists()
        used = any(
            Session.objects.filter(pk=session.pk).filter(Exists(rows.filter(session=OuterRef("pk")))).exists()
            for rows in (SignUp.objects, Headcount.objects, WalkIn.objects, HandOut.objects, Feedback.objects)
        )
        require(rules.may_remove_session(others=others, used=used))
        SeatPool.objects.filter(session=session, drawn=0).delete()
        gone, _by_model = Session.objects.filter(pk=session.pk).delete()
        if gone:
            journal.record(
                "activity.session_remove", by=by, kind="activity", code=activity.code, owner=activity.unit.code,
                session=session.code,
            )  # fmt: skip
    return bool(gone)
