"""What the public site shows: upcoming sessions by day, filters, one activity."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from jinguo.activities.models import Activity, ActivityClause, CoHost, SeatPool, Session
from jinguo.activities.models.activity import ActivityState, Visibility
from jinguo.activities.queries.making import areas
from jinguo.federation.models import Office, Unit
from jinguo.federation.models.unit import subtree_range
from jinguo.lib import clock

PAGE = 20
ONLINE = "online"
WHEN = ("today", "weekend", "next_week")


@dataclass(frozen=True)
class Wish:
    """What a visitor asks for; an empty value asks for everything.

    Attributes:
        area: code of a county's unit, or `online`; `when`: one of `WHEN` or an ISO day; `walk_in`: only what needs no
            sign-up.
    """

    area: str = ""
    kind: str = ""
    audience: str = ""
    when: str = ""
    walk_in: bool = False
    page: int = 1


@dataclass(frozen=True)
class Day:
    """The sessions shown under one day."""

    day: date
    sessions: tuple[Session, ...]


def site_office(host: str) -> Office | None:
    """The office whose public site this host name is; without a match, the first office that stands under no other."""
    rows = Office.objects.select_related("unit").order_by("pk")
    own = rows.filter(public_host=host).first() if host else None
    return own or rows.filter(parent=None).first()


def site_areas(office: Office) -> list[Unit]:
    """The counties a visitor of this office's site chooses from."""
    return list(areas(Unit.objects.under(office.unit).alive(clock.today())))


def sessions_ahead(office: Office, at: datetime) -> "QuerySet[Session]":
    """Public sessions of an office and of all units below it that are not over yet, soonest first."""
    low, high = subtree_range(office.unit.path)
    rows = Session.objects.filter(
        ends_at__gt=at,
        called_off_at=None,
        activity__unit__path__gte=low,
        activity__unit__path__lt=high,
        activity__visibility=Visibility.PUBLIC,
        activity__state=ActivityState.PUBLISHED,
    )
    rows = rows.select_related("activity", "activity__unit", "activity__area")
    pools = SeatPool.objects.order_by("pk")
    return rows.prefetch_related(Prefetch("pools", pools)).order_by("starts_at", "pk")


def wished(rows: "QuerySet[Session]", wish: Wish, at: datetime) -> "QuerySet[Session]":
    """Narrow sessions to a wish."""
    if wish.area == ONLINE:
        rows = rows.filter(~Q(activity__online_url="") | Q(activity__venue="website"))
    elif wish.area:
        rows = rows.filter(activity__area__code=wish.area)
    if wish.kind:
        rows = rows.filter(activity__kind=wish.kind)
    if wish.audience:
        rows = rows.filter(activity__audiences__audience__in=[wish.audience, "everyone"]).distinct()
    if wish.walk_in:
        rows = rows.filter(walk_in=True)
    if wish.when:
        first, last = span_of(wish.when, clock.local(at).date())
        rows = rows.filter(starts_at__lt=clock.end_of(last), ends_at__gt=clock.at(first))
    return rows


def everywhere(wish: Wish) -> Wish:
    """The same wish wherever it may be."""
    return replace(wish, area="")


def span_of(when: str, today: date) -> tuple[date, date]:
    """First and last day of 今天, 周末, 下周 or an ISO day, seen from a day. On a Sunday 周末 is that Sunday."""
    if when not in WHEN:
        return date.fromisoformat(when), date.fromisoformat(when)
    monday = today - timedelta(days=today.weekday())
    if when == "today":
        return today, today
    if when == "weekend":
        return max(monday + timedelta(days=5), today), monday + timedelta(days=6)
    return monday + timedelta(days=7), monday + timedelta(days=13)


def one_page(rows: "QuerySet[Session]", page: int) -> tuple[list[Session], bool]:
    """The sessions of one page, and whether there are more."""
    start = (max(page, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def by_day(sessions: list[Session], today: date) -> list[Day]:
    """Sessions under the day they begin; what has begun earlier stands under today."""
    days: dict[date, list[Session]] = {}
    for session in sessions:
        days.setdefault(max(clock.local(session.starts_at).date(), today), []).append(session)
    return [Day(day, tuple(found)) for day, found in sorted(days.items())]


def coming(sessions: Sequence[Session], at: datetime) -> list[Session]:
    """Of an activity's sessions in their order those still to come; when none is, all that were held."""
    held = [session for session in sessions if not session.called_off_at] or list(sessions)
    return [session for session in held if session.ends_at > at] or held


def shown_activity(code: str) -> Activity | None:
    """A public activity with everything its page shows, or None."""
    return with_its_page(Activity.objects.on_site().filter(code=code)).first()


def with_its_page(rows: "QuerySet[Activity]") -> "QuerySet[Activity]":
    """Activities with everything their public page shows."""
    pools = SeatPool.objects.order_by("position", "pk")
    return rows.select_related("unit", "office", "office__unit", "area", "campaign", "series").prefetch_related(
        Prefetch("sessions", Session.objects.prefetch_related(Prefetch("pools", pools))),
        Prefetch("cohosts", CoHost.objects.select_related("unit").order_by("pk")),
        "audiences",
        Prefetch("clause_links", ActivityClause.objects.select_related("clause").order_by("clause__position")),
    )
