"""今日待办: what waits for this user, whatever room it lies in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinguo.campaigns.dues import ask_due, sign_due
from jinguo.campaigns.models import Obligation
from jinguo.federation import policy
from jinguo.lib import clock
from jinguo.workspace import links, queries


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    waiting, now = queries.waiting_for(request.user), clock.now()
    context = {
        "waiting": waiting,
        "now": now,
        "received": [
            (copy, sign_due(copy.campaign.sign_due_at, copy.campaign.sign_due_origin)) for copy in waiting.received
        ],
        "obligations": [
            (row, row.state_at(now).label, ask_due(row.ask, row.due_at, row.extended_to), _where(row))
            for row in waiting.obligations
        ],
        "notices": [(notice, links.notice(notice.code)) for notice in waiting.notices],
        "drafts": [(campaign, links.campaign(campaign.code)) for campaign in waiting.drafts],
        "notices_url": links.notices(),
        "summaries": [(row, links.summary(row.code)) for row in waiting.summaries],
        "tray_url": links.tray(),
        "may_receive": policy.may_anywhere(request.user, "notice.create"),
    }
    return render(request, "workspace/home.html", context)


def _where(row: Obligation) -> str:
    """Where a unit answers: what was sent back among its returns, else a new sheet."""
    return links.reports(None) if row.sent_back else links.new_report(None, row.code)
