"""May this person do this with an activity, a sign-up or a photograph, now? Yes, or no with the sentence she reads.

Who (post, link, unit) is said by the policy table; when (states, times, seats) is said here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Activity, Session, SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.attendance import MOST_PHOTOS
from jinguo.activities.models.sign_up import SignUpState
from jinguo.activities.rules.host import is_checked, may_announce, may_host
from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.lib.rulings import YES, Ruling, no

NOT_YOURS = _("这场活动由别的单位主办，只有主办单位能改。需要改动时，请打电话给她们。")
OVER = (ActivityState.DONE, ActivityState.CANCELLED)

MANY = 1000
PERMIT = timedelta(days=20)
"""From so many people at once on, a public activity needs the police's permit, asked for so long before it begins
(大型群众性活动安全管理条例, articles 2 and 13)."""

# --- who -------------------------------------------------------------------------------------------------------------


def _hers(activity: Activity, by: Any, act: str) -> Ruling:
    return YES if policy.may(by, act, activity.unit) or _hosts(activity, by, act) else no(NOT_YOURS)


def _hosts(activity: Activity, by: Any, act: str) -> bool:
    """A village's activity, by its own page or by whoever stands above it; names of guests are never part of that."""
    return act.startswith("activity.") and bool(may_host(activity.unit, by))


def may_create(unit: Unit, by: Any) -> Ruling:
    """Make an activity in the name of this unit."""
    return (
        YES
        if policy.may(by, "activity.create", unit) or may_host(unit, by)
        else no(_("您的岗位不能以这个单位的名义办活动。"))
    )


# --- the activity ----------------------------------------------------------------------------------------------------


def may_edit(activity: Activity, by: Any) -> Ruling:
    """Change what is announced."""
    if activity.state == ActivityState.CANCELLED:
        return no(_("活动已经取消，不能再改。要重新办，请另建一场。"))
    if activity.state == ActivityState.DONE:
        return no(_("活动已经办完，公布的内容不再改。人数和照片还可以在现场页补。"))
    if activity.state == ActivityState.PUBLISHED and is_checked(by):
        return no(_("已经公开的，请打电话给上级妇联，由她们来改。"))
    return _hers(activity, by, "activity.edit")


def may_remove_session(*, others: bool, used: bool) -> Ruling:
    """Take one session back."""
    if used:
        return no(_("这一场已经有人报名或记过人数，不能去掉。不办了，请点“这一场不办了”，报名的人会收到通知。"))
    return YES if others else no(_("只有这一场，不能去掉。整个不办了，请点“取消活动”。"))


def may_move_session(session: Session, by: Any, at: datetime) -> Ruling:
    """Hold one session at another time."""
    if session.called_off_at:
        return no(_("这一场已经不办了，不能再改时间。要办，请另加一场。"))
    if session.starts_at <= at:
        return no(_("这一场已经开始或过去了，时间不再改。"))
    return may_edit(session.activity, by)


def may_call_off(session: Session, by: Any, at: datetime, *, others: bool) -> Ruling:
    """Not hold one session while the others go on."""
    if session.activity.state != ActivityState.PUBLISHED:
        return no(_("还没有公开的，直接去掉这一场就行；已经办完或取消的，不用再改。"))
    if session.called_off_at:
        return no(_("这一场已经不办了。"))
    if session.starts_at <= at:
        return no(_("这一场已经开始或过去了。"))
    if not others:
        return no(_("只剩这一场了。整个不办了，请点“取消活动”。"))
    if is_checked(by):
        return no(_("已经公开的，请打电话给上级妇联，由她们来改。"))
    return _hers(session.activity, by, "activity.void")


def may_publish(activity: Activity, by: Any, last_end: datetime, at: datetime) -> Ruling:
    """Show it to those it is for; `last_end` is when its last session ends."""
    if activity.state != ActivityState.DRAFT:
        return no(_("已经发布过了。"))
    if last_end <= at:
        return no(_("活动时间已经过去，不用再发布。请直接在现场页填人数、传照片，然后点“办完了”。"))
    return _hers(activity, by, "activity.publish") and may_announce(by)


