"""The unit's side: writing a sheet, sending it, mending it, taking it back.

A form is sent once however often the button is pressed: each form carries a token, and a version remembers its own.
Sending is reporting; there is no other button to complete it (reference/reporting §7).
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Activity
from jinguo.campaigns.actions import obligations
from jinguo.campaigns.actions.proxy import acting_unit, reason_given, tell_unit
from jinguo.campaigns.models import Circulation, Obligation
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.rules.obligations import may_report_for
from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.lib.texts import inner
from jinguo.reports import rules
from jinguo.reports.actions.finding import forget_return, index_return
from jinguo.reports.actions.holding import asks_for_help, hold_sheet
from jinguo.reports.actions.marking import mark_version
from jinguo.reports.actions.telling import tell
from jinguo.reports.metrics import event_mark
from jinguo.reports.models import Return, ReturnClause, ReturnPhoto, ReturnVersion
from jinguo.reports.models.returned import Channel, ReturnState
from jinguo.reports.queries.returns import came_by
from jinguo.reports.sheet import ABOUTS, NAMES, SIGNERS, Sheet

_S = ReturnState
_AFTER_SENDING = {_S.DRAFT: _S.REPORTED, _S.WITHDRAWN: _S.REPORTED, _S.ACCEPTED: _S.CORRECTED}
_FASTER = _("这一件刚刚变了。您填的没有丢，请看看现在的样子再送。")


def say_something(sheet: Sheet, ask_kind: str) -> None:
    """The one thing a sheet must do: name an activity and its day, or say something where a text is asked for.

    Raises:
        Invalid: nothing is said (one of the three blocking errors of reference/reporting §7).
    """
    values = sheet.values
    if ask_kind == AskKind.EACH_ACTIVITY:
        if not values.get("title"):
            raise Invalid(_("请写活动名称；没有活动，就点“没有，报‘无’”。"), "title")
        if not values.get("held_on"):
            raise Invalid(_("请写活动是哪天办的。"), "held_on")
    elif not (values.get("summary") or values.get("body")):
        raise Invalid(_("请写几句情况；没有可写的，就点“没有，报‘无’”。"), "summary")


def send_sheet(
    obligation: Obligation,
    sheet: Sheet,
    *,
    token: str,
    by: journal.Actor,
    activity: Activity | None = None,
    channel: Channel = Channel.WEB,
    key: str = "",
    at: datetime | None = None,
) -> Return:
    """Report: a new return, or the draft of the same activity or form, with this sheet as its newest version.

    A sheet about an activity that was already reported gives the return as it is: a second press changes nothing.

    Args:
        key: what the return is about, once an obligation; by default the activity, else the form.
        at: when it was received, where that was before now: by its mail's server.
    """
    require(rules.may_write(obligation, by))
    say_something(sheet, obligation.ask.kind)
    key = f"activity:{activity.code}" if activity else key or token
    try:
        with transaction.atomic():
            given = Return.objects.filter(obligation=obligation, key=key).first()
            if given is not None and (given.state != _S.DRAFT or rules.is_held(given)):
                return given
            given = given or _open(obligation, key, activity, by)
            _send(given, sheet, token, "", by, channel, at=at)
    except (IntegrityError, Stale):
        return _sent_already(obligation, key, token)
    return Return.objects.get(pk=given.pk)


def send_for_unit(obligation: Obligation, sheet: Sheet, *, token: str, reason: str, by: journal.Actor) -> Return:
    """代报: a federation above reports for a unit that cannot, with its reason. The unit is told and may correct it, which
    makes the report its own. The same form sent twice is sent once.

    Raises:
        Invalid: nothing said, or no reason.
    """
    sent = Return.objects.filter(obligation=obligation, key=token).first()
    if sent is not None:
        return sent
    require(may_report_for(obligation, by))
    why = reason_given(reason)
    say_something(sheet, obligation.ask.kind)
    unit = acting_unit(by, obligation.unit)
    if unit is None:
        raise Refused(_("代报由这个单位的上级县（区）妇联办。"))
    try:
        with transaction.atomic():
            given = Return.objects.filter(obligation=obligation, key=token).first()
            if given is not None:
                return given
            given = _open(obligation, token, None, by)
            if _send(given, sheet, token, "", by, Channel.WEB, proxy=(unit, why)):
                _tell_of_proxy(obligation, unit, sheet, why, by)
    except IntegrityError:
        return _sent_already(obligation, token, token)
    return Return.objects.get(pk=given.pk)


def _tell_of_proxy(obligation: Obligation, unit: Unit, sheet: Sheet, why: str, by: journal.Actor) -> None:
    copy = Circulation.objects.filter(campaign=obligation.ask.campaign, unit=obligation.unit)
    found = copy.select_related("campaign__office__unit", "unit").first()
    if found is not None:
        what = str(_("替贵单位报了“%(title)s”")) % {"title": inner(sheet.values.get("title") or obligation.ask.title)}
        tell_unit(found, unit=unit, what=what, why=why, by=by)


def keep_draft(
    obligation: Obligation, sheet: Sheet, *, token: str, by: journal.Actor, activity: Activity | None = None
) -> Return:
    """Put a sheet aside without sending it; the city does not see it."""
    require(rules.may_write(obligation, by))
    key = f"activity:{activity.code}" if activity else token
    with transaction.atomic():
        hold(obligation)
        given = Return.objects.filter(obligation=obligation, key=key).first()
        if given is not None and (given.state != _S.DRAFT or rules.is_held(given)):
            return given
        given = given or _open(obligation, key, activity, by)
        _keep(given, sheet, token, "", by, Channel.WEB)
    return given


def revise_return(
    given: Return, sheet: Sheet, *, token: str, by: journal.Actor, reason: str = "", send: bool = True,
    channel: Channel = Channel.WEB, at: datetime | None = None,
) -> Return:  # fmt: skip
    """Write a newer version and send it, or only keep it: mending, correcting, reporting again after withdrawing.

    Older versions stay. What was accepted stands until the newer one is accepted.
    """
    if came_by(token).filter(pk=given.pk).exists():
        return given
    require(rules.may_change(given, by))
    if send:
        say_something(sheet, given.obligation.ask.kind)
    try:
        with transaction.atomic():
            why = " ".join(reason.split())[:200]
            hold(given)
            if came_by(token).filter(pk=given.pk).exists():
                return given
            if send:
                _send(given, sheet, token, why, by, channel, at=at)
            else:
                _keep(given, sheet, token, why, by, channel)
    except (IntegrityError, Stale):
        return _sent_already(given.obligation, given.key, token)
    return Return.objects.get(pk=given.pk)


def withdraw_return(given: Return, *, by: journal.Actor) -> Return:
    """Take back what was sent and not accepted. Of a correction only the correction is taken back."""
    if _is_withdrawn(given):
        return given
    require(rules.may_withdraw(given, by))
    with transaction.atomic():
        now = hold(given)
        if now is not None and _is_withdrawn(now):
            return now
        if given.accepted_id:
            _take_correction_back(given, by)
        else:
            take_away(given, by)
        journal.record("return.withdraw", by=by, kind="return", code=given.code, owner=given.unit.code)
    return Return.objects.get(pk=given.pk)


def _is_withdrawn(given: Return) -> bool:
    """Whether it, or the correction that had followed what was accepted, was taken back already."""
    if given.state != _S.ACCEPTED or given.accepted is None or given.current_id != given.accepted_id:
        return given.state == _S.WITHDRAWN
    return given.versions.filter(number__gt=given.accepted.number).exclude(sent_at=None).exists()


def take_away(given: Return, by: journal.Actor) -> None:
    """It stands no longer. In the caller's transaction."""
    _move(given, given.state, state=_S.WITHDRAWN)
    forget_return(given)
    others = Return.objects.standing().filter(obligation=given.obligation).exclude(pk=given.pk)
    left = others.aggregate(first=Min("first_sent_at"), last=Max("sent_at"))
    obligations.note_withdrawn(
        given.obligation, was_sent_back=given.state == _S.SENT_BACK, by=by, about=given.code, **left
    )


