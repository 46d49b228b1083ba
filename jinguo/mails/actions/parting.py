"""An officer parts a mail that tells of several activities, or says that it tells of one. Before it is registered this is only
said beside the mail; afterwards its returns follow, as long as none was accepted.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation.policy import MailRobot
from jinguo.journal import actions as journal
from jinguo.lib import ids
from jinguo.lib.errors import Invalid
from jinguo.lib.mail import Letter
from jinguo.lib.rulings import require
from jinguo.mails import rules
from jinguo.mails.actions.deciding import Decision, decide
from jinguo.mails.actions.desk import just_said, letter_of, say, settle_again
from jinguo.mails.actions.photos import Album, album_of
from jinguo.mails.actions.settling import send_reports, understood_of
from jinguo.mails.actions.sheets import of_telling, sheet_of
from jinguo.mails.letters import parting_reason
from jinguo.mails.models import Fate, Kind, Mail, MailReturn
from jinguo.reports.actions.returns import revise_return
from jinguo.reports.actions.same import merge_return
from jinguo.reports.models.returned import Channel
from jinguo.reports.sheet import Sheet


def part_mail(mail: Mail, *, cuts: Sequence[tuple[int, int]], by: journal.Actor) -> Mail:
    """Say where each activity of a mail begins; each becomes a return.

    Args:
        cuts: (part, offset in its text) of each beginning.

    Raises:
        Invalid: fewer than two, or one of them has neither name nor day and the mail was registered already.
    """
    if len(set(cuts)) < 2:
        raise Invalid(_("请至少选两处：每一场活动从哪一行开始。"), "cuts")
    decided = {name: said for name, said in mail.decided.items() if name != "one"}
    decided |= {"cuts": sorted([part, at] for part, at in set(cuts)), "kind": str(Kind.NEWS)}
    with transaction.atomic():
        said = just_said(mail, "mail.part", by, decided=decided)
    if said is not None:
        return said
    if not mail.given_id:
        require(rules.may_settle_again(mail, by))
        return _say_and_settle(mail, decided, "mail.part", by)
    require(rules.may_part(mail, by))
    return _redo(mail, decided, by)


def join_mail(mail: Mail, *, by: journal.Actor) -> Mail:
    """Say that a mail tells of one activity: its other returns are merged into the first, which says all the mail says."""
    decided = {name: said for name, said in mail.decided.items() if name != "cuts"} | {"one": True}
    with transaction.atomic():
        said = just_said(mail, "mail.join", by, decided=decided)
    if said is not None:
        return said
    if not mail.given_id:
        require(rules.may_settle_again(mail, by))
        return _say_and_settle(mail, decided, "mail.join", by)
    require(rules.may_join_up(mail, by))
    letter, given = letter_of(mail), mail.given
    with transaction.atomic():
        decision = _decided_anew(mail, letter, decided)
        album = album_of(mail, letter, decision, {})
        for link in MailReturn.objects.filter(mail=mail).exclude(given=given).select_related("given"):
            merge_return(link.given, given, by=by)
            link.delete()
        sheet = sheet_of(mail, decision)
        for name in ("title", "held_on", "ended_on"):
            if not sheet.values.get(name):  # what the whole does not say stays as the first said it
                sheet.values[name] = getattr(given.current, name)
        _revise(mail, sheet, album, parting_reason(joined=True))
        _note(mail, decision, "mail.join", by)
    mail.refresh_from_db()
    return mail


def _say_and_settle(mail: Mail, decided: dict[str, Any], what: str, by: journal.Actor) -> Mail:
    with transaction.atomic():
        said = just_said(mail, what, by, decided=decided)
        if said is not None:
            return said
        say(mail, decided=decided)
        journal.record(what, by=by, kind="mail", code=mail.code, owner=mail.office.unit.code)
        return settle_again(mail, by)


def _redo(mail: Mail, decided: dict[str, Any], by: journal.Actor) -> Mail:
    """The first activity becomes a newer version of the return there is, the others returns of their own."""
    letter = letter_of(mail)
    with transaction.atomic():
        decision = _decided_anew(mail, letter, decided)
        if decision.fate != Fate.REPORTED or not decision.tellings:
            raise Invalid(_("分出来的有一场没有名称或日期，不能登记。换个地方分，或者回信请对方补。"), "cuts")
        unit: Any = decision.unit
        album = album_of(mail, letter, decision, {})
        first = sheet_of(mail, of_telling(decision, decision.tellings[0]))
        _revise(mail, first, album, parting_reason(joined=False))
        known = set(MailReturn.objects.filter(mail=mail).values_list("given_id", flat=True))
        made = send_reports(mail, decision, album, MailRobot(unit, mail.code))
        MailReturn.objects.bulk_create(
            MailReturn(mail=mail, given=one, position=number) for number, one in made if one.pk not in known
        )
        _note(mail, decision, "mail.part", by)
    mail.refresh_from_db()
    return mail


def _decided_anew(mail: Mail, letter: Letter, decided: dict[str, Any]) -> Decision:
    """What the mail says, parted or joined as she says, for the unit and the duty it was registered for."""
    obligation: Any = mail.obligation
    say(mail, decided=decided)
    mail.decided = decided | {"again": True, "obligation": obligation.code}
    decision = decide(mail, letter)
    mail.decided = decided
    return decision


def _revise(mail: Mail, sheet: Sheet, album: Album, reason: str) -> None:
    given: Any = mail.given
    robot = MailRobot(given.unit, mail.code)
    album.put(sheet, 1, given.unit, robot)
    revise_return(given, sheet, token=ids.new_code(), by=robot, reason=reason, channel=Channel.MAIL)


def _note(mail: Mail, decision: Decision, what: str, by: journal.Actor) -> None:
    mail.understood_text = json.dumps(understood_of(decision), ensure_ascii=False)
    Mail.objects.filter(pk=mail.pk).update(understood_sealed=mail.understood_sealed)
    journal.record(what, by=by, kind="mail", code=mail.code, owner=mail.office.unit.code)
