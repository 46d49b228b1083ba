"""Issuing: the draft is frozen and every chosen unit gets its copy and its duties, in one transaction.

Nothing is sent here: `actions.delivery` finds the rows and makes links and messages of them.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.actions.circulation import note_forwarded
from jinguo.campaigns.actions.wording import put_paper
from jinguo.campaigns.dues import due_confirmed
from jinguo.campaigns.hours import letters_leave_at
from jinguo.campaigns.models import Campaign, Circulation, Obligation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.queries.plan import chosen_units
from jinguo.campaigns.rules import plan as rules
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Stale
from jinguo.lib.rulings import require
from jinguo.search import actions as search
from jinguo.search.models import Audience

BATCH = 500


def issue_campaign(campaign: Campaign, *, by: journal.Actor, at_once: bool = False) -> Campaign:
    """Freeze the units and issue. Pressed twice it issues once.

    Args:
        at_once: the letters leave also at night and on rest days, when they otherwise wait until the office opens.

    Raises:
        Refused: no units, or the sign-for date has passed.
    """
    require(rules.may_send(campaign, by))
    if campaign.state == CampaignState.ISSUED:
        return campaign
    with transaction.atomic():
        require(rules.may_issue(campaign, by, chosen_units(campaign).count()))
        return issue_now(campaign, by=by, at_once=at_once)


def issue_now(campaign: Campaign, *, by: journal.Actor, at_once: bool = False) -> Campaign:
    """Freeze and issue; whether she may was asked before. Inside the caller's transaction.

    Raises:
        Stale: the list was emptied in the meantime.
    """
    with transaction.atomic():
        moment, draft = clock.now(), Campaign.objects.filter(pk=campaign.pk, state=CampaignState.DRAFT)
        leave = moment if at_once else letters_leave_at(moment, campaign.sign_due_at)
        if not draft.update(state=CampaignState.ISSUED, issued_at=moment, letters_at=leave):
            return _already(campaign)
        units = list(chosen_units(campaign).order_by("path").values_list("pk", flat=True))
        if not units:
            raise Stale(_("名单刚刚被清空了，没有发出。请刷新后再看。"))
        if campaign.passes_on is not None:
            put_paper(campaign, by=by, signed_on=clock.today())
            note_forwarded(campaign.passes_on, by=by, onward=campaign.code, units=len(units))
        asks = list(campaign.asks.order_by("pk"))
        Circulation.objects.bulk_create(
            (Circulation(code=ids.new_code(), campaign=campaign, unit_id=unit) for unit in units), batch_size=BATCH
        )
        Obligation.objects.bulk_create(
            (
                Obligation(code=ids.new_code(), ask=ask, unit_id=unit, due_at=due_confirmed(ask))
                for ask in asks
                for unit in units
            ),
            batch_size=BATCH,
        )
        unit = campaign.office.unit
        _index(campaign)
        journal.record(
            "campaign.issue", by=by, kind="campaign", code=campaign.code, owner=unit.code,
            units=len(units), obligations=len(units) * len(asks),
        )  # fmt: skip
    campaign.refresh_from_db()
    return campaign


def _index(campaign: Campaign) -> None:
    """Let officers find the notice, and anybody its theme: the one thing of it the public site shows."""
    path = campaign.office.unit.path or ""
    search.index_thing("campaign", campaign.code, title=campaign.title, text=campaign.doc_number, owner_path=path)
    if campaign.theme:
        search.index_thing("theme", campaign.code, title=campaign.theme, owner_path=path, audience=Audience.PUBLIC)


def _already(campaign: Campaign) -> Campaign:
    """Somebody issued it between the page and the press."""
    campaign.refresh_from_db()
    if campaign.state == CampaignState.DRAFT:
        raise Stale(_("没有发出。请刷新后再试一次。"))
    return campaign
