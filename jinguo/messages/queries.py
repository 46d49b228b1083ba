"""Reads about the outbox."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from jinguo.federation.models import Office
from jinguo.messages.models import UNSENT, Channel, Delivery, Gateway, MessageRows, OutMessage


def counts_by_state(rows: MessageRows) -> dict[str, int]:
    """State → how many of these rows, every state named."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in Delivery.values}


def unsent_about(kind: str) -> QuerySet[OutMessage]:
    """Codes of the things of a kind of which a message has not left yet, to be asked inside a query."""
    rows = OutMessage.objects.filter(about_kind=kind, handed_at=None, state__in=UNSENT)
    return rows.order_by().values("about_code")


def left_about(kind: str) -> QuerySet[OutMessage]:
    """Codes of those of which one left, or may have."""
    gone = Q(state__in=[Delivery.SENT, Delivery.UNKNOWN, Delivery.BOUNCED]) | ~Q(handed_at=None)
    return OutMessage.objects.filter(gone, about_kind=kind).order_by().values("about_code")


LEVELS = 6  # offices one above the other, from the village to the whole country


def offices_that_text() -> QuerySet[Office]:
    """The offices that can send by SMS, through their own gateway or that of an office above, to be asked inside a query."""
    ways = (f"{'parent__' * above}gateway__is_active" for above in range(LEVELS))
    return Office.objects.filter(reduce(or_, (Q(**{way: True}) for way in ways)))


def carrier(office: Office, channel: str) -> Office | None:
    """The nearest office, this one or one above, that can send by SMS or by mail; None when none can."""
    while office is not None:
        if channel == Channel.SMS and Gateway.objects.filter(office=office, is_active=True).exists():
            return office
        if channel == Channel.EMAIL and office.mail_from and (office.mail_host or settings.MAIL == "folder"):
            return office
        office = office.parent
    return None
