"""Who may shape a plan, choose its units and issue it, and when."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.federation import policy
from jinguo.federation.models import Office
from jinguo.lib import clock
from jinguo.lib.rulings import YES, Ruling, no

# who


def _may_edit(campaign: Campaign, by: Any) -> Ruling:
    if policy.may(by, "campaign.edit", campaign.office.unit):
        return YES
    return no(_("只有发文单位的经办人可以改；您可以查看。"))


def may_send(campaign: Campaign, by: Any) -> Ruling:
    """Is this one of those who issue notices for the office at all?"""
    if policy.may(by, "notice.issue", campaign.office.unit):
        return YES
    return no(_("只有发文单位的经办人可以发出通知。"))


# when


def may_choose(campaign: Campaign, by: Any) -> Ruling:
    """May this person choose the units, set the sign-for date, or take the plan back, now?"""
    who = _may_edit(campaign, by)
    if not who or campaign.state == CampaignState.DRAFT:
        return who
    return no(_("通知已经发出，名单定下了。要补发给别的单位，请另发一份。"))


def may_take_back(campaign: Campaign, by: Any) -> Ruling:
    """May this person take the plan back to confirming? A notice passed on has nothing to go back to: it is dropped."""
    if campaign.passes_on_id is not None:
        return no(_("这是转发上级的通知，没有可退回确认的。不想发了，请在“本级通知”里选“不写了”。"))
    return may_choose(campaign, by)


def may_save_group(office: Office, by: Any) -> Ruling:
    """May this person save and drop the groups of units an office writes to?"""
    if policy.may(by, "campaign.edit", office.unit):
        return YES
    return no(_("通讯组由发文单位的经办人管。"))


def may_assign(campaign: Campaign, by: Any) -> Ruling:
    """May this person name who leads a clause? Until the work is over, also after issuing."""
    who = _may_edit(campaign, by)
    if not who or campaign.state != CampaignState.CLOSED:
        return who
    return no(_("这次工作已经结束，不再改分工。"))


def may_end(campaign: Campaign, by: Any) -> Ruling:
    """May this person say that the work is over (办结), or take it up again?"""
    who = _may_edit(campaign, by)
    if not who or campaign.state != CampaignState.DRAFT:
        return who
    return no(_("通知还没有发出，没有可办结的。"))


def may_issue(campaign: Campaign, by: Any, units: int) -> Ruling:
    """May this person issue the notice, now? `units`: how many would get it."""
    who = may_send(campaign, by)
    if not who:
        return who
    if campaign.state != CampaignState.DRAFT:
        return no(_("这份通知已经发出过了。"))
    if not units:
        return no(_("还没有一个单位。请先圈定收通知的单位。"))
    if campaign.sign_due_at is not None and campaign.sign_due_at <= clock.now():
        return no(_("签收期限已经过了。请先改签收期限，再发出。"))
    return YES
