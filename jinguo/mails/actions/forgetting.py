"""When a mail's retention clock ends: the raw mail and its text go, its hash, envelope and return stay."""

from datetime import datetime

from django.db import transaction

from jinguo.files.actions import destroy_file
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require
from jinguo.mails import rules
from jinguo.mails.models import Mail
from jinguo.people.actions import lift_hold, place_hold
from jinguo.people.models import Hold, RetentionClock
from jinguo.search.actions import drop_thing

BATCH = 100
RETENTION = journal.System("retention")


@due_work.register("mails.forget", every=60)
def forget_mails() -> int:
    """Destroy raw mails whose clock has run out and which are under no hold."""
    moment = clock.now()
    codes = RetentionClock.objects.due("mail", moment).order_by("due_at").values_list("object_code", flat=True)
    return sum(_forget(code, moment) for code in list(codes[:BATCH]))


def _forget(code: str, moment: datetime) -> int:
    """1 when it was destroyed; 0 when the clock was run further or a hold was placed meanwhile."""
    with transaction.atomic():
        running = RetentionClock.objects.filter(object_kind="mail", object_code=code, fired_at=None)
        if not running.filter(due_at__lte=moment).update(fired_at=moment):
            return 0
        if Hold.objects.filter(object_kind="mail", object_code=code, lifted_at=None).exists():
            transaction.set_rollback(True)
            return 0
        mail = Mail.objects.select_related("file__unit").get(code=code)
        destroy_file(mail.file, reason="retention", by=RETENTION)
        Mail.objects.filter(pk=mail.pk).update(
            letter_sealed="", understood_sealed="", subject_sealed="", destroyed_at=moment
        )
        drop_thing("mail", code)
        journal.record("mail.forget", by=RETENTION, kind="mail", code=code, sha256=mail.sha256)
    return 1


def hold_mail(mail: Mail, *, reason: str, by: journal.Actor) -> None:
    """Keep a mail past its clock (诉讼、信访、审计期间)."""
    require(rules.may_decide(mail, by))
    place_hold("mail", mail.code, reason=" ".join(reason.split())[:200] or "hold", by=by)


def let_go(mail: Mail, *, by: journal.Actor) -> None:
    """End the hold; the clock runs again."""
    require(rules.may_decide(mail, by))
    lift_hold("mail", mail.code, by=by)
