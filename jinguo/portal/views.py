"""The public home: what is on, when and where; and how personal data are used."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.models import Session
from jinguo.activities.models.activity import Audience, Kind
from jinguo.activities.pagecache import kept
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name, site_frame
from jinguo.federation.models import Office
from jinguo.lib import clock
from jinguo.portal.queries import newest_theme

SECONDS = 5
PARAMETERS = ("area", "kind", "audience", "when", "walk_in", "page")


@kept(SECONDS, PARAMETERS)
def home(request: HttpRequest) -> HttpResponse:
    """Activities by day, for the county, the kind and the people asked for."""
    office = site.site_office(request.get_host().rsplit(":", 1)[0])
    if office is None:
        return render(request, "portal/no_office.html", site_frame(None))
    now, wish = clock.now(), _wish(request)
    ahead = site.sessions_ahead(office, now)
    rows, more = site.one_page(site.wished(ahead, wish, now), wish.page)
    areas = site.site_areas(office)
    context = {
        "office": office,
        "theme": newest_theme(office),
        "days": _programme(rows),
        "total": ahead.count(),
        "wish": wish,
        "wishes": wish != site.Wish(page=wish.page),
        "areas": [(area.code, area_name(area)) for area in areas],
        "kinds": Kind.choices,
        "audiences": [choice for choice in Audience.choices if choice[0] != Audience.EVERYONE],
        "chips": _chips(request, wish),
        "chips_label": _("按时间"),
        "pager": _pager(request, wish, len(rows), more),
        "now": now,
        **site_frame(office),
    }
    return render(request, "portal/home.html", context)


def _wish(request: HttpRequest) -> site.Wish:
    """What is asked for; a word nobody offers asks for everything."""
    asked = request.GET
    page = asked.get("page", "1")
    return site.Wish(
        area=asked.get("area", "")[:12],
        kind=asked["kind"] if asked.get("kind") in Kind.values else "",
        audience=asked["audience"] if asked.get("audience") in Audience.values else "",
        when=asked["when"] if asked.get("when") in site.WHEN else "",
        walk_in=bool(asked.get("walk_in")),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
    )


def _programme(rows: list[Session]) -> list[dict[str, Any]]:
    """The sessions as the programme component draws them."""
    today = clock.today()
    return [
        {"day": day.day, "entries": [_entry(session) for session in day.sessions]} for day in site.by_day(rows, today)
    ]


def _entry(session: Session) -> dict[str, Any]:
    activity = session.activity
    pool = None if session.walk_in else next(iter(session.pools.all()), None)
    where = area_name(activity.area) if activity.area else (_("线上") if activity.venue == "website" else "")
    return {
        "start": session.starts_at,
        "end": session.ends_at,
        "title": activity.title,
        "url": reverse("activities:public", kwargs={"activity": activity.code}),
        "place": f"{where} · {activity.place}"
        if where and not activity.place.startswith(where)
        else activity.place or where,
        "kind": activity.get_kind_display(),
        "free": pool.free if pool and not pool.waiting else 0,
        "total": pool.capacity if pool else None,
        "waitlist": bool(pool and pool.waiting < pool.waiting_cap),
    }


def _address(request: HttpRequest, **changed: str) -> str:
    """This page with other wishes; from its first page."""
    asked = request.GET.copy()
    for name in [*changed, "page", *(name for name in asked if name not in PARAMETERS)]:
        asked.pop(name, None)
    asked.update({name: value for name, value in changed.items() if value})
    return f"?{asked.urlencode()}" if asked else reverse("portal:home")


def _chips(request: HttpRequest, wish: site.Wish) -> list[dict[str, Any]]:
    whens = [("", _("全部")), ("today", _("今天")), ("weekend", _("周末")), ("next_week", _("下周"))]
    chips = [
        {
            "label": label,
            "url": _address(request, when=value, walk_in=""),
            "current": value == wish.when and not (value == "" and wish.walk_in),
        }
        for value, label in whens
    ]
    walk_in = _address(request, walk_in="" if wish.walk_in else "1")
    return [*chips, {"label": _("直接来"), "url": walk_in, "current": wish.walk_in}]


def _pager(request: HttpRequest, wish: site.Wish, shown: int, more: bool) -> dict[str, str]:
    before = _address(request, page=str(wish.page - 1)) if wish.page > 1 else ""
    after = _address(request, page=str(wish.page + 1)) if more else ""
    text = _("这一页 %(n)s 场") % {"n": shown} if before or after else ""
    return {"text": text, "previous_url": before, "next_url": after, "next_label": _("再往后看")}


def privacy(request: HttpRequest) -> HttpResponse:
    """Who uses which personal data, for what, how long, and what one may ask (个人信息保护法 17)."""
    office: Office | None = site.site_office(request.get_host().rsplit(":", 1)[0])
    return render(request, "portal/privacy.html", {"office": office, **site_frame(office)})
