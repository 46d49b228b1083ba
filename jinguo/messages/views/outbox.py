"""The outbox page: what waits, what left, what did not and why."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from jinguo.federation import policy
from jinguo.federation.queries import office_for
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.messages import actions
from jinguo.messages.actions import AGAIN
from jinguo.messages.models import Delivery, OutMessage
from jinguo.messages.queries import counts_by_state

PAGE = 50


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The messages of the user's office, newest first, by state."""
    mine = OutMessage.objects.visible_to(request.user)
    counts = counts_by_state(mine)
    state = request.GET.get("state", "")
    rows = mine.filter(state=state) if state in Delivery.values else mine
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    page = Paginator(rows.defer("body_sealed").order_by("-pk"), PAGE).get_page(number)
    context: dict[str, Any] = {
        "page": page,
        "now": clock.now(),
        "chips": _chips(counts, state),
        "pager": _pager(page, state),
        "again": AGAIN,
        "aside": counts[Delivery.ASIDE],
        "may_edit": policy.may_anywhere(request.user, "message.edit"),
    }
    return render(request, "messages/outbox.html", context)


@require_POST
def retry(request: HttpRequest, message: str) -> HttpResponse:
    """Send one message again."""
    row = get_object_or_404(OutMessage.objects.visible_to(request.user).select_related("office__unit"), code=message)
    if actions.retry_message(row, by=request.user) or row.state != Delivery.SENT:
        messages.success(request, _("放回待发了，一两分钟内再发一次。"))
    else:
        messages.info(request, _("这封信已经在发送或已经发出，不用重发。"))
    return redirect("messages:outbox")


@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Send everything that was set aside again."""
    office = office_for(request.user, "message.edit")
    if office is None:
        raise Refused(_("只有发信单位的经办人可以重发。"))
    moved = actions.retry_aside(office, by=request.user)
    said = ngettext("%(n)s 封放回待发了。", "%(n)s 封放回待发了。", moved) % {"n": moved}
    messages.success(request, said if moved else _("没有要重发的。"))
    return redirect("messages:outbox")


def _chips(counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    here = reverse("messages:outbox")
    chips = [{"label": _("全部"), "url": here, "current": not current}]
    for state, label in Delivery.choices:
        if counts[state]:
            chips.append(
                {"label": f"{label} {counts[state]}", "url": f"{here}?state={state}", "current": state == current}
            )
    return chips


def _pager(page: Page, state: str) -> dict[str, str]:
    if page.paginator.num_pages < 2:
        return {}
    lead = f"?state={state}&page=" if state else "?page="
    return {
        "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages},
        "previous_url": f"{lead}{page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{lead}{page.next_page_number()}" if page.has_next() else "",
    }
