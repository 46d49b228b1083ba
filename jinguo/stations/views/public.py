"""What a woman sees: the place's page, taking a time, changing it. No account, no cookie, scripts or not."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, throttle
from jinguo.activities.actions.sign_up import same_name
from jinguo.activities.forms import SignUpForm
from jinguo.activities.joining import ways_to_tell
from jinguo.activities.models import SignUp
from jinguo.activities.pagecache import kept
from jinguo.activities.queries.desk import hers_at
from jinguo.activities.views.private import fetch as fetch_sign_up
from jinguo.activities.ways import public_of, site_frame
from jinguo.federation.gate import Visitor
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Problem, Refused, Stale, TooMuch
from jinguo.lib.pleas import pleads
from jinguo.people.actions import KEPT_APART
from jinguo.stations import queries, rules
from jinguo.stations.actions.slots import book as book_it
from jinguo.stations.actions.slots import move_booking
from jinguo.stations.forms import BookingForm, TimeForm
from jinguo.stations.hours import Span, spans_text, week_lines
from jinguo.stations.models import Station
from jinguo.stations.timetable import Offer, Timetable, offers
from jinguo.ui.answers import kept_apart_page
from jinguo.ui.dates import day_text

SECONDS = 5
AHEAD = timedelta(days=30)


def shown(code: str) -> Station:
    """A public place.

    Raises:
        NotThere: none such, closed, or not for the public.
    """
    found = queries.public_station(code)
    if found is None:
        raise NotThere(_("没有这个服务点，或已经撤了。请回到首页再找。"))
    return found


@kept(SECONDS)
def station_page(request: HttpRequest, station: str) -> HttpResponse:
    """Where it is, when it is open, who receives one, what for."""
    found, now = shown(station), clock.now()
    today = clock.local(now).date()
    timetable = Timetable.of(found, today, today + AHEAD)
    plan = timetable.plan(today)
    context = {
        "station": found,
        "week": week_lines(timetable.open),
        "days": _days(timetable.open),
        "today": plan,
        "open_now": _open_now(plan.spans, now),
        "unusual": timetable.unusual(),
        "bookable": rules.may_book(found, Visitor()),
        "books": week_lines(timetable.books) if found.slot_minutes else [],
        "phone": found.phone or found.office.phone,
        "own_phone": bool(found.phone),
        "address": public_of(request, "stations:public", station=found.code),
        "now": now,
        **_frame(found),
    }
    return render(request, "stations/public_page.html", context)


def _days(week: Any) -> list[tuple[str, str, str]]:
    """(weekday as schema.org calls it, opens, closes)."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

    def hour(minutes: int) -> str:
        return "23:59" if minutes == 1440 else f"{minutes // 60:02d}:{minutes % 60:02d}"

    return [(names[day], hour(first), hour(last)) for day, spans in week.items() for first, last in spans]


def _open_now(spans: tuple[Span, ...], now: Any) -> str:
    """Until when it is open now, as an hour; "" when it is not."""
    wall = clock.local(now)
    minute = wall.hour * 60 + wall.minute
    found = next((last for first, last in spans if first <= minute < last), None)
    return "" if found is None else spans_text([(0, found)]).split("—")[1]


def _frame(station: Station) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("portal:home"), "label": _("活动")},
        {"url": f"{reverse('portal:stations')}?kind={station.kind}", "label": station.get_kind_display()},
    ]
    return {"crumbs": [] if station.is_discreet else crumbs, **site_frame(station.office)}


# ---- taking a time -----------------------------------------------------------------------------------------------------


def _by_day(found: list[Offer]) -> dict[date, list[Offer]]:
    days: dict[date, list[Offer]] = {}
    for offer in found:
        days.setdefault(clock.local(offer.starts_at).date(), []).append(offer)
    return days


class Times:
    """The days with a free time, the one that is looked at (unless asked for: the first from `near` on), its times."""

    def __init__(self, request: HttpRequest, station: Station, near: date = date.min) -> None:
        self.days = _by_day(offers(station, clock.now()))
        asked = request.POST.get("day") or request.GET.get("day", "")
        likely = next((day for day in self.days if day >= near), next(iter(self.days), None))
        self.day = next((day for day in self.days if day.isoformat() == asked), likely)
        self.offers = self.days.get(self.day, []) if self.day else []

    def chips(self) -> list[dict[str, Any]]:
        return [
            {"label": day_text(day, clock.today()), "url": f"?day={day.isoformat()}", "current": day == self.day}
            for day in self.days
        ]


def _form(station: Station, times: Times, data: Any = None) -> BookingForm:
    sms, mail = ways_to_tell(station.office)
    return BookingForm(
        data, offers=times.offers, several=station.slot_seats > 1, sensitive=station.is_discreet, sms=sms, mail=mail,
        days=station.office.public_days,
    )  # fmt: skip


# No session and no cookie stands behind this form, so there is nothing for another site to abuse: see formkey.
@csrf_exempt
def book(request: HttpRequest, station: str) -> HttpResponse:
    """The days and times that are free, and the form; sent, the private page of the appointment."""
    if request.method == "POST":
        return _booked(request, shown(station))
    return _offered(request, station=station)


