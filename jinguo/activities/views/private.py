"""One's own sign-up, behind a private link: where it stands, the code for the door, leaving, the calendar. No cookie."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, rules
from jinguo.activities.actions.afterwards import say_useful
from jinguo.activities.actions.changing import change_seats
from jinguo.activities.actions.sign_up import accept as accept_it
from jinguo.activities.actions.sign_up import leave as leave_it
from jinguo.activities.calendars import entry_for
from jinguo.activities.forms import SeatsForm, UsefulForm
from jinguo.activities.ics import calendar_file
from jinguo.activities.joining import pool_for_guests
from jinguo.activities.models import Feedback, SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.sign_up import SignUpState
from jinguo.activities.queries.desk import place_in_line
from jinguo.activities.roll import came, token_text
from jinguo.activities.views.public import ics_answer
from jinguo.activities.ways import public_address, site_frame
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Refused, Stale
from jinguo.lib.qr import qr_path
from jinguo.ui.dates import moment_text


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


def _page(
    request: HttpRequest, link: Any, row: SignUp, status: int = 200, said: Any = "", sent: SeatsForm | None = None
) -> HttpResponse:
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
        "useful": _useful(row, now),
        "seats_form": _seats_form(row, link, now, sent),
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


def _seats_form(row: SignUp, link: Any, now: Any, sent: SeatsForm | None = None) -> SeatsForm | None:
    """How many come with her, where more than one may and it can still be changed."""
    if row.pool.each < 2 or not rules.may_change_seats(row, link, 1, now):
        return None
    return sent or SeatsForm(row=row)


def _useful(row: SignUp, now: Any) -> dict[str, Any] | None:
    """The one question, with her answer if she has given one; None while it is not asked."""
    if row.state != SignUpState.CONFIRMED or not rules.may_say_useful(row.pool.session, now):
        return None
    given = Feedback.objects.filter(sign_up=row).first()
    words = {"useful": given.useful, "words": given.words} if given else None
    return {"form": UsefulForm(initial=words, neutral=row.pool.session.activity.is_sensitive), "given": given}


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


@csrf_exempt
def useful(request: HttpRequest, link: Any) -> HttpResponse:
    """Of a guest, on her own page: her last word stands."""
    row = fetch(link)
    mine = reverse("activities:sign_up_page", kwargs={"link": link.secret})
    if request.method != "POST":
        return HttpResponseRedirect(mine)
    formkey.refuse_other_sites(request)
    form = UsefulForm(request.POST, neutral=row.activity.is_sensitive)
    if form.is_valid():
        try:
            say_useful(
                row.pool.session, useful=form.cleaned_data["useful"], words=form.cleaned_data.get("words", ""),
                sign_up=row, by=link,
            )  # fmt: skip
        except Refused as refusal:
            return _page(request, link, row, 409, refusal.sentence)
        return HttpResponseRedirect(f"{mine}#useful", status=303)
    return _page(request, link, row, 422, _("请先点“很有用”“有一点用”“没什么用”里的一个。"))


@csrf_exempt
def seats(request: HttpRequest, link: Any) -> HttpResponse:
    """More or fewer come with her; her place and number stay."""
    row = fetch(link)
    mine = reverse("activities:sign_up_page", kwargs={"link": link.secret})
    if request.method != "POST":
        return HttpResponseRedirect(mine)
    formkey.refuse_other_sites(request)
    form = SeatsForm(request.POST, row=row)
    if form.is_valid():
        typed = form.cleaned_data
        minors = typed.get("minors") or 0
        try:
            change_seats(row, seats=typed["seats"], minors=minors, guardian=bool(typed.get("guardian")), by=link)
            return HttpResponseRedirect(mine, status=303)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        except (Refused, Stale) as problem:
            return _page(request, link, fetch(link), 409, problem.sentence)
    return _page(request, link, row, 422, sent=form)


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
