"""What was given out, what those who came say of it, and what its unit tells of it afterwards."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.apart import keep_feedback
from jinguo.activities.models import Activity, Feedback, HandOut, Session, SignUp
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import hold
from jinguo.lib.pleas import pleads
from jinguo.lib.rulings import require


def hand_out(session: Session, *, what: str, count: int, about: bool, code: str, by: journal.Actor) -> HandOut:
    """So many of one thing were given to people.

    Args:
        code: drawn when the page was made: a form sent twice counts once.
    """
    require(rules.may_run(session.activity, by))
    try:
        with transaction.atomic():
            row = HandOut.objects.create(
                code=code, session=session, what=what, count=count, about=about, at=clock.now(), actor=by.actor_code
            )
            _note(session, "activity.hand_out", by, hand_out=code, count=count)
        return row
    except IntegrityError:
        made = HandOut.objects.filter(code=code, session=session).first()
        if made is None:
            raise Invalid(_("这一页已经旧了。请刷新后再记一次。"), "what") from None
        return made


def undo_hand_out(row: HandOut, *, by: journal.Actor) -> bool:
    """Take one line back."""
    require(rules.may_run(row.session.activity, by))
    with transaction.atomic():
        undone = HandOut.objects.filter(pk=row.pk, undone_at=None).update(undone_at=clock.now())
        if undone:
            _note(row.session, "activity.hand_out_undo", by, hand_out=row.code, count=row.count)
    return bool(undone)


def _note(session: Session, action: str, by: journal.Actor, **facts: object) -> None:
    journal.record(action, by=by, kind="session", code=session.code, owner=session.activity.unit.code, **facts)


def say_useful(
    session: Session, *, useful: int, words: str, by: journal.Actor, code: str = "", sign_up: SignUp | None = None
) -> Feedback:
    """Answer the one question. A guest's last word stands; an answer of somebody who just came is told by its code.

    Args:
        words: a sentence she added; dropped where the activity says nothing of itself, kept apart where it is a plea.
        code: drawn when the page was made; not needed with a sign-up.
    """
    require(rules.may_say_useful(session, clock.now()))
    said = "" if session.activity.is_sensitive else words
    plea = pleads(said)
    words = "" if plea else said
    with transaction.atomic():
        if sign_up is not None:
            hold(sign_up)
        stands = Feedback.objects.filter(sign_up=sign_up).first() if sign_up else _by_code(session, code)
        row = Feedback(code=stands.code if stands else code or ids.new_code(), session=session, sign_up=sign_up)
        if plea:
            keep_feedback(row, said, by=by)
        if stands and (stands.useful, stands.words) == (useful, words):
            return stands
        row.words = words
        facts = {"useful": useful, "words_sealed": row.words_sealed, "at": clock.now()}
        kept, _made = Feedback.objects.update_or_create(
            code=row.code, defaults=facts, create_defaults={**facts, "session": session, "sign_up": sign_up}
        )
        journal.record(
            "activity.feedback", by=by, kind="session", code=session.code, owner=session.activity.unit.code,
            feedback=kept.code,
        )  # fmt: skip
    return kept


def _by_code(session: Session, code: str) -> Feedback | None:
    return Feedback.objects.filter(code=code, session=session, sign_up=None).first() if code else None


def write_story(activity: Activity, *, text: str, shown: bool, by: journal.Actor) -> bool:
    """Keep what is told of an activity; shown on its public page where that is said. True when something changed.

    Raises:
        Refused: not held yet, not hers, or of a kind that says nothing of itself in public.
    """
    require(rules.may_write_story(activity, by, shown=shown))
    with transaction.atomic():
        rows = Activity.objects.filter(pk=activity.pk).exclude(story=text, story_shown=shown)
        changed = rows.update(story=text, story_shown=bool(shown and text), written_at=clock.now() if text else None)
        if changed:
            journal.record(
                "activity.write_story",
                by=by,
                kind="activity",
                code=activity.code,
                owner=activity.unit.code,
                shown=shown,
            )
    return bool(changed)
