"""Reminding: one private digest a day by the ladder, one nudge a day by hand, telephone calls written down.

A digest, its steps, its link and its letters stand or fall together: a worker killed anywhere says nothing twice, and a
clock moved back finds the rungs said already (reference/reporting §7).
"""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns import ladder
from jinguo.campaigns.actions.delivery import mobiles_of, sms_way
from jinguo.campaigns.letters import Letter, digest_letter, digest_sms
from jinguo.campaigns.models import Call, Circulation, Digest, Nudge, Step
from jinguo.campaigns.models.reminding import CallOutcome
from jinguo.campaigns.queries import reminders as queries
from jinguo.campaigns.queries.reminders import Line
from jinguo.campaigns.rules import circulation as rules
from jinguo.federation.actions.links import make_link
from jinguo.federation.models import Office, Unit
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.lib import clock, crypto, ids
from jinguo.lib.errors import Invalid, KeptApart, Refused
from jinguo.lib.registry import Every, due_work
from jinguo.lib.rulings import require
from jinguo.messages.actions import queue_message, send_sms
from jinguo.messages.models import Channel
from jinguo.messages.queries import carrier
from jinguo.people.actions import NOTED_APART, is_kept_apart
from jinguo.workdays.queries import next_quiet_end

SENDER = journal.System("reminders")
NOTE_CHARACTERS = 200
SAME_PRESS = timedelta(minutes=1)  # a second press so soon is the first one's; later she is told that it was done today
_NUDGED = _("今天（休息时间的，算下一个工作日）已经提醒过这个单位一次了。急的话，打个电话。")
_looking = Every(60)


@due_work.register("campaigns.remind")
def remind_when_due() -> int:
    """The worker's round: looked at once a minute."""
    return remind_units() if _looking.is_due() else 0


def remind_units(most: int = 100) -> int:
    """Send the digests that are due to up to `most` units; none in quiet hours and on rest days.

    Returns:
        How many units were written to.
    """
    moment = clock.now()
    if next_quiet_end(moment) != moment:
        return 0
    return sum(_remind(unit) for unit in queries.units_to_remind(moment, most))


def _remind(unit: int) -> int:
    moment = clock.now()
    try:
        with transaction.atomic():
            digest = Digest.objects.create(code=ids.new_code(), unit_id=unit, day=clock.local(moment).date(), at=moment)
            lines = queries.lines_for(unit, moment)
            Step.objects.bulk_create(
                Step(digest=digest, kind=line.kind, thing=line.thing.pk, due_at=line.due_at, rank=line.rank)
                for line in lines
            )
            if lines:
                _write(lines, unit, about=("digest", digest.code))
                journal.record(
                    "unit.remind", by=SENDER, kind="unit", code=lines[0].thing.unit.code, lines=len(lines),
                    owner=lines[0].thing.unit.code,
                )  # fmt: skip
            else:
                digest.delete()  # answered in the meantime: the day is not used up
    except IntegrityError:
        return 0  # another worker was faster: it has this unit's digest or this rung
    return int(bool(lines))


def _write(lines: list[Line], unit_id: int, *, about: tuple[str, str], at: Any = None) -> None:
    """Queue the letter to the first address, from the ladder's later rungs on to the second too. A unit that has no address
    but a mobile is written to by SMS, by day only, where an office that asks it has a gateway."""
    unit = Unit.objects.get(pk=unit_id)
    addresses = list(unit.mail_addresses.order_by("position").values_list("address", flat=True))
    offices = dict.fromkeys(line.campaign.office for line in lines)
    office = next((one for one in offices if not addresses and sms_way(one, unit)), lines[0].campaign.office)
    copy = Circulation.objects.get(campaign=lines[0].campaign, unit=unit)
    until = clock.now() + timedelta(days=office.link_days)
    _link, secret = make_link(Purpose.UNIT, unit=unit, kind="circulation", code=copy.code, expires_at=until, by=SENDER)
    path = reverse("workspace:link_duties", kwargs={"link": secret})
    many = 2 if any(line.rank >= ladder.SECOND_CONTACT[line.kind] for line in lines) else 1
    if not addresses:
        _text(lines, unit, office, path, many, about=about, at=at)
        return
    token = ids.short_token()
    letter: Letter = digest_letter(office, unit, lines, address=path, token=token)
    for address in addresses[:many]:
        queue_message(
            office, key=_key(about, address), to=address, subject=letter.subject, body=letter.body,
            about=about, token=token, next_at=at,
        )  # fmt: skip


