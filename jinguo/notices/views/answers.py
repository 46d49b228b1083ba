"""Answers to the open questions, and sentences that were looked at."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Stale
from jinguo.notices import actions
from jinguo.notices.forms import put_error
from jinguo.notices.models import Question
from jinguo.notices.queries import Desk
from jinguo.notices.queries.notices import visible_notices
from jinguo.notices.questions import CLOSE_OF_DAY, Asked
from jinguo.notices.views.desk import answered, desk_at, desk_context, known_of, overruled
from jinguo.notices.views.question_cards import form_of, question_cards


@require_POST
def answer(request: HttpRequest, notice: str) -> HttpResponse:
    """One answer to one question."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    desk = desk_at(request, row)
    asked = next((each for each in desk.questions if each.key == request.POST.get("question")), None) if desk else None
    if desk is None or asked is None:
        raise NotThere(_("这个问题已经不在了。请刷新后再看。"))
    form = form_of(asked, request.POST)
    if form.is_valid():
        try:
            _write(desk, asked, form.cleaned_data, actor, known_of(request))
        except Invalid as problem:
            put_error(form, problem)
        except Stale as problem:
            return overruled(request, row, problem, just=asked.key)
        else:
            return answered(request, row, just=asked.key, word=_("定下了。"), anchor="work")
    context = desk_context(desk, actor) | {
        "question_cards": question_cards(desk, {asked.key: form}),
        "fragment": request.htmx,
    }
    template = "notices/_answer.html" if request.htmx else "notices/desk.html"
    return render(request, template, context, status=422)


def _write(desk: Desk, asked: Asked, data: dict[str, Any], actor: Any, known: int | None) -> None:
    kind = data["kind"]
    if asked.question == Question.DUE and asked.item is not None:
        days = data["days"] if kind == "working_days" else None
        on, at = (data["date"], data["time"]) if kind == "date" else (None, None)
        actions.answer_due(asked.item, by=actor, working_days=days, on=on, at=at, known=known)
    elif asked.question == Question.SIGN_DUE:
        day = data["date"] if kind == "date" else None
        until = clock.at(day, CLOSE_OF_DAY.hour) if day else None
        actions.answer_sign_due(desk.notice, by=actor, until=until, known=known)
    else:
        day = data["date"] if kind == "date" else None
        actions.answer_signed_on(desk.notice, by=actor, day=day, known=known)


@require_POST
def mark_seen(request: HttpRequest, notice: str) -> HttpResponse:
    """Say that sentences hold no task: those named, or all nobody looked at."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    sentences = request.POST.getlist("sentence")
    actions.mark_seen(row, sentences, by=actor)
    word = _("记下了：看过，没有任务。")
    return answered(request, row, just=sentences[-1] if sentences else "", word=word, anchor="work")


@require_POST
def as_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """A 公示 or 决定 that does ask something of units is handled like a notice."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    actions.treat_as_notice(row, by=actor)
    return answered(request, row, whole=True, word=_("好，照通知来办。"), anchor="work")
