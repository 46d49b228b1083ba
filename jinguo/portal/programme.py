"""Sessions as the programme component draws them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.models import Session
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name
from jinguo.lib import clock


def programme(rows: list[Session]) -> list[dict[str, Any]]:
    """The sessions under their days."""
    today = clock.today()
    return [{"day": day.day, "entries": [entry(row) for row in day.sessions]} for day in site.by_day(rows, today)]


def entry(session: Session) -> dict[str, Any]:
    """One session: when, where, how many seats are left."""
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
        "kind": activity.kind_name,
        "free": pool.free if pool and not pool.waiting else 0,
        "total": pool.capacity if pool else None,
        "waitlist": bool(pool and pool.waiting < pool.waiting_cap),
    }
