"""What units and officers do with one copy of a notice: read, sign, send back, sign by telephone, say it is a burden.

Each may be sent twice: a fact once written stands, and the second time gives the same answer.
Sending it out and re-sending is `delivery`.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from jinguo.campaigns import rules
from jinguo.campaigns.models import Ask, Burden, Circulation, Entrance
from jinguo.campaigns.models.circulation import SignedHow
from jinguo.federation.models import Link
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, KeptApart, Stale
from jinguo.lib.rulings import require
from jinguo.people.actions import NOTED_APART, is_kept_apart, keep_apart

KIND = "circulation"
SIGNER_CHARACTERS = 40
REASON_CHARACTERS = 200
BURDEN_CHARACTERS = 300


def record(action: str, circulation: Circulation, by: journal.Actor, **detail: object) -> None:
    """One journal line about a copy, in the change's own transaction."""
    journal.record(
        f"circulation.{action}", by=by, kind=KIND, code=circulation.code, owner=circulation.unit.code, **detail
    )


def _first_time(circulation: Circulation, **facts: Any) -> bool:
    """Write facts on a row where the first of them is still empty; false when another was faster."""
    fact = next(iter(facts))
    moved = Circulation.objects.filter(pk=circulation.pk, **{fact: None}).update(**facts)
    circulation.refresh_from_db()
    return bool(moved)


def read_by_now(moment: datetime) -> Coalesce:
    """Any act shows that the notice was read; an earlier reading stands."""
    return Coalesce("read_at", moment)


def mark_read(circulation: Circulation, *, by: Any) -> None:
    """The visible page says it was before somebody's eyes."""
    require(rules.circulation.may_read(circulation, by))
    with transaction.atomic():
        if _first_time(circulation, read_at=clock.now()):
            record("read", circulation, by)


def sign_circulation(circulation: Circulation, *, by: Any, signer: str) -> None:
    """Sign for the notice in the unit's name.

    Args:
        signer: who signs, as she names herself or her post; kept sealed.

    Raises:
        Invalid: nobody named, or longer than `SIGNER_CHARACTERS`.
        Stale: it was sent back in the meantime.
    """
    if circulation.signed_at and circulation.signed_how != SignedHow.PROXY:
        return
    require(rules.circulation.may_sign(circulation, by))
    signer, how = signer_said(signer), _door_of(by)
    hear(circulation, "sign", {"signer": signer, "how": str(how)}, by)
    note_signed(circulation, signer=signer, how=how, moment=clock.now(), by=by, signed_by=by.actor_code)


def note_signed(
    circulation: Circulation, *, signer: str, how: str, moment: datetime, by: journal.Actor, signed_by: str
) -> None:
    """The unit signed by this door at this moment."""
    circulation.signer = signer
    with transaction.atomic():
        # What a federation above signed for the unit gives way to the unit's own word.
        open_now = Circulation.objects.filter(Q(signed_at=None) | Q(signed_how=SignedHow.PROXY), sent_back_at=None)
        moved = open_now.filter(pk=circulation.pk).update(
            signed_at=moment, signed_how=how, signed_by=signed_by, signer_sealed=circulation.signer_sealed,
            signed_note_sealed="", proxy_unit=None, read_at=read_by_now(moment),
        )  # fmt: skip
        circulation.refresh_from_db()
        if moved:
            record("sign", circulation, by, how=str(how))
        elif not circulation.signed_at:
            raise Stale(_("这份通知刚刚被退回了，没有签收。请刷新页面看看。"))


def signer_said(signer: str) -> str:
    """Who signs, in one line.

    Raises:
        Invalid: nobody named, or longer than `SIGNER_CHARACTERS`.
    """
    signer = " ".join(signer.split())
    if not signer:
        raise Invalid(_("请写一下谁签收的：姓名或岗位都行，比如“信息员”。"), "signer")
    if len(signer) > SIGNER_CHARACTERS:
        raise Invalid(_("签收人最多写 40 个字。写姓名或岗位就行。"), "signer")
    return signer


