"""Clause × part, and clause × unit: what is acted on and what nobody has reported yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jinguo.campaigns.models import Campaign
from jinguo.federation.gate import actor_of
from jinguo.lib.errors import NotThere
from jinguo.reports.queries.coverage import coverage_of, units_of
from jinguo.reports.queries.rates import Ratio, answering_of


@require_GET
def coverage(request: HttpRequest, campaign: str) -> HttpResponse:
    """The matrix of a campaign; `?group=` opens one part unit by unit."""
    rows = Campaign.objects.visible_to(actor_of(request)).select_related("office__unit")
    found = rows.filter(code=campaign).first()
    if found is None:
        raise NotThere(_("没有找到这项工作。"))
    matrix = coverage_of(found)
    wanted = request.GET.get("group", "")
    group = next((one for one in matrix.groups if one.code == wanted), None)
    crumbs = [{"label": found.title, "url": reverse("reports:coverage", kwargs={"campaign": found.code})}]
    context = {
        "campaign": found,
        "matrix": matrix,
        "group": group,
        "units": units_of(found, group, matrix.clauses) if group else [],
        "answering": None if group else answering_of(found),
        "covered": Ratio(matrix.covered, len(matrix.clauses)),
        "crumbs": [*crumbs, {"label": group.name}] if group else [],
        "back_url": crumbs[0]["url"] if group else reverse("reports:tray"),
    }
    return render(request, "reports/desk/coverage.html", context)
