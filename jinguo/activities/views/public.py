"""The public page of an activity, and signing up on it: no account, no cookie, scripts or not."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, rules, throttle
from jinguo.activities.actions.sign_up import sign_up as sign_her_up
from jinguo.activities.calendars import entry_for
from jinguo.activities.forms import SignUpForm
from jinguo.activities.ics import calendar_file
from jinguo.activities.models import Activity, Session
from jinguo.activities.pagecache import kept
from jinguo.activities.queries import desk, site
from jinguo.activities.ways import area_name, public_address, site_frame
from jinguo.federation.gate import Visitor
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Refused, Stale
from jinguo.ui.dates import range_text

SECONDS = 5


def shown(code: str) -> Activity:
    """A public activity.

    Raises:
        NotThere: none such, not published, or not public.
    """
    found = site.shown_activity(code)
    if found is None:
        raise NotThere(_("没有这场活动，或还没有公开。请回到首页再找。"))
    return found


@kept(SECONDS)
def activity_page(request: HttpRequest, activity: str) -> HttpResponse:
    """What, when, where, and the form."""
    found = shown(activity)
    return _page(request, found, _form(found))


def _form(activity: Activity) -> SignUpForm | None:
    """The empty form, or None when there is nothing to sign up for now."""
    now = clock.now()
    pools = []
    for session in activity.sessions.all():
        session.activity = activity
        for pool in session.pools.all():
            pool.session = session
            pools += [pool] if rules.is_open(session, now) else []
    return SignUpForm(pools=pools, days=activity.office.public_days) if pools else None


def _page(
    request: HttpRequest, activity: Activity, form: SignUpForm | None, status: int = 200, said: Any = ""
) -> HttpResponse:
    now = clock.now()
    sessions = list(activity.sessions.all())
    ahead = [session for session in sessions if session.ends_at > now] or sessions[-1:]
    for session in sessions:
        session.activity = activity
    context = {
        "activity": activity,
        "sessions": sessions,
        "session": ahead[0],
        "pool": next(iter(ahead[0].pools.all()), None),
        "form": form,
        "why_closed": rules.is_open(ahead[0], now).sentence,
        "said": said,
        "form_key": formkey.make_key(activity.code),
        "hosts": [activity.unit.name, *(cohost.name for cohost in activity.cohosts.all())],
        "phone": activity.contact_phone or activity.office.phone,
        "days": activity.office.public_days,
        "photos": desk.public_photos(activity),
        "area": area_name(activity.area) if activity.area else "",
        "description": f"{range_text(ahead[0].starts_at, ahead[0].ends_at, now)} {activity.place}".strip(),
        "now": now,
        "crumbs": _crumbs(activity),
        **site_frame(activity.office),
    }
    return render(request, "activities/public_page.html", context, status=status)


def _crumbs(activity: Activity) -> list[dict[str, str]]:
    """Back to the list, and to what else is on in the same county."""
    home = reverse("portal:home")
    crumbs = [{"url": home, "label": _("活动")}]
    if activity.area:
        crumbs.append({"url": f"{home}?area={activity.area.code}", "label": area_name(activity.area)})
    return crumbs


# No session and no cookie stands behind this form, so there is nothing for another site to abuse: see formkey.
@csrf_exempt
def sign_up(request: HttpRequest, activity: str) -> HttpResponse:
    """One POST, one transaction, one durable answer: the private page of her sign-up."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:public", kwargs={"activity": shown(activity).code}))
    formkey.refuse_other_sites(request)
    throttle.count(request, "sign-up", throttle.SIGN_UPS)
    now = clock.now()
    pools = [pool for pool in site.pools_to_join(activity) if rules.is_open(pool.session, now)]
    if not pools:
        return _page(request, shown(activity), None, 409)
    form = SignUpForm(request.POST, pools=pools, days=pools[0].session.activity.office.public_days)
    if not formkey.is_good(request.POST.get("key", ""), activity):
        return _page(request, shown(activity), form, 422, _("页面开得久了。填好的还在，请再点一次报名。"))
    if not form.is_valid():
        return _page(request, shown(activity), form, 422)
    return _answer(request, activity, form)


def _answer(request: HttpRequest, activity: str, form: SignUpForm) -> HttpResponse:
    if throttle.is_over(request, "name", throttle.MISTAKES):
        said = _("试得太多了，请过十分钟再试，或打电话问主办单位。")
        return _page(request, shown(activity), form, 429, said)
    try:
        row = sign_her_up(
            form.chosen(), name=form.cleaned_data["name"], phone=form.cleaned_data["phone"], seats=form.seats_wanted(),
            by=Visitor(),
        )  # fmt: skip
    except Invalid as problem:
        throttle.count(request, "name", throttle.MISTAKES)
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, shown(activity), form, 422)
    except (Refused, Stale) as problem:
        return _page(request, shown(activity), form, 409, problem.sentence)
    response = HttpResponseRedirect(reverse("activities:sign_up_page", kwargs={"link": row.link_secret}), status=303)
    response["Cache-Control"] = "no-store"
    return response


def calendar(request: HttpRequest, activity: str, session: str) -> HttpResponse:
    """One session for one's own calendar."""
    found = shown(activity)
    row: Session | None = next((row for row in found.sessions.all() if row.code == session), None)
    if row is None:
        raise NotThere(_("没有这一场。请回到活动页再看。"))
    row.activity = found
    return ics_answer(calendar_file(entry_for(row, url=public_address(request, found), host=request.get_host())))


def ics_answer(data: bytes) -> HttpResponse:
    """A calendar file under a name that tells nothing."""
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="activity.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
