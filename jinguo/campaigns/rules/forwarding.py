"""Who may pass a notice on to the units below, and in what words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Campaign, Circulation
from jinguo.campaigns.rules import plan
from jinguo.campaigns.rules.circulation import is_the_units
from jinguo.federation import policy
from jinguo.federation.models import User
from jinguo.lib.rulings import YES, Ruling, no


def may_forward(copy: Circulation, by: Any) -> Ruling:
    """May this actor pass the notice on as it is? From a post or a link of the unit that received it."""
    ruling = is_the_units(copy, by, "forward")
    if not ruling:
        return ruling
    if copy.sent_back_at:
        return no(_("贵单位已把这份通知退回。要转发，请先收回退回。"))
    if not copy.signed_at:
        return no(_("请先签收，再转发给下级。"))
    return YES


def may_write(copy: Circulation, by: Any) -> Ruling:
    """May this actor use words and dates of her own? Only with an account: whoever holds a link passes on what is there."""
    ruling = may_forward(copy, by)
    if not ruling:
        return ruling
    signed_in = isinstance(by, User) and policy.may(by, "notice.issue", copy.unit)
    if signed_in and policy.may(by, "campaign.edit", copy.unit):
        return YES
    return no(_("写本级的通知、自己定日子、挑单位，要用经办人的账号登录。"))


def may_shape(campaign: Campaign, by: Any) -> Ruling:
    """May this person change the local notice, now?"""
    ruling = plan.may_choose(campaign, by)
    if not ruling:
        return ruling
    if campaign.passes_on_id is None or campaign.unchanged:
        return no(_("这份不是本级通知的草稿。"))
    return YES


def may_see_layer(copy: Circulation, by: Any) -> Ruling:
    """May this actor see what the unit made of the notice? The office that issued it, and the unit itself."""
    issuer = policy.may(by, "campaign.view", copy.campaign.office.unit)
    if issuer or policy.may(by, "campaign.view", copy.unit):
        return YES
    return no(_("只有发出这份通知的单位和转发它的单位能看下一层。"))
