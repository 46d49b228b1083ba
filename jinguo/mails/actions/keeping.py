"""A raw mail is kept, with its SHA-256 and its retention clock, before one byte of it is read."""

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from jinguo.federation.models import Office
from jinguo.files.actions import store_file
from jinguo.files.models import Secrecy
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids, limits
from jinguo.mails.models import Mail, Mailbox, Source
from jinguo.people.actions import keep_until

KEEP_DAYS = 730  # where the office has set no mailbox
GROUND = "mail"


def keep_mail(
    office: Office, data: bytes, *, received_at: datetime, source: Source, by: journal.Actor, uid: tuple[int, int] | None = None,
    is_cut: bool = False,
) -> Mail:  # fmt: skip
    """Keep one raw mail. The same bytes again give the mail already there, whichever way they came.

    Args:
        received_at: when the mail's server took it; never later than now.
        uid: (UIDVALIDITY, UID) in the mailbox.
        is_cut: only its beginning was fetched, because it is larger than `limits.MAIL_BYTES`.

    Raises:
        Invalid: empty, or too large. NoRoom: the disk is full.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = Mail.objects.filter(office=office, sha256=digest).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return _keep(office, data, digest, received_at, source, by, uid, is_cut)
    except IntegrityError:
        # Another process kept the same mail meanwhile; our bytes lost their row and are swept.
        return Mail.objects.get(office=office, sha256=digest)


def _keep(
    office: Office, data: bytes, digest: str, received_at: datetime, source: Source, by: journal.Actor,
    uid: tuple[int, int] | None, is_cut: bool,
) -> Mail:  # fmt: skip
    now = clock.now()
    file = store_file(
        data, unit=office.unit, name=f"{digest[:12]}.eml", media_type="message/rfc822", secrecy=Secrecy.SENSITIVE, by=by,
        most=limits.MAIL_BYTES,
    )  # fmt: skip
    validity, number = uid or (None, None)
    row = Mail.objects.create(
        code=ids.new_code(), office=office, source=source, uid_validity=validity, uid=number, file=file, sha256=digest,
        is_cut=is_cut, received_at=min(received_at, now), kept_at=now, next_at=now,
    )  # fmt: skip
    box = Mailbox.objects.filter(office=office).first()
    days = box.keep_days if box else KEEP_DAYS
    keep_until("mail", row.code, row.received_at + timedelta(days=days), ground=GROUND)
    journal.record(
        "mail.keep", by=by, kind="mail", code=row.code, owner=office.unit.code, sha256=digest, source=str(source)
    )
    return row