def may_check(activity: Activity, by: Any) -> Ruling:
    """Say that one has looked at a draft somebody else has written."""
    if activity.state != ActivityState.DRAFT:
        return no(_("已经发布过了。"))
    if activity.checked_at:
        return no(_("已经有人看过了。"))
    if activity.drafted_by == by.actor_code:
        return no(_("这是您自己写的，请另一位看一眼。急的话也可以直接发布。"))
    return _hers(activity, by, "activity.publish")


def permit_by(activity: Activity, seats: int, first_start: datetime) -> datetime | None:
    """Until when the permit must have been asked for, where so many are expected that one is needed; else None.

    Args:
        seats: all seats of the session that has most; where the host says nothing else, so many are expected.
    """
    return first_start - PERMIT if (activity.expected or seats) >= MANY else None


def may_cancel(activity: Activity, by: Any) -> Ruling:
    """Call it off."""
    if activity.state == ActivityState.DONE:
        return no(_("活动已经办完，不能取消。"))
    if activity.state == ActivityState.CANCELLED:
        return no(_("活动已经取消。"))
    return _hers(activity, by, "activity.void")


def may_finish(activity: Activity, by: Any, sessions: Iterable[Session], at: datetime) -> Ruling:
    """Say that it was held: not before its last session has begun, for nothing of it is announced any more then."""
    if activity.state in OVER:
        return no(_("这场活动已经办完或取消了。"))
    ahead = [session.starts_at > at for session in sessions if not session.called_off_at]
    if all(ahead):
        return no(_("活动还没开始，开始以后才能点“办完了”。不办了请点“取消活动”。"))
    if any(ahead):
        return no(
            _("后面还有 %(n)s 场没有开始，都开始了才能点“办完了”。后面不办的，请在活动页逐场点“这一场不办了”。")
            % {"n": sum(ahead)}
        )
    return _hers(activity, by, "activity.run")


def may_run(activity: Activity, by: Any) -> Ruling:
    """Mark who came, count heads, add pictures; also afterwards, when the list is caught up with."""
    if activity.state == ActivityState.CANCELLED:
        return no(_("活动已经取消，没有现场可记。"))
    return _hers(activity, by, "activity.run")


def may_see_names(activity: Activity, by: Any) -> Ruling:
    """See the list of those who signed up."""
    return _hers(activity, by, "signup.list")


def may_export(activity: Activity, by: Any) -> Ruling:
    """Take the list of names out as a file; it is written down who did."""
    return _hers(activity, by, "signup.export")


def may_reveal(activity: Activity, by: Any) -> Ruling:
    """See one person's telephone in full; it is written down who did."""
    return _hers(activity, by, "signup.view_sensitive")


def may_add_photo(activity: Activity, by: Any, standing: int) -> Ruling:
    """Keep one more picture when `standing` are kept already."""
    if activity.is_sensitive:
        return no(_("这类活动不留照片，免得让来的人为难。"))
    if standing >= MOST_PHOTOS:
        return no(_("照片最多留九张。请先去掉一张，再传新的。"))
    return may_run(activity, by)


# --- the day ---------------------------------------------------------------------------------------------------------


def may_check_in(sign_up: SignUp, by: Any) -> Ruling:
    """Mark that she came."""
    if sign_up.state == SignUpState.OFFERED:
        return no(_("给她留了席位，她还没有确认。来了就请她在自己的报名页点“我要来”，或先记一位“没报名、直接来的”。"))
    if sign_up.state == SignUpState.WAITING:
        return no(_("她还在候补。现场有空位的话，请按“没报名、直接来的”记一位。"))
    if sign_up.state == SignUpState.CANCELLED:
        return no(_("这个报名取消过了。人来了的话，请按“没报名、直接来的”记一位。"))
    return may_run(sign_up.pool.session.activity, by)


def may_miss(sign_up: SignUp, by: Any, at: datetime) -> Ruling:
    """Say that she did not come."""
    if sign_up.state != SignUpState.CONFIRMED:
        return no(_("这个报名已经取消了，不用再记。"))
    if at < sign_up.pool.session.starts_at:
        return no(_("还没到约的时间，到了再记来没来。"))
    return may_run(sign_up.pool.session.activity, by)
