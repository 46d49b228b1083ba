"""Deciding about items, one page or fragment each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jinguo.federation.gate import actor_of
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require
from jinguo.notices import actions, rules
from jinguo.notices.forms import AddForm, ItemForm, MergeForm, SplitForm, put_error
from jinguo.notices.models import Decision, Item, ItemKind, Notice
from jinguo.notices.queries import desk_of
from jinguo.notices.queries.notices import visible_notices
from jinguo.notices.views.desk import answered


def _item(request: HttpRequest, notice: str, item: str) -> Item:
    """The item of a notice this person may see; 404 when there is none."""
    row = get_object_or_404(visible_notices(actor_of(request)), code=notice)
    found = row.items.filter(code=item).first()
    if found is None:
        raise NotThere(_("没有这一条。"))
    found.notice = row
    return found


def _act(request: HttpRequest, notice: str, item: str, action: Callable[..., Item], word: str) -> HttpResponse:
    row = _item(request, notice, item)
    done = action(row, by=actor_of(request))
    remade = done.pk != row.pk or row.decision == Decision.REPLACED
    return answered(request, row.notice, just=done.code, whole=remade, word=word, anchor="work")


@require_POST
def confirm(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    return _act(request, notice, item, actions.confirm_item, _("已确认。"))


@require_POST
def reject(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    return _act(request, notice, item, actions.reject_item, _("记下了：不是任务，不派不催。"))


@require_POST
def undo(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    return _act(request, notice, item, actions.undo_item, _("已撤销。"))


@require_POST
def confirm_all(request: HttpRequest, notice: str) -> HttpResponse:
    """Confirm everything still proposed."""
    row = get_object_or_404(visible_notices(actor_of(request)), code=notice)
    count = actions.confirm_all(row, by=actor_of(request))
    word = ngettext("确认了 %(n)s 条。", "确认了 %(n)s 条。", count) % {"n": count}
    return answered(request, row, whole=True, word=word, anchor="work")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    """Change values; in place with htmx, else on a page of its own."""
    row = _item(request, notice, item)
    require(rules.may_decide(row.notice, actor_of(request)))
    form = ItemForm.of(row, request.POST if request.method == "POST" else None)
    form.fields["title"].widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid():
        actions.edit_item(row, by=actor_of(request), **form.values())
        return answered(request, row.notice, just=row.code, word=_("改好了，原文的读法留在旁边。"), anchor="work")
    desk = desk_of(row.notice, show=request.GET.get("show", "waiting"))
    card = desk.card(row) if desk and row.code in desk.numbers else None
    if card is None:
        raise NotThere(_("这一条已经被拆分或合并了。"))
    context = {"form": form, "card": card, "notice": row.notice, "desk": desk, "back_url": _desk_address(row.notice)}
    template = "notices/_card_form.html" if request.htmx else "notices/edit.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    """One own event into several."""
    row = _item(request, notice, item)
    if request.method == "GET":
        require(rules.may_split(row, actor_of(request)))
    form = SplitForm(request.POST if request.method == "POST" else None, initial={"names": "\n".join(_parts(row))})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.split_item(row, names=form.cleaned_data["names"], by=actor_of(request))
            word = _("分成了 %(n)s 项。") % {"n": len(made)}
            return answered(request, row.notice, just=made[0].code, whole=True, word=word, anchor="work")
        except Invalid as problem:
            put_error(form, problem)
    context = {"form": form, "item": row, "notice": row.notice, "back_url": _desk_address(row.notice)}
    return render(request, "notices/split.html", context, status=422 if form.is_bound else 200)


def _parts(item: Item) -> list[str]:
    """What the reader would cut it into, else its facets."""
    offered = item.proposal.get("splits") or []
    return (offered[0] if offered else None) or item.values.get("facets") or []


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    """Two own events into one."""
    row = _item(request, notice, item)
    if request.method == "GET":
        require(rules.may_split(row, actor_of(request)))
    others = list(row.notice.items.standing().filter(kind=ItemKind.OWN_EVENT).exclude(pk=row.pk))
    posted = request.POST.get("other", "")
    if row.decision == Decision.REPLACED:  # the same press twice: its partner is replaced as well
        others += list(row.notice.items.filter(code=posted, kind=ItemKind.OWN_EVENT, decision=Decision.REPLACED))
    form = MergeForm(others, request.POST if request.method == "POST" else None, initial={"title": row.title})
    if request.method == "POST" and form.is_valid():
        other = next(each for each in others if each.code == form.cleaned_data["other"])
        other.notice = row.notice
        try:
            made = actions.merge_items([row, other], title=form.cleaned_data["title"], by=actor_of(request))
            return answered(request, row.notice, just=made.code, whole=True, word=_("合并成一项了。"), anchor="work")
        except Invalid as problem:
            put_error(form, problem)
    context = {"form": form, "item": row, "notice": row.notice, "back_url": _desk_address(row.notice)}
    return render(request, "notices/merge.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, notice: str) -> HttpResponse:
    """Add what the reader missed, by its sentence; `?sentence=S12` fills that sentence in."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    require(rules.may_decide(row, actor))
    start = {"sentence": _sentence(row, request.GET.get("sentence", "")), "kind": ItemKind.MEASURE}
    form = AddForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        found: dict[str, Any] = dict(form.cleaned_data)
        kind = ItemKind(found.pop("kind"))
        try:
            item = actions.add_item(row, kind=kind, sentence=found.pop("sentence"), by=actor, **found)
            return answered(request, row, just=item.code, whole=True, word=_("加上了。"), anchor="work")
        except Invalid as problem:
            put_error(form, problem)
    context = {"form": form, "notice": row, "back_url": _desk_address(row)}
    return render(request, "notices/add.html", context, status=422 if form.is_bound else 200)


def _sentence(notice: Notice, ref: str) -> str:
    desk = desk_of(notice) if ref else None
    return next((each.text for each in desk.covered if each.id == ref), "") if desk else ""


def _desk_address(notice: Notice) -> str:
    return reverse("notices:view", args=[notice.code])
