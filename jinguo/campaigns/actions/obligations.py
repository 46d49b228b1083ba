"""Facts of obligations: what came back, zero reports, exemptions, extensions.

`reports` calls the `note_…` functions inside its own transaction, after its own rule; the others ask theirs here. The
state shown is computed from these facts and never stored (DESIGN §4).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Obligation, ProxyReport
from jinguo.campaigns.rules import obligations as rules
from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.people.actions import keep_apart

REASON = 200  # characters of a reason
_NOTHING = Q(zero_at=None, returns=0, exempt_at=None)
_NOT_ZERO = _("这一项已经报过活动，或者已经免报，不用再报“无”。")


def note_return(obligation: Obligation, *, at: datetime, by: journal.Actor, about: str) -> None:
    """One more return stands. `about`: the return's code."""
    _change(
        obligation, Q(), "obligation.report", by, about=about,
        returns=F("returns") + 1, first_reported_at=_earliest("first_reported_at", at),
        last_reported_at=_latest("last_reported_at", at),
    )  # fmt: skip


def note_mended(obligation: Obligation, *, at: datetime, by: journal.Actor, about: str) -> None:
    """A return that had been sent back came again."""
    _change(
        obligation, Q(sent_back__gt=0), "obligation.mend", by, about=about,
        sent_back=F("sent_back") - 1, last_reported_at=_latest("last_reported_at", at),
    )  # fmt: skip


def note_newer(obligation: Obligation, *, at: datetime, by: journal.Actor, about: str) -> None:
    """A standing return has a newer version."""
    _change(
        obligation, Q(returns__gt=0), "obligation.correct", by, about=about,
        last_reported_at=_latest("last_reported_at", at),
    )  # fmt: skip


def note_sent_back(obligation: Obligation, *, by: journal.Actor, about: str) -> None:
    """A return waits for mending. It still counts as reported: an on-time report does not become a late one."""
    _change(
        obligation, Q(returns__gt=F("sent_back")), "obligation.send_back", by, about=about, sent_back=F("sent_back") + 1
    )


def note_accepted(obligation: Obligation, *, by: journal.Actor, about: str) -> None:
    """One more return was accepted."""
    _change(obligation, Q(accepted__lt=F("returns")), "obligation.accept", by, about=about, accepted=F("accepted") + 1)


def note_not_accepted(obligation: Obligation, *, by: journal.Actor, about: str) -> None:
    """An acceptance was taken back."""
    _change(obligation, Q(accepted__gt=0), "obligation.undo_accept", by, about=about, accepted=F("accepted") - 1)


def note_proxy(obligation: Obligation, *, unit: Unit, reason: str, at: datetime, by: journal.Actor, about: str) -> None:
    """What was just noted came from a federation above, for a unit that could not (代报); with its evidence."""
    ProxyReport.objects.create(obligation=obligation, unit=unit, about=about, reason=reason, at=at, by=by.actor_code)
    _change(obligation, Q(returns__gt=0), "obligation.proxy", by, about=about, proxy_unit=unit)


def note_own(obligation: Obligation, *, by: journal.Actor, about: str) -> None:
    """The unit spoke for itself: what stands is no longer by proxy. The evidence of the proxy stays."""
    if Obligation.objects.filter(pk=obligation.pk).exclude(proxy_unit=None).update(proxy_unit=None):
        _record("obligation.end_proxy", obligation, by, about=about)


def note_withdrawn(
    obligation: Obligation,
    *,
    was_sent_back: bool,
    first: datetime | None,
    last: datetime | None,
    by: journal.Actor,
    about: str,
) -> None:
    """A return no longer stands.

    Args:
        first, last: first and newest sending among the returns that still stand; null when none does.
    """
    _change(
        obligation, Q(returns__gt=F("accepted"), sent_back__gte=int(was_sent_back)), "obligation.withdraw", by,
        about=about, returns=F("returns") - 1, sent_back=F("sent_back") - int(was_sent_back), first_reported_at=first,
        last_reported_at=last,
    )  # fmt: skip


def zero_report(obligation: Obligation, *, reason: str, by: journal.Actor, looked_at: bool = False) -> None:
    """Say 「没有」 for this ask, with a reason. Said twice it is said once.

    Args:
        looked_at: the words came by mail and were looked at for a plea there.

    Raises:
        Invalid: without a reason.
        Stale: something was reported already.
        KeptApart: the reason reads like a plea.
    """
    require(rules.may_report(obligation, by))
    said = reason_said(reason, _("请选一个原因，或者写几个字。"))
    if not (looked_at or Obligation.objects.filter(pk=obligation.pk).exclude(zero_at=None).exists()):
        _keep_apart(obligation, "zero", {"reason": said}, by)
    with transaction.atomic():
        now = hold(obligation)
        if now is not None and now.zero_at is not None:
            note_own(obligation, by=by, about=obligation.code)
            return
        note_zero(obligation, reason=said, at=clock.now(), by=by)


def note_zero(obligation: Obligation, *, reason: str, at: datetime, by: journal.Actor) -> None:
    """The unit said 「没有」 at this moment."""
    _change(obligation, _NOTHING, "obligation.zero", by, _NOT_ZERO, zero_at=at, zero_reason=reason)


def note_zero_for(
    obligation: Obligation, *, unit: Unit, reason: str, why: str, at: datetime, by: journal.Actor
) -> None:
    """A federation above said 「没有」 for a unit that cannot, with its evidence. `why`: why the unit could not."""
    about = ids.new_code()
    ProxyReport.objects.create(obligation=obligation, unit=unit, about=about, reason=why, at=at, by=by.actor_code)
    _change(
        obligation, _NOTHING, "obligation.zero_by_proxy", by, _NOT_ZERO, about=about,
        zero_at=at, zero_reason=reason, proxy_unit=unit,
    )  # fmt: skip


