"""Whole phrases of recipients: left out, put back, added; and sets of units saved under a name for the next notice."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.actions.addressees import hold_draft
from jinguo.campaigns.models import Addressee, AddresseeUnit, AddressGroup, AddressGroupUnit, Campaign
from jinguo.campaigns.recipients import Resolution, resolve
from jinguo.campaigns.rules import plan as rules
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.lib.texts import inner

PHRASE = 200  # characters of a phrase


def leave_out_phrase(addressee: Addressee, *, by: journal.Actor) -> int:
    """Nobody gets the notice because of this phrase; a unit another phrase leads to as well still gets it.

    Returns:
        How many units this phrase no longer leads to.
    """
    return _include_all(addressee, False, "campaign.leave_out_phrase", by)


def put_back_phrase(addressee: Addressee, *, by: journal.Actor) -> int:
    """All units of the phrase get the notice after all."""
    return _include_all(addressee, True, "campaign.put_back_phrase", by)


def add_phrase(campaign: Campaign, phrase: str, *, by: journal.Actor) -> Addressee:
    """Send to those a phrase stands for which the notice does not have; asked again it gives the one that is there.

    Raises:
        Invalid: the phrase leads to no unit.
    """
    require(rules.may_choose(campaign, by))
    words = " ".join(phrase.split())
    if not words or len(words) > PHRASE:
        raise Invalid(_("请写一类单位，如 各乡镇（街道）妇联，最多 200 字。"), "phrase")
    found = resolve(words, campaign.office.unit, day=clock.today())
    if not found.units:
        raise Invalid(
            _("“%(phrase)s”没有对上一家单位。换个说法，或者一家一家加。") % {"phrase": inner(words)}, "phrase"
        )
    with transaction.atomic():
        hold_draft(campaign)
        standing = campaign.addressees.filter(phrase=words).first()
        if standing is not None:
            return standing
        added = _add(campaign, words, found)
        _record("campaign.add_phrase", campaign, by, units=len(found.units))
    return added


def save_group(addressee: Addressee, name: str, *, by: journal.Actor) -> AddressGroup:
    """Keep the units of a phrase that get the notice under a name; a group of this name gets them instead of its own.

    Raises:
        Invalid: no name, or no unit.
    """
    campaign = addressee.campaign
    require(rules.may_save_group(campaign.office, by))
    name = " ".join(name.split())
    if not 2 <= len(name) <= 60:
        raise Invalid(_("请给通讯组起个名字，2 到 60 个字。"), "name")
    units = list(addressee.choices.filter(included=True).order_by("unit__path").values_list("unit", flat=True))
    if not units:
        raise Invalid(_("这一组现在一家也不发，没有可存的。"), "name")
    with transaction.atomic():
        hold(campaign)
        standing = AddressGroup.objects.filter(office=campaign.office, name=name).first()
        if standing is not None and set(standing.members.values_list("unit", flat=True)) == set(units):
            return standing
        group, _fresh = AddressGroup.objects.update_or_create(
            office=campaign.office, name=name, defaults={"saved_at": clock.now()}, create_defaults={
                "saved_at": clock.now(), "code": ids.new_code(),
            },
        )  # fmt: skip
        group.members.exclude(unit__in=units).delete()
        AddressGroupUnit.objects.bulk_create(
            [AddressGroupUnit(group=group, unit_id=unit) for unit in units], ignore_conflicts=True
        )
        owner = campaign.office.unit.code
        journal.record(
            "address_group.save", by=by, kind="address_group", code=group.code, owner=owner, units=len(units)
        )
    return group


def drop_group(group: AddressGroup, *, by: journal.Actor) -> None:
    """Forget a saved group; notices already sent are not touched."""
    require(rules.may_save_group(group.office, by))
    with transaction.atomic():
        if AddressGroup.objects.filter(pk=group.pk).delete()[0]:
            owner = group.office.unit.code
            journal.record("address_group.drop", by=by, kind="address_group", code=group.code, owner=owner)


def _include_all(addressee: Addressee, included: bool, act: str, by: journal.Actor) -> int:
    campaign = addressee.campaign
    require(rules.may_choose(campaign, by))
    with transaction.atomic():
        hold_draft(campaign)
        changed = addressee.choices.filter(included=not included).update(included=included)
        if changed:
            _record(act, campaign, by, phrase=addressee.position, units=changed)
    return changed


def _add(campaign: Campaign, phrase: str, found: Resolution) -> Addressee:
    last = campaign.addressees.order_by("-position").values_list("position", flat=True).first()
    addressee = Addressee.objects.create(
        campaign=campaign, position=(last or 0) + 1, phrase=phrase, words=[list(pair) for pair in found.words],
        unresolved=found.unresolved[:200],
    )  # fmt: skip
    AddresseeUnit.objects.bulk_create(
        AddresseeUnit(addressee=addressee, unit_id=unit, added_by_hand=True) for unit in found.units
    )
    return addressee


def _record(act: str, campaign: Campaign, by: journal.Actor, **detail: int) -> None:
    journal.record(act, by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code, **detail)
