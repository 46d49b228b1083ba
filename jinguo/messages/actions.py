"""Queueing messages, and the worker's sending of them. Nothing leaves inside a request."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Office
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.claim import MAX_ATTEMPTS, back_off, claim
from jinguo.lib.errors import Refused, Stale
from jinguo.lib.registry import due_work
from jinguo.messages.models import Channel, Delivery, OutMessage
from jinguo.messages.transport import NotSent, Uncertain, carry

LEASE = timedelta(minutes=5)


def queue_message(
    office: Office, *, key: str, to: str, subject: str, body: str, about: tuple[str, str], token: str = ""
) -> OutMessage:
    """Put one e-mail into the outbox, in the caller's transaction. The same key gives the row already there."""
    existing = OutMessage.objects.filter(key=key).first()
    if existing:
        return existing
    code = ids.new_code()
    domain = (office.mail_from or "no-reply@example.org").rsplit("@", 1)[-1]
    row = OutMessage(
        code=code,
        office=office,
        key=key,
        channel=Channel.EMAIL,
        about_kind=about[0],
        about_code=about[1],
        token=token,
        message_id=f"<{code}@{domain}>",
        created_at=clock.now(),
        next_at=clock.now(),
    )
    row.to, row.subject, row.body = _one_line(to), _one_line(subject), body
    row.save()
    return row


@due_work.register("messages.send")
def send_waiting(most: int = 20) -> int:
    """Send up to `most` waiting messages; each outcome is its own transaction."""
    rows = claim(OutMessage.objects.waiting(), lease=LEASE, most=most)
    for row in rows:
        _send_one(row)
    return len(rows)


def _send_one(row: OutMessage) -> None:
    attempts, state, failure = row.attempts + 1, Delivery.SENT, ""
    try:
        carry(row)
    except Uncertain as doubt:
        state, failure = Delivery.UNKNOWN, str(doubt)
    except NotSent as reason:
        given_up = reason.final or attempts >= MAX_ATTEMPTS
        state, failure = (Delivery.ASIDE if given_up else Delivery.WAITING), str(reason)
    changes = {"state": state, "attempts": attempts, "failure": failure[:300], "lease_until": None}
    if state == Delivery.SENT:
        changes |= {"sent_at": clock.now(), "body_sealed": ""}
    elif state == Delivery.WAITING:
        changes["next_at"] = clock.now() + back_off(attempts)
    with transaction.atomic():
        mine = OutMessage.objects.filter(pk=row.pk, lease_token=row.lease_token, state=Delivery.WAITING).update(
            **changes
        )
        if mine and state != Delivery.WAITING:
            journal.record(
                f"message.{state}", by=journal.System("outbox"), kind="message", code=row.code,
                owner=row.office.unit.code, about=f"{row.about_kind}:{row.about_code}", attempts=attempts,
            )  # fmt: skip


def retry_message(row: OutMessage, *, by: journal.Actor) -> None:
    """Send a set-aside or uncertain message again, on a person's word."""
    if not policy.may(by, "message.edit", row.office.unit):
        raise Refused(_("只有本单位的经办人可以重发。"))
    with transaction.atomic():
        moved = OutMessage.objects.filter(pk=row.pk, state__in=[Delivery.ASIDE, Delivery.UNKNOWN]).update(
            state=Delivery.WAITING, attempts=0, next_at=clock.now(), failure=""
        )
        if not moved:
            raise Stale(_("这封信已经在发送或已经发出，不用重发。"))
        journal.record("message.retry", by=by, kind="message", code=row.code, owner=row.office.unit.code)


def _one_line(value: str) -> str:
    """Header text without line breaks: nobody smuggles a header in."""
    return re.sub(r"[\r\n\x00]+", " ", value).strip()
