"""One view, two doors: the addresses and the frame of a page for signed-in staff and for the holder of a unit's link."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.models import Activity
from jinguo.federation.models import Office, Unit
from jinguo.federation.queries import office_of

LABEL = 12  # characters of a title that a crumb shows
THROUGH_LINK = {"create": "create_from_link"}


def way(request: HttpRequest, name: str, **codes: str) -> str:
    """The address of one of this room's pages, by the door this request came through."""
    link = getattr(request, "link", None)
    if link is None:
        return reverse(f"activities:{name}", kwargs=codes)
    return reverse(f"activities:{THROUGH_LINK.get(name, f'link_{name}')}", kwargs={"link": link.secret, **codes})


def frame(request: HttpRequest, *trail: tuple[str, str], top: bool = False) -> dict[str, Any]:
    """The base template and what it shows around the page.

    Args:
        trail: (words, address) of the pages above this one, below the list of activities; the last is where back leads.
        top: this page is the list of activities itself.
    """
    link = getattr(request, "link", None)
    above = [] if top else [(_("活动"), way(request, "list")), *trail]
    if link is None:
        back = above[-1][1] if above else ""
        return {"base": "ui/workspace.html", "through_link": False, "crumbs": crumbs_of(above), "back_url": back}
    office = office_of(link.unit)
    above = [(_("通知"), reverse("workspace:link", kwargs={"link": link.secret})), *above]
    return {
        "base": "ui/link.html",
        "through_link": True,
        "crumbs": crumbs_of(above),
        "back_url": above[-1][1],
        "brand": {
            "name": office.unit.name if office else link.unit.name,
            "tagline": _("%(unit)s的活动") % {"unit": link.unit.short_name},
        },
        "contact_phone": office.phone if office else "",
    }


def crumbs_of(trail: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Pages above, as the crumbs' template wants them."""
    return [{"label": label if len(label) <= LABEL else f"{label[:LABEL]}…", "url": url} for label, url in trail]


def site_frame(office: Office | None) -> dict[str, Any]:
    """What the public site shows around its pages."""
    return {
        "brand": {"name": (office.brand if office else "") or _("巾帼"), "tagline": office.unit.name if office else ""},
        "home_url": reverse("portal:home"),
        "foot_links": [{"url": reverse("portal:privacy"), "label": _("个人信息怎么用")}],
    }


def public_address(request: HttpRequest, activity: Activity) -> str:
    """The whole address of an activity's public page, as it is handed on."""
    return public_of(request, "activities:public", activity=activity.code)


def public_of(request: HttpRequest, name: str, **codes: str) -> str:
    """The whole address of a public page, as it is handed on."""
    return request.build_absolute_uri(reverse(name, kwargs=codes))


def area_name(area: Unit) -> str:
    """A county by its own name: 平定县 of 平定县妇联."""
    return str(area).removesuffix("妇女联合会").removesuffix("妇联")
