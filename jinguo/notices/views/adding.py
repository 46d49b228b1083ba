"""Adding what the reader missed: by words selected on the paper, by a sentence, or by words copied into the form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jinguo.federation.gate import actor_of
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require
from jinguo.notices import actions, rules
from jinguo.notices.forms import AddForm, put_error
from jinguo.notices.models import ItemKind, Notice
from jinguo.notices.queries import desk_of
from jinguo.notices.views.desk import answered, desk_address
from jinguo.notices.views.items import notice_at

TITLE = 40  # characters of the selected words offered as a name


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, notice: str) -> HttpResponse:
    """Add an item. `?start=&end=` are a selection on the paper, `?sentence=S12` a sentence; in place with htmx."""
    actor = actor_of(request)
    row = notice_at(request, notice)
    require(rules.may_decide(row, actor))
    form = AddForm(request.POST if request.method == "POST" else None, initial=_start(row, request))
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.add_item(row, by=actor, **form.values())
            word = _("加上了，标作您加的。")
            return answered(request, row, just=item.code, whole=True, word=word, anchor="work")
        except Invalid as problem:
            put_error(form, problem)
    drawn = bool(form["sentence"].value()) and not form.errors.get("sentence")
    context: dict[str, Any] = {"form": form, "notice": row, "back_url": desk_address(row), "drawn": drawn}
    context["show"] = request.GET.get("show", "waiting")
    template = "notices/_add_form.html" if request.htmx else "notices/add.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _start(row: Notice, request: HttpRequest) -> dict[str, Any]:
    """The form as the selection fills it."""
    kind = request.GET.get("kind", "")
    start: dict[str, Any] = {"kind": kind if kind in AddForm.KINDS else ItemKind.MEASURE}
    reading = row.readings.first()
    first, last = request.GET.get("start", ""), request.GET.get("end", "")
    if reading is not None and first.isdigit() and last.isdigit():
        words = reading.raw_text[int(first) : int(last)]
        start |= {"sentence": words, "start": first, "end": last}
    elif request.GET.get("sentence"):
        start["sentence"] = _sentence(row, request.GET["sentence"])
    words = "".join(str(start.get("sentence", "")).replace("**", "").split())
    return start | {"title": words.strip("，。；：、")[:TITLE]}


def _sentence(notice: Notice, ref: str) -> str:
    desk = desk_of(notice)
    return next((each.text for each in desk.covered if each.id == ref), "") if desk else ""
