"""Reads of the public home that no other room has."""

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.federation.models import Office


def newest_theme(office: Office) -> Campaign | None:
    """The newest issued campaign of an office that names a theme; its words head the page."""
    rows = Campaign.objects.filter(office=office, state=CampaignState.ISSUED).exclude(theme="")
    return rows.order_by("-issued_at").first()
