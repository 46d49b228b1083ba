"""来信: every mail of the office, newest first, what was understood beside its source, and what the officer says of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.files.actions import read_file
from jinguo.lib import ids
from jinguo.lib.errors import Invalid, NotThere, Problem
from jinguo.lib.mail.sandbox import Unread, bytes_of_part, photos_of_parts
from jinguo.mails import rules
from jinguo.mails.actions import desk, forgetting
from jinguo.mails.forms import AnswerForm, ClaimForm
from jinguo.mails.models import Fate, Mail, State
from jinguo.mails.queries import tray as trays
from jinguo.reports.understanding.problems import problem_text
from jinguo.reports.understanding.texts import is_decoration

SHOWN = 6  # pictures of a mail drawn on its page; each costs a process
PILES = (("tray", _("待办")), ("done", _("已办")), ("quiet", _("自动邮件")), ("all", _("全部")))


def seen_or_404(request: HttpRequest, code: str) -> Mail:
    """One mail this reader may see."""
    rows = Mail.objects.visible_to(request.user).select_related(
        "office__unit", "unit", "file", "given__current", "circulation__campaign", "obligation__ask", "twin"
    )
    mail = rows.filter(code=code).first()
    if mail is None:
        raise NotThere(_("没有找到这封信。"))
    return mail


@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    """Every mail, newest first, by pile."""
    wanted = request.GET.get("pile", "tray")
    pile = wanted if wanted in trays.PILES else "tray"
    rows, following = trays.page_of(trays.tray(request.user, pile), request.GET.get("after", ""))
    (waiting, unread), here = trays.counts(request.user), reverse("mails:tray")
    cases = trays.case_count(request.user)
    context = {
        "rows": rows,
        "pile": pile,
        "waiting": waiting,
        "unread": unread,
        "cases": cases,
        "unread_cases": bool(cases) and trays.unread_cases(request.user),
        "chips_label": _("哪一叠"),
        "chips": [
            {
                "label": f"{label} {waiting}" if one == "tray" and waiting else label,
                "url": f"{here}?pile={one}",
                "current": one == pile,
            }
            for one, label in PILES
        ],
        "pager": {"next_url": f"{here}?pile={pile}&after={following}" if following else "", "text": ""},
    }
    return render(request, "mails/tray.html", context)


@require_GET
def show(request: HttpRequest, mail: str) -> HttpResponse:
    """One mail: its source, what was understood, and what may be done."""
    return _page(request, seen_or_404(request, mail))


def _page(
    request: HttpRequest, mail: Mail, claim: ClaimForm | None = None, answer: AnswerForm | None = None
) -> HttpResponse:
    letter, activities = mail.letter, trays.rows_of(mail.understood)
    rows = [row for one in activities for row in one]
    links = list(mail.return_links.select_related("given__current").order_by("position"))
    ruling = rules.may_settle_again(mail, request.user)
    words = request.GET.get("unit", "").strip()
    context: dict[str, Any] = {
        "mail": mail,
        "letter": letter,
        "activities": activities,
        "links": links,
        "may_part": letter and (rules.may_part(mail, request.user) if links else ruling),
        "may_join_up": len(activities) > 1 and (rules.may_join_up(mail, request.user) if links else ruling),
        "body": trays.pieces_of(letter.body, 0, rows) if letter else [],
        "parts": _parts(letter, rows),
        "notes": trays.notes_of(letter) if letter else [],
        "may_settle": ruling,
        "may_decide": rules.may_decide(mail, request.user),
        "is_held": trays.is_held(mail),
        "is_open": mail.state in (State.TRAY, State.ASIDE),
        "claim_open": claim is not None or mail.fate != Fate.SAID_BEFORE,
        "earlier": trays.earlier_of(mail),
        "needs_look": mail.fate in (Fate.PERSONAL, Fate.FORGED),
        "claim": claim or _claim_form(request, mail, words),
        "words": words,
        "answer": answer or AnswerForm(initial={"code": ids.new_code()}),
        "given_url": reverse("reports:review", kwargs={"report": mail.given.code})
        if mail.given and mail.given.first_sent_at and len(links) < 2
        else "",
        "crumbs": [{"label": _("来信"), "url": reverse("mails:tray")}, {"label": mail.subject or _("（没有主题）")}],
        "back_url": reverse("mails:tray"),
    }
    return render(request, "mails/show.html", context, status=422 if claim or answer else 200)


def _parts(letter: Any, rows: Any) -> list[dict[str, Any]]:
    """The files of a mail with what was read in each."""
    shown = [
        part.number for part in (letter.parts if letter else ()) if part.kind == "picture" and not is_decoration(part)
    ]
    return [
        {"part": part, "problem": problem_text(part.problem) if part.problem else "", "shows": part.number in shown[:SHOWN],
         "pieces": trays.pieces_of(part.text[:6000], part.number, rows)}
        for part in (letter.parts if letter else ())
    ]  # fmt: skip


def _claim_form(request: HttpRequest, mail: Mail, words: str, data: Any = None) -> ClaimForm:
    units = trays.units_named(mail, request.user, words)
    if mail.unit is not None and not words:
        units = [mail.unit, *(unit for unit in units if unit.pk != mail.unit_id)]
    duties = trays.duties_of(mail.unit, mail) if mail.unit else []
    initial = {"unit": mail.unit.code if mail.unit else "", "remember": mail.unit_how in ("", "sign_off", "heading")}
    return ClaimForm(data, units=units, duties=duties, initial=initial)


@require_POST
def claim(request: HttpRequest, mail: str) -> HttpResponse:
    """Say whose it is."""
    row = seen_or_404(request, mail)
    code = request.POST.get("unit", "")
    unit = Unit.objects.filter(policy.sight(request.user, "unit.view", ""), code=code).select_related("parent").first()
    if unit is None or not unit.path.startswith(row.office.unit.path):
        raise NotThere(_("没有找到这个单位。"))
    duties = {duty.code: duty for duty in trays.duties_of(unit, row)}
    settled = desk.claim_mail(
        row, unit=unit, by=request.user, kind=request.POST.get("kind", ""),
        obligation=duties.get(request.POST.get("obligation", "")), remember="remember" in request.POST,
    )  # fmt: skip
    return _settled(request, settled)


@require_POST
def look_at(request: HttpRequest, mail: str) -> HttpResponse:
    """She has looked, or telephoned."""
    return _settled(request, desk.look_at(seen_or_404(request, mail), by=request.user))


@require_POST
def another(request: HttpRequest, mail: str) -> HttpResponse:
    """It is another activity indeed."""
    return _settled(request, desk.is_another(seen_or_404(request, mail), by=request.user))


def _settled(request: HttpRequest, mail: Mail) -> HttpResponse:
    if mail.state == State.DONE:
        messages.success(request, _("登记好了：%(fate)s。") % {"fate": mail.get_fate_display()})
        return redirect("mails:tray")
    messages.warning(request, _("还不能登记：%(fate)s。") % {"fate": mail.get_fate_display()})
    return redirect("mails:show", mail=mail.code)


@require_POST
def close(request: HttpRequest, mail: str) -> HttpResponse:
    """Nothing is to be done."""
    desk.close_mail(seen_or_404(request, mail), by=request.user)
    messages.success(request, _("放进“已办”了。"))
    return redirect("mails:tray")


@require_POST
def answer(request: HttpRequest, mail: str) -> HttpResponse:
    """Write back."""
    row, back = seen_or_404(request, mail), "back" in request.POST
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            desk.answer_mail(
                row, text=form.cleaned_data["text"], by=request.user, give_back=back, code=form.cleaned_data["code"]
            )
        except Invalid as problem:
            form.add_error("text", str(problem.sentence))
        else:
            messages.success(request, _("回信在发信箱里了，一会儿就发出。"))
            return redirect("mails:tray")
    return _page(request, row, answer=form)


@require_POST
def to_case_worker(request: HttpRequest, mail: str) -> HttpResponse:
    """A letter for help: it leaves this desk at once."""
    desk.hand_to_case_worker(seen_or_404(request, mail), by=request.user)
    messages.success(request, _("转给值班的个案工作者了。这里不再留它的内容。"))
    return redirect("mails:tray")


@require_POST
def hold(request: HttpRequest, mail: str) -> HttpResponse:
    """Stop the retention clock, or let it run again."""
    row = seen_or_404(request, mail)
    if "lift" in request.POST:
        forgetting.let_go(row, by=request.user)
        messages.success(request, _("不再留存，到期会按规定销毁原件。"))
    else:
        forgetting.hold_mail(row, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("留住了，到期也不销毁。"))
    return redirect("mails:show", mail=row.code)


@require_GET
def raw(request: HttpRequest, mail: str) -> HttpResponse:
    """The mail as it came, to save."""
    row = seen_or_404(request, mail)
    return _saved(_bytes(row), f"{row.received_at:%Y%m%d}-{row.code}.eml")


@require_GET
def part(request: HttpRequest, mail: str, number: int) -> HttpResponse:
    """One file of the mail, to save; never shown inside our own pages. With `?look` a picture as it is drawn anew, for a report
    may stand in one."""
    row = seen_or_404(request, mail)
    letter = row.letter
    if letter is None or not 1 <= number <= len(letter.parts):
        raise NotThere(_("没有找到这个附件。"))
    one = letter.parts[number - 1]
    if one.kind in ("program", "macros"):
        raise Problem(_("这个附件是程序或带宏，不给下载。确实要看，请系统管理员用原件处理。"))
    try:
        if "look" in request.GET and one.kind == "picture":
            return _drawn(row, number)
        return _saved(bytes_of_part(_bytes(row), number), one.name or "file")
    except Unread as fault:
        raise NotThere(_("这个附件没有取出来。请下载原件。")) from fault


def _drawn(mail: Mail, number: int) -> HttpResponse:
    """A picture of the mail as our own JPEG: opened by a process of its own, without place or maker."""
    drawn = photos_of_parts(_bytes(mail), [number]).get(number)
    if drawn is None:
        raise Unread("picture")
    response = HttpResponse(drawn.large, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response


def _bytes(mail: Mail) -> bytes:
    """The raw mail. Not before it was read: until then nobody knows whether it is a letter for help."""
    if mail.state == State.WAITING:
        raise NotThere(_("这封信还没有读，过一两分钟再看。"))
    try:
        return read_file(mail.file)
    except FileNotFoundError as fault:
        raise NotThere(_("这封信的原件找不到了。请告诉系统管理员。")) from fault


def _saved(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
