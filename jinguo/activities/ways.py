"""One view, two doors: the addresses and the frame of a page for signed-in staff and for the holder of a unit's link."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities.models import Activity
from jinguo.federation.models import Office, Unit
from jinguo.federation.queries import office_of

THROUGH_LINK = {"create": "create_from_link"}


def way(request: HttpRequest, name: str, **codes: str) -> str:
    """The address of one of this room's pages, by the door this request came through."""
    link = getattr(request, "link", None)
    if link is None:
        return reverse(f"activities:{name}", kwargs=codes)
    return reverse(f"activities:{THROUGH_LINK.get(name, f'link_{name}')}", kwargs={"link": link.secret, **codes})


def frame(request: HttpRequest, *, unit: Unit | None = None) -> dict[str, Any]:
    """The base template and what it shows around the page."""
    link = getattr(request, "link", None)
    if link is None:
        return {"base": "ui/workspace.html", "through_link": False}
    office = office_of(unit or link.unit)
    name = office.unit.name if office else link.unit.name
    return {
        "base": "ui/link.html",
        "through_link": True,
        "brand": {"name": name, "tagline": _("%(unit)s的活动") % {"unit": link.unit.short_name}},
        "contact_phone": office.phone if office else "",
    }


def site_frame(office: Office | None) -> dict[str, Any]:
    """What the public site shows around its pages."""
    return {
        "brand": {"name": _("巾帼"), "tagline": office.unit.name if office else ""},
        "home_url": reverse("portal:home"),
        "foot_links": [{"url": reverse("portal:privacy"), "label": _("个人信息怎么用")}],
    }


def public_address(request: HttpRequest, activity: Activity) -> str:
    """The whole address of an activity's public page, as it is handed on."""
    return request.build_absolute_uri(reverse("activities:public", kwargs={"activity": activity.code}))


def area_name(area: Unit) -> str:
    """A county by its own name: 平定县 of 平定县妇联."""
    return str(area).removesuffix("妇女联合会").removesuffix("妇联")
