"""办结: the office says that the work of a notice is over, or takes it up again. Nothing that was reported changes."""

from django.db import transaction

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.rules import plan as rules
from jinguo.journal import actions as journal
from jinguo.lib.rulings import require


def end_campaign(campaign: Campaign, *, by: journal.Actor) -> bool:
    """Nobody is reminded any more and nothing of it waits on a desk; who has yet to report may still do so.

    Returns:
        True when this call ended it; pressed twice, it is ended once.
    """
    return _move(campaign, CampaignState.ISSUED, CampaignState.CLOSED, "campaign.end", by)


def resume_campaign(campaign: Campaign, *, by: journal.Actor) -> bool:
    """Take it up again: what is due waits and is reminded of as before. True when this call did."""
    return _move(campaign, CampaignState.CLOSED, CampaignState.ISSUED, "campaign.resume", by)


def _move(campaign: Campaign, here: CampaignState, there: CampaignState, act: str, by: journal.Actor) -> bool:
    require(rules.may_end(campaign, by))
    with transaction.atomic():
        moved = Campaign.objects.filter(pk=campaign.pk, state=here).update(state=there)
        if moved:
            journal.record(act, by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code)
    return bool(moved)
