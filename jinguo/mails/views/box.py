"""收信邮箱: setting it up, trying it, and dropping mails by hand."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from jinguo.federation.models import Office
from jinguo.federation.queries import office_for
from jinguo.lib import limits
from jinguo.lib.errors import Invalid, Refused
from jinguo.mails.actions import boxes
from jinguo.mails.forms import DropForm, MailboxForm
from jinguo.mails.models import Mailbox


@require_GET
def box(request: HttpRequest) -> HttpResponse:
    """The mailbox and how fetching goes."""
    return _page(request, _office(request))


@require_POST
def set_box(request: HttpRequest) -> HttpResponse:
    """Store it, and try it at once."""
    office, form = _office(request), MailboxForm(request.POST)
    if form.is_valid():
        try:
            row = boxes.set_mailbox(office, by=request.user, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            messages.success(request, _("存下了。"))
            return _tried(request, row)
    return _page(request, office, form)


@require_POST
def try_box(request: HttpRequest) -> HttpResponse:
    """Sign in and look, now."""
    row = Mailbox.objects.visible_to(request.user).filter(is_active=True).select_related("office__unit").first()
    if row is None:
        raise Refused(_("还没有设收信邮箱。"))
    return _tried(request, row)


def _tried(request: HttpRequest, row: Mailbox) -> HttpResponse:
    if settings.MAIL == "folder":
        messages.warning(request, _("这台机器是演示用的，不连外面的邮箱。"))
        return redirect("mails:box")
    try:
        waiting = boxes.try_mailbox(row, by=request.user)
    except Invalid as problem:
        messages.error(request, str(problem.sentence))
    else:
        said = ngettext("连上了，最近 30 天有 %(n)s 封信。", "连上了，最近 30 天有 %(n)s 封信。", waiting)
        messages.success(request, said % {"n": waiting})
    return redirect("mails:box")


@require_POST
def end_box(request: HttpRequest) -> HttpResponse:
    """Fetch no more."""
    boxes.end_mailbox(_office(request), by=request.user)
    messages.success(request, _("停止收信了，授权码已经抹掉。收下的信都还在。"))
    return redirect("mails:box")


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Keep mails saved as files."""
    office, form = _office(request), DropForm(request.POST, request.FILES)
    files = request.FILES.getlist("files")
    too_large = any(one.size > limits.UPLOAD_BYTES for one in files)
    try:
        kept = boxes.drop_mails(
            office, [b" " * (limits.UPLOAD_BYTES + 1)] if too_large else [one.read() for one in files], by=request.user
        )
    except Invalid as problem:
        form.is_valid()
        form.errors.pop("files", None)
        form.add_error("files", str(problem.sentence))
        return _page(request, office, drop_form=form)
    said = ngettext("收下了 %(n)s 封，一两分钟内读完。", "收下了 %(n)s 封，一两分钟内读完。", len(kept))
    messages.success(request, said % {"n": len(kept)})
    return redirect("mails:tray")


def _office(request: HttpRequest) -> Office:
    office = office_for(request.user, "mail.edit")
    if office is None:
        raise Refused(_("收信邮箱由发文单位的经办人设置。"))
    return office


def _page(
    request: HttpRequest, office: Office, form: MailboxForm | None = None, drop_form: DropForm | None = None
) -> HttpResponse:
    row = Mailbox.objects.filter(office=office).first()
    initial: dict[str, Any] = {"address": office.mail_from, "user": office.mail_from}
    if row:
        initial = {name: getattr(row, name) for name in MailboxForm.base_fields if name != "secret"}
    elif "@" in office.mail_from:
        initial["host"] = "imap." + office.mail_from.rsplit("@", 1)[1]
    context = {
        "row": row if row and row.is_active else None,
        "fault": boxes.FAULTS.get(row.failure, "") if row and row.is_active else "",
        "form": form or MailboxForm(initial=initial),
        "form_open": form is not None or row is None or not row.is_active,
        "drop_form": drop_form or DropForm(),
        "drop_open": drop_form is not None,
        "is_folder": settings.MAIL == "folder",
        "crumbs": [{"label": _("来信"), "url": reverse("mails:tray")}, {"label": _("收信邮箱")}],
        "back_url": reverse("mails:tray"),
    }
    return render(request, "mails/box.html", context, status=422 if form or drop_form else 200)
