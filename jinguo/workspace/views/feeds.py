"""订阅日历: a unit's due dates and activities in her own calendar, by a secret address that can be replaced.

Whoever has the address reads titles and dates, so it says nothing that is not the unit's own, and sensitive activities say
nothing of themselves.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jinguo.activities.calendars import entry_for
from jinguo.activities.ics import CalendarEntry, calendar_feed
from jinguo.campaigns.actions import feeds as actions
from jinguo.campaigns.models import Feed, Obligation
from jinguo.campaigns.rules.obligations import may_have_feed
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link, Unit
from jinguo.federation.queries import units_seen
from jinguo.lib import clock
from jinguo.lib.errors import Gone
from jinguo.lib.rulings import require
from jinguo.workspace import links, queries

LANGUAGE = "zh-hans"  # a calendar program asks without a reader's language
BEFORE = timedelta(hours=1)  # a due date is drawn as its last hour


@require_safe
def feed(request: HttpRequest, feed: str) -> HttpResponse:
    """The calendar itself. A program fetches it again and again; it changes nothing."""
    found = queries.feed_of(feed)
    if found is None:
        raise Gone(_("这个日历地址已经停用。请回到本单位的页面重新订阅。"))
    with translation.override(LANGUAGE):
        data = calendar_feed(_("%(unit)s要办的事") % {"unit": found.unit}, _entries(found, request.get_host()))
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=900"
    return answer


def _entries(found: Feed, host: str) -> list[CalendarEntry]:
    now = clock.now()
    copies = [
        _due(f"sign-{copy.code}@{host}", _("签收：%(title)s") % {"title": copy.campaign.title}, copy.campaign.sign_due_at,
             copy.campaign.issued_at or now)
        for copy in queries.feed_copies(found.unit, now)
    ]  # fmt: skip
    duties = [
        _due(f"report-{row.code}@{host}", _("报送：%(title)s") % {"title": row.ask.title}, row.due_now,
             row.ask.campaign.issued_at or now, text=row.ask.campaign.title, sequence=_moved(row))
        for row in queries.feed_duties(found.unit, now)
    ]  # fmt: skip
    return [*copies, *duties, *(entry_for(row, url="", host=host) for row in queries.feed_sessions(found.unit, now))]


def _moved(row: Obligation) -> int:
    """How often the date moved, as calendar programs count it: later and later is more and more, also the second time."""
    later = (row.extended_to or row.due_at) - row.due_at
    return later.days * 24 + later.seconds // 3600


def _due(uid: str, title: str, due: Any, made: datetime, text: str = "", sequence: int = 0) -> CalendarEntry:
    return CalendarEntry(
        uid=uid, title=title, starts_at=due - BEFORE, ends_at=due, made_at=made, text=text, sequence=sequence,
        free=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest, link: Link | None = None, unit: str = "") -> HttpResponse:
    """The address to subscribe to; made, replaced and ended by the unit itself."""
    actor = actor_of(request)
    mine: Unit = link.unit if link is not None else get_object_or_404(units_seen(actor), code=unit)
    require(may_have_feed(mine, actor))
    if request.method == "POST":
        if "open" not in request.POST:
            actions.close_feed(mine, by=actor)
        if "close" not in request.POST:
            actions.open_feed(mine, by=actor)
        messages.success(request, _("好了。") if "close" not in request.POST else _("停了，原来的地址不再更新。"))
        return redirect(request.path)
    live = mine.feeds.filter(revoked_at=None).first()
    address = settings.URL + reverse("workspace:feed", args=[live.secret]) if live else ""
    context = {
        "base": "ui/link.html" if link else "ui/workspace.html",
        "unit": mine,
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "list_url": links.duties(link),
    }
    return render(request, "workspace/calendar.html", context)
