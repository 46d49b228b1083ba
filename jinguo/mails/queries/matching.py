"""Whose mail this is, what it answers, and which duty it meets. Reads only."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from jinguo.campaigns.models import Campaign, Circulation, Obligation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.obligation import AskKind
from jinguo.federation.models import Alias, MailAddress, Office, Unit
from jinguo.lib import clock, crypto
from jinguo.lib.mail import Letter
from jinguo.mails.models import Mail, MailReturn, State, UnitHow
from jinguo.mails.understanding import units
from jinguo.mails.understanding.corrections import replaced
from jinguo.messages.models import OutMessage
from jinguo.reports.metrics import NUMBERS
from jinguo.reports.models import Return
from jinguo.reports.models.returned import STANDING
from jinguo.reports.queries.clauses import best_clause
from jinguo.reports.queries.figures import renewed
from jinguo.reports.understanding.days import number
from jinguo.reports.understanding.own import tokens
from jinguo.reports.understanding.texts import Texts

SURE = (UnitHow.ADDRESS, UnitHow.TOKEN, UnitHow.THREAD, UnitHow.PERSON)


@dataclass(frozen=True)
class Thread:
    """The letter of ours a mail answers, and what that was about.

    Attributes:
        several: number → return, where the letter was the receipt of a mail that became several.
    """

    message: OutMessage | None = None
    by_token: bool = False
    circulation: Circulation | None = None
    given: Return | None = None
    several: dict[int, Return] = field(default_factory=dict)

    @property
    def unit(self) -> Unit | None:
        return getattr(self._about, "unit", None)

    @property
    def campaign(self) -> Campaign | None:
        return getattr(self._about, "campaign", None)

    @property
    def _about(self) -> Circulation | Return | None:
        return self.circulation or self.given or next(iter(self.several.values()), None)


def thread_of(office: Office, letter: Letter) -> Thread:
    """By our Message-ID in In-Reply-To and References, the newest first; else by the token in the subject."""
    ids = [letter.in_reply_to, *reversed(letter.references)]
    rows = OutMessage.objects.filter(office=office)
    known = {row.message_id: row for row in rows.filter(message_id__in=[one for one in ids if one])}
    message = next((known[one] for one in ids if one in known), None)
    if message is None:
        marks = tokens(letter.subject)
        found = list(rows.filter(token__in=marks).order_by("-pk")[:20]) if marks else []
        return _about(found[0], True) if found and len({row.about_code for row in found}) == 1 else Thread()
    return _about(message, False)


def _about(message: OutMessage, by_token: bool) -> Thread:
    if message.about_kind == "circulation":
        row = (
            Circulation.objects.filter(code=message.about_code).select_related("unit", "campaign__office__unit").first()
        )
        return Thread(message, by_token, circulation=row)
    if message.about_kind == "return":
        return Thread(message, by_token, given=_return(code=message.about_code))
    if message.about_kind == "mail":
        mail = Mail.objects.filter(code=message.about_code).first()
        links = list(MailReturn.objects.filter(mail=mail).values_list("position", "given_id")) if mail else []
        if len(links) > 1:
            found = {number: _return(pk=given) for number, given in links}
            return Thread(message, by_token, several={number: one for number, one in found.items() if one is not None})
        if mail and mail.given_id:
            return Thread(message, by_token, given=_return(pk=mail.given_id))
        if mail and mail.circulation_id:
            row = (
                Circulation.objects.filter(pk=mail.circulation_id)
                .select_related("unit", "campaign__office__unit")
                .first()
            )
            return Thread(message, by_token, circulation=row)
    return Thread(message, by_token)


def _return(**which: Any) -> Return | None:
    rows = Return.objects.filter(**which).select_related(
        "unit", "campaign", "current", "obligation__ask__campaign__office__unit"
    )
    found = rows.first()
    # Answers to a duplicate are about the one that stands.
    return _return(pk=found.merged_into_id) if found and found.merged_into_id else found


def registered_units(office: Office, sender: str) -> list[Unit]:
    """Units of the office's tree this address is registered for. A unit that was merged has left its addresses to its heir:
    it counts only where nobody in being has this one."""
    if not sender:
        return []
    rows = MailAddress.objects.filter(address__iexact=sender, unit__in=Unit.objects.under(office.unit, itself=True))
    found = [row.unit for row in rows.select_related("unit").order_by("pk")[:20]]
    return ([unit for unit in found if unit.is_in_being(clock.today())] or found)[:5]


def unit_of(
    office: Office, letter: Letter, texts: Texts, thread: Thread, registered: list[Unit]
) -> tuple[Unit | None, str]:
    """The unit and how it was known: registered address, our letter it answers, sign-off, heading; else (None, "")."""
    if len(registered) == 1:
        return registered[0], UnitHow.ADDRESS
    if thread.unit is not None and (not registered or thread.unit in registered):
        return thread.unit, UnitHow.TOKEN if thread.by_token else UnitHow.THREAD
    names = names_of(office)
    said = [texts.main.text, texts.own]
    for how, found in (
        (UnitHow.SIGN_OFF, units.sign_off(said, names)),
        (UnitHow.HEADING, units.heading([texts.subject, texts.main.text, texts.main.name, letter.sender_name], names)),
    ):
        if registered:
            found &= {unit.pk for unit in registered}
        if len(found) > 1:
            return None, ""  # two units under one mail: a person says which reports
        if found:
            unit = Unit.objects.get(pk=found.pop())
            return unit, UnitHow.ADDRESS if registered else how
    return None, ""


def names_of(office: Office) -> dict[str, int]:
    """Every name a unit below the office is called by → its id; a name several are called by is left out.

    Only units that were addressed by one of the office's notices: in a province every third township is a 城关镇.
    """
    addressed = Unit.objects.filter(circulations__campaign__office=office).distinct()
    found: dict[str, set[int]] = {}
    for pk, name, short in addressed.values_list("pk", "name", "short_name"):
        for one in {name, short}:
            found.setdefault(one, set()).add(pk)
    for pk, name in Alias.objects.filter(unit__in=addressed).values_list("unit_id", "name"):
        found.setdefault(name, set()).add(pk)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and len(name) >= 3}


@dataclass(frozen=True)
class Duty:
    """The obligation a mail meets, or why none was chosen: `no_duty`, `which_notice`."""

    obligation: Obligation | None = None
    why: str = ""
    circulations: tuple[Circulation, ...] = field(default=())


def circulation_for(office: Office, unit: Unit, thread: Thread, words: str) -> Duty:
    """The copy a bare 收到 signs for: the one it answers; else the unit's only one not signed for, or the one it names."""
    if thread.circulation and thread.circulation.unit_id == unit.pk:
        return Duty(circulations=(thread.circulation,))
    rows = Circulation.objects.filter(campaign__office=office, unit=unit, campaign__state=CampaignState.ISSUED)
    rows = rows.filter(signed_at=None, sent_back_at=None).select_related("unit", "campaign__office__unit")
    found = list(rows.order_by("-campaign__issued_at")[:20])
    named = [row for row in found if _names(row.campaign, words)]
    found = _of_this_year(found, lambda row: row.campaign)
    if len(named) == 1 or len(found) == 1:
        return Duty(circulations=((named or found)[0],))
    return Duty(why="which_notice" if found else "no_duty")


