"""The city's side: accepting a return, sending it back with notes per field, taking an acceptance back."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.actions import obligations
from jinguo.campaigns.models import Circulation
from jinguo.federation.actions.links import address_of, make_link
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.messages.actions import queue_message
from jinguo.messages.models import OutMessage
from jinguo.reports import rules
from jinguo.reports.actions.telling import tell
from jinguo.reports.letters import back_letter
from jinguo.reports.models import Return, ReturnVersion, ReviewNote
from jinguo.reports.models.returned import WAITING, ReturnState
from jinguo.reports.sheet import LABELS

NOTE = 300
_NEWER = _("单位刚刚改过，现在是新的一版。请看过新的一版再定。")
_DONE = _("这一件刚刚有人定过了，您的没有写进去。请看看现在的样子再定。")


def accept_return(given: Return, *, number: int, by: journal.Actor) -> Return:
    """Accept version `number`, which must still be the newest. Accepted twice it is accepted once.

    Raises:
        Stale: the unit has sent a newer version meanwhile.
    """
    require(rules.may_accept(given, by))
    version = _newest(given, number)
    with transaction.atomic():
        now = hold(given)
        if now is not None and (now.state, now.accepted_id) == (ReturnState.ACCEPTED, version.pk):
            return now
        at, first = clock.now(), given.accepted_id is None
        rows = Return.objects.filter(pk=given.pk, state=given.state, current=version)
        if rows.update(state=ReturnState.ACCEPTED, accepted=version, accepted_at=at, outcome="") != 1:
            raise _overtaken(given, version)
        tell([given.pk])
        ReturnVersion.objects.filter(pk=version.pk).update(answered_at=at, answer=ReturnState.ACCEPTED)
        if given.state == ReturnState.SENT_BACK:
            obligations.note_mended(given.obligation, at=given.sent_at or at, by=by, about=given.code)
        if first:
            obligations.note_accepted(given.obligation, by=by, about=given.code)
        journal.record(
            "return.accept", by=by, kind="return", code=given.code, owner=given.unit.code, version=version.number
        )
    return Return.objects.get(pk=given.pk)


def undo_acceptance(given: Return, *, by: journal.Actor) -> Return:
    """Take an acceptance back: the return waits again."""
    require(rules.may_undo_accept(given, by))
    if given.state != ReturnState.ACCEPTED:
        return given
    with transaction.atomic():
        now = hold(given)
        if now is not None and now.state != ReturnState.ACCEPTED and now.accepted_id is None:
            return now
        rows = Return.objects.filter(pk=given.pk, state=ReturnState.ACCEPTED, outcome="", accepted=given.accepted_id)
        if rows.update(state=ReturnState.REPORTED, accepted=None, accepted_at=None) != 1:
            raise _overtaken(given, given.current)
        tell([given.pk])
        ReturnVersion.objects.filter(pk=given.current_id).update(answered_at=None, answer="")
        obligations.note_not_accepted(given.obligation, by=by, about=given.code)
        journal.record("return.undo_accept", by=by, kind="return", code=given.code, owner=given.unit.code)
    return Return.objects.get(pk=given.pk)


def send_back(given: Return, *, number: int, notes: dict[str, str], by: journal.Actor) -> OutMessage | None:
    """Send version `number` back with what is to be mended, field by field; the unit is written to at once.

    Args:
        notes: field of the sheet ("" for the whole) → what to mend.

    Returns:
        The mail put into the outbox; None when the unit has no registered address.

    Raises:
        Invalid: no note, or one too long.
        Stale: the unit has sent a newer version meanwhile.
    """
    require(rules.may_send_back(given, by))
    said = _clean(notes)
    version = _newest(given, number)
    with transaction.atomic():
        now = hold(given)
        if now is not None and (now.state, now.current_id) == (ReturnState.SENT_BACK, version.pk):
            if dict(version.notes.values_list("field", "note")) != said:
                raise Stale(_DONE)
            return OutMessage.objects.filter(key=_key(given, version)).first()
        at = clock.now()
        rows = Return.objects.filter(pk=given.pk, state__in=WAITING, current=version)
        if rows.update(state=ReturnState.SENT_BACK, times_back=F("times_back") + 1) != 1:
            raise _overtaken(given, version)
        ReturnVersion.objects.filter(pk=version.pk).update(answered_at=at, answer=ReturnState.SENT_BACK)
        ReviewNote.objects.bulk_create(
            ReviewNote(version=version, field=field, note=note, at=at, actor=by.actor_code)
            for field, note in said.items()
        )
        obligations.note_sent_back(given.obligation, by=by, about=given.code)
        journal.record(
            "return.send_back", by=by, kind="return", code=given.code, owner=given.unit.code, version=version.number,
            fields=sorted(said),
        )  # fmt: skip
        return _write_to_unit(given, version, said, by)


def _newest(given: Return, number: int) -> ReturnVersion:
    version = given.current
    if version is None or version.number != number:
        raise Stale(_NEWER)
    return version


def _overtaken(given: Return, version: ReturnVersion | None) -> Stale:
    """By whom: the unit, with a newer version, or somebody here."""
    return Stale(_DONE if Return.objects.filter(pk=given.pk, current=version).exists() else _NEWER)


def _clean(notes: dict[str, str]) -> dict[str, str]:
    said = {field: " ".join(note.split()) for field, note in notes.items() if note.strip() and field in LABELS}
    if not said:
        raise Invalid(_("退回要写明补什么：在要改的那一栏旁边写一句，单位马上会看到。"), "notes")
    for field, note in said.items():
        if len(note) > NOTE:
            raise Invalid(_("每一处请控制在 300 字以内。"), f"note-{field}")
    return said


def _key(given: Return, version: ReturnVersion) -> str:
    return f"return:{given.code}:{version.number}:back"


def _write_to_unit(
    given: Return, version: ReturnVersion, notes: dict[str, str], by: journal.Actor
) -> OutMessage | None:
    """The mail that says what to mend, with a link of its own: the secret of an earlier link is nowhere kept."""
    office = given.campaign.office
    address = given.unit.mail_addresses.first()
    copy = Circulation.objects.filter(campaign=given.campaign, unit=given.unit).first()
    if address is None or copy is None:
        return None
    _link, secret = make_link(
        Purpose.UNIT, unit=given.unit, kind="circulation", code=copy.code,
        expires_at=clock.now() + timedelta(days=office.link_days), by=by,
    )  # fmt: skip
    where = settings.URL + address_of(secret, "reports:link_show", report=given.code)
    subject, body = back_letter(given, version, notes, where=where)
    return queue_message(
        office, key=_key(given, version), to=address.address, subject=subject, body=body,
        about=("return", given.code),
    )  # fmt: skip
