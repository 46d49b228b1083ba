"""求助来信: for the duty case worker alone. A letter is opened by a POST, and every opening is on the record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.lib.errors import NotThere
from jinguo.mails.actions import desk
from jinguo.mails.models import Mail

PAGE = 100


def seen_or_404(request: HttpRequest, code: str) -> Mail:
    """One letter for help of the worker's own office."""
    mail = Mail.objects.cases_of(request.user).select_related("office__unit", "file").filter(code=code).first()
    if mail is None:
        raise NotThere(_("没有找到这封信。"))
    return mail


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """When each came, and nothing else."""
    rows = Mail.objects.cases_of(request.user).order_by("-received_at", "-pk")[:PAGE]
    return render(request, "mails/cases.html", {"rows": rows})


@require_POST
def open_case(request: HttpRequest, case_mail: str) -> HttpResponse:
    """Read one letter; nothing of it is stored, and no cache keeps the page."""
    mail = seen_or_404(request, case_mail)
    letter = desk.read_case(mail, by=request.user)
    crumbs = [{"label": _("求助来信"), "url": reverse("mails:cases")}, {"label": _("一封信")}]
    response = render(
        request,
        "mails/case.html",
        {"mail": mail, "letter": letter, "crumbs": crumbs, "back_url": reverse("mails:cases")},
    )
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def release(request: HttpRequest, case_mail: str) -> HttpResponse:
    """No letter for help: one click, and it goes the way of all others."""
    desk.is_no_case(seen_or_404(request, case_mail), by=request.user)
    messages.success(request, _("放回来信了，会照常读和登记。"))
    return redirect("mails:cases")
