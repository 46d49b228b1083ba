"""The addresses and the frame of a page, by the door one came through."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities import ways


def way(request: HttpRequest, name: str, **codes: Any) -> str:
    """The address of one of this room's pages, by the door this request came through."""
    link = getattr(request, "link", None)
    if link is None:
        return reverse(f"stations:{name}", kwargs=codes)
    return reverse(f"stations:link_{name}", kwargs={"link": link.secret, **codes})


def frame(request: HttpRequest, *trail: tuple[str, str], top: bool = False) -> dict[str, Any]:
    """The base template and what it shows around the page; `trail` as in `activities.ways.frame`, below the list of places."""
    above = [] if top else [(_("服务点"), way(request, "list")), *trail]
    found = ways.frame(request, *above)
    skip = 1 if getattr(request, "link", None) is None else 2  # the list of activities does not stand above this one
    kept = found["crumbs"][: skip - 1] + found["crumbs"][skip:]
    return {**found, "crumbs": kept, "back_url": kept[-1]["url"] if kept else ""}
