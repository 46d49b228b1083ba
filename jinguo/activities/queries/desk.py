"""What the unit sees: its activities, who signed up, who came, what was counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Max, Min, Prefetch, Q, QuerySet, Sum

from jinguo.activities.models import (
    Activity,
    ActivityClause,
    Feedback,
    Headcount,
    Photo,
    SeatPool,
    Session,
    SignUp,
    WalkIn,
)
from jinguo.activities.models.afterwards import Useful
from jinguo.activities.models.attendance import Exactness
from jinguo.activities.models.sign_up import Reach, SignUpState
from jinguo.lib.prepared import Prepared
from jinguo.lib.sealed import lookup_hash
from jinguo.people.models import Person

PAGE = 30
ORDER_PAGE = 200


def activities_seen(actor: Any, *, state: str = "", page: int = 1) -> "Page[Activity]":
    """One page of the activities an actor may see, newest first, with first and last session and seats held."""
    rows = Activity.objects.visible_to(actor).select_related("unit")
    if state:
        rows = rows.filter(state=state)
    rows = rows.annotate(starts_at=Min("sessions__starts_at"), ends_at=Max("sessions__ends_at"))
    rows = rows.prefetch_related(Prefetch("sessions", Session.objects.prefetch_related("pools")))
    return Paginator(rows.order_by("-starts_at", "-pk"), PAGE).get_page(page)


def activity_seen(actor: Any, code: str) -> Activity | None:
    """One activity an actor may see, with what its page shows."""
    rows = (
        Activity.objects.visible_to(actor)
        .filter(code=code)
        .select_related("unit", "office", "office__unit", "area", "campaign", "series")
    )
    sessions = Session.objects.prefetch_related(Prefetch("pools", SeatPool.objects.order_by("position", "pk")))
    clauses = Prefetch("clause_links", ActivityClause.objects.select_related("clause").order_by("clause__position"))
    return rows.prefetch_related(Prefetch("sessions", sessions), "cohosts", "audiences", clauses).first()


def session_seen(actor: Any, activity: str, session: str) -> Session | None:
    """One session of an activity an actor may see."""
    rows = Session.objects.filter(
        code=session, activity__code=activity, activity__in=Activity.objects.visible_to(actor)
    )
    return rows.select_related("activity", "activity__unit", "activity__office").first()


def sign_ups_of(session: Session, actor: Any) -> "QuerySet[SignUp]":
    """The standing sign-ups of a session in their order, with the person and whether she came."""
    rows = SignUp.objects.visible_to(actor).standing().filter(session=session)
    return rows.select_related("person", "check_in", "pool").order_by("pool__position", "pool", "order")


def hers_in(activity: Activity, phone: str) -> list[SignUp]:
    """The sign-ups that stand for a telephone number in an activity, oldest first."""
    return theirs_in(activity, [phone])[phone]


_HERS_AT = Prepared(
    lambda session, office, phone: (
        SignUp.objects.standing()
        .filter(session=session, person__in=Person.objects.with_phones(office, [phone]).values("pk"))
        .order_by()
        .values_list("code", "name_sealed", "link_secret_sealed")
    )
)


def hers_at(session: Session, phone: str) -> SignUp | None:
    """What stands for a telephone number in one session: only her name and the way to her page. Every press asks it first."""
    hashed = lookup_hash(Person, "phone", phone)
    found = _HERS_AT.ask(session=session.pk, office=session.activity.office_id, phone=hashed)
    return SignUp(**dict(zip(("code", "name_sealed", "link_secret_sealed"), found[0], strict=True))) if found else None


def theirs_in(activity: Activity, phones: Iterable[str]) -> dict[str, list[SignUp]]:
    """For each telephone number the sign-ups that stand for it in an activity, oldest first, each with `over_at` and `is_off`, by two queries.

    The persons are asked first: from the sign-ups' side a database may read all of the activity to find a few.
    """
    found: dict[str, list[SignUp]] = {phone: [] for phone in phones}
    hashes = {lookup_hash(Person, "phone", phone): phone for phone in found}
    known = Person.objects.with_phones(activity.office_id, hashes).values_list("pk", "phone_hash")
    numbers = {pk: hashes[hashed] for pk, hashed in known}
    if numbers:
        rows = SignUp.objects.standing().filter(activity=activity.pk, person__in=list(numbers)).order_by()
        for row in sorted(
            rows.annotate(over_at=F("session__ends_at"), is_off=Q(session__called_off_at__isnull=False)),
            key=lambda row: row.pk,
        ):
            found[numbers[row.person_id]].append(row)
    return found


def signed(session: Session) -> int:
    """How many seats of a session are taken, with each entry on its waiting lists; one query."""
    held = SeatPool.objects.filter(session=session).aggregate(n=Sum(F("taken") + F("waiting")))
    return held["n"] or 0


def unreached(session: Session) -> int:
    """How many of a session's standing sign-ups no message can reach."""
    return SignUp.objects.standing().filter(session=session, reach=Reach.NONE).count()


