"""Standing places: women's homes, rights centres, singles' stations, by kind and county."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.pagecache import kept
from jinguo.activities.ways import area_name
from jinguo.federation.models import Office, Unit
from jinguo.lib import clock
from jinguo.portal import queries
from jinguo.portal.views.home import SECONDS, office_or_word
from jinguo.portal.wishes import choices, frame
from jinguo.stations.hours import week_lines
from jinguo.stations.models import Station, StationKind
from jinguo.stations.queries import homes_without_a_page, on_site
from jinguo.stations.timetable import Timetable

Row = dict[str, Any]


@kept(SECONDS, ("kind", "area"))
def stations(request: HttpRequest) -> HttpResponse:
    """County by county; a women's home of which nobody has written more than its name is listed too."""
    office = office_or_word(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in StationKind.values else ""
    area = request.GET.get("area", "")[:12]
    counties = queries.counties_by_path(office)
    groups: dict[str, list[Row]] = {}
    for unit, row in _rows(office, kind, area):
        county = counties.get(unit.path) or queries.above_in(unit, counties)
        groups.setdefault(area_name(county) if county else _("全市"), []).append(row)
    context = {
        "groups": groups.items(),
        "kind": kind,
        "area": area,
        "chips": _chips(kind, area),
        "chips_label": _("按种类"),
        "now": clock.now(),
        "areas": choices(office)["areas"],
        **frame(request, office),
    }
    return render(request, "portal/stations.html", context)


def _rows(office: Office, kind: str, area: str) -> list[tuple[Unit, Row]]:
    found = [(place.unit, _row(place)) for place in on_site(office, kind=kind, area=area)]
    if kind in ("", StationKind.HOME):
        bare = queries.homes(office, area)
        found += [(home, _bare(home)) for home in homes_without_a_page(bare)]
    return found


def _row(place: Station) -> Row:
    lines = week_lines(Timetable.weeks(place)[0])
    return {
        "name": place.name,
        "url": reverse("stations:public", kwargs={"station": place.code}),
        "kind": place.get_kind_display(),
        "address": place.address,
        "hours": lines[0] if len(lines) == 1 else None,
        "books": bool(place.slot_minutes),
    }


def _bare(home: Unit) -> Row:
    return {
        "name": home.name,
        "url": reverse("portal:unit", kwargs={"unit": home.code}),
        "kind": str(StationKind.HOME.label),
        "next_at": home.next_at,
        "phone": home.duty_phone,
    }


def _chips(kind: str, area: str) -> list[Row]:
    lead = f"&area={area}" if area else ""
    return [
        {"label": label, "url": f"?kind={value}{lead}", "current": value == kind}
        for value, label in [("", _("全部")), *StationKind.choices]
    ]


def homes(request: HttpRequest) -> HttpResponse:
    """Where the women's homes stood before there were other places: old addresses lead on."""
    area = request.GET.get("area", "")[:12]
    tail = f"&area={area}" if area.isalnum() else ""
    return HttpResponseRedirect(f"{reverse('portal:stations')}?kind={StationKind.HOME}{tail}", status=301)
