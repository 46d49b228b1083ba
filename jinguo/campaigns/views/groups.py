"""Whole phrases of a draft's recipients, and the groups of units an office has saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.campaigns.actions import groups as actions
from jinguo.campaigns.models import Addressee, AddressGroup
from jinguo.campaigns.queries.plan import saved_groups
from jinguo.campaigns.rules import plan as rules
from jinguo.campaigns.views.plan import campaign_at
from jinguo.federation.gate import actor_of
from jinguo.journal.queries import just_did
from jinguo.lib.errors import Invalid, NotThere


@require_POST
def phrases(request: HttpRequest, campaign: str) -> HttpResponse:
    """Leave a phrase out, put it back, add one, or save its units as a group."""
    row, by = campaign_at(request, campaign), actor_of(request)
    try:
        if "add_phrase" in request.POST:
            added = actions.add_phrase(row, request.POST["add_phrase"], by=by)
            messages.success(request, _("“%(phrase)s”加上了。") % {"phrase": added.phrase})
        elif "leave_out" in request.POST:
            actions.leave_out_phrase(_addressee(row, request.POST["leave_out"]), by=by)
            messages.success(request, _("这一组都不发了；别的词也圈到的单位照发。"))
        elif "put_back" in request.POST:
            actions.put_back_phrase(_addressee(row, request.POST["put_back"]), by=by)
            messages.success(request, _("这一组都放回来了。"))
        else:
            group = actions.save_group(
                _addressee(row, request.POST.get("save", "")), request.POST.get("name", ""), by=by
            )
            messages.success(request, _("存为通讯组“%(name)s”，以后通知写到它就认得。") % {"name": group.name})
    except Invalid as problem:
        messages.error(request, str(problem.sentence))
    return HttpResponseRedirect(reverse("campaigns:recipients", args=[row.code]))


def _addressee(campaign: object, position: str) -> Addressee:
    rows = Addressee.objects.select_related("campaign__office__unit").filter(campaign=campaign)
    found = rows.filter(position=int(position)).first() if position.isdecimal() and len(position) < 6 else None
    if found is None:
        raise NotThere(_("没有这一组，可能刚刚改过。请刷新再看。"))
    return found


@require_GET
def address_groups(request: HttpRequest) -> HttpResponse:
    """The groups the reader's offices have saved."""
    by = actor_of(request)
    groups = saved_groups(by)
    shown = [{"group": group, "ruling": rules.may_save_group(group.office, by)} for group in groups]
    return render(request, "campaigns/address_groups.html", {"groups": shown})


@require_POST
def address_group_drop(request: HttpRequest, address_group: str) -> HttpResponse:
    """Forget a group."""
    by = actor_of(request)
    seen = AddressGroup.objects.visible_to(by).select_related("office__unit")
    if just_did(by, "address_group.drop", kind="address_group", code=address_group) is None:
        actions.drop_group(get_object_or_404(seen, code=address_group), by=by)
    messages.success(request, _("通讯组去掉了；已经发出的通知不受影响。"))
    return redirect("campaigns:address_groups")
