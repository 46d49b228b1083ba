"""A unit's activities, through its link or from the desk: list, make, change, publish, cancel, finish."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinguo.activities import rules
from jinguo.activities.actions import plan
from jinguo.activities.defaults import USUAL, kind_groups, kind_value, usual_values
from jinguo.activities.forms import ActivityForm, CancelForm, moment_fields
from jinguo.activities.hostways import host_way
from jinguo.activities.models import Activity
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.queries import desk, making
from jinguo.activities.queries.checklist import lines_for, open_points
from jinguo.activities.queries.host import actors_named, hosted_units
from jinguo.activities.suggest import ClauseWords, Suggestion, suggest
from jinguo.activities.ways import frame, public_address, public_of, way
from jinguo.campaigns.models import Clause
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Unit
from jinguo.lib import clock, ids
from jinguo.lib.errors import NotThere, Problem, Refused
from jinguo.lib.qr import qr_path
from jinguo.lib.rulings import require

GONE = gettext_lazy("没有这场活动，或不归您管。请从活动列表里再找。")


def fetch(request: HttpRequest, code: str) -> Activity:
    """An activity this actor may see.

    Raises:
        NotThere: none such, or not hers to see: the same sentence.
    """
    found = desk.activity_seen(actor_of(request), code)
    if found is None:
        raise NotThere(GONE)
    return found


def activity_list(request: HttpRequest, link: Any = None) -> HttpResponse:
    """What this unit holds (and those below it, from the desk); through a link also what it could hold."""
    actor = actor_of(request)
    state = request.GET.get("state", "")
    state = state if state in ActivityState.values else ""
    number = request.GET.get("page", "1")
    page = desk.activities_seen(actor, state=state, page=int(number) if number.isascii() and number.isdigit() else 1)
    now = clock.now()
    for row in page.object_list:
        row.has_begun = row.starts_at is not None and row.starts_at <= now
    chips = [("", _("全部")), *ActivityState.choices]
    context = {
        "page": page,
        "state": state,
        "chips": [
            {"label": label, "url": f"?state={value}" if value else "?", "current": value == state}
            for value, label in chips
        ],
        "clauses": list(making.clauses_served(link, link.unit)) if link else [],
        "several_units": link is None,
        "hosts_url": host_way(request, "start") if hosted_units(actor).exists() else "",
        "create_url": way(request, "create"),
        "now": now,
        **frame(request, top=True),
    }
    return render(request, "activities/activity_list.html", context)


def activity_create(request: HttpRequest, link: Any = None) -> HttpResponse:
    """A form filled in from the clause; sent, it makes the activity and, on one click, publishes it."""
    actor = actor_of(request)
    units = making.host_units(actor)
    if not units:
        raise Refused(_("您的岗位不能以任何单位的名义办活动。"))
    served = _served(actor, units)
    if request.method == "POST":
        form = _form(units, served, request.POST)
        if form.is_valid():
            return _made(request, form)
        return render(request, "activities/activity_form.html", _form_context(request, form), status=422)
    clause = next((clause for clause in served if clause.code == request.GET.get("clause")), None)
    if request.GET.get("clause") and clause is None:
        raise NotThere(_("没有这一条，或这份通知没有发给贵单位。"))
    form = _form(units, served, initial=_first_values(units[0], clause) | usual_values(request.GET.get("as", "")))
    context = {**_form_context(request, form), "clause": clause, "beginnings": _beginnings(request)}
    return render(request, "activities/activity_form.html", context)


def _beginnings(request: HttpRequest) -> list[tuple[str, list[dict[str, Any]]]]:
    """What is often held, as addresses of this form already filled in; kind by kind."""
    now, kept = request.GET.get("as", ""), request.GET.copy()
    groups = []
    for label, choices in kind_groups():
        chips = []
        for value, name in choices:
            kept["as"] = value.rpartition(".")[2]
            if kept["as"] in USUAL:
                chips.append({"label": name, "url": f"?{kept.urlencode()}", "current": kept["as"] == now})
        if chips:
            groups.append((label, chips))
    return groups


def _served(actor: Any, units: list[Unit]) -> list[Clause]:
    found = [clause for unit in units for clause in making.clauses_served(actor, unit)]
    return list(dict.fromkeys(found))


def _form(units: list[Unit], served: list[Clause], data: Any = None, initial: Any = None) -> ActivityForm:
    """The county is asked for only where the unit does not stand in one."""
    near = making.areas_near(units[0])
    asked = [] if making.area_of(units[0], near) else near
    return ActivityForm(data, initial=initial, units=units, areas=asked, clauses=served)


def _form_context(request: HttpRequest, form: ActivityForm, activity: Activity | None = None) -> dict[str, Any]:
    return {
        "form": form,
        "activity": activity,
        **(frame(request, _above(request, activity)) if activity else frame(request)),
    }


def _above(request: HttpRequest, activity: Activity) -> tuple[str, str]:
    """The activity's own page, as the page above."""
    return (activity.title, way(request, "page", activity=activity.code))


