"""`{% load reports %}`: the states of returns as tags, addresses of a unit's own pages, one field of a version."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jinguo.campaigns.models import Campaign, Clause
from jinguo.lib import clock
from jinguo.reports.metrics import Value
from jinguo.reports.models import ReturnVersion
from jinguo.reports.models.returned import ReturnState
from jinguo.reports.models.summary import SummaryState
from jinguo.reports.queries.coverage import Cell, UnitRow
from jinguo.reports.queries.returns import text_of
from jinguo.reports.sheet import TYPED, Field
from jinguo.reports.views.sides import Side
from jinguo.ui.templatetags.ui import draw_tag, page_language
from jinguo.ui.words import heat

register = template.Library()

_LOOK = {
    ReturnState.DRAFT: ("tag--plain", "edit", "Draft"),
    ReturnState.REPORTED: ("tag--sent", "send", "Reported"),
    ReturnState.SENT_BACK: ("tag--warn", "return", "Returned for completion"),
    ReturnState.RESENT: ("tag--sent", "send", "Reported again"),
    ReturnState.ACCEPTED: ("tag--ok", "done", "Accepted"),
    ReturnState.CORRECTED: ("tag--info", "edit", "Correction"),
    ReturnState.WITHDRAWN: ("tag--aside", "minus", "Withdrawn"),
    ReturnState.MERGED: ("tag--aside", "sum", "Merged into another"),
}


@register.simple_tag(takes_context=True)
def return_tag(context: Context, state: str, count: int | None = None) -> SafeString:
    """{% return_tag given.state %}: icon and the field's word, with the gloss for an English reader."""
    known = ReturnState(state)
    css, icon, gloss = _LOOK[known]
    text = known.label if count is None else f"{known.label} {count}"
    return draw_tag(context, text, css, icon, gloss if page_language() == "en" else "")


@register.simple_tag
def side_url(side: Side, name: str, **kwargs: str) -> str:
    """{% side_url side "show" report=given.code %}"""
    return side.url(name, **kwargs)


@register.simple_tag
def matrix_cells(campaign: Campaign, row: UnitRow, clauses: list[Clause]) -> SafeString:
    """{% matrix_cells campaign row matrix.clauses %}: a line of the clause × unit matrix. A template is too slow for it:
    sixty units are fourteen hundred cells."""
    empty = {
        "none": ("h0", format_html("<span>{}</span>", pgettext("cell", "无"))),
        "left": ("na", _sign("–", pgettext("figure", "未选"))),
        "na": ("na", _sign("／", pgettext("figure", "不适用"))),
    }
    tray = f"{reverse('reports:tray')}?pile=counted&campaign={campaign.code}&unit={row.unit.code}&clause="
    layers = reverse("workspace:board_layers", args=[campaign.code])
    found = []
    for number, (cell, clause) in enumerate(zip(row.cells, clauses, strict=True), 1):
        if cell.either:
            link = format_html('<a href="{}{}">{}</a>', tray, clause.code, cell.count) if cell.count else ""
            found.append((heat(cell.either), number, format_html("{}{}", _below(row, cell, layers), link)))
        else:
            css, drawn = empty[cell.empty]
            found.append((css, number, drawn))
    return format_html_join("", '<td class="{}" data-g="{}">{}</td>', found)


def _below(row: UnitRow, cell: Cell, address: str) -> SafeString | str:
    """What units below reported to this one, which passed the notice on; as in the matrix of the parts."""
    if not cell.below:
        return ""
    spoken = ngettext("%(name)s，下一层 %(n)s 件", "%(name)s，下一层 %(n)s 件", cell.below) % {
        "name": row.unit,
        "n": cell.below,
    }
    return format_html('<a class="small" href="{}" aria-label="{}">+{}</a> ', address, spoken, cell.below)


def _sign(sign: str, word: str) -> SafeString:
    """A narrow cell shows a sign and says a word."""
    return format_html('<span><span aria-hidden="true">{}</span><span class="sr">{}</span></span>', sign, word)


@register.filter
def field_text(version: ReturnVersion, field: Field) -> str:
    """{{ version|field_text:field }}: 约 120 人次, a label, or nothing."""
    return text_of(version, field)


@register.filter
def at(mapping: dict[Any, Any], key: Any) -> Any:
    """{{ mapping|at:key }}"""
    return mapping.get(key)


@register.filter
def is_brought(source: dict[str, str]) -> bool:
    """Whether a field was filled for her rather than typed."""
    return source["from"] != TYPED


@register.filter
def field_id(name: str) -> str:
    """The id of a field's row on the review page: {{ row.name|field_id }} → field-on_site."""
    return f"field-{name}"


_PAGES = {
    "return": "reports:review",
    "activity": "activities:page",
    "campaign": "reports:coverage",
    "obligations": "workspace:board_reporting",
}
_MEASURES = {"claimed": "申报", "deduplicated": "已去重", "confirmed": "已确认"}
_SUMMARY_LOOK = {
    SummaryState.DRAFT: ("tag--info", "edit"),
    SummaryState.SUBMITTED: ("tag--warn", "stamp"),
    SummaryState.APPROVED: ("tag--ok", "done"),
    SummaryState.REPLACED: ("tag--aside", "minus"),
}


@register.simple_tag(takes_context=True)
def summary_tag(context: Context, state: str) -> SafeString:
    """{% summary_tag summary.state %}"""
    known = SummaryState(state)
    css, icon = _SUMMARY_LOOK[known]
    return draw_tag(context, known.label, css, icon)


@register.simple_tag(takes_context=True)
def source_url(context: Context, source: dict[str, str]) -> str:
    """The page of what stands behind a sentence; "" where it has none of its own."""
    code = (
        context["summary"].campaign.code if source["kind"] in ("obligations", "clause", "campaign") else source["code"]
    )
    page = _PAGES.get("campaign" if source["kind"] == "clause" else source["kind"], "")
    return reverse(page, args=[code]) if page else ""


@register.filter
def measure(code: str) -> str:
    """已确认, as the 依据表 says it; not translated."""
    return _MEASURES[code]


@register.filter
def figure_value(value: dict[str, Any]) -> str:
    """A value of a figure: 约 with an estimate, 没报 for none."""
    if value["number"] is None:
        return _("没报")
    return f"{'约' if value['about'] else ''}{value['number']:,}"


@register.filter
def paper_day(moment: datetime) -> str:
    """The day under a paper: 2024年3月20日; not translated."""
    day = clock.local(moment)
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def paper_cell(value: str | int | None) -> str:
    """A cell of a paper's table, as the file prints it: what nobody reported is said; not translated."""
    return "没报" if value is None else str(value)


@register.filter
def told(value: Value | None) -> str:
    """A figure's value: 约 with an estimate, 没报 for none."""
    if value is None or value.number is None:
        return _("没报")
    return f"{_('约') if value.about else ''}{value.number:,}"


@register.filter
def signed(number: int) -> str:
    """+12, -3, 0: a change."""
    return f"{number:+,}" if number else "0"
