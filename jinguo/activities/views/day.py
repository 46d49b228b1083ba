"""The day itself on a phone: who came, walk-ins, head-count, pictures. Every tap is a POST that may be sent twice.

The address of a tap, opened as a page (reload, language switch), leads back to the day.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jinguo.activities import rules
from jinguo.activities.actions import day as actions
from jinguo.activities.actions.photos import add_photo, remove_photo
from jinguo.activities.forms import HandOutForm, HeadcountForm, PhotoForm, WalkInForm
from jinguo.activities.models import Photo, Session, SignUp, WalkIn
from jinguo.activities.papers import paper_names
from jinguo.activities.queries import desk
from jinguo.activities.roll import found_lines, lines_of
from jinguo.activities.ways import frame, way
from jinguo.activities.wishes import Heads
from jinguo.federation.gate import actor_of
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, NotThere, Problem
from jinguo.lib.rulings import require
from jinguo.lib.sheets import write_csv, write_workbook

GONE = gettext_lazy("没有这一场，或不归您管。请从活动列表里再找。")
A_PAGE = 100
MOST_KEPT = 5000
KEPT_BEFORE = timedelta(hours=24)  # so long before a session its list may be kept on a device
EXPORTS: dict[str, tuple[str, Any]] = {
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda table: write_workbook([table]),
    ),
    "csv": ("text/csv; charset=utf-8", write_csv),
}


def fetch(request: HttpRequest, activity: str, session: str) -> Session:
    """A session whose day this actor may run.

    Raises:
        NotThere: none such, or not hers to see. Refused: hers to see, not to run.
    """
    found = desk.session_seen(actor_of(request), activity, session)
    if found is None:
        raise NotThere(GONE)
    require(rules.may_run(found.activity, actor_of(request)))
    return found


def fetch_sign_up(request: HttpRequest, activity: str, session: str, signup: str, *, moved_too: bool = False) -> SignUp:
    """One sign-up of such a session; with `moved_too` also where she has changed to another session since."""
    found = fetch(request, activity, session)
    rows = SignUp.objects.visible_to(actor_of(request)).filter(activity=found.activity, code=signup)
    rows = rows if moved_too else rows.filter(session=found)
    row = rows.select_related("pool__session__activity__unit", "person").first()
    if row is None:
        raise NotThere(_("名单里没有这个人。请刷新再看。"))
    return row


@never_cache
def day(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """The day's page."""
    return show(request, fetch(request, activity, session))


def show(request: HttpRequest, session: Session, status: int = 200, **more: Any) -> HttpResponse:
    """The day's page of a session; `more` stands in for what it would show, e.g. a form with its mistakes."""
    actor, activity = actor_of(request), session.activity
    sign_ups = list(desk.sign_ups_of(session, actor))
    lines = lines_of(sign_ups, neutral=activity.is_sensitive)
    words = request.GET.get("q", "").strip()[:40]
    number = request.GET.get("page", "1")
    tally = desk.tally(session, sign_ups)
    whole = "whole" in request.GET  # the copy a device keeps for a failing network has everybody on it
    found = Paginator(found_lines(lines, words), MOST_KEPT if whole else A_PAGE).get_page(number)
    context = {
        "activity": activity,
        "session": session,
        "words": words,
        "day_url": way(request, "day", activity=activity.code, session=session.code),
        "page": found,
        "whole": not words and not found.has_other_pages(),
        "on_list": len(lines),
        "tally": tally,
        "walk_ins": tally.walk_ins,
        "goods": list(session.hand_outs.filter(undone_at=None)),
        "hand_out_form": HandOutForm(initial={"code": ids.new_code()}, auto_id="goods-%s"),
        "said": desk.said_of(session),
        "walk_in_form": WalkInForm(initial={"people": 1, "code": ids.new_code()}, auto_id="walk-in-%s"),
        "headcount_form": HeadcountForm(initial=_last_count(tally), auto_id="heads-%s"),
        "may_add": bool(rules.is_open(session, clock.now(), by_host=True)),
        "papers": paper_names(openly=not activity.is_sensitive, listed=tally.confirmed > 0, asked=activity.on_site),
        "photos": desk.photos_of(activity),
        "photo_form": PhotoForm(auto_id="photo-%s"),
        "may_finish": rules.may_finish(activity, actor, activity.sessions.all(), clock.now()),
        "now": clock.now(),
        **_without_network(request, session),
        **frame(request, (activity.title, way(request, "page", activity=activity.code))),
        **more,
    }
    return render(request, "activities/day.html", context, status=status)


def _without_network(request: HttpRequest, session: Session) -> dict[str, Any]:
    """What the page's script needs to go on while the network is away."""
    now, codes = clock.now(), {"activity": session.activity.code, "session": session.code}
    until = clock.end_of(clock.local(session.ends_at).date())
    keeps = session.starts_at - KEPT_BEFORE <= now < until
    arrive = reverse("activities:arrive", kwargs={"session": session.code, "token": "x"}).removesuffix("x/")
    return {
        "presses_url": way(request, "presses", **codes),
        "arrive_url": arrive,
        "kept_until": _milliseconds(until) if keeps else "",
        "made": _milliseconds(now),
        "who": actor_of(request).actor_code,
    }


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _last_count(tally: desk.Tally) -> dict[str, Any]:
    counted = tally.counted
    if counted is None:
        return {}
    return {name: getattr(counted, name) for name in ("on_site", "women", "online", "exactness")}


