"""办结: the office says that the work of a notice is over, or takes it up again. Nothing that was reported changes."""

from django.db import transaction
from django.db.models import Q

from jinguo.campaigns.models import Campaign, Circulation, Digest, Nudge, Obligation, Step
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.reminding import StepKind
from jinguo.campaigns.rules import plan as rules
from jinguo.journal import actions as journal
from jinguo.lib.rulings import require
from jinguo.messages.actions import withdraw_messages
from jinguo.messages.queries import left_about, unsent_about

BATCH = 500  # codes named in one query


def end_campaign(campaign: Campaign, *, by: journal.Actor) -> bool:
    """Nobody is reminded any more, also not by a letter that waits, and nothing of it waits on a desk; who has yet to report
    may still do so.

    Returns:
        True when this call ended it; pressed twice, it is ended once.
    """
    require(rules.may_end(campaign, by))
    with transaction.atomic():
        ended = _move(campaign, CampaignState.ISSUED, CampaignState.CLOSED)
        if ended:
            _record("campaign.end", campaign, by, withdrawn=_withdraw_reminders(campaign))
    return ended


def resume_campaign(campaign: Campaign, *, by: journal.Actor) -> bool:
    """Take it up again: what is due waits and is reminded of as before. True when this call did."""
    require(rules.may_end(campaign, by))
    with transaction.atomic():
        resumed = _move(campaign, CampaignState.CLOSED, CampaignState.ISSUED)
        if resumed:
            _record("campaign.resume", campaign, by)
    return resumed


def _move(campaign: Campaign, here: CampaignState, there: CampaignState) -> bool:
    return bool(Campaign.objects.filter(pk=campaign.pk, state=here).update(state=there))


def _record(act: str, campaign: Campaign, by: journal.Actor, **detail: int) -> None:
    journal.record(act, by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code, **detail)


def _withdraw_reminders(campaign: Campaign) -> int:
    """Reminders that name this campaign and have not left never will; returns how many letters.

    One of which no letter left was never said: without it the unit's other matters are said anew in the next round, and these
    too once the work is taken up again.
    """
    copies = Circulation.objects.filter(campaign=campaign).values("pk")
    duties = Obligation.objects.filter(ask__campaign=campaign).values("pk")
    waiting = Digest.objects.filter(code__in=unsent_about("digest")).values("pk")
    named = Step.objects.filter(
        Q(kind=StepKind.SIGN, thing__in=copies) | Q(kind=StepKind.REPORT, thing__in=duties), digest__in=waiting
    )
    digests = Digest.objects.filter(pk__in=list(named.values_list("digest", flat=True).distinct()))
    nudges = Nudge.objects.filter(circulation__campaign=campaign, code__in=unsent_about("nudge"))
    withdrawn = 0
    for kind, rows in (("digest", digests), ("nudge", nudges)):
        codes = list(rows.values_list("code", flat=True))
        for start in range(0, len(codes), BATCH):
            some = codes[start : start + BATCH]
            withdrawn += withdraw_messages(kind, some)
            rows.model.objects.filter(code__in=some).exclude(code__in=left_about(kind)).delete()
    return withdrawn
