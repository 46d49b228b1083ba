"""Who may answer an ask for a unit, and who may free the unit from it or give it more time."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Obligation
from jinguo.campaigns.rules.ended import is_out, may_act
from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.lib.rulings import YES, Ruling, no


def may_report(obligation: Obligation, by: Any) -> Ruling:
    """May this person answer for this unit? Also after the summary: what comes then is a supplement."""
    if not policy.may(by, "obligation.report", obligation.unit):
        return no(_("这项报送是另一个单位的，只能由该单位来报。"))
    return may_act(obligation.unit) if is_out(obligation, clock.now()) else YES


def may_report_for(obligation: Obligation, by: Any) -> Ruling:
    """May this person report for a unit that cannot (代报)? The county federation above it, by a post of its own."""
    if not policy.may(by, "obligation.proxy", obligation.unit):
        return no(_("代报由这个单位的上级县（区）妇联办。"))
    if obligation.exempt_at:
        return no(_("这一项已经免报，不用代报。"))
    if obligation.zero_at:
        return no(_("这个单位已经报“无”。要改，请它自己收回。"))
    if is_out(obligation, clock.now()) and not may_act(obligation.unit):
        return no(_("这个单位期限前撤并了，这一项不算，不用代报。"))
    return YES


def may_edit(obligation: Obligation, by: Any) -> Ruling:
    """May this person exempt the unit or give it more time?"""
    # asked of the issuing office, not of the unit: a county never frees itself from what the city asks
    if not policy.may(by, "obligation.edit", obligation.ask.campaign.office.unit):
        return no(_("免报和延期由发文单位的经办人定。"))
    return YES


def may_ask_extension(obligation: Obligation, by: Any, moment: datetime) -> Ruling:
    """May this person ask for more time, at this moment? Only before the due instant, and only where there is one."""
    who = may_report(obligation, by)
    if not who:
        return who
    if obligation.exempt_at or obligation.returns or obligation.zero_at:
        return no(_("这一项已经报过，或者不用报了，不用延期。"))
    if obligation.ask.campaign.is_over:
        return no(_("这项工作已经结束，不用申请延期；还可以补报。"))
    due = obligation.extended_to or obligation.due_at
    if due is None:
        return no(_("这一项没有定日子，不会逾期，不用申请延期。"))
    if moment >= due:
        return no(_("期限已经过了，不能再申请延期。请打电话和发文单位商量，或者直接报。"))
    return YES


def may_have_feed(unit: Unit, by: Any) -> Ruling:
    """May this person make or end the unit's calendar feed? Who answers for the unit."""
    own = any(path == unit.path for _role, path in policy.positions(by))
    if own and policy.may(by, "obligation.report", unit):
        return YES
    return no(_("日历订阅由本单位自己设。"))
