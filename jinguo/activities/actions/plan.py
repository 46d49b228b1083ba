"""Making, changing, publishing, cancelling and finishing an activity."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.seats import resize
from jinguo.activities.actions.sessions import retime
from jinguo.activities.draft import Draft
from jinguo.activities.models import (
    Activity,
    ActivityAudience,
    ActivityClause,
    CoHost,
    SeatPool,
    Series,
    Session,
    SignUp,
)
from jinguo.activities.models.activity import MOVES, ActivityState, Visibility
from jinguo.activities.queries.making import units_named
from jinguo.activities.wishes import waiting_cap
from jinguo.federation.models import Office, Unit
from jinguo.federation.queries import office_of
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, NotThere, Refused, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.search.actions import index_thing
from jinguo.search.models import Audience


def make_activity(unit: Unit, draft: Draft, *, code: str, by: journal.Actor) -> Activity:
    """A new activity in draft, with its one session.

    Args:
        code: drawn when the form was made: a form sent twice makes one activity.

    Raises:
        Invalid: no office above the unit.
        NotThere: the code belongs to somebody else's activity.
    """
    require(rules.may_create(unit, by))
    office = office_of(unit)
    if office is None:
        raise Invalid(_("这个单位上面还没有设置发文的妇联，办不了活动。请联系系统管理员。"))
    try:
        with transaction.atomic():
            return _write_new(unit, office, draft, code, by)
    except IntegrityError:
        made = Activity.objects.filter(code=code, unit=unit).first()
        if made is None:
            raise NotThere(_("这张表已经用过了。请重新打开一张再填。")) from None
        return made


def _write_new(unit: Unit, office: Office, draft: Draft, code: str, by: journal.Actor) -> Activity:
    activity = Activity(
        code=code, unit=unit, office=office, campaign=_campaign(draft), created_at=clock.now(), drafted_by=by.actor_code,
        series=_series(unit, draft), **draft.columns(),
    )  # fmt: skip
    activity.home_address = draft.door
    if activity.for_members:
        activity.door = ids.new_secret()
    activity.save(force_insert=True)
    _write_sides(activity, draft)
    session = Session.objects.create(
        activity=activity, starts_at=draft.starts_at, ends_at=draft.ends_at, walk_in=draft.seats is None
    )
    if draft.seats is not None:
        _open_pool(session, draft)
    _index(activity)
    journal.record(
        "activity.create", by=by, kind="activity", code=code, owner=unit.code,
        clauses=[clause.code for clause in draft.clauses],
    )  # fmt: skip
    return activity


def _open_pool(session: Session, draft: Draft) -> None:
    seats = draft.seats or 0
    SeatPool.objects.create(session=session, capacity=seats, each=draft.each, waiting_cap=waiting_cap(seats))


def _campaign(draft: Draft) -> Any:
    return draft.clauses[0].campaign if draft.clauses else None


def _series(unit: Unit, draft: Draft) -> Series | None:
    """The unit's series of that name, made when there is none yet."""
    if not draft.series:
        return None
    series, made = Series.objects.get_or_create(unit=unit, name=draft.series, defaults={"made_at": clock.now()})
    if made:  # whether something of it is announced is asked when it is looked for
        index_thing("series", series.code, title=series.name, owner_path=unit.path)
    return series


def _write_sides(activity: Activity, draft: Draft) -> None:
    """Audiences, co-hosts and clauses as typed; what is unchanged keeps its row."""
    activity.audiences.exclude(audience__in=draft.audiences).delete()
    had = set(activity.audiences.values_list("audience", flat=True))
    ActivityAudience.objects.bulk_create(
        ActivityAudience(activity=activity, audience=name) for name in dict.fromkeys(draft.audiences) if name not in had
    )
    activity.cohosts.exclude(name__in=draft.cohosts).delete()
    named = set(activity.cohosts.values_list("name", flat=True))
    missing = [name for name in dict.fromkeys(draft.cohosts) if name not in named]
    known = units_named(activity.office.unit, missing) if missing else {}
    CoHost.objects.bulk_create(CoHost(activity=activity, name=name, unit=known.get(name)) for name in missing)
    activity.clause_links.exclude(clause__in=draft.clauses).delete()
    linked = set(activity.clause_links.values_list("clause", flat=True))
    ActivityClause.objects.bulk_create(
        ActivityClause(activity=activity, clause=clause) for clause in draft.clauses if clause.pk not in linked
    )


