"""Pools of seats: making, changing, closing and taking them away; when sign-up opens and closes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.seats import hand_on, hold_pool, resize
from jinguo.activities.models import Activity, SeatPool, Session
from jinguo.activities.models.session import PoolKind
from jinguo.activities.wishes import PoolWish
from jinguo.journal import actions as journal
from jinguo.lib import ids
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.lib.texts import inner

MOST_POOLS = 60


def add_pool(session: Session, wish: PoolWish, *, by: journal.Actor) -> SeatPool:
    """One more pool in a session.

    Raises:
        Invalid: one of this name is there, or there are too many.
    """
    require(rules.may_set_seats(session.activity, by))
    facts = {
        "kind": wish.kind, "name": wish.called(), "unit": wish.unit, "slot_from": wish.slot_from,
        "slot_until": wish.slot_until, "capacity": wish.capacity, "each": wish.each, "waiting_cap": wish.cap(),
        "offer_hours": wish.offer_hours,
    }  # fmt: skip
    same = session.pools.filter(**facts).first()
    if same is not None:
        return same
    if session.pools.count() >= MOST_POOLS:
        raise Invalid(_("一场最多分 %(most)s 组。") % {"most": MOST_POOLS})
    pool = SeatPool(code=ids.new_code(), session=session, position=session.pools.count(), **facts)
    if wish.kind == PoolKind.UNIT:
        pool.door = ids.new_secret()
    try:
        with transaction.atomic():
            hold(session)
            same = session.pools.filter(**facts).first()
            if same is not None:
                return same
            pool.save(force_insert=True)
            Session.objects.filter(pk=session.pk).update(walk_in=False)
            _note(session.activity, by, "activity.pool_add", pool, seats=wish.capacity, pool_kind=wish.kind)
    except IntegrityError:
        raise Invalid(_("已经有一组叫“%(name)s”。请换一个名字。") % {"name": inner(pool.name)}, "name") from None
    return pool


def add_pools(session: Session, wishes: Iterable[PoolWish], *, by: journal.Actor) -> list[SeatPool]:
    """Several pools at once, all or none: the slots of a fair."""
    with transaction.atomic():
        return [add_pool(session, wish, by=by) for wish in wishes]


def change_pool(pool: SeatPool, wish: PoolWish, *, by: journal.Actor) -> None:
    """Other numbers, another name or slot; more seats go to the waiting list at once.

    Raises:
        Refused: fewer seats than are taken. Invalid: the name is taken.
    """
    activity = pool.session.activity
    require(rules.may_set_seats(activity, by))
    facts: dict[str, Any] = {}
    if pool.kind == PoolKind.SLOT:
        facts = {"name": wish.called(), "slot_from": wish.slot_from, "slot_until": wish.slot_until}
    elif pool.kind == PoolKind.GROUP:
        facts = {"name": wish.called()}
    try:
        with transaction.atomic():
            now = hold_pool(pool)
            numbers = {"capacity": wish.capacity, "each": wish.each, "waiting_cap": max(wish.cap(), now.waiting)}
            if not differing(now, facts | numbers | {"offer_hours": wish.offer_hours}):
                return
            resize(pool, capacity=wish.capacity, each=wish.each, waiting_cap=wish.cap(), offer_hours=wish.offer_hours)
            if facts:
                SeatPool.objects.filter(pk=pool.pk).update(**facts)
            _note(activity, by, "activity.pool_edit", pool, seats=wish.capacity)
    except IntegrityError:
        raise Invalid(_("已经有一组叫“%(name)s”。请换一个名字。") % {"name": inner(wish.called())}, "name") from None


def remove_pool(pool: SeatPool, *, by: journal.Actor) -> None:
    """Take away a pool in which nobody ever signed up."""
    require(rules.may_set_seats(pool.session.activity, by))
    with transaction.atomic():
        if hold(pool) is None:
            return
        held = hold_pool(pool)
        require(rules.may_remove_pool(held, held.session.pools.exclude(pk=held.pk).count()))
        SeatPool.objects.filter(pk=held.pk, drawn=0).delete()
        _note(held.session.activity, by, "activity.pool_remove", held)


def open_pool(pool: SeatPool, *, open_it: bool, by: journal.Actor) -> bool:
    """Stop or resume handing out by pressing. Those on the waiting list still move up when a seat comes free."""
    require(rules.may_set_seats(pool.session.activity, by))
    with transaction.atomic():
        changed = SeatPool.objects.filter(pk=pool.pk, is_open=not open_it).update(is_open=open_it)
        if changed:
            _note(pool.session.activity, by, "activity.pool_open" if open_it else "activity.pool_close", pool)
            hand_on(hold_pool(pool))
    return bool(changed)


def set_gates(
    session: Session, *, opens_at: datetime | None, closes_at: datetime | None, per_person: int, by: journal.Actor
) -> None:
    """When sign-up for a session opens and closes, and for how many sessions one person may sign up (0: all)."""
    require(rules.may_set_seats(session.activity, by))
    with transaction.atomic():
        now = hold(session)
        if now is not None and (now.opens_at, now.closes_at, now.activity.per_person) == (
            opens_at,
            closes_at,
            per_person,
        ):
            return
        Session.objects.filter(pk=session.pk).update(opens_at=opens_at, closes_at=closes_at)
        Activity.objects.filter(pk=session.activity_id).update(per_person=per_person)
        journal.record(
            "activity.gates", by=by, kind="session", code=session.code, owner=session.activity.unit.code,
            opens_at=opens_at, closes_at=closes_at, per_person=per_person,
        )  # fmt: skip


def _note(activity: Activity, by: journal.Actor, action: str, pool: SeatPool, **detail: Any) -> None:
    journal.record(
        action, by=by, kind="activity", code=activity.code, owner=activity.unit.code, pool=pool.code, **detail
    )
