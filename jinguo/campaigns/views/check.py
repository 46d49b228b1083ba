"""发文前检查: the findings beside the paper, the burden, the corrected text, and the superior's notice beside ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.campaigns.actions import check as actions
from jinguo.campaigns.models import Campaign
from jinguo.campaigns.queries import check as queries
from jinguo.campaigns.rules import check as rules
from jinguo.federation.gate import actor_of
from jinguo.gongwen import Record, codec
from jinguo.gongwen.burden import LIMITS, Burden, burden_of, sentence_en, sentence_zh
from jinguo.gongwen.checking import Finding, check
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require
from jinguo.notices.models import Notice
from jinguo.notices.paper import Block, Mark, lay_out
from jinguo.notices.queries.notices import visible_notices
from jinguo.notices.sheet import sheet_of
from jinguo.ui.dates import spoken_language

MOST = 300  # findings on one page; a paper with more is mended in rounds
QUOTES = 3  # places quoted for one sentence; the paper shows them all
BESIDE = 12  # characters of the text shown on each side of the words meant


@dataclass(frozen=True)
class Quote:
    """The words meant, with a little of what stands beside them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Shown:
    """What one rule says with one sentence, at one place or several.

    Attributes:
        numbers: their numbers on the paper; none where something is missing altogether.
        ids: the findings, as one value of the form.
        becomes: what the words become, where that is one stretch.
    """

    finding: Finding
    numbers: list[int]
    ids: str
    sentence: str
    basis: str
    ask: str
    quotes: list[Quote]
    more: int
    becomes: str


@dataclass(frozen=True)
class Group:
    """The findings of one strength."""

    key: str
    label: str
    note: str
    tone: str
    count: int
    rows: list[Shown]


def notice_at(request: HttpRequest, code: str) -> tuple[Notice, Record]:
    """The notice at an address and its record, if this person may see it; 404 otherwise."""
    notice = get_object_or_404(visible_notices(actor_of(request)), code=code)
    record = queries.record_of(notice)
    if record is None:
        raise NotThere(_("这份通知没有读出文字，没有可检查的内容。请先收一份读得了的。"))
    return notice, record


@require_GET
def check_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """Everything that differs from the usual form, and what the notice asks of those it reaches."""
    row, record = notice_at(request, notice)
    return _page(request, row, record)