def edit_activity(activity: Activity, draft: Draft, *, by: journal.Actor) -> Activity:
    """Write what was typed over what stood there; the guests' links and clocks follow a moved session.

    Raises:
        Refused: done or cancelled, not hers, fewer seats than taken, or no sign-up any more while people are signed up.
    """
    require(rules.may_edit(activity, by))
    with transaction.atomic():
        before = _said(hold(activity), draft)
        open_states = [ActivityState.DRAFT, ActivityState.PUBLISHED]
        home = Activity(code=activity.code)
        home.home_address = draft.door
        wrote = Activity.objects.filter(pk=activity.pk, state__in=open_states).update(
            campaign=_campaign(draft),
            home_address_sealed=home.home_address_sealed,
            series=_series(activity.unit, draft),
            drafted_by=by.actor_code,
            checked_by="",
            checked_at=None,
            **draft.columns(),
            **_members_door(activity, draft),
        )
        if not wrote:
            raise Stale(_("这场活动刚刚办完或取消了，没有改动。请刷新再看。"))
        fresh = Activity.objects.select_related("office", "unit", "series").get(pk=activity.pk)
        _write_sides(fresh, draft)
        _write_session(fresh, draft)
        _index(fresh)
        after = _said(fresh, draft)
        changed = sorted(name for name, value in after.items() if before.get(name) != value)
        if changed:
            journal.record(
                "activity.edit", by=by, kind="activity", code=activity.code, owner=activity.unit.code, fields=changed
            )
    return fresh


def _said(activity: Activity | None, draft: Draft) -> dict[str, Any]:
    """What an activity says of all that a draft says, to tell what an edit has changed."""
    if activity is None:
        return {}
    sessions = activity.sessions.order_by("starts_at", "pk")
    return {name: getattr(activity, name) for name in (*draft.columns(), "home_address", "series_id")} | {
        "audiences": set(activity.audiences.values_list("audience", flat=True)),
        "cohosts": set(activity.cohosts.values_list("name", flat=True)),
        "clauses": set(activity.clause_links.values_list("clause", flat=True)),
        "sessions": list(sessions.values_list("starts_at", "ends_at", "walk_in")),
        "seats": list(SeatPool.objects.filter(session__in=sessions).order_by("pk").values_list("capacity", "each")),
    }


def _members_door(activity: Activity, draft: Draft) -> dict[str, Any]:
    """A door for members, made once: an address that was handed on stays."""
    if draft.visibility != Visibility.MEMBERS or activity.door_sealed:
        return {}
    row = Activity(code=activity.code)
    row.door = ids.new_secret()
    return {"door_sealed": row.door_sealed, "door_hash": row.door_hash}


def _write_session(activity: Activity, draft: Draft) -> None:
    session = activity.sessions.order_by("starts_at", "pk").first()
    moved = session.starts_at != draft.starts_at or session.ends_at != draft.ends_at
    Session.objects.filter(pk=session.pk).update(
        starts_at=draft.starts_at, ends_at=draft.ends_at, walk_in=draft.seats is None
    )
    pools = list(SeatPool.objects.filter(session=session).order_by("position", "pk"))
    pool = pools[0] if pools else None
    if draft.seats is None:
        if SignUp.objects.standing().filter(session=session).exists():
            raise Refused(_("已经有人报名，不能改成“直接来”。请先和报名的人说好，或另建一场。"))
    elif len(pools) > 1:
        pass  # several pools are changed one by one, on the page of seats
    elif pool:
        resize(pool, capacity=draft.seats, each=draft.each, waiting_cap=waiting_cap(draft.seats))
    else:
        _open_pool(session, draft)
    if moved:
        retime(session, draft.starts_at)


