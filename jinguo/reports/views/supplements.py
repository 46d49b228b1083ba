"""What came after a signed summary, said beside it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.federation.gate import actor_of
from jinguo.files.actions import read_file
from jinguo.lib.errors import NotThere
from jinguo.papers.actions import DOCX
from jinguo.reports import rules
from jinguo.reports.actions import supplements as actions
from jinguo.reports.models import Summary, Supplement
from jinguo.reports.models.summary import SupplementState
from jinguo.reports.paper import supplement_title, write_supplement


def _summary_or_404(request: HttpRequest, code: str) -> Summary:
    rows = Summary.objects.visible_to(actor_of(request)).select_related("campaign__office__unit", "snapshot")
    found = rows.filter(code=code).first()
    if found is None:
        raise NotThere(_("没有找到这份汇总。"))
    return found


def _supplement_or_404(request: HttpRequest, summary: str, number: int) -> Supplement:
    rows = _summary_or_404(request, summary).supplements.exclude(state=SupplementState.DROPPED)
    found = (
        rows.select_related("summary__campaign__office__unit", "snapshot", "paper__file").filter(number=number).first()
    )
    if found is None:
        raise NotThere(_("没有找到这份补充说明。"))
    return found


@require_POST
def start(request: HttpRequest, summary: str) -> HttpResponse:
    """Write one from what is known now."""
    made = actions.start_supplement(_summary_or_404(request, summary), by=actor_of(request))
    messages.success(request, _("补充说明写好了，等领导审签。原文没有动。"))
    return redirect("reports:supplement", summary=summary, number=made.number)


@require_GET
def show(request: HttpRequest, summary: str, number: int) -> HttpResponse:
    """What came later, and the sentences it touches."""
    found, actor = _supplement_or_404(request, summary, number), actor_of(request)
    back = reverse("reports:summary", args=[summary])
    context: dict[str, Any] = {
        "supplement": found,
        "summary": found.summary,
        "title": supplement_title(found.summary.title, found.number),
        "may_edit": rules.may_supplement(found.summary, actor),
        "may_approve": rules.may_approve_supplement(found, actor),
        "crumbs": [
            {"label": _("汇总"), "url": reverse("reports:summaries")},
            {"label": found.summary.title, "url": back},
            {"label": _("补充说明")},
        ],
        "back_url": back,
    }
    return render(request, "reports/summaries/supplement.html", context)


@require_POST
def drop(request: HttpRequest, summary: str, number: int) -> HttpResponse:
    """Throw an unsigned one away."""
    actions.drop_supplement(_supplement_or_404(request, summary, number), by=actor_of(request))
    messages.success(request, _("这份补充说明不用了；要的时候按那时的情况再写。"))
    return redirect("reports:summary", summary=summary)


@require_POST
def approve(request: HttpRequest, summary: str, number: int) -> HttpResponse:
    """Sign it off."""
    actions.approve_supplement(_supplement_or_404(request, summary, number), by=actor_of(request))
    messages.success(request, _("审签了，补充说明已经存档，原文照旧。"))
    return redirect("reports:supplement", summary=summary, number=number)


@require_GET
def docx(request: HttpRequest, summary: str, number: int) -> HttpResponse:
    """The .docx: the kept paper once signed, before that as it stands."""
    found = _supplement_or_404(request, summary, number)
    title = supplement_title(found.summary.title, found.number)
    if found.paper:
        data, name = read_file(found.paper.file), title
    else:
        data = write_supplement(found, title, signed_on=None)
        name = _("%(title)s（未审签）") % {"title": title}
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx")
    response["Cache-Control"] = "no-store"
    return response