def _first_values(unit: Unit, clause: Clause | None) -> dict[str, Any]:
    """What the form shows before anybody has typed: from the clause, as far as its words go."""
    first = {"code": ids.new_code(), "each": 1}
    if clause is None:
        return first
    words = ClauseWords(
        clause.heading, clause.sentence, tuple(clause.brands), tuple(clause.venues), tuple(clause.groups), clause.event_kind,
        clause.event_on,
    )  # fmt: skip
    found: Suggestion = suggest(words, unit_name=unit.short_name, unit_class=unit.unit_class, level=unit.level)
    return {
        **first, "title": found.title, "kind": found.kind, "venue": found.venue, "audiences": list(found.audiences),
        "day": found.day, "clauses": [clause.code],
    }  # fmt: skip


def _made(request: HttpRequest, form: ActivityForm) -> HttpResponse:
    actor, unit = actor_of(request), form.host()
    code = form.cleaned_data["code"] or ids.new_code()
    try:
        activity = plan.make_activity(unit, form.draft(making.area_of(unit)), code=code, by=actor)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return render(request, "activities/activity_form.html", _form_context(request, form), status=422)
    if "publish" in request.POST:
        return _published(request, activity)
    messages.success(request, _("存好了，还没有公开。"), extra_tags=f"draft:activity-{code}")
    return redirect(way(request, "page", activity=activity.code))


