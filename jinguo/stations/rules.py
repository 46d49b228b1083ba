"""May this person keep this place, take a time there, see who comes? Yes, or no with the sentence she reads."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.lib.rulings import YES, Ruling, no
from jinguo.stations.models import Station

CLOSED = _("这个服务点已经撤了，不再改。要重新开，请另建一个。")


def may_make(unit: Unit, by: Any) -> Ruling:
    """Write down a standing place of this unit."""
    return YES if policy.may(by, "station.create", unit) else no(_("您的岗位不能替这个单位登记服务点。"))


def may_keep(station: Station, by: Any) -> Ruling:
    """Change what is said of it, its hours and odd days."""
    if station.ended_at:
        return no(CLOSED)
    if not policy.may(by, "station.edit", station.unit):
        return no(_("这个服务点归别的单位管。需要改动时，请打电话给她们。"))
    return YES


def may_end(station: Station, by: Any) -> Ruling:
    """Say that it is no more."""
    if station.ended_at:
        return no(_("这个服务点已经撤了。"))
    return YES if policy.may(by, "station.void", station.unit) else no(_("您的岗位不能撤这个服务点。"))


def may_receive(station: Station, by: Any) -> Ruling:
    """See who has an appointment: only whoever keeps the place itself."""
    if not policy.may(by, "signup.list", station.unit):
        return no(_("谁约了时间，只有这个服务点自己的人能看。"))
    return YES


def may_book(station: Station, by: Any) -> Ruling:
    """Take a time at all; whether this one is free is decided with it."""
    if station.ended_at or station.book_id is None or not station.slot_minutes:
        return no(_("这里现在不用预约，开门的时候直接来就行。"))
    if not policy.may(by, "signup.create", station.unit):
        return no(_("这里不能预约。请从公开的服务点页面约。"))
    return YES
