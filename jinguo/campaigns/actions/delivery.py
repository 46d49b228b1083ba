"""Sending a notice to its units and hearing from the outbox what became of it. A unit without an e-mail address is written to
by SMS where the office, or one above it, has a gateway; by day only.

Each circulation is sent in one transaction: its link, one message an address, and `queued_at` stand or fall together, so a
worker killed at any moment loses and doubles nothing.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.campaigns import rules
from jinguo.campaigns.letters import circulation_letter, circulation_sms
from jinguo.campaigns.models import Circulation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.circulation import Undeliverable
from jinguo.campaigns.queries.circulation import in_being
from jinguo.federation.actions.contacts import add_address
from jinguo.federation.actions.links import make_link, revoke_links
from jinguo.federation.models import Link, Office, Unit
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import clock, crypto, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require
from jinguo.messages.actions import drop_messages, queue_message, send_sms
from jinguo.messages.actions import note_bounce as bounce_message
from jinguo.messages.models import Channel, Delivery, OutMessage
from jinguo.messages.queries import carrier
from jinguo.workdays.queries import next_quiet_end

KIND = "circulation"
SENDER = journal.System("circulation")


@due_work.register("campaigns.send")
def send_circulations(most: int = 50) -> int:
    """Send up to `most` circulations of issued campaigns whose letters may leave; each in its own transaction."""
    by_now = Q(campaign__letters_at=None) | Q(campaign__letters_at__lte=clock.now())
    waiting = Circulation.objects.filter(
        by_now, in_being(clock.today()), queued_at=None, campaign__state=CampaignState.ISSUED
    )
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
    """Make the unit's link and queue its letters, or an SMS, in the caller's transaction; without either say so instead."""
    office = row.campaign.office
    addresses = list(row.unit.mail_addresses.order_by("position").values_list("address", flat=True))
    mobile = None if addresses else sms_way(office, row.unit)
    if not addresses and mobile is None:
        _note_undeliverable(row, Undeliverable.NO_ADDRESS, by=by)
        return
    until = clock.now() + timedelta(days=office.link_days)
    link, secret = make_link(Purpose.UNIT, unit=row.unit, kind=KIND, code=row.code, expires_at=until, by=by)
    address = reverse("workspace:link", kwargs={"link": secret})
    if mobile is not None:
        text = circulation_sms(row.campaign, address=address)
        key, at = f"{KIND}:{row.code}:{link.code}:sms", next_quiet_end(clock.now())
        send_sms(mobile[0], key=key, phone=mobile[1], text=text, about=(KIND, row.code), next_at=at)
        return
    token = ids.short_token()
    letter = circulation_letter(
        row.campaign,
        row.unit,
        link=link,
        address=address,
        token=token,
        asks=list(row.campaign.asks.order_by("pk")),
    )
    for to in addresses:
        mark = crypto.ring().hash(to, "message.key")[:16]
        queue_message(
            office,
            key=f"{KIND}:{row.code}:{link.code}:{mark}",
            to=to,
            subject=letter.subject,
            body=letter.body,
            about=(KIND, row.code),
            token=token,
        )


def sms_way(office: Office, unit: Unit) -> tuple[Office, str] | None:
    """By whose gateway, and to which number, a unit can be written to; None where there is no gateway or no mobile."""
    mobiles = mobiles_of(unit)
    by = carrier(office, Channel.SMS) if mobiles else None
    return (by, mobiles[0]) if by is not None else None


def mobiles_of(unit: Unit) -> list[str]:
    """The mobiles of a unit's contacts in their order, digits only, each once."""
    said = ("".join(mark for mark in one.mobile if mark in "+0123456789") for one in unit.contacts.order_by("position"))
    return list(dict.fromkeys(filter(None, said)))


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


def reissue_link(circulation: Circulation, *, by: journal.Actor, instead_of: str, address: str = "") -> bool:
    """End the unit's link and send a new one by mail; a copy the unit had sent back is out again.

    Args:
        instead_of: code of the last link made for it, as the page showed it ("" for none): pressing twice sends once.
        address: an e-mail address to register for the unit first; "" for none.

    Returns:
        False when somebody else made a link since the page was shown, and nothing was sent.

    Raises:
        Invalid: an address no mail can go to, or none known at all.
    """
    require(rules.circulation.may_reissue(circulation, by))
    with transaction.atomic():
        Circulation.objects.filter(pk=circulation.pk).update(queued_at=F("queued_at"))  # one re-sender at a time
        if last_link_code(circulation) != instead_of:
            return _is_this_press(circulation, instead_of, by)
        if address:
            add_address(circulation.unit, address, by=by)
        elif not (circulation.unit.mail_addresses.exists() or sms_way(circulation.campaign.office, circulation.unit)):
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
    return True


def _is_this_press(circulation: Circulation, instead_of: str, by: journal.Actor) -> bool:
    """Whether the one link made since is what the same person's press made a moment sooner."""
    links = Link.objects.filter(object_kind=KIND, object_code=circulation.code)
    before = links.filter(code=instead_of).values_list("pk", flat=True).first() or 0
    own = just_did(by, "circulation.reissue", kind=KIND, code=circulation.code)
    newer = links.filter(pk__gt=before).order_by("pk")
    return own is not None and newer.count() == 1 and own.at >= newer[0].created_at


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