def _names(campaign: Campaign, words: str) -> bool:
    return bool(campaign.doc_number and campaign.doc_number in words) or campaign.title in words


ASKS = {"news": AskKind.EACH_ACTIVITY, "summary": AskKind.CLOSING, "table": AskKind.DATED}


def duty_for(office: Office, unit: Unit, kind: str, thread: Thread, words: str) -> Duty:
    """The obligation of this kind of report: of the notice it answers or names; of the only one; else of the one whose
    clauses it speaks of."""
    rows = Obligation.objects.filter(unit=unit, ask__campaign__office=office, ask__kind=ASKS[kind]).exclude(
        ask__campaign__state=CampaignState.DRAFT
    )
    found = list(
        rows.select_related("unit", "ask__campaign__office__unit").order_by("-ask__campaign__issued_at", "pk")[:30]
    )
    if thread.campaign is not None:
        answered = [one for one in found if one.ask.campaign_id == thread.campaign.pk]
        found = answered or found
    named = [one for one in found if _names(one.ask.campaign, words)]
    found = named or _of_this_year(found, lambda one: one.ask.campaign)
    if not found:
        return Duty(why="no_duty")
    campaigns = {one.ask.campaign_id for one in found}
    if len(campaigns) == 1:
        return Duty(found[0])
    scored = sorted(
        ((best_clause(one.ask.campaign, words)[1], -n, one) for n, one in enumerate(found)),
        reverse=True,
        key=lambda x: x[:2],
    )
    if scored[0][0] >= SURE_SCORE and scored[0][0] > scored[1][0]:
        return Duty(scored[0][2])
    return Duty(why="which_notice")


SURE_SCORE = 3


def _of_this_year(found: list[Any], of: Callable[[Any], Campaign]) -> list[Any]:
    """Without those of a notice that has been issued anew since: nobody answers last year's 三八 notice this year."""
    older = renewed({of(one).pk: of(one) for one in found}.values())
    return [one for one in found if of(one).pk not in older]


def has_table(office: Office, unit: Unit) -> bool:
    """Whether the office asks this unit for a table."""
    rows = Obligation.objects.filter(unit=unit, ask__campaign__office=office, ask__kind=AskKind.DATED)
    return bool(rows.exclude(ask__campaign__state=CampaignState.DRAFT).exists())


def said_before(unit: Unit, obligation: Obligation, title: str, held_on: Any) -> Return | None:
    """A standing return of the unit about an activity of this name on this day."""
    rows = Return.objects.filter(obligation=obligation, unit=unit, state__in=STANDING, current__held_on=held_on)
    wanted = plain_title(title)
    titles = rows.values_list("pk", "current__title")  # a unit may have said much on one day
    same = next((pk for pk, said in titles if plain_title(said) == wanted), None)
    return rows.select_related("current").get(pk=same) if same else None


