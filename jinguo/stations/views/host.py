"""Who comes: a day's appointments as the host sees them; came, did not come, called off, a telephone shown, one taken by phone."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jinguo.activities.actions import day as actions
from jinguo.activities.actions.appointments import call_off_one
from jinguo.activities.forms import SignUpForm
from jinguo.activities.models import SignUp
from jinguo.activities.roll import Line, came
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Problem
from jinguo.lib.rulings import require
from jinguo.stations import queries, rules
from jinguo.stations.actions.slots import book
from jinguo.stations.forms import BookingForm
from jinguo.stations.models import Station
from jinguo.stations.timetable import Timetable, offers
from jinguo.stations.views.keep import fetch
from jinguo.stations.views.public import standing_at
from jinguo.stations.ways import frame, way

DAY = timedelta(days=1)


def _mine(request: HttpRequest, code: str) -> Station:
    """A place this actor receives people at."""
    found = fetch(request, code)
    require(rules.may_receive(found, actor_of(request)))
    return found


def _row(request: HttpRequest, station: Station, booking: str) -> SignUp:
    rows = SignUp.objects.visible_to(actor_of(request)).filter(session__slot__station=station, code=booking)
    row = rows.select_related("pool__session__activity__unit", "pool__session__activity__office", "person").first()
    if row is None:
        raise NotThere(_("没有这个预约。请刷新再看。"))
    return row


@never_cache
def bookings(request: HttpRequest, station: str, link: Any = None) -> HttpResponse:
    """One day."""
    return _page(request, _mine(request, station), clock.named_day(request.GET.get("day", "")) or clock.today())


def _page(request: HttpRequest, station: Station, day: date, status: int = 200, **more: Any) -> HttpResponse:
    now = clock.now()
    times = [_time(each, neutral=station.is_discreet) for each in queries.appointments(station, day, actor_of(request))]
    here = way(request, "bookings", station=station.code)
    unmarked = queries.unmarked_before(station, clock.today())
    context = {
        "station": station,
        "day": day,
        "times": times,
        "plan": Timetable.of(station, day, day).plan(day),
        "before_url": f"{here}?day={day - DAY}",
        "after_url": f"{here}?day={day + DAY}",
        "today_url": here,
        "unmarked": unmarked,
        "unmarked_url": f"{here}?day={unmarked}" if unmarked else "",
        "ahead": _ahead(station, day, here),
        "is_today": day == clock.local(now).date(),
        "form": more.pop("form", None) or _book_form(station),
        "now": now,
        **frame(request, (station.name, way(request, "page", station=station.code))),
        **more,
    }
    return render(request, "stations/bookings.html", context, status=status)


def _ahead(station: Station, day: date, here: str) -> list[dict[str, Any]]:
    """The days to come on which somebody holds a time, so that nobody leafs day by day to find them."""
    days = queries.days_with_appointments(station, clock.today())
    return [{"day": one, "count": count, "url": f"{here}?day={one}"} for one, count in days if one != day]


def _time(times: queries.Times, *, neutral: bool) -> dict[str, Any]:
    """One slot and who holds it, as the page draws it."""
    begun = times.slot.starts_at <= clock.now()
    people = [
        {"line": Line.of(row, neutral=neutral), "came": came(row), "missed": row.missed_at, "begun": begun, "row": row}
        for row in times.rows
    ]
    return {"slot": times.slot, "people": people}


def _book_form(station: Station, data: Any = None) -> BookingForm:
    open_now = offers(station, clock.now())
    return BookingForm(
        data, offers=open_now, several=station.slot_seats > 1, sensitive=station.is_discreet, sms=False, mail=False,
        days=station.office.public_days, dated=True,
    )  # fmt: skip


def _back(request: HttpRequest, station: Station, row: SignUp) -> HttpResponse:
    day = clock.local(row.pool.session.starts_at).date()
    return redirect(f"{way(request, 'bookings', station=station.code)}?day={day}#s-{row.code}")


def mark(request: HttpRequest, station: str, booking: str, link: Any = None) -> HttpResponse:
    """She came; she did not; or take back what was said."""
    found = _mine(request, station)
    row, actor = _row(request, found, booking), actor_of(request)
    if request.method == "POST":
        said = request.POST.get("said")
        try:
            if said == "came":
                actions.check_in(row, by=actor)
            elif said == "missed":
                actions.mark_missed(row, by=actor)
            else:
                actions.undo_check_in(row, by=actor)
                actions.undo_missed(row, by=actor)
        except Problem as problem:
            messages.warning(request, str(problem.sentence))
    return _back(request, found, row)


def cancel(request: HttpRequest, station: str, booking: str, link: Any = None) -> HttpResponse:
    """The host cannot see her then: she is told, the time is free again."""
    found = _mine(request, station)
    row = _row(request, found, booking)
    if request.method == "POST":
        try:
            if call_off_one(row, by=actor_of(request)):
                told = (
                    _("取消了，已经告诉她。")
                    if row.reach != "none"
                    else _("取消了。她没留短信和邮箱，请打电话告诉她。")
                )
                messages.success(request, told)
        except Problem as problem:
            messages.warning(request, str(problem.sentence))
    return _back(request, found, row)


@never_cache
def reveal(request: HttpRequest, station: str, booking: str, link: Any = None) -> HttpResponse:
    """One telephone in full, on this answer only; the journal says who asked."""
    found = _mine(request, station)
    row = _row(request, found, booking)
    if request.method != "POST":
        return _back(request, found, row)
    phone = actions.reveal_phone(row, by=actor_of(request))
    day = clock.local(row.pool.session.starts_at).date()
    response = _page(request, found, day, revealed=Line.of(row, neutral=False), revealed_phone=phone)
    response["Cache-Control"] = "no-store"
    return response


@never_cache
def book_for(request: HttpRequest, station: str, link: Any = None) -> HttpResponse:
    """Somebody rang or came by: the host books for her."""
    found = _mine(request, station)
    if request.method != "POST":
        return redirect(way(request, "bookings", station=found.code) + "#book")
    require(rules.may_book(found, actor_of(request)))
    form = _book_form(found, request.POST)
    again = standing_at(found, request.POST.get("time", ""), *(SignUpForm.who(request.POST) or ("", "")))
    if again is not None:
        messages.success(request, _("约好了。请把时间告诉她。"))
        return _back(request, found, SignUp.objects.select_related("pool__session").get(code=again.code))
    if form.is_valid():
        try:
            row = book(found, form.starts_at(), form.wish(), by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        except Problem as problem:
            form.add_error("time", str(problem.sentence))
        else:
            messages.success(request, _("约好了。请把时间告诉她。"))
            return _back(request, found, row)
    return _page(request, found, clock.today(), 422, form=form)
