"""Who may sign for a notice, send it back, or act on a unit's copy of it, and when."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Campaign, Circulation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.circulation import SignedHow
from jinguo.campaigns.rules.ended import may_act
from jinguo.federation import policy
from jinguo.lib.rulings import YES, Ruling, no

WEAK = (SignedHow.DIGITS, SignedHow.PHONE, SignedHow.PROXY)  # signatures the office may take back

# Who: the table's answer for this circulation -------------------------------------------------------------------------


def is_the_units(circulation: Circulation, by: Any, action: str) -> Ruling:
    """May this actor act for the unit the notice was sent to? Only from a post or a link of that very unit: a
    federation above it has the telephone (`may_sign_by_phone`)."""
    own = any(path == circulation.unit.path for _role, path in policy.positions(by))
    if own and policy.may(by, f"circulation.{action}", circulation.unit):
        return YES
    return no(_("只有收到这份通知的单位能办这件事。"))


def is_the_offices(circulation: Circulation, by: Any) -> Ruling:
    """May this actor act for the office that issued it, or for a federation above the unit?"""
    above = policy.may(by, "circulation.assign", circulation.unit)
    if above or policy.may(by, "circulation.assign", circulation.campaign.office.unit):
        return YES
    return no(_("只有发出这份通知的单位，或这个单位的上级妇联经办人，能办这件事。"))


# When: the states -----------------------------------------------------------------------------------------------------


def may_read(circulation: Circulation, by: Any) -> Ruling:
    """May a reading by this actor be noted as the unit's?"""
    return is_the_units(circulation, by, "sign")


def may_sign(circulation: Circulation, by: Any) -> Ruling:
    """May this actor sign for the notice in the unit's name?"""
    ruling = is_the_units(circulation, by, "sign")
    if not ruling:
        return ruling
    if circulation.sent_back_at:
        return no(_("贵单位已把这份通知退回。要签收，请先收回退回。"))
    return may_act(circulation.unit)


def may_send_back(circulation: Circulation, by: Any) -> Ruling:
    """May the unit say: not for us, or not complete?"""
    ruling = is_the_units(circulation, by, "send_back")
    if not ruling:
        return ruling
    if circulation.campaign.state == CampaignState.CLOSED:
        return no(_("这项工作已经结束，不用退回了。有事请打电话给发件单位。"))
    return may_act(circulation.unit)


def may_say_burden(circulation: Circulation, by: Any) -> Ruling:
    """May this actor tell the office that the matter is a burden?"""
    return is_the_units(circulation, by, "send_back")


def may_sign_by_phone(circulation: Circulation, by: Any) -> Ruling:
    """May this actor note that the unit was reached by telephone?"""
    ruling = is_the_offices(circulation, by)
    if not ruling:
        return ruling
    if circulation.signed_at:
        return no(_("这个单位已经签收，不用再记。"))
    if circulation.sent_back_at:
        return no(_("这个单位把通知退回了。请先看退回的原因，需要的话重新发给它。"))
    return YES


def may_sign_for(circulation: Circulation, by: Any) -> Ruling:
    """May this actor sign for a unit that cannot (上级代签收)? A federation above it, for the matter of another office."""
    if not policy.may(by, "obligation.proxy", circulation.unit):
        return no(_("代签收由这个单位的上级县（区）妇联办。"))
    if circulation.campaign.state == CampaignState.CLOSED:
        return no(_("这项工作已经结束，不用再签。"))
    if circulation.signed_at:
        return no(_("这个单位已经签收，不用代签。"))
    if circulation.sent_back_at:
        return no(_("这个单位把通知退回了，不能替它签收。请先看退回的原因。"))
    return YES


def may_reissue(circulation: Circulation, by: Any) -> Ruling:
    """May this actor end the unit's link and send a new one?"""
    ruling = is_the_offices(circulation, by)
    if not ruling:
        return ruling
    if circulation.queued_at is None:
        return no(_("这份通知还在发送的路上，发出后才能换链接。"))
    return YES


def may_revoke(circulation: Circulation, by: Any) -> Ruling:
    """May this actor end the unit's link without sending another?"""
    return is_the_offices(circulation, by)


def may_hear(circulation: Circulation, by: Any) -> Ruling:
    """May this actor mark what the unit said about burden as heard?"""
    return is_the_offices(circulation, by)


def may_follow(campaign: Campaign, by: Any) -> Ruling:
    """May this actor see the board of a campaign?"""
    if not policy.may(by, "campaign.view", campaign.office.unit):
        return no(_("只有发出这份通知的单位能看督办看板。"))
    if campaign.state == CampaignState.DRAFT:
        return no(_("这份通知还没有发出。圈定单位、发出以后，这里才有进度。"))
    return YES


def may_nudge(circulation: Circulation, by: Any) -> Ruling:
    """May this actor remind the unit by hand? Once the notice is out and its work not over."""
    ruling = is_the_offices(circulation, by)
    if not ruling:
        return ruling
    if circulation.campaign.state != CampaignState.ISSUED:
        return no(_("这项工作已经结束，不用再催。"))
    if not may_act(circulation.unit):
        return no(_("这个单位已经撤并，不用再催。"))
    return YES


def may_log_call(circulation: Circulation, by: Any) -> Ruling:
    """May this actor write down a telephone call to the unit?"""
    return is_the_offices(circulation, by)


def may_spread(campaign: Campaign, by: Any) -> Ruling:
    """May this actor hand the notice out by a group link, a group's robot or printed sheets?"""
    if not policy.may(by, "campaign.edit", campaign.office.unit):
        return no(_("群链接和纸质签收单由发文单位的经办人办。"))
    if campaign.state == CampaignState.DRAFT:
        return no(_("这份通知还没有发出。圈定单位、发出以后，才能发到群里。"))
    return YES


def may_take_signature_back(circulation: Circulation, by: Any) -> Ruling:
    """May this actor take back a signature? Only one of weaker evidence."""
    ruling = is_the_offices(circulation, by)
    if not ruling:
        return ruling
    if circulation.signed_how not in WEAK:
        return no(_("只有代签收和凭后四位的签收可以撤销；单位自己签的不能。"))
    return YES