def plain_title(title: str) -> str:
    """A title's letters and digits alone: quotation marks and spaces make no other activity."""
    return "".join(sign for sign in title if sign.isalnum())


def original_of(office: Office, unit: Unit, thread: Thread, title: str, held_on: Any, words: str = "") -> Return | None:
    """The return a correction is about: the one it answers, the one of this name, the one of this day, the only one, the one
    whose number it says was wrong, the newest where it says 上一封.

    Args:
        words: what the correction says; of a mail that became several returns 第二场 or a name in it says which.
    """
    if thread.given is not None and thread.given.unit_id == unit.pk:
        return thread.given
    if thread.several and thread.unit == unit:
        return _of_several(thread.several, title, held_on, words)
    rows = Return.objects.filter(unit=unit, campaign__office=office, state__in=STANDING).exclude(current=None)
    wanted_rows = rows.select_related("current", "unit", "campaign", "obligation__ask__campaign__office__unit")
    found = list(wanted_rows.order_by("-sent_at")[:200])
    one = _the_one(found, title, held_on)
    if one is not None or title or len(found) < 2:
        return one
    bare = plain_title(words)
    named = [one for one in found if one.current and (plain_title(one.current.title) or " ") in bare]
    if len(named) == 1:
        return named[0]
    wrong = replaced(words)
    same = [one for one in found if one.current and wrong & {getattr(one.current, name) for name in NUMBERS}]
    if len(same) == 1:
        return same[0]
    return found[0] if _LAST.search(words) and not same else None


_LAST = re.compile(r"(?:上|前)一?封|刚才|刚刚|刚发")


def _of_several(several: dict[int, Return], title: str, held_on: Any, words: str) -> Return | None:
    """Which of the numbered returns a correction speaks of; None where it does not say."""
    numbered = re.search(r"第\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[场项个件次]", words)
    if numbered:
        return several.get(number(numbered[1]))
    bare = plain_title(words)
    titles = [(one, plain_title(one.current.title)) for one in several.values() if one.current]
    named = [one for one, said in titles if said and said in bare]
    return named[0] if len(named) == 1 else _the_one(list(several.values()), title, held_on)


def _the_one(found: list[Return], title: str, held_on: Any) -> Return | None:
    """The only one of this name, else of nearly this name, else of this day, else the only one there is."""
    wanted, rows = plain_title(title), [one for one in found if one.current]
    titles = [(one, plain_title(one.current.title)) for one in rows if one.current]
    same = [one for one, said in titles if wanted and said == wanted]
    same = same or [one for one, said in titles if wanted and _near(said, wanted)]
    if not same and held_on:
        same = [one for one in rows if one.current and one.current.held_on == held_on]
    if not same and not wanted:
        same = rows
    return same[0] if len(same) == 1 else None


def _near(one: str, other: str) -> bool:
    return len(one) >= 5 and len(other) >= 5 and (one in other or other in one)


CASE_DAYS = timedelta(days=180)  # how long what a woman writes after her letter for help belongs to it


def is_of_case(message: OutMessage | None) -> bool:
    """Whether a message of ours was the receipt to a letter for help."""
    return message is not None and message.about_kind == "case_mail"


def case_key(sender: str) -> str:
    """By which the writer of a letter for help is known again; it is no key to her other mails."""
    return str(crypto.ring().hash(sender.lower(), "mail.case")) if sender else ""


def cases_from(mail: Mail, sender: str, since: datetime) -> "QuerySet[Mail]":
    """Letters for help this sender wrote since a moment, this one apart."""
    rows = Mail.objects.filter(office=mail.office, state=State.CASE, received_at__gte=since)
    return rows.filter(sender_key=case_key(sender)).exclude(pk=mail.pk)


def wrote_for_help(mail: Mail, sender: str) -> bool:
    """Whether this sender has written for help before: what she writes next is for the case worker too."""
    before = cases_from(mail, sender, mail.received_at - CASE_DAYS).filter(received_at__lte=mail.received_at)
    return bool(sender) and before.exists()


def help_receipts_to(mail: Mail, sender: str, since: datetime) -> int:
    """How many receipts to letters for help this sender was sent since a moment."""
    mails = cases_from(mail, sender, since)
    sent = OutMessage.objects.filter(office=mail.office, about_kind="case_mail", created_at__gte=since)
    return sent.filter(about_code__in=mails.values("code")).count()


def receipts_to(office: Office, sender_key: str, since: datetime) -> int:
    """How many receipts this sender was sent since a moment."""
    mails = Mail.objects.filter(office=office, sender_key=sender_key)
    sent = OutMessage.objects.filter(office=office, about_kind="mail", created_at__gte=since)
    return sent.filter(about_code__in=mails.values("code")).count()
