"""The undo key: takes back the newest of a person's decisions, whatever it was."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.federation.gate import actor_of
from jinguo.lib.errors import NotThere, Stale
from jinguo.notices import actions
from jinguo.notices.models import Decision, Question
from jinguo.notices.views.desk import answered, known_of, overruled
from jinguo.notices.views.items import item_at, notice_at


@require_POST
def take_back(request: HttpRequest, notice: str) -> HttpResponse:
    """`what`: item, items, answer or seen; `ref`: an item's code, or a question's ref; `at`: the moment of the press."""
    row, actor = notice_at(request, notice), actor_of(request)
    what, ref = request.POST.get("what", ""), request.POST.get("ref", "")
    if what == "item":
        return _item(request, notice, ref)
    just = ref
    if what == "items":
        actions.undo_together(row, at=_moment(request), by=actor)
    elif what == "seen":
        actions.unmark_seen(row, at=_moment(request), by=actor)
    elif what == "answer" and request.POST.get("question") in Question.values:
        question = Question(request.POST["question"])
        actions.take_back_answer(row, question=question, ref=ref, by=actor)
        just = f"{question}-{ref}" if ref else str(question)
    else:
        raise NotThere(_("没有可以撤销的。"))
    return answered(request, row, just=just, every=True, word=_("已撤销。"), anchor="work")


def _item(request: HttpRequest, notice: str, ref: str) -> HttpResponse:
    item = item_at(request, notice, ref)
    added_and_gone = not item.proposal and item.decision == Decision.REJECTED
    act = actions.confirm_item if added_and_gone else actions.undo_item
    try:
        done = act(item, by=actor_of(request), known=known_of(request))
    except Stale as problem:
        return overruled(request, item.notice, problem, just=item.code)
    remade = done.pk != item.pk
    return answered(request, item.notice, just=done.code, whole=remade, word=_("已撤销。"), anchor="work")


def _moment(request: HttpRequest) -> datetime:
    try:
        return datetime.fromisoformat(request.POST.get("at", ""))
    except ValueError:
        raise NotThere(_("没有可以撤销的。")) from None
