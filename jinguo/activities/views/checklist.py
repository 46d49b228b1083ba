"""A campaign's list of points for its office; the same list as one activity's host answers it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities import rules
from jinguo.activities.actions import checklist as actions
from jinguo.activities.forms import ChecklistForm, PointForm
from jinguo.activities.models import CheckPoint
from jinguo.activities.queries.checklist import clauses_left, lines_for, points_of
from jinguo.activities.suggest import requirement_kind, without_number
from jinguo.activities.views.unit import fetch
from jinguo.activities.ways import frame, way
from jinguo.campaigns.models import Campaign, Clause
from jinguo.campaigns.models.campaign import ClauseKind
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require


def _campaign(request: HttpRequest, code: str) -> Campaign:
    rows = Campaign.objects.visible_to(actor_of(request)).filter(code=code).select_related("office__unit")
    found = rows.first()
    if found is None:
        raise NotThere(_("没有这份计划，或不归您管。"))
    return found


def points(request: HttpRequest, campaign: str) -> HttpResponse:
    """The list, what hosts have said to it, and the requirements of the notice that are not on it yet."""
    found = _campaign(request, campaign)
    context = {
        "campaign": found,
        "points": points_of(found),
        "clauses": clauses_left(found),
        "may_set": rules.may_set_points(found, actor_of(request)),
        "today": clock.today(),
        **_around(found),
    }
    return render(request, "activities/points.html", context)


def _around(campaign: Campaign, *, below: bool = False) -> dict[str, Any]:
    plan = reverse("campaigns:view", kwargs={"campaign": campaign.code})
    here = reverse("activities:points", kwargs={"campaign": campaign.code})
    crumbs = [{"url": plan, "label": _("工作计划")}, *([{"url": here, "label": _("核对单")}] if below else [])]
    return {"crumbs": crumbs, "back_url": here if below else plan}


def point_add(request: HttpRequest, campaign: str) -> HttpResponse:
    """One more point; with ?clause= its words and kind are proposed from that requirement."""
    found = _campaign(request, campaign)
    require(rules.may_set_points(found, actor_of(request)))
    clause = Clause.objects.filter(
        campaign=found, kind=ClauseKind.REQUIREMENT, code=request.GET.get("clause", "")
    ).first()
    form = PointForm(request.POST or None, initial=_proposed(clause))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_point(found, **form.cleaned_data, clause=clause, by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        else:
            messages.success(request, _("加上了，各场活动的核对单里就有。"))
            return redirect("activities:points", campaign=found.code)
    return _form_page(request, found, form, clause=clause)


def _proposed(clause: Clause | None) -> dict[str, Any]:
    if clause is None:
        return {}
    kind = requirement_kind(f"{clause.heading}{clause.sentence}")
    return {"text": (without_number(clause.heading) or clause.sentence)[:120], "kind": kind}


def _form_page(request: HttpRequest, campaign: Campaign, form: PointForm, **more: Any) -> HttpResponse:
    context = {"campaign": campaign, "form": form, **_around(campaign, below=True), **more}
    return render(request, "activities/point_form.html", context, status=422 if form.is_bound else 200)


def _point(campaign: Campaign, code: str) -> CheckPoint:
    found = CheckPoint.objects.filter(campaign=campaign, code=code, dropped_at=None).first()
    if found is None:
        raise NotThere(_("核对单里没有这一条，或已经去掉了。"))
    found.campaign = campaign
    return found


def point_edit(request: HttpRequest, campaign: str, point: str) -> HttpResponse:
    """Other words, another end."""
    found = _campaign(request, campaign)
    row = _point(found, point)
    require(rules.may_set_points(found, actor_of(request)))
    form = PointForm(request.POST or None, initial={"kind": row.kind, "text": row.text, "until": row.until})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_point(row, **form.cleaned_data, by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        else:
            messages.success(request, _("改好了。各场已经填的还在。"))
            return redirect("activities:points", campaign=found.code)
    return _form_page(request, found, form, point=row)


def point_drop(request: HttpRequest, campaign: str, point: str) -> HttpResponse:
    """Ask for it no longer."""
    found = _campaign(request, campaign)
    if request.method == "POST":
        actions.drop_point(_point(found, point), by=actor_of(request))
        messages.success(request, _("去掉了，不再要各场核对。已经填的留底。"))
    return redirect("activities:points", campaign=found.code)


def checklist(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """What the host says to the points, before the day or after it."""
    found, actor = fetch(request, activity), actor_of(request)
    require(rules.may_answer(found, actor))
    first = clock.local(min(session.starts_at for session in found.sessions.all())).date()
    lines = lines_for(found, first)
    form = ChecklistForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        actions.answer_points(found, form.answers(), by=actor)
        messages.success(request, _("核对单记下了。"))
        return redirect(way(request, "page", activity=found.code))
    context = {
        "activity": found,
        "form": form,
        **frame(request, (found.title, way(request, "page", activity=found.code))),
    }
    return render(request, "activities/checklist.html", context, status=422 if form.is_bound else 200)