def hear(circulation: Circulation, door: str, said: dict[str, str], by: journal.Actor) -> None:
    """What a unit typed is looked at for a plea before anything is kept of it.

    Raises:
        KeptApart: it is one.
    """
    keep_apart(circulation.campaign.office, circulation.unit, door, circulation.code, said, by=by)


def _door_of(by: Any) -> SignedHow:
    """By what door she came: the desk, the letter's link, a printed sheet, a code from the group."""
    if not isinstance(by, Link):
        return SignedHow.DESK
    way = Entrance.objects.filter(link=by).values_list("way", flat=True).first()
    return SignedHow(way) if way else SignedHow.LINK


def sign_by_mail(circulation: Circulation, *, by: journal.Actor, signer: str, received_at: datetime, mail: str) -> bool:
    """收到 by a plain reply: the mail door calls this once it knows the unit by its registered address.

    Args:
        signer: who wrote, as the mail says.
        received_at: when the server took the reply, not what its Date line says.
        mail: code of the raw mail kept as evidence.

    Returns:
        False when it was signed for or sent back before.
    """
    circulation.signer = " ".join(signer.split())[:SIGNER_CHARACTERS]
    with transaction.atomic():
        moved = Circulation.objects.filter(pk=circulation.pk, signed_at=None, sent_back_at=None).update(
            signed_at=received_at, signed_how=SignedHow.MAIL, signed_by=by.actor_code,
            signer_sealed=circulation.signer_sealed, read_at=read_by_now(received_at),
        )  # fmt: skip
        if moved:
            record("sign", circulation, by, how=str(SignedHow.MAIL), mail=mail)
    circulation.refresh_from_db()
    return bool(moved)


def sign_by_phone(circulation: Circulation, *, by: Any, whom: str, called_at: datetime, note: str = "") -> None:
    """Note that the unit was reached by telephone and takes the notice (代签收).

    Args:
        whom: who answered; kept sealed, as is the note.
        called_at: when; not in the future and not before the notice was issued.

    Raises:
        KeptApart: what was said speaks of what is done to somebody; it is signed for without these words.
    """
    whom, note = " ".join(whom.split()), note.strip()
    if _is_this_call(circulation, called_at, by):
        return
    require(rules.circulation.may_sign_by_phone(circulation, by))
    if not whom or len(whom) > SIGNER_CHARACTERS:
        raise Invalid(_("请写接电话的人：姓名或岗位，最多 40 个字。"), "whom")
    if called_at > clock.now():
        raise Invalid(_("通话时间还没到。请写已经打过的电话。"), "called_at")
    issued_at = circulation.campaign.issued_at
    if issued_at and called_at < issued_at.replace(second=0, microsecond=0):
        raise Invalid(_("通话时间早于通知发出的时间。请核对。"), "called_at")
    if len(note) > REASON_CHARACTERS:
        raise Invalid(_("说明最多写 200 个字。"), "note")
    said = {"whom": whom, "note": note, "called_at": called_at.isoformat()}
    apart = is_kept_apart(circulation.campaign.office, circulation.unit, "phone", circulation.code, said, by=by)
    circulation.signer, circulation.signed_note = (_("由专人看"), "") if apart else (whom, note)
    _note_phoned(circulation, called_at, by)
    if apart:
        raise KeptApart(NOTED_APART)


def _note_phoned(circulation: Circulation, called_at: datetime, by: Any) -> None:
    with transaction.atomic():
        moved = Circulation.objects.filter(pk=circulation.pk, signed_at=None, sent_back_at=None).update(
            signed_at=called_at,
            signed_how=SignedHow.PHONE,
            signed_by=by.actor_code,
            signer_sealed=circulation.signer_sealed,
            signed_note_sealed=circulation.signed_note_sealed,
        )
        circulation.refresh_from_db()
        if moved:
            record("sign_by_phone", circulation, by)
        elif not _is_this_call(circulation, called_at, by):
            raise Stale(_("这个单位刚刚签收或退回了，这次通话没有记。请刷新页面看看。"))


