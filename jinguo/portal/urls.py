"""The addresses of the public site that belong to no single room."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, include, path
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities.pagecache import kept
from jinguo.federation.gate import door
from jinguo.federation.policy import VISITOR
from jinguo.portal.api import Wanted, api
from jinguo.portal.views import calendar, counties, home, pages, stations

app_name = "portal"
READING = ("GET", "HEAD")
seen = door("portal.view", to=VISITOR)


def for_other_sites(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An answer of the API: kept for some seconds, and any site's script may read it, for it says nothing but public things."""

    @kept(home.SECONDS, tuple(Wanted.model_fields))
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    # Nothing is written here, so there is no form to forge; any other method is told which ones there are.
    @csrf_exempt
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        response = answer(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return seen(open_to_all)


def api_patterns() -> list[URLPattern]:
    """The API's own addresses, each behind the visitor's door."""
    patterns, _app, _namespace = api.urls
    return [path(str(each.pattern), for_other_sites(each.callback), name=each.name) for each in patterns]


urlpatterns = [
    path("", seen(home.home), name="home"),
    path("calendar/", seen(calendar.calendar), name="calendar"),
    path("counties/", seen(counties.counties), name="counties"),
    path("activities.ics", seen(calendar.ics), name="ics"),
    path("activities.xml", seen(calendar.rss), name="rss"),
    path("search/", seen(pages.search), name="search"),
    path("stations/", seen(stations.stations), name="stations"),
    path("homes/", seen(stations.homes), name="homes"),
    path("u/<str:unit>/", seen(pages.unit_page), name="unit"),
    path("u/<str:unit>/activities.ics", seen(pages.unit_ics), name="unit_ics"),
    path("series/<str:series>/", seen(pages.series_page), name="series"),
    path("themes/<str:campaign>/", seen(pages.campaign_page), name="campaign"),
    path("api/v1/", include((api_patterns(), "ninja"), namespace="api-1")),
    path("privacy/", seen(home.privacy), name="privacy"),
]
