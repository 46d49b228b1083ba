"""One's own sign-up, behind a private link: where it stands, the code for the door, leaving, the calendar. No cookie."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, rules
from jinguo.activities.actions.sign_up import accept as accept_it
from jinguo.activities.actions.sign_up import leave as leave_it
from jinguo.activities.calendars import entry_for
from jinguo.activities.ics import calendar_file
from jinguo.activities.joining import pool_for_guests
from jinguo.activities.models import SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.sign_up import SignUpState
from jinguo.activities.queries.desk import place_in_line
from jinguo.activities.roll import came, token_text
from jinguo.activities.views.public import ics_answer
from jinguo.activities.ways import public_address, site_frame
from jinguo.lib import clock
from jinguo.lib.errors import NotThere, Refused
from jinguo.ui.dates import moment_text
from jinguo.ui.qr import qr_path


def fetch(link: Any) -> SignUp:
    """The one sign-up a private link was made for."""
    rows = SignUp.objects.visible_to(link).select_related(
        "pool__session__activity__unit",
        "pool__session__activity__office__unit",
        "pool__session__activity__area",
        "check_in",
    )
    row = rows.first()
    if row is None:
        raise NotThere(_("没有这个报名。请从活动页再报一次。"))
    return row


def _shown(link: Any) -> SignUp:
    """As `fetch`, for looking at: her own row as it stands now, what is the same for all guests from a second's memory."""
    row = SignUp.objects.visible_to(link).select_related("check_in").first()
    pool = pool_for_guests(row.pool_id) if row else None
    if row is None or pool is None:
        raise NotThere(_("没有这个报名。请从活动页再报一次。"))
    row.pool = pool
    return row


@never_cache
def sign_up_page(request: HttpRequest, link: Any) -> HttpResponse:
    """Where it stands and what to bring to the door."""
    return _page(request, link, _shown(link))


def _page(request: HttpRequest, link: Any, row: SignUp, status: int = 200, said: Any = "") -> HttpResponse:
    session = row.pool.session
    activity, now = session.activity, clock.now()
    context = {
        "sign_up": row,
        "session": session,
        "activity": activity,
        "place": place_in_line(row),
        "came": came(row),
        "over": session.ends_at <= now,
        "off": activity.state == ActivityState.CANCELLED,
        "may_leave": rules.may_leave(row, link, now),
        "until": moment_text(row.offer_until, now) if row.offer_until else "",
        "may_accept": rules.may_accept(row, link, now),
        "home": activity.home_address if row.state == SignUpState.CONFIRMED else "",
        "token": token_text(row.token),
        "qr": lambda: _door_code(request, row),
        "public_url": public_address(request, activity) if activity.on_site else "",
        "phone": activity.contact_phone or activity.office.phone,
        "link": link,
        "said": said,
        "now": now,
        **site_frame(activity.office),
    }
    name = "appointment_page" if activity.is_book else "sign_up_page"
    response = render(request, f"activities/{name}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _door_code(request: HttpRequest, row: SignUp) -> dict[str, Any]:
    """Her code for the door as a drawing; drawn only where the page shows it."""
    door = reverse("activities:arrive", kwargs={"session": row.pool.session.code, "token": row.token})
    size, path = qr_path(request.build_absolute_uri(door))
    return {"size": size, "path": path}


# The address itself is the authority; there is no cookie that another site could make a browser send along.
@csrf_exempt
def leave(request: HttpRequest, link: Any) -> HttpResponse:
    """Give the seat back. Pressed twice, it is given back once."""
    row = fetch(link)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:sign_up_page", kwargs={"link": link.secret}))
    formkey.refuse_other_sites(request)
    try:
        leave_it(row, by=link)
    except Refused as refusal:
        return _page(request, link, fetch(link), 409, refusal.sentence)
    return HttpResponseRedirect(reverse("activities:sign_up_page", kwargs={"link": link.secret}), status=303)


@csrf_exempt
def accept(request: HttpRequest, link: Any) -> HttpResponse:
    """我要来: the seat that is kept for her is hers. Pressed twice, it is hers once."""
    row = fetch(link)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:sign_up_page", kwargs={"link": link.secret}))
    formkey.refuse_other_sites(request)
    try:
        accept_it(row, by=link)
    except Refused as refusal:
        return _page(request, link, fetch(link), 409, refusal.sentence)
    return HttpResponseRedirect(reverse("activities:sign_up_page", kwargs={"link": link.secret}), status=303)


def calendar(request: HttpRequest, link: Any) -> HttpResponse:
    """Her session, or her slot of it, for her own calendar; the private address is not in it.

    The door of a home stands in it only for a guest who is confirmed.
    """
    row = fetch(link)
    activity = row.pool.session.activity
    entry = entry_for(
        row.pool.session, url=public_address(request, activity) if activity.on_site else "", host=request.get_host(),
        pool=row.pool, home=activity.home_address if row.state == SignUpState.CONFIRMED else "",
    )  # fmt: skip
    return ics_answer(calendar_file(entry))