def _published(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Publish and say so; what stands in the way is said on the activity's page, where it is kept as a draft."""
    tags = f"draft:activity-{activity.code}"
    try:
        plan.publish_activity(activity, by=actor_of(request))
        messages.success(request, _("发布了。公开页几秒钟后就能看到。"), extra_tags=tags)
        if left := open_points(
            activity, clock.local(min(activity.sessions.values_list("starts_at", flat=True))).date()
        ):
            messages.warning(request, _("核对单还有 %(n)s 条没填，有空请补上。") % {"n": left})
    except Refused as refusal:
        messages.warning(request, _("存好了，没有发布：%(why)s") % {"why": refusal.sentence}, extra_tags=tags)
    return redirect(way(request, "page", activity=activity.code))


def activity_page(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """One activity as its unit sees it: where it stands and what can be done next."""
    found, actor, now = fetch(request, activity), actor_of(request), clock.now()
    sessions = list(found.sessions.all())
    address = public_address(request, found)
    members = public_of(request, "activities:unit_page", door=found.door) if found.for_members and found.door else ""
    size, path = qr_path(members or address)
    most = max(sum(pool.capacity for pool in session.pools.all()) for session in sessions)
    permit_by = rules.permit_by(found, most, min(s.starts_at for s in sessions))
    checks = lines_for(found, clock.local(min(s.starts_at for s in sessions)).date())
    context = {
        "activity": found,
        "sessions": sessions,
        "now": now,
        "may_edit": rules.may_edit(found, actor),
        "may_publish": rules.may_publish(found, actor, max(s.ends_at for s in sessions), now),
        "may_cancel": rules.may_cancel(found, actor),
        "may_finish": rules.may_finish(found, actor, sessions, now),
        "may_run": rules.may_run(found, actor),
        "permit_by": permit_by,
        "permit_late": permit_by is not None and permit_by < now,
        "begun": min(s.starts_at for s in sessions) <= now,
        "photos": desk.photos_of(found),
        "checks": checks,
        "open_checks": sum(line.answer is None for line in checks),
        "may_answer": rules.may_answer(found, actor),
        "public_address": address,
        "members_address": members,
        "may_check": rules.may_check(found, actor),
        "checker": actors_named([found.checked_by]).get(found.checked_by, "") if found.checked_by else "",
        "may_write_story": rules.may_write_story(found, actor),
        "qr": {"size": size, "path": path},
        **frame(request),
    }
    return render(request, "activities/activity_page.html", context)


def activity_edit(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """Change what was announced."""
    found, actor = fetch(request, activity), actor_of(request)
    require(rules.may_edit(found, actor))
    kept = [row.clause for row in found.clause_links.all()]
    served = list(dict.fromkeys([*kept, *making.clauses_served(actor, found.unit)]))
    if request.method != "POST":
        form = _form([found.unit], served, initial=_standing(found))
        return render(request, "activities/activity_form.html", _form_context(request, form, found))
    form = _form([found.unit], served, request.POST)
    if form.is_valid():
        try:
            plan.edit_activity(found, form.draft(found.area), by=actor)
        except Refused as refusal:
            form.add_error("seats", str(refusal.sentence))
        else:
            messages.success(request, _("改好了。"), extra_tags=f"draft:activity-{found.code}")
            return redirect(way(request, "page", activity=found.code))
    return render(request, "activities/activity_form.html", _form_context(request, form, found), status=422)


def _standing(activity: Activity) -> dict[str, Any]:
    """An activity's facts as the form shows them."""
    session = next(iter(activity.sessions.all()))
    pool = next(iter(session.pools.all()), None)
    plain = (
        "title", "venue", "place", "address", "directions", "access", "online_url", "summary", "bring", "cost", "contact_phone",
        "visibility", "minors", "discreet", "expected",
    )  # fmt: skip
    return {
        "code": activity.code,
        **{name: getattr(activity, name) for name in plain},
        "kind": kind_value(activity.subkind or activity.kind),
        "address": activity.home_address or activity.address,
        **moment_fields(session.starts_at, session.ends_at),
        "area": activity.area.code if activity.area else "",
        "admission": "walk_in" if session.walk_in else "seats",
        "seats": pool.capacity if pool and not session.walk_in else None,
        "each": pool.each if pool else 1,
        "audiences": [row.audience for row in activity.audiences.all()],
        "clauses": [row.clause.code for row in activity.clause_links.all()],
        "series": activity.series.name if activity.series else "",
        "cohosts": "、".join(cohost.name for cohost in activity.cohosts.all()),
    }


def activity_check(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """Somebody else has looked at the draft."""
    found = fetch(request, activity)
    if request.method == "POST":
        require(rules.may_check(found, actor_of(request)))
        if plan.check_activity(found, by=actor_of(request)):
            messages.success(request, _("记下了：您看过了。可以发布了。"))
    return redirect(way(request, "page", activity=found.code))


def activity_publish(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """Show it to those it is for."""
    found = fetch(request, activity)
    if request.method != "POST":
        return redirect(way(request, "page", activity=found.code))
    return _published(request, found)


def activity_cancel(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """Ask once, with the reason; who signed up reads it on the activity's page and on her own."""
    found, actor = fetch(request, activity), actor_of(request)
    done = found.state == ActivityState.CANCELLED
    if not done:
        require(rules.may_cancel(found, actor))
    form = CancelForm(request.POST or None)
    if request.method == "POST" and (done or form.is_valid()):
        if not done:
            plan.cancel_activity(found, reason=form.cleaned_data["reason"], by=actor)
        messages.success(request, _("取消了。留了短信或邮箱的人会收到通知；公开页和每个人的报名页上都写明了原因。"))
        return redirect(way(request, "page", activity=found.code))
    signed = sum(pool.taken + pool.waiting for session in found.sessions.all() for pool in session.pools.all())
    unreached = sum(desk.unreached(session) for session in found.sessions.all())
    context = {
        "activity": found, "form": form, "signed": signed, "unreached": unreached, **frame(request, _above(request, found)),
    }  # fmt: skip
    return render(request, "activities/activity_cancel.html", context, status=422 if form.is_bound else 200)


def activity_finish(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """办完了."""
    found = fetch(request, activity)
    if request.method != "POST":
        return redirect(way(request, "page", activity=found.code))
    try:
        plan.finish_activity(found, by=actor_of(request))
        messages.success(request, _("记下了：办完了。报送时会自动带上人数和照片。"))
    except Problem as problem:
        messages.warning(request, str(problem.sentence))
    return redirect(way(request, "page", activity=found.code))
