"""这个单位的事: what one unit was sent, is asked and has done, on one page; reached from the unit's own."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.federation import policy
from jinguo.federation import queries as federation
from jinguo.lib import clock
from jinguo.workspace import links
from jinguo.workspace.matters import activities_of, copies_of, matters_of, returns_of, stations_of
from jinguo.workspace.views.board import page_number, pager_of

PAGE = 10


@require_safe
def matters(request: HttpRequest, unit: str) -> HttpResponse:
    """Notices with what hangs on them, a page at a time; the newest activities and reports; the standing places."""
    found = get_object_or_404(federation.units_seen(request.user), code=unit)
    page = Paginator(copies_of(found, request.user), PAGE).get_page(page_number(request))
    activities = activities_of(found, request.user)
    context = {
        "unit": found,
        "page": page,
        "pager": pager_of(request, page),
        "matters": matters_of(found, page.object_list, request.user, clock.now()),
        "activities": [(one, links.of_thing("activity", one.code)) for one in activities],
        "returns": returns_of(found, request.user),
        "stations": stations_of(found, request.user),
        "may_answer": policy.may_anywhere(request.user, "obligation.edit"),
        "crumbs": [
            {"label": _("单位"), "url": reverse("federation:units")},
            {"label": str(found), "url": reverse("federation:unit", args=[found.code])},
            {"label": _("通知、报送和活动")},
        ],
    }
    return render(request, "workspace/matters.html", context)
