"""One page for each unit, each campaign and series; and looking for words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.models import Activity
from jinguo.activities.models.kinds import Kind
from jinguo.activities.pagecache import kept
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name
from jinguo.federation.models import Office, Unit
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.lib.pleas import is_about_help
from jinguo.portal import queries
from jinguo.portal.programme import programme
from jinguo.portal.views.calendar import ics_of
from jinguo.portal.views.home import SECONDS, office_or_word
from jinguo.portal.wishes import frame
from jinguo.stations.models import StationKind
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
    rows = queries.for_calendar(queries.under(site.sessions_ahead(office, clock.now()), found))
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
    """Words, pinyin or initials lead to what is on, to series and themes, to standing places and to units."""
    office = office_or_word(request)
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.search(office, words, site.sessions_ahead(office, clock.now())) if words else None
    context = {
        "words": words,
        "days": programme(found.sessions) if found else [],
        "groups": _groups(found) if found else [],
        "nothing": found is not None and not found,
        "helps": is_about_help(words),
        "rights_url": f"{reverse('portal:home')}?kind={Kind.RIGHTS}",
        "centres_url": f"{reverse('portal:stations')}?kind={StationKind.RIGHTS}",
        "now": clock.now(),
        **frame(request, office),
    }
    return render(request, "portal/search.html", context)


def _groups(found: queries.Found) -> list[dict[str, Any]]:
    """What was found beside sessions, under its headings; each with what tells it from another of its name."""
    series = [
        (row.theme, reverse("portal:campaign", kwargs={"campaign": row.code}), row.office.unit.short_name)
        for row in found.themes
    ]
    series += [
        (row.name, reverse("portal:series", kwargs={"series": row.code}), row.unit.short_name) for row in found.series
    ]
    places = [
        (row.name, reverse("stations:public", kwargs={"station": row.code}), row.get_kind_display())
        for row in found.stations
    ]
    units = [(row.name, reverse("portal:unit", kwargs={"unit": row.code}), "") for row in found.units]
    groups = [("series", _("系列活动"), series), ("places", _("服务点"), places), ("units", _("单位"), units)]
    return [{"id": name, "heading": heading, "rows": rows} for name, heading, rows in groups if rows]