def _text(
    lines: list[Line], unit: Unit, office: Office, path: str, many: int, *, about: tuple[str, str], at: Any
) -> None:
    """The same by SMS to the first mobile, or the first two."""
    by, text = carrier(office, Channel.SMS), digest_sms(office, lines, address=path)
    if by is None:
        return  # the gateway was taken away this moment
    leaves = at or next_quiet_end(clock.now())
    for mobile in mobiles_of(unit)[:many]:
        send_sms(by, key=_key(about, mobile), phone=mobile, text=text, about=about, next_at=leaves)


def _key(about: tuple[str, str], to: str) -> str:
    return f"{about[0]}:{about[1]}:{crypto.ring().hash(to, 'message.key')[:16]}"


def nudge_unit(copy: Circulation, *, by: Any) -> Nudge:
    """Remind one unit by hand: once a day, privately, of what is open under this notice. In quiet hours it waits, and is the
    reminder of the day it leaves on.

    Raises:
        Refused: nothing dated is open, the unit cannot be written to, or it has its reminder of that day, under whatever notice.
    """
    require(rules.may_nudge(copy, by))
    moment = clock.now()
    leaves = next_quiet_end(moment)
    day = clock.local(leaves).date()
    lines = queries.open_lines(copy, moment)
    if not lines:
        raise Refused(_("这个单位没有要催的：该签的签了，没有定日子的报送不催。"))
    if not copy.unit.mail_addresses.exists() and sms_way(copy.campaign.office, copy.unit) is None:
        raise Refused(_("这个单位没有登记邮箱，也不能发短信，请打电话。"))
    if Nudge.objects.filter(circulation__unit=copy.unit, day=day).exists():
        return _own_nudge(copy, day, by)
    try:
        with transaction.atomic():
            row = Nudge.objects.create(code=ids.new_code(), circulation=copy, day=day, at=moment, by=by.actor_code)
            _write(lines, copy.unit_id, about=("nudge", row.code), at=leaves)
            journal.record("circulation.nudge", by=by, kind="circulation", code=copy.code, owner=copy.unit.code)
    except IntegrityError:
        return _own_nudge(copy, day, by)
    return row


def _own_nudge(copy: Circulation, day: date, by: Any) -> Nudge:
    """The reminder of that day, where the same press sent it."""
    found = Nudge.objects.filter(circulation=copy, day=day, by=by.actor_code, at__gt=clock.now() - SAME_PRESS).first()
    if found is None:
        raise Refused(_NUDGED)
    return found


def log_call(copy: Circulation, *, code: str, outcome: str, note: str = "", by: Any) -> Call:
    """Write a telephone call down.

    Args:
        code: made with the form, so that a second press finds the call already there.
        note: what was said; kept sealed.

    Raises:
        KeptApart: the note speaks of what is done to somebody; the call is written down without it.
    """
    require(rules.may_log_call(copy, by))
    note = " ".join(note.split())
    if outcome not in CallOutcome.values:
        raise Invalid(_("请选电话打得怎么样。"), "outcome")
    if len(note) > NOTE_CHARACTERS:
        raise Invalid(_("说明最多写 200 个字。"), "note")
    if len(code) != 12 or not code.isalnum():
        code = ids.new_code()
    said = {"note": note, "call": code}
    apart = is_kept_apart(copy.campaign.office, copy.unit, "call", copy.code, said, by=by)
    row = Call(code=code, circulation=copy, at=clock.now(), by=by.actor_code, outcome=outcome)
    row.note = "" if apart else note
    try:
        with transaction.atomic():
            row.save()
            journal.record(
                "circulation.call", by=by, kind="circulation", code=copy.code, owner=copy.unit.code, outcome=outcome
            )
    except IntegrityError:
        row = Call.objects.get(code=code)
    if apart:
        raise KeptApart(NOTED_APART)
    return row


def put_note(call: str, note: str) -> None:
    """What was said in a call, after all."""
    for row in Call.objects.filter(code=call, note_sealed=""):
        row.note = note
        Call.objects.filter(pk=row.pk, note_sealed="").update(note_sealed=row.note_sealed)