def _page(request: HttpRequest, row: Notice, record: Record, problem: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    campaign = queries.campaign_of(row)
    every = check(record)
    found = every[:MOST]
    groups = groups_of(record, found)
    burden = burden_of(record, units=queries.units_reached(campaign), open_asks=queries.open_asks(row, campaign, actor))
    context = {
        "notice": row, "campaign": campaign, "groups": groups, "left": len(every) - len(found), "most": MOST, "problem": problem,
        "fixable": sum(one.fix == "now" for one in found), "blocks": blocks_of(record, found), "burden": burden,
        "burden_line": sentence_en(burden) if spoken_language() == "en" else sentence_zh(burden),
        "overlaps": overlaps_of(burden), "minutes": LIMITS.tables["minutes"], "ours": rules.is_ours(row, record),
        "may_correct": rules.may_correct(row, actor, record), "back_url": back_of(row, campaign),
    }  # fmt: skip
    return render(request, "campaigns/check.html", context, status=status)


def back_of(row: Notice, campaign: Campaign | None) -> str:
    """Where a person came from: the desk while confirming, the plan afterwards."""
    if campaign is not None:
        return reverse("campaigns:view", args=[campaign.code])
    return reverse("notices:view", args=[row.code])


def groups_of(record: Record, found: Sequence[Finding]) -> list[Group]:
    """The findings by strength, numbered in the order of the text."""
    numbers = {one.id: n for n, one in enumerate((f for f in found if f.src), 1)}
    words = (
        ("M", "M", _("不符合标准"), _("标准直接写明的"), "warn"),
        ("G", "GRK", _("与通行格式不同"), _("标准说“一般”“可以”，或者公文通行的写法；有理由就留着"), "info"),
        ("P", "P", _("习惯写法"), _("标准没有规定，只作提示"), "plain"),
    )  # fmt: skip
    return [
        Group(key, label, note, tone, len(mine), _rows(record, mine, numbers))
        for key, strengths, label, note, tone in words
        if (mine := [one for one in found if one.strength in strengths])
    ]


def _rows(record: Record, found: Sequence[Finding], numbers: dict[str, int]) -> list[Shown]:
    """The same said of several places is said once."""
    same: dict[tuple[str, str, str, str], list[Finding]] = {}
    for one in found:
        same.setdefault((one.rule, one.part, one.zh, one.fix), []).append(one)
    return [_shown(record, ones, [n for one in ones if (n := numbers.get(one.id))]) for ones in same.values()]


def _shown(record: Record, ones: Sequence[Finding], numbers: list[int]) -> Shown:
    english, one = spoken_language() == "en", ones[0]
    places = [src for each in ones for src in each.src]
    becomes = "".join(change.new for change in one.changes) if len(one.changes) == len(ones) == 1 else ""
    return Shown(
        finding=one, numbers=numbers, ids=" ".join(each.id for each in ones), sentence=one.en if english else one.zh,
        basis=one.basis_en if english else one.basis_zh, ask=one.ask_en if english else one.ask_zh,
        quotes=[_quote(record.raw, src.start, src.end) for src in places[:QUOTES]], more=max(0, len(places) - QUOTES),
        becomes=becomes,
    )  # fmt: skip


def _quote(raw: str, start: int, end: int) -> Quote:
    line = max(raw.rfind("\n", 0, start) + 1, start - BESIDE)
    stop = raw.find("\n", end)
    after = raw[end : min(stop if stop >= 0 else len(raw), end + BESIDE)]
    words = raw[start:end]
    return Quote(raw[line:start], words if len(words) <= 60 else words[:60] + "……", after)


def blocks_of(record: Record, found: Sequence[Finding]) -> list[Block]:
    """The paper with the places of the findings marked."""
    marks = [
        Mark(n, one.id, tuple((s.start, s.end) for s in one.src), doubt=one.strength == "M", settled=True)
        for n, one in enumerate((f for f in found if f.src), 1)
    ]
    plain = codec.encode(record)
    raw = plain.pop("raw")
    return lay_out(sheet_of(plain, raw), marks, [])


def overlaps_of(burden: Burden) -> list[dict[str, Any]]:
    """What is being asked already, with the way to it."""
    found = []
    for one in burden.overlaps:
        code, _space, title = one.ask.key.partition(" ")
        found.append(
            {
                "title": one.ask.title,
                "campaign": title,
                "units": one.ask.units,
                "url": reverse("campaigns:view", args=[code]),
            }
        )
    return found


def _ticked(request: HttpRequest) -> list[str]:
    """The ids of the findings whose boxes are ticked; one box may stand for several."""
    return [name for value in request.POST.getlist("fix") for name in value.split()]


@require_POST
def corrected_text(request: HttpRequest, notice: str) -> HttpResponse:
    """The corrected text to save; nothing here changes. POST, because the token stands in the same form."""
    row, record = notice_at(request, notice)
    require(rules.is_ours(row, record))
    text = actions.corrected_text(record, _ticked(request))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, actions.corrected_name(row))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def correct(request: HttpRequest, notice: str) -> HttpResponse:
    """The corrected text as a notice of its own."""
    row, record = notice_at(request, notice)
    try:
        made = actions.correct_notice(row, record, fixes=_ticked(request), by=actor_of(request))
    except Invalid as problem:
        return _page(request, row, record, str(problem), 422)
    messages.success(request, _("改好的文字收作新的一份，原来那份没有动；用不着了可以作废。"))
    return redirect("campaigns:check", made.code)