def bring_back(given: Return, by: journal.Actor) -> None:
    """What was taken away stands again as it did. In the caller's transaction; what it says is there again already."""
    version: Any = given.current
    mark_version(version)
    index_return(given, version)
    _move(given, _S.WITHDRAWN, state=_S.REPORTED)
    obligations.note_return(given.obligation, at=given.first_sent_at or clock.now(), by=by, about=given.code)


def discard_draft(given: Return, *, by: journal.Actor) -> None:
    """Throw away a sheet that was never sent."""
    require(rules.may_change(given, by))
    with transaction.atomic():
        if hold(given) is None:
            return
        if Return.objects.filter(pk=given.pk, state=_S.DRAFT).update(current=None) != 1:
            raise Stale(_("这一件已经报出去了，不能删，只能撤回。"))
        Return.objects.filter(pk=given.pk).delete()
        journal.record("return.discard", by=by, kind="return", code=given.code, owner=given.unit.code)


def _open(obligation: Obligation, key: str, activity: Activity | None, by: journal.Actor) -> Return:
    given = Return.objects.create(
        code=ids.new_code(),
        obligation=obligation,
        unit=obligation.unit,
        campaign=obligation.ask.campaign,
        activity=activity,
        key=key,
        created_at=clock.now(),
    )
    journal.record(
        "return.create", by=by, kind="return", code=given.code, owner=given.unit.code, obligation=obligation.code
    )
    return given


