"""How the desk is answered: the whole page, or after an act with htmx only what has changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, retarget

from jinguo.federation.gate import actor_of
from jinguo.lib.errors import NotThere
from jinguo.notices import rules
from jinguo.notices.coverage import Share
from jinguo.notices.models import Notice, NoticeState
from jinguo.notices.queries import Desk, desk_of
from jinguo.notices.views.question_cards import question_cards

BURDEN = 4000  # characters a task paper usually keeps to (减负若干规定 2024, reference/gongwen C5)


def desk_context(desk: Desk, actor: Any) -> dict[str, Any]:
    """What the templates of the desk need beside the desk itself."""
    notice = desk.notice
    address = reverse("notices:view", args=[notice.code])
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
        "burden_most": BURDEN,
        "back_url": reverse("notices:list"),
    }


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


def answered(
    request: HttpRequest, notice: Notice, *, just: str = "", whole: bool = False, word: str = "", anchor: str = ""
) -> HttpResponse:
    """After an act: the changed parts for htmx, else back to the page.

    Args:
        just: the item decided; kept in sight so that it can be undone.
        whole: numbers on the paper have changed, so everything is drawn again.
        word: a toast.
    """
    show = request.GET.get("show", "waiting")
    address = reverse("notices:view", args=[notice.code])
    back = f"{address}?show={show}" + (f"&just={just}" if just else "") + (f"#{anchor}" if anchor else "")
    if word and (whole or not request.htmx):
        messages.success(request, word)
    if whole or not request.htmx:
        return HttpResponseClientRedirect(back) if request.htmx else HttpResponseRedirect(back)
    actor = actor_of(request)
    desk = desk_of(notice, show=show, just=just)
    if desk is None:
        raise NotThere(_("这份通知没有可确认的内容。"))
    context = desk_context(desk, actor) | {"changed_blocks": desk.blocks_of([just]) if just else [], "fragment": True}
    # The edit form asks for its own card to be replaced; the whole list comes back instead, into the list's frame.
    response = retarget(render(request, "notices/_answer.html", context), "#work")
    response["HX-Reswap"] = "innerHTML settle:0ms"
    return response
