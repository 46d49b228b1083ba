"""One event told twice, and where a return was used: what the reviewer says of them, beside accepting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.federation.gate import actor_of
from jinguo.lib.errors import Invalid, NotThere
from jinguo.reports.actions import adopting
from jinguo.reports.actions import same as actions
from jinguo.reports.models import Return
from jinguo.reports.queries import tray as trays
from jinguo.reports.views.desk import names_of, onward, page_of, seen_or_404


@require_POST
def same(request: HttpRequest, report: str) -> HttpResponse:
    """Merge it into another of the unit, join it with one of another unit, put the two apart, or take that back."""
    given, by = seen_or_404(request, report), actor_of(request)
    act = request.POST.get("act", "")
    if act == "split":
        actions.split_return(given, by=by)
        messages.success(request, _("分开了，这一件又在等您看。"))
    elif act == "leave":
        actions.leave_event(given, by=by)
        messages.success(request, _("不再算作同一场，数字各计各的。"))
    else:
        other = _other(request, given)
        if act == "merge":
            return _merge(request, given, other)
        if act == "join":
            actions.join_returns(given, other, by=by)
            messages.success(request, _("算作同一场：两家都算报过，数字只计一次。"))
        elif act == "apart":
            actions.put_apart(given, other, by=by)
            messages.success(request, _("记下了：不是同一场，以后不再提。"))
    return redirect("reports:review", report=given.code)


def _merge(request: HttpRequest, given: Return, other: Return) -> HttpResponse:
    """Merge the way that can be done: this one into the other, else the other into this one."""
    by = actor_of(request)
    following = trays.next_waiting(by, given)
    actions.merge_return(given, other, by=by)
    messages.success(request, _("并入了：%(unit)s“%(title)s”只计一件，两件的原样都留着。") % names_of(given))
    return onward(following)


def _other(request: HttpRequest, given: Return) -> Return:
    rows = Return.objects.visible_to(actor_of(request)).filter(code=request.POST.get("other", ""))
    found = rows.select_related("unit", "joint", "campaign__office__unit", "obligation__unit").first()
    if found is None:
        raise NotThere(_("没有找到要比的那一件。"))
    return found


@require_POST
def adopt(request: HttpRequest, report: str) -> HttpResponse:
    """Mark an accepted return as used somewhere, or take that back."""
    given, by = seen_or_404(request, report), actor_of(request)
    undone = given.adoptions.filter(code=request.POST.get("undo", "")).first() if request.POST.get("undo") else None
    if "undo" in request.POST:
        if undone is not None:
            adopting.undo_adoption(undone, by=by)
        messages.success(request, _("取消了这一处采用。"))
        return redirect("reports:review", report=given.code)
    try:
        adopting.adopt_return(given, where=request.POST.get("where", ""), by=by)
    except Invalid as problem:
        return page_of(request, given, {}, problem.sentence, 422)
    messages.success(request, _("标了采用。十分钟后写信告诉%(unit)s，只告诉它。") % names_of(given))
    return redirect(f"{reverse('reports:review', kwargs={'report': given.code})}#adopted")
