"""A reviewer gives a report that is a plea to the duty case worker; she says of what was held that it is none."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.lib.errors import Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.reports import rules
from jinguo.reports.actions.holding import KIND, held_sheet, hold_sheet
from jinguo.reports.actions.returns import bring_back, dispatch, lay, take_away, write
from jinguo.reports.models import Held, Mark, Return, ReturnVersion, ReviewNote
from jinguo.reports.models.returned import Channel, ReturnState
from jinguo.reports.sheet import Sheet, sheet_from_version

_FASTER = _("这一件刚刚变了。请刷新页面看看现在的样子。")


def hand_on(given: Return, *, by: journal.Actor) -> None:
    """The reviewer sees that a report is a plea: every version of it is sealed for the case worker and leaves tray, search and
    figures at once. One that came by mail goes with its mail, which is its source (`empty_return`)."""
    if _is_held(given):
        return
    require(rules.may_hand_on(given, by))
    with transaction.atomic():
        hold(given)
        if _is_held(given):
            return
        for version in given.versions.all():
            more = {"reason": version.reason, "sent": "1" if version.sent_at else ""}
            hold_sheet(version, sheet_from_version(version), by=by, more=more)
        _empty(given, by)


def _is_held(given: Return) -> bool:
    """Whether it was handed on already: every version of it lies sealed, and it stands no longer."""
    taken = Return.objects.filter(pk=given.pk, state=ReturnState.WITHDRAWN).exists()
    return taken and given.versions.exists() and not given.versions.filter(held=None).exists()


def empty_return(given: Return, *, by: journal.Actor) -> None:
    """A return made of a mail that turns out to be a letter for help says nothing any more; the mail is kept, and makes a new
    one if it was a false alarm. In the caller's transaction."""
    require(rules.may_hand_on(given, by))
    _empty(given, by)
    Return.objects.filter(pk=given.pk).update(key=f"gone:{given.code}")


def _empty(given: Return, by: journal.Actor) -> None:
    take_away(given, by)
    Mark.objects.filter(version__given=given).delete()
    ReviewNote.objects.filter(version__given=given).update(note="")
    for version in given.versions.all():
        lay(version, Sheet({}), "")
    journal.record("return.empty", by=by, kind="return", code=given.code, owner=given.unit.code)


def release_held(held: Held, *, by: journal.Actor) -> Return:
    """The duty case worker says it is no plea: it goes the way of all others, as of the moment it came."""
    given = held.version.given
    require(rules.may_release(held, by))
    with transaction.atomic():
        now = hold(given)
        if now is not None and hold(held) is None:
            return now
        every = [(one.version, *held_sheet(one)) for one in Held.objects.filter(version__given=given)]
        if not Held.objects.filter(version__given=given).delete()[0]:
            raise Stale(_FASTER)
        for version, sheet, more in every:
            if "sent" in more:  # it was handed on: as it was before
                lay(version, sheet, more["reason"])
            else:
                _send(given, version, sheet, more, held, by)
        if any(version.sent_at for version, _sheet, _more in every):
            bring_back(Return.objects.get(pk=given.pk), by)
        owner = given.unit.code
        journal.record("return.release", by=by, kind=KIND, code=held.code, owner=owner, given=given.code)
    return Return.objects.get(pk=given.pk)


def _send(
    given: Return, empty: ReturnVersion, sheet: Sheet, more: dict[str, Any], held: Held, by: journal.Actor
) -> None:
    version = write(given, sheet, empty.token, more["reason"], by, Channel(empty.channel))
    ReturnVersion.objects.filter(pk=version.pk).update(actor=empty.actor)
    unit = Unit.objects.filter(code=more.get("unit", "")).first()
    dispatch(given, version, by, (unit, more["why"]) if unit else None, held.held_at)
