"""Making, opening and ending links."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy, rules
from jinguo.federation.models import Link, Unit
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.journal.models import Entry
from jinguo.lib import clock, crypto, ids
from jinguo.lib.errors import Gone
from jinguo.lib.rulings import require

log = logging.getLogger("jinguo")

# Whether a unit's, a host's or a new officer's link was ever opened is asked by whoever sent it. When a visitor looks at her
# own sign-up is nobody's affair, and in a rush it was a second write for each.
OPENING_COUNTS = (Purpose.UNIT, Purpose.HOST, Purpose.HAND_OVER)


def make_link(
    purpose: Purpose, *, unit: Unit | None, kind: str, code: str, expires_at: datetime, by: journal.Actor
) -> tuple[Link, str]:
    """A new link and its secret. The secret is returned once, put into a message, and never stored."""
    link, secret, made = forge_link(purpose, unit=unit, kind=kind, code=code, expires_at=expires_at, by=by)
    with transaction.atomic():
        keep_links([link])
        journal.append([made])
    return link, secret


def forge_link(
    purpose: Purpose, *, unit: Unit | None, kind: str, code: str, expires_at: datetime, by: journal.Actor
) -> tuple[Link, str, Entry]:
    """As `make_link`, nothing written yet: link and journal's line are for the caller to keep, many at once."""
    secret = ids.new_secret()
    link = Link(
        code=ids.new_code(), secret_hash=crypto.hash_secret(secret), purpose=purpose, unit=unit, object_kind=kind,
        object_code=code, created_at=clock.now(), expires_at=expires_at,
    )  # fmt: skip
    owner = unit.code if unit else ""
    made = journal.line("link.make", by=by, kind="link", code=link.code, owner=owner, opens=f"{kind}:{code}")
    return link, secret, made


def keep_links(links: Iterable[Link]) -> None:
    """Write forged links by one statement, inside the transaction of what they were forged for."""
    Link.objects.bulk_create(links)


def revoke_links(kind: str, code: str, *, by: journal.Actor) -> int:
    """End every live link to one thing; returns how many."""
    with transaction.atomic():
        ended = Link.objects.filter(object_kind=kind, object_code=code, revoked_at=None).update(revoked_at=clock.now())
        if ended:
            journal.record("link.revoke", by=by, kind=kind, code=code, links=ended)
    return ended


def end_unit_links(unit: Unit, *, by: journal.Actor) -> int:
    """End every live link that was handed to a unit, whatever it opens: who answered for it before has them still.

    The unit gets a fresh one with its next letter, or when an officer sends it anew.

    Returns:
        How many ended.
    """
    require(rules.may_edit_unit(unit, by))
    with transaction.atomic():
        live = Link.objects.filter(unit=unit, purpose=Purpose.UNIT, revoked_at=None, expires_at__gt=clock.now())
        ended = live.update(revoked_at=clock.now())
        if ended:
            journal.record("link.revoke", by=by, kind="unit", code=unit.code, owner=unit.code, links=ended)
    return ended


def extend_links(kind: str, codes: Iterable[str], *, until: datetime) -> int:
    """Let live links to some things run on to a later moment; never shorten one. Inside the caller's transaction."""
    rows = Link.objects.filter(object_kind=kind, object_code__in=list(codes), revoked_at=None, expires_at__lt=until)
    return rows.update(expires_at=until)


def open_link(secret: str, role: str) -> Link:
    """The live link behind a secret, for the door it was made for; a first opening is noted where it counts.

    Raises:
        Gone: unknown, altered, expired or revoked: one sentence for all, so that nothing is learnt by trying.
    """
    purposes = [purpose for purpose, stands_for in policy.OF_LINK.items() if stands_for == role]
    link = (
        Link.objects.select_related("unit").filter(secret_hash=crypto.hash_secret(secret), purpose__in=purposes).first()
    )
    if link is None or link.revoked_at is not None or link.expires_at <= clock.now():
        raise Gone(
            _(
                "这个链接打不开：可能过期了、换了新的，或者没有复制完整。请回到原来的邮件再点一次，或打电话向发件单位要一个新的。"
            )
        )
    if link.opened_at is None and link.purpose in OPENING_COUNTS:
        _note_opening(link)
    link.secret = secret  # the holder's own pages need the address they came by
    return link


def _note_opening(link: Link) -> None:
    """Note the first opening. The page itself does not depend on it."""
    moment = clock.now()
    try:
        Link.objects.filter(pk=link.pk, opened_at=None).update(opened_at=moment)
    except OperationalError as error:  # the page is what she came for; the next opening is noted
        log.warning("an opening was not noted: %s", error)
        return
    link.opened_at = moment


def address_of(link_secret: str, view: str, **more: Any) -> str:
    """The path of a page behind a link."""
    return reverse(view, kwargs={"link": link_secret, **more})
