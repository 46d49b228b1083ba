"""What the host's page shows: for whom an actor may hold, what there was and will be in a month, who counted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from jinguo.activities.models import Activity, Headcount, HostDoor, Photo, Session
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.attendance import Exactness
from jinguo.federation import policy
from jinguo.federation.models import Link, Unit, User
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.federation.queries import office_of
from jinguo.lib import clock

SHOWN = 100


def hosted_units(actor: Any) -> "QuerySet[Unit]":
    """The villages and homes whose page an actor may use."""
    rows = Unit.objects.alive(clock.today()).filter(policy.sight(actor, "host.act", ""))
    return rows.filter(Q(level=Level.VILLAGE) | Q(unit_class=UnitClass.HOME)).order_by("path")


@dataclass(frozen=True)
class Hosted:
    """One village or home in the list.

    Attributes:
        drafts: how many of its activities are not public yet.
    """

    unit: Unit
    door: HostDoor | None
    drafts: int


def hosted_lines(actor: Any, words: str = "") -> tuple[list[Hosted], bool]:
    """The first of them with their links and drafts, and whether there are more; three queries."""
    rows = hosted_units(actor).select_related("parent")
    if words:
        rows = rows.filter(Q(name__contains=words) | Q(short_name__contains=words))
    found = list(rows[: SHOWN + 1])
    units = found[:SHOWN]
    doors = {door.unit_id: door for door in HostDoor.objects.filter(unit__in=units, closed_at=None)}
    waiting = Activity.objects.hosted_by(actor).filter(unit__in=units, state=ActivityState.DRAFT)
    drafts = dict(waiting.order_by().values_list("unit").annotate(Count("pk")))
    lines = [Hosted(unit, doors.get(unit.pk), drafts.get(unit.pk, 0)) for unit in units]
    return lines, len(found) > SHOWN


def door_of(unit: Unit) -> HostDoor | None:
    """The link that stands for a unit, with what is shown of it."""
    return HostDoor.objects.filter(unit=unit, closed_at=None).select_related("link", "unit").first()


def host_office(unit: Unit) -> Any:
    """The issuing office above a unit: whom its host telephones."""
    return office_of(unit)


@dataclass(frozen=True)
class Held:
    """One session of a village's activity, with its newest head-count and its standing pictures."""

    session: Session
    counted: Headcount | None
    photos: tuple[Photo, ...]

    @property
    def activity(self) -> Activity:
        return self.session.activity

    @property
    def begun(self) -> bool:
        return bool(self.session.starts_at <= clock.now())

    @property
    def over(self) -> bool:
        return bool(self.session.ends_at <= clock.now() or self.activity.state == ActivityState.DONE)

    @property
    def off(self) -> bool:
        """Whether it was announced and is not held: the whole activity, or this session of it."""
        cancelled = self.session.called_off_at is not None or self.activity.state == ActivityState.CANCELLED
        return cancelled and self.activity.published_at is not None

    @property
    def about(self) -> bool:
        """Whether the head-count is an estimate."""
        return self.counted is not None and self.counted.exactness == Exactness.ABOUT


def month_span(month: date) -> tuple[date, date]:
    """The first day of a month and of the next."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def held_in(unit: Unit, month: date, actor: Any) -> list[Held]:
    """What a village holds in the month of a day, in order; three queries however many there are."""
    first, after = month_span(month)
    rows = _sessions(unit, actor).filter(starts_at__gte=clock.at(first), starts_at__lt=clock.at(after))
    return _with_facts(list(rows.order_by("starts_at", "pk")))


def held_one(unit: Unit, activity: str, session: str, actor: Any) -> Held | None:
    """One of its sessions."""
    found = _with_facts(list(_sessions(unit, actor).filter(code=session, activity__code=activity)))
    return found[0] if found else None


def held_alone(session: Session) -> bool:
    """Whether no other session of its activity is to be held; one query."""
    return not Session.objects.filter(activity=session.activity_id, called_off_at=None).exclude(pk=session.pk).exists()


def activity_in(activity: Activity) -> Activity:
    """An activity a host was shown, read again with what a copy of it takes along."""
    rows = Activity.objects.select_related("unit", "office", "area", "campaign", "series")
    return rows.prefetch_related("sessions", "cohosts", "audiences", "clause_links__clause").get(pk=activity.pk)


def _sessions(unit: Unit, actor: Any) -> "QuerySet[Session]":
    rows = Session.objects.filter(activity__in=Activity.objects.hosted_by(actor).filter(unit=unit))
    read = (
        "activity__unit__parent",
        "activity__office__unit",
        "activity__on_behalf",
        "activity__area",
        "activity__series",
    )
    return rows.select_related(*read).prefetch_related(
        Prefetch("activity__photos", Photo.objects.standing().select_related("file"), to_attr="standing_photos")
    )


def _with_facts(sessions: list[Session]) -> list[Held]:
    counts: dict[int, Headcount] = {}
    for count in Headcount.objects.filter(session__in=sessions).order_by("at", "pk"):
        counts[count.session_id] = count  # the newest comes last and stands
    return [Held(one, counts.get(one.pk), tuple(one.activity.standing_photos)) for one in sessions]


def actors_named(codes: Iterable[str]) -> dict[str, str]:
    """Whom some actor codes stand for, as a host may read it: the unit of a link, an officer by her name; two queries."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        kind, _colon, value = code.partition(":")
        kinds[kind].append(value)
    links = Link.objects.filter(code__in=kinds["link"], unit__isnull=False).select_related("unit")
    users = User.objects.filter(code__in=kinds["user"])
    return {
        **{link.actor_code: str(link.unit) for link in links},
        **{user.actor_code: str(user.display_name) for user in users},
    }
