"""等人办的: what a campaign's board asks of the office itself: questions to answer, units to telephone, how long units waited."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.campaigns.board import board_crumbs
from jinguo.campaigns.models import Burden, Campaign
from jinguo.campaigns.queries import circulation as queries
from jinguo.campaigns.queries.counting import ended_days, requests_of
from jinguo.lib import clock
from jinguo.reports.queries.clocks import clocks_of
from jinguo.workspace import links
from jinguo.workspace.views.board import frame, seen

TO_PHONE = 10  # rows of each kind; the lists behind have them all
SHOWN = 10  # questions that wait for the office


@require_safe
def waits(request: HttpRequest, campaign: str) -> HttpResponse:
    """The one screen fetches this after itself; without scripts it is the page a link there leads to."""
    found = seen(request, campaign)
    crumbs = {"crumbs": board_crumbs(found, {"label": _("等人办的")})}
    context = {**frame(found, "overview"), **crumbs, **_to_phone(found, clock.now()), **_waiting(found)}
    return render(request, "workspace/_board_waits.html" if request.htmx else "workspace/board_waits.html", context)


def _to_phone(campaign: Campaign, now: datetime) -> dict[str, Any]:
    """Those a person must telephone, the first of each kind, and how many there are."""
    ended = ended_days(campaign)
    unsigned = list(queries.unsigned_to_phone(campaign, now)[:TO_PHONE])
    silent = queries.longest_silent(campaign, now, TO_PHONE, ended)
    contacts = queries.first_contacts({row.unit_id for row in [*unsigned, *silent]})
    unsigned_total, silent_total = len(unsigned), len(silent)
    if unsigned_total == TO_PHONE:
        unsigned_total = queries.unsigned_to_phone(campaign, now).count()
    if silent_total == TO_PHONE:
        silent_total = queries.reports_to_phone(campaign, now, ended).count()
    return {
        "sign_overdue": queries.sign_is_overdue(campaign, now),
        "to_phone": [(row, contacts.get(row.unit_id)) for row in unsigned],
        "to_phone_total": unsigned_total,
        "long_silent": [(row, contacts.get(row.unit_id)) for row in silent],
        "silent_total": silent_total,
        "phone_total": unsigned_total + silent_total,
    }


def _waiting(campaign: Campaign) -> dict[str, Any]:
    """What waits for the office's own answer, the oldest first, and how long units have waited so far."""
    clocks = clocks_of(campaign)
    by = {one.code: one for one in clocks}
    board = [campaign.code]
    urls = {
        "reports": links.tray(campaign.code),
        "extensions": f"{reverse('workspace:board_reporting', args=board)}?state=asked",
        "sent_back": f"{reverse('workspace:board_signing', args=board)}?state=sent_back",
        "burdens": "#burdens",
    }
    said = Burden.objects.filter(circulation__campaign=campaign, heard_at=None)
    asked = requests_of(campaign).owed().select_related("obligation__unit", "obligation__ask").order_by("asked_at")
    return {
        "burdens": said.select_related("circulation__unit", "ask").order_by("at")[:SHOWN],
        "extensions": asked[:SHOWN],
        "burdens_total": by["burdens"].waiting,
        "extensions_total": by["extensions"].waiting,
        "clocks": [(one, urls.get(one.code, "")) for one in clocks],
    }
