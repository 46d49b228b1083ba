"""How the desk is answered: the whole page, or after an act with htmx only what has changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, retarget

from jinguo.federation.gate import actor_of
from jinguo.lib.errors import NotThere, Stale
from jinguo.notices import rules
from jinguo.notices.coverage import Share
from jinguo.notices.doubts import Trust
from jinguo.notices.forms import AddForm
from jinguo.notices.models import Notice, NoticeState
from jinguo.notices.queries import Desk, desk_of
from jinguo.notices.queries.desk import MOST
from jinguo.notices.views.question_cards import question_cards

EVERY = 5000  # cards of a list at the very most
BURDEN = 4000  # characters a task paper usually keeps to (减负若干规定 2024, reference/gongwen C5)


def desk_context(desk: Desk, actor: Any) -> dict[str, Any]:
    """What the templates of the desk need beside the desk itself."""
    notice = desk.notice
    address = desk_address(notice)
    labels = {
        "waiting": _("待确认"), "all": _("全部"), "questions": _("要您定的"), "no_task": _("无任务句"),
    }  # fmt: skip
    return {
        "desk": desk,
        "notice": notice,
        "may_decide": rules.may_decide(notice, actor),
        "may_publish": rules.may_publish(notice, actor, desk.progress),
        "tabs": [
            {"label": labels[show], "url": f"{address}?show={show}#work", "current": show == desk.show, "count": count}
            for show, count in desk.tabs
        ],
        "tabs_label": _("看哪些条目"),
        "steps": steps(notice),
        "segments": segments(desk),
        "legend": [{"fill": fill, "label": label, "count": count} for fill, count, label in segments(desk)],
        "question_cards": question_cards(desk),
        "groups": [_group(desk, Trust.FAIR), _group(desk, Trust.SURE)],
        "doubtful": len(desk.groups[Trust.DOUBT]) + len(desk.unseen),
        "upto": f":{desk.upto}",
        "every": EVERY,
        "last_known": _last_known(desk),
        "draw_kinds": [(kind.value, kind.label) for kind in AddForm.KINDS],
        "may_void": rules.may_void(notice, actor),
        "burden_most": BURDEN,
        "back_url": reverse("notices:list"),
    }


def _group(desk: Desk, trust: Trust) -> dict[str, Any]:
    """A list of items with its button: the sure ones may be confirmed unseen, the fair ones after a look."""
    cards, sure = desk.groups[trust], trust == Trust.SURE
    return {
        "name": str(trust),
        "title": _("读得清楚的") if sure else _("请对照原句的"),
        "says": _("原文写得明白，可以一起确认；不对的先改、先划掉。") if sure else _("看过下面这些，都对就一起确认。"),
        "cards": cards,
        "first": sure,
        "now": desk.now == f"bulk-{trust}",
        "hidden": max(len(cards) - desk.upto, 0),
    }


def _last_known(desk: Desk) -> int:
    """The decision the undo key would take back."""
    item = desk.last.item if desk.last and desk.last.what == "item" else None
    return desk.newest[item.pk].pk if item else 0


def segments(desk: Desk) -> list[tuple[str, int, str]]:
    """The shares of the bar in their order."""
    words = (
        (Share.CONFIRMED, "ok", _("已确认")), (Share.NO_TASK, "aside", _("无任务")),
        (Share.TO_CONFIRM, "info", _("待确认")), (Share.UNSEEN, "quiet", _("待看")),
    )  # fmt: skip
    return [(fill, desk.shares[share], word) for share, fill, word in words]


def steps(notice: Notice) -> list[dict[str, str]]:
    """Where this notice is on its way."""
    planned = notice.state == NoticeState.PLANNED
    return [
        {"label": _("收文"), "state": "done"},
        {"label": _("读文"), "state": "done"},
        {"label": _("确认"), "state": "done" if planned else "now"},
        {"label": _("圈定单位"), "state": "now" if planned else ""},
        {"label": _("发出"), "state": ""},
    ]


def desk_address(notice: Notice) -> str:
    return reverse("notices:view", args=[notice.code])


def known_of(request: HttpRequest) -> int | None:
    """The newest decision the page showed; None where an older page does not say."""
    known = request.POST.get("known", "")
    return int(known) if known.isdigit() else None


def desk_at(request: HttpRequest, notice: Notice, just: str = "") -> Desk | None:
    """The desk as this request asks for it: its tab, how many cards, for whom."""
    upto = request.GET.get("upto", "")
    show = request.GET.get("show", "waiting" if notice.state == NoticeState.READ else "all")
    many = min(int(upto), EVERY) if upto.isdigit() else MOST
    return desk_of(notice, show=show, just=just, upto=max(many, MOST), actor=actor_of(request).actor_code)


def answered(
    request: HttpRequest,
    notice: Notice,
    *,
    just: str = "",
    whole: bool = False,
    every: bool = False,
    word: str = "",
    anchor: str = "",
) -> HttpResponse:
    """After an act: the changed parts for htmx, else back to the page.

    Args:
        just: the item, sentence or question decided; the next one becomes current, and it can be taken back.
        whole: numbers on the paper have changed, so everything is drawn again.
        every: any paragraph of the paper may look different now.
        word: what happened, as a toast or to a screen reader.
    """
    show = request.GET.get("show", "waiting")
    back = f"{desk_address(notice)}?show={show}" + (f"&just={just}" if just else "") + (f"#{anchor}" if anchor else "")
    if word and (whole or not request.htmx):
        messages.success(request, word)
    if whole or not request.htmx:
        return HttpResponseClientRedirect(back) if request.htmx else HttpResponseRedirect(back)
    return _swap(request, notice, just, word, every=every)


def overruled(request: HttpRequest, notice: Notice, problem: Stale, *, just: str) -> HttpResponse:
    """Somebody decided otherwise meanwhile: the desk as it stands now, with the sentence that says so."""
    notice.refresh_from_db(fields=["state"])
    if notice.state != NoticeState.READ:
        raise problem
    if request.htmx:
        return _swap(request, notice, just, "", every=True, conflict=str(problem.sentence), status=422)
    desk = desk_at(request, notice, just)
    if desk is None:
        raise problem
    context = desk_context(desk, actor_of(request)) | {"conflict": str(problem.sentence)}
    return render(request, "notices/desk.html", context, status=409)


def _swap(
    request: HttpRequest, notice: Notice, just: str, word: str, *, every: bool, conflict: str = "", status: int = 200
) -> HttpResponse:
    desk = desk_at(request, notice, just)
    if desk is None:
        raise NotThere(_("这份通知没有可确认的内容。"))
    changed = desk.blocks if every else desk.blocks_of([just], [just]) if just else []
    context = desk_context(desk, actor_of(request)) | {
        "changed_blocks": changed, "fragment": True, "word": word, "conflict": conflict,
    }  # fmt: skip
    # The edit form asks for its own card to be replaced; the whole list comes back instead, into the list's frame.
    response = retarget(render(request, "notices/_answer.html", context, status=status), "#work")
    response["HX-Reswap"] = "innerHTML settle:0ms"
    return response
