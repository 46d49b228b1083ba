"""The field sheet: filled from an activity or from the last version, asked about once, sent once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jinguo.activities.models import Activity
from jinguo.activities.queries import record_of
from jinguo.campaigns.models import Obligation
from jinguo.lib import ids
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require
from jinguo.reports import rules
from jinguo.reports.actions import returns as actions
from jinguo.reports.actions.filling import MOST_FILES, Given, fill_drafts
from jinguo.reports.checks import Doubt, doubts_about
from jinguo.reports.forms import SheetForm
from jinguo.reports.models import Return
from jinguo.reports.models.returned import ReturnState
from jinguo.reports.queries import returns as queries
from jinguo.reports.queries.used import used_before
from jinguo.reports.sheet import LABELS, SIGNERS, Sheet, sheet_from_record, sheet_from_version
from jinguo.reports.views.sides import Side, side_of
from jinguo.reports.views.unit import obligation_or_404, own_or_404

HELD = gettext_lazy("收到了。这一件先由专人看，别的人看不到。急的时候请直接打 110、12338、12348。")


@dataclass(frozen=True)
class Work:
    """What a sheet is about: a new return under an obligation (perhaps of an activity), or a newer version of one."""

    side: Side
    duty: Obligation
    base: Sheet
    activity: Activity | None = None
    given: Return | None = None

    def doubts(self, sheet: Sheet) -> list[Doubt]:
        return doubts_about(sheet.values, queries.background_of(self.duty, sheet.values, self.given))

    def doubts_before_sending(self, sheet: Sheet) -> list[Doubt]:
        """The same, and gently what was used before: looked up once she means to send."""
        return [*self.doubts(sheet), *used_before(sheet, self.duty.unit, self.given)]

    def save(self, sheet: Sheet, token: str, reason: str, *, send: bool) -> Return:
        """Send or keep, by the one action that fits."""
        by = self.side.actor
        if self.given:
            return actions.revise_return(self.given, sheet, token=token, by=by, reason=reason, send=send)
        write = actions.send_sheet if send else actions.keep_draft
        return write(self.duty, sheet, token=token, by=by, activity=self.activity)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, link: Any = None) -> HttpResponse:
    """A new return: of an activity with nothing typed again, or on a blank sheet."""
    side = side_of(request)
    activity = _activity(side, request.GET.get("activity", ""))
    duty = _duty(side, activity, request.GET.get("obligation", ""))
    if activity:
        known = Return.objects.own_of(side.actor).filter(obligation=duty, key=f"activity:{activity.code}").first()
        if known and not (request.method == "POST" and known.state == ReturnState.DRAFT):
            name = "edit" if known.state == ReturnState.DRAFT else "show"
            return redirect(side.url(name, report=known.code))
    require(rules.may_write(duty, side.actor))
    base = sheet_from_record(record_of(activity)) if activity else Sheet({})
    base.values |= queries.last_signers(duty.unit)
    return _answer(request, Work(side, duty, base, activity))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, report: str, link: Any = None) -> HttpResponse:
    """Go on with a draft, mend what was sent back, or correct what was accepted: a newer version."""
    side = side_of(request)
    given = own_or_404(side, report)
    if request.method == "POST" and _has_come(request, given):
        return _came(request, Work(side, given.obligation, Sheet({}), given.activity, given), given)
    require(rules.may_change(given, side.actor))
    versions = list(given.versions.all())
    base = sheet_from_version(versions[0])
    return _answer(request, Work(side, given.obligation, base, given.activity, given))


def _answer(request: HttpRequest, work: Work) -> HttpResponse:
    """Show the sheet, or do what its button says."""
    form = _form(work, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        form.ask(work.doubts(work.base) if work.base.values.get("title") else [])
        return _page(request, work, form, 200)
    if not form.is_valid():
        return _page(request, work, form, 422)
    if wants_filling(request, form):
        return _fill(request, work, form)
    came = queries.came_by(form.cleaned_data["token"]).filter(obligation=work.duty).first()
    if came is not None:
        return _came(request, work, came)
    sheet, send = form.sheet(), "keep" not in request.POST
    doubts = work.doubts_before_sending(sheet) if send else work.doubts(sheet)
    form.ask(doubts)
    unseen = [doubt for doubt in doubts if doubt.code not in form.was_asked()]
    if send and unseen:
        return _page(request, work, form, 422)
    try:
        token, reason = form.cleaned_data["token"], form.cleaned_data.get("reason", "")
        given = work.save(form.sheet(), token, reason, send=send)
    except Invalid as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, work, form, 422)
    if send:
        return _came(request, work, given)
    messages.success(request, _("存好了，还没有报出去。"), extra_tags=f"draft:{_draft_key(work)}")
    return redirect(work.side.url("show", report=given.code))


def _has_come(request: HttpRequest, given: Return) -> bool:
    return queries.came_by(request.POST.get("token", "")).filter(pk=given.pk).exists()


def _came(request: HttpRequest, work: Work, given: Return) -> HttpResponse:
    """It has come. Pressed twice, the second answer is this one too: what she sent a moment ago is no doubt about itself."""
    if rules.is_held(given):
        messages.success(request, HELD, extra_tags=f"draft:{_draft_key(work)}")
        return redirect(work.side.url("list"))
    messages.success(request, _("报出去了。"), extra_tags=f"draft:{_draft_key(work)}")
    return redirect(work.side.url("show", report=given.code))


def _fill(request: HttpRequest, work: Work, form: SheetForm) -> HttpResponse:
    """Read what she pasted or dropped, keep it as a draft, and show it filled in."""
    try:
        filled = fill_drafts(
            work.duty, form.sheet(), given_in(request, form), token=form.cleaned_data["token"], by=work.side.actor,
            of=work.given,
        )  # fmt: skip
    except Invalid as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, work, form, 422)
    say_unread(request, filled.unread)
    done = {"extra_tags": f"draft:{_draft_key(work)}"}
    if len(filled.drafts) > 1:
        said = _("里面有 %(n)s 场活动，各存了一份草稿。请一份一份看过再报。") % {"n": len(filled.drafts)}
        messages.success(request, said, **done)
        return redirect(work.side.url("list"))
    messages.success(request, _("填进来了，还没有报出去。请看一眼，哪里不对直接改。"), **done)
    return redirect(work.side.url("edit", report=filled.drafts[0].code))


def wants_filling(request: HttpRequest, form: SheetForm) -> bool:
    """Whether she pressed 填进来, and gave something to fill it with."""
    return "fill" in request.POST and bool(request.FILES or form.cleaned_data["paste"].strip())


def given_in(request: HttpRequest, form: SheetForm) -> Given:
    """What she pasted and dropped."""
    files = [(one.name or "", one.read()) for one in request.FILES.getlist("drop")[: MOST_FILES + 1]]
    return Given(form.cleaned_data["paste"], files)


def say_unread(request: HttpRequest, unread: list[tuple[str, str]]) -> None:
    """Name each file that could not be read, and why."""
    for name, why in unread:
        messages.warning(request, _("“%(name)s”%(why)s，没有填进来。") % {"name": name, "why": why})


def _form(work: Work, data: Any) -> SheetForm:
    notes: dict[str, list[str]] = {}
    if work.given and work.given.state == ReturnState.SENT_BACK and work.given.current:
        for note in work.given.current.notes.all():
            notes.setdefault(note.field, []).append(note.note)
    clauses = queries.clauses_to_choose(work.duty.ask.campaign, work.base.clauses)
    newer = bool(work.given and work.given.accepted_id)
    return SheetForm(data, base=work.base, clauses=clauses, token=ids.new_code(), notes=notes, newer=newer)


def _page(request: HttpRequest, work: Work, form: SheetForm, status: int) -> HttpResponse:
    context = {
        "side": work.side,
        "base": work.side.base,
        "duty": work.duty,
        "activity": work.activity,
        "given": work.given,
        "form": form,
        "asked": " ".join(doubt.code for doubt in form.doubts),
        "general_notes": form.notes.get("", []),
        "labels": LABELS,
        "signers": SIGNERS,
        "draft_key": _draft_key(work),
        "may_fill": work.activity is None,
        "fill_open": not work.base.values.get("title") or bool(form.errors.get("paste") or form.errors.get("drop")),
    }
    return render(request, "reports/unit/sheet.html", context, status=status)


def _draft_key(work: Work) -> str:
    about = work.given or work.activity or work.duty
    return f"report-{about.code}"


def _activity(side: Side, code: str) -> Activity | None:
    if not code:
        return None
    rows = queries.own_activities(side.actor).select_related("campaign__office__unit", "unit")
    found = rows.filter(code=code).first()
    if found is None:
        raise NotThere(_("没有找到这场活动。"))
    return found


def _duty(side: Side, activity: Activity | None, code: str) -> Obligation:
    if activity:
        found = queries.obligation_for(activity, side.actor, side.campaign)
        if found is None:
            raise NotThere(_("这场活动不属于哪一份通知，没有地方报。请从“我的报送”里新写一件。"))
        return found
    if code:
        return obligation_or_404(side, code)
    rows = list(queries.obligations_of(side.actor, side.campaign))
    if not rows:
        raise NotThere(_("现在没有要贵单位报送的事项。"))
    return min(rows, key=lambda row: (row.ask.kind != "each_activity", row.pk))
