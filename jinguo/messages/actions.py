"""Queueing messages, and the worker's sending of them. Nothing leaves inside a request.

A message is handed to the server at most once by itself: `handed_at` is written before the data go out, and whoever finds
a row handed over without an outcome (the worker was killed in between) sets it to `unknown` for a person to decide.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Office
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.claim import MAX_ATTEMPTS, back_off, claim
from jinguo.lib.errors import Refused, Stale
from jinguo.lib.registry import due_work
from jinguo.messages.models import Channel, Delivery, OutMessage
from jinguo.messages.transport import CUT_SHORT, KILLS, NotSent, Uncertain, carry

LEASE = timedelta(minutes=5)  # far longer than one conversation with a server; renewed at the hand-over
AGAIN = (Delivery.ASIDE, Delivery.UNKNOWN)  # what a person may send again


class LeaseLost(Exception):
    """Another worker has this row, or nobody wants it sent any more."""


def queue_message(
    office: Office,
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    about: tuple[str, str],
    token: str = "",
    channel: str = Channel.EMAIL,
    next_at: datetime | None = None,
) -> OutMessage:
    """Put one message into the outbox, in the caller's transaction. The same key gives the row already there.

    Args:
        to: an e-mail address, a mobile number, or the code of a group robot, as the channel needs.
        next_at: not before this instant; None for at once.
    """
    existing = OutMessage.objects.filter(key=key).first()
    if existing:
        return existing
    code = ids.new_code()
    domain = (office.mail_from or "no-reply@example.org").rsplit("@", 1)[-1]
    row = OutMessage(
        code=code, office=office, key=key, channel=channel, about_kind=about[0], about_code=about[1], token=token,
        message_id=f"<{code}@{domain}>", created_at=clock.now(), next_at=next_at or clock.now(),
    )  # fmt: skip
    row.to, row.subject, row.body = one_line(to), one_line(subject), body
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return OutMessage.objects.get(key=key)  # another process queued it between our look and our insert
    return row


@due_work.register("messages.send")
def send_waiting(most: int = 20) -> int:
    """Send up to `most` waiting messages; each outcome is its own transaction."""
    done = set_doubtful(most)
    while done < most:
        rows = claim(OutMessage.objects.waiting(), lease=LEASE, most=1)
        if not rows:
            break
        _send_one(rows[0])
        done += 1
    return done


def set_doubtful(most: int = 20) -> int:
    """Rows handed to a server by a worker that died before it heard the answer: nobody knows, a person decides."""
    gone = OutMessage.objects.filter(state=Delivery.WAITING, lease_until__lt=clock.now()).exclude(handed_at=None)
    rows = list(gone.select_related("office__unit")[:most])
    for row in rows:
        _settle(row, Delivery.UNKNOWN, row.attempts + 1, CUT_SHORT)
    return len(rows)


def _send_one(row: OutMessage) -> None:
    if row.attempts >= MAX_ATTEMPTS:
        return _settle(row, Delivery.ASIDE, row.attempts, KILLS)
    attempts, failure = row.attempts + 1, ""
    state: Any = Delivery.SENT
    try:
        carry(row, lambda: _note_hand_over(row))
    except LeaseLost:
        return
    except Uncertain as doubt:
        state, failure = Delivery.UNKNOWN, str(doubt)
    except NotSent as reason:
        given_up = reason.final or attempts >= MAX_ATTEMPTS
        state, failure = (Delivery.ASIDE if given_up else Delivery.WAITING), str(reason)
    _settle(row, state, attempts, failure)


def _note_hand_over(row: OutMessage) -> None:
    """Written before the data go out, so that a second hand-over by itself is impossible.

    Raises:
        LeaseLost: the row is not ours any more; nothing may be sent.
    """
    moment = clock.now()
    mine = OutMessage.objects.filter(
        pk=row.pk, state=Delivery.WAITING, handed_at=None, lease_token=row.lease_token, lease_until__gt=moment
    ).update(handed_at=moment, lease_until=moment + LEASE)
    if not mine:
        raise LeaseLost


def _settle(row: OutMessage, state: Any, attempts: int, failure: str) -> None:
    """Write one outcome, if the row is still ours."""
    changes = {"state": state, "attempts": attempts, "failure": failure[:300], "lease_until": None}
    if state != Delivery.UNKNOWN:
        changes["handed_at"] = None
    if state == Delivery.SENT:
        changes |= {"sent_at": clock.now(), "body_sealed": ""}
    elif state == Delivery.WAITING:
        changes["next_at"] = clock.now() + back_off(attempts)
    with transaction.atomic():
        ours = OutMessage.objects.filter(pk=row.pk, lease_token=row.lease_token, state=Delivery.WAITING)
        if ours.update(**changes) and state != Delivery.WAITING:
            journal.record(
                f"message.{state}", by=journal.System("outbox"), kind="message", code=row.code,
                owner=row.office.unit.code, about=f"{row.about_kind}:{row.about_code}", attempts=attempts,
            )  # fmt: skip


def retry_message(row: OutMessage, *, by: journal.Actor) -> None:
    """Send a set-aside or uncertain message again, on a person's word."""
    if not policy.may(by, "message.edit", row.office.unit):
        raise Refused(_("只有本单位的经办人可以重发。"))
    with transaction.atomic():
        if not OutMessage.objects.filter(pk=row.pk, state__in=AGAIN).update(**_afresh()):
            raise Stale(_("这封信已经在发送或已经发出，不用重发。"))
        journal.record("message.retry", by=by, kind="message", code=row.code, owner=row.office.unit.code)


def retry_aside(office: Office, *, by: journal.Actor) -> int:
    """Send everything again that was set aside, after the mailbox was mended; returns how many."""
    if not policy.may(by, "message.edit", office.unit):
        raise Refused(_("只有本单位的经办人可以重发。"))
    with transaction.atomic():
        moved = OutMessage.objects.filter(office=office, state=Delivery.ASIDE).update(**_afresh())
        if moved:
            journal.record(
                "message.retry_all", by=by, kind="office", code=office.code, owner=office.unit.code, messages=moved
            )
    return moved


def drop_messages(about: tuple[str, str], *, by: journal.Actor) -> int:
    """Unsent messages about a thing need not go any more (their link was replaced); returns how many.

    One already handed to a server, with its outcome still open, stays: it may have left.
    """
    kind, code = about
    with transaction.atomic():
        rows = OutMessage.objects.filter(about_kind=kind, about_code=code, handed_at=None)
        dropped = rows.filter(state__in=[Delivery.WAITING, Delivery.ASIDE]).update(
            state=Delivery.DROPPED, body_sealed="", lease_until=None
        )
        if dropped:
            journal.record("message.drop", by=by, kind=kind, code=code, messages=dropped)
    return dropped


def _afresh() -> dict[str, object]:
    return {
        "state": Delivery.WAITING, "attempts": 0, "next_at": clock.now(), "failure": "", "handed_at": None,
        "lease_until": None,
    }  # fmt: skip


def one_line(value: str) -> str:
    """Header text without anything a reader takes for a line break: nobody smuggles a header in."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", value).strip()
