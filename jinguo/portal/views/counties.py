"""The counties as a schematic: how much is on in each, and where help stands. No outline, no distance, no outside map."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinguo.activities.pagecache import kept
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name
from jinguo.federation.models import Office
from jinguo.federation.queries.map import Cell, arrange, arranged_by, trimmed
from jinguo.lib import clock
from jinguo.portal import queries
from jinguo.portal.views.home import SECONDS, office_or_word
from jinguo.portal.wishes import FILTERS, address, choices, frame, wish_of
from jinguo.ui.charts import MapTile

WIDEST = 4  # tiles in a row an office may arrange them in here
ACROSS = 3  # tiles in a row: their words stay legible on the narrowest phone


@kept(SECONDS, FILTERS)
def counties(request: HttpRequest) -> HttpResponse:
    """Each county with how many sessions are ahead, and what is online; a tile opens its list."""
    office, wish, now = office_or_word(request), wish_of(request), clock.now()
    ahead = site.wished(site.sessions_ahead(office, now), site.everywhere(wish), now)
    places = queries.by_county(ahead, site.site_areas(office), office)
    rows: list[dict[str, Any]] = [
        {
            "name": area_name(place.unit) if place.unit else _("线上"),
            "url": address(request, area=place.unit.code if place.unit else site.ONLINE),
            "count": place.count,
            "next_at": place.next_at,
            "stations": place.stations,
        }
        for place in places
    ]
    most = max((row["count"] for row in rows), default=0)
    context = {
        "tiles": [_tile(cell, row, most) for cell, row in zip(_cells(places, office), rows, strict=True)],
        "rows": rows,
        "total": ahead.count(),
        "wish": wish,
        "now": now,
        **choices(office),
        "areas": [],
        **frame(request, office),
        "filters_url": request.path,
    }
    return render(request, "portal/counties.html", context)


def _cells(places: list[queries.Place], office: Office) -> list[Cell]:
    """Where each stands: as the office arranged its counties, unless that is too wide for a phone; what is online below."""
    codes, arranged = [place.unit.code for place in places if place.unit], arranged_by(office)
    chosen = trimmed(arrange(codes, arranged))
    if not arranged or max((column for column, _row in chosen.values()), default=0) >= WIDEST:
        return [(nth % ACROSS, nth // ACROSS) for nth in range(len(places))]
    below = max((row + 1 for _column, row in chosen.values()), default=0)
    return [chosen[place.unit.code] if place.unit else (0, below) for place in places]


def _tile(cell: Cell, row: dict[str, Any], most: int) -> MapTile:
    count = row["count"]
    heat = -(-4 * count // most) if most else 0
    spoken = _("%(place)s，接下来 %(n)s 场") % {"place": row["name"], "n": count}
    figure = ngettext("%(n)s 场", "%(n)s 场", count) % {"n": count}
    return MapTile(*cell, row["name"], figure, heat, row["url"], spoken)