def _keep(given: Return, sheet: Sheet, token: str, reason: str, by: journal.Actor, channel: Channel) -> None:
    """Put a version aside; one that says just so already stays as it is."""
    kept = given.versions.filter(sent_at=None, token=token, reason=reason).first()
    if kept is not None and _says(kept, sheet):
        return
    write(given, sheet, token, reason, by, channel)
    journal.record("return.keep", by=by, kind="return", code=given.code, owner=given.unit.code)


def _says(version: ReturnVersion, sheet: Sheet) -> bool:
    said = [getattr(version, name) for name in (*NAMES, *ABOUTS)]
    said += [getattr(version, name) for name in SIGNERS]
    wanted = [_stored(name, sheet.values.get(name)) for name in (*NAMES, *ABOUTS)]
    wanted += [sheet.values.get(name) or "" for name in SIGNERS]
    clauses = set(ReturnClause.objects.filter(version=version).values_list("clause", flat=True))
    photos = list(version.photo_links.order_by("position").values_list("photo", flat=True))
    return (said, version.sources, version.doubts, clauses, photos) == (
        wanted, sheet.sources, sheet.doubts, {one.pk for one in sheet.clauses}, [one.pk for one in sheet.photos],
    )  # fmt: skip


def write(given: Return, sheet: Sheet, token: str, reason: str, by: journal.Actor, channel: Channel) -> ReturnVersion:
    """The unsent version with this sheet in it: the one being written, or a new one."""
    version = given.versions.filter(sent_at=None).first()
    if version is None:
        last = given.versions.aggregate(last=Max("number"))["last"] or 0
        version = ReturnVersion(code=ids.new_code(), given=given, number=last + 1)
    version.token, version.channel, version.actor, version.written_at = token, channel, by.actor_code, clock.now()
    lay(version, sheet, reason)
    if given.current_id is None:
        Return.objects.filter(pk=given.pk).update(current=version)
        given.current = version
    return version


def lay(version: ReturnVersion, sheet: Sheet, reason: str) -> None:
    """Let a version say what a sheet says, and nothing else."""
    for name in (*NAMES, *ABOUTS):
        setattr(version, name, _stored(name, sheet.values.get(name)))
    for name in SIGNERS:
        setattr(version, name, sheet.values.get(name) or "")
    version.sources, version.doubts, version.reason = sheet.sources, sheet.doubts, reason
    version.event = event_mark(sheet.values)
    version.save()
    ReturnClause.objects.filter(version=version).delete()
    ReturnClause.objects.bulk_create(ReturnClause(version=version, clause=clause) for clause in sheet.clauses)
    ReturnPhoto.objects.filter(version=version).delete()
    ReturnPhoto.objects.bulk_create(
        ReturnPhoto(version=version, photo=photo, position=place) for place, photo in enumerate(sheet.photos, 1)
    )


