"""The host's page of a village or a home: say one sentence, look at what was understood, publish; the month beneath it.

By its own link, by the link of the unit above, or from the desk: one view, three doors.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jinguo.activities import rules
from jinguo.activities.actions import host as actions
from jinguo.activities.actions import plan
from jinguo.activities.board import group_text
from jinguo.activities.forms.day import CancelForm
from jinguo.activities.forms.host import HeldForm, SayingForm, first_values, standing_values
from jinguo.activities.hostways import host_frame, host_way, month_asked
from jinguo.activities.models import Activity, Saying
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.queries import host as queries
from jinguo.activities.queries import making
from jinguo.activities.spoken import Heard, hear
from jinguo.activities.ways import public_address
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Unit
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, NotThere, Refused
from jinguo.lib.rulings import require

GONE = gettext_lazy("没有这个村或妇女之家，或不归您管。请从列表里再找。")


def fetch_village(request: HttpRequest, village: str) -> Unit:
    """A village or home whose page this actor may use.

    Raises:
        NotThere: none such, or not hers: the same sentence.
    """
    found = queries.hosted_units(actor_of(request)).filter(code=village).select_related("parent").first()
    if found is None:
        raise NotThere(GONE)
    return found


@never_cache
def page(request: HttpRequest, village: str, link: Any = None) -> HttpResponse:
    """Say what is to be held; what the month holds, each with its next press."""
    return show_page(request, fetch_village(request, village))


def show_page(request: HttpRequest, unit: Unit, status: int = 200, **more: Any) -> HttpResponse:
    """The page, with whatever form came back."""
    month, now = month_asked(request), clock.now()
    rows = queries.held_in(unit, month, actor_of(request))
    first, after = queries.month_span(month)
    before = queries.month_span(first - timedelta(days=1))[0]
    codes = {"village": unit.code}
    context = {
        "unit": unit,
        "rows": rows,
        "month": month,
        "month_words": f"{first:%Y-%m}",
        "now": now,
        "months": [
            {"label": f"{one.year}.{one.month}", "url": f"?month={one:%Y-%m}", "current": one == first}
            for one in (before, first, after)
        ],
        "saying": SayingForm(initial={"code": ids.new_code()}, auto_id="say-%s"),
        "said_before": _said_before(request, unit),
        "group_text": _group_text(request, unit, first, rows),
        "urls": {name: host_way(request, name, **codes) for name in ("say", "new")},
        "board_pdf": f"{host_way(request, 'board', form='pdf', **codes)}?month={first:%Y-%m}",
        "board_png": f"{host_way(request, 'board', form='png', **codes)}?month={first:%Y-%m}",
        "checked": rules.is_checked(actor_of(request)),
        "acting": actions.acting_unit(unit, actor_of(request)),
        **host_frame(request, unit),
        **more,
    }
    return render(request, "activities/host_page.html", context, status=status)


def _said_before(request: HttpRequest, unit: Unit) -> list[dict[str, str]]:
    """What was said and has become no activity yet: the network broke, or somebody was called away."""
    rows = Saying.objects.visible_to(actor_of(request)).filter(unit=unit).order_by("-said_at")[:3]
    here = host_way(request, "new", village=unit.code)
    return [{"url": f"{here}?said={row.code}", "words": row.words[:40]} for row in rows]


def _group_text(request: HttpRequest, unit: Unit, month: date, rows: list[queries.Held]) -> str:
    """The text for the group, in Chinese whatever language the host reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return group_text(unit, month, rows, clock.now(), lambda activity: public_address(request, activity))


def say(request: HttpRequest, village: str, link: Any = None) -> HttpResponse:
    """Keep the words and the picture, then show what was understood."""
    unit = fetch_village(request, village)
    if request.method != "POST":
        return redirect(host_way(request, "page", village=unit.code))
    form = SayingForm(request.POST, request.FILES, auto_id="say-%s")
    if form.is_valid():
        typed = form.cleaned_data
        picture = typed["photo"].read() if typed["photo"] else b""
        try:
            said = actions.keep_saying(unit, typed["words"], picture=picture, code=typed["code"], by=actor_of(request))
        except Invalid as problem:
            form.add_error("photo", str(problem.sentence))
        else:
            return redirect(f"{host_way(request, 'new', village=unit.code)}?said={said.code}")
    return show_page(request, unit, 422, saying=form)


@never_cache
def new(request: HttpRequest, village: str, link: Any = None) -> HttpResponse:
    """What was understood, in fields; one press makes and publishes it."""
    unit, actor = fetch_village(request, village), actor_of(request)
    code = request.POST.get("code", "") or request.GET.get("said", "")
    said = Saying.objects.visible_to(actor).filter(code=code, unit=unit).first() if code else None
    heard = hear(said.words, clock.local(said.said_at).date()) if said else Heard()
    picture = said is not None and said.picture_id is not None
    if request.method != "POST":
        first = first_values(heard, said.code if said else ids.new_code())
        return _form_page(request, unit, HeldForm(initial=first, unit=unit, with_picture=picture), heard)
    form = HeldForm(request.POST, unit=unit, with_picture=picture)
    if form.is_valid():
        try:
            return _made(request, unit, form)
        except (Refused, Invalid) as problem:
            form.add_error(None, str(problem.sentence))
    return _form_page(request, unit, form, heard, status=422)


