"""求助来信: for the duty case worker alone. A letter is opened by a POST, and every opening is on the record. What a unit sent
by web that reads like one, as a report or in any smaller form, stands among them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.activities.actions import apart
from jinguo.campaigns.actions import words as plans
from jinguo.campaigns.actions.words import release_words
from jinguo.journal.queries import just_did
from jinguo.lib.errors import NotThere
from jinguo.lib.mail import Letter
from jinguo.mails.actions import desk
from jinguo.mails.actions.photos import pictures_of_case
from jinguo.mails.models import Mail
from jinguo.mails.queries.tray import cases_of
from jinguo.people.actions import WORDS, read_words
from jinguo.people.beside import SENT_BESIDE, to_text
from jinguo.people.models import HeldWords
from jinguo.reports.actions.holding import read_held
from jinguo.reports.actions.releasing import release_held
from jinguo.reports.models import Held
from jinguo.reports.sheet import LABELS

PAGE = 100
DOORS = plans.DOORS | apart.DOORS
SAID = plans.SAID | apart.SAID


def seen_or_404(request: HttpRequest, code: str) -> Mail | Held | HeldWords:
    """One letter for help of the worker's own office."""
    mail = Mail.objects.cases_of(request.user).select_related("office__unit", "file").filter(code=code).first()
    held = Held.objects.visible_to(request.user).select_related("version__given__campaign__office__unit")
    words = HeldWords.objects.visible_to(request.user).select_related("office__unit", "unit")
    found = mail or held.filter(code=code).first() or words.filter(code=code).first()
    if found is None:
        raise NotThere(_("没有找到这封信。"))
    return found


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """When each came, and nothing else."""
    return render(request, "mails/cases.html", {"rows": cases_of(request.user, PAGE)})


@require_POST
def open_case(request: HttpRequest, case_mail: str) -> HttpResponse:
    """Read one letter; nothing of it is stored, and no cache keeps the page."""
    found = seen_or_404(request, case_mail)
    crumbs = [{"label": _("求助来信"), "url": reverse("mails:cases")}, {"label": _("一封信")}]
    context = {"code": found.code, "crumbs": crumbs, "back_url": reverse("mails:cases")}
    if isinstance(found, Mail):
        context |= {"mail": found} | _letter(found, desk.read_case(found, by=request.user))
    else:
        context |= {"held": found} | _said(request, found)
    response = render(request, "mails/case.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _letter(mail: Mail, letter: Letter | None) -> dict[str, Any]:
    """The letter, and each of its files with the picture it is, in the page itself: it has no address that could be kept."""
    if letter is None:
        return {"letter": None}
    pictures = pictures_of_case(mail, letter)
    parts = [(part, to_text(pictures[part.number].large) if part.number in pictures else "") for part in letter.parts]
    return {"letter": letter, "parts": parts}


def _said(request: HttpRequest, found: Held | HeldWords) -> dict[str, Any]:
    """What was typed, line by line, and on which page."""
    if isinstance(found, HeldWords):
        words = read_words(found, by=request.user)
        said = [(SAID[name], value) for name, value in words.items() if name in SAID and value]
        sent = {name: words.get(name, "") for name in SENT_BESIDE}
        return {"said": said, "unit": found.unit, "door": DOORS[found.door].label, "sent": sent}
    sheet, more = read_held(found, by=request.user)
    names = LABELS | SAID | {"reporter": _("报送人"), "phone": _("电话"), "approver": _("审签人")}
    values = {**sheet.values, "reason": more.get("reason", ""), "why": more.get("why", "")}
    said = [(names[name], value) for name, value in values.items() if name in names and value]
    asked = [(_("她的解释"), one["reason"]) for one in sheet.doubts if one["reason"]]
    return {"said": said + asked, "unit": found.version.given.unit, "door": _("报送")}


@require_POST
def release(request: HttpRequest, case_mail: str) -> HttpResponse:
    """No letter for help: one click, and it goes the way of all others."""
    if just_did(request.user, "case_mail.release", kind="mail", code=case_mail):  # her own press, a moment sooner
        messages.success(request, _("放回来信了，会照常读和登记。"))
        return redirect("mails:cases")
    if just_did(request.user, "return.release", kind="held", code=case_mail):
        messages.success(request, _("放回报送了，按单位送来的时间登记。"))
        return redirect("mails:cases")
    if just_did(request.user, "words.release", kind=WORDS, code=case_mail):
        messages.success(request, _("放回去了，按当时的时间登记。"))
        return redirect("mails:cases")
    found = seen_or_404(request, case_mail)
    if isinstance(found, Mail):
        desk.is_no_case(found, by=request.user)
        messages.success(request, _("放回来信了，会照常读和登记。"))
    elif isinstance(found, HeldWords):
        if release_words(found, by=request.user, more=apart.DOORS):
            messages.success(request, _("放回去了，按当时的时间登记。"))
        else:
            messages.success(request, _("放回去了。这件事后来已经办过，不用再登记。"))
    else:
        release_held(found, by=request.user)
        messages.success(request, _("放回报送了，按单位送来的时间登记。"))
    return redirect("mails:cases")
