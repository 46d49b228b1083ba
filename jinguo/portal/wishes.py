"""What a visitor asks for, as the address says it: one reading of the parameters for the list, the calendar and the feeds."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.models.activity import Audience
from jinguo.activities.models.kinds import Kind
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name, site_frame
from jinguo.federation.models import Office
from jinguo.lib import clock

FILTERS = ("area", "kind", "audience")
PARAMETERS = (*FILTERS, "when", "walk_in", "page")


def wish_of(request: HttpRequest) -> site.Wish:
    """What is asked for; a word nobody offers asks for everything."""
    asked = request.GET
    page = asked.get("page", "1")
    return site.Wish(
        area=asked.get("area", "")[:12],
        kind=asked["kind"] if asked.get("kind") in Kind.values else "",
        audience=asked["audience"] if asked.get("audience") in Audience.values else "",
        when=when if (when := asked.get("when", "")) in site.WHEN or clock.named_day(when) else "",
        walk_in=bool(asked.get("walk_in")),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
    )


def address(request: HttpRequest, name: str = "portal:home", **changed: str) -> str:
    """A page of this site with the wishes of this one, some of them changed; from its first page."""
    allowed = PARAMETERS if name == "portal:home" else FILTERS
    asked = request.GET.copy()
    for parameter in [*changed, "page", *(each for each in asked if each not in allowed)]:
        asked.pop(parameter, None)
    asked.update({parameter: value for parameter, value in changed.items() if value})
    return f"{reverse(name)}?{asked.urlencode()}" if asked else reverse(name)


def choices(office: Office) -> dict[str, Iterable[Any]]:
    """What the filter form offers."""
    return {
        "areas": [(area.code, area_name(area)) for area in site.site_areas(office)],
        "kinds": Kind.choices,
        "audiences": [choice for choice in Audience.choices if choice[0] != Audience.EVERYONE],
    }


def frame(request: HttpRequest, office: Office | None) -> dict[str, Any]:
    """What the public site shows around the pages of this room."""
    items = [
        ("home", "portal:home", _("活动")),
        ("calendar", "portal:calendar", _("日历")),
        ("heart", "portal:stations", _("服务点")),
        ("search", "portal:search", _("找一找")),
    ]
    here = request.path
    nav = [
        {"icon": icon, "url": reverse(name), "label": label, "current": here == reverse(name)}
        for icon, name, label in items
    ]
    return {"site_nav": nav if office else [], **site_frame(office)}