def _form_page(
    request: HttpRequest,
    unit: Unit,
    form: HeldForm,
    heard: Heard,
    *,
    activity: Activity | None = None,
    status: int = 200,
) -> HttpResponse:
    proposed = not form.is_bound and heard.starts is not None and heard.ends is None
    context = {
        "unit": unit, "form": form, "heard": heard, "activity": activity, "end_proposed": proposed,
        "checked": rules.is_checked(actor_of(request)), "acting": actions.acting_unit(unit, actor_of(request)),
        "page_url": host_way(request, "page", village=unit.code), "now": clock.now(), **host_frame(request, unit, ("", "")),
    }  # fmt: skip
    return render(request, "activities/host_form.html", context, status=status)


def _made(request: HttpRequest, unit: Unit, form: HeldForm) -> HttpResponse:
    typed, actor = form.cleaned_data, actor_of(request)
    activity = actions.hold(
        unit, form.draft(making.area_of(unit)), code=typed["code"], consent=typed.get("consent", False), by=actor
    )
    tags = f"draft:host-{typed['code']}"
    if "keep" in request.POST:
        messages.success(request, _("存好了，还没有公开。"), extra_tags=tags)
    elif typed["ends_at"] <= clock.now():
        messages.success(request, _("记下了。时间已经过去，填上人数、点“办完了”就行。"), extra_tags=tags)
    else:
        _publish(request, activity, tags)
    session = activity.sessions.order_by("starts_at", "pk").first()
    return redirect(host_way(request, "held", village=unit.code, held=activity.code, sitting=session.code))


def _publish(request: HttpRequest, activity: Activity, tags: str = "") -> None:
    """Publish and say so, or say what stands in the way: it is kept as a draft."""
    try:
        plan.publish_activity(activity, by=actor_of(request))
        messages.success(request, _("发布了。公开页几秒钟后就能看到。"), extra_tags=tags)
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence), extra_tags=tags)


def fetch_held(request: HttpRequest, village: str, held: str, sitting: str) -> tuple[Unit, queries.Held]:
    """One session on the page of a village.

    Raises:
        NotThere: none such on this village's page.
    """
    unit = fetch_village(request, village)
    found = queries.held_one(unit, held, sitting, actor_of(request))
    if found is None:
        raise NotThere(_("没有这场活动，或不归您管。请回到本月的活动里再找。"))
    return unit, found


@never_cache
def edit(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """Change what was typed; an activity with sign-up or several sessions is changed on its own page."""
    unit, found = fetch_held(request, village, held, sitting)
    activity, actor = found.activity, actor_of(request)
    require(rules.may_edit(activity, actor))
    if not found.session.walk_in or activity.sessions.count() > 1:
        raise Refused(_("这场活动要报名或有好几场，这里只能改时间。别的请打电话给上级妇联，在活动页里改。"))
    if request.method == "POST":
        form = HeldForm(request.POST, unit=unit)
        if form.is_valid():
            try:
                plan.edit_activity(activity, form.draft(activity.area, actions.standing(found.session)), by=actor)
            except (Refused, Invalid) as problem:
                form.add_error(None, str(problem.sentence))
            else:
                messages.success(request, _("改好了。"), extra_tags=f"draft:host-{activity.code}")
                return redirect(host_way(request, "held", village=unit.code, held=held, sitting=sitting))
        return _form_page(request, unit, form, Heard(), activity=activity, status=422)
    form = HeldForm(initial=standing_values(found.session, activity), unit=unit)
    return _form_page(request, unit, form, Heard(), activity=activity)


def publish(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """Make a draft public."""
    unit, found = fetch_held(request, village, held, sitting)
    if request.method == "POST":
        _publish(request, found.activity)
    return redirect(host_way(request, "held", village=unit.code, held=held, sitting=sitting))


def cancel(request: HttpRequest, village: str, held: str, sitting: str, link: Any = None) -> HttpResponse:
    """Call it off; the public page then says why."""
    unit, found = fetch_held(request, village, held, sitting)
    done = found.activity.state == ActivityState.CANCELLED
    if not done:
        require(rules.may_cancel(found.activity, actor_of(request)))
    form = CancelForm(request.POST or None)
    here = host_way(request, "held", village=unit.code, held=held, sitting=sitting)
    if request.method == "POST" and (done or form.is_valid()):
        if not done:
            plan.cancel_activity(found.activity, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, _("取消了。公开页上写明了原因。"))
        return redirect(here)
    context = {"activity": found.activity, "form": form, "held_url": here, **host_frame(request, unit, ("", ""))}
    return render(request, "activities/host_cancel.html", context, status=422 if form.is_bound else 200)