def back(request: HttpRequest, session: Session, anchor: str) -> HttpResponse:
    """To the day's page again, where the hand was."""
    kept = {name: request.POST[name][:40] for name in ("q", "page") if request.POST.get(name) not in (None, "", "1")}
    query = f"?{urlencode(kept)}" if kept else ""
    return redirect(way(request, "day", activity=session.activity.code, session=session.code) + query + f"#{anchor}")


def mark(request: HttpRequest, activity: str, session: str, signup: str, link: Any = None) -> HttpResponse:
    """She came; or, with `undo`, she did not."""
    row = fetch_sign_up(request, activity, session, signup)
    if request.method != "POST":
        return back(request, row.pool.session, f"s-{row.code}")
    try:
        if "undo" in request.POST:
            actions.undo_check_in(row, by=actor_of(request))
        else:
            actions.check_in(row, by=actor_of(request))
    except Problem as problem:
        messages.warning(request, str(problem.sentence))
    return back(request, row.pool.session, f"s-{row.code}")


@never_cache
def export(request: HttpRequest, activity: str, session: str, form: str, link: Any = None) -> HttpResponse:
    """The list of names as a file: no cell of it is ever a formula, whatever somebody calls herself."""
    found = fetch(request, activity, session)
    if form not in EXPORTS:
        raise NotThere(_("没有这种表格。可以存成 xlsx 或 csv。"))
    table = actions.export_names(found, by=actor_of(request))
    media_type, write = EXPORTS[form]
    response = HttpResponse(write(table), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="names-{found.code}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def walk_in(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """So many came without a sign-up."""
    found = fetch(request, activity, session)
    if request.method != "POST":
        return back(request, found, "walk-in")
    form = WalkInForm(request.POST, auto_id="walk-in-%s")
    if form.is_valid():
        try:
            actions.count_walk_in(
                found, people=form.cleaned_data["people"], code=form.cleaned_data["code"], by=actor_of(request)
            )
        except Invalid as problem:
            form.add_error("people", str(problem.sentence))
        else:
            return back(request, found, "walk-in")
    return show(request, found, 422, walk_in_form=form)


def walk_in_undo(request: HttpRequest, activity: str, session: str, walk_in: str, link: Any = None) -> HttpResponse:
    """Take one count of walk-ins back."""
    found = fetch(request, activity, session)
    if request.method != "POST":
        return back(request, found, "walk-in")
    row = WalkIn.objects.filter(session=found, code=walk_in).select_related("session__activity__unit").first()
    if row is None:
        raise NotThere(_("没有这一笔。请刷新再看。"))
    actions.undo_walk_in(row, by=actor_of(request))
    return back(request, found, "walk-in")


def headcount(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """Keep a head-count."""
    found = fetch(request, activity, session)
    if request.method != "POST":
        return back(request, found, "heads")
    form = HeadcountForm(request.POST, auto_id="heads-%s")
    if form.is_valid():
        try:
            actions.record_headcount(found, Heads(**form.cleaned_data), by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("人数记好了。"))
            return back(request, found, "heads")
    return show(request, found, 422, headcount_form=form)


def photos(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """Keep pictures; each that cannot be kept says why, the others are kept all the same."""
    found = fetch(request, activity, session)
    if request.method != "POST":
        return back(request, found, "photos")
    form = PhotoForm(request.POST, request.FILES, auto_id="photo-%s")
    if not form.is_valid():
        return show(request, found, 422, photo_form=form)
    kept = 0
    for file in form.cleaned_data["photos"]:
        try:
            add_photo(
                found.activity, data=file.read(), caption=form.cleaned_data["caption"],
                consent=form.cleaned_data["consent"], by=actor_of(request),
            )  # fmt: skip
            kept += 1
        except Problem as problem:
            form.add_error("photos", f"{file.name[-30:]}：{problem.sentence}")
    if form.errors:
        return show(request, found, 422, photo_form=form)
    messages.success(request, _("存了 %(n)s 张，位置信息已去掉。") % {"n": kept})
    return back(request, found, "photos")


def photo_remove(request: HttpRequest, activity: str, session: str, photo: str, link: Any = None) -> HttpResponse:
    """Take a picture away for good."""
    found = fetch(request, activity, session)
    if request.method != "POST":
        return back(request, found, "photos")
    rows = Photo.objects.filter(activity=found.activity, code=photo)
    row = rows.select_related("activity__unit", "file__unit", "small__unit").first()
    if row is None:
        raise NotThere(_("没有这张照片。请刷新再看。"))
    remove_photo(row, by=actor_of(request))
    messages.success(request, _("这张照片已经销毁。"))
    return back(request, found, "photos")
