"""Keeping a campaign's list of points, and answering it for one activity. Asks; blocks nothing."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.models import Activity, CheckAnswer, CheckPoint
from jinguo.activities.models.checklist import PointKind
from jinguo.campaigns.models import Campaign, Clause
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require

MOST = 12  # a longer list is read by nobody


def add_point(
    campaign: Campaign, *, kind: str, text: str, until: date | None, clause: Clause | None, by: journal.Actor
) -> CheckPoint:
    """One more point.

    Raises:
        Invalid: a health measure without a last day, this requirement is on the list, or it would be too long.
    """
    require(rules.may_set_points(campaign, by))
    _check_end(kind, until)
    try:
        with transaction.atomic():
            hold(campaign)
            standing = CheckPoint.objects.filter(campaign=campaign, dropped_at=None)
            same = standing.filter(clause=clause, kind=kind, text=text, until=until).first()
            if same is not None:
                return same
            if standing.count() >= MOST:
                raise Invalid(_("核对单最多 %(most)s 条，再长就没人看了。请先去掉一条。") % {"most": MOST})
            row = CheckPoint.objects.create(
                campaign=campaign, clause=clause, kind=kind, text=text, until=until, made_at=clock.now()
            )
            _note(campaign, "checklist.add", row, by)
    except IntegrityError:
        raise Invalid(_("这条要求已经在核对单里了。")) from None
    return row


def _check_end(kind: str, until: date | None) -> None:
    if kind == PointKind.HEALTH and until is None:
        raise Invalid(_("卫生和健康措施要写到哪天为止，到期自动不再要求。"), "until")


def edit_point(point: CheckPoint, *, kind: str, text: str, until: date | None, by: journal.Actor) -> None:
    """Other words, another end. What hosts have said stays with it."""
    require(rules.may_set_points(point.campaign, by))
    _check_end(kind, until)
    facts = {"kind": kind, "text": text, "until": until}
    with transaction.atomic():
        if not differing(hold(point), facts):
            return
        if CheckPoint.objects.filter(pk=point.pk, dropped_at=None).update(**facts):
            _note(point.campaign, "checklist.edit", point, by)


def drop_point(point: CheckPoint, *, by: journal.Actor) -> bool:
    """Ask for it no longer; True when this call did it."""
    require(rules.may_set_points(point.campaign, by))
    with transaction.atomic():
        done = CheckPoint.objects.filter(pk=point.pk, dropped_at=None).update(dropped_at=clock.now())
        if done:
            _note(point.campaign, "checklist.drop", point, by)
    return bool(done)


def _note(campaign: Campaign, action: str, point: CheckPoint, by: journal.Actor) -> None:
    journal.record(
        action, by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code, point=point.code
    )


def answer_points(activity: Activity, answers: Mapping[CheckPoint, tuple[str, str]], *, by: journal.Actor) -> int:
    """What the host says to some points: (said, note), said "" for nothing. Returns how many have changed."""
    require(rules.may_answer(activity, by))
    with transaction.atomic():
        stand = {row.point_id: row for row in CheckAnswer.objects.filter(activity=activity)}
        changed = [
            point.code
            for point, (said, note) in answers.items()
            if _put(activity, point, stand.get(point.pk), said, note if said else "", by)
        ]
        if changed:
            journal.record(
                "checklist.answer", by=by, kind="activity", code=activity.code, owner=activity.unit.code, points=changed
            )
    return len(changed)


def _put(
    activity: Activity, point: CheckPoint, stands: CheckAnswer | None, said: str, note: str, by: journal.Actor
) -> bool:
    if (stands.said, stands.note) == (said, note) if stands else not said:
        return False
    if stands and not said:
        return bool(CheckAnswer.objects.filter(pk=stands.pk).delete()[0])
    row = CheckAnswer(activity=activity, point=point, said=said, at=clock.now(), actor=by.actor_code)
    if stands:
        row.code = stands.code
    row.note = note
    facts = {name: getattr(row, name) for name in ("said", "note_sealed", "at", "actor")}
    CheckAnswer.objects.update_or_create(
        activity=activity, point=point, defaults=facts, create_defaults={**facts, "code": row.code}
    )
    return True
