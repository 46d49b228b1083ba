"""办结, and taking the work up again: two buttons on the board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.campaigns.actions.ending import end_campaign, resume_campaign
from jinguo.campaigns.views.plan import campaign_at
from jinguo.federation.gate import actor_of


@require_POST
def end(request: HttpRequest, campaign: str) -> HttpResponse:
    """It is over. Pressed twice, it is over once."""
    found = campaign_at(request, campaign)
    end_campaign(found, by=actor_of(request))
    messages.success(request, _("办结了：不再提醒，也不再列进待办。各单位还可以补报、更正。"))
    return redirect("workspace:board", found.code)


@require_POST
def resume(request: HttpRequest, campaign: str) -> HttpResponse:
    """It goes on."""
    found = campaign_at(request, campaign)
    resume_campaign(found, by=actor_of(request))
    messages.success(request, _("重新打开了：到期的照常提醒。"))
    return redirect("workspace:board", found.code)
