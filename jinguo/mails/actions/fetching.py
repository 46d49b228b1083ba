"""Polling the offices' mailboxes. Each mail is kept in a transaction of its own, and then the checkpoint moves past it."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import F

from jinguo.journal import actions as journal
from jinguo.lib import clock, limits
from jinguo.lib.claim import back_off, claim
from jinguo.lib.errors import Problem
from jinguo.lib.registry import due_work
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.imap import Box, Door, Fault, opened
from jinguo.mails.models import Mailbox, Source

log = logging.getLogger("jinguo.mails")
LEASE = timedelta(minutes=10)
EVERY = timedelta(minutes=2)  # NetEase reports no IDLE: the mailbox is asked
LONGEST = timedelta(minutes=30)  # between two tries while it cannot be reached
MOST = 50  # mails in one turn, so that other work is not kept waiting
FETCHER = journal.System("mail")


@due_work.register("mails.fetch")
def fetch_mails() -> int:
    """One turn at each mailbox that is due; returns how many mails were taken."""
    if settings.MAIL == "folder":
        return 0  # demonstration and training: this machine speaks to no mail server
    taken = 0
    for box in claim(Mailbox.objects.polled(), lease=LEASE, most=5):
        taken += fetch_box(box)
    return taken


def fetch_box(box: Mailbox) -> int:
    """Fetch up to `MOST` new mails of one mailbox, and say how it went on its row."""
    failure, taken, more = "", 0, False
    try:
        with opened(door_of(box)) as imap:
            taken, more = _take_new(box, imap)
    except Fault as fault:
        failure = fault.code
        log.warning("mailbox %s: %s", box.code, fault)
    except Problem as problem:  # the disk is full: what was not kept is asked for again
        failure = "no_room"
        log.warning("mailbox %s: %s", box.code, problem)
    now, attempts = clock.now(), box.attempts + 1 if failure else 0
    wait = min(back_off(attempts), LONGEST) if failure else timedelta(0) if more else EVERY
    Mailbox.objects.filter(pk=box.pk, lease_token=box.lease_token).update(
        checked_at=F("checked_at") if failure else now, failure=failure, attempts=min(attempts, 20), next_at=now + wait,
        lease_until=None,
    )  # fmt: skip
    return taken


def door_of(box: Mailbox) -> Door:
    """What is needed to open it."""
    return Door(box.host, box.port, box.security, box.user, box.secret)


def _take_new(box: Mailbox, imap: Box) -> tuple[int, bool]:
    """Keep what lies above the checkpoint; (how many were taken, whether more is waiting)."""
    validity = imap.uid_validity
    if validity != box.uid_validity:
        Mailbox.objects.filter(pk=box.pk).update(uid_validity=validity, last_uid=0)
        box.uid_validity, box.last_uid = validity, 0
    waiting = imap.uids(box.last_uid, box.since)
    turn = waiting[:MOST]
    sizes = imap.sizes(turn)
    for uid in turn:
        found = imap.fetch(uid, sizes.get(uid, limits.MAIL_BYTES))
        if found is not None and found.data:
            keep_mail(
                box.office, found.data, received_at=found.received_at, source=Source.IMAP, by=FETCHER, uid=(validity, uid),
                is_cut=found.is_cut,
            )  # fmt: skip
        moved = Mailbox.objects.filter(pk=box.pk, uid_validity=validity, last_uid__lt=uid)
        moved.update(last_uid=uid, lease_until=clock.now() + LEASE)
    return len(turn), len(waiting) > MOST