def in_order(activity: Activity, page: int) -> "Page[SignUp]":
    """One page of an activity's sign-ups in the order they were decided, pool by pool; no personal value is read."""
    rows = SignUp.objects.filter(activity=activity).select_related("pool", "session")
    plain = rows.only(
        "order",
        "seats",
        "state",
        "ended",
        "decided_at",
        "promoted_at",
        "pool__name",
        "pool__kind",
        "session__starts_at",
    )
    return Paginator(plain.order_by("session__starts_at", "pool__position", "pool", "order"), ORDER_PAGE).get_page(page)


def stands_elsewhere(sign_up: SignUp) -> set[int]:
    """Other sessions of the same activity in which she stands by another sign-up, by their row numbers."""
    rows = SignUp.objects.standing().filter(activity=sign_up.activity_id, person=sign_up.person_id)
    return set(rows.exclude(pk=sign_up.pk).values_list("session", flat=True))


def place_in_line(sign_up: SignUp) -> int:
    """How many stand before her on the waiting list, plus one; 0 when she is not waiting."""
    if sign_up.state != SignUpState.WAITING:
        return 0
    before = SignUp.objects.filter(pool=sign_up.pool_id, state=SignUpState.WAITING, order__lt=sign_up.order)
    return before.count() + 1


@dataclass(frozen=True)
class Tally:
    """Numbers of one session's day. Seats, not heads, for sign-ups.

    Attributes:
        offered: seats kept for an answer; `waiting`: entries.
        walk_ins: the counts of people who came without a sign-up, those taken back left out.
        counted: the newest head-count, or None.
    """

    confirmed: int
    offered: int
    waiting: int
    came: int
    walk_ins: tuple[WalkIn, ...]
    counted: Headcount | None

    @property
    def walked_in(self) -> int:
        return sum(row.people for row in self.walk_ins)

    @property
    def counted_about(self) -> bool:
        """Whether the head-count is an estimate."""
        return self.counted is not None and self.counted.exactness == Exactness.ABOUT


def tally(session: Session, sign_ups: list[SignUp]) -> Tally:
    """Count one session from its standing sign-ups, already read with their check-ins; two more queries."""
    confirmed = sum(row.seats for row in sign_ups if row.state == SignUpState.CONFIRMED)
    waiting = sum(1 for row in sign_ups if row.state == SignUpState.WAITING)
    offered = sum(row.seats for row in sign_ups if row.state == SignUpState.OFFERED)
    came = sum(row.check_in.seats for row in sign_ups if hasattr(row, "check_in"))
    walk_ins = tuple(WalkIn.objects.filter(session=session, undone_at=None))
    newest = Headcount.objects.filter(session=session).order_by("-at", "-pk").first()
    return Tally(confirmed, offered, waiting, came, walk_ins, newest)


@dataclass(frozen=True)
class Said:
    """What those who came say of one session: how many of each answer, and the words some added, newest first."""

    counts: tuple[tuple[str, int], ...]
    words: tuple[str, ...]

    @property
    def answers(self) -> int:
        return sum(count for _label, count in self.counts)


def said_of(session: Session) -> Said:
    """The answers to the one question; one query."""
    rows = list(Feedback.objects.filter(session=session).order_by("-at", "-pk"))
    counts = tuple((str(one.label), sum(row.useful == one for row in rows)) for one in sorted(Useful, reverse=True))
    return Said(counts, tuple(words for row in rows if (words := row.words)))


def photos_of(activity: Activity) -> list[Photo]:
    """The standing pictures of an activity, in their order."""
    return list(Photo.objects.standing().filter(activity=activity))


def public_photos(activity: Activity) -> list[Photo]:
    """Those of them a visitor may see."""
    if activity.is_sensitive:
        return []
    return list(Photo.objects.standing().filter(activity=activity, consent=True))
