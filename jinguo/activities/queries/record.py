"""What an activity came to: one record per activity, every number with the rows it was taken from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Sum
from django.db.models.functions import Coalesce

from jinguo.activities.models import Activity, CheckIn, Feedback, HandOut, Headcount, Photo, Session, SignUp, WalkIn
from jinguo.activities.models.attendance import Exactness
from jinguo.activities.models.sign_up import SignUpState
from jinguo.campaigns.models import Clause
from jinguo.federation.models import Unit
from jinguo.lib import clock


@dataclass(frozen=True)
class ActivityRecord:
    """An activity as it may be reported. Nothing is estimated here: what nobody counted is None, 0 is 「没有」.

    Attributes:
        kind: a value of `activities.models.kinds.Kind`; `kind_name`: its name.
        first_day, last_day: in Asia/Shanghai.
        sign_ups: seats held by confirmed sign-ups; `checked_in`: seats of those marked as come; `walk_ins`: people
            counted at the door without a sign-up. None of the three is a head-count.
        on_site, women, online: sums of the newest head-count of each session; None when no session has one. On-site
            people (人次) and online views are never added together.
        exactness: "about" when one of the summed counts was estimated, "exact" when none was, "" without any.
        sessions, sessions_counted: how many there were, and how many have a head-count of those on site.
        photos: standing pictures, in their order; `photo.consent` says whether they may leave the unit.
        given_out: (what, how many, estimated), the same thing of several sessions added up.
        useful: how many found it very, somewhat, little useful.
        story: what its unit has told of it.
        sources: field name → codes of what it was taken from, as `kind:code`.
    """

    code: str
    title: str
    kind: str
    kind_name: str
    venue: str
    state: str
    unit: Unit
    first_day: date
    last_day: date
    place: str
    cohosts: tuple[str, ...]
    clauses: tuple[Clause, ...]
    sign_ups: int
    checked_in: int
    walk_ins: int
    on_site: int | None
    women: int | None
    online: int | None
    exactness: str
    sessions: int
    sessions_counted: int
    photos: tuple[Photo, ...]
    sources: dict[str, tuple[str, ...]]
    given_out: tuple[tuple[str, int, bool], ...] = ()
    useful: tuple[int, int, int] = (0, 0, 0)
    story: str = ""


def record_of(activity: Activity) -> ActivityRecord:
    """The record of one activity, as it stands now."""
    return records_of([activity])[0]


def records_of(activities: Iterable[Activity]) -> list[ActivityRecord]:
    """The records of several activities with a fixed number of queries, in the same order."""
    wanted = list(activities)
    rows = Activity.objects.filter(pk__in=[activity.pk for activity in wanted]).select_related("unit")
    held = Prefetch("sessions", Session.objects.filter(called_off_at=None))  # what was called off was not held
    rows = rows.prefetch_related(held, "cohosts", "clause_links__clause")
    found = {row.pk: row for row in rows}
    sessions = [session for row in found.values() for session in row.sessions.all()]
    facts = _Facts(sessions, list(found))
    return [_record(found[activity.pk], facts) for activity in wanted]


class _Facts:
    """Everything counted for some sessions: seven queries, however many there are."""

    def __init__(self, sessions: list[Session], activities: list[int]) -> None:
        keys = [session.pk for session in sessions]
        confirmed = SignUp.objects.filter(pool__session__in=keys, state=SignUpState.CONFIRMED)
        self.sign_ups = _sums(confirmed, "pool__session", "seats")
        self.checked_in = _sums(
            CheckIn.objects.filter(sign_up__pool__session__in=keys), "sign_up__pool__session", "seats"
        )
        self.walk_ins = _sums(WalkIn.objects.filter(session__in=keys, undone_at=None), "session", "people")
        self.headcounts: dict[int, Headcount] = {}
        for count in Headcount.objects.filter(session__in=keys).order_by("at", "pk"):
            self.headcounts[count.session_id] = count  # the newest comes last and stands
        self.given_out: dict[int, list[HandOut]] = defaultdict(list)
        for line in HandOut.objects.filter(session__in=keys, undone_at=None):
            self.given_out[line.session_id].append(line)
        said = (
            Feedback.objects.filter(session__in=keys).order_by().values_list("session", "useful").annotate(Count("pk"))
        )
        self.useful = {(session, useful): n for session, useful, n in said}
        self.photos: dict[int, list[Photo]] = defaultdict(list)
        for photo in Photo.objects.standing().filter(activity__in=activities).select_related("file", "small"):
            self.photos[photo.activity_id].append(photo)


def _sums(rows: "object", by: str, field: str) -> dict[int, int]:
    grouped = rows.order_by().values_list(by).annotate(total=Coalesce(Sum(field), 0))  # type: ignore[attr-defined]
    return dict(grouped)


def _record(activity: Activity, facts: _Facts) -> ActivityRecord:
    sessions = list(activity.sessions.all())
    days = [clock.local(moment).date() for s in sessions for moment in (s.starts_at, s.ends_at)]
    links = sorted(activity.clause_links.all(), key=lambda link: link.clause.position)
    heads = _heads([facts.headcounts[s.pk] for s in sessions if s.pk in facts.headcounts])
    told = [c for rows in heads.values() for c in rows]
    about = any(c.exactness == Exactness.ABOUT for c in told)
    numbers = {name: sum(getattr(c, name) for c in rows) if rows else None for name, rows in heads.items()}
    photos = tuple(facts.photos[activity.pk])
    return ActivityRecord(
        code=activity.code,
        title=activity.title,
        kind=activity.kind,
        kind_name=activity.kind_name,
        venue=activity.venue,
        state=activity.state,
        unit=activity.unit,
        first_day=min(days),
        last_day=max(days),
        place=activity.place or activity.address,
        cohosts=tuple(cohost.name for cohost in activity.cohosts.all()),
        clauses=tuple(link.clause for link in links),
        sign_ups=sum(facts.sign_ups.get(s.pk, 0) for s in sessions),
        checked_in=sum(facts.checked_in.get(s.pk, 0) for s in sessions),
        walk_ins=sum(facts.walk_ins.get(s.pk, 0) for s in sessions),
        exactness=str(Exactness.ABOUT if about else Exactness.EXACT) if told else "",
        sessions=len(sessions),
        sessions_counted=len(heads["on_site"]),
        photos=photos,
        sources=_sources(activity, sessions, heads, photos),
        given_out=_given_out([line for s in sessions for line in facts.given_out[s.pk]]),
        useful=tuple(sum(facts.useful.get((s.pk, u), 0) for s in sessions) for u in (3, 2, 1)),
        story=activity.story,
        **numbers,
    )


def _given_out(lines: list[HandOut]) -> tuple[tuple[str, int, bool], ...]:
    """The same thing once; estimated as soon as one of its lines is."""
    found: dict[str, tuple[int, bool]] = {}
    for line in lines:
        count, about = found.get(line.what, (0, False))
        found[line.what] = (count + line.count, about or line.about)
    return tuple((what, count, about) for what, (count, about) in found.items())


def _heads(counts: list[Headcount]) -> dict[str, list[Headcount]]:
    """For each number the head-counts that name it; blank is not nought."""
    return {name: [c for c in counts if getattr(c, name) is not None] for name in ("on_site", "women", "online")}


def _sources(
    activity: Activity, sessions: list[Session], heads: dict[str, list[Headcount]], photos: tuple[Photo, ...]
) -> dict[str, tuple[str, ...]]:
    whole = tuple(f"session:{s.code}" for s in sessions)
    return {
        "activity": (f"activity:{activity.code}",),
        "sign_ups": whole,
        "checked_in": whole,
        "walk_ins": whole,
        **{name: tuple(f"headcount:{c.code}" for c in rows) for name, rows in heads.items()},
        "photos": tuple(f"photo:{photo.code}" for photo in photos),
    }
