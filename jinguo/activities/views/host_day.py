"""One activity on the host's page: how many came, pictures, done. Every press is a POST that may be sent twice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jinguo.activities import rules
from jinguo.activities.actions import day as actions
from jinguo.activities.actions import host, plan
from jinguo.activities.actions.photos import add_photo, remove_photo
from jinguo.activities.forms import HeadcountForm, PhotoForm
from jinguo.activities.hostways import host_frame, host_way
from jinguo.activities.models import Activity, Photo, Session
from jinguo.activities.models.attendance import Exactness
from jinguo.activities.queries.host import Held, actors_named, held_alone
from jinguo.activities.views.host import fetch_held
from jinguo.activities.views.photos import answer_picture
from jinguo.activities.ways import public_address
from jinguo.activities.wishes import Heads
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Problem


@never_cache
def held(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """One activity: where it stands, its numbers and pictures."""
    return _page(request, *fetch_held(request, village, held, sitting))


def _page(request: HttpRequest, unit: Unit, found: Held, status: int = 200, **more: Any) -> HttpResponse:
    actor, activity, session, now = actor_of(request), found.activity, found.session, clock.now()
    codes = {"village": unit.code, "held": activity.code, "sitting": session.code}
    names = ("count", "photo_add", "finish", "publish", "cancel", "edit", "time", "off", "again", "more")
    alone, last = held_alone(session), found.counted
    said = said_after(activity, session) if not last else None
    context = {
        "unit": unit,
        "row": found,
        "activity": activity,
        "session": session,
        "now": now,
        "urls": {name: host_way(request, name, **codes) for name in names},
        "photos": [
            {
                "photo": photo,
                "url": host_way(request, "photo", **codes, photo=photo.code),
                "away": host_way(request, "photo_remove", **codes, photo=photo.code),
            }
            for photo in found.photos
        ],
        "headcount_form": HeadcountForm(initial=_counts(last, said), auto_id="heads-%s"),
        "said": said,
        "photo_form": PhotoForm(auto_id="photo-%s"),
        "counter": actors_named([last.actor]).get(last.actor, "") if last else "",
        "may_publish": rules.may_publish(activity, actor, session.ends_at, now),
        "may_edit": rules.may_edit(activity, actor),
        "alone": alone,
        "may_move": rules.may_move_session(session, actor, now),
        "may_call_off": rules.may_call_off(session, actor, now, others=not alone),
        "may_cancel": rules.may_cancel(activity, actor),
        "may_run": rules.may_run(activity, actor),
        "may_finish": rules.may_finish(activity, actor, activity.sessions.all(), now),
        "acting": host.acting_unit(unit, actor),
        "public_address": public_address(request, activity) if activity.on_site else "",
        **host_frame(request, unit, ("", "")),
        **more,
    }
    return render(request, "activities/host_held.html", context, status=status)


def _counts(last: Any, said: int | None) -> dict[str, Any]:
    """What the head-count's form begins with: the newest count, else what she said there were."""
    if last:
        return {n: getattr(last, n) for n in ("on_site", "women", "online", "exactness")}
    return {"on_site": said, "exactness": Exactness.ABOUT} if said else {}


def said_after(activity: Activity, session: Session) -> int | None:
    """How many the host said there were, of what she wrote down when it was over; what was expected beforehand is no count."""
    return activity.expected if activity.created_at >= session.ends_at else None


def count(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """Keep the head-count; with `done`, say in the same press that it was held."""
    unit, found = fetch_held(request, village, held, sitting)
    here = host_way(request, "held", village=unit.code, held=held, sitting=sitting)
    if request.method != "POST":
        return redirect(here)
    form = HeadcountForm(request.POST, auto_id="heads-%s")
    if form.is_valid():
        try:
            actions.record_headcount(found.session, Heads(**form.cleaned_data), by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            if "done" in request.POST:
                _finish(request, found)
            else:
                messages.success(request, _("人数记好了。"))
            return redirect(here)
    return _page(request, unit, found, 422, headcount_form=form)


def finish(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """办完了."""
    unit, found = fetch_held(request, village, held, sitting)
    if request.method == "POST":
        _finish(request, found)
    return redirect(host_way(request, "held", village=unit.code, held=held, sitting=sitting))


def _finish(request: HttpRequest, found: Held) -> None:
    try:
        plan.finish_activity(found.activity, by=actor_of(request))
        messages.success(request, _("记下了：办完了。展板和群里的文字已经跟着变了。"))
    except Problem as problem:
        messages.warning(request, str(problem.sentence))


def photo_add(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """Keep pictures; each that cannot be kept says why, the others are kept all the same."""
    unit, found = fetch_held(request, village, held, sitting)
    here = host_way(request, "held", village=unit.code, held=held, sitting=sitting)
    if request.method != "POST":
        return redirect(here)
    form = PhotoForm(request.POST, request.FILES, auto_id="photo-%s")
    if not form.is_valid():
        return _page(request, unit, found, 422, photo_form=form)
    kept, facts = 0, {name: form.cleaned_data[name] for name in ("caption", "consent")}
    for file in form.cleaned_data["photos"]:
        try:
            add_photo(found.activity, data=file.read(), **facts, by=actor_of(request))
            kept += 1
        except Problem as problem:
            form.add_error("photos", f"{file.name[-30:]}：{problem.sentence}")
    if form.errors:
        fresh = fetch_held(request, village, held, sitting)[1]
        return _page(request, unit, fresh, 422, photo_form=form)
    messages.success(request, _("存了 %(n)s 张，位置信息已去掉。") % {"n": kept})
    return redirect(f"{here}#photos")


def photo(request: HttpRequest, village: str, held: str, sitting: str, photo: str, link: Any = None) -> HttpResponse:
    """A picture, to the page it stands on."""
    _unit, found = fetch_held(request, village, held, sitting)
    return answer_picture(request, _photo_of(found, photo), public=False)


def photo_remove(
    request: HttpRequest, village: str, held: str, sitting: str, photo: str, link: Any = None
) -> HttpResponse:
    """Take a picture away for good."""
    unit, found = fetch_held(request, village, held, sitting)
    if request.method == "POST":
        remove_photo(_photo_of(found, photo), by=actor_of(request))
        messages.success(request, _("这张照片已经销毁。"))
    return redirect(host_way(request, "held", village=unit.code, held=held, sitting=sitting))


def _photo_of(found: Held, code: str) -> Photo:
    rows = Photo.objects.standing().filter(activity=found.activity, code=code)
    row = rows.select_related("activity__unit", "file__unit", "small__unit").first()
    if row is None:
        raise NotThere(_("没有这张照片。请刷新再看。"))
    return row
