"""Signing up, waiting, answering an offer, leaving: when each may be, and how long somebody is given to answer."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.sign_up import Reach, SignUpState
from jinguo.federation import policy
from jinguo.lib import clock
from jinguo.lib.rulings import YES, Ruling, no
from jinguo.people.models import Purpose

AWAKE_FROM, AWAKE_UNTIL = time(8, 0), time(21, 0)  # no telephone of a guest rings at night
LAST_CALL = timedelta(hours=1)  # before the start every offer has ended
LEAST_TO_ANSWER = timedelta(hours=2)  # less than this, and nobody is asked: she is given the seat
REMIND_BEFORE = timedelta(hours=30)
TAKEN = _("这个时间刚刚被别人约走了，请另选一个。")
FULL = _("名额和候补都满了，没有报上。有人让出时这里会重新开放，也可以打电话问问主办单位。")


def is_open(session: Session, at: datetime) -> Ruling:
    """Is sign-up open now, whoever asks and however many seats are left?"""
    activity = session.activity
    if activity.state == ActivityState.CANCELLED:
        return no(_("这场活动取消了，不再接受报名。"))
    if activity.state != ActivityState.PUBLISHED:
        return no(_("这场活动没有在报名。"))
    if session.walk_in:
        return no(_("这场直接来就行，不用报名。"))
    if at >= session.starts_at:
        return no(_("活动已经开始，报名截止了。想来可以打电话问问主办单位。"))
    if session.closes_at and at >= session.closes_at:
        return no(_("报名已经截止。想来可以打电话问问主办单位。"))
    if session.opens_at and at < session.opens_at:
        return no(_("报名还没开始，请到时候再来。"))
    return YES


def has_room(pool: SeatPool, seats: int) -> Ruling:
    """Is there a seat, or a place on the waiting list?"""
    if pool.session.activity.is_book:
        return YES if pool.is_open and pool.free >= seats else no(TAKEN)
    if not pool.is_open:
        return no(_("这里刚刚停止报名了。想来可以打电话问问主办单位。"))
    if seats > pool.each:
        return no(_("一次最多报 %(most)s 席。") % {"most": pool.each})
    if seats > pool.capacity:
        return no(_("这场一共只有 %(all)s 席。") % {"all": pool.capacity})
    if pool.free >= seats and not pool.waiting:
        return YES
    if pool.waiting < pool.waiting_cap:
        return YES
    return no(FULL)


def may_sign_up(pool: SeatPool, by: Any, seats: int, at: datetime) -> Ruling:
    """Take seats of this pool, or wait for them."""
    if not policy.may(by, "signup.create", pool.session.activity.unit):
        return no(_("这里不能报名。请从公开的活动页报。"))
    if pool.slot_from and at >= pool.slot_from:
        return no(_("这个时段已经开始了，请选后面的时段。"))
    opened = is_open(pool.session, at)
    return has_room(pool, seats) if opened else opened


def may_come_again(activity: Activity, hers: Sequence[Any], at: datetime) -> Ruling:
    """Sign up for one more session of an activity when she stands in these already, each with `over_at`.

    Of a series all count; of appointments only those still ahead: who came last month may come again.
    """
    standing = sum(1 for row in hers if not activity.is_book or row.over_at > at)
    if activity.per_person and standing >= activity.per_person:
        if activity.is_book:
            return no(
                _("您在这里已经约了 %(most)s 次，还没有到。想换时间，请在自己的预约页点“改时间”。")
                % {"most": activity.per_person}
            )
        return no(
            _("这个系列一个人最多报 %(most)s 场，您已经报满了。想换一场，请先在自己的报名页让出一场。")
            % {"most": activity.per_person}
        )
    return YES


def consents_needed(activity: Activity, minors: int) -> tuple[str, ...]:
    """The purposes somebody must agree to, each by itself (个人信息保护法 29, 31)."""
    needed = [str(Purpose.SIGN_UP)]
    if activity.is_sensitive:
        needed.append(str(Purpose.SENSITIVE))
    if minors:
        needed.append(str(Purpose.GUARDIAN))
    return tuple(needed)


def may_leave(sign_up: SignUp, by: Any, at: datetime) -> Ruling:
    """Give the seats, or the place in line, back."""
    session = sign_up.pool.session
    if sign_up.state == SignUpState.CANCELLED:
        return no(_("这个报名已经取消了。"))
    if at >= session.starts_at:
        return no(_("活动已经开始，不用取消了。来不了也没有关系。"))
    if not policy.may(by, "signup.void", session.activity.unit):
        return no(_("您不能取消这个报名。"))
    return YES


def may_change_seats(sign_up: SignUp, by: Any, seats: int, at: datetime) -> Ruling:
    """Come with more or fewer: fewer at any time before the start, more only while seats are free and nobody waits."""
    pool = sign_up.pool
    if sign_up.state == SignUpState.OFFERED:
        return no(_("给您留了席位，请先回话，再改来几位。"))
    leaves = may_leave(sign_up, by, at)
    if not leaves:
        return leaves
    if not 1 <= seats <= pool.each:
        return no(_("一次最多报 %(most)s 席。") % {"most": pool.each})
    more = seats - sign_up.seats
    if more <= 0:
        return YES
    if sign_up.state == SignUpState.WAITING:
        return no(_("候补时只能减，不能加，免得后面的人多等。要多带人，请让出再报一次。"))
    opened = is_open(pool.session, at)
    if not opened or not pool.is_open:
        return no(_("报名已经停了，不能再加席。请打电话问问主办单位。"))
    if pool.waiting or pool.free < more:
        return no(_("没有这么多空席了，原来的席位还在。请打电话问问主办单位。"))
    return YES


def may_accept(sign_up: SignUp, by: Any, at: datetime) -> Ruling:
    """Say yes to the seat that is kept for her."""
    if sign_up.state == SignUpState.CONFIRMED:
        return no(_("您已经报上了，不用再确认。"))
    if sign_up.state == SignUpState.WAITING:
        return no(_("还没有轮到您。轮到了，这一页会写“给您留了席位”。"))
    if sign_up.state == SignUpState.CANCELLED or sign_up.offer_until is None or at >= sign_up.offer_until:
        return no(_("给您留的席位已经到期，让给了下一位。还想来，可以从活动页再报一次。"))
    if sign_up.pool.session.activity.state != ActivityState.PUBLISHED:
        return no(_("这场活动取消了，不用再确认。"))
    if not policy.may(by, "signup.edit", sign_up.pool.session.activity.unit):
        return no(_("您不能替她确认。"))
    return YES


def offer_until(pool: SeatPool, sign_up: SignUp, at: datetime) -> datetime | None:
    """Until when the next in line may answer; None: she is given the seat without being asked.

    Nobody is asked who cannot be told, where the office asks nobody, or where too little time is left to answer: a seat
    that waits for an answer that cannot come helps no one. Hours of the night are not hers to answer in.
    """
    if not pool.offer_hours or sign_up.reach == Reach.NONE:
        return None
    begins = awake(at)
    until = min(begins + timedelta(hours=pool.offer_hours), pool.session.starts_at - LAST_CALL)
    return until if until - begins >= LEAST_TO_ANSWER else None


def awake(moment: datetime) -> datetime:
    """The earliest instant from `moment` on at which a guest's telephone may ring: 8 to 21 o'clock, any day."""
    wall = clock.local(moment)
    if AWAKE_FROM <= wall.time() < AWAKE_UNTIL:
        return moment
    day = wall.date() + timedelta(days=1 if wall.time() >= AWAKE_UNTIL else 0)
    return clock.at(day, AWAKE_FROM.hour)


def list_runs(session: Session, at: datetime) -> bool:
    """Whether free seats still go to the waiting list."""
    return session.activity.state == ActivityState.PUBLISHED and at < session.starts_at


def may_set_seats(activity: Activity, by: Any) -> Ruling:
    """Make, change and take away pools, open and close sign-up."""
    if activity.state in (ActivityState.CANCELLED, ActivityState.DONE):
        return no(_("活动已经办完或取消，席位不再改。"))
    if not policy.may(by, "activity.edit", activity.unit):
        return no(_("这场活动由别的单位主办，只有主办单位能改席位。"))
    return YES


def may_remove_pool(pool: SeatPool, others: int) -> Ruling:
    """Take a pool away for good: only while nobody ever signed up in it, and never the last one."""
    if pool.drawn:
        return no(_("这一组已经有人报过名，不能去掉。不再要它，请把它停止报名。"))
    if not others:
        return no(_("至少要留一组席位。不用报名的，请在“改一改”里选“直接来”。"))
    return YES
