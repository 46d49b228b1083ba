"""Sending a notice to its units and hearing from the outbox what became of it.

Each circulation is sent in one transaction: its link, one message an address, and `queued_at` stand or fall together, so a
worker killed at any moment loses and doubles nothing.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.campaigns import rules
from jinguo.campaigns.letters import circulation_letter
from jinguo.campaigns.models import Circulation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.circulation import Undeliverable
from jinguo.federation.actions.contacts import add_address
from jinguo.federation.actions.links import make_link, revoke_links
from jinguo.federation.models import Link
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.lib import clock, crypto, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require
from jinguo.messages.actions import drop_messages, queue_message
from jinguo.messages.actions import note_bounce as bounce_message
from jinguo.messages.models import Delivery, OutMessage

KIND = "circulation"
SENDER = journal.System("circulation")


@due_work.register("campaigns.send")
def send_circulations(most: int = 50) -> int:
    """Send up to `most` circulations of issued campaigns that were not sent yet; each in its own transaction."""
    waiting = Circulation.objects.filter(queued_at=None, campaign__state=CampaignState.ISSUED)
    rows = list(waiting.select_related("campaign__office__unit", "unit").order_by("pk")[:most])
    return sum(_send_first(row) for row in rows)


def _send_first(row: Circulation) -> int:
    with transaction.atomic():
        if not Circulation.objects.filter(pk=row.pk, queued_at=None).update(queued_at=clock.now()):
            return 0  # another worker was faster
        _send(row, by=SENDER)
        journal.record("circulation.send", by=SENDER, kind=KIND, code=row.code, owner=row.unit.code)
    return 1


def _send(row: Circulation, *, by: journal.Actor) -> None:
    """Make the unit's link and queue its letters, in the caller's transaction; without an address say so instead."""
    addresses = list(row.unit.mail_addresses.order_by("position").values_list("address", flat=True))
    if not addresses:
        _note_undeliverable(row, Undeliverable.NO_ADDRESS, by=by)
        return
    office = row.campaign.office
    until = clock.now() + timedelta(days=office.link_days)
    link, secret = make_link(Purpose.UNIT, unit=row.unit, kind=KIND, code=row.code, expires_at=until, by=by)
    token = ids.short_token()
    letter = circulation_letter(
        row.campaign,
        row.unit,
        link=link,
        address=reverse("workspace:link", kwargs={"link": secret}),
        token=token,
        asks=list(row.campaign.asks.order_by("pk")),
    )
    for address in addresses:
        mark = crypto.ring().hash(address, "message.key")[:16]
        queue_message(
            office,
            key=f"{KIND}:{row.code}:{link.code}:{mark}",
            to=address,
            subject=letter.subject,
            body=letter.body,
            about=(KIND, row.code),
            token=token,
        )


def _note_undeliverable(row: Circulation, why: str, *, by: journal.Actor) -> None:
    moved = Circulation.objects.filter(pk=row.pk, undeliverable_at=None, delivered_at=None).update(
        undeliverable_at=clock.now(), undeliverable_why=why
    )
    if moved:
        journal.record("circulation.undeliverable", by=by, kind=KIND, code=row.code, owner=row.unit.code, why=str(why))


@due_work.register("campaigns.collect", every=3)
def collect_deliveries(most: int = 200) -> int:
    """Note on up to `most` circulations what the outbox knows: a server took a message, or all were set aside."""
    open_rows = Circulation.objects.exclude(queued_at=None).filter(delivered_at=None).select_related("unit")
    taken = open_rows.filter(_has(state=Delivery.SENT)).order_by("pk")[:most]
    moved = sum(_note_delivered(row) for row in list(taken))
    refused = (
        open_rows.filter(_has(state__in=[Delivery.ASIDE, Delivery.BOUNCED]), undeliverable_at=None)
        .exclude(_has(state__in=[Delivery.WAITING, Delivery.SENT, Delivery.UNKNOWN]))
        .order_by("pk")[: most - moved]
    )
    for row in list(refused):
        with transaction.atomic():
            _note_undeliverable(row, Undeliverable.REFUSED, by=SENDER)
        moved += 1
    return moved


def note_bounce(message: OutMessage, *, said: str, by: journal.Actor) -> bool:
    """A delivery report came: the message did not arrive, and neither did the notice where no other message took it.

    `collect_deliveries` then says 无法送达. False when it was known before.
    """
    with transaction.atomic():
        if not bounce_message(message, said=said, by=by):
            return False
        if message.about_kind == KIND:
            taken = OutMessage.objects.filter(about_kind=KIND, about_code=message.about_code, state=Delivery.SENT)
            if not taken.exists():
                Circulation.objects.filter(code=message.about_code).update(delivered_at=None)
    return True


def _has(**facts: object) -> Exists:
    """Circulations with an outbox row of these facts."""
    return Exists(OutMessage.objects.filter(about_kind=KIND, about_code=OuterRef("code"), **facts))


def _note_delivered(row: Circulation) -> int:
    sent = OutMessage.objects.filter(about_kind=KIND, about_code=row.code, state=Delivery.SENT).order_by("sent_at")
    first = sent.first()
    if first is None:
        return 0
    with transaction.atomic():
        moved = Circulation.objects.filter(pk=row.pk, delivered_at=None).update(
            delivered_at=first.sent_at, undeliverable_at=None, undeliverable_why=""
        )
        if moved:
            journal.record(
                "circulation.deliver", by=SENDER, kind=KIND, code=row.code, owner=row.unit.code, message=first.code
            )
    return int(moved)


def live_link(circulation: Circulation) -> Link | None:
    """The link that opens this circulation now, if one does."""
    rows = Link.objects.live(clock.now()).filter(object_kind=KIND, object_code=circulation.code)
    return rows.order_by("-created_at").first()


def reissue_link(circulation: Circulation, *, by: journal.Actor, instead_of: str, address: str = "") -> None:
    """End the unit's link and send a new one by mail; a copy the unit had sent back is out again.

    Args:
        instead_of: code of the last link made for it, as the page showed it ("" for none): pressing twice sends once.
        address: an e-mail address to register for the unit first; "" for none.

    Raises:
        Invalid: an address no mail can go to, or none known at all.
    """
    require(rules.circulation.may_reissue(circulation, by))
    with transaction.atomic():
        Circulation.objects.filter(pk=circulation.pk).update(queued_at=F("queued_at"))  # one re-sender at a time
        if last_link_code(circulation) != instead_of:
            return
        if address:
            add_address(circulation.unit, address, by=by)
        elif not circulation.unit.mail_addresses.exists():
            raise Invalid(_("这个单位没有登记邮箱。请补一个再发，或者打电话。"), "address")
        if instead_of:
            revoke_links(KIND, circulation.code, by=by)
        drop_messages((KIND, circulation.code), by=by)
        Circulation.objects.filter(pk=circulation.pk).update(
            queued_at=clock.now(), undeliverable_at=None, undeliverable_why="", sent_back_at=None
        )
        circulation.refresh_from_db()
        _send(circulation, by=by)
        journal.record("circulation.reissue", by=by, kind=KIND, code=circulation.code, owner=circulation.unit.code)


def last_link_code(circulation: Circulation) -> str:
    """Code of the newest link made for this circulation, living or not; "" when there was none."""
    rows: QuerySet[Link] = Link.objects.filter(object_kind=KIND, object_code=circulation.code)
    return rows.order_by("-pk").values_list("code", flat=True).first() or ""


def revoke_link(circulation: Circulation, *, by: journal.Actor) -> None:
    """End every link of this circulation; letters not yet sent are dropped."""
    require(rules.circulation.may_revoke(circulation, by))
    with transaction.atomic():
        revoke_links(KIND, circulation.code, by=by)
        drop_messages((KIND, circulation.code), by=by)
