"""Posting a notice into the office's groups, and letting letters that wait for the morning leave at once."""

from typing import Any

from django.db import transaction
from django.utils import translation

from jinguo.campaigns import rules
from jinguo.campaigns.letters import LANGUAGE, group_text
from jinguo.campaigns.models import Campaign
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.messages.actions import hurry_message, post_to_group
from jinguo.messages.models import OutMessage, Robot
from jinguo.workdays.queries import next_quiet_end


def hurry_letters(campaign: Campaign, *, by: Any) -> bool:
    """Letters that wait until the office opens leave now, on an officer's word; false where none wait."""
    require(rules.circulation.may_spread(campaign, by))
    with transaction.atomic():
        hold(campaign)
        moment = clock.now()  # read now that nobody else is pressing: theirs is not later than ours
        moved = Campaign.objects.filter(pk=campaign.pk, letters_at__gt=moment).update(letters_at=moment)
        if moved:
            journal.record(
                "campaign.hurry", by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code
            )
    return bool(moved)


def announce(campaign: Campaign, robot: Robot, *, address: str, by: Any, at_once: bool = False) -> bool:
    """Post the notice's text with the group link into one group; once a day. False when it was posted today or waits already.

    Args:
        at_once: also in quiet hours and on rest days, where it otherwise waits until the office opens.
    """
    require(rules.circulation.may_spread(campaign, by))
    moment = clock.now()
    key = f"group:{campaign.code}:{robot.code}:{clock.local(moment):%Y%m%d}"
    with translation.override(LANGUAGE):
        text = group_text(campaign, address)
    with transaction.atomic():
        if OutMessage.objects.filter(key=key).exists():
            return at_once and hurry_message(key)
        at = moment if at_once else next_quiet_end(moment)
        post_to_group(robot, key=key, text=text, about=("campaign", campaign.code), next_at=at)
        journal.record(
            "campaign.announce",
            by=by,
            kind="campaign",
            code=campaign.code,
            owner=campaign.office.unit.code,
            robot=robot.code,
        )
    return True
