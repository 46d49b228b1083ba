"""Clause × part, and clause × unit: what is acted on and what nobody has reported yet."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jinguo.campaigns.board import board_crumbs, board_tabs
from jinguo.campaigns.models import Campaign
from jinguo.campaigns.queries.groups import Group
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.reports.queries import coverage as queries
from jinguo.reports.queries.rates import Ratio, answering_of

PAGE = 60  # units of one page: 60 × 24 clauses is what an eye can go over


@require_GET
def coverage(request: HttpRequest, campaign: str) -> HttpResponse:
    """The matrix of a campaign; `?group=` opens one part unit by unit."""
    rows = Campaign.objects.visible_to(actor_of(request)).select_related("office__unit")
    found = rows.filter(code=campaign).first()
    if found is None:
        raise NotThere(_("没有找到这项工作。"))
    matrix = queries.coverage_of(found)
    wanted = request.GET.get("group", "")
    group = next((one for one in matrix.groups if one.code == wanted), None)
    here = {"label": group.name} if group else {"label": _("条款")}
    context = {
        "campaign": found,
        "now": clock.now(),
        "matrix": matrix,
        "group": group,
        "covered": Ratio(matrix.covered, len(matrix.clauses)),
        "tabs": board_tabs(found, "clauses"),
        "crumbs": board_crumbs(found, here),
        "back_url": reverse("reports:coverage", args=[found.code]) if group else reverse("workspace:boards"),
    }
    context |= _units(request, found, matrix, group) if group else {"answering": answering_of(found)}
    return render(request, "reports/desk/coverage.html", context)


def _units(request: HttpRequest, campaign: Campaign, matrix: queries.Coverage, group: Group) -> dict[str, Any]:
    """One page of a part's units, each under the unit it stands below."""
    page = Paginator(queries.units_in(campaign, group), PAGE).get_page(request.GET.get("page"))
    rows = queries.units_of(campaign, matrix.clauses, page.object_list, matrix.onward)
    return {"units": rows, "page": page, "pager": _pager(page, group)}


def _pager(page: Page, group: Group) -> dict[str, str]:
    if page.paginator.num_pages < 2:
        return {}
    address = f"?group={group.code}&page="
    return {
        "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages},
        "previous_url": f"{address}{page.number - 1}" if page.has_previous() else "",
        "next_url": f"{address}{page.number + 1}" if page.has_next() else "",
    }
