"""Where an accepted return was used, and the letter that tells its unit, and nobody else."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Circulation
from jinguo.federation.actions.links import address_of, make_link
from jinguo.federation.models import Office, Unit
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.messages.actions import drop_messages, queue_message
from jinguo.reports import rules
from jinguo.reports.letters import adopted_letter
from jinguo.reports.models import Adoption, Return
from jinguo.reports.models.returned import Outcome

WHERE = 120  # characters
GRACE = timedelta(minutes=10)  # in which a slip can be undone before the unit is written to


def adopt_return(given: Return, *, where: str, by: journal.Actor) -> Adoption:
    """Say of an accepted return in which paper it was used. Said twice of one place it is said once.

    The unit is written to in ten minutes, so that a slip can be taken back before anybody was glad of it.

    Raises:
        Invalid: no place, or too long a one.
    """
    require(rules.may_adopt(given, by))
    said = place_said(where)
    with transaction.atomic():
        hold(given)
        known = Adoption.objects.filter(given=given, where=said).first()
        if known is not None:
            return known
        rows = Return.objects.counted().filter(pk=given.pk, accepted=given.accepted_id)
        if rows.update(outcome=Outcome.ADOPTED) != 1:
            raise Stale(_("这件报送刚刚变了。请看看现在的样子再定。"))
        adoption = Adoption.objects.create(
            code=ids.new_code(),
            given=given,
            version_id=given.accepted_id,
            where=said,
            at=clock.now(),
            actor=by.actor_code,
        )
        journal.record(
            "return.adopt", by=by, kind="return", code=given.code, owner=given.unit.code, adoption=adoption.code
        )
        tell_adopted(given.campaign.office, given.unit, [adoption], by=by, wait=GRACE)
    return adoption


def place_said(where: str) -> str:
    """A place in one line.

    Raises:
        Invalid: none, or too long a one.
    """
    said = " ".join(where.split())
    if not said:
        raise Invalid(_("请写用在了哪里，比如“简报第5期第2条”。"), "where")
    if len(said) > WHERE:
        raise Invalid(_("请控制在 120 字以内。"), "where")
    return said


def undo_adoption(adoption: Adoption, *, by: journal.Actor) -> None:
    """Take a person's word back; a letter that has not gone is dropped. What a signed summary quotes stays quoted."""
    given = adoption.given
    require(rules.may_undo_adoption(adoption, by))
    with transaction.atomic():
        if not Adoption.objects.filter(pk=adoption.pk, summary=None).delete()[0]:
            return
        others = Adoption.objects.filter(given=given).exists()
        if not others:
            Return.objects.filter(pk=given.pk, outcome=Outcome.ADOPTED).update(outcome="")
        drop_messages(("adoption", adoption.code), by=by)
        journal.record(
            "return.undo_adopt", by=by, kind="return", code=given.code, owner=given.unit.code, adoption=adoption.code
        )


def tell_adopted(
    office: Office, unit: Unit, adoptions: Iterable[Adoption], *, by: journal.Actor, wait: timedelta | None = None
) -> None:
    """One letter to one unit that lists what of it was used where; nothing where it has no registered address.

    Its own page tells the same. No other unit is told, nothing is counted or compared.
    """
    rows = list(adoptions)
    address = unit.mail_addresses.first()
    copy = Circulation.objects.filter(campaign=rows[0].given.campaign, unit=unit).first() if rows else None
    if address is None or copy is None:
        return
    _link, secret = make_link(
        Purpose.UNIT, unit=unit, kind="circulation", code=copy.code,
        expires_at=clock.now() + timedelta(days=office.link_days), by=by,
    )  # fmt: skip
    where = settings.URL + address_of(secret, "reports:link_list")
    subject, body = adopted_letter(office, unit, rows, where=where)
    first = rows[0]
    about = ("summary", first.summary.code) if first.summary else ("adoption", first.code)
    queue_message(
        office, key=f"adopted:{about[1]}:{unit.code}", to=address.address, subject=subject,
        body=body, about=about, next_at=clock.now() + wait if wait else None,
    )  # fmt: skip
