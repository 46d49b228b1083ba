"""几场活动: an officer says where each activity of a mail begins, or that it tells of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jinguo.lib.errors import Invalid
from jinguo.mails.actions import parting
from jinguo.mails.actions.desk import letter_of
from jinguo.mails.queries.tray import lines_of
from jinguo.mails.views.tray import seen_or_404


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, mail: str) -> HttpResponse:
    """The lines of a mail, to mark those at which an activity begins."""
    row, error = seen_or_404(request, mail), ""
    letter = letter_of(row)
    if request.method == "POST":
        try:
            parting.part_mail(row, cuts=_cuts(request.POST.getlist("cuts")), by=request.user)
        except Invalid as problem:
            error = str(problem.sentence)
            row.refresh_from_db()
        else:
            return _told(request, row.code)
    here = reverse("mails:show", kwargs={"mail": row.code})
    context = {
        "mail": row,
        "lines": lines_of(row, letter),
        "chosen": set(request.POST.getlist("cuts")),
        "error": error,
        "crumbs": [
            {"label": _("来信"), "url": reverse("mails:tray")},
            {"label": row.subject or _("（没有主题）"), "url": here},
            {"label": _("分成几场")},
        ],
        "back_url": here,
    }
    return render(request, "mails/part.html", context, status=422 if error else 200)


@require_POST
def join(request: HttpRequest, mail: str) -> HttpResponse:
    """It tells of one activity."""
    row = seen_or_404(request, mail)
    parting.join_mail(row, by=request.user)
    return _told(request, row.code)


def _told(request: HttpRequest, code: str) -> HttpResponse:
    row = seen_or_404(request, code)
    many = row.return_links.count()
    if many:
        messages.success(request, _("现在登记为 %(n)s 件。") % {"n": many})
    else:
        messages.warning(request, _("还不能登记：%(fate)s。") % {"fate": row.get_fate_display()})
    return redirect("mails:show", mail=code)


def _cuts(said: list[str]) -> list[tuple[int, int]]:
    """`part:offset` of a form; whatever else was sent is left out."""
    pairs = [one.partition(":") for one in said]
    return [(int(part), int(at)) for part, _sign, at in pairs if part.isdecimal() and at.isdecimal() and len(at) < 8]
