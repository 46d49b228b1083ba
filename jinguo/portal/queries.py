"""Reads of the public site that no other room has. What a visitor may see is decided here and in `activities.queries.site`."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Prefetch, Q, QuerySet

from jinguo.activities.models import Activity, ActivityAudience, CoHost, SeatPool, Series, Session
from jinguo.activities.models.activity import SENSITIVE, ActivityState, Venue, Visibility
from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.federation.models import Office, Unit
from jinguo.federation.models.unit import Level, UnitClass, subtree_range
from jinguo.lib import clock
from jinguo.search import queries as index
from jinguo.search.models import Audience
from jinguo.stations.models import Station

DONE_SHOWN = 12
FOUND_SHOWN = 60
FEED_SHOWN = 300
HOMES_SHOWN = 300


def newest_theme(office: Office) -> Campaign | None:
    """The newest campaign of an office that names a theme and is not over; its words head the page."""
    return themes(office).filter(office=office, state=CampaignState.ISSUED).first()


def themes(office: Office) -> "QuerySet[Campaign]":
    """Campaigns that went out and name a theme, of an office and of those below it, newest first. A notice without a theme is
    not for the public; one that is over is still read about."""
    low, high = subtree_range(office.unit.path)
    rows = Campaign.objects.filter(office__unit__path__gte=low, office__unit__path__lt=high)
    return rows.exclude(state=CampaignState.DRAFT).exclude(theme="").order_by("-issued_at")


# ---- units -----------------------------------------------------------------------------------------------------------


def public_units(office: Office) -> "QuerySet[Unit]":
    """The units a visitor may look up: federations and women's homes of this site's tree, and whoever announces something
    publicly or helps to hold it. An enterprise's women's committee that only reports to its federation is nobody's public business."""
    announced = Activity.objects.on_site().values("unit")
    helps = CoHost.objects.filter(activity__in=Activity.objects.on_site()).exclude(unit=None).values("unit")
    rows = Unit.objects.under(office.unit, itself=True).alive(clock.today())
    return rows.filter(Q(unit_class__in=[UnitClass.FEDERATION, UnitClass.HOME]) | Q(pk__in=announced) | Q(pk__in=helps))


def homes(office: Office, area: str) -> list[Unit]:
    """Women's homes (妇女之家), of one county when its code is given, each with `next_at`: when something is on there."""
    rows = public_units(office).filter(unit_class=UnitClass.HOME)
    if area:
        county = Unit.objects.filter(code=area).first()
        rows = rows.under(county) if county else rows.none()
    ahead = Q(
        activities__visibility=Visibility.PUBLIC,
        activities__state=ActivityState.PUBLISHED,
        activities__sessions__ends_at__gt=clock.now(),
        activities__sessions__called_off_at=None,
    )
    rows = rows.annotate(next_at=Min("activities__sessions__starts_at", filter=ahead))
    return list(rows.order_by(F("next_at").asc(nulls_last=True), "path")[:HOMES_SHOWN])


def counties_by_path(office: Office) -> dict[str, Unit]:
    """The county-level federations of this site, by their paths."""
    rows = Unit.objects.under(office.unit).alive(clock.today())
    rows = rows.filter(level=Level.COUNTY, unit_class=UnitClass.FEDERATION)
    return {unit.path: unit for unit in rows}


@dataclass(frozen=True)
class Place:
    """A county as the schematic shows it; `unit` None: what is online. `stations` None where none can be."""

    unit: Unit | None
    count: int
    next_at: datetime | None
    stations: int | None


