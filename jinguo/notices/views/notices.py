"""Receiving notices, the list of them, and one notice's desk."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinguo.federation.gate import actor_of
from jinguo.federation.models import Office
from jinguo.files.answers import attachment
from jinguo.files.models import StoredFile
from jinguo.gongwen.refusals import SENTENCES
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Refused
from jinguo.lib.rulings import require
from jinguo.notices import actions, rules
from jinguo.notices.forms import PasteForm, UploadForm, put_error
from jinguo.notices.models import Notice, NoticeState
from jinguo.notices.queries import notice_list, offices_of
from jinguo.notices.queries.notices import read_since, visible_notices
from jinguo.notices.views.desk import desk_at, desk_context
from jinguo.ui.dates import spoken_language

PAGE = 30
HASTE = timedelta(seconds=10)


@require_GET
def list_notices(request: HttpRequest) -> HttpResponse:
    """Every notice a person may see, newest first."""
    actor = actor_of(request)
    page = Paginator(visible_notices(actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": notice_list(page.object_list),
        "page": page,
        "may_receive": bool(offices_of(actor)),
        "pager": _pager(page),
    }
    return render(request, "notices/list.html", context)


def _pager(page: Any) -> dict[str, Any]:
    if not page.has_other_pages():
        return {}
    return {
        "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages},
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }


@require_http_methods(["GET", "POST"])
def new_notice(request: HttpRequest) -> HttpResponse:
    """Bring in a notice: a file, or pasted text."""
    actor = actor_of(request)
    offices = offices_of(actor)
    office = _chosen(offices, request.POST.get("office", ""))
    upload, paste = UploadForm(), PasteForm()
    status = 200
    if request.method == "POST":
        pasted = "paste" in request.POST
        form = paste = PasteForm(request.POST) if pasted else paste
        if not pasted:
            form = upload = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return _received(request, office, form, actor)
            except Invalid as problem:
                put_error(form, problem)
        status = 422
    known = visible_notices(actor).filter(code=request.GET.get("known", "")).first()
    context = {
        "known": known, "upload": upload, "paste": paste, "offices": offices, "office": office, "pasting": paste.is_bound,
        "back_url": reverse("notices:list"),
    }  # fmt: skip
    return render(request, "notices/new.html", context, status=status)


def _chosen(offices: list[Office], code: str) -> Office:
    """The office a notice is brought in for; most people have one."""
    if not offices:
        raise Refused(_("贵单位还没有开通发文。请联系系统管理员，在“单位”里开通。"))
    return next((office for office in offices if office.code == code), offices[0])


def _received(request: HttpRequest, office: Office, form: Any, actor: Any) -> HttpResponse:
    began = clock.now()
    if "file" in form.cleaned_data:
        file = form.cleaned_data["file"]
        notice = actions.receive_notice(office, data=file.read(), name=file.name, by=actor)
    else:
        notice = actions.paste_notice(office, text=form.cleaned_data["text"], by=actor)
    address = reverse("notices:view", args=[notice.code])
    fresh = notice.received_at >= began or read_since(notice, began) or _pressed_twice(notice, form, actor, began)
    if not fresh and notice.state != NoticeState.UNREADABLE:
        return redirect(f"{reverse('notices:new')}?known={notice.code}")
    if notice.state == NoticeState.UNREADABLE:
        messages.warning(request, _("文件已经存下，但读不了。"))
    else:
        messages.success(request, _("收到了，也读完了。请逐条确认。"), extra_tags="draft:notice-paste")
    return redirect(address)


def _pressed_twice(notice: Notice, form: Any, actor: Any, began: datetime) -> bool:
    """Whether this is the second press of one sending; a machine may take seconds to read a file for the first."""
    name = getattr(form.cleaned_data.get("file"), "name", notice.file.name)
    mine = notice.received_by == actor.actor_code and name == notice.file.name
    return mine and began - notice.received_at < HASTE


@require_GET
def view_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """The confirming desk; for a notice that could not be read, why and what to do."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    desk = desk_at(request, row, request.GET.get("just", ""))
    if desk is None:
        return render(request, "notices/unread.html", _unread(row, actor))
    return render(request, "notices/desk.html", desk_context(desk, actor))


def _unread(row: Notice, actor: Any) -> dict[str, Any]:
    found = SENTENCES.get(row.fault, SENTENCES["reader_failed"])
    sentence = found.en if spoken_language() == "en" else found.zh
    return {
        "notice": row, "sentence": sentence, "may_void": rules.may_void(row, actor), "may_reread": rules.may_reread(row, actor),
        "kept": row.file.deleted_at is None, "back_url": reverse("notices:list"),
    }  # fmt: skip


@require_POST
def reread_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """Try a file again that could not be read."""
    actor = actor_of(request)
    row = actions.reread_notice(get_object_or_404(visible_notices(actor), code=notice), by=actor)
    if row.state == NoticeState.READ:
        messages.success(request, _("这次读出来了。请逐条确认。"))
    else:
        messages.warning(request, _("还是读不了。"))
    return redirect("notices:view", row.code)


@require_GET
def download_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """The file as it came in."""
    row = get_object_or_404(visible_notices(actor_of(request)), code=notice)
    file = StoredFile.objects.visible_to(actor_of(request)).filter(pk=row.file_id).first()
    if file is None:
        raise NotThere(_("原件不在了，或者不对您开放。"))
    return attachment(file)


@require_http_methods(["GET", "POST"])
def void_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """Take a notice back; asked once, on a page of its own."""
    actor = actor_of(request)
    row = get_object_or_404(visible_notices(actor), code=notice)
    if request.method == "POST":
        actions.void_notice(row, by=actor)
        messages.success(request, _("已作废。原件和已经做的确认都留着备查。"))
        return redirect("notices:list")
    require(rules.may_void(row, actor))
    return render(request, "notices/void.html", {"notice": row, "back_url": reverse("notices:view", args=[row.code])})
