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
SESSION_OFF = _("这一场不办了。可以看看别的场次。")
TAKEN = _("这个时间刚刚被别人约走了，请另选一个。")
NO_SEAT_THERE = _("那里没有这么多空席了，原来的还在，没有动。可以选别的，或打勾去排那里的候补。")
FULL = _("名额和候补都满了，没有报上。有人让出时这里会重新开放，也可以打电话问问主办单位。")


def is_open(session: Session, at: datetime, *, by_host: bool = False) -> Ruling:
    """Is sign-up open now, however many seats are left?

    Args:
        by_host: whoever holds it writes for a guest that telephoned; when sign-up begins and ends is said to guests.
    """
    activity = session.activity
    if activity.state == ActivityState.CANCELLED:
        return no(_("这场活动取消了，不再接受报名。"))
    if activity.state != ActivityState.PUBLISHED:
        return no(_("这场活动没有在报名。"))
    if session.called_off_at:
        return no(SESSION_OFF)
    if session.walk_in:
        return no(_("这场直接来就行，不用报名。"))
    if at >= session.starts_at:
        return no(
            _("这一场已经开始了。来了的，请记在“没报名、直接来的”里。")
            if by_host
            else _("活动已经开始，报名截止了。想来可以打电话问问主办单位。")
        )
    if by_host:
        return YES
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
    """Take seats of this pool, or wait for them. After sign-up has ended the host may still write down who telephones."""
    if not policy.may(by, "signup.create", pool.session.activity.unit):
        return no(_("这里不能报名。请从公开的活动页报。"))
    if pool.slot_from and at >= pool.slot_from:
        return no(_("这个时段已经开始了，请选后面的时段。"))
    opened = is_open(pool.session, at, by_host=_holds(pool.session.activity, by))
    return has_room(pool, seats) if opened else opened


def may_come_again(activity: Activity, hers: Sequence[Any], at: datetime) -> Ruling:
    """Sign up for one more session of an activity when she stands in these already, each with `over_at` and `is_off`.

    Of a series all count that are held; of appointments only those still ahead: who came last month may come again.
    """
    standing = sum(1 for row in hers if not row.is_off and (not activity.is_book or row.over_at > at))
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
    """Come with more or fewer: fewer at any time before the start, more only while seats are free and nobody waits.

    After sign-up has ended a guest telephones, and the host may still write down more.
    """
    pool = sign_up.pool
    if sign_up.state == SignUpState.OFFERED:
        return no(_("席位还留着，等回话。请先回话，再改来几位。"))
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
    host = _holds(pool.session.activity, by)
    opened = is_open(pool.session, at, by_host=host)
    if not host and not (opened and pool.is_open):
        return no(_("报名已经停了，不能再加席。请打电话问问主办单位。"))
    if pool.waiting or pool.free < more:
        return no(
            _("没有这么多空席了，原来的席位还在。可以先到“席位”里加席。")
            if host
            else _("没有这么多空席了，原来的席位还在。请打电话问问主办单位。")
        )
    return opened


def may_move(sign_up: SignUp, to: SeatPool, by: Any, at: datetime) -> Ruling:
    """Change to these seats of the same activity: another session, slot or group. Whether one is free is decided there.

    The host may do it for a guest that telephones, also before sign-up begins and after it has ended. Seats kept for a unit
    are left only for seats of the same unit, and reached from nowhere else.
    """
    pool, seats = sign_up.pool, sign_up.seats
    leaves = may_leave(sign_up, by, at)
    if not leaves:
        return leaves
    if sign_up.state == SignUpState.OFFERED:
        return no(_("席位还留着，等回话。请先回话，再改别的场。"))
    if hasattr(sign_up, "check_in"):
        return no(_("已经签到了，不能再改。"))
    if to.session.activity_id != pool.session.activity_id or to.unit_id != pool.unit_id:
        return no(_("不能改到那里。请从活动页看看有哪些场次。"))
    opened = is_open(to.session, at, by_host=_holds(pool.session.activity, by))
    if not opened:
        return opened
    if not to.is_open or (to.slot_from and at >= to.slot_from):
        return no(_("那里已经停止报名了，原来的还在。请选别的。"))
    if seats > min(to.each, to.capacity):
        return no(_("那里一次最多报 %(most)s 席。请先把来的人数改少。") % {"most": min(to.each, to.capacity)})
    return YES


def _holds(activity: Activity, by: Any) -> bool:
    """Whether this is the host's own hand, not the guest's."""
    return policy.may(by, "activity.run", activity.unit)


def may_accept(sign_up: SignUp, by: Any, at: datetime) -> Ruling:
    """Say yes to the seat that is kept for her."""
    if sign_up.state == SignUpState.CONFIRMED:
        return no(_("已经报上了，不用再确认。"))
    if sign_up.state == SignUpState.WAITING:
        return no(_("还没有轮到。轮到了，报名页会写“给您留了席位”。"))
    if sign_up.state == SignUpState.CANCELLED or sign_up.offer_until is None or at >= sign_up.offer_until:
        return no(_("留的席位已经到期，让给了下一位。还想来，可以从活动页再报一次。"))
    if sign_up.pool.session.activity.state != ActivityState.PUBLISHED:
        return no(_("这场活动取消了，不用再确认。"))
    if sign_up.pool.session.called_off_at:
        return no(SESSION_OFF)
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
    return session.activity.state == ActivityState.PUBLISHED and at < session.starts_at and not session.called_off_at


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
