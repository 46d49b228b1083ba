"""Everything one unit is asked, was told and has done, across notices, as far as the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from jinguo.activities.models import Activity
from jinguo.campaigns import dues
from jinguo.campaigns.models import Burden, Call, Circulation, ExtensionRequest, Obligation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.reports.models import Return
from jinguo.stations.models import Station

SHOWN = 10  # of what is not asked for by a notice: the newest


@dataclass
class Matter:
    """One notice the unit was sent, and what hangs on it.

    Attributes:
        duties: each obligation with its due.
        asked: requests for more time that wait for an answer.
        burdens: what was said about burden; calls: telephone calls, the newest first. Both are the issuer's to read.
    """

    copy: Circulation
    duties: list[tuple[Obligation, dues.Due]] = field(default_factory=list)
    asked: list[ExtensionRequest] = field(default_factory=list)
    burdens: list[Burden] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)


def copies_of(unit: Unit, actor: Any) -> QuerySet[Circulation]:
    """The notices the unit was sent, newest first."""
    rows = Circulation.objects.visible_to(actor).filter(unit=unit).exclude(campaign__state=CampaignState.DRAFT)
    return rows.select_related("campaign__office__unit", "unit").order_by("-campaign__issued_at", "-pk")


def matters_of(unit: Unit, copies: Iterable[Circulation], actor: Any, moment: datetime) -> list[Matter]:
    """What hangs on these notices; four queries whatever their number."""
    found = {copy.campaign_id: Matter(copy) for copy in copies}
    duties = Obligation.objects.visible_to(actor).filter(unit=unit, ask__campaign__in=found)
    duties = duties.with_state(moment, [unit.valid_to] if unit.valid_to else [])
    for row in duties.select_related("ask", "proxy_unit").order_by("ask_id"):
        due = dues.ask_due(row.ask, row.due_at, row.extended_to)
        found[row.ask.campaign_id].duties.append((row, due))
    asked = ExtensionRequest.objects.owed().filter(obligation__unit=unit, obligation__ask__campaign__in=found)
    for request in asked.select_related("obligation__ask").order_by("asked_at"):
        found[request.obligation.ask.campaign_id].asked.append(request)
    by_copy = {matter.copy.pk: matter for matter in found.values()}
    issuer = policy.sight(actor, "campaign.view", "circulation__campaign__office__unit")
    for burden in Burden.objects.filter(issuer, circulation__in=by_copy).select_related("ask").order_by("-at"):
        by_copy[burden.circulation_id].burdens.append(burden)
    for call in Call.objects.filter(issuer, circulation__in=by_copy):
        by_copy[call.circulation_id].calls.append(call)
    return list(found.values())


def activities_of(unit: Unit, actor: Any) -> list[Activity]:
    """The unit's newest activities, with `starts_at` of their first session."""
    rows = Activity.objects.visible_to(actor).filter(unit=unit).annotate(starts_at=Min("sessions__starts_at"))
    return list(rows.order_by("-starts_at", "-pk")[:SHOWN])


def returns_of(unit: Unit, actor: Any) -> list[Return]:
    """The unit's newest reports."""
    rows = Return.objects.visible_to(actor).filter(unit=unit).exclude(sent_at=None)
    return list(rows.select_related("current", "campaign").order_by("-sent_at", "-pk")[:SHOWN])


def stations_of(unit: Unit, actor: Any) -> list[Station]:
    """The standing places the unit keeps."""
    return list(Station.objects.visible_to(actor).filter(unit=unit, ended_at=None).order_by("pk"))
