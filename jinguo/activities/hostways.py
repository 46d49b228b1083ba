"""The host's page has three doors: its own link, the link of the unit above, and the desk. Addresses and frame by each."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.ways import crumbs_of
from jinguo.federation.models import Unit
from jinguo.federation.models.link import Purpose
from jinguo.federation.queries import office_of
from jinguo.lib import clock


def host_way(request: HttpRequest, name: str, **codes: str) -> str:
    """The address of one of the host's pages, by the door this request came through."""
    link = getattr(request, "link", None)
    if link is None:
        return reverse(f"activities:host_{name}", kwargs=codes)
    lead = "own" if link.purpose == Purpose.HOST else "link"
    return reverse(f"activities:{lead}_host_{name}", kwargs={"link": link.secret, **codes})


def host_frame(request: HttpRequest, unit: Unit | None = None, *trail: tuple[str, str]) -> dict[str, Any]:
    """The base template and what it shows around the page.

    Args:
        unit: whose page it is; None: the list of them.
        trail: (words, address) of the pages above this one, below the unit's own page.
    """
    link = getattr(request, "link", None)
    above = [] if unit is None else [(_("村和妇女之家"), host_way(request, "start"))]
    if unit is not None and trail:
        above += [(unit.short_name, host_way(request, "page", village=unit.code)), *trail[:-1]]
    if link is None:
        return {
            "base": "ui/workspace.html", "crumbs": crumbs_of(above), "back_url": above[-1][1] if above else "", "village": unit,
        }  # fmt: skip
    office = office_of(link.unit)
    if link.purpose == Purpose.UNIT:
        above = [(_("通知"), reverse("workspace:link", kwargs={"link": link.secret})), *above]
    elif unit is not None and unit.pk == link.unit.pk:
        above = above[1:]  # her own page is the first there is
    return {
        "base": "ui/link.html",
        "crumbs": crumbs_of(above),
        "back_url": above[-1][1] if above else "",
        "brand": {"name": office.unit.name if office else link.unit.name, "tagline": link.unit.short_name},
        "contact_phone": office.phone if office else "",
        "village": unit,
    }


def month_asked(request: HttpRequest) -> date:
    """The month in the address, as its first day; this month where none, or none that there is, is named."""
    today = clock.today()
    year, _dash, month = request.GET.get("month", "").partition("-")
    if len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdigit():
        named = int(year) * 12 + int(month) - 1
        if 1 <= int(month) <= 12 and abs(named - (today.year * 12 + today.month - 1)) <= 120:
            return date(int(year), int(month), 1)
    return today.replace(day=1)
