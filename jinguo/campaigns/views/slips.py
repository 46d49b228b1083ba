"""签收单 as one PDF: a few at once; a whole city by the worker, with a page that says how far it is."""

import logging
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from jinguo.campaigns.actions import slips as actions
from jinguo.campaigns.models import SlipRun
from jinguo.campaigns.slips import NotPrinted
from jinguo.campaigns.views.spread import campaign_to_spread, spread_crumbs
from jinguo.files.answers import attachment
from jinguo.lib.errors import Gone

logger = logging.getLogger(__name__)


@require_POST
def make(request: HttpRequest, campaign: str) -> HttpResponse:
    """The slips of everybody who has not signed. A POST, for each makes a link."""
    found = campaign_to_spread(request, campaign)
    many = len(actions.copies_to_print(found))
    if not many:
        messages.info(request, _("都签收了，没有要打印的。"))
        return redirect("campaigns:spread", found.code)
    if many > actions.PART:
        run = actions.ask_slips(found, by=request.user)
        return redirect("campaigns:slips", found.code, run.code)
    try:
        made = actions.print_now(found, by=request.user)
    except NotPrinted as problem:
        logger.error("sign-for slips of %s: %s", found.code, problem)
        messages.error(request, _("PDF 没有做成。请先用“打开来打印”，并告诉系统管理员。"))
        return redirect("campaigns:spread", found.code)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{found.doc_number or found.title}-slips.pdf")
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def waiting(request: HttpRequest, campaign: str, slip_run: str) -> HttpResponse:
    """How far the PDF is; the page asks again by itself, and may be closed."""
    found, run = campaign_to_spread(request, campaign), _run(request, campaign, slip_run)
    if run.ended_at and getattr(request, "htmx", False):
        return HttpResponseClientRefresh()  # the whole page anew: a part of it brings no icons along
    context: dict[str, Any] = {
        "campaign": found,
        "run": run,
        "crumbs": spread_crumbs(found, {"label": _("签收单 PDF")}),
    }
    return render(request, "campaigns/slips.html", context)


@require_safe
def download(request: HttpRequest, campaign: str, slip_run: str) -> HttpResponse:
    """The finished PDF.

    Raises:
        Gone: it is not ready, or was destroyed after a week.
    """
    campaign_to_spread(request, campaign)
    run = _run(request, campaign, slip_run)
    if not run.is_ready:
        raise Gone(_("这份 PDF 还没做好，或者过了 7 天已经销毁。请回到“发到群里、打印签收单”再做一份。"))
    return attachment(run.file)


def _run(request: HttpRequest, campaign: str, code: str) -> SlipRun:
    rows = SlipRun.objects.visible_to(request.user).select_related("file", "campaign")
    return get_object_or_404(rows, code=code, campaign__code=campaign)
