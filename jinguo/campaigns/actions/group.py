"""The group link: a unit chooses itself and proves it, by a one-time code or, weaker, by a contact's last four digits.

A code to a registered contact is as good as the letter itself and gives a link of the unit's own. Four digits are not:
they let somebody read the notice and sign for it, and nothing else; the signature says so and can be taken back.
"""

import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from jinguo.campaigns import rules
from jinguo.campaigns.actions.circulation import hear, read_by_now, record, signer_said
from jinguo.campaigns.models import Campaign, Circulation, Device, Entrance, GroupDoor, OneTimeCode
from jinguo.campaigns.models.circulation import SignedHow
from jinguo.campaigns.models.entrance import CodePurpose, Way
from jinguo.campaigns.queries import group as queries
from jinguo.campaigns.rules.ended import may_act
from jinguo.federation.actions.links import make_link
from jinguo.federation.actions.sign_in import note_failure
from jinguo.federation.models import Attempt, Link
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.lib import clock, crypto, ids
from jinguo.lib.errors import Gone, Invalid, Stale, TooMuch
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.messages.actions import queue_message, send_sms
from jinguo.messages.models import Channel, OutMessage
from jinguo.messages.queries import carrier

CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
CODES_AN_HOUR = 4
ADDRESS_TRIES = 20  # from one address, before the delay begins
ADDRESS_CODES = 30  # sent at the wish of one address; a whole street of offices may come by one
SAME_PRESS = timedelta(minutes=1)  # no second code to the same place so soon
JUST_NOW = timedelta(seconds=20)
PAPERS_AT_ONCE = 50
LINK_DAYS = 7  # of a link won by a code
LANGUAGE = "zh-hans"


def open_group(campaign: Campaign, *, by: Any) -> GroupDoor:
    """The campaign's live group link; a new one where none lives."""
    require(rules.circulation.may_spread(campaign, by))
    moment = clock.now()
    live = campaign.group_doors.filter(revoked_at=None, expires_at__gt=moment)
    if live:
        return live[0]
    row = GroupDoor(
        code=ids.new_code(), campaign=campaign, made_at=moment,
        expires_at=moment + timedelta(days=campaign.office.link_days),
    )  # fmt: skip
    row.secret = ids.new_secret()
    with transaction.atomic():
        hold(campaign)
        made = live.all().first()
        if made is not None:
            return made
        campaign.group_doors.filter(revoked_at=None).update(revoked_at=moment)
        row.save()
        _record("campaign.open_group", campaign, by)
    return row


def close_group(campaign: Campaign, *, by: Any) -> None:
    """End the group link; units' own links stay."""
    require(rules.circulation.may_spread(campaign, by))
    with transaction.atomic():
        if campaign.group_doors.filter(revoked_at=None).update(revoked_at=clock.now()):
            _record("campaign.close_group", campaign, by)


def _record(action: str, campaign: Campaign, by: Any) -> None:
    journal.record(action, by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code)


# Proving ----------------------------------------------------------------------------------------------------------------


def send_code(door: GroupDoor, copy: Circulation, *, address: str = "", phone: str = "", asked_from: str = "") -> None:
    """Send a one-time code to one registered contact of the unit, by mail or SMS. She waits for it: also at night.

    Args:
        asked_from: the network address it was asked from; nobody has codes sent to a whole city.

    Raises:
        TooMuch: `CODES_AN_HOUR` went to this unit within the hour, or too many were asked for from this address.
    """
    asker = crypto.ring().hash(asked_from, "group door codes") if asked_from else ""
    moment = clock.now()
    if _is_on_its_way(copy, phone or address, moment):
        return
    _check_delay(asker)
    recent = copy.one_time_codes.filter(purpose=CodePurpose.PROVE, made_at__gt=moment - timedelta(hours=1)).count()
    if recent >= CODES_AN_HOUR:
        raise TooMuch(_("验证码发得太多了。请过一个小时再试，或打电话给发文单位。"))
    typed = f"{secrets.randbelow(1_000_000):06d}"
    with transaction.atomic():
        hold(copy)
        if _is_on_its_way(copy, phone or address, moment):
            return
        row = _new_code(copy, CodePurpose.PROVE, typed)
        with translation.override(LANGUAGE):
            text = _("验证码 %(code)s，10 分钟内有效。用来证明您是%(unit)s，请不要告诉别人。") % {
                "code": typed, "unit": copy.unit.name,
            }  # fmt: skip
            subject = _("验证码：签收通知")
        office, about = copy.campaign.office, ("code", row.code)
        if phone:
            office = carrier(office, Channel.SMS) or office
            send_sms(office, key=f"code:{row.code}", phone=phone, text=text, about=about)
        else:
            queue_message(office, key=f"code:{row.code}", to=address, subject=subject, body=text, about=about)
        record("send_code", copy, door, by_sms=bool(phone))
    if asker:
        note_failure(asker, free=ADDRESS_CODES)


