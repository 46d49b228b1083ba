"""The city's side of returns: the tray, one return beside its source, accepting and sending back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.activities.models import Photo
from jinguo.activities.queries import record_of
from jinguo.campaigns.models import Campaign, ProxyReport
from jinguo.campaigns.queries.groups import groups_of
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Unit
from jinguo.files.actions import read_file
from jinguo.lib.capped import shown
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.texts import inner
from jinguo.reports import rules
from jinguo.reports.actions import review as actions
from jinguo.reports.actions.adopting import adopt_return
from jinguo.reports.actions.releasing import hand_on
from jinguo.reports.checks import QUESTIONS
from jinguo.reports.models import Return
from jinguo.reports.models.returned import ReturnState
from jinguo.reports.queries import readings, same
from jinguo.reports.queries import returns as queries
from jinguo.reports.queries import tray as trays
from jinguo.reports.sheet import LABELS


def seen_or_404(request: HttpRequest, code: str) -> Return:
    """One return this reader may see, with all its page shows."""
    given = queries.with_contents(Return.objects.visible_to(actor_of(request))).filter(code=code).first()
    if given is None:
        raise NotThere(_("没有找到这件报送。"))
    return given


def choice_of(request: HttpRequest) -> trays.Choice:
    """What the address narrows the tray to; what it does not know is left out."""
    pile = request.GET.get("pile", "waiting")
    code = request.GET.get("campaign", "")
    campaign = Campaign.objects.visible_to(actor_of(request)).filter(code=code).first() if code else None
    clause = campaign.clauses.filter(code=request.GET.get("clause", "")).first() if campaign else None
    wanted = request.GET.get("group", "")
    group = next((one for one in groups_of(campaign) if one.code == wanted), None) if campaign and wanted else None
    unit = Unit.objects.filter(code=request.GET["unit"]).first() if request.GET.get("unit") else None
    return trays.Choice(pile if pile in trays.PILES else "waiting", campaign, clause, group, unit)


def _address(choice: trays.Choice, **changes: str) -> str:
    kept = {
        "pile": choice.pile,
        "campaign": choice.campaign.code if choice.campaign else "",
        "clause": choice.clause.code if choice.clause else "",
        "group": choice.group.code if choice.group else "",
        "unit": choice.unit.code if choice.unit else "",
    } | changes
    return f"{reverse('reports:tray')}?{urlencode({name: value for name, value in kept.items() if value})}"


def _piles(choice: trays.Choice, waiting: int) -> list[dict[str, Any]]:
    names = [
        ("waiting", _("未处理")), ("sent_back", _("退回补正")), ("accepted", _("已接收")), ("all", _("全部")),
        *([("counted", _("计入条款的"))] if choice.pile == "counted" else []),
    ]  # fmt: skip
    return [
        {
            "label": f"{label} {shown(waiting)}" if pile == "waiting" and waiting else label,
            "url": _address(choice, pile=pile),
            "current": pile == choice.pile,
        }
        for pile, label in names
    ]


@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    """Everything units have sent, newest first."""
    choice, actor = choice_of(request), actor_of(request)
    rows, following = trays.page_of(trays.tray(actor, choice), choice.pile, request.GET.get("after", ""))
    waiting = trays.waiting_count(actor)
    context = {
        "rows": rows,
        "choice": choice,
        "chips": _piles(choice, waiting),
        "chips_label": _("哪一叠"),
        "waiting": waiting,
        "waiting_shown": shown(waiting),
        "everything": _address(trays.Choice(choice.pile)),
        "pager": {"next_url": _address(choice, after=following) if following else "", "text": ""},
    }
    return render(request, "reports/desk/tray.html", context)


@require_GET
def review(request: HttpRequest, report: str) -> HttpResponse:
    """One return: the tray, what the unit sent, and every field with its check."""
    return page_of(request, seen_or_404(request, report), {}, "", 200)


@require_GET
def photo(request: HttpRequest, report: str, photo: str) -> HttpResponse:
    """A photograph that came with a return in a mail, or its thumbnail with `?small`; it has no other door."""
    sent = Return.objects.visible_to(actor_of(request)).filter(code=report)
    rows = Photo.objects.standing().filter(code=photo, return_links__version__given__in=sent).distinct()
    row = rows.select_related("file", "small").first()
    if row is None:
        raise NotThere(_("没有这张照片，或已经撤下。"))
    try:
        data = read_file(row.small if "small" in request.GET else row.file)
    except FileNotFoundError as error:
        raise NotThere(_("这张照片的文件不在了。")) from error
    response = HttpResponse(data, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def page_of(request: HttpRequest, given: Return, notes: dict[str, str], error: object, status: int) -> HttpResponse:
    actor = actor_of(request)
    record = record_of(given.activity) if given.activity else None
    versions = [version for version in given.versions.all() if version.sent_at]
    version = next(one for one in versions if one.pk == given.current_id)
    older = next((one for one in versions if one.number < version.number), None)
    waiting, _after = trays.page_of(trays.tray(actor, trays.Choice()), "waiting", "")
    rows = readings.readings(version, record, QUESTIONS)
    following = trays.next_waiting(actor, given)
    context = {
        "given": given,
        "version": version,
        "older": older,
        "changes": queries.changes_between(older, version) if older else [],
        "record": record,
        "readings": rows,
        "pieces": [readings.pieces_of(text, rows) for text in (version.summary, version.body) if text],
        "mail": readings.mail_of(version),
        "proposals": same.proposals_for(given) if rules.may_compare(given, actor) else [],
        "told_with": same.told_with(given),
        "may_adopt": rules.may_adopt(given, actor),
        "adoptions": given.adoptions.all() if given.outcome else [],
        "said_back": [(LABELS[note.field], note.note) for note in (older or version).notes.all()],
        "notes": notes,
        "by_proxy": ProxyReport.objects.filter(about=given.code).select_related("unit"),
        "error": error,
        "tray": waiting,
        "following": following,
        "following_url": reverse("reports:review", kwargs={"report": following.code}) if following else "",
        "may_accept": rules.may_accept(given, actor),
        "may_send_back": rules.may_send_back(given, actor),
        "may_undo": given.state == ReturnState.ACCEPTED and rules.may_undo_accept(given, actor),
        "may_hand_on": rules.may_hand_on(given, actor),
        "late": _late(given),
        "back_action": reverse("reports:send_back", kwargs={"report": given.code}),
        "undo_url": reverse("reports:undo_accept", kwargs={"report": given.code}),
        "crumbs": [{"label": _("报送"), "url": reverse("reports:tray")}, {"label": str(given.unit)}],
        "back_url": reverse("reports:tray"),
    }
    return render(request, "reports/desk/review.html", context, status=status)


def _late(given: Return) -> bool | None:
    """Whether the first version came after the due instant; None when there is none."""
    due = given.obligation.extended_to or given.obligation.due_at
    return given.first_sent_at > due if due and given.first_sent_at else None


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


@require_POST
def accept(request: HttpRequest, report: str) -> HttpResponse:
    """Accept, and go on to the next that waits."""
    given, by = seen_or_404(request, report), actor_of(request)
    notes, where = _notes(request), " ".join(request.POST.get("where", "").split())
    following = trays.next_waiting(by, given)
    if any(note.strip() for note in notes.values()):
        said = _("您写了要补的内容，还没有发出去。要退回，请点“退回补正”；要接收，请先清空。")
        return page_of(request, given, notes, said, 422)
    with transaction.atomic():
        accepted = actions.accept_return(given, number=_number(request), by=by)
        if where:
            adopt_return(accepted, where=where, by=by)
    messages.success(request, _("接收了：%(unit)s“%(title)s”") % names_of(accepted), **_said(given))
    return onward(following)


def _notes(request: HttpRequest) -> dict[str, str]:
    """Field → what to mend, as written; "" is the whole."""
    return {field: request.POST.get(f"note-{field or 'all'}", "") for field in LABELS}


@require_POST
def send_back(request: HttpRequest, report: str) -> HttpResponse:
    """Send back with notes; the unit is written to at once."""
    given = seen_or_404(request, report)
    notes = _notes(request)
    following = trays.next_waiting(actor_of(request), given)
    try:
        mail = actions.send_back(given, number=_number(request), notes=notes, by=actor_of(request))
    except Invalid as problem:
        return page_of(request, given, notes, problem.sentence, 422)
    if mail:
        messages.success(request, _("退回了，已经写信告诉%(unit)s。") % names_of(given), **_said(given))
    else:
        said = _("退回了。%(unit)s没有登记邮箱，请打电话说一声。") % names_of(given)
        messages.warning(request, said, **_said(given))
    return onward(following)


@require_POST
def undo(request: HttpRequest, report: str) -> HttpResponse:
    """Take an acceptance back."""
    given = actions.undo_acceptance(seen_or_404(request, report), by=actor_of(request))
    messages.success(request, _("撤销了接收，这一件又在等您看。"))
    return redirect("reports:review", report=given.code)


@require_POST
def help(request: HttpRequest, report: str) -> HttpResponse:
    """It reads like a plea: it leaves this desk at once."""
    given = seen_or_404(request, report)
    following = trays.next_waiting(actor_of(request), given)
    hand_on(given, by=actor_of(request))
    messages.success(request, _("转给值班的个案工作者了。这里不再留它的内容。"), **_said(given))
    return onward(following)


def _said(given: Return) -> dict[str, str]:
    """What was written beside this return has arrived: the page need not keep it for her."""
    return {"extra_tags": f"draft:review-{given.code}"}


def names_of(given: Return) -> dict[str, str]:
    """Unit and title, as sentences about a return name it."""
    title = given.current.title if given.current else ""
    return {"unit": str(given.unit), "title": inner(title or given.obligation.ask.title)}


def onward(following: Return | None) -> HttpResponse:
    """To the next that waits, else back to the tray."""
    if following is None:
        return redirect("reports:tray")
    return redirect("reports:review", report=following.code)