def by_county(ahead: "QuerySet[Session]", counties: list[Unit], office: Office) -> list[Place]:
    """How much is on in each county, and online; three queries however many there are."""
    plain = ahead.order_by().prefetch_related(None).select_related(None)
    told = plain.values_list("activity__area").annotate(Count("pk", distinct=True), Min("starts_at"))
    counts = {area: (count, first) for area, count, first in told}
    online = plain.filter(~Q(activity__online_url="") | Q(activity__venue=Venue.WEBSITE))
    shown = Station.objects.on_site().filter(office__unit__path__startswith=office.unit.path)
    paths = list(shown.values_list("unit__path", flat=True))
    found = [
        Place(unit, *counts.get(unit.pk, (0, None)), sum(path.startswith(unit.path) for path in paths))
        for unit in counties
    ]
    facts = online.aggregate(n=Count("pk", distinct=True), first=Min("starts_at"))
    return [*found, Place(None, facts["n"], facts["first"], None)]


def above_in(unit: Unit, known: dict[str, Unit]) -> Unit | None:
    """The nearest of these units above one."""
    return next((known[path] for path in reversed(unit.ancestors_paths()) if path in known), None)


# ---- activities --------------------------------------------------------------------------------------------------------


def under(rows: "QuerySet[Session]", unit: Unit) -> "QuerySet[Session]":
    """The sessions of one unit and of those below it, also those it holds together with another; each once."""
    return rows.filter(activity__in=Activity.objects.filter(_theirs(unit)))


def _theirs(unit: Unit) -> Q:
    """Activities that a unit, or one below it, holds or helps to hold."""
    low, high = subtree_range(unit.path)
    helps = CoHost.objects.filter(unit__path__gte=low, unit__path__lt=high).values("activity")
    return Q(unit__path__gte=low, unit__path__lt=high) | Q(pk__in=helps)


def public_series(office: Office) -> "QuerySet[Series]":
    """The series of this site's units of which something is or was announced."""
    low, high = subtree_range(office.unit.path)
    shown = Activity.objects.on_site().filter(unit__path__gte=low, unit__path__lt=high)
    return Series.objects.filter(pk__in=shown.values("series")).select_related("unit")


def done_activities(
    office: Office, *, unit: Unit | None = None, campaign: Campaign | None = None, series: Series | None = None
) -> list[Activity]:
    """Public activities that have been held, newest first, each with `held_at`."""
    rows = Activity.objects.on_site().filter(_theirs(unit or office.unit))
    rows = rows.exclude(state=ActivityState.CANCELLED).filter(sessions__isnull=False)
    rows = rows.filter(campaign=campaign) if campaign else rows
    rows = rows.filter(series=series) if series else rows
    rows = rows.annotate(held_at=Min("sessions__starts_at")).filter(held_at__lt=clock.now())
    return list(rows.select_related("unit", "area").order_by("-held_at", "pk")[:DONE_SHOWN])


@dataclass(frozen=True)
class Found:
    """What a visitor's words lead to."""

    sessions: list[Session]
    units: list[Unit]
    stations: list[Station]
    series: list[Series]
    themes: list[Campaign]

    def __bool__(self) -> bool:
        return bool(self.sessions or self.units or self.stations or self.series or self.themes)


def search(office: Office, words: str, ahead: "QuerySet[Session]") -> Found:
    """Upcoming activities, series, themes, standing places and units that hold every one of these words, or sound so: best
    first. Each kind is looked for by itself, among what is shown now: a thousand units whose names hold the words, or what
    was on last year, hide no activity of tomorrow."""
    shelves: dict[str, QuerySet[Any]] = {
        "unit": public_units(office),
        "station": Station.objects.on_site().filter(unit__in=Unit.objects.under(office.unit, itself=True)),
        "series": public_series(office),
        "theme": themes(office).select_related("office__unit"),
    }
    coming = ahead.order_by().values("activity__code")
    where = [Q(kind="activity", audience=Audience.PUBLIC, object_code__in=coming)]
    where += [Q(kind=kind, object_code__in=rows.order_by().values("code")) for kind, rows in shelves.items()]
    activities, *others = index.find_each(words, where=where, most=FOUND_SHOWN)
    sessions = list(ahead.filter(activity__code__in=[row.object_code for row in activities])[:FOUND_SHOWN])
    named = zip(shelves.items(), others, strict=True)
    found = {kind: _in_order(rows, [row.object_code for row in hits]) for (kind, rows), hits in named}
    return Found(sessions, found["unit"], found["station"], found["series"], found["theme"])