def undo_zero(obligation: Obligation, *, by: journal.Actor) -> None:
    """Take a zero report back; taken back twice it is back once."""
    require(rules.may_report(obligation, by))
    with transaction.atomic():
        if Obligation.objects.filter(pk=obligation.pk).exclude(zero_at=None).update(zero_at=None, zero_reason=""):
            _record("obligation.undo_zero", obligation, by)
            Obligation.objects.filter(pk=obligation.pk, returns=0).update(proxy_unit=None)


def exempt(obligation: Obligation, *, reason: str, by: journal.Actor) -> None:
    """Free a unit from this ask (免报): it leaves the set every rate is counted over.

    Raises:
        Stale: it has reported already.
        KeptApart: the reason speaks of what is done to somebody; the unit would read it.
    """
    require(rules.may_edit(obligation, by))
    said = reason_said(reason, _("请写明为什么免报，单位会看到。"))
    if not Obligation.objects.filter(pk=obligation.pk).exclude(exempt_at=None).exists():
        _keep_apart(obligation, "exempt", {"reason": said}, by)
    note_exempt(obligation, reason=said, at=clock.now(), by=by)


def note_exempt(obligation: Obligation, *, reason: str, at: datetime, by: journal.Actor) -> None:
    """The unit was freed from this ask at this moment."""
    with transaction.atomic():
        now = hold(obligation)
        if now is not None and now.exempt_at is not None:
            if now.exempt_reason != reason:
                raise Stale(_("这个单位刚刚已经免报，写的是别的原因，您的没有写进去。请看看现在的样子。"))
            return
        sentence = _("这个单位已经报来了，不用免报。")
        _change(
            obligation, Q(exempt_at=None, returns=0), "obligation.exempt", by, sentence, exempt_at=at,
            exempt_reason=reason,
        )  # fmt: skip


def undo_exempt(obligation: Obligation, *, by: journal.Actor) -> None:
    """Ask the unit again after all."""
    require(rules.may_edit(obligation, by))
    with transaction.atomic():
        if Obligation.objects.filter(pk=obligation.pk).exclude(exempt_at=None).update(exempt_at=None, exempt_reason=""):
            _record("obligation.undo_exempt", obligation, by)


def extend(obligation: Obligation, *, to: datetime, reason: str, by: journal.Actor) -> None:
    """Give a unit more time, with a reason.

    Raises:
        Invalid: the obligation has no due instant, or the new one is not later.
        KeptApart: the reason speaks of what is done to somebody; the unit would read it.
    """
    require(rules.may_edit(obligation, by))
    said = reason_said(reason, _("请写明为什么延期，单位会看到。"))
    _keep_apart(obligation, "extend", {"reason": said, "to": to.isoformat()}, by)
    note_extended(obligation, to=to, reason=said, by=by)


def note_extended(obligation: Obligation, *, to: datetime, reason: str, by: journal.Actor) -> None:
    """The unit has more time. The reason was looked at before.

    Raises:
        Invalid: as `extend` says.
    """
    if obligation.due_at is None:
        raise Invalid(_("这一项没有期限，不用延期。"), "to")
    with transaction.atomic():
        now = hold(obligation)
        if now is not None and (now.extended_to, now.extension_reason) == (to, reason):
            return
        if to <= (obligation.extended_to or obligation.due_at):
            raise Invalid(_("新的期限要晚于现在的期限。"), "to")
        _change(
            obligation, Q(due_at=obligation.due_at, extended_to=obligation.extended_to), "obligation.extend", by,
            to=to.isoformat(), extended_to=to, extension_reason=reason,
        )  # fmt: skip


def _keep_apart(obligation: Obligation, door: str, said: dict[str, str], by: journal.Actor) -> None:
    keep_apart(obligation.ask.campaign.office, obligation.unit, door, obligation.code, said, by=by)


def reason_said(reason: str, sentence: object, field: str = "reason") -> str:
    """A reason in one line.

    Raises:
        Invalid: none given (`sentence`), or longer than `REASON`.
    """
    said = " ".join(reason.split())
    if not said:
        raise Invalid(sentence, field)
    if len(said) > REASON:
        raise Invalid(_("原因请控制在 200 字以内。"), field)
    return said


def _earliest(field: str, at: datetime) -> Least:
    """The earlier of what stands and this instant: mails may be worked off in any order."""
    instant = Value(at, DateTimeField())
    return Least(Coalesce(field, instant), instant)


def _latest(field: str, at: datetime) -> Greatest:
    """The later of what stands and this instant."""
    instant = Value(at, DateTimeField())
    return Greatest(Coalesce(field, instant), instant)


def _change(
    obligation: Obligation,
    when: Q,
    action: str,
    by: journal.Actor,
    sentence: object = _("这项报送刚刚变了。请刷新页面看看现在的样子。"),
    *,
    about: str = "",
    to: str = "",
    **changes: object,
) -> None:
    """One conditional UPDATE that must touch its row, and its journal line."""
    with transaction.atomic():
        if Obligation.objects.filter(when, pk=obligation.pk).update(**changes) != 1:
            raise Stale(sentence)
        detail = {name: value for name, value in (("about", about), ("to", to)) if value}
        _record(action, obligation, by, **detail)


def _record(action: str, obligation: Obligation, by: journal.Actor, **detail: str) -> None:
    journal.record(action, by=by, kind="obligation", code=obligation.code, owner=obligation.unit.code, **detail)
