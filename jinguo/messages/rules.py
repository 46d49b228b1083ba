"""Who may set up what the office sends by."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Office
from jinguo.lib.rulings import YES, Ruling, no


def may_set_channels(office: Office, by: Any) -> Ruling:
    """May this person add and end group robots and the SMS gateway?"""
    if policy.may(by, "message.edit", office.unit):
        return YES
    return no(_("群机器人和短信网关由本单位的经办人设置。"))
