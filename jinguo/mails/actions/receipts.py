"""Who is answered, and when not: a loop with another machine ends by itself (RFC 3834)."""

from datetime import timedelta

from jinguo.lib import clock, ids
from jinguo.lib.mail import Letter
from jinguo.mails.actions.deciding import Decision
from jinguo.mails.letters import help_receipt, receipt
from jinguo.mails.models import Fate, Mail, State
from jinguo.mails.queries.matching import help_receipts_to, receipts_to, registered_units
from jinguo.mails.understanding.machines import is_automatic, may_be_answered
from jinguo.messages.actions import queue_message
from jinguo.messages.models import OutMessage

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
MOST_AN_HOUR = 20  # receipts to one sender
MOST_IN_A_THREAD = 2  # receipts to answers that say nothing new; then the other side is taken for a machine
SAYS_SOMETHING = (Fate.SIGNED, Fate.REPORTED, Fate.CORRECTED, Fate.ZEROED, Fate.WITHDRAWN)


def queue_receipt(
    mail: Mail, letter: Letter, decision: Decision, *, photos: tuple[int, int] = (0, 0)
) -> OutMessage | None:
    """One receipt a mail, in the caller's transaction; None when nobody is to be answered.

    Args:
        photos: how many of its photographs were kept with a return, and how many were left.
    """
    if decision.fate == Fate.FORGED or not may_be_answered(letter):
        return None  # an answer to a forged sender reaches somebody who never wrote
    if decision.state == State.CASE:
        if decision.vouched == "fail" or is_automatic(letter) or _is_enough(mail, letter):
            return None
        shared = bool(registered_units(mail.office, letter.sender))
        subject, body = help_receipt(mail, is_shared=shared)
        return _queue(mail, letter, subject, body, about="case_mail")
    if decision.state == State.QUIET or _is_loop(mail, letter, decision):
        return None
    token = ids.short_token()
    subject, body = receipt(mail, letter, decision, token, photos)
    return _queue(mail, letter, subject, body, token=token)


def _is_enough(mail: Mail, letter: Letter) -> bool:
    """Whether she has been answered already: who writes again and again knows, and a machine is not kept going."""
    return help_receipts_to(mail, letter.sender, clock.now() - A_DAY) >= MOST_IN_A_THREAD


def _is_loop(mail: Mail, letter: Letter, decision: Decision) -> bool:
    """Whether the other side is likely a machine that answers our answers."""
    now = clock.now()
    if receipts_to(mail.office, mail.sender_key, now - AN_HOUR) >= MOST_AN_HOUR:
        return True
    if decision.fate in SAYS_SOMETHING:
        return False
    if decision.message is None and not _said_already(mail, letter):
        return False
    return receipts_to(mail.office, mail.sender_key, now - A_DAY) >= MOST_IN_A_THREAD


def _said_already(mail: Mail, letter: Letter) -> bool:
    """The same subject and words from this sender within a day."""
    rows = Mail.objects.filter(
        office=mail.office, sender_key=mail.sender_key, received_at__gte=mail.received_at - A_DAY
    )
    others = [one.letter for one in rows.exclude(pk=mail.pk).exclude(letter_sealed="").order_by("-received_at")[:20]]
    return any(one and (one.subject, one.body) == (letter.subject, letter.body) for one in others)


def _queue(mail: Mail, letter: Letter, subject: str, body: str, token: str = "", about: str = "mail") -> OutMessage:
    return queue_message(
        mail.office, key=f"receipt:{mail.code}:{about}", to=letter.sender, subject=subject, body=body, about=(about, mail.code),
        token=token,
    )  # fmt: skip
