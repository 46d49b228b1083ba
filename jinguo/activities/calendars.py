"""A session as a calendar entry; for kinds that would shame, an entry that says nothing of what and where it is."""

from django.utils.translation import gettext as _

from jinguo.activities.ics import CalendarEntry
from jinguo.activities.models import SeatPool, Session
from jinguo.activities.models.activity import ActivityState


def entry_for(session: Session, *, url: str, host: str, pool: SeatPool | None = None, home: str = "") -> CalendarEntry:
    """The entry of a session read with its activity.

    Args:
        pool: of the guest whose calendar it is for: a slot has its own time.
        home: the address of the home it is held in, for a confirmed guest only.
    """
    activity = session.activity
    neutral = activity.is_sensitive
    place = "" if neutral else " ".join(part for part in (activity.place, activity.address, home) if part)
    return CalendarEntry(
        uid=f"{pool.code if pool and pool.slot_from else session.code}@{host}",
        title=_("已约好的事") if neutral else activity.title,
        starts_at=pool.slot_from if pool and pool.slot_from else session.starts_at,
        ends_at=pool.slot_until if pool and pool.slot_until else session.ends_at,
        made_at=activity.published_at or activity.created_at,
        place=place,
        text=_("地点和要带的，见您自己的那一页。") if neutral else activity.summary,
        url="" if neutral else url,
        cancelled=activity.state == ActivityState.CANCELLED or session.called_off_at is not None,
    )