def _in_order(rows: "QuerySet[Any]", codes: list[str]) -> list[Any]:
    """The rows of these codes, as the codes stand."""
    if not codes:
        return []
    place = {code: nth for nth, code in enumerate(codes)}
    return sorted(rows.filter(code__in=codes), key=lambda row: place[row.code])


# ---- the calendar ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One day of a month's sheet, and how many sessions touch it."""

    day: date
    count: int
    inside: bool


def month_sheet(rows: "QuerySet[Session]", first: date) -> list[list[Cell]]:
    """The weeks of a month, Monday first, with the days of its neighbours that complete them. Weeks gone by are left out.

    Args:
        rows: sessions to count; one over several days counts on each of them.
        first: the first day of the month.
    """
    seen_from = max(first, clock.today())
    start = seen_from - timedelta(days=seen_from.weekday())
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    weeks = -(-(after - start).days // 7)
    days = [start + timedelta(days=n) for n in range(7 * weeks)]
    spans = rows.filter(starts_at__lt=clock.end_of(days[-1]), ends_at__gt=clock.at(days[0]))
    counts: Counter[date] = Counter()
    for begins, ends in spans.order_by().values_list("starts_at", "ends_at"):
        here = max(clock.local(begins).date(), days[0])
        last = min(clock.local(ends - timedelta(microseconds=1)).date(), days[-1])
        counts.update(here + timedelta(days=n) for n in range((last - here).days + 1))
    cells = [Cell(day, counts[day], first <= day < after) for day in days]
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def for_api(office: Office) -> "QuerySet[Activity]":
    """Public activities of an office and of all units below it, with what the API says of them."""
    low, high = subtree_range(office.unit.path)
    sessions = (
        Session.objects.filter(called_off_at=None)
        .order_by("starts_at", "pk")
        .prefetch_related(Prefetch("pools", SeatPool.objects.shown().order_by("position", "pk")))
    )
    rows = Activity.objects.on_site().filter(unit__path__gte=low, unit__path__lt=high)
    return rows.select_related("unit", "area").prefetch_related(Prefetch("sessions", sessions), "cohosts", "audiences")


def activities_between(
    office: Office, *, first: date | None, last: date | None, area: str, kind: str, audience: str
) -> "QuerySet[Activity]":
    """Announced activities with a session between two days (from now on when `first` is None), the soonest first.

    Args:
        area: code of a county's unit; `kind`, `audience`: their codes; each may be empty.
    """
    since = clock.at(first) if first else clock.now()
    during = Q(sessions__ends_at__gt=since, sessions__called_off_at=None)
    if last and last < date.max:
        during &= Q(sessions__starts_at__lt=clock.end_of(last))
    rows = for_api(office).exclude(state=ActivityState.CANCELLED).filter(during)
    rows = rows.filter(area__code=area) if area else rows
    rows = rows.filter(kind=kind) if kind else rows
    if audience:
        suits = ActivityAudience.objects.filter(audience__in=[audience, "everyone"])
        rows = rows.filter(pk__in=suits.values("activity"))
    return rows.annotate(soonest=Min("sessions__starts_at")).order_by("soonest", "pk")


def for_calendar(rows: "QuerySet[Session]") -> list[Session]:
    """As `for_feed`, for somebody's own calendar. Discreet ones are left out: under a neutral title they would stand there as
    arrangements of hers, under their own they would tell who looks over her shoulder."""
    return for_feed(rows.exclude(Q(activity__discreet=True) | Q(activity__kind__in=SENSITIVE)))


def for_feed(rows: "QuerySet[Session]") -> list[Session]:
    """The next sessions, with what a feed says of them."""
    return list(rows.select_related("activity__office__unit").prefetch_related(None)[:FEED_SHOWN])
