"""The month at a glance, and what is on as feeds: a calendar to subscribe to (RFC 5545) and RSS 2.0."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jinguo.activities.calendars import entry_for
from jinguo.activities.ics import calendar_feed
from jinguo.activities.models import Session
from jinguo.activities.pagecache import kept
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name, public_address
from jinguo.federation.models import Office
from jinguo.lib import clock
from jinguo.portal import queries
from jinguo.portal.views.home import SECONDS, office_or_word
from jinguo.portal.wishes import FILTERS, address, choices, frame, wish_of
from jinguo.ui.dates import range_text

MONTHS_AHEAD = 12


@kept(SECONDS, (*FILTERS, "month"))
def calendar(request: HttpRequest) -> HttpResponse:
    """One month: how many sessions each day holds; a day opens the list of that day."""
    office = office_or_word(request)
    now, wish, first = clock.now(), wish_of(request), _month(request)
    ahead = site.wished(site.sessions_ahead(office, now), wish, now)
    today = clock.today()
    sheet = queries.month_sheet(ahead, first)
    weeks = [[_day(request, cell, today) for cell in week] for week in sheet]
    context = {
        "office": office,
        "first": first,
        "weeks": weeks,
        "any": any(cell.count and cell.inside for week in sheet for cell in week),
        "wish": wish,
        "back": _turn(request, first - timedelta(days=1)),
        "on": _turn(request, first + timedelta(days=31)),
        "ics_url": address(request, "portal:ics"),
        "rss_url": address(request, "portal:rss"),
        "now": now,
        **choices(office),
        **frame(request, office),
        "filters_url": reverse("portal:calendar"),
    }
    return render(request, "portal/calendar.html", context)


def _day(request: HttpRequest, cell: queries.Cell, today: date) -> dict[str, Any]:
    """A day of the sheet; one that holds something leads to its list."""
    url = address(request, when=cell.day.isoformat()) if cell.count else ""
    return {"cell": cell, "today": cell.day == today, "url": url}


def _month(request: HttpRequest) -> date:
    """The month asked for, at most a year ahead; this one otherwise. Nothing is kept of months gone by."""
    this = clock.today().replace(day=1)
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')[:7]}-01")
    except ValueError:
        return this
    return asked if this <= asked <= this + timedelta(days=31 * MONTHS_AHEAD) else this


def _turn(request: HttpRequest, day: date) -> dict[str, Any]:
    """The neighbouring month, or nothing where the calendar ends."""
    first, this = day.replace(day=1), clock.today().replace(day=1)
    if not this <= first <= this + timedelta(days=31 * MONTHS_AHEAD):
        return {}
    month = "" if first == this else f"{first:%Y-%m}"
    return {"first": first, "url": address(request, "portal:calendar", month=month)}


def _ahead(request: HttpRequest, office: Office) -> "QuerySet[Session]":
    now = clock.now()
    return site.wished(site.sessions_ahead(office, now), wish_of(request), now)


@kept(60, FILTERS)
def ics(request: HttpRequest) -> HttpResponse:
    """What is on, for one's own calendar; the filters of the list narrow it."""
    office = office_or_word(request)
    return ics_of(
        request, queries.for_calendar(_ahead(request, office)), _("%(who)s的活动") % {"who": office.unit.short_name}
    )


def ics_of(request: HttpRequest, rows: list[Session], name: str) -> HttpResponse:
    """These sessions as a calendar to subscribe to."""
    entries = [entry_for(row, url=public_address(request, row.activity), host=request.get_host()) for row in rows]
    return HttpResponse(calendar_feed(name, entries), content_type="text/calendar; charset=utf-8")


@kept(60, FILTERS)
def rss(request: HttpRequest) -> HttpResponse:
    """What is on, for a reader of feeds or another site."""
    office = office_or_word(request)
    feed = Rss201rev2Feed(
        title=_("%(who)s的活动") % {"who": office.unit.short_name},
        link=request.build_absolute_uri(reverse("portal:home")),
        description=_("接下来的公开活动：时间、地点、怎么报名。"),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    now = clock.now()
    for row in queries.for_feed(_ahead(request, office)):
        where = " ".join(filter(None, (area_name(row.activity.area) if row.activity.area else "", row.activity.place)))
        feed.add_item(
            title=row.activity.title,
            link=public_address(request, row.activity),
            description=f"{range_text(row.starts_at, row.ends_at, now)} {where}".strip(),
            unique_id=f"{row.code}@{request.get_host()}",
            unique_id_is_permalink=False,
            pubdate=row.activity.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
