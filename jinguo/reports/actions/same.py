"""One event told twice: a unit's duplicate is merged, a joint event of several units is counted once. Each can be undone."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.actions import obligations
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.reports import rules
from jinguo.reports.actions.finding import forget_return, index_return
from jinguo.reports.actions.telling import tell
from jinguo.reports.models import Apart, JointEvent, Return, ReturnVersion
from jinguo.reports.models.returned import ReturnState

_MOVED = _("这两件刚刚有一件变了。请看看现在的样子再定。")


def merge_return(given: Return, into: Return, *, by: journal.Actor) -> Return:
    """The unit has reported one activity twice: `into` counts for both from now on. Every version of both stays.

    What came first stays first: the one that stands is as early as the earlier of the two, so nobody becomes late by it.

    Raises:
        Stale: one of them has changed meanwhile.
    """
    if given.state == ReturnState.MERGED and given.merged_into_id == into.pk:
        return given
    require(rules.may_merge(given, into, by))
    with transaction.atomic():
        now = hold(given)
        if now is not None and (now.state, now.merged_into_id) == (ReturnState.MERGED, into.pk):
            return now
        rows = Return.objects.filter(pk=given.pk, state=given.state, current=given.current_id, accepted=None)
        if rows.update(state=ReturnState.MERGED, merged_into=into, joint=None) != 1:
            raise Stale(_MOVED)
        Return.objects.filter(merged_into=given).update(merged_into=into)
        if Return.objects.standing().filter(pk=into.pk).update(first_sent_at=_first_of(into)) != 1:
            raise Stale(_MOVED)
        tell([given.pk])
        ReturnVersion.objects.filter(pk=given.current_id).update(answered_at=clock.now(), answer=ReturnState.MERGED)
        left = Return.objects.standing().filter(obligation=given.obligation)
        moments = left.aggregate(first=Min("first_sent_at"), last=Max("sent_at"))
        obligations.note_withdrawn(given.obligation, was_sent_back=False, by=by, about=given.code, **moments)
        forget_return(given)
        _record("return.merge", given, by, other=into.code)
    return Return.objects.get(pk=given.pk)


def split_return(given: Return, *, by: journal.Actor) -> Return:
    """Take a merging back: the return waits again, as early as it was."""
    if given.state != ReturnState.MERGED:
        return given
    into = given.merged_into
    require(rules.may_split(given, by))
    with transaction.atomic():
        now = hold(given)
        if now is not None and now.state == ReturnState.REPORTED:
            return now
        rows = Return.objects.filter(pk=given.pk, state=ReturnState.MERGED, merged_into=into)
        if rows.update(state=ReturnState.REPORTED, merged_into=None) != 1:
            raise Stale(_MOVED)
        tell([given.pk])
        if into is not None:
            Return.objects.filter(pk=into.pk).update(first_sent_at=_first_of(into))
        ReturnVersion.objects.filter(pk=given.current_id).update(answered_at=None, answer="")
        at = given.first_sent_at or clock.now()
        obligations.note_return(given.obligation, at=at, by=by, about=given.code)
        if given.current is not None:
            index_return(given, given.current)
        _record("return.split", given, by)
    return Return.objects.get(pk=given.pk)


def _first_of(into: Return) -> datetime | None:
    """When the first version of a return, or of one merged into it, was sent."""
    family = [into.pk, *Return.objects.filter(merged_into=into).values_list("pk", flat=True)]
    versions = ReturnVersion.objects.filter(given__in=family).exclude(sent_at=None)
    return versions.aggregate(first=Min("sent_at"))["first"]


def join_returns(given: Return, other: Return, *, by: journal.Actor) -> JointEvent:
    """Two units report one event: both duties stay met, figures count the event once. Joined twice they are joined once."""
    require(rules.may_join(given, other, by))
    with transaction.atomic():
        _hold_family(given, other)
        events = [one for one in (given.joint, other.joint) if one is not None]
        event = events[0] if events else _new_event(given, by)
        if given.joint_id == other.joint_id == event.pk:
            return event
        family = Return.objects.filter(joint__in=events) if events else Return.objects.none()
        keys = {given.pk, other.pk, *family.values_list("pk", flat=True)}
        standing = Return.objects.standing().filter(pk__in=[given.pk, other.pk])
        if standing.count() != 2:
            raise Stale(_MOVED)
        Return.objects.filter(pk__in=keys).update(joint=event)
        Apart.objects.filter(first__in=keys, second__in=keys).delete()
        tell(keys)
        _record("return.join", given, by, other=other.code, event=event.code)
    return event


def _hold_family(given: Return, other: Return) -> None:
    """Two who join the same returns wait for each other; what each tells of is read anew."""
    for one in sorted((given, other), key=lambda row: int(row.pk)):
        now = hold(one)
        if now is not None:
            one.joint = now.joint


def _new_event(given: Return, by: journal.Actor) -> JointEvent:
    return JointEvent.objects.create(
        code=ids.new_code(), campaign=given.campaign, made_at=clock.now(), actor=by.actor_code
    )


def leave_event(given: Return, *, by: journal.Actor) -> Return:
    """Take a joining back: the return tells of an event of its own."""
    require(rules.may_compare(given, by))
    with transaction.atomic():
        event = given.joint
        if event is None or not Return.objects.filter(pk=given.pk, joint=event).update(joint=None):
            return given
        left = list(Return.objects.filter(joint=event).values_list("pk", flat=True)[:2])
        if len(left) == 1:
            Return.objects.filter(pk__in=left, joint=event).update(joint=None)
        tell([given.pk, *left])
        _record("return.leave", given, by, event=event.code)
    return Return.objects.get(pk=given.pk)


def put_apart(given: Return, other: Return, *, by: journal.Actor) -> None:
    """Two returns that look alike tell of two events. Said twice it is said once."""
    require(rules.may_join(given, other, by))
    first, second = sorted((given.pk, other.pk))
    with transaction.atomic():
        hold(given if given.pk == first else other)
        if Apart.objects.filter(first=first, second=second).exists():
            return
        Apart.objects.create(first_id=first, second_id=second, at=clock.now(), actor=by.actor_code)
        tell([second])
        _record("return.put_apart", given, by, other=other.code)


def _record(action: str, given: Return, by: journal.Actor, **detail: str) -> None:
    journal.record(action, by=by, kind="return", code=given.code, owner=given.unit.code, **detail)
