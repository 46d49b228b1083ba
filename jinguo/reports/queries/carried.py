"""A filled sheet as plain values and back: where it waits outside its version, sealed or in a form between two presses."""

from datetime import date
from typing import Any

from jinguo.activities.models import Photo
from jinguo.campaigns.models import Campaign, Clause
from jinguo.reports.sheet import Sheet

_DAYS = ("held_on", "ended_on")


def carried(sheet: Sheet) -> dict[str, Any]:
    """All of it, fit for JSON: clauses and photos by their codes."""
    return {
        "values": {name: value.isoformat() if isinstance(value, date) else value for name, value in sheet.values.items()},
        "clauses": [clause.code for clause in sheet.clauses],
        "photos": [photo.code for photo in sheet.photos],
        "sources": sheet.sources,
        "doubts": sheet.doubts,
    }  # fmt: skip


def sheet_carried(said: dict[str, Any], campaign: Campaign) -> Sheet:
    """The sheet again; what has gone meanwhile is missing."""
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS and value else value for name, value in said["values"].items()
    }
    clauses = list(Clause.objects.filter(campaign=campaign, code__in=said["clauses"]).order_by("position"))
    photos = list(Photo.objects.standing().filter(code__in=said["photos"]))
    return Sheet(values, clauses, photos, said["sources"], said["doubts"])
