"""Forgetting who came: names and private links of a session's guests go when the office's days after it have passed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from jinguo.activities.models import Activity, CheckAnswer, Feedback, Session, SignUp
from jinguo.activities.models.activity import EVENTS
from jinguo.federation.actions.links import revoke_links
from jinguo.federation.models import Office
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.registry import due_work
from jinguo.messages.actions import forget_messages
from jinguo.people.actions import RETENTION
from jinguo.people.models import Hold
from jinguo.questions.actions import forget_answers

BATCH = 200


@due_work.register("activities.forget", every=60)
def forget_guests() -> int:
    """Destroy names and links of sign-ups whose days have passed and that no legal hold keeps; seats and counts stay."""
    done = 0
    for office in Office.objects.all():
        edge = clock.now() - timedelta(days=office.public_days)
        over = Session.objects.filter(activity__office=office, ends_at__lte=edge)
        held = Hold.objects.filter(lifted_at=None)
        rows = SignUp.objects.filter(session__in=over, forgotten_at=None).exclude(
            Exists(held.filter(object_kind="sign_up", object_code=OuterRef("code")))
            | Exists(held.filter(object_kind="activity", object_code=OuterRef("activity__code")))
            | Exists(held.filter(object_kind="person", object_code=OuterRef("person__code")))
        )
        for code in list(rows.values_list("code", flat=True)[:BATCH]):
            done += _forget(code)
        done += _forget_homes(office, edge) + _forget_notes(office, edge) + _forget_words(office, edge)
    return done


def _forget_homes(office: Office, edge: datetime) -> int:
    """The address of whoever opened her home goes with the guests' names."""
    open_still = Session.objects.filter(activity=OuterRef("pk"), ends_at__gt=edge)
    held = Hold.objects.filter(lifted_at=None, object_kind="activity", object_code=OuterRef("code"))
    rows = Activity.objects.filter(office=office).exclude(home_address_sealed="").filter(visibility__in=EVENTS)
    rows = rows.exclude(Exists(open_still) | Exists(held))
    gone = 0
    for code in list(rows.values_list("code", flat=True)[:BATCH]):
        with transaction.atomic():
            if Activity.objects.filter(code=code).exclude(home_address_sealed="").update(home_address_sealed=""):
                journal.record("activity.forget_home", by=RETENTION, kind="activity", code=code)
                gone += 1
    return gone


def _forget_notes(office: Office, edge: datetime) -> int:
    """Whom to ring in an emergency is forgotten with the guests; what was said to the point stays."""
    open_still = Session.objects.filter(activity=OuterRef("activity"), ends_at__gt=edge)
    held = Hold.objects.filter(lifted_at=None, object_kind="activity", object_code=OuterRef("activity__code"))
    rows = CheckAnswer.objects.filter(activity__office=office).exclude(note_sealed="")
    rows = rows.exclude(Exists(open_still) | Exists(held))
    codes = list(rows.values_list("code", flat=True)[:BATCH])
    with transaction.atomic():
        gone = CheckAnswer.objects.filter(code__in=codes).exclude(note_sealed="").update(note_sealed="")
        if gone:
            journal.record("checklist.forget", by=RETENTION, kind="office", code=office.unit.code, notes=gone)
    return gone


def _forget_words(office: Office, edge: datetime) -> int:
    """What those who came added in their own words is forgotten with the guests; how useful it was stays."""
    held = Hold.objects.filter(lifted_at=None, object_kind="activity", object_code=OuterRef("session__activity__code"))
    over = Session.objects.filter(activity__office=office, ends_at__lte=edge)
    rows = Feedback.objects.filter(session__in=over).exclude(words_sealed="").exclude(Exists(held))
    codes = list(rows.values_list("code", flat=True)[:BATCH])
    with transaction.atomic():
        gone = Feedback.objects.filter(code__in=codes).exclude(words_sealed="").update(words_sealed="")
        if gone:
            journal.record("activity.forget_words", by=RETENTION, kind="office", code=office.unit.code, words=gone)
    return gone


def _forget(code: str) -> int:
    with transaction.atomic():
        gone = SignUp.objects.filter(code=code, forgotten_at=None).update(
            name_sealed="", link_secret_sealed="", email_sealed="", minors=0, forgotten_at=clock.now()
        )
        if gone:
            revoke_links("sign_up", code, by=RETENTION)
            forget_answers("sign_up", code, by=RETENTION)
            forget_messages(("sign_up", code), by=RETENTION)
            journal.record("signup.forget", by=RETENTION, kind="sign_up", code=code)
    return gone
