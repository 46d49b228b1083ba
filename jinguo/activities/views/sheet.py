"""The questions an activity asks beside name and telephone: written one at a time, scripts or not."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinguo.activities import rules
from jinguo.activities.models import Activity
from jinguo.activities.views.unit import fetch as fetch_activity
from jinguo.activities.ways import frame, way
from jinguo.federation.gate import actor_of
from jinguo.lib import ids
from jinguo.lib.errors import NotThere, Problem, Refused
from jinguo.lib.rulings import require
from jinguo.questions import actions
from jinguo.questions.forms import AnswerForm, QuestionForm
from jinguo.questions.forms.building import as_typed
from jinguo.questions.models import Question
from jinguo.questions.queries import questions_of
from jinguo.questions.rules import MOST_QUESTIONS


def fetch(request: HttpRequest, activity: str) -> Activity:
    """An activity whose questions this actor may write."""
    found = fetch_activity(request, activity)
    require(rules.may_set_seats(found, actor_of(request)))
    return found


def fetch_question(activity: Activity, question: str) -> Question:
    """One question of it that is still asked."""
    rows = Question.objects.standing().filter(sheet__about_kind="activity", sheet__about_code=activity.code)
    row = rows.select_related("sheet__unit", "asks_if").filter(code=question).first()
    if row is None:
        raise NotThere(_("没有这个问题，或已经不问了。请刷新再看。"))
    return row


def sheet(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """All questions in their order, and how they look to whoever signs up."""
    found = fetch(request, activity)
    asked = questions_of("activity", found.code)
    context = {
        "activity": found,
        "questions": asked,
        "specimen": AnswerForm(questions=asked, auto_id="specimen-%s"),
        "full": len(asked) >= MOST_QUESTIONS,
        **frame(request, (found.title, way(request, "page", activity=found.code))),
    }
    return render(request, "activities/sheet.html", context)


def _back(request: HttpRequest, activity: Activity) -> HttpResponse:
    return redirect(way(request, "sheet", activity=activity.code))


def question_add(request: HttpRequest, activity: str, link: Any = None) -> HttpResponse:
    """One more question."""
    found = fetch(request, activity)
    form = QuestionForm(
        request.POST or None, earlier=questions_of("activity", found.code), initial={"code": ids.new_code()}
    )
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        try:
            whole = actions.open_sheet(found.unit, kind="activity", code=found.code, by=actor)
            actions.add_question(whole, form.wish(), code=form.cleaned_data["code"], by=actor)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("加好了。"))
            return _back(request, found)
    return _form_page(request, found, form)


def question_edit(request: HttpRequest, activity: str, question: str, link: Any = None) -> HttpResponse:
    """Other words; another kind only while nobody has answered."""
    found = fetch(request, activity)
    row = fetch_question(found, question)
    asked = questions_of("activity", found.code)
    earlier = [one for one in asked if one.position < row.position]
    form = QuestionForm(request.POST or None, earlier=earlier, initial=as_typed(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_question(row, form.wish(), by=actor_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("改好了。"))
            return _back(request, found)
    return _form_page(request, found, form, row)


def _form_page(
    request: HttpRequest, activity: Activity, form: QuestionForm, question: Question | None = None
) -> HttpResponse:
    trail = (
        (activity.title, way(request, "page", activity=activity.code)),
        (_("报名时问什么"), way(request, "sheet", activity=activity.code)),
    )
    context = {"activity": activity, "form": form, "question": question, **frame(request, *trail)}
    return render(request, "activities/question_form.html", context, status=422 if form.is_bound else 200)


def question_move(request: HttpRequest, activity: str, question: str, link: Any = None) -> HttpResponse:
    """Up or down by one."""
    found = fetch(request, activity)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        actions.move_question(
            fetch_question(found, question), up=request.POST.get("to") == "up", by=actor_of(request),
            seen=int(seen) if seen.isdecimal() and len(seen) < 6 else None,
        )  # fmt: skip
    return _back(request, found)


def question_retire(request: HttpRequest, activity: str, question: str, link: Any = None) -> HttpResponse:
    """Ask it no more. Pressed twice, it is gone once."""
    found = fetch(request, activity)
    row = Question.objects.standing().filter(sheet__about_code=found.code, code=question).first()
    if request.method == "POST" and row is not None:
        try:
            actions.retire_question(fetch_question(found, question), by=actor_of(request))
            messages.success(request, _("不问了。已经有的回答还在表格里。"))
        except Problem as problem:
            messages.warning(request, str(problem.sentence))
    return _back(request, found)
