"""群链接: one address for a whole group chat. A unit finds itself, proves it, and comes to its own page, or, with four digits
only, to the notice's text and one button.

The four digits are remembered in a signed cookie for half an hour, for this unit under this link alone.
"""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jinguo.campaigns.actions import group as actions
from jinguo.campaigns.dues import sign_due
from jinguo.campaigns.forms import DigitsForm, ProofForm, ShortCodeForm, SignForm
from jinguo.campaigns.models import Circulation, GroupDoor
from jinguo.campaigns.queries import group as queries
from jinguo.campaigns.queries.circulation import whole_text
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, TooMuch

PROOF, PROVED_FOR = "jinguo-digits", 1800


@require_safe
def find(request: HttpRequest, group: str) -> HttpResponse:
    """找到自己的单位: what the notice is, and a box for the unit's name."""
    door = actions.group_door(group)
    words = request.GET.get("q", "").strip()[:40]
    found = [
        (copy, reverse("campaigns:group_unit", args=[group, copy.code]))
        for copy in queries.units_named(door.campaign, words)
    ]
    return render(request, "campaigns/group_find.html", {**_shell(door), "words": words, "found": found})


@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, group: str, circulation: str) -> HttpResponse:
    """证明是本单位: a code to a registered contact, or the last four digits; then sign."""
    door = actions.group_door(group)
    copy = queries.copy_in(door.campaign, circulation)
    if copy is None:
        raise NotThere(_("没有找到这个单位。请回到上一页再找一次。"))
    contacts = queries.contactables(copy)
    forms: dict[str, Any] = {"code_form": ProofForm(), "digits_form": DigitsForm(), "sign_form": SignForm()}
    status = 200
    if request.method == "POST":
        answer = _posted(request, door, copy, contacts, forms)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    proved = _is_proved(request, door, copy)
    context = {
        **_shell(door),
        **forms,
        "copy": copy,
        "contacts": contacts,
        "proved": proved,
        "sent": "sent" in request.GET,
        "digits_over": queries.digits_over(copy),
        "paragraphs": _paragraphs(copy) if proved else [],
        "find_url": reverse("campaigns:group", args=[group]),
    }
    return render(request, "campaigns/group_unit.html", context, status=status)


def _posted(
    request: HttpRequest, door: GroupDoor, copy: Circulation, contacts: list[queries.Contactable], forms: dict[str, Any]
) -> HttpResponse | int:
    """Do what the pressed button says; a status when something has to be mended, with the sentence beside its field."""
    address = request.META.get("REMOTE_ADDR", "")
    if "send" in request.POST:
        chosen = next((one for one in contacts if one.key == request.POST["send"]), None)
        if chosen is not None:
            try:
                actions.send_code(door, copy, address=chosen.address, phone=chosen.phone, asked_from=address)
                messages.success(request, _("验证码发出去了，一两分钟内到，10 分钟内有效。"))
            except TooMuch as problem:
                messages.warning(request, str(problem.sentence))
        return redirect(f"{request.path}?sent=1")
    name, form = _form(request)
    forms[name] = form
    if not form.is_valid():
        return Invalid.status
    try:
        if name == "code_form":
            secret = actions.prove_by_code(door, copy, typed=form.cleaned_data["typed"], address=address)
            return redirect("workspace:link", link=secret)
        if name == "digits_form":
            actions.prove_by_digits(door, copy, digits=form.cleaned_data["digits"], address=address)
            return _remember(redirect(request.path), request, door, copy)
        if _is_proved(request, door, copy):
            actions.sign_by_digits(door, copy, signer=form.cleaned_data["signer"])
            messages.success(request, _("签收好了，谢谢。"))
        return redirect(request.path)
    except (Invalid, TooMuch) as problem:
        form.add_error(next(iter(form.fields)), str(problem.sentence))
        return problem.status


def _form(request: HttpRequest) -> tuple[str, Any]:
    if "typed" in request.POST:
        return "code_form", ProofForm(request.POST)
    if "digits" in request.POST:
        return "digits_form", DigitsForm(request.POST)
    return "sign_form", SignForm(request.POST)


def _remember(answer: HttpResponse, request: HttpRequest, door: GroupDoor, copy: Circulation) -> HttpResponse:
    answer.set_signed_cookie(
        PROOF, f"{door.code}:{copy.code}", max_age=PROVED_FOR, path=request.path, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return answer


def _is_proved(request: HttpRequest, door: GroupDoor, copy: Circulation) -> bool:
    try:
        said = request.get_signed_cookie(PROOF, max_age=PROVED_FOR)
    except (KeyError, signing.BadSignature):
        return False
    return bool(said == f"{door.code}:{copy.code}")


def _paragraphs(copy: Circulation) -> list[str]:
    return [line.strip() for line in whole_text(copy.campaign).splitlines() if line.strip()]


def _shell(door: GroupDoor) -> dict[str, Any]:
    office = door.campaign.office
    return {
        "campaign": door.campaign,
        "now": clock.now(),
        "sign_due": sign_due(door.campaign.sign_due_at, door.campaign.sign_due_origin),
        "brand": {"name": office.unit.name, "tagline": office.department},
        "contact_phone": office.phone,
    }


@require_http_methods(["GET", "POST"])
def typed_code(request: HttpRequest) -> HttpResponse:
    """输入短码: what was shown on a phone opens here, in another browser."""
    form = ShortCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secret = actions.open_by_typed_code(form.cleaned_data["typed"], address=request.META.get("REMOTE_ADDR", ""))
            return redirect("workspace:link", link=secret)
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
    return render(request, "campaigns/typed_code.html", {"form": form}, status=422 if form.errors else 200)
