"""The public home: what is on, when and where; and how personal data are used."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jinguo.activities.models import Session
from jinguo.activities.pagecache import kept
from jinguo.activities.queries import site
from jinguo.federation.models import Office
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.portal.programme import programme
from jinguo.portal.queries import newest_theme
from jinguo.portal.wishes import PARAMETERS, address, choices, frame, wish_of
from jinguo.ui.dates import day_text

SECONDS = 5
NEAREST = 3


def office_of_site(request: HttpRequest) -> Office | None:
    """Whose public site this host name is."""
    return site.site_office(request.get_host().rsplit(":", 1)[0])


def office_or_word(request: HttpRequest) -> Office:
    """The site's office.

    Raises:
        NotThere: nothing is set up yet.
    """
    office = office_of_site(request)
    if office is None:
        raise NotThere(_("这里还没有开设妇联的网站。"))
    return office


@kept(SECONDS, PARAMETERS)
def home(request: HttpRequest) -> HttpResponse:
    """Activities by day, for the county, the kind and the people asked for."""
    office = office_of_site(request)
    if office is None:
        return render(request, "portal/no_office.html", frame(request, None))
    now, wish = clock.now(), wish_of(request)
    ahead = site.wished(site.sessions_ahead(office, now), wish, now)
    rows, more = site.one_page(ahead, wish.page)
    context = {
        "office": office,
        "theme": newest_theme(office),
        "days": programme(rows),
        "nearest": [] if rows else programme(_nearest(office, wish, now)),
        "total": ahead.count(),
        "wish": wish,
        "wishes": wish != site.Wish(page=wish.page),
        "chips": _chips(request, wish),
        "chips_label": _("按时间"),
        "pager": _pager(request, wish, len(rows), more),
        "calendar_url": address(request, "portal:calendar"),
        "counties_url": address(request, "portal:counties"),
        "ics_url": address(request, "portal:ics"),
        "rss_url": address(request, "portal:rss"),
        "now": now,
        **choices(office),
        **frame(request, office),
    }
    return render(request, "portal/home.html", context)


def _nearest(office: Office, wish: site.Wish, now: datetime) -> list[Session]:
    """Where nothing fits: the next few of what she asked for on other days, or of anything."""
    ahead = site.sessions_ahead(office, now)
    asked = site.wished(ahead, replace(wish, when="", walk_in=False, page=1), now)
    return list(asked[:NEAREST]) or list(ahead[:NEAREST])


def _chips(request: HttpRequest, wish: site.Wish) -> list[dict[str, Any]]:
    whens = [("", _("全部")), ("today", _("今天")), ("weekend", _("周末")), ("next_week", _("下周"))]
    if day := clock.named_day(wish.when):
        whens.append((wish.when, day_text(day, clock.now())))
    chips = [
        {
            "label": label,
            "url": address(request, when=value, walk_in=""),
            "current": value == wish.when and not (value == "" and wish.walk_in),
        }
        for value, label in whens
    ]
    walk_in = address(request, walk_in="" if wish.walk_in else "1")
    return [*chips, {"label": _("直接来"), "url": walk_in, "current": wish.walk_in}]


def _pager(request: HttpRequest, wish: site.Wish, shown: int, more: bool) -> dict[str, str]:
    before = address(request, page=str(wish.page - 1)) if wish.page > 1 else ""
    after = address(request, page=str(wish.page + 1)) if more else ""
    text = _("这一页 %(n)s 场") % {"n": shown} if before or after else ""
    return {"text": text, "previous_url": before, "next_url": after, "next_label": _("再往后看")}


def privacy(request: HttpRequest) -> HttpResponse:
    """Who uses which personal data, for what, how long, and what one may ask (个人信息保护法 17)."""
    office = office_of_site(request)
    return render(request, "portal/privacy.html", {"office": office, **frame(request, office)})
