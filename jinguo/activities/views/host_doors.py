"""The villages and homes whose page one may use, and the link each of them was given."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jinguo.activities import rules
from jinguo.activities.actions import doors as actions
from jinguo.activities.hostways import host_frame, host_way
from jinguo.activities.queries import host as queries
from jinguo.activities.views.host import fetch_village
from jinguo.federation import policy
from jinguo.federation.gate import actor_of
from jinguo.lib.qr import qr_path
from jinguo.lib.rulings import require


@never_cache
def start(request: HttpRequest, link: Any = None) -> HttpResponse:
    """Straight to the page where there is only one; else the list to choose from."""
    words = request.GET.get("q", "").strip()[:40]
    lines, more = queries.hosted_lines(actor_of(request), words)
    if link is not None and len(lines) == 1 and not words:
        return redirect(host_way(request, "page", village=lines[0].unit.code))
    context = {
        "lines": lines,
        "more": more,
        "words": words,
        "may_give": link is None and policy.may_anywhere(request.user, "host.give"),
        **host_frame(request),
    }
    return render(request, "activities/host_start.html", context)


@never_cache
def door(request: HttpRequest, village: str) -> HttpResponse:
    """Give a village its link, show it again, change whether its activities are looked at first, give it anew, take it back."""
    unit, actor = fetch_village(request, village), actor_of(request)
    require(rules.may_give_door(unit, actor))
    if request.method == "POST":
        checked = "checked" in request.POST
        standing = queries.door_of(unit)
        if "take_back" in request.POST:
            if actions.close_door(unit, by=actor):
                messages.success(request, _("收回了。原来的链接马上打不开。"))
        elif "keep" in request.POST and standing is not None:
            actions.set_checking(standing, checked=checked, by=actor)
            messages.success(request, _("记下了。"))
        else:
            actions.give_door(unit, checked=checked, by=actor, instead_of=request.POST.get("instead_of"))
            messages.success(request, _("新链接做好了。以前给过的已经打不开。"))
        return redirect("activities:host_door", unit.code)
    standing = queries.door_of(unit)
    address, size, path = "", 0, ""
    if standing is not None:
        address = request.build_absolute_uri(reverse("activities:own_host_start", kwargs={"link": standing.secret}))
        size, path = qr_path(address)
    giver = queries.actors_named([standing.made_by]).get(standing.made_by, "") if standing else ""
    context = {
        "unit": unit, "standing": standing, "address": address, "qr": {"size": size, "path": path}, "giver": giver,
        **host_frame(request, unit, ("", "")),
    }  # fmt: skip
    return render(request, "activities/host_door.html", context)
