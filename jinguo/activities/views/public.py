"""The public page of an activity, and who was first: no account, no cookie, scripts or not."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities import formkey, rules
from jinguo.activities.calendars import entry_for
from jinguo.activities.forms import SignUpForm
from jinguo.activities.ics import calendar_file
from jinguo.activities.joining import Joining, joining
from jinguo.activities.models import Activity, SeatPool, Session
from jinguo.activities.pagecache import kept
from jinguo.activities.queries import desk, site
from jinguo.activities.queries.checklist import measures_for
from jinguo.activities.ways import area_name, public_address, site_frame
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.questions.forms import AnswerForm
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
    ways_in = joining(activity)
    return page(request, found, open_ones(ways_in))


def open_ones(ways_in: Joining | None) -> Joining | None:
    """The pools that may be joined now, or None when there is none."""
    if ways_in is None:
        return None
    now = clock.now()
    pools = tuple(
        pool
        for pool in ways_in.pools
        if pool.is_open and rules.is_open(pool.session, now) and not (pool.slot_from and pool.slot_from <= now)
    )
    return replace(ways_in, pools=pools) if pools else None


def page(
    request: HttpRequest,
    activity: Activity,
    ways_in: Joining | None,
    form: SignUpForm | None = None,
    sheet: AnswerForm | None = None,
    status: int = 200,
    said: Any = "",
    door: str = "",
) -> HttpResponse:
    """The page, with the form as it was typed or empty."""
    now = clock.now()
    sessions = list(activity.sessions.all())
    ahead = site.coming(sessions, now)
    session = _of(ahead[0] if ahead[0].ends_at > now else ahead[-1], activity)
    if ways_in is not None and form is None:
        form, sheet = SignUpForm(joining=ways_in), AnswerForm(questions=list(ways_in.questions))
    context = {
        "activity": activity,
        "sessions": ahead,
        "session": session,
        "room": Room.of(ways_in.pools if ways_in else ()),
        "form": form if ways_in else None,
        "sheet": sheet if ways_in else None,
        "action": _action(activity, door),
        "for_unit": ways_in.pools[0].unit if ways_in and door else None,
        "unlisted": bool(door),
        "measures": measures_for(activity, clock.local(session.starts_at).date()),
        "ask_useful": activity.on_site and any(rules.may_say_useful(_of(one, activity), now) for one in sessions),
        "why_closed": why_closed(session),
        "said": said,
        "form_key": formkey.make_key(activity.code),
        **_about(activity, ahead, now),
        "address": public_address(request, activity),
        "description": f"{range_text(session.starts_at, session.ends_at, now)} {activity.place}".strip(),
        "now": now,
        "crumbs": _crumbs(activity),
        **site_frame(activity.office),
    }
    return render(request, "activities/public_page.html", context, status=status)


def _of(session: Session, activity: Activity) -> Session:
    """The session with its activity at hand, so that no query asks for it again."""
    session.activity = activity
    return session


def _about(activity: Activity, ahead: list[Session], now: datetime) -> dict[str, Any]:
    """What its page says whoever looks. `times`: of its sessions those ahead, and beside them those that are off."""
    return {
        "times": [one for one in activity.sessions.all() if one in ahead or (one.called_off_at and one.ends_at > now)],
        "hosts": [activity.unit.name, *(cohost.name for cohost in activity.cohosts.all())],
        "cohosts": [(cohost.name, cohost.unit) for cohost in activity.cohosts.all()],
        "phone": activity.contact_phone or activity.office.phone,
        "days": activity.office.public_days,
        "photos": desk.public_photos(activity),
        "area": area_name(activity.area) if activity.area else "",
    }


def _action(activity: Activity, door: str) -> str:
    """Where the form is sent."""
    if door:
        return reverse("activities:unit_sign_up", kwargs={"door": door})
    return reverse("activities:sign_up", kwargs={"activity": activity.code})


def why_closed(session: Session) -> Any:
    """Why nobody can sign up now: the session's reason, or that every pool is closed."""
    return rules.is_open(session, clock.now()).sentence or _("这里刚刚停止报名了。想来可以打电话问问主办单位。")


class Room:
    """How much room there is in some pools, added up for the line above the form.

    Attributes:
        one: the only pool, or None when there is something to choose.
    """

    def __init__(self, pools: tuple[SeatPool, ...]) -> None:
        self.capacity = sum(pool.capacity for pool in pools)
        self.taken = sum(pool.taken for pool in pools)
        self.free = self.capacity - self.taken
        self.waiting = sum(pool.waiting for pool in pools)
        self.each = max((pool.each for pool in pools), default=1)
        self.one = pools[0] if len(pools) == 1 else None
        self.asks = any(pool.offer_hours for pool in pools)
        self.at_once = any(pool.free > 0 and not pool.waiting for pool in pools)

    @classmethod
    def of(cls, pools: tuple[SeatPool, ...]) -> "Room":
        return cls(pools)


def _crumbs(activity: Activity) -> list[dict[str, str]]:
    """Back to the list, and to what else is on in the same county."""
    home = reverse("portal:home")
    crumbs = [{"url": home, "label": _("活动")}]
    if activity.area:
        crumbs.append({"url": f"{home}?area={activity.area.code}", "label": area_name(activity.area)})
    return crumbs


@kept(SECONDS, ("page",))
def order(request: HttpRequest, activity: str) -> HttpResponse:
    """Who was first: numbers and instants, no names. Each finds her own number on her own page."""
    found = shown(activity)
    if found.is_sensitive:
        raise NotThere(_("没有这一页。请回到活动页。"))
    number = request.GET.get("page", "1")
    rows = desk.in_order(found, int(number) if number.isascii() and number.isdigit() else 1)
    context = {
        "activity": found,
        "page": rows,
        "several": len({row.pool_id for row in rows}) > 1,
        "now": clock.now(),
        "crumbs": [
            *_crumbs(found)[:1],
            {"url": reverse("activities:public", kwargs={"activity": activity}), "label": found.title[:12]},
        ],
        **site_frame(found.office),
    }
    return render(request, "activities/order_page.html", context)


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
