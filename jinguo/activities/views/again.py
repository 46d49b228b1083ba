"""Holding it again: a copy on another day; the same every week until a day; one session taken back, moved, or off."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinguo.activities import rules
from jinguo.activities.actions import again as actions
from jinguo.activities.actions.sessions import call_off_session, move_session
from jinguo.activities.forms.again import CopyForm, MoreForm, TimeForm
from jinguo.activities.forms.plan import moment_fields
from jinguo.activities.models import Activity, Session
from jinguo.activities.queries import desk
from jinguo.activities.views.unit import fetch
from jinguo.activities.ways import frame, way
from jinguo.federation.gate import actor_of
from jinguo.journal.queries import just_did
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, NotThere, Refused
from jinguo.lib.rulings import require

A_YEAR = timedelta(weeks=52)  # the same weekday of the year after


def again(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """A copy as a draft: last week's for next week, last year's for this year."""
    found = fetch(request, activity)
    require(rules.may_create(found.unit, actor_of(request)))
    form = CopyForm(request.POST or None, initial={"day": next_day(found), "code": ids.new_code()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        copy = actions.copy_activity(found, day=data["day"], code=data["code"], by=actor_of(request))
        messages.success(request, _("照原样又做了一场，还没有公开。请看看要不要改，再发布。"))
        return redirect(way(request, "page", activity=copy.code))
    context = {"activity": found, "form": form, **frame(request, _above(request, found))}
    return render(request, "activities/again.html", context, status=422 if form.is_bound else 200)


def next_day(activity: Activity) -> date:
    """The day a copy most likely is for: a week later, or 52 weeks after one that was held long ago; never a day gone by."""
    first = min(clock.local(session.starts_at).date() for session in activity.sessions.all())
    today = clock.today()
    day = first + (A_YEAR if today - first > timedelta(days=180) else timedelta(weeks=1))
    return day if day >= today else day + timedelta(weeks=-((day - today).days // 7))


def more(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """More sessions like the last one."""
    found = fetch(request, activity)
    require(rules.may_edit(found, actor_of(request)))
    form = MoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            weeks, until = int(form.cleaned_data["every"]), form.cleaned_data["until"]
            count = actions.add_sessions(found, weeks=weeks, until=until, by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("加了 %(n)s 场，席位和上一场一样。") % {"n": count})
            return redirect(way(request, "page", activity=found.code))
    sessions = list(found.sessions.all())
    context = {
        "activity": found, "form": form, "last": sessions[-1], "now": clock.now(), **frame(request, _above(request, found)),
    }  # fmt: skip
    return render(request, "activities/more.html", context, status=422 if form.is_bound else 200)


def session_remove(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """Take a session back."""
    removed = just_did(actor_of(request), "activity.session_remove", kind="activity", code=activity, session=session)
    if removed is not None:  # her own press, a moment sooner
        messages.success(request, _("这一场去掉了。"))
        return redirect(way(request, "page", activity=activity))
    found = _session(request, activity, session)
    if request.method == "POST":
        try:
            actions.remove_session(found, by=actor_of(request))
            messages.success(request, _("这一场去掉了。"))
        except Refused as refusal:
            messages.warning(request, str(refusal.sentence))
    return redirect(way(request, "page", activity=activity))


def _session(request: HttpRequest, activity: str, session: str) -> Session:
    found: Session | None = desk.session_seen(actor_of(request), activity, session)
    if found is None:
        raise NotThere(_("没有这一场，或不归您管。请从活动列表里再找。"))
    return found


def session_time(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """Another time for one session; who signed up hears of it."""
    found, actor = _session(request, activity, session), actor_of(request)
    require(rules.may_move_session(found, actor, clock.now()))
    form = TimeForm(request.POST or None, initial=moment_fields(found.starts_at, found.ends_at))
    if request.method == "POST" and form.is_valid():
        try:
            move_session(found, form.cleaned_data["starts_at"], form.cleaned_data["ends_at"], by=actor)
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("改好了。报名的人会收到通知。"))
            return redirect(way(request, "page", activity=activity))
    context = {**_about(request, found), "form": form}
    return render(request, "activities/session_time.html", context, status=422 if form.is_bound else 200)


def session_off(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """Ask once; then one session is off while the others go on."""
    found, actor = _session(request, activity, session), actor_of(request)
    if request.method == "POST":
        try:
            call_off_session(found, by=actor)
            messages.success(request, _("这一场不办了。留了短信或邮箱的人会收到通知，都可以自己换到别的场。"))
        except Refused as refusal:
            messages.warning(request, str(refusal.sentence))
        return redirect(way(request, "page", activity=activity))
    return render(request, "activities/session_off.html", _about(request, found))


def _about(request: HttpRequest, session: Session) -> dict[str, Any]:
    """One session and how many are concerned."""
    return {
        "activity": session.activity, "session": session, "now": clock.now(), "signed": desk.signed(session),
        "unreached": desk.unreached(session), **frame(request, _above(request, session.activity)),
    }  # fmt: skip


def _above(request: HttpRequest, activity: Activity) -> tuple[str, str]:
    return (activity.title, way(request, "page", activity=activity.code))
