"""Giving back a sentence that was kept apart and is no plea: what its form was for is done, as of the moment it came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.actions import circulation as copies
from jinguo.campaigns.actions import extensions, obligations, proxy
from jinguo.campaigns.actions.reminders import put_note
from jinguo.campaigns.models import Ask, Circulation, ExtensionRequest, Obligation
from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib.errors import Problem
from jinguo.lib.hold import hold
from jinguo.people.actions import WORDS, take_words
from jinguo.people.models import HeldWords

Said = dict[str, str]


def release_words(held: HeldWords, *, by: Any, more: Mapping[str, "Door"] | None = None) -> bool:
    """The duty case worker says it is no plea.

    Args:
        more: doors of rooms above beside this room's own.

    Returns:
        False when there is nothing left to do: the unit reported, signed or was exempted in the meantime.
    """
    door = {**DOORS, **(more or {})}[held.door]
    with transaction.atomic():
        if hold(held) is None and just_did(by, "words.release", kind=WORDS, code=held.code):
            return True
        said = take_words(held, by=by)
        try:
            with transaction.atomic():
                door.do(held, said, by)
        except Problem:
            return False
    return True


def _copy(held: HeldWords) -> Circulation:
    return Circulation.objects.select_related("campaign__office__unit", "unit").get(code=held.about)


def _duty(held: HeldWords) -> Obligation:
    return Obligation.objects.select_related("ask__campaign__office__unit", "unit").get(code=held.about)


def _zero(held: HeldWords, said: Said, by: journal.Actor) -> None:
    obligations.note_zero(_duty(held), reason=said["reason"], at=held.held_at, by=by)


def _zero_for(held: HeldWords, said: Said, by: journal.Actor) -> None:
    unit = Unit.objects.get(code=said["unit"])
    proxy.note_zero_by(_duty(held), unit=unit, cause=said["reason"], why=said["why"], at=held.held_at, by=by)


def _extension(held: HeldWords, said: Said, by: journal.Actor) -> None:
    to = datetime.fromisoformat(said["to"])
    duty = _duty(held)
    extensions.note_request(duty, to=to, reason=said["reason"], at=held.held_at, by=by, asked_by=held.actor)


def _burden(held: HeldWords, said: Said, _by: journal.Actor) -> None:
    ask = Ask.objects.filter(code=said["ask"]).first() if said["ask"] else None
    copies.note_burden(_copy(held), text=said["text"], ask=ask, moment=held.held_at)


def _send_back(held: HeldWords, said: Said, by: journal.Actor) -> None:
    copies.note_sent_back(_copy(held), reason=said["reason"], moment=held.held_at, by=by)


def _sign(held: HeldWords, said: Said, by: journal.Actor) -> None:
    copies.note_signed(
        _copy(held), signer=said["signer"], how=said["how"], moment=held.held_at, by=by, signed_by=held.actor
    )


def _sign_for(held: HeldWords, said: Said, by: journal.Actor) -> None:
    unit = Unit.objects.filter(code=said["unit"]).first()
    proxy.note_signed_for(
        _copy(held), unit=unit, whom=said["whom"], why=said["reason"], at=held.held_at, by=by, signed_by=held.actor
    )


def _phone(held: HeldWords, said: Said, _by: journal.Actor) -> None:
    called_at = datetime.fromisoformat(said["called_at"])
    copies.put_call_words(_copy(held), whom=said["whom"], note=said["note"], called_at=called_at)


def _call(_held: HeldWords, said: Said, _by: journal.Actor) -> None:
    put_note(said["call"], said["note"])


def _exempt(held: HeldWords, said: Said, by: journal.Actor) -> None:
    obligations.note_exempt(_duty(held), reason=said["reason"], at=held.held_at, by=by)


def _extend(held: HeldWords, said: Said, by: journal.Actor) -> None:
    to = datetime.fromisoformat(said["to"])
    obligations.note_extended(_duty(held), to=to, reason=said["reason"], by=by)


def _request(held: HeldWords) -> ExtensionRequest:
    rows = ExtensionRequest.objects.select_related("obligation__unit", "obligation__ask__campaign__office__unit")
    return rows.get(code=held.about)


def _grant(held: HeldWords, said: Said, by: journal.Actor) -> None:
    extensions.note_granted(_request(held), to=datetime.fromisoformat(said["to"]), note=said["note"], by=by)


def _refuse(held: HeldWords, said: Said, by: journal.Actor) -> None:
    extensions.note_refused(_request(held), note=said["note"], by=by)


@dataclass(frozen=True)
class Door:
    """A form somebody types freely into: its name on the case worker's page, and what it was for."""

    label: str | Promise
    do: Callable[[HeldWords, Said, journal.Actor], None]


DOORS: dict[str, Door] = {
    "zero": Door(_("没有，报“无”"), _zero),
    "zero_for": Door(_("替它报“无”"), _zero_for),
    "extension": Door(_("申请延期"), _extension),
    "burden": Door(_("这件事成了负担"), _burden),
    "send_back": Door(_("退回通知"), _send_back),
    "sign": Door(_("签收"), _sign),
    "sign_for": Door(_("代签收"), _sign_for),
    "phone": Door(_("电话代签收"), _phone),
    "call": Door(_("打电话的记录"), _call),
    "exempt": Door(_("免报"), _exempt),
    "extend": Door(_("延期"), _extend),
    "grant": Door(_("同意延期"), _grant),
    "refuse": Door(_("不同意延期"), _refuse),
}
SAID: dict[str, str | Promise] = {
    "reason": _("原因"), "why": _("为什么由上级代办"), "text": _("写的话"), "signer": _("签收人"), "whom": _("谁接的、谁知道"),
    "note": _("写的话"),
}  # fmt: skip
