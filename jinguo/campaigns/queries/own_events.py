"""The issuer's own events of a campaign, with what they clash with in all its office's running campaigns."""

from dataclasses import dataclass

from jinguo.campaigns.clashes import Clash, Slot, clashes_of
from jinguo.campaigns.models import Campaign, Clause, OwnEvent
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind


@dataclass(frozen=True)
class EventRow:
    """One own event: what the notice says, what the office settled (an empty one where nothing), what it clashes with."""

    clause: Clause
    event: OwnEvent
    clashes: list[Clash]

    @property
    def is_open(self) -> bool:
        """Is its day still open?"""
        return self.event.day is None


def own_events(campaign: Campaign) -> list[EventRow]:
    """The own events in the order of their days, open ones last; one query."""
    rows = Clause.objects.filter(kind=ClauseKind.OWN_EVENT, campaign__office=campaign.office)
    rows = rows.exclude(campaign__state=CampaignState.CLOSED) | rows.filter(campaign=campaign)
    pairs = [(clause, event_of(clause)) for clause in rows.select_related("own_event", "campaign").order_by("position")]
    clashes = clashes_of([_slot(clause, event) for clause, event in pairs])
    mine = [EventRow(clause, event, clashes[clause.pk]) for clause, event in pairs if clause.campaign_id == campaign.pk]
    return sorted(mine, key=_when)


def _when(row: EventRow) -> tuple[bool, str, str, int]:
    """Dated ones by day and hour, then the open ones as the notice has them."""
    day, starts = row.event.day, row.event.starts
    return day is None, day.isoformat() if day else "", starts.isoformat() if starts else "", row.clause.position


def event_of(clause: Clause) -> OwnEvent:
    """What was settled about an own event; an empty one, not saved, where nothing was."""
    try:
        event: OwnEvent = clause.own_event
    except OwnEvent.DoesNotExist:
        event = OwnEvent(clause=clause)
    event.clause = clause
    return event


def _slot(clause: Clause, event: OwnEvent) -> Slot:
    return Slot(clause.pk, clause.heading, event.day, event.starts, event.ends, event.hall, event.leader)
