"""Who may answer an ask for a unit, and who may free the unit from it or give it more time."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Obligation
from jinguo.federation import policy
from jinguo.lib.rulings import YES, Ruling, no


def may_report(obligation: Obligation, by: Any) -> Ruling:
    """May this person answer for this unit? Also after the summary: what comes then is a supplement."""
    if not policy.may(by, "obligation.report", obligation.unit):
        return no(_("这项报送是另一个单位的，只能由该单位来报。"))
    return YES


def may_edit(obligation: Obligation, by: Any) -> Ruling:
    """May this person exempt the unit or give it more time?"""
    # asked of the issuing office, not of the unit: a county never frees itself from what the city asks
    if not policy.may(by, "obligation.edit", obligation.ask.campaign.office.unit):
        return no(_("免报和延期由发文单位的经办人定。"))
    return YES
