"""What a unit does with its copy of a notice: by its signed link, or at its own desk.

The page that shows the notice spans rooms and is `workspace`'s; here are the acts, each also a small page of its own, so
that everything works with scripts off and a wrong entry comes back with what was typed.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jinguo.campaigns import rules
from jinguo.campaigns.actions import circulation as actions
from jinguo.campaigns.actions import group
from jinguo.campaigns.forms import BurdenForm, SendBackForm, SignForm
from jinguo.campaigns.models import Ask, Circulation
from jinguo.campaigns.queries.circulation import copy_seen
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link
from jinguo.files.answers import attachment
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require

DEVICE = "jinguo-device"  # a random word in a cookie: it tells one browser from another, nothing else


def sign(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """签收: one field, one button; a second press finds it signed."""
    copy, form = received_copy(request, circulation), SignForm(request.POST or None)
    if not copy.signed_at:
        require(rules.circulation.may_sign(copy, actor_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_circulation(copy, by=actor_of(request), signer=form.cleaned_data["signer"])
        except Invalid as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("签收好了，谢谢。"))
            return redirect(page_of(request, copy))
    return _small_page(request, copy, form, "campaigns/link_sign.html")


@require_POST
def seen(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """The page says it is before somebody's eyes. Nothing else makes 已读 but an act."""
    copy = received_copy(request, circulation)
    actions.mark_read(copy, by=actor_of(request))
    if link is not None and request.COOKIES.get(DEVICE):
        group.note_device(link, request.COOKIES[DEVICE][:40])
    return HttpResponse(status=204)


def short_code(request: HttpRequest, link: Link) -> HttpResponse:
    """换个浏览器打开: a short code to type there. Opened again later (WeChat does), it leads back to the button."""
    copy = received_copy(request, "")
    if request.method != "POST":
        return redirect(page_of(request, copy))
    typed = group.show_code(copy, by=link)
    address = settings.URL + reverse("campaigns:typed_code")
    context = {"typed": f"{typed[:4]} {typed[4:]}", "address": address, "page_url": page_of(request, copy)}
    return render(request, "campaigns/short_code.html", context)


def send_back(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """退回: not for us, or not complete."""
    copy, form = received_copy(request, circulation), SendBackForm(request.POST or None)
    if not copy.sent_back_at:
        require(rules.circulation.may_send_back(copy, actor_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(copy, by=actor_of(request), reason=form.reason())
        except Invalid as problem:
            form.add_error("why", problem.sentence)
        else:
            messages.success(request, _("退回了。发件单位会看到原因；点错了可以收回。"))
            return redirect(page_of(request, copy))
    return _small_page(request, copy, form, "campaigns/link_send_back.html")


@require_POST
def take_again(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """Take a sending-back back."""
    copy = received_copy(request, circulation)
    actions.take_again(copy, by=actor_of(request))
    messages.success(request, _("收回了退回。现在可以签收。"))
    return redirect(page_of(request, copy))


def burden(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """这件事成了负担: one sentence to the office."""
    copy, form = received_copy(request, circulation), BurdenForm(request.POST or None)
    ask = Ask.objects.filter(obligations__unit=copy.unit, code=request.GET.get("ask", "")).first()
    if ask is not None and ask.campaign_id != copy.campaign_id:  # a link's list shows all its unit is asked
        rows = Circulation.objects.visible_to(actor_of(request)).select_related("campaign__office__unit", "unit")
        copy = rows.get(campaign=ask.campaign_id, unit=copy.unit)
    require(rules.circulation.may_say_burden(copy, actor_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_burden(copy, by=actor_of(request), text=form.cleaned_data["text"], ask=ask)
        except Invalid as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已经转给发件单位的经办人，谢谢您说出来。"))
            return redirect(page_of(request, copy))
    return _small_page(request, copy, form, "campaigns/link_burden.html", ask=ask)


@require_safe
def original(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """The notice's own file: its only way to a unit is the unit's own copy."""
    return attachment(received_copy(request, circulation).campaign.notice.file)


@require_safe
def above(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """The superior's own file, where it was passed on as it is."""
    campaign = received_copy(request, circulation).campaign
    if not campaign.unchanged or campaign.passes_on is None:
        raise NotThere(_("这份通知没有附上级原件。"))
    return attachment(campaign.passes_on.campaign.notice.file)


def page_of(request: HttpRequest, copy: Circulation) -> str:
    """The page that shows this copy, behind the link or at the desk."""
    link = getattr(request, "link", None)
    if link is not None:
        return reverse("workspace:link", kwargs={"link": link.secret})
    return reverse("workspace:received", kwargs={"circulation": copy.code})


def received_copy(request: HttpRequest, circulation: str) -> Circulation:
    """The copy a link was made for, or the one the address names."""
    link = getattr(request, "link", None)
    code = circulation
    if link is not None:
        code = link.object_code if link.object_kind == "circulation" else ""
    copy = copy_seen(actor_of(request), code)
    if copy is None:
        raise NotThere(_("没有找到这份通知。"))
    return copy


def _small_page(request: HttpRequest, copy: Circulation, form: forms.Form, template: str, **more: Any) -> HttpResponse:
    office = copy.campaign.office
    context: dict[str, Any] = {
        "copy": copy,
        "form": form,
        "now": clock.now(),
        "page_url": page_of(request, copy),
        "base": "ui/link.html" if getattr(request, "link", None) else "ui/workspace.html",
        "contact_phone": office.phone,
        **more,
    }
    if getattr(request, "link", None):
        context["brand"] = {"name": office.unit.name, "tagline": office.department}
    return render(request, template, context, status=422 if request.method == "POST" else 200)
