"""What the check before issuing needs to know of one notice: its record, its units, and what the same units still owe."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from jinguo.campaigns.models import Campaign, Obligation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.queries.plan import chosen_units
from jinguo.gongwen import Record, Unreadable, read
from jinguo.gongwen.burden import OpenAsk
from jinguo.notices.models import Notice, NoticeState, Reading
from jinguo.notices.queries.notices import visible_notices

MOST_ASKS = 200
MOST_NOTICES = 200


def record_of(notice: Notice) -> Record | None:
    """The newest reading of a notice as a record; None where nothing was read.

    A reading stored by an older reader is read again from its text: the check needs what today's reader tells.
    """
    reading = Reading.objects.filter(notice=notice).first()
    return None if reading is None else decoded(reading)


def decoded(reading: Reading) -> Record | None:
    """The record of a stored reading."""
    try:
        return Record.from_json({**reading.record, "raw": reading.raw_text})
    except ValueError:
        try:
            return read(reading.raw_text)
        except Unreadable:
            return None


def campaign_of(notice: Notice) -> Campaign | None:
    """The campaign a notice became, if any."""
    return Campaign.objects.filter(notice=notice).select_related("office__unit").first()


def units_reached(campaign: Campaign | None) -> int | None:
    """How many units get the notice; None while nobody has chosen them."""
    return None if campaign is None else chosen_units(campaign).count()


def open_asks(notice: Notice, campaign: Campaign | None, actor: Any) -> list[OpenAsk]:
    """What units still owe of other issued campaigns, as far as the actor may see it: one query.

    Once the units are chosen only those count; before that, every unit she sees.
    """
    open_ones = Q(exempt_at=None, zero_at=None, returns=0, ask__campaign__state=CampaignState.ISSUED)
    rows = Obligation.objects.visible_to(actor).filter(open_ones).exclude(ask__campaign__notice=notice)
    if campaign is not None:
        rows = rows.filter(unit__in=chosen_units(campaign).values("pk"))
    counted = (
        rows.values("ask__code", "ask__title", "ask__sentence", "ask__campaign__code", "ask__campaign__title")
        .annotate(units=Count("unit", distinct=True))
        .order_by("-units", "ask__code")[:MOST_ASKS]
    )
    return [
        OpenAsk(
            key=f"{row['ask__campaign__code']} {row['ask__campaign__title']}",
            title=row["ask__title"],
            sentence=row["ask__sentence"],
            units=row["units"],
        )
        for row in counted
    ]


def comparable(notice: Notice, actor: Any) -> QuerySet[Notice]:
    """The other notices of the same office that were read, newest first: the superior's is among them."""
    rows = visible_notices(actor).filter(office=notice.office, state__in=[NoticeState.READ, NoticeState.PLANNED])
    return rows.exclude(pk=notice.pk).order_by("-received_at", "-pk")[:MOST_NOTICES]