@kept(SECONDS, ("day",))
def _offered(request: HttpRequest, station: str) -> HttpResponse:
    found = shown(station)
    return _book_page(request, found, Times(request, found))


def _booked(request: HttpRequest, station: Station) -> HttpResponse:
    formkey.refuse_other_sites(request)
    times = Times(request, station)
    form = _form(station, times, request.POST)
    status, said = 422, ""
    try:
        throttle.count(request, "press", throttle.PRESSES)
        if not formkey.is_good(request.POST.get("key", ""), station.code):
            said = _("页面开得久了。填好的还在，请再点一次。")
        elif throttle.is_over(request, "name", throttle.MISTAKES):
            status, said = 429, _("试得太多了，请过十分钟再试，或打电话来约。")
        elif (secret := _pressed(request, station, form)) is not None:
            hers = reverse("activities:sign_up_page", kwargs={"link": secret})
            if pleads(request.POST.get("name", "")):
                return kept_apart_page(request, KEPT_APART, onward=hers)
            response = HttpResponseRedirect(hers, status=303)
            response["Cache-Control"] = "no-store"
            return response
    except Invalid as problem:
        throttle.note(request, "name", throttle.MISTAKES)
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
    except (Refused, Stale) as problem:
        status, said = 409, str(problem.sentence)
        times = Times(request, station)
    except TooMuch as problem:
        status, said = 429, str(problem.sentence)
    response = _book_page(request, station, times, form, status, said)
    response["Cache-Control"] = "no-store"
    return response


def _pressed(request: HttpRequest, station: Station, form: BookingForm) -> str | None:
    """The secret of her private page; None when the form says what is wrong with it.

    A second press for the same time, which is not on offer any more, is answered as the first was.
    """
    who = SignUpForm.who(request.POST)
    if who and (secret := _hers(station, request.POST.get("time", ""), *who)):
        throttle.count_person(request, who[1])
        return secret
    if not form.is_valid():
        return None
    throttle.count_person(request, form.cleaned_data["phone"])
    return str(book_it(station, form.starts_at(), form.wish(), by=Visitor()).link_secret)


def _hers(station: Station, time: str, name: str, phone: str) -> str:
    """The secret of what stands at a time under this name and telephone, "" for nothing."""
    row = standing_at(station, time, name, phone)
    return str(row.link_secret) if row is not None else ""


def standing_at(station: Station, time: str, name: str, phone: str) -> SignUp | None:
    """What stands at a time under this name and telephone: a second press finds the first one's."""
    session = queries.session_at(station, time) if phone else None
    row = hers_at(session, phone) if session else None
    return row if row is not None and same_name(row.name) == same_name(name) else None


def _book_page(
    request: HttpRequest,
    station: Station,
    times: Times,
    form: BookingForm | None = None,
    status: int = 200,
    said: Any = "",
) -> HttpResponse:
    allowed = rules.may_book(station, Visitor())
    context = {
        "station": station,
        "form": (form or _form(station, times)) if times.offers or (form and form.is_bound) else None,
        "times": times,
        "chips": times.chips(),
        "chips_label": _("哪一天"),
        "allowed": allowed,
        "said": said,
        "phone": station.phone or station.office.phone,
        "days": station.office.public_days,
        "form_key": formkey.make_key(station.code),
        "now": clock.now(),
        **_frame(station),
    }
    if not station.is_discreet:
        here = {"url": reverse("stations:public", kwargs={"station": station.code}), "label": station.name[:12]}
        context["crumbs"] = [*context["crumbs"], here]
    return render(request, "stations/book.html", context, status=status)


# The address itself is the authority; there is no cookie that another site could make a browser send along.
@csrf_exempt
@never_cache
def change(request: HttpRequest, link: Any) -> HttpResponse:
    """Another time for the one appointment a private link was made for."""
    row = fetch_sign_up(link)
    station = queries.station_of_book(row.pool.session.activity)
    mine = reverse("activities:sign_up_page", kwargs={"link": link.secret})
    if station is None or row.state != "confirmed":
        again = request.method == "GET" and station is not None and queries.public_station(station.code)
        return HttpResponseRedirect(reverse("stations:book", kwargs={"station": again.code}) if again else mine)
    times = Times(request, station, near=clock.local(row.pool.session.starts_at).date())
    several, said, status = station.slot_seats > 1, "", 200
    form = TimeForm(offers=times.offers, several=several)
    if request.method == "POST":
        formkey.refuse_other_sites(request)
        form, status = TimeForm(request.POST, offers=times.offers, several=several), 422
        session = queries.session_at(station, request.POST.get("time", ""))
        if session is not None and session.pk == row.session_id:  # the same press, a moment sooner
            return HttpResponseRedirect(mine, status=303)
        if form.is_valid():
            try:
                move_booking(row, station, form.starts_at(), by=link)
                return HttpResponseRedirect(mine, status=303)
            except Problem as problem:
                status, said = 409, str(problem.sentence)
    context = {
        "station": station, "sign_up": row, "session": row.pool.session, "times": times, "chips": times.chips(),
        "chips_label": _("哪一天"), "form": form, "said": said, "mine": mine, "now": clock.now(),
        **site_frame(station.office),
    }  # fmt: skip
    response = render(request, "stations/change.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
