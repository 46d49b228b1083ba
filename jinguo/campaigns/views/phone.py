"""打电话: the list of units that mail no longer reaches, one press a call; and the one reminder a day by hand."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jinguo.campaigns.actions import reminders as actions
from jinguo.campaigns.forms import CallForm
from jinguo.campaigns.models import Circulation
from jinguo.campaigns.models.reminding import CallOutcome
from jinguo.campaigns.queries import reminders as queries
from jinguo.campaigns.queries.circulation import copy_seen
from jinguo.federation.gate import actor_of
from jinguo.lib import clock, ids
from jinguo.lib.errors import NotThere, Problem

PAGE = 50
KINDS = ("", "sign", "report")


@require_safe
def phone_list(request: HttpRequest) -> HttpResponse:
    """Everybody this officer should telephone, with number, words to say, and what was tried."""
    now = clock.now()
    wanted = request.GET.get("campaign", "")[:12]
    wanted = wanted if wanted.isalnum() else ""
    what = request.GET.get("what", "")
    what = what if what in KINDS else ""
    copies = queries.copies_to_phone(request.user, now, wanted, what)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    page = Paginator(copies, PAGE).get_page(number)
    rows = [(row, ids.new_code()) for row in queries.phone_rows(page, now)]
    lead = _address(wanted, what) + "page="
    context = {
        "rows": rows,
        "page": page,
        "total": page.paginator.count,
        "chips": [{"label": label, "url": _address(wanted, kind), "current": kind == what} for kind, label in _kinds()],
        "chips_label": _("看哪些"),
        "outcomes": CallOutcome.choices,
        "now": now,
        "today": clock.local(now).date(),
        "pager": {
            "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages},
            "previous_url": f"{lead}{page.previous_page_number()}" if page.has_previous() else "",
            "next_url": f"{lead}{page.next_page_number()}" if page.has_next() else "",
        }
        if page.paginator.num_pages > 1
        else {},
    }
    return render(request, "campaigns/phone_list.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [("", _("全部")), ("sign", _("没签收")), ("report", _("没报"))]


def _address(campaign: str, what: str) -> str:
    """The list narrowed so; ready for one more word."""
    kept = {name: value for name, value in (("campaign", campaign), ("what", what)) if value}
    return f"?{urlencode(kept)}&" if kept else "?"


@require_POST
def log_call(request: HttpRequest, circulation: str) -> HttpResponse:
    """One call, written down."""
    copy, form = _copy(request, circulation), CallForm(request.POST)
    form.is_valid()
    data = form.cleaned_data
    actions.log_call(
        copy, code=data.get("code", ""), outcome=data.get("outcome", ""), note=data.get("note", ""), by=request.user
    )
    messages.success(request, _("记下了这次通话：%(unit)s。") % {"unit": copy.unit})
    return _back(request, copy)


@require_POST
def nudge(request: HttpRequest, circulation: str) -> HttpResponse:
    """One private mail to one unit; once a day."""
    copy = _copy(request, circulation)
    try:
        actions.nudge_unit(copy, by=request.user)
    except Problem as problem:
        messages.warning(request, str(problem.sentence))
    else:
        messages.success(request, _("提醒在发信箱里了：%(unit)s。休息时间会等到上班再发。") % {"unit": copy.unit})
    return _back(request, copy)


def _copy(request: HttpRequest, code: str) -> Circulation:
    copy = copy_seen(actor_of(request), code)
    if copy is None:
        raise NotThere(_("没有找到这份通知。"))
    return copy


def _back(request: HttpRequest, copy: Circulation) -> HttpResponse:
    """To the list, narrowed and on the page as it was, at the unit she has just dealt with."""
    said = {name: request.POST.get(name, "")[:12] for name in ("campaign", "what", "page")}
    kept = {name: value for name, value in said.items() if value.isascii() and value.isalnum()}
    answer = redirect("campaigns:phone_list")
    answer["Location"] += (f"?{urlencode(kept)}" if kept else "") + f"#unit-{copy.code}"
    return answer
