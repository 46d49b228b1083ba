"""More time: a unit asks before its due instant, the office answers with a date (reference/reporting §7).

A request changes nothing by itself; while it waits the ladder is silent, for it is the office that owes a word.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.actions.obligations import note_extended, reason_said
from jinguo.campaigns.models import ExtensionRequest, Obligation
from jinguo.campaigns.models.asking import ExtensionAnswer
from jinguo.campaigns.rules import obligations as rules
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.people.actions import keep_apart

KIND = "obligation"
_ANSWERED = _("这份申请刚刚有了答复或被收回。请刷新页面看看。")


def ask_extension(obligation: Obligation, *, to: datetime, reason: str, by: Any) -> ExtensionRequest:
    """Ask for more time. Pressed twice it is asked once.

    Args:
        to: until when; a day counts to its 24:00.

    Raises:
        Invalid: no reason, or not later than the due instant that stands.
        Stale: another request waits already.
        KeptApart: the reason reads like a plea.
    """
    said = reason_said(reason, _("请写一句为什么要延期。"))
    asked = _asked(obligation, to, said)
    if asked is not None:
        return asked
    require(rules.may_ask_extension(obligation, by, clock.now()))
    due = obligation.extended_to or obligation.due_at
    if due is None or to <= due:
        raise Invalid(_("想延到的日子要晚于现在的期限。"), "to")
    kept = {"reason": said, "to": to.isoformat()}
    keep_apart(obligation.ask.campaign.office, obligation.unit, "extension", obligation.code, kept, by=by)
    return note_request(obligation, to=to, reason=said, at=clock.now(), by=by, asked_by=by.actor_code)


def note_request(
    obligation: Obligation, *, to: datetime, reason: str, at: datetime, by: Any, asked_by: str
) -> ExtensionRequest:
    """The unit asked for more time at this moment.

    Raises:
        Stale: another request waits already, or there is nothing to extend any more.
    """
    due = obligation.extended_to or obligation.due_at
    if due is None or to <= due:
        raise Stale(_("期限已经变了，这份申请不用了。"))
    try:
        with transaction.atomic():
            hold(obligation)
            asked = _asked(obligation, to, reason)
            if asked is not None:
                return asked
            row = ExtensionRequest.objects.create(
                code=ids.new_code(), obligation=obligation, due_at=due, to=to, reason=reason, asked_at=at,
                asked_by=asked_by,
            )  # fmt: skip
            _record("obligation.ask_extension", obligation, by, request=row.code, to=to.isoformat())
    except IntegrityError as error:
        raise Stale(_("已经有一份延期申请在等答复。要改，请先收回那一份。")) from error
    return row


def _asked(obligation: Obligation, to: datetime, reason: str) -> ExtensionRequest | None:
    """The request that waits, if it is this very one."""
    return obligation.extension_requests.waiting().filter(to=to, reason=reason).first()


def take_back_request(request: ExtensionRequest, *, by: Any) -> None:
    """The unit needs no more time after all; taken back twice it is back once."""
    require(rules.may_report(request.obligation, by))
    if request.answer == ExtensionAnswer.TAKEN_BACK:
        return
    with transaction.atomic():
        _answer(request, ExtensionAnswer.TAKEN_BACK, by)


def grant_extension(request: ExtensionRequest, *, to: datetime, note: str = "", by: Any) -> None:
    """Agree, with an explicit date, which need not be the one asked for.

    Raises:
        Invalid: the date is not later than the due instant that stands.
        KeptApart: the note speaks of what is done to somebody; the unit would read it.
    """
    require(rules.may_edit(request.obligation, by))
    said = " ".join(note.split())[:200]
    _keep_apart(request, "grant", {"note": said, "to": to.isoformat()}, by)
    note_granted(request, to=to, note=said, by=by)


def note_granted(request: ExtensionRequest, *, to: datetime, note: str, by: Any) -> None:
    """The office agreed."""
    with transaction.atomic():
        if not _answer(request, ExtensionAnswer.GRANTED, by, granted_to=to, answer_note=note):
            return
        request.obligation.refresh_from_db()
        note_extended(request.obligation, to=to, reason=request.reason, by=by)


def refuse_extension(request: ExtensionRequest, *, note: str, by: Any) -> None:
    """Say no, with the reason the unit reads.

    Raises:
        Invalid: without a reason.
        KeptApart: the reason speaks of what is done to somebody.
    """
    require(rules.may_edit(request.obligation, by))
    said = reason_said(note, _("请写一句为什么不能延，单位会看到。"), "note")
    _keep_apart(request, "refuse", {"note": said}, by)
    note_refused(request, note=said, by=by)


def note_refused(request: ExtensionRequest, *, note: str, by: Any) -> None:
    """The office said no."""
    with transaction.atomic():
        _answer(request, ExtensionAnswer.REFUSED, by, answer_note=note)


def _keep_apart(request: ExtensionRequest, door: str, said: dict[str, str], by: Any) -> None:
    duty = request.obligation
    keep_apart(duty.ask.campaign.office, duty.unit, door, request.code, said, by=by)


def _answer(request: ExtensionRequest, answer: ExtensionAnswer, by: Any, **more: object) -> bool:
    """False: it was answered just so a moment sooner."""
    now = hold(request)
    if now is not None and now.answered_at and not differing(now, {"answer": answer, **more}):
        request.refresh_from_db()
        return False
    moved = ExtensionRequest.objects.filter(pk=request.pk, answered_at=None).update(
        answer=answer, answered_at=clock.now(), answered_by=by.actor_code, **more
    )
    if not moved:
        raise Stale(_ANSWERED)
    request.refresh_from_db()
    _record(f"obligation.extension_{answer}", request.obligation, by, request=request.code)
    return True


def _record(action: str, obligation: Obligation, by: Any, **detail: str) -> None:
    journal.record(action, by=by, kind=KIND, code=obligation.code, owner=obligation.unit.code, **detail)
