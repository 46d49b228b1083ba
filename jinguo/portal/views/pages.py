"""One page for each unit, each campaign and series; and looking for words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.models import Activity
from jinguo.activities.pagecache import kept
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name
from jinguo.federation.models import Office, Unit
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.portal import queries
from jinguo.portal.programme import programme
from jinguo.portal.views.calendar import ics_of
from jinguo.portal.views.home import SECONDS, office_or_word
from jinguo.portal.wishes import frame
from jinguo.stations.queries import of_unit

LONGEST = 40


def _unit(office: Office, code: str) -> Unit:
    """A unit of this site.

    Raises:
        NotThere: none such, or not one a visitor looks up.
    """
    found = queries.public_units(office).filter(code=code).first()
    if found is None:
        raise NotThere(_("没有这家单位，或它不对外公开。请回到首页再找。"))
    return found


@kept(SECONDS)
def unit_page(request: HttpRequest, unit: str) -> HttpResponse:
    """Who they are, how to reach them, what is on there and below."""
    office = office_or_word(request)
    found = _unit(office, unit)
    ahead = queries.under(site.sessions_ahead(office, clock.now()), found)
    county = queries.above_in(found, queries.counties_by_path(office))
    context = {
        "unit": found,
        "county": area_name(county) if county else "",
        "days": programme(list(ahead[: site.PAGE])),
        "done": _done(queries.done_activities(office, unit=found)),
        "stations": of_unit(found),
        "phone": found.duty_phone or office.phone,
        "own_phone": bool(found.duty_phone),
        "ics_url": reverse("portal:unit_ics", kwargs={"unit": found.code}),
        "crumbs": _crumbs(county if county != found else None),
        "now": clock.now(),
        **frame(request, office),
    }
    return render(request, "portal/unit.html", context)


def _crumbs(county: Unit | None) -> list[dict[str, str]]:
    home = [{"url": reverse("portal:home"), "label": _("活动")}]
    if county is None:
        return home
    return [*home, {"url": reverse("portal:unit", kwargs={"unit": county.code}), "label": area_name(county)}]


def _done(rows: list[Activity]) -> list[dict[str, Any]]:
    return [
        {
            "title": row.title,
            "url": reverse("activities:public", kwargs={"activity": row.code}),
            "day": row.held_at,
            "who": row.unit.short_name,
        }
        for row in rows
    ]


@kept(60)
def unit_ics(request: HttpRequest, unit: str) -> HttpResponse:
    """What a unit and those below it hold, for one's own calendar."""
    office = office_or_word(request)
    found = _unit(office, unit)
    rows = queries.for_feed(queries.under(site.sessions_ahead(office, clock.now()), found))
    return ics_of(request, rows, _("%(who)s的活动") % {"who": found.short_name})


@kept(SECONDS)
def campaign_page(request: HttpRequest, campaign: str) -> HttpResponse:
    """A campaign by its theme: what is on and what has been held under it."""
    office = office_or_word(request)
    found = queries.themes(office).filter(code=campaign).first()
    if found is None:
        raise NotThere(_("没有这个系列活动。请回到首页再找。"))
    ahead = site.sessions_ahead(office, clock.now()).filter(activity__campaign=found)
    context = {
        "campaign": found,
        "office": office,
        "days": programme(list(ahead[: site.PAGE])),
        "total": ahead.count(),
        "done": _done(queries.done_activities(office, campaign=found)),
        "crumbs": [{"url": reverse("portal:home"), "label": _("活动")}],
        "now": clock.now(),
        **frame(request, office),
    }
    return render(request, "portal/campaign.html", context)


@kept(SECONDS)
def series_page(request: HttpRequest, series: str) -> HttpResponse:
    """A series by its name: what is on next and what has been held."""
    office = office_or_word(request)
    found = queries.public_series(office).filter(code=series).first()
    if found is None:
        raise NotThere(_("没有这个系列活动。请回到首页再找。"))
    ahead = site.sessions_ahead(office, clock.now()).filter(activity__series=found)
    context = {
        "series": found,
        "days": programme(list(ahead[: site.PAGE])),
        "total": ahead.count(),
        "done": _done(queries.done_activities(office, series=found)),
        "crumbs": [
            *_crumbs(None),
            {"url": reverse("portal:unit", kwargs={"unit": found.unit.code}), "label": found.unit.short_name},
        ],
        "now": clock.now(),
        **frame(request, office),
    }
    return render(request, "portal/series.html", context)


@kept(SECONDS, ("q",))
def search(request: HttpRequest) -> HttpResponse:
    """Words, pinyin or initials lead to what is on, to standing places and to units."""
    office = office_or_word(request)
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.search(office, words, site.sessions_ahead(office, clock.now())) if words else None
    context = {
        "words": words,
        "days": programme(found.sessions) if found else [],
        "units": [
            {"name": unit.name, "url": reverse("portal:unit", kwargs={"unit": unit.code})} for unit in found.units
        ]
        if found
        else [],
        "stations": found.stations if found else [],
        "nothing": found is not None and not (found.sessions or found.units or found.stations),
        "now": clock.now(),
        **frame(request, office),
    }
    return render(request, "portal/search.html", context)
