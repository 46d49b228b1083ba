"""What is read of standing places: lists for staff and for visitors, the day's appointments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, QuerySet

from jinguo.activities.models import Session, SignUp
from jinguo.activities.models.sign_up import SignUpState
from jinguo.federation import policy
from jinguo.federation.models import Office, Unit
from jinguo.federation.models.unit import UnitClass, subtree_range
from jinguo.lib import clock
from jinguo.stations.models import Slot, Station, StationImport

PAGE = 50
SHOWN = 300


def stations_seen(actor: Any, *, page: int = 1) -> "Page[Station]":
    """One page of the places an actor keeps or sees, in the order of the tree; closed ones last."""
    rows = Station.objects.visible_to(actor).select_related("unit").prefetch_related("hours")
    return Paginator(rows.order_by("ended_at", "unit__path", "name", "pk"), PAGE).get_page(page)


def station_seen(actor: Any, code: str) -> Station | None:
    """One of them, with what its pages show."""
    rows = Station.objects.visible_to(actor).filter(code=code).select_related("unit", "office__unit", "book__unit")
    return rows.prefetch_related("hours", "odd_days").first()


def kept_by(actor: Any) -> "QuerySet[Station]":
    """The standing places an actor may change, in the order of the tree."""
    rows = Station.objects.filter(policy.sight(actor, "station.edit"), ended_at=None).select_related("unit", "book")
    return rows.prefetch_related("hours").order_by("unit__path", "name", "pk")


def imports_seen(actor: Any) -> "QuerySet[StationImport]":
    """The sheets of places sent in for units the actor keeps places of."""
    return StationImport.objects.filter(policy.sight(actor, "station.edit")).select_related("unit")


def public_station(code: str) -> Station | None:
    """One that the public site shows."""
    rows = Station.objects.on_site().filter(code=code).select_related("unit", "office__unit", "book__unit")
    return rows.prefetch_related("hours", "odd_days").first()


def station_of_book(activity: Any) -> Station | None:
    """Whose appointments an activity holds."""
    rows = Station.objects.filter(book=activity).select_related("unit", "office__unit", "book__unit")
    return rows.prefetch_related("hours", "odd_days").first()


def on_site(office: Office, *, kind: str = "", area: str = "") -> list[Station]:
    """The places of an office's tree that visitors see, of one kind and one county where asked."""
    low, high = subtree_range(office.unit.path)
    rows = Station.objects.on_site().filter(unit__path__gte=low, unit__path__lt=high).select_related("unit")
    rows = rows.filter(kind=kind) if kind else rows
    if area:
        county = Unit.objects.filter(code=area).first()
        low, high = subtree_range(county.path) if county else ("", "")
        rows = rows.filter(unit__path__gte=low, unit__path__lt=high)
    return list(rows.prefetch_related("hours").order_by("unit__path", "name")[:SHOWN])


def homes_without_a_page(homes: list[Unit]) -> list[Unit]:
    """Of some women's homes those of which no standing place is written yet."""
    written = set(Station.objects.on_site().filter(unit__in=homes).values_list("unit", flat=True))
    return [home for home in homes if home.pk not in written]


def of_unit(unit: Unit) -> list[Station]:
    """The places of a unit that visitors see."""
    return list(Station.objects.on_site().filter(unit=unit).order_by("name"))


def keeping_units(actor: Any) -> "QuerySet[Unit]":
    """The units for which an actor may keep places."""
    return Unit.objects.alive(clock.today()).filter(policy.sight(actor, "station.create", "")).order_by("path")


def is_home(unit: Unit) -> bool:
    return bool(unit.unit_class == UnitClass.HOME)


# ---- appointments ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Times:
    """Who holds one slot."""

    slot: Slot
    rows: list[SignUp]


def appointments(station: Station, day: date, actor: Any) -> list[Times]:
    """A day's appointments as the host sees them: only slots somebody holds, or that were called off."""
    slots = Slot.objects.filter(station=station, starts_at__gte=clock.at(day), starts_at__lt=clock.end_of(day))
    rows = SignUp.objects.visible_to(actor).filter(session__slot__in=slots).exclude(state=SignUpState.CANCELLED)
    held: dict[int, list[SignUp]] = {}
    for row in rows.select_related("person", "check_in", "pool__session__activity__unit").order_by("order"):
        held.setdefault(row.session_id, []).append(row)
    found = [Times(slot, held.get(slot.session_id, [])) for slot in slots.order_by("starts_at")]
    return [times for times in found if times.rows or times.slot.called_off_at]


def days_with_appointments(station: Station, first: date) -> list[tuple[date, int]]:
    """(day, how many) from a day on."""
    rows = SignUp.objects.standing().filter(
        session__slot__station=station, session__slot__starts_at__gte=clock.at(first)
    )
    counted: dict[date, int] = {}
    for starts, count in rows.order_by().values_list("session__slot__starts_at").annotate(Count("pk")):
        day = clock.local(starts).date()
        counted[day] = counted.get(day, 0) + count
    return sorted(counted.items())


def unmarked_before(station: Station, day: date) -> date | None:
    """The first day before this one on which nobody has said yet of somebody whether she came."""
    rows = SignUp.objects.confirmed().filter(
        Q(check_in=None), session__slot__station=station, session__slot__starts_at__lt=clock.at(day), missed_at=None,
        forgotten_at=None,
    )  # fmt: skip
    first = rows.aggregate(first=Min("session__slot__starts_at"))["first"]
    return clock.local(first).date() if first else None


def session_at(station: Station, time: str) -> Session | None:
    """The session of the slot that begins at a time written 202612031430, or None."""
    try:
        wall = datetime.strptime(time, "%Y%m%d%H%M")  # noqa: DTZ007  in Asia/Shanghai, as clock.at says
    except ValueError:
        return None
    begins = clock.at(wall.date(), wall.hour, wall.minute)
    return Session.objects.filter(slot__station=station, slot__starts_at=begins).first()


def held_between(station: Station, first: date, last: date) -> list[Slot]:
    """The slots to come on some days that somebody holds."""
    low = max(clock.at(first), clock.now())
    rows = Slot.objects.filter(station=station, starts_at__gte=low, starts_at__lt=clock.end_of(last))
    return list(rows.filter(session__pools__taken__gt=0).select_related("session__activity__unit"))
