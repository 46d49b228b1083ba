"""The list of campaigns, one campaign's plan, who leads a clause, publishing and taking back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jinguo.campaigns.actions.plan import assign_clause, make_campaign, take_back_plan
from jinguo.campaigns.models import Campaign, Clause
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.plan_forms import AssignForm
from jinguo.campaigns.queries.plan import campaign_list, plan_of, totals_of, visible_campaigns
from jinguo.campaigns.rules import plan as rules
from jinguo.federation.gate import actor_of
from jinguo.journal.queries import just_did
from jinguo.lib.errors import NotThere
from jinguo.lib.rulings import require
from jinguo.notices.queries.notices import visible_notices

PAGE = 30


@require_GET
def list_campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign a person may see, newest first."""
    page = Paginator(campaign_list(actor_of(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "campaigns/list.html", {"page": page, "pager": pager_of(page, "")})


def pager_of(page: Any, query: str) -> dict[str, Any]:
    """Addresses of the pages beside this one; `query` is what else stands in them, ending in &."""
    if not page.has_other_pages():
        return {}
    return {
        "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages},
        "previous_url": f"?{query}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{query}page={page.next_page_number()}" if page.has_next() else "",
    }


def campaign_at(request: HttpRequest, code: str) -> Campaign:
    """The campaign at an address, if this person may see it; 404 otherwise."""
    return get_object_or_404(visible_campaigns(actor_of(request)), code=code)


def steps_of(campaign: Campaign) -> list[dict[str, str]]:
    """Where a notice is on its way, from its campaign."""
    draft = campaign.state == CampaignState.DRAFT
    words = [_("收文"), _("读文"), _("确认")]
    return [
        *({"label": word, "state": "done"} for word in words),
        {"label": _("圈定单位"), "state": "now" if draft else "done"},
        {"label": _("发出"), "state": "" if draft else "done"},
    ]


@require_http_methods(["GET", "POST"])
def of_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """POST: publish the confirmed items of a notice; GET: its campaign."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    if request.method == "POST":
        campaign = make_campaign(row, by=actor)
        messages.success(request, _("计划定下了。看看每个主送单位认得对不对，再发出。"))
        return redirect("campaigns:recipients", campaign.code)
    found = visible_campaigns(actor).filter(notice=row).first()
    if found is None:
        raise NotThere(_("这份通知还没有定下计划。"))
    return redirect("campaigns:view", found.code)


@require_GET
def view_campaign(request: HttpRequest, campaign: str) -> HttpResponse:
    """The plan: clauses by line, own events, requirements, asks, units."""
    row = campaign_at(request, campaign)
    context = {
        "campaign": row,
        "plan": plan_of(row),
        "totals": totals_of(row),
        "steps": steps_of(row),
        "may_assign": rules.may_assign(row, actor_of(request)),
        "may_choose": rules.may_choose(row, actor_of(request)),
        "back_url": reverse("campaigns:list"),
    }
    return render(request, "campaigns/plan.html", context)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, campaign: str, clause: str) -> HttpResponse:
    """Who leads a clause; in place with htmx, else on a page of its own."""
    row = campaign_at(request, campaign)
    found = Clause.objects.filter(campaign=row, code=clause).first()
    if found is None:
        raise NotThere(_("没有这一条。"))
    found.campaign = row
    require(rules.may_assign(row, actor_of(request)))
    start = {"lead_department": found.lead_department, "responsible": found.responsible}
    form = AssignForm(request.POST if request.method == "POST" else None, initial=start, auto_id=f"id_{found.code}_%s")
    address = reverse("campaigns:view", args=[row.code])
    if request.method == "POST" and form.is_valid():
        assign_clause(found, by=actor_of(request), **form.cleaned_data)
        if request.htmx:
            ruling = rules.may_assign(row, actor_of(request))
            return render(request, "campaigns/_care.html", {"clause": found, "campaign": row, "may_assign": ruling})
        messages.success(request, _("分工记下了。"))
        return redirect(f"{address}#c-{found.code}")
    context = {"form": form, "clause": found, "campaign": row, "back_url": address}
    template = "campaigns/_care_form.html" if request.htmx else "campaigns/assign.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, campaign: str) -> HttpResponse:
    """Back to confirming; asked once, on a page of its own."""
    line = just_did(actor_of(request), "campaign.take_back", kind="campaign", code=campaign)
    if request.method == "POST" and line is not None:  # her own press, a moment sooner: the plan is gone
        messages.success(request, _("退回了，条目可以再改。"))
        return redirect("notices:view", line.facts["notice"])
    row = campaign_at(request, campaign)
    require(rules.may_take_back(row, actor_of(request)))
    if request.method == "POST":
        notice = take_back_plan(row, by=actor_of(request))
        messages.success(request, _("退回了，条目可以再改。"))
        return redirect("notices:view", notice.code)
    context = {"campaign": row, "back_url": reverse("campaigns:recipients", args=[row.code])}
    return render(request, "campaigns/take_back.html", context)
