"""Deciding about items, one page or fragment each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jinguo.federation.gate import actor_of
from jinguo.lib.errors import Invalid, NotThere, Stale
from jinguo.lib.rulings import require
from jinguo.notices import actions, rules
from jinguo.notices.doubts import Trust
from jinguo.notices.forms import ItemForm, MergeForm, SplitForm, put_error
from jinguo.notices.models import Decision, Item, ItemKind, Notice
from jinguo.notices.queries import desk_of
from jinguo.notices.queries.desk import newest_decision
from jinguo.notices.queries.notices import visible_notices
from jinguo.notices.views.desk import answered, desk_address, known_of, overruled


def item_at(request: HttpRequest, notice: str, item: str) -> Item:
    """The item of a notice this person may see; 404 when there is none."""
    row = get_object_or_404(visible_notices(actor_of(request)), code=notice)
    found = row.items.filter(code=item).first()
    if found is None:
        raise NotThere(_("没有这一条。"))
    found.notice = row
    return found


def _act(request: HttpRequest, notice: str, item: str, action: Callable[..., Item], word: str) -> HttpResponse:
    row = item_at(request, notice, item)
    try:
        done = action(row, by=actor_of(request), known=known_of(request))
    except Stale as problem:
        return overruled(request, row.notice, problem, just=row.code)
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
    """Confirm everything still proposed, or the group named: sure, fair."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    group = request.POST.get("group", "")
    codes = None
    if group in (Trust.SURE, Trust.FAIR):
        desk = desk_of(row)
        codes = {card.item.code for card in desk.groups[Trust(group)]} if desk else set()
    count = actions.confirm_all(row, by=actor, codes=codes)
    word = ngettext("确认了 %(n)s 条。", "确认了 %(n)s 条。", count) % {"n": count}
    return answered(request, row, just=f"bulk-{group}", every=True, word=word, anchor="work")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    """Change values; in place with htmx, else on a page of its own."""
    row = item_at(request, notice, item)
    actor = actor_of(request)
    require(rules.may_decide(row.notice, actor))
    form = ItemForm.of(row, request.POST if request.method == "POST" else None)
    form.fields["title"].widget.attrs["autofocus"] = True
    known = known_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_item(row, by=actor, known=known, **form.values())
        except Stale as problem:  # what she typed stays in the form; sent again it stands, now that she has been told
            form.add_error(None, str(problem.sentence))
            newest = newest_decision(row)
            known = newest.pk if newest else 0
        else:
            return answered(request, row.notice, just=row.code, word=_("改好了，原文的读法留在旁边。"), anchor="work")
    desk = desk_of(row.notice, show=request.GET.get("show", "waiting"))
    card = desk.card(row) if desk and row.code in desk.numbers else None
    if card is None:
        raise NotThere(_("这一条已经被拆分或合并了。"))
    context = {
        "form": form, "card": card, "notice": row.notice, "desk": desk, "back_url": desk_address(row.notice),
        "known": card.known if known is None else known,
    }  # fmt: skip
    template = "notices/_card_form.html" if request.htmx else "notices/edit.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
def flip(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    """Turn round the reader's cut beside an own event: one becomes several, or two become one."""
    row = item_at(request, notice, item)
    try:
        made = actions.flip_cut(row, by=actor_of(request), known=known_of(request))
    except Stale as problem:
        return overruled(request, row.notice, problem, just=row.code)
    word = _("断开了，分成 %(n)s 项。") % {"n": len(made)} if len(made) > 1 else _("合成一项了。")
    return answered(request, row.notice, just=made[0].code, whole=True, word=word, anchor="work")


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    """One own event into several."""
    row = item_at(request, notice, item)
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
    context = {"form": form, "item": row, "notice": row.notice, "back_url": desk_address(row.notice)}
    return render(request, "notices/split.html", context, status=422 if form.is_bound else 200)


def _parts(item: Item) -> list[str]:
    """What the reader would cut it into, else its facets."""
    offered = item.proposal.get("splits") or []
    return (offered[0] if offered else None) or item.values.get("facets") or []


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, notice: str, item: str) -> HttpResponse:
    """Two own events into one."""
    row = item_at(request, notice, item)
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
    context: dict[str, Any] = {"form": form, "item": row, "notice": row.notice, "back_url": desk_address(row.notice)}
    return render(request, "notices/merge.html", context, status=422 if form.is_bound else 200)


def notice_at(request: HttpRequest, code: str) -> Notice:
    """The notice at an address, if this person may see it; 404 otherwise."""
    return get_object_or_404(visible_notices(actor_of(request)), code=code)
