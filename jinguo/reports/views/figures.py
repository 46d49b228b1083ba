"""The figures of a campaign: each said three ways with the rows behind it, against last year, and the rates."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jinguo.campaigns.board import board_crumbs, board_tabs
from jinguo.campaigns.models import Campaign
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.reports.definitions import DEFINITIONS
from jinguo.reports.downloads import figure_tables
from jinguo.reports.queries import figures as queries
from jinguo.reports.queries.clocks import reports_clock, signing_hours
from jinguo.reports.queries.coverage import covered_of
from jinguo.reports.queries.rates import Ratio, answering_of
from jinguo.ui.downloads import table_answer

PAGE = 60
AS = ("xlsx", "numbers", "rates")  # what the page may be taken away as


def campaign_or_404(request: HttpRequest, code: str) -> Campaign:
    """A campaign this reader may see."""
    rows = Campaign.objects.visible_to(actor_of(request)).select_related("office__unit")
    found = rows.filter(code=code).first()
    if found is None:
        raise NotThere(_("没有找到这项工作。"))
    return found


def ways() -> dict[str, str]:
    """What the three ways are called."""
    return {"claimed": _("申报"), "deduplicated": _("去重"), "confirmed": _("已确认")}


@require_GET
def figures(request: HttpRequest, campaign: str) -> HttpResponse:
    """All figures; with `?metric=&way=` the rows behind one of them."""
    found = campaign_or_404(request, campaign)
    definition = next((one for one in DEFINITIONS if one.code == request.GET.get("metric")), None)
    way = request.GET.get("way", "")
    context = {
        "campaign": found,
        "now": clock.now(),
        "tabs": board_tabs(found, "figures"),
        "crumbs": board_crumbs(found, {"label": _("数字")}),
    }
    if definition is not None and way in queries.WAYS:
        context |= _rows(request, found, definition, way)
        return render(request, "reports/desk/figure.html", context)
    context |= {"lines": _lines(request, found, context), "rates": _rates(found)}
    if request.GET.get("as") in AS:
        return _taken_away(request.GET["as"], context)
    return render(request, "reports/desk/figures.html", context)


def _taken_away(wanted: str, context: dict[str, Any]) -> HttpResponse:
    """The same as a workbook, or one of its tables as .csv."""
    tables = figure_tables(context["lines"], context["rates"], context["before"])
    if wanted == "xlsx":
        return table_answer("figures", list(tables.values()), as_csv=False)
    return table_answer(f"figures-{wanted}", [tables[wanted]], as_csv=True)


def _lines(request: HttpRequest, campaign: Campaign, context: dict[str, Any]) -> list[dict[str, Any]]:
    """A line a number: its definition, its three ways, its change. Adds what it is compared with to the context."""
    earlier = queries.earlier_campaigns(campaign)
    asked = request.GET.get("with", "")
    chosen = next((one for one in earlier if one.code == asked), None)
    before = chosen or (queries.same_last_year(campaign, earlier) if asked != "none" else None)
    context |= {"before": before, "earlier": earlier}
    then = {one.code: one for one in queries.figures_of(before)} if before else {}
    now = {one.code: one for one in queries.figures_of(campaign)}
    return [
        {
            "definition": one,
            "cells": [(way, label, getattr(now[one.code], way)) for way, label in ways().items()],
            "before": then[one.code].confirmed if then else None,
            "change": queries.change_of(now[one.code].confirmed, then[one.code].confirmed) if then else None,
        }
        for one in DEFINITIONS
    ]


def _rates(campaign: Campaign) -> list[dict[str, Any]]:
    """The rates of reference/reporting §7, each with its parts, how it is reckoned, and where its rows are."""
    now = queries.rates_now(campaign, clock.now())
    answering = answering_of(campaign)
    report = reverse("workspace:board_reporting", args=[campaign.code])
    sign = reverse("workspace:board_signing", args=[campaign.code])
    tray = f"{reverse('reports:tray')}?campaign={campaign.code}&pile=accepted"
    covered = Ratio(*covered_of(campaign))
    clause = reverse("reports:coverage", args=[campaign.code])
    lines = [
        (_("签收率"), now.signed, _("签收的 / 发放的"), f"{sign}?state=all_signed"),
        (_("报送率"), now.rates.completeness, _("报了活动或报了“无”的 / 应报的；免报和期限前撤并的不算应报"), f"{report}?state=done"),
        (_("及时率"), now.rates.timeliness, _("期限前第一次报的 / 定了期限的应报；延期算进期限"), f"{report}?state=on_time"),
        (_("及时率（不算延期）"), now.raw, _("同上，按最初的期限"), ""),
        (_("按时占报来的"), now.rates.on_time_share, _("期限前报的 / 定了期限且报了的"), ""),
        (_("零报告占比"), now.rates.zero_share, _("报“无”的 / 应报的"), f"{report}?state=zero"),
        (_("一次接收"), answering.first_pass, _("没有退回过就接收的 / 接收的"), tray),
        (_("条款覆盖"), covered, _("有已接收报送的条款 / 要单位做的条款"), clause),
    ]  # fmt: skip
    return [{"name": name, "ratio": ratio, "how": how, "url": url} for name, ratio, how, url in lines] + _waits(
        campaign
    )


def _waits(campaign: Campaign) -> list[dict[str, Any]]:
    """How long each side let the other wait, half and nine of ten."""
    reports, signing = reports_clock(campaign).waits, signing_hours(campaign)
    return [
        {"name": _("市里看一件报送"), "waits": reports, "how": _("从收到到接收或退回，按钟点；一半 / 九成在几小时内")},
        {"name": _("单位签收"), "waits": signing, "how": _("从下发到签收，按工作小时；一半 / 九成在几小时内")},
    ]


def _rows(request: HttpRequest, campaign: Campaign, definition: Any, way: str) -> dict[str, Any]:
    behind: Any = queries.rows_of(campaign, definition.code, way)
    page = Paginator(behind, PAGE).get_page(request.GET.get("page"))
    here = f"?metric={definition.code}&way={way}"
    rows = [(row, row.accepted if way == "confirmed" else row.current) for row in page.object_list]
    chips = [
        {"label": label, "url": f"?metric={definition.code}&way={name}", "current": name == way}
        for name, label in ways().items()
    ]
    pager = {
        "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages},
        "previous_url": f"{here}&page={page.number - 1}" if page.has_previous() else "",
        "next_url": f"{here}&page={page.number + 1}" if page.has_next() else "",
    }
    return {
        "definition": definition,
        "way": way,
        "value": queries.value_of(campaign, definition.code, way),
        "rows": rows,
        "chips": chips,
        "chips_label": _("哪一种"),
        "pager": pager if page.paginator.num_pages > 1 else {},
        "crumbs": board_crumbs(campaign, {"label": _("数字"), "url": request.path}, {"label": str(definition.name)}),
        "back_url": request.path,
    }