def put_call_words(circulation: Circulation, *, whom: str, note: str, called_at: datetime) -> None:
    """Who answered and what was said in the call by which it was signed for, after all."""
    circulation.signer, circulation.signed_note = whom, note
    Circulation.objects.filter(pk=circulation.pk, signed_how=SignedHow.PHONE, signed_at=called_at).update(
        signer_sealed=circulation.signer_sealed, signed_note_sealed=circulation.signed_note_sealed
    )


def _is_this_call(circulation: Circulation, called_at: datetime, by: Any) -> bool:
    """Whether the signature that stands is this very call, noted a moment sooner."""
    noted = (circulation.signed_how, circulation.signed_at, circulation.signed_by)
    return noted == (SignedHow.PHONE, called_at, by.actor_code)


def note_forwarded(circulation: Circulation, *, by: journal.Actor, onward: str, units: int) -> None:
    """The unit passed the notice on to so many units below it, by the notice `onward`; inside the caller's transaction."""
    if _first_time(circulation, forwarded_at=clock.now()):
        record("forward", circulation, by, onward=onward, units=units)


def send_back(circulation: Circulation, *, by: Any, reason: str) -> None:
    """The unit says: not for us, or not complete.

    Raises:
        Invalid: no reason, or longer than `REASON_CHARACTERS`.
    """
    reason = " ".join(reason.split())
    require(rules.circulation.may_send_back(circulation, by))
    if not reason:
        raise Invalid(_("请选一个退回的原因，好让发件单位知道怎么改。"), "reason")
    if len(reason) > REASON_CHARACTERS:
        raise Invalid(_("原因最多写 200 个字。说清是哪里不对就行。"), "reason")
    if not circulation.sent_back_at:
        hear(circulation, "send_back", {"reason": reason}, by)
    note_sent_back(circulation, reason=reason, moment=clock.now(), by=by)


def note_sent_back(circulation: Circulation, *, reason: str, moment: datetime, by: journal.Actor) -> None:
    """The unit sent its copy back at this moment."""
    with transaction.atomic():
        if _first_time(circulation, sent_back_at=moment, sent_back_reason=reason, read_at=read_by_now(moment)):
            record("send_back", circulation, by)
        elif circulation.sent_back_reason != reason:
            raise Stale(_("这份通知刚刚已经退回，写的是别的原因，您的没有写进去。请看看现在的样子。"))


def take_again(circulation: Circulation, *, by: Any) -> None:
    """The unit takes its sending back back: the notice is its own again. The reason given then stays on the record."""
    require(rules.circulation.may_send_back(circulation, by))
    with transaction.atomic():
        moved = Circulation.objects.filter(pk=circulation.pk).exclude(sent_back_at=None).update(sent_back_at=None)
        circulation.refresh_from_db()
        if moved:
            record("take_again", circulation, by)


def say_burden(circulation: Circulation, *, by: Any, text: str, ask: Ask | None = None) -> None:
    """Tell the office in one sentence that this is a burden. No journal line: the sentence itself is all that is kept.

    Args:
        ask: the thing asked it was said beside; None for the notice as a whole.

    Raises:
        Invalid: nothing said, or longer than `BURDEN_CHARACTERS`.
    """
    text = text.strip()
    require(rules.circulation.may_say_burden(circulation, by))
    if not text:
        raise Invalid(_("请写一句：哪里成了负担，或者怎样能省事些。"), "text")
    if len(text) > BURDEN_CHARACTERS:
        raise Invalid(_("最多写 300 个字。"), "text")
    hear(circulation, "burden", {"text": text, "ask": ask.code if ask else ""}, by)
    note_burden(circulation, text=text, ask=ask, moment=clock.now())


def note_burden(circulation: Circulation, *, text: str, ask: Ask | None, moment: datetime) -> None:
    """The unit said so at this moment."""
    row = Burden(code=ids.new_code(), circulation=circulation, ask=ask, at=moment)
    row.text = text
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return  # the same sentence again: kept once


def hear_burden(burden: Burden, *, by: Any) -> None:
    """The officer has read it."""
    require(rules.circulation.may_hear(burden.circulation, by))
    Burden.objects.filter(pk=burden.pk, heard_at=None).update(heard_at=clock.now())
