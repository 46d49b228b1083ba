"""The superior's notice beside ours: kept, changed, dropped, added."""

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jinguo.campaigns.queries import check as queries
from jinguo.campaigns.views.check import notice_at
from jinguo.federation.gate import actor_of
from jinguo.gongwen.comparing import Change, Difference, compare
from jinguo.lib import clock
from jinguo.ui.dates import day_text

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TONES = {"kept": "ok", "changed": "warn", "dropped": "danger", "added": "info"}
_ICONS = {"kept": "check", "changed": "edit", "dropped": "x", "added": "right"}


@dataclass(frozen=True)
class Line:
    """One difference as the table shows it."""

    difference: Difference
    label: str
    tone: str
    icon: str
    notes: list[str]


@require_GET
def compare_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """Choose another notice of the office as the superior's and see what became of it."""
    row, record = notice_at(request, notice)
    others = list(queries.comparable(row, actor_of(request)))
    above = next((one for one in others if one.code == request.GET.get("with", "")), None)
    theirs = queries.record_of(above) if above is not None else None
    lines = [_line(one) for one in compare(theirs, record)] if theirs is not None else []
    context = {
        "notice": row, "others": others, "above": above, "lines": lines, "counts": counts_of(lines),
        "back_url": reverse("campaigns:check", args=[row.code]),
    }  # fmt: skip
    return render(request, "campaigns/compare.html", context)


def labels() -> dict[str, str]:
    """What each state is called."""
    return {"kept": _("保留"), "changed": _("有变化"), "dropped": _("没有写进"), "added": _("本级新增")}


def counts_of(lines: list[Line]) -> list[dict[str, object]]:
    """How many lines of each state, in their order."""
    words = labels()
    return [
        {"label": f"{words[state]} {n}", "tone": _TONES[state], "icon": _ICONS[state]}
        for state in _TONES
        if (n := sum(line.difference.state == state for line in lines))
    ]


def _line(one: Difference) -> Line:
    notes = [_change_words(change) for change in one.changes]
    if one.reworded and not one.changes:
        notes.append(_("换了说法"))
    if one.place:
        notes.append(_("换了位置"))
    return Line(one, labels()[one.state], _TONES[one.state], _ICONS[one.state], notes)


def _change_words(change: Change) -> str:
    names = {"force": _("语气"), "date": _("时间"), "quantity": _("数量")}
    directions = {
        "stronger": _("更严"), "weaker": _("更松"), "earlier": _("提前"), "later": _("推后"), "new": _("新写"),
        "gone": _("去掉"), "other": _("改了"),
    }  # fmt: skip
    return _("%(what)s%(how)s：%(before)s → %(after)s") % {
        "what": names[change.what],
        "how": directions[change.direction],
        "before": _said(change.before),
        "after": _said(change.after),
    }


def _said(words: str) -> str:
    """The words of a change; an ISO day as people say it."""
    return _ISO.sub(lambda m: day_text(date.fromisoformat(m[0]), clock.today()), words) or _("没有写")
