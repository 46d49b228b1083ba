"""On the host's page: one session at another time, or not at all, while the others go on; the same once more, or every week."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinguo.activities import rules
from jinguo.activities.actions.again import add_sessions, copy_activity
from jinguo.activities.actions.sessions import call_off_session, move_session
from jinguo.activities.forms.again import CopyForm, MoreForm, TimeForm
from jinguo.activities.forms.plan import moment_fields
from jinguo.activities.hostways import host_frame, host_way
from jinguo.activities.queries import desk
from jinguo.activities.queries.host import Held, activity_in
from jinguo.activities.views.again import next_day
from jinguo.activities.views.host import fetch_held
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Unit
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused
from jinguo.lib.rulings import require


def time(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """Another time for one session; who signed up hears of it."""
    unit, found = fetch_held(request, village, held, sitting)
    session, actor = found.session, actor_of(request)
    require(rules.may_move_session(session, actor, clock.now()))
    form = TimeForm(request.POST or None, initial=moment_fields(session.starts_at, session.ends_at))
    if request.method == "POST" and form.is_valid():
        try:
            move_session(session, form.cleaned_data["starts_at"], form.cleaned_data["ends_at"], by=actor)
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("改好了。报名的人会收到通知。") if desk.signed(session) else _("改好了。"))
            return redirect(_here(request, unit, found))
    context = {**_about(request, unit, found), "form": form}
    return render(request, "activities/session_time.html", context, status=422 if form.is_bound else 200)


def off(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """Ask once; then one session is off while the others go on."""
    unit, found = fetch_held(request, village, held, sitting)
    if request.method != "POST":
        return render(request, "activities/session_off.html", _about(request, unit, found))
    try:
        call_off_session(found.session, by=actor_of(request))
        messages.success(request, _("这一场不办了，别的场照常。公开页上写明了。"))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect(_here(request, unit, found))


def again(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """A copy as a draft on another day; one press on its page publishes it."""
    unit, found = fetch_held(request, village, held, sitting)
    source = activity_in(found.activity)
    require(rules.may_create(source.unit, actor_of(request)))
    form = CopyForm(request.POST or None, initial={"day": next_day(source), "code": ids.new_code()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        copy = copy_activity(source, day=data["day"], code=data["code"], by=actor_of(request))
        messages.success(request, _("照原样又做了一场，还没有公开。请看看要不要改，再发布。"))
        first = copy.sessions.order_by("starts_at", "pk").first()
        return redirect(host_way(request, "held", village=unit.code, held=copy.code, sitting=first.code))
    context = {"activity": source, "form": form, **_frame(request, unit, found)}
    return render(request, "activities/again.html", context, status=422 if form.is_bound else 200)


def more(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """More sessions like the last one, every so many weeks."""
    unit, found = fetch_held(request, village, held, sitting)
    activity, actor = found.activity, actor_of(request)
    require(rules.may_edit(activity, actor))
    form = MoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            weeks, until = int(form.cleaned_data["every"]), form.cleaned_data["until"]
            count = add_sessions(activity, weeks=weeks, until=until, by=actor)
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("加了 %(n)s 场。哪一场不办，在那一场的页上点“这一场不办了”。") % {"n": count})
            return redirect(_here(request, unit, found))
    last = activity.sessions.order_by("starts_at", "pk").last()
    context = {"activity": activity, "form": form, "last": last, "now": clock.now(), **_frame(request, unit, found)}
    return render(request, "activities/more.html", context, status=422 if form.is_bound else 200)


def _frame(request: HttpRequest, unit: Unit, found: Held) -> dict[str, Any]:
    return host_frame(request, unit, (found.activity.title, _here(request, unit, found)), ("", ""))


def _here(request: HttpRequest, unit: Unit, found: Held) -> str:
    codes = {"village": unit.code, "held": found.activity.code, "sitting": found.session.code}
    return host_way(request, "held", **codes)


def _about(request: HttpRequest, unit: Unit, found: Held) -> dict[str, Any]:
    """One session and how many are concerned; their names and numbers are not the host's to see."""
    return {
        "activity": found.activity, "session": found.session, "now": clock.now(), "signed": desk.signed(found.session),
        "unreached": desk.unreached(found.session), "names_above": True, **_frame(request, unit, found),
    }  # fmt: skip
