"""When a mail's retention clock ends: the raw mail and its text go, its hash, envelope and return stay."""

from datetime import datetime

from jinguo.files.actions import destroy_file
from jinguo.journal import actions as journal
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require
from jinguo.mails import rules
from jinguo.mails.models import Mail
from jinguo.people.actions import RETENTION, forget_due, lift_hold, place_hold
from jinguo.search.actions import drop_thing


@due_work.register("mails.forget", every=60)
def forget_mails() -> int:
    """Destroy raw mails whose clock has run out and which are under no hold."""
    return forget_due("mail", _forget)


def _forget(code: str, moment: datetime) -> bool:
    mail = Mail.objects.select_related("file__unit").get(code=code)
    destroy_file(mail.file, reason="retention", by=RETENTION)
    Mail.objects.filter(pk=mail.pk).update(
        letter_sealed="", understood_sealed="", subject_sealed="", destroyed_at=moment
    )
    drop_thing("mail", code)
    journal.record("mail.forget", by=RETENTION, kind="mail", code=code, sha256=mail.sha256)
    return True


def hold_mail(mail: Mail, *, reason: str, by: journal.Actor) -> None:
    """Keep a mail past its clock (诉讼、信访、审计期间)."""
    require(rules.may_decide(mail, by))
    place_hold("mail", mail.code, reason=" ".join(reason.split())[:200] or "hold", by=by)


def let_go(mail: Mail, *, by: journal.Actor) -> None:
    """End the hold; the clock runs again."""
    require(rules.may_decide(mail, by))
    lift_hold("mail", mail.code, by=by)
