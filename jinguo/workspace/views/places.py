"""各处: the parts of a city, a county's townships, one place and all below it, down to one unit. Never a ranking."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.campaigns import dues
from jinguo.campaigns.board import board_crumbs
from jinguo.campaigns.models import Campaign, Circulation, Obligation
from jinguo.campaigns.queries.counting import ended_days
from jinguo.campaigns.queries.groups import Group, groups_of
from jinguo.campaigns.queries.rollup import places_below, places_by_themselves
from jinguo.federation.models import Unit
from jinguo.federation.queries.map import office_arranged
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.reports.queries.coverage import asked_clauses, unit_cells
from jinguo.workspace.board import schematic, whole_of
from jinguo.workspace.views.board import frame, page_number, pager_of, seen

PAGE = 60


@require_safe
def places(request: HttpRequest, campaign: str) -> HttpResponse:
    """The city's parts; `?at=` a class of units opens its units, `?at=` a unit what stands below it and its own record."""
    found, at = seen(request, campaign), request.GET.get("at", "")
    if not at:
        whole = whole_of(found, clock.now())
        arranges = office_arranged(request.user) == found.office
        context = {"whole": whole, "tiles": schematic(found, whole.parts), "may_arrange": arranges}
        return render(request, "workspace/board_places.html", frame(found, "places") | context)
    group = next((one for one in groups_of(found) if one.code == at and not one.is_county), None)
    context = _part(request, found, group) if group else _place(request, found, at)
    return render(request, "workspace/board_place.html", frame(found, "places") | context)


def _part(request: HttpRequest, campaign: Campaign, group: Group) -> dict[str, Any]:
    """The units of a class, each by itself."""
    units = Unit.objects.filter(group.holds(), circulations__campaign=campaign).order_by("path")
    page = Paginator(units, PAGE).get_page(page_number(request))
    return {
        "title": group.name,
        "at": group.code,
        "rows": places_by_themselves(campaign, page.object_list, clock.now()),
        "page": page,
        "pager": pager_of(request, page),
        "crumbs": _crumbs(campaign, [], group.name),
        "back_url": reverse("workspace:board_places", args=[campaign.code]),
    }


def _place(request: HttpRequest, campaign: Campaign, code: str) -> dict[str, Any]:
    """One place under the issuing unit: its own record, and what stands below."""
    top = campaign.office.unit
    place = Unit.objects.under(top).filter(code=code).select_related("merged_into").first()
    if place is None:
        raise NotThere(_("这里没有这个单位。请从上一级再点进来。"))
    above = list(Unit.objects.under(top).filter(path__in=place.ancestors_paths()).order_by("path"))
    below = Paginator(places_below(campaign, place, clock.now()), PAGE).get_page(page_number(request))
    copy = campaign.circulations.filter(unit=place).first()
    if copy is None and not below.object_list:
        raise NotThere(_("这份通知没有发给这个单位，也没有发给它下面的单位。"))
    return {
        "title": str(place),
        "at": place.code,
        "place": place,
        "rows": below.object_list,
        "page": below,
        "pager": pager_of(request, below),
        "crumbs": _crumbs(campaign, above, str(place)),
        "back_url": _address(campaign, above[-1].code if above else ""),
        **_record(campaign, place, copy),
    }


def _record(campaign: Campaign, unit: Unit, copy: Circulation | None) -> dict[str, Any]:
    """What one unit itself was sent, asked, and has done."""
    now = clock.now()
    duties = Obligation.objects.filter(unit=unit, ask__campaign=campaign).with_state(now, ended_days(campaign))
    duties = duties.select_related("ask", "proxy_unit").order_by("ask_id")
    clauses = asked_clauses(campaign)
    return {
        "copy": copy,
        "duties": [(row, dues.ask_due(row.ask, row.due_at, row.extended_to)) for row in duties],
        "cells": zip(clauses, unit_cells(campaign, clauses, unit), strict=True) if copy else [],
    }


def _address(campaign: Campaign, at: str = "") -> str:
    address = reverse("workspace:board_places", args=[campaign.code])
    return f"{address}?at={at}" if at else address


def _crumbs(campaign: Campaign, above: list[Unit], here: str) -> list[dict[str, str]]:
    between = [{"label": str(unit), "url": _address(campaign, unit.code)} for unit in above]
    return board_crumbs(campaign, {"label": _("各处"), "url": _address(campaign)}, *between, {"label": here})
