"""What was given out, the one question to those who came, and the draft of what is told afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, rules, throttle
from jinguo.activities.actions import afterwards as actions
from jinguo.activities.forms import HandOutForm, StoryForm, UsefulForm
from jinguo.activities.models import Activity, HandOut, Session
from jinguo.activities.queries import record_of
from jinguo.activities.story import draft_story
from jinguo.activities.views import day, unit
from jinguo.activities.views.public import shown
from jinguo.activities.ways import frame, site_frame, way
from jinguo.federation.gate import Visitor, actor_of
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, NotThere, Refused, TooMuch
from jinguo.lib.pleas import pleads
from jinguo.lib.rulings import require
from jinguo.people.actions import KEPT_APART
from jinguo.ui.answers import kept_apart_page


def hand_out(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """So many of one thing were given to people."""
    found = day.fetch(request, activity, session)
    if request.method != "POST":
        return day.back(request, found, "goods")
    form = HandOutForm(request.POST, auto_id="goods-%s")
    if form.is_valid():
        try:
            actions.hand_out(found, **form.cleaned_data, by=actor_of(request))
        except Invalid as problem:
            form.add_error("what", str(problem.sentence))
        else:
            return day.back(request, found, "goods")
    return day.show(request, found, 422, hand_out_form=form)


def hand_out_undo(request: HttpRequest, activity: str, session: str, goods: str, link: Any = None) -> HttpResponse:
    """Take one line back."""
    found = day.fetch(request, activity, session)
    if request.method != "POST":
        return day.back(request, found, "goods")
    row = HandOut.objects.filter(session=found, code=goods).select_related("session__activity__unit").first()
    if row is None:
        raise NotThere(_("没有这一笔。请刷新再看。"))
    actions.undo_hand_out(row, by=actor_of(request))
    return day.back(request, found, "goods")


# ---- the one question ------------------------------------------------------------------------------------------------


def asked_about(activity: Activity) -> Session | None:
    """The session of which it is asked: the last that has begun, as long as it is asked at all."""
    sessions, now = list(activity.sessions.all()), clock.now()
    for one in sessions:
        one.activity = activity
    return next((one for one in reversed(sessions) if rules.may_say_useful(one, now)), None)


# Neither session nor cookie stands behind this form: see formkey.
@csrf_exempt
@never_cache
def useful(request: HttpRequest, activity: str) -> HttpResponse:
    """Of somebody who just came: three answers to choose from, a sentence if she likes, no name."""
    found = shown(activity)
    session, said, status = asked_about(found), "", 200
    form = UsefulForm(initial={"code": ids.new_code()}, neutral=found.is_sensitive)
    if request.method == "POST" and session is not None:
        formkey.refuse_other_sites(request)
        form, status = UsefulForm(request.POST, neutral=found.is_sensitive), 422
        if not formkey.is_good(request.POST.get("key", ""), found.code):
            said = _("页面开得久了。填好的还在，请再点一次。")
        elif form.is_valid():
            try:
                throttle.count(request, "useful", throttle.PEOPLE)
                typed = form.cleaned_data
                actions.say_useful(
                    session, useful=typed["useful"], words=typed.get("words", ""), code=typed["code"], by=Visitor()
                )
                if pleads(typed.get("words", "")):
                    return kept_apart_page(request, KEPT_APART, onward=f"{request.path}?thanks")
                return HttpResponseRedirect(f"{request.path}?thanks", status=303)
            except TooMuch as problem:
                said, status = str(problem.sentence), 429
    context = {
        "activity": found,
        "session": session,
        "form": form,
        "said": said,
        "thanks": "thanks" in request.GET and status == 200,
        "form_key": formkey.make_key(found.code),
        "now": clock.now(),
        "crumbs": [{"url": reverse("activities:public", kwargs={"activity": found.code}), "label": found.title[:12]}],
        **site_frame(found.office),
    }
    return render(request, "activities/useful.html", context, status=status)


# ---- what is told of it ----------------------------------------------------------------------------------------------


def story(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """A draft from the record; what is written is hers, and shown in public only where she says so."""
    found, actor = unit.fetch(request, activity), actor_of(request)
    require(rules.may_write_story(found, actor))
    draft = draft_story(found, record_of(found))
    form = StoryForm(request.POST or None, initial={"story": found.story or draft.text})
    said = ""
    if request.method == "POST" and form.is_valid():
        in_public = "show" in request.POST
        try:
            actions.write_story(found, text=form.cleaned_data["story"], shown=in_public, by=actor)
        except Refused as refusal:
            said = str(refusal.sentence)
        else:
            told = _("存好了，放到公开页上了。") if in_public else _("存好了，没有公开。")
            messages.success(request, told, extra_tags=f"draft:story-{found.code}")
            return redirect(way(request, "page", activity=found.code))
    context = {
        "activity": found,
        "form": form,
        "draft": draft,
        "said": said,
        "may_show": found.on_site and not found.is_sensitive,
        **frame(request, (found.title, way(request, "page", activity=found.code))),
    }
    return render(request, "activities/story.html", context, status=422 if form.is_bound else 200)
