"""Who may hold activities in a village's or a home's name, who gives them the link for it, and what is looked at first."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import HostDoor
from jinguo.federation import policy
from jinguo.federation.models import Link, Unit
from jinguo.federation.models.link import Purpose
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.lib import clock
from jinguo.lib.rulings import YES, Ruling, no


def is_hosted(unit: Unit) -> bool:
    """Whether this unit holds its activities by the host's page: a village or a home; the same as `models.activity.HOSTED`."""
    return unit.level == Level.VILLAGE or unit.unit_class == UnitClass.HOME


def may_host(unit: Unit, by: Any) -> Ruling:
    """Use the host's page of this unit: the unit itself, or whoever stands above it, in its name."""
    if is_hosted(unit) and policy.may(by, "host.act", unit):
        return YES
    return no(_("这一页只给村（社区）和妇女之家，以及管她们的妇联用。"))


def may_give_door(unit: Unit, by: Any) -> Ruling:
    """Give this unit its host's link, change it or take it back."""
    if not is_hosted(unit):
        return no(_("主持链接只给村（社区）和妇女之家。别的单位请用自己的账号或通知链接。"))
    if not unit.is_in_being(clock.today()):
        return no(_("这个单位已经撤并，不能再给链接。"))
    return YES if policy.may(by, "host.give", unit) else no(_("主持链接由管她们的妇联经办人给。"))


def is_checked(by: Any) -> bool:
    """Does an office above look first at what this actor announces?"""
    if not isinstance(by, Link) or by.purpose != Purpose.HOST:
        return False
    return HostDoor.objects.filter(link=by, checked=True).exists()


def may_announce(by: Any) -> Ruling:
    """Make public without somebody above looking first."""
    if is_checked(by):
        return no(_("存好了。上级妇联说好先看一眼，她们点了发布才公开。急的话请打电话。"))
    return YES