def _send(
    given: Return, sheet: Sheet, token: str, reason: str, by: journal.Actor, channel: Channel, *, at: datetime | None = None,
    proxy: tuple[Unit, str] | None = None,
) -> bool:  # fmt: skip
    """Write a version and send it. A sheet that reads like a letter for help is held for the case worker: False. Mails were
    looked at when they came."""
    if channel == Channel.MAIL or not asks_for_help(sheet, reason, proxy[1] if proxy else ""):
        dispatch(given, write(given, sheet, token, reason, by, channel), by, proxy, at)
        return True
    more = {"reason": reason} | ({"unit": proxy[0].code, "why": proxy[1]} if proxy else {})
    hold_sheet(write(given, Sheet({}), token, "", by, channel), sheet, by=by, more=more)
    return False


def _stored(name: str, value: object) -> object:
    """What a column holds: a missing number or day is null, a missing text is empty."""
    if name in ABOUTS:
        return bool(value)
    return "" if value is None and not ReturnVersion._meta.get_field(name).null else value


def dispatch(
    given: Return, version: ReturnVersion, by: journal.Actor, proxy: tuple[Unit, str] | None, at: datetime | None
) -> None:
    """The one moment a version becomes what the unit said. `proxy`: the federation that says it for the unit (代报), and why."""
    at, before = at or clock.now(), ReturnState(given.state)
    after = _AFTER_SENDING.get(before, before)
    if before == _S.SENT_BACK:
        after = _S.CORRECTED if given.accepted_id else _S.RESENT
    if ReturnVersion.objects.filter(pk=version.pk, sent_at=None).update(sent_at=at) != 1:
        raise Stale(_FASTER)
    mark_version(version)
    index_return(given, version)
    _move(given, before, state=after, current=version, sent_at=at, first_sent_at=given.first_sent_at or at)
    if before in (_S.DRAFT, _S.WITHDRAWN):
        obligations.note_return(given.obligation, at=at, by=by, about=given.code)
    elif before == _S.SENT_BACK:
        obligations.note_mended(given.obligation, at=at, by=by, about=given.code)
    else:
        obligations.note_newer(given.obligation, at=at, by=by, about=given.code)
    if proxy is None:
        obligations.note_own(given.obligation, by=by, about=given.code)
    else:
        unit, why = proxy
        obligations.note_proxy(given.obligation, unit=unit, reason=why, at=at, by=by, about=given.code)
    journal.record(
        "return.send", by=by, kind="return", code=given.code, owner=given.unit.code, version=version.number, state=after
    )


def _take_correction_back(given: Any, by: journal.Actor) -> None:
    accepted = given.accepted
    _move(given, given.state, state=_S.ACCEPTED, current=accepted, sent_at=accepted.sent_at)
    index_return(given, accepted)
    if given.state == _S.SENT_BACK:
        obligations.note_mended(given.obligation, at=accepted.sent_at, by=by, about=given.code)


def _move(given: Return, before: str, **changes: object) -> None:
    """One conditional UPDATE: from the state we saw and the version we saw, or not at all."""
    rows = Return.objects.filter(pk=given.pk, state=before, current=given.current_id)
    if rows.update(**changes) != 1:
        raise Stale(_FASTER)
    tell([given.pk])


def _sent_already(obligation: Obligation, key: str, token: str) -> Return:
    """After a collision: the other press of the same button has won, and this is its answer."""
    given = Return.objects.filter(obligation=obligation, key=key).first()
    if given is None or not given.versions.filter(token=token).exclude(sent_at=None).exists():
        raise Stale(_FASTER)
    return given
