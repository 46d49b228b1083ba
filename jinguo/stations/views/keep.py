"""Keeping a unit's standing places, at the desk or through its link: list, make, change, odd days, end."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinguo.activities.ways import public_of
from jinguo.federation.gate import actor_of
from jinguo.federation.queries import called
from jinguo.journal.queries import just_did
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, NotThere, Refused
from jinguo.lib.rulings import require
from jinguo.stations import queries, rules
from jinguo.stations.actions import keep
from jinguo.stations.forms import EndForm, OddDaysForm, StationForm
from jinguo.stations.hours import unpack, week_lines
from jinguo.stations.models import OddDays, Station, StationKind
from jinguo.stations.timetable import Timetable
from jinguo.stations.ways import frame, way
from jinguo.stations.workbook import facts_of

GONE = gettext_lazy("没有这个服务点，或不归您管。请从服务点列表里再找。")
AHEAD = timedelta(days=60)


def fetch(request: HttpRequest, code: str) -> Station:
    """A place this actor may see.

    Raises:
        NotThere: none such, or not hers to see: the same sentence.
    """
    found = queries.station_seen(actor_of(request), code)
    if found is None:
        raise NotThere(GONE)
    return found


def station_list(request: HttpRequest, link: Any = None) -> HttpResponse:
    """The places a unit keeps, and those below it."""
    number = request.GET.get("page", "1")
    page = queries.stations_seen(actor_of(request), page=int(number) if number.isascii() and number.isdigit() else 1)
    for row in page.object_list:
        row.week = week_lines(Timetable.weeks(row)[0])
    context = {"page": page, **frame(request, top=True)}
    return render(request, "stations/list.html", context)


def _form(request: HttpRequest, data: Any = None, initial: Any = None, station: Station | None = None) -> StationForm:
    actor, link = actor_of(request), getattr(request, "link", None)
    owner = station.unit if station else link.unit if link else None
    return StationForm(
        data, initial=initial, unit=owner, units=lambda words: called(actor, words, act="station.create")
    )


def station_create(request: HttpRequest, link: Any = None) -> HttpResponse:
    """A form; sent, it makes the place."""
    if request.method != "POST":
        unit = queries.keeping_units(actor_of(request)).first()
        if unit is None:
            raise Refused(_("您的岗位不能替任何单位登记服务点。"))
        first = {"code": ids.new_code(), "unit": unit.name, "kind": StationKind.HOME, "phone": unit.duty_phone}
        if queries.is_home(unit):
            first["name"] = unit.name
        return _shown(request, _form(request, initial=first))
    form = _form(request, request.POST)
    if form.is_valid():
        code = form.cleaned_data["code"] or ids.new_code()
        try:
            made = keep.make_station(form.keeper(), form.draft(), code=code, by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        else:
            messages.success(request, _("登记好了，公开页几秒钟后就能看到。"), extra_tags=f"draft:station-{code}")
            return redirect(way(request, "page", station=made.code))
    return _shown(request, form, status=422)


def station_edit(request: HttpRequest, station: str, link: Any = None) -> HttpResponse:
    """Change what is said of it."""
    found = fetch(request, station)
    require(rules.may_keep(found, actor_of(request)))
    if request.method != "POST":
        return _shown(request, _form(request, initial=facts_of(found), station=found), found)
    form = _form(request, request.POST, station=found)
    if form.is_valid():
        try:
            keep.edit_station(found, form.draft(), by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        else:
            messages.success(request, _("改好了。已经约好的时间不变。"), extra_tags=f"draft:station-{found.code}")
            return redirect(way(request, "page", station=found.code))
    return _shown(request, form, found, 422)


def _shown(request: HttpRequest, form: StationForm, station: Station | None = None, status: int = 200) -> HttpResponse:
    trail = [(station.name, way(request, "page", station=station.code))] if station else []
    context = {"form": form, "station": station, **frame(request, *trail)}
    return render(request, "stations/form.html", context, status=status)


def station_page(request: HttpRequest, station: str, link: Any = None) -> HttpResponse:
    """One place as its unit sees it: what is said of it, its odd days, who comes."""
    return _page(request, fetch(request, station), OddDaysForm())


def _page(request: HttpRequest, station: Station, odd_form: OddDaysForm, status: int = 200) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    timetable = Timetable.of(station, today, today + AHEAD)
    week, books = Timetable.weeks(station)
    receives = rules.may_receive(station, actor)
    context = {
        "station": station,
        "week": week_lines(week),
        "books": week_lines(books) if station.slot_minutes else [],
        "unusual": timetable.unusual(),
        "odd_days": [(row, unpack(row.spans)) for row in station.odd_days.all() if row.last >= today],
        "odd_form": odd_form,
        "may_keep": rules.may_keep(station, actor),
        "may_end": rules.may_end(station, actor),
        "may_receive": receives,
        "days": queries.days_with_appointments(station, today) if receives and station.book_id else [],
        "public_address": public_of(request, "stations:public", station=station.code),
        "today": today,
        "now": clock.now(),
        **frame(request),
    }
    return render(request, "stations/page.html", context, status=status)


def odd_days(request: HttpRequest, station: str, link: Any = None) -> HttpResponse:
    """Some days that are not as every week."""
    found = fetch(request, station)
    if request.method != "POST":
        return redirect(way(request, "page", station=found.code) + "#odd")
    form = OddDaysForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            _row, off, left = keep.put_odd_days(
                found, first=typed["first"], last=typed["last"] or typed["first"], spans=typed["hours"],
                note=typed["note"], call_off=typed["call_off"], by=actor_of(request),
            )  # fmt: skip
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        else:
            messages.success(request, _say(off, left))
            return redirect(way(request, "page", station=found.code) + "#odd")
    return _page(request, found, form, 422)


def _say(off: int, left: int) -> str:
    if off:
        return _("记下了。取消了 %(n)s 个预约：留了短信或邮箱的会收到通知，没留的请打电话。") % {"n": off}
    if left:
        return _("记下了。那几天有 %(n)s 个时间已经约了人，照旧不变；要取消，请在“谁约了”里一个个取消。") % {"n": left}
    return _("记下了。")


def odd_days_remove(request: HttpRequest, station: str, odd: str, link: Any = None) -> HttpResponse:
    """As every week again."""
    found = fetch(request, station)
    row = OddDays.objects.filter(station=found, code=odd).select_related("station__unit").first()
    if row is None and not just_did(actor_of(request), "station.odd_days_remove", kind="station", code=found.code):
        raise NotThere(_("没有这一条。请刷新再看。"))
    if request.method == "POST":
        if row is not None:
            keep.remove_odd_days(row, by=actor_of(request))
        messages.success(request, _("去掉了，那几天照平常开门。"))
    return redirect(way(request, "page", station=found.code) + "#odd")


def station_end(request: HttpRequest, station: str, link: Any = None) -> HttpResponse:
    """The place is no more: asked once, with who is told."""
    found = fetch(request, station)
    require(rules.may_end(found, actor_of(request)))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep.end_station(found, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, _("撤了，公开网站上不再列出。"))
        return redirect(way(request, "page", station=found.code))
    context = {
        "station": found,
        "form": form,
        "ahead": sum(count for _day, count in queries.days_with_appointments(found, clock.today())),
        **frame(request, (found.name, way(request, "page", station=found.code))),
    }
    return render(request, "stations/end.html", context)
