"""More time: the unit asks, behind its link or at its desk; the office answers with a date."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jinguo.campaigns.actions import extensions as actions
from jinguo.campaigns.dues import ask_due
from jinguo.campaigns.forms import AnswerForm, ExtensionForm
from jinguo.campaigns.models import ExtensionRequest, Obligation
from jinguo.campaigns.rules import obligations as rules
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, obligation: str, link: Link | None = None) -> HttpResponse:
    """申请延期: a day and a sentence; while one waits the page shows it and lets it be taken back."""
    duty, actor = _own(request, obligation), actor_of(request)
    waiting = duty.extension_requests.waiting().first()
    if request.method == "POST" and "take_back" in request.POST:
        if waiting is not None:
            actions.take_back_request(waiting, by=actor)
        messages.success(request, _("申请收回了，期限照旧。"))
        return redirect(_list_url(link))
    ruling = rules.may_ask_extension(duty, actor, clock.now())
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            until = clock.end_of(form.cleaned_data["to"])
            actions.ask_extension(duty, to=until, reason=form.cleaned_data["reason"], by=actor)
        except Invalid as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("申请交上去了。发文单位会给一个明确的日子，答复前不再提醒。"))
            return redirect(_list_url(link))
    context = {
        **_shell(link, duty),
        "duty": duty,
        "form": form,
        "waiting": waiting,
        "ruling": ruling,
        "due": ask_due(duty.ask, duty.due_at, duty.extended_to),
        "past": duty.extension_requests.exclude(answered_at=None)[:5],
        "list_url": _list_url(link),
    }
    return render(request, "campaigns/extension_ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, extension: str) -> HttpResponse:
    """The office's answer: an explicit date, or no with a reason."""
    rows = ExtensionRequest.objects.visible_to(request.user)
    asked = (
        rows.select_related("obligation__unit", "obligation__ask__campaign__office__unit")
        .filter(code=extension)
        .first()
    )
    if asked is None:
        raise NotThere(_("没有找到这份延期申请。"))
    duty = asked.obligation
    require(rules.may_edit(duty, request.user))
    day = clock.local(asked.to).date()
    form = AnswerForm(request.POST or None, initial={"to": day.fromordinal(day.toordinal() - 1)})
    if request.method == "POST" and form.is_valid() and _answered(request, asked, form):
        return redirect("workspace:board", duty.ask.campaign.code)
    context = {
        "asked": asked,
        "duty": duty,
        "form": form,
        "due": ask_due(duty.ask, duty.due_at, duty.extended_to),
        "crumbs": [
            {"label": duty.ask.campaign.title, "url": reverse("workspace:board", args=[duty.ask.campaign.code])},
            {"label": str(duty.unit)},
        ],
    }
    return render(request, "campaigns/extension_answer.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, asked: ExtensionRequest, form: AnswerForm) -> bool:
    """Do what the pressed button says; false when the form has to be mended."""
    data = form.cleaned_data
    try:
        if "refuse" in request.POST:
            actions.refuse_extension(asked, note=data["note"], by=request.user)
            messages.success(request, _("答复了：没有同意。单位会看到您写的话。"))
        else:
            until = clock.end_of(data["to"] or clock.today())
            actions.grant_extension(asked, to=until, note=data["note"], by=request.user)
            messages.success(request, _("同意了，新的期限单位马上能看到。"))
    except Invalid as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        return False
    return True


def _own(request: HttpRequest, code: str) -> Obligation:
    actor = actor_of(request)
    rows = Obligation.objects.visible_to(actor).exclude(ask__campaign__state="draft")
    found = rows.select_related("ask__campaign__office__unit", "unit").filter(code=code).first()
    if found is None:
        raise NotThere(_("没有找到这项报送要求。"))
    require(rules.may_report(found, actor))
    return found


def _list_url(link: Link | None) -> str:
    """The unit's own list."""
    if link is not None:
        return reverse("workspace:link_duties", kwargs={"link": link.secret})
    return reverse("workspace:duties")


def _shell(link: Link | None, duty: Obligation) -> dict[str, Any]:
    if link is None:
        return {"base": "ui/workspace.html"}
    office = duty.ask.campaign.office  # who asked, and whom she telephones about it
    brand = {"name": office.unit.name, "tagline": office.department}
    return {"base": "ui/link.html", "brand": brand, "contact_phone": office.phone}
