"""The unit's own pages, behind its link or at its desk: my reports, the sheet, the receipt, 「没有，报‘无’」."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinguo.campaigns.actions import obligations
from jinguo.campaigns.models import Obligation, ProxyReport
from jinguo.lib.errors import Invalid, NotThere
from jinguo.reports import rules
from jinguo.reports.actions import returns as actions
from jinguo.reports.forms import ZeroForm
from jinguo.reports.models import Return
from jinguo.reports.models.returned import ReturnState
from jinguo.reports.queries import returns as queries
from jinguo.reports.sheet import FIELDS, LABELS, SIGNERS
from jinguo.reports.views.sides import Side, side_of


def own_or_404(side: Side, code: str) -> Return:
    """One of the unit's own returns with all its page shows."""
    given = queries.with_contents(Return.objects.own_of(side.actor)).filter(code=code).first()
    if given is None:
        raise NotThere(_("没有找到这件报送。"))
    return given


def obligation_or_404(side: Side, code: str) -> Obligation:
    """One thing the unit is asked."""
    row = queries.obligations_of(side.actor, side.campaign).filter(code=code).first()
    if row is None:
        raise NotThere(_("没有找到这项报送要求。"))
    return row


@require_GET
def my_reports(request: HttpRequest, link: Any = None) -> HttpResponse:
    """What is asked of the unit, what is not reported yet, and everything it has sent."""
    side = side_of(request)
    duties = queries.duties_of(side.actor, side.campaign)
    page = queries.page_of_returns(side.actor, request.GET.get("page", "1"))
    context = {
        "side": side,
        "base": side.base,
        "duties": duties,
        "unreported": queries.unreported(side.actor, side.campaign),
        "page": page,
        "labels": LABELS,
        "pager": _pager(side, page),
    }
    return render(request, "reports/unit/list.html", context)


def _pager(side: Side, page: Any) -> dict[str, Any]:
    here = side.url("list")
    return {
        "text": _("第 %(n)s 页，共 %(of)s 页") % {"n": page.number, "of": page.paginator.num_pages}
        if page.paginator.num_pages > 1
        else "",
        "previous_url": f"{here}?page={page.number - 1}" if page.has_previous() else "",
        "next_url": f"{here}?page={page.number + 1}" if page.has_next() else "",
    }


@require_GET
def show(request: HttpRequest, report: str, link: Any = None) -> HttpResponse:
    """The receipt: what was understood, what the city said, every version."""
    side = side_of(request)
    given = own_or_404(side, report)
    versions = list(given.versions.all())
    latest = next((version for version in versions if version.pk == given.current_id), None)
    sent = [version for version in versions if version.sent_at]
    pairs = [(newer, queries.changes_between(older, newer)) for newer, older in pairwise(sent)]
    notes = [(LABELS[note.field], note.note) for note in latest.notes.all()] if latest else []
    context = {
        "side": side,
        "base": side.base,
        "given": given,
        "held": rules.is_held(given),
        "version": latest,
        "waiting": next((version for version in versions if not version.sent_at), None),
        "notes": notes if given.state == ReturnState.SENT_BACK else [],
        "fields": [(field, queries.text_of(latest, field)) for field in FIELDS] if latest else [],
        "clauses": queries.clause_text(latest) if latest else "",
        "signers": [(name, getattr(latest, name)) for name in SIGNERS] if latest else [],
        "changes": pairs,
        "first": sent[-1] if sent else None,
        "by_proxy": ProxyReport.objects.filter(about=given.code).select_related("unit"),
        "adoptions": given.adoptions.select_related("summary").defer("summary__snapshot") if given.outcome else [],
        "may_withdraw": rules.may_withdraw(given, side.actor),
    }
    return render(request, "reports/unit/show.html", context)


@require_POST
def withdraw(request: HttpRequest, report: str, link: Any = None) -> HttpResponse:
    """Take back what was sent and not accepted."""
    side = side_of(request)
    given = actions.withdraw_return(own_or_404(side, report), by=side.actor)
    said = _("更正撤回了，已接收的那一版照旧。") if given.accepted_id else _("撤回了。改好以后可以再报。")
    messages.success(request, said)
    return redirect(side.url("show", report=given.code))


@require_POST
def discard(request: HttpRequest, report: str, link: Any = None) -> HttpResponse:
    """Throw a draft away."""
    side = side_of(request)
    given = Return.objects.own_of(side.actor).filter(code=report).select_related("obligation__unit", "unit").first()
    if given is not None:
        actions.discard_draft(given, by=side.actor)
    messages.success(request, _("草稿删掉了。"))
    return redirect(side.url("list"))


@require_http_methods(["GET", "POST"])
def zero(request: HttpRequest, obligation: str, link: Any = None) -> HttpResponse:
    """Say 「没有」 with a reason, or take it back."""
    side = side_of(request)
    duty = obligation_or_404(side, obligation)
    form = ZeroForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "undo" in request.POST:
        obligations.undo_zero(duty, by=side.actor)
        messages.success(request, _("收回了，这一项等您来报。"))
        return redirect(side.url("list"))
    if request.method == "POST" and form.is_valid():
        try:
            obligations.zero_report(duty, reason=form.said(), by=side.actor)
        except Invalid as problem:
            form.add_error("words", str(problem.sentence))
        else:
            messages.success(request, _("登记为“零报告”。有了活动，随时可以再报。"))
            return redirect(side.url("list"))
    status = 422 if form.errors else 200
    return render(
        request, "reports/unit/zero.html", {"side": side, "base": side.base, "duty": duty, "form": form}, status=status
    )