def check_activity(activity: Activity, *, by: journal.Actor) -> bool:
    """Say that one has looked at the draft somebody else wrote; True when this call said it."""
    if just_did(by, "activity.check", kind="activity", code=activity.code) and activity.checked_at:
        return False
    require(rules.may_check(activity, by))
    with transaction.atomic():
        rows = Activity.objects.filter(pk=activity.pk, state=ActivityState.DRAFT, drafted_by=activity.drafted_by)
        done = rows.filter(checked_at=None).update(checked_at=clock.now(), checked_by=by.actor_code)
        if done:
            journal.record("activity.check", by=by, kind="activity", code=activity.code, owner=activity.unit.code)
    return bool(done)


def publish_activity(activity: Activity, *, by: journal.Actor) -> bool:
    """Show it to those it is for. Publishing again changes nothing; True when this call did it."""
    if activity.state == ActivityState.PUBLISHED:
        return False
    last_end = max(activity.sessions.filter(called_off_at=None).values_list("ends_at", flat=True))
    require(rules.may_publish(activity, by, last_end, clock.now()))
    facts: dict[str, Any] = {"published_at": clock.now()}
    if activity.checked_at is None and activity.drafted_by != by.actor_code:  # who publishes it has looked at it
        facts |= {"checked_at": clock.now(), "checked_by": by.actor_code}
    return _move(activity, ActivityState.PUBLISHED, facts, "activity.publish", by)


def cancel_activity(activity: Activity, *, reason: str, by: journal.Actor) -> bool:
    """Call it off: nobody gets in any more. Those who signed up are told, each by the way she chose, by the worker."""
    if activity.state == ActivityState.CANCELLED:
        return False
    require(rules.may_cancel(activity, by))
    facts = {"cancelled_at": clock.now(), "cancel_reason": reason}
    return _move(activity, ActivityState.CANCELLED, facts, "activity.cancel", by)


def finish_activity(activity: Activity, *, by: journal.Actor) -> bool:
    """Say that it was held (办完了)."""
    if activity.state == ActivityState.DONE:
        return False
    require(rules.may_finish(activity, by, activity.sessions.all(), clock.now()))
    return _move(activity, ActivityState.DONE, {"done_at": clock.now()}, "activity.finish", by)


def _move(activity: Activity, to: ActivityState, facts: dict[str, Any], action: str, by: journal.Actor) -> bool:
    """Move along the table, once: whoever's UPDATE touched the row did it."""
    sources = [state for state, targets in MOVES.items() if to in targets]
    with transaction.atomic():
        if not Activity.objects.filter(pk=activity.pk, state__in=sources).update(state=to, **facts):
            if Activity.objects.filter(pk=activity.pk, state=to).exists():
                return False
            raise Stale(_("这场活动刚刚变了样，没有改动。请刷新再看。"))
        if to in (ActivityState.CANCELLED, ActivityState.DONE):
            SeatPool.objects.filter(session__activity=activity).update(is_open=False)
        _index(Activity.objects.select_related("unit", "series").get(pk=activity.pk))
        journal.record(action, by=by, kind="activity", code=activity.code, owner=activity.unit.code)
    return True


def _index(activity: Activity) -> None:
    """Let it be found: by anybody while the public site announces it, else by staff who may see the unit."""
    announced = activity.on_site and activity.state == ActivityState.PUBLISHED
    series = activity.series.name if activity.series else ""
    index_thing(
        "activity", activity.code, title=activity.title, text=f"{activity.place}\n{series}\n{activity.summary}",
        owner_path=activity.unit.path, audience=Audience.PUBLIC if announced else Audience.STAFF,
    )  # fmt: skip