def _is_on_its_way(copy: Circulation, to: str, moment: datetime) -> bool:
    """Whether a code went there a moment ago, by the same press."""
    rows = copy.one_time_codes.filter(purpose=CodePurpose.PROVE, made_at__gt=moment - SAME_PRESS)
    sent = OutMessage.objects.filter(key__in=[f"code:{code}" for code in rows.values_list("code", flat=True)])
    return any(message.to == to for message in sent)


def prove_by_code(door: GroupDoor, copy: Circulation, *, typed: str, address: str) -> str:
    """The secret of a fresh link of the unit's own, for a right code.

    Raises:
        Invalid: wrong, used or too old: one sentence for all.
        TooMuch: too many tries from this address.
    """
    _check_delay(_address_key(address))
    moment, said = clock.now(), _typed(typed)
    with transaction.atomic():
        rows = copy.one_time_codes.filter(
            purpose=CodePurpose.PROVE, used_at=None, expires_at__gt=moment, tries__lt=CODE_TRIES
        )
        right = rows.filter(typed_hash=_hash(copy.code + said)).update(used_at=moment)
        if right or _used_just_now(copy.one_time_codes, CodePurpose.PROVE, copy.code + said, moment):
            return _own_link(copy, door, Way.CODE)
        rows.update(tries=F("tries") + 1)
    note_failure(_address_key(address), free=ADDRESS_TRIES)
    raise Invalid(_("验证码不对，或者过了 10 分钟。请核对，或者重新发一个。"), "typed")


def prove_by_digits(door: GroupDoor, copy: Circulation, *, digits: str, address: str) -> None:
    """Go on when these are the last four digits of a registered telephone of the unit.

    Raises:
        Invalid: they are not; how many tries are left is not told.
        TooMuch: this unit's tries are used up, or there were too many from this address.
    """
    _check_delay(_address_key(address))
    said = _typed(digits)
    moved = Circulation.objects.filter(pk=copy.pk, digits_tried__lt=queries.DIGIT_TRIES).update(
        digits_tried=F("digits_tried") + 1
    )
    if not moved:
        raise TooMuch(_("这个单位用后四位试得太多，已经停用。请改用验证码，或打电话给发文单位。"))
    known = [number for contact in copy.unit.contacts.all() for number in (contact.mobile, contact.phone)]
    ends = ["".join(mark for mark in number if mark.isdigit())[-4:] for number in known]
    right = len(said) == 4 and any(hmac.compare_digest(said.encode(), end.encode()) for end in ends if len(end) == 4)
    if not right:
        note_failure(_address_key(address), free=ADDRESS_TRIES)
        raise Invalid(_("和登记的电话对不上。请核对，或者改用验证码。"), "digits")
    Circulation.objects.filter(pk=copy.pk).update(digits_tried=F("digits_tried") - 1)  # only wrong ones are counted


def sign_by_digits(door: GroupDoor, copy: Circulation, *, signer: str) -> None:
    """Sign after the four digits were right: weaker evidence, said beside the signature, and revocable.

    Raises:
        Invalid: nobody named.
        Stale: it was sent back in the meantime.
        KeptApart: what was typed reads like a plea.
    """
    if copy.signed_at:
        return
    require(may_act(copy.unit))
    said = signer_said(signer)
    hear(copy, "sign", {"signer": said, "how": str(SignedHow.DIGITS)}, door)
    copy.signer, moment = said, clock.now()
    with transaction.atomic():
        moved = Circulation.objects.filter(pk=copy.pk, signed_at=None, sent_back_at=None).update(
            signed_at=moment, signed_how=SignedHow.DIGITS, signed_by=door.actor_code, signer_sealed=copy.signer_sealed,
            read_at=read_by_now(moment),
        )  # fmt: skip
        copy.refresh_from_db()
        if moved:
            record("sign", copy, door, how=str(SignedHow.DIGITS))
        elif not copy.signed_at:
            raise Stale(_("这份通知刚刚被退回了，没有签收。请刷新页面看看。"))


def take_signature_back(copy: Circulation, *, by: Any) -> None:
    """The office takes back a signature of weaker evidence (four digits, a telephone call): the copy is open again."""
    if not copy.signed_at:
        return
    require(rules.circulation.may_take_signature_back(copy, by))
    with transaction.atomic():
        moved = Circulation.objects.filter(pk=copy.pk, signed_how__in=rules.circulation.WEAK).update(
            signed_at=None, signed_how="", signed_by="", signer_sealed="", signed_note_sealed="", proxy_unit=None
        )
        if moved:
            record("take_signature_back", copy, by)
    copy.refresh_from_db()


# From one device to another ---------------------------------------------------------------------------------------------


def show_code(copy: Circulation, *, by: Link) -> str:
    """A short code to type on another device or in another browser: eight characters, ten minutes, once."""
    require(rules.circulation.may_read(copy, by))
    typed = ids.short_token(8)
    with transaction.atomic():
        copy.one_time_codes.filter(purpose=CodePurpose.MOVE, used_at=None).update(expires_at=clock.now())
        _new_code(copy, CodePurpose.MOVE, typed)
        record("show_code", copy, by)
    return typed


