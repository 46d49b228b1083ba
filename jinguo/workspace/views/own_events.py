"""本级自办活动: every event the issuer holds itself, on one page: when, where, who, with whom, clashes, what comes next."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jinguo.campaigns.actions.own_events import Settled, settle_event
from jinguo.campaigns.models import Clause
from jinguo.campaigns.models.campaign import ClauseKind
from jinguo.campaigns.plan_forms import OwnEventForm
from jinguo.campaigns.queries.own_events import EventRow, event_of, own_events
from jinguo.campaigns.rules import plan as rules
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require
from jinguo.notices.forms import put_error
from jinguo.workspace.queries import activities_of_clauses
from jinguo.workspace.views.board import frame, seen

FACTS = (
    "held_on", "starts", "ends", "hall", "leader", "cohosts", "lead_department", "responsible", "next_step", "result",
)  # fmt: skip


@require_safe
def events(request: HttpRequest, campaign: str) -> HttpResponse:
    """All of them, dated ones first; a fixed number of queries. It prints as it stands."""
    found = seen(request, campaign)
    rows = own_events(found)
    linked = activities_of_clauses([row.clause.pk for row in rows])
    context = {
        **frame(found, "events"),
        "rows": [(row, linked.get(row.clause.pk, [])) for row in rows],
        "open_days": sum(row.is_open for row in rows),
        "clashing": sum(any(clash.kind != "day" for clash in row.clashes) for row in rows),
        "done": sum(bool(row.event.result) for row in rows),
        "may_settle": rules.may_assign(found, request.user),
    }
    return render(request, "workspace/own_events.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, campaign: str, clause: str) -> HttpResponse:
    """One event's form: in place with htmx, else on a page of its own."""
    found = seen(request, campaign)
    rows = Clause.objects.filter(campaign=found, kind=ClauseKind.OWN_EVENT)
    row = rows.select_related("own_event").filter(code=clause).first()
    if row is None:
        raise NotThere(_("没有这场自办活动。"))
    row.campaign = found
    require(rules.may_assign(found, request.user))
    form = OwnEventForm(
        request.POST if request.method == "POST" else None, initial=_standing(row), auto_id=f"id_{row.code}_%s"
    )
    back = f"{reverse('workspace:board_events', args=[found.code])}#e-{row.code}"
    if request.method == "POST" and form.is_valid() and _settled(request, row, form):
        if request.htmx:
            return _one(request, found, row.pk)
        messages.success(request, _("记下了：%(event)s。") % {"event": row.heading})
        return redirect(back)
    context: dict[str, Any] = {"campaign": found, "clause": row, "form": form, "back_url": back}
    template = "workspace/_own_event_form.html" if request.htmx else "workspace/own_event.html"
    answer = render(request, template, context, status=422 if form.errors else 200)
    if form.errors:
        answer["HX-Reswap"] = (
            "innerHTML settle:0ms"  # the form stays where it was; only a saved event replaces its card
        )
    return answer


def _standing(clause: Clause) -> dict[str, Any]:
    event = event_of(clause)
    held = {name: getattr(clause if hasattr(clause, name) else event, name) for name in FACTS}
    return {**held, "seen": event.version}


def _settled(request: HttpRequest, clause: Clause, form: OwnEventForm) -> bool:
    said = dict(form.cleaned_data)
    version = said.pop("seen") or 0
    try:
        settle_event(clause, Settled(**said), seen=version, by=request.user)
    except Invalid as problem:
        put_error(form, problem)
        return False
    return True


def _one(request: HttpRequest, campaign: Any, clause: int) -> HttpResponse:
    """The event as it stands now, in its place in the list."""
    row: EventRow = next(one for one in own_events(campaign) if one.clause.pk == clause)
    linked = activities_of_clauses([clause]).get(clause, [])
    context = {"campaign": campaign, "row": row, "activities": linked, "may_settle": True}
    return render(request, "workspace/_own_event.html", context)
