"""The summary: its paper with the sources at hand, editing it sentence by sentence, signing it off, taking it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.federation.gate import actor_of
from jinguo.files.actions import read_file
from jinguo.gongwen.writing import WritingError
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.papers.actions import DOCX
from jinguo.reports import builder, rules
from jinguo.reports.actions import summaries as actions
from jinguo.reports.models import Summary
from jinguo.reports.models.summary import SummaryState, SupplementState
from jinguo.reports.paper import write_summary
from jinguo.reports.queries import summaries as queries


def seen_or_404(request: HttpRequest, code: str) -> Summary:
    """One summary this reader may see."""
    found = queries.seen_by(actor_of(request)).filter(code=code).first()
    if found is None:
        raise NotThere(_("没有找到这份汇总。"))
    return found


@require_GET
def summary_list(request: HttpRequest) -> HttpResponse:
    """Every summary, and the campaigns that have none open."""
    actor = actor_of(request)
    rows = Summary.objects.visible_to(actor).exclude(state=SummaryState.REPLACED).select_related("campaign", "snapshot")
    campaigns = Campaign.objects.visible_to(actor).exclude(state=CampaignState.DRAFT).select_related("office__unit")
    waiting = campaigns.exclude(summaries__state__in=[SummaryState.DRAFT, SummaryState.SUBMITTED])
    ready = [(campaign, rules.may_summarise(campaign, actor)) for campaign in waiting.order_by("-issued_at")[:30]]
    return render(request, "reports/summaries/list.html", {"rows": rows.defer("snapshot__data")[:60], "ready": ready})


@require_POST
def start(request: HttpRequest, campaign: str) -> HttpResponse:
    """Freeze a snapshot and write the first draft."""
    rows = Campaign.objects.visible_to(actor_of(request)).select_related("office__unit")
    found = rows.filter(code=campaign).first()
    if found is None:
        raise NotThere(_("没有找到这项工作。"))
    summary = actions.start_summary(found, by=actor_of(request))
    messages.success(request, _("快照冻结好了，初稿写好了。每句后面的数字点开就是出处。"))
    return redirect("reports:summary", summary=summary.code)


@require_GET
def show(request: HttpRequest, summary: str) -> HttpResponse:
    """The paper beside its evidence."""
    return _page(request, seen_or_404(request, summary), "", 200)


def _page(request: HttpRequest, summary: Summary, error: object, status: int) -> HttpResponse:
    actor = actor_of(request)
    shown = queries.numbered(summary)
    data = summary.snapshot.data
    context = {
        "summary": summary,
        "sections": queries.sections_of(summary, shown),
        "shown": shown,
        "tables": builder.tables(data),
        "figures": data["figures"],
        "office": data["campaign"]["office"],
        "steps": _steps(summary),
        "now": clock.now(),
        "late": queries.came_after(summary, shown),
        "may_edit": rules.may_edit_summary(summary, actor),
        "may_approve": rules.may_approve(summary, actor),
        "may_supplement": rules.may_supplement(summary, actor),
        "supplements": summary.supplements.exclude(state=SupplementState.DROPPED),
        "note": request.POST.get("note", ""),
        "error": error,
        "crumbs": [{"label": _("汇总"), "url": reverse("reports:summaries")}, {"label": summary.campaign.title}],
        "back_url": reverse("reports:summaries"),
    }
    return render(request, "reports/summaries/show.html", context, status=status)


def _steps(summary: Summary) -> list[dict[str, Any]]:
    """What has happened to it, and what comes next."""
    order = [SummaryState.DRAFT, SummaryState.SUBMITTED, SummaryState.APPROVED]
    at = order.index(summary.state) if summary.state in order else -1
    steps = [
        {"when": summary.snapshot.at, "text": _("冻结快照"), "state": "done"},
        {"when": summary.made_at, "text": _("写成初稿"), "state": "done"},
        {
            "when": summary.submitted_at if at else None,
            "text": _("经办人改稿，送审"),
            "state": "now" if at == 0 else "done",
        },
        {
            "when": summary.approved_at,
            "text": _("领导审签"),
            "state": "now" if at == 1 else ("done" if at == 2 else ""),
        },
        {"text": _("成文存档，不再改动"), "state": "done" if at == 2 else ""},
    ]
    if summary.state == SummaryState.REPLACED:
        return [*steps[:2], {"text": _("换了新稿，这一稿只供查看"), "state": "now"}]
    return steps


@require_http_methods(["GET", "POST"])
def sentence(request: HttpRequest, summary: str, number: int) -> HttpResponse:
    """One sentence: its words, and everything behind it."""
    found = seen_or_404(request, summary)
    row = next((one for one in queries.numbered(found) if one.row.position == number), None)
    if row is None:
        raise NotThere(_("没有找到这句话。"))
    here, error = f"{reverse('reports:summary', args=[found.code])}#s{number}", ""
    if request.method == "POST":
        row.row.summary = found
        try:
            _change(request, row.row)
        except Invalid as problem:
            error = str(problem.sentence)
        else:
            return redirect(here)
    context = {
        "summary": found,
        "one": row,
        "text": request.POST.get("text", row.row.text),
        "error": error,
        "may_edit": rules.may_edit_summary(found, actor_of(request)),
        "here": here,
        "back_url": here,
    }
    return render(request, "reports/summaries/sentence.html", context, status=422 if error else 200)


def _change(request: HttpRequest, row: Any) -> None:
    by = actor_of(request)
    if "drop" in request.POST or "keep" in request.POST:
        actions.drop_sentence(row, dropped="drop" in request.POST, by=by)
        messages.success(request, _("这句不用了，还能拿回来。") if "drop" in request.POST else _("这句又用上了。"))
    else:
        text = row.built_text if "restore" in request.POST else request.POST.get("text", "")
        actions.edit_sentence(row, text=text, by=by)
        messages.success(request, _("改好了，出处照旧跟着这句。"))


@require_POST
def renew(request: HttpRequest, summary: str) -> HttpResponse:
    """A new snapshot and a new draft in the place of this one."""
    newer = actions.renew_summary(seen_or_404(request, summary), by=actor_of(request))
    messages.success(request, _("按现在的情况重新冻结、重新写了一稿。"))
    return redirect("reports:summary", summary=newer.code)


@require_POST
def submit(request: HttpRequest, summary: str) -> HttpResponse:
    """Hand it to the leader."""
    found = seen_or_404(request, summary)
    actions.submit_summary(found, by=actor_of(request))
    messages.success(request, _("送审了，等领导审签。"))
    return redirect("reports:summary", summary=found.code)


@require_POST
def give_back(request: HttpRequest, summary: str) -> HttpResponse:
    """The leader gives it back with a note."""
    found = seen_or_404(request, summary)
    try:
        actions.give_back_summary(found, note=request.POST.get("note", ""), by=actor_of(request))
    except Invalid as problem:
        return _page(request, found, problem.sentence, 422)
    messages.success(request, _("退回给经办人了。"))
    return redirect("reports:summary", summary=found.code)


@require_POST
def approve(request: HttpRequest, summary: str) -> HttpResponse:
    """Sign it off."""
    found = seen_or_404(request, summary)
    actions.approve_summary(found, by=actor_of(request))
    messages.success(request, _("审签了，公文已经存档。"))
    return redirect("reports:summary", summary=found.code)


@require_GET
def docx(request: HttpRequest, summary: str) -> HttpResponse:
    """The .docx: the kept paper once it is signed off, before that the draft as it stands."""
    found = seen_or_404(request, summary)
    if found.paper:
        data, name = read_file(found.paper.file), found.title
    else:
        try:
            data = write_summary(found.snapshot.data, found.title, queries.lines_of(found), signed_on=None)
        except WritingError as problem:
            raise Invalid(str(problem)) from problem
        name = _("%(title)s（未审签）") % {"title": found.title}
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx")
    response["Cache-Control"] = "no-store"
    return response