def open_by_typed_code(typed: str, *, address: str) -> str:
    """The secret of a fresh link for a code somebody typed.

    Raises:
        Invalid: unknown, used or too old: one sentence for all.
        TooMuch: too many tries from this address.
    """
    _check_delay(_address_key(address))
    said, moment = _typed(typed), clock.now()
    rows = OneTimeCode.objects.filter(
        purpose=CodePurpose.MOVE, typed_hash=_hash(said), used_at=None, expires_at__gt=moment
    )
    with transaction.atomic():
        row = rows.select_related("circulation__unit", "circulation__campaign__office").first()
        if row is not None and rows.filter(pk=row.pk).update(used_at=moment):
            return _own_link(row.circulation, journal.System("typed"), None)
        used = _used_just_now(OneTimeCode.objects, CodePurpose.MOVE, said, moment)
        if used is not None:
            return _own_link(used.circulation, journal.System("typed"), None)
    note_failure(_address_key(address), free=ADDRESS_TRIES)
    raise Invalid(_("没有这个短码，或者过了 10 分钟。请回到原来的页面再要一个。"), "typed")


def _used_just_now(codes: Any, purpose: CodePurpose, typed: str, moment: datetime) -> OneTimeCode | None:
    """The code, where it was used a moment ago: who presses twice never saw the link her first press made, and gets another.
    It is no weaker than a code not used yet, and for seconds instead of minutes."""
    rows = codes.filter(purpose=purpose, typed_hash=_hash(typed), used_at__gt=moment - JUST_NOW, tries__lt=CODE_TRIES)
    found: OneTimeCode | None = rows.select_related("circulation__unit", "circulation__campaign__office").first()
    return found


def note_device(link: Link, device: str) -> None:
    """The page of this link was seen in this browser; noted once each."""
    mark = crypto.ring().hash(device, "device")
    try:
        with transaction.atomic():
            Device.objects.get_or_create(link=link, device_hash=mark, defaults={"first_at": clock.now()})
    except IntegrityError:
        return


def _own_link(copy: Circulation, by: Any, way: Way | None) -> str:
    moment = clock.now()
    link, secret = make_link(
        Purpose.UNIT,
        unit=copy.unit,
        kind="circulation",
        code=copy.code,
        expires_at=moment + timedelta(days=LINK_DAYS),
        by=by,
    )
    if way is not None:
        Entrance.objects.create(link=link, circulation=copy, way=way, made_at=moment)
    return secret


def paper_link(copy: Circulation, *, by: Any) -> str:
    """The whole address for the QR code of one printed sheet. Earlier sheets of this unit go on opening."""
    until = clock.now() + timedelta(days=copy.campaign.office.link_days)
    with transaction.atomic():
        link, secret = make_link(
            Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code, expires_at=until, by=by
        )
        Entrance.objects.create(link=link, circulation=copy, way=Way.PAPER, made_at=clock.now())
    return f"{settings.URL}/l/{secret}/"


def paper_links(copies: list[Circulation], *, by: Any) -> list[str]:
    """The same for many sheets, in their order; a few dozen a transaction, so that nobody waits long for the database."""
    found = []
    for start in range(0, len(copies), PAPERS_AT_ONCE):
        with transaction.atomic():
            found += [paper_link(copy, by=by) for copy in copies[start : start + PAPERS_AT_ONCE]]
    return found


def _new_code(copy: Circulation, purpose: CodePurpose, typed: str) -> OneTimeCode:
    moment = clock.now()
    salt = copy.code if purpose == CodePurpose.PROVE else ""
    return OneTimeCode.objects.create(
        code=ids.new_code(), circulation=copy, purpose=purpose, typed_hash=_hash(salt + typed), made_at=moment,
        expires_at=moment + CODE_LIVES,
    )  # fmt: skip


def _typed(typed: str) -> str:
    """Letters and digits alone, in capitals: people add blanks and hyphens, and Chinese keyboards type full-width digits."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", typed).upper() if mark.isalnum())


def _hash(typed: str) -> str:
    return crypto.ring().hash(typed, "one-time code")


def _check_delay(key: str) -> None:
    """Go on unless this was tried too often."""
    waiting = Attempt.objects.filter(key=key, next_at__gt=clock.now()).first()
    if waiting:
        seconds = int((waiting.next_at - clock.now()).total_seconds()) + 1
        raise TooMuch(_("试得太频繁了，请等 %(seconds)s 秒再试。") % {"seconds": seconds})


def _address_key(address: str) -> str:
    return crypto.ring().hash(address, "group door address")


def group_door(secret: str) -> GroupDoor:
    """The live group link behind a secret.

    Raises:
        Gone: unknown, expired or revoked: one sentence for all.
    """
    found = GroupDoor.objects.filter(secret_hash=crypto.ring().hash(secret, "campaigns_groupdoor.secret_hash"))
    row = found.select_related("campaign__office__unit", "campaign__notice__file").first()
    if row is None or row.revoked_at is not None or row.expires_at <= clock.now():
        raise Gone(_("这个群链接打不开：可能过期了或换了新的。请看群里最新的消息，或打电话给发文单位。"))
    return row
