"""A campaign's list of points, what an activity has to say to them, and what hosts have said."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from jinguo.activities.models import Activity, CheckAnswer, CheckPoint
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.checklist import PointKind, Said
from jinguo.campaigns.models import Campaign, Clause
from jinguo.campaigns.models.campaign import ClauseKind


@dataclass(frozen=True)
class Line:
    """One point as an activity sees it; `answer` None: nobody has said anything yet."""

    point: CheckPoint
    answer: CheckAnswer | None


def lines_for(activity: Activity, first_day: date) -> list[Line]:
    """The points that hold for an activity on its first day: of its campaign, and of the superior's that it passes on."""
    if activity.campaign_id is None:
        return []
    holds = Q(until=None) | Q(until__gte=first_day)
    above = Q(campaign__circulations__onward=activity.campaign_id)
    points = CheckPoint.objects.filter(Q(campaign=activity.campaign_id) | above, holds, dropped_at=None).distinct()
    said = {row.point_id: row for row in CheckAnswer.objects.filter(activity=activity)}
    return [Line(point, said.get(point.pk)) for point in points.order_by("campaign", "pk")]


def measures_for(activity: Activity, day: date) -> list[CheckPoint]:
    """The health measures in force on a day, as visitors are told them: what is done there, never a question to them."""
    if activity.campaign_id is None:
        return []
    above = Q(campaign__circulations__onward=activity.campaign_id)
    rows = CheckPoint.objects.filter(Q(campaign=activity.campaign_id) | above, kind=PointKind.HEALTH, until__gte=day)
    answered = CheckAnswer.objects.filter(activity=activity, said=Said.NA).values("point")
    return list(rows.filter(dropped_at=None).exclude(pk__in=answered).distinct().order_by("campaign", "pk"))


def open_points(activity: Activity, first_day: date) -> int:
    """How many of them nobody has said anything to."""
    return sum(line.answer is None for line in lines_for(activity, first_day))


@dataclass(frozen=True)
class Counted:
    """One point as its office sees it: over how many activities, settled in how many, not applicable in how many."""

    point: CheckPoint
    settled: int
    na: int
    open: int


def points_of(campaign: Campaign) -> list[Counted]:
    """The standing points of a campaign with what hosts have said; three queries."""
    points = list(CheckPoint.objects.filter(campaign=campaign, dropped_at=None).select_related("clause").order_by("pk"))
    under = Q(campaign=campaign) | Q(campaign__passes_on__campaign=campaign)
    held = Activity.objects.filter(under).exclude(state=ActivityState.CANCELLED)
    answers = CheckAnswer.objects.filter(point__in=points, activity__in=held).order_by()
    counts = {(p, said): n for p, said, n in answers.values_list("point", "said").annotate(Count("pk"))}
    total = held.count()
    return [
        Counted(point, settled, na, total - settled - na)
        for point in points
        for settled, na in [(counts.get((point.pk, Said.SETTLED), 0), counts.get((point.pk, Said.NA), 0))]
    ]


def clauses_left(campaign: Campaign) -> list[Clause]:
    """The requirements of a campaign that are on its list not yet: proposals, until its office takes them."""
    taken = CheckPoint.objects.filter(campaign=campaign, dropped_at=None).exclude(clause=None).values("clause")
    rows = Clause.objects.filter(campaign=campaign, kind=ClauseKind.REQUIREMENT).exclude(pk__in=taken)
    return list(rows.order_by("position"))
