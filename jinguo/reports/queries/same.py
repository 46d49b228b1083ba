"""Returns that may tell of one event: what the machine proposes, and what a person has said."""

from dataclasses import dataclass

from django.db.models import Q

from jinguo.reports.likeness import Told, reasons_same
from jinguo.reports.models import Apart, Return, ReturnVersion
from jinguo.reports.models.returned import WAITING

MOST = 40  # returns of one day looked at; a campaign's busiest day of one city has fewer that are alike
SHOWN = 4


@dataclass(frozen=True)
class Proposal:
    """Another return that may tell of the same event. `same_duty`: of the same unit and ask, so one of them is a duplicate;
    `merges`: this one can be merged into it now."""

    other: Return
    reasons: list[str]
    same_duty: bool
    merges: bool


def told(given: Return, version: ReturnVersion) -> Told:
    """A return as it is compared with others."""
    unit = given.unit
    return Told(
        version.title, version.held_on, version.place, version.cohosts, version.on_site, (unit.name, unit.short_name)
    )


def proposals_for(given: Return) -> list[Proposal]:
    """Standing returns of the campaign that may tell of the same event, the likest first. What a person has joined or put
    apart is not proposed again. One query for the rows, one for those put apart."""
    version = given.current
    if version is None or version.held_on is None:
        return []
    rows = Return.objects.standing().filter(campaign=given.campaign_id, current__held_on=version.held_on)
    rows = rows.exclude(pk=given.pk).select_related("unit", "current", "obligation__ask").order_by("-sent_at", "-pk")
    if given.joint_id:
        rows = rows.exclude(joint=given.joint_id)
    apart = _apart_from(given)
    mine = told(given, version)
    found = []
    for row in rows[:MOST]:
        reasons = [] if row.pk in apart or row.current is None else reasons_same(mine, told(row, row.current))
        if reasons:
            same = row.obligation_id == given.obligation_id
            found.append(Proposal(row, reasons, same, same and mergeable(given)))
    return sorted(found, key=lambda one: (not one.same_duty, -len(one.reasons)))[:SHOWN]


def mergeable(given: Return) -> bool:
    """Only what nobody has accepted is merged: an acceptance would be lost without a word."""
    return given.state in WAITING and given.accepted_id is None and given.state != "corrected"


def _apart_from(given: Return) -> set[int]:
    pairs = Apart.objects.filter(Q(first=given) | Q(second=given)).values_list("first_id", "second_id")
    return {pk for pair in pairs for pk in pair} - {given.pk}


def told_with(given: Return) -> list[Return]:
    """The other returns a person has said tell of the same event."""
    if not given.joint_id:
        return []
    rows = Return.objects.filter(joint=given.joint_id).exclude(pk=given.pk).select_related("unit", "current")
    return list(rows.order_by("first_sent_at", "pk"))
