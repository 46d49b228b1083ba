"""What is needed to make an activity: in whose name, under which clauses, which office is above."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from jinguo.activities.models import Activity
from jinguo.campaigns.models import Circulation, Clause
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, Reach
from jinguo.federation import policy
from jinguo.federation.models import Alias, Link, Unit
from jinguo.federation.models.unit import Level, UnitClass, subtree_range
from jinguo.lib import clock

SERVED = (ClauseKind.LINE, ClauseKind.MEASURE, ClauseKind.OWN_EVENT)


def host_units(actor: Any) -> list[Unit]:
    """The units in whose name an actor may make an activity, nearest the root first."""
    rows = Unit.objects.alive(clock.today()).filter(policy.sight(actor, "activity.create", ""))
    return list(rows.order_by("path"))


def clauses_served(actor: Any, unit: Unit) -> "QuerySet[Clause]":
    """Clauses an activity of this unit may serve: of issued notices circulated to it or issued by its own office.

    Through a link only the clauses of the one notice the link was sent for.
    """
    rows = Clause.objects.filter(kind__in=SERVED).exclude(campaign__state=CampaignState.DRAFT)
    if isinstance(actor, Link):
        circulation = Circulation.objects.filter(code=actor.object_code, unit=unit)
        return _ordered(rows.filter(campaign__in=circulation.values("campaign")).exclude(reach=Reach.ISSUER))
    received = Circulation.objects.filter(unit=unit).values("campaign")
    hers = Q(campaign__in=received) & ~Q(reach=Reach.ISSUER)
    return _ordered(rows.filter(hers | Q(campaign__office__unit=unit)))


def _ordered(rows: "QuerySet[Clause]") -> "QuerySet[Clause]":
    return rows.select_related("campaign").order_by("-campaign__issued_at", "position")


def units_to_invite(activity: Activity) -> "QuerySet[Unit]":
    """The units for which an activity may keep seats: those of the host's own city."""
    low, high = subtree_range(activity.unit.path.split("/", 1)[0] + "/")
    return Unit.objects.alive(clock.today()).filter(path__gte=low, path__lt=high)


def units_named(near: Unit, names: Iterable[str]) -> dict[str, Unit]:
    """The units of a city by their full, short or other names; a name that two have stands for neither."""
    wanted = set(names)
    low, high = subtree_range(near.path.split("/", 1)[0] + "/")
    rows = Unit.objects.alive(clock.today()).filter(path__gte=low, path__lt=high)
    found: dict[str, set[Unit]] = defaultdict(set)
    for unit in rows.filter(Q(name__in=wanted) | Q(short_name__in=wanted)):
        for name in wanted & {unit.name, unit.short_name}:
            found[name].add(unit)
    for alias in Alias.objects.filter(name__in=wanted, unit__in=rows).select_related("unit"):
        found[alias.name].add(alias.unit)
    return {name: next(iter(units)) for name, units in found.items() if len(units) == 1}


def areas(units: "QuerySet[Unit]") -> "QuerySet[Unit]":
    """Of some units those that stand for a county."""
    return units.filter(unit_class=UnitClass.FEDERATION, level=Level.COUNTY).order_by("path")


def areas_near(unit: Unit) -> list[Unit]:
    """The counties of the city a unit belongs to."""
    low, high = subtree_range(unit.path.split("/", 1)[0] + "/")
    return list(areas(Unit.objects.alive(clock.today()).filter(path__gte=low, path__lt=high)))


def area_of(unit: Unit, near: list[Unit] | None = None) -> Unit | None:
    """The county a unit works in: the county-level federation at or above it; None for the city's own."""
    counties = areas_near(unit) if near is None else near
    return next((area for area in counties if unit.path.startswith(area.path)), None)
