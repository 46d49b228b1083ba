"""Choosing the units of a draft campaign: leaving one out, putting one in, and until when they should sign."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Addressee, AddresseeUnit, Campaign
from jinguo.campaigns.models.campaign import CampaignState, DueOrigin
from jinguo.campaigns.rules import plan as rules
from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require


def leave_out(campaign: Campaign, unit: Unit, *, by: journal.Actor) -> None:
    """The unit does not get this notice, whichever phrases lead to it."""
    _include(campaign, unit, False, "campaign.leave_out", by)


def put_back(campaign: Campaign, unit: Unit, *, by: journal.Actor) -> None:
    """A unit that was left out gets the notice after all."""
    _include(campaign, unit, True, "campaign.put_back", by)


def add_unit(campaign: Campaign, unit: Unit, *, by: journal.Actor) -> None:
    """A unit no phrase leads to gets the notice as well.

    Raises:
        Invalid: it does not stand below the issuing unit, or has ended.
    """
    require(rules.may_choose(campaign, by))
    issuer = campaign.office.unit
    if not issuer.is_above(unit) or not Unit.objects.alive(clock.today()).filter(pk=unit.pk).exists():
        raise Invalid(_("只能加本级以下、还在的单位。"), "unit")
    with transaction.atomic():
        hold_draft(campaign)
        known = AddresseeUnit.objects.filter(addressee__campaign=campaign, unit=unit)
        if known.exists():
            changed = known.filter(included=False).update(included=True)
        else:
            AddresseeUnit.objects.create(addressee=_by_hand(campaign), unit=unit, added_by_hand=True)
            changed = 1
        if changed:
            _record("campaign.add_unit", campaign, unit, by)


def set_sign_due(campaign: Campaign, *, until: datetime | None, by: journal.Actor) -> None:
    """Until when units should sign for the notice; None: no such date, nobody is late.

    Raises:
        Invalid: the instant has passed.
    """
    require(rules.may_choose(campaign, by))
    if until is not None and until <= clock.now():
        raise Invalid(_("这个时间已经过去了，请另选一天。"), "date")
    if until == campaign.sign_due_at:
        return
    with transaction.atomic():
        hold_draft(campaign)
        now = hold(campaign)
        if now is not None and now.sign_due_at == until:
            campaign.sign_due_at, campaign.sign_due_origin = until, now.sign_due_origin
            return
        origin = DueOrigin.CONFIRMED if until else ""
        Campaign.objects.filter(pk=campaign.pk).update(sign_due_at=until, sign_due_origin=origin)
        campaign.sign_due_at, campaign.sign_due_origin = until, origin
        journal.record(
            "campaign.sign_due",
            by=by,
            kind="campaign",
            code=campaign.code,
            owner=campaign.office.unit.code,
            until=until,
        )


def hold_draft(campaign: Campaign) -> None:
    """Keep the campaign a draft until the end of the transaction: issuing waits, or has won.

    Raises:
        Stale: it was issued in the meantime.
    """
    if not Campaign.objects.filter(pk=campaign.pk, state=CampaignState.DRAFT).update(state=CampaignState.DRAFT):
        raise Stale(_("通知刚刚已经发出，名单没有改动。"))


def _include(campaign: Campaign, unit: Unit, included: bool, act: str, by: journal.Actor) -> None:
    require(rules.may_choose(campaign, by))
    with transaction.atomic():
        hold_draft(campaign)
        rows = AddresseeUnit.objects.filter(addressee__campaign=campaign, unit=unit, included=not included)
        if rows.update(included=included):
            _record(act, campaign, unit, by)


def _by_hand(campaign: Campaign) -> Addressee:
    """The group of units no phrase of the notice leads to."""
    found = campaign.addressees.filter(item=None, phrase="").first()
    if found is not None:
        return found
    last = campaign.addressees.order_by("-position").values_list("position", flat=True).first()
    return Addressee.objects.create(campaign=campaign, position=(last or 0) + 1, phrase="")


def _record(act: str, campaign: Campaign, unit: Unit, by: journal.Actor) -> None:
    journal.record(act, by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code, unit=unit.code)
