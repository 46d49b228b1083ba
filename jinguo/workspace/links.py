"""Addresses of other rooms' pages, in one place: what the desk, the board and a unit's page lead to."""

from urllib.parse import urlencode

from django.urls import reverse

from jinguo.federation.models import Link


def _way(link: Link | None, room: str) -> str:
    """The start of an address of this room: behind the unit's link, or at the desk."""
    return f"/l/{link.secret}/{room}/" if link is not None else f"/desk/{room}/"


def new_activity(link: Link | None, clause_code: str = "") -> str:
    """Where a unit makes an activity, from a clause when one is named."""
    query = f"?{urlencode({'clause': clause_code})}" if clause_code else ""
    return f"{_way(link, 'activities')}new/{query}"


def activities(link: Link | None) -> str:
    """The unit's activities."""
    return _way(link, "activities")


def reports(link: Link | None) -> str:
    """The unit's returns."""
    return _way(link, "reports")


NOTICES, ACTIVITIES, REPORTS, SUMMARIES = "/desk/notices/", "/desk/activities/", "/desk/reports/", "/desk/summaries/"


def coverage(campaign_code: str) -> str:
    """Clause × unit of a campaign."""
    return f"/desk/campaigns/{campaign_code}/coverage/"


def notice(code: str) -> str:
    """A notice's own page."""
    return f"{NOTICES}{code}/"


def campaign(code: str) -> str:
    """Where a campaign's units are chosen and it is issued."""
    return f"/desk/campaigns/{code}/"


def of_thing(kind: str, code: str) -> str:
    """The page of a thing that was found."""
    pages = {"notice": notice, "campaign": lambda code: reverse("workspace:board", args=[code])}
    pages["unit"] = lambda code: reverse("federation:unit", args=[code])
    pages["activity"] = lambda code: f"{ACTIVITIES}{code}/"
    return pages[kind](code)
