"""One's own sign-up, behind a private link: where it stands, the code for the door, leaving, the calendar. No cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, rules
from jinguo.activities.actions.afterwards import say_useful
from jinguo.activities.actions.moving import move_sign_up
from jinguo.activities.actions.sign_up import accept as accept_it
from jinguo.activities.actions.sign_up import leave as leave_it
from jinguo.activities.calendars import entry_for
from jinguo.activities.forms import MoveForm, SeatsForm, UsefulForm
from jinguo.activities.ics import calendar_file
from jinguo.activities.joining import pool_for_guests
from jinguo.activities.models import Feedback, SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.sign_up import SignUpState
from jinguo.activities.queries.desk import place_in_line
from jinguo.activities.roll import came, token_text
from jinguo.activities.views.changes import changed_seats, move_form, seats_form
from jinguo.activities.views.public import ics_answer
from jinguo.activities.ways import public_address, site_frame
from jinguo.lib import clock
from jinguo.lib.errors import NotThere, Refused, Stale
from jinguo.lib.pleas import pleads
from jinguo.lib.qr import qr_path
from jinguo.people.actions import KEPT_APART
from jinguo.ui.answers import kept_apart_page
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
    request: HttpRequest, link: Any, row: SignUp, status: int = 200, said: Any = "", sent: Any = None
) -> HttpResponse:
    """Her page; `sent` is a form of it as she sent it, with what is in its way."""
    session = row.pool.session
    activity, now = session.activity, clock.now()
    context = {
        "sign_up": row,
        "session": session,
        "activity": activity,
        "place": place_in_line(row),
        "came": came(row),
        "over": session.ends_at <= now,
        "off": activity.state == ActivityState.CANCELLED or session.called_off_at is not None,
        "may_leave": rules.may_leave(row, link, now),
        "until": moment_text(row.offer_until, now) if row.offer_until else "",
        "may_accept": rules.may_accept(row, link, now),
        "useful": _useful(row, now),
        "seats_form": sent if isinstance(sent, SeatsForm) else seats_form(row, link, now),
        "move_form": sent if isinstance(sent, MoveForm) else move_form(row, link, now),
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


def press(act: Callable[[HttpRequest, Any, SignUp], HttpResponse | None]) -> Callable[..., HttpResponse]:
    """One press on her own page: it leads back there, and what is in its way is said there.

    The address itself is the authority; there is no cookie that another site could make a browser send along.
    """

    @csrf_exempt
    @wraps(act)
    def answer(request: HttpRequest, link: Any) -> HttpResponse:
        row = fetch(link)
        mine = reverse("activities:sign_up_page", kwargs={"link": link.secret})
        if request.method != "POST":
            return HttpResponseRedirect(mine)
        formkey.refuse_other_sites(request)
        try:
            return act(request, link, row) or HttpResponseRedirect(mine, status=303)
        except (Refused, Stale) as problem:
            return _page(request, link, fetch(link), 409, problem.sentence)

    return answer


@press
def leave(request: HttpRequest, link: Any, row: SignUp) -> None:
    """Give the seat back. Pressed twice, it is given back once."""
    leave_it(row, by=link)


@press
def accept(request: HttpRequest, link: Any, row: SignUp) -> None:
    """我要来: the seat that is kept for her is hers. Pressed twice, it is hers once."""
    accept_it(row, by=link)


@press
def useful(request: HttpRequest, link: Any, row: SignUp) -> HttpResponse:
    """Of a guest, on her own page: her last word stands."""
    form = UsefulForm(request.POST, neutral=row.activity.is_sensitive)
    if not form.is_valid():
        return _page(request, link, row, 422, _("请先点“很有用”“有一点用”“没什么用”里的一个。"))
    said = form.cleaned_data
    say_useful(row.pool.session, useful=said["useful"], words=said.get("words", ""), sign_up=row, by=link)
    mine = reverse("activities:sign_up_page", kwargs={"link": link.secret})
    if pleads(said.get("words", "")):
        return kept_apart_page(request, KEPT_APART, onward=mine)
    return HttpResponseRedirect(f"{mine}#useful", status=303)


@press
def seats(request: HttpRequest, link: Any, row: SignUp) -> HttpResponse | None:
    """More or fewer come with her; her place and number stay."""
    form = SeatsForm(request.POST, row=row)
    return None if form.is_valid() and changed_seats(row, form, by=link) else _page(request, link, row, 422, sent=form)


@press
def move(request: HttpRequest, link: Any, row: SignUp) -> HttpResponse | None:
    """Another session, slot or group for her; what she has stays hers until the other is."""
    form = move_form(row, link, clock.now(), request.POST)
    if form is None:
        raise Refused(_("现在没有别的场可以改，原来的还在。"))
    if not form.is_valid():
        return _page(request, link, row, 422, sent=form)
    try:
        move_sign_up(row, form.chosen(), wait=bool(form.cleaned_data.get("wait")), by=link)
    except (Refused, Stale) as problem:
        return _page(request, link, fetch(link), 409, problem.sentence, sent=form)
    return None


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
