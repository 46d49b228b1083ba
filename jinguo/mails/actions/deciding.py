"""From a decoded mail to what should be done with it. Reads only; `settling` does it."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from jinguo.campaigns.models import Circulation, Clause, Obligation
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.lib.mail import Letter
from jinguo.mails.actions.several import Telling, fate_of, tellings_of, told_in
from jinguo.mails.models import Fate, Kind, Mail, State, UnitHow
from jinguo.mails.queries import matching
from jinguo.mails.queries.matching import SURE, Thread
from jinguo.mails.understanding import machines
from jinguo.mails.understanding.corrections import corrections
from jinguo.mails.understanding.kinds import kind_of
from jinguo.messages.models import OutMessage
from jinguo.reports.metrics import NUMBERS
from jinguo.reports.models import Return
from jinguo.reports.models.returned import ReturnState
from jinguo.reports.queries.clauses import best_clause
from jinguo.reports.understanding import private
from jinguo.reports.understanding.care import asks_for_help
from jinguo.reports.understanding.fields import fields_of, value_of
from jinguo.reports.understanding.own import bare_subject
from jinguo.reports.understanding.several import Told, listed
from jinguo.reports.understanding.texts import SUBJECT, Texts, texts_of
from jinguo.reports.understanding.values import Found

NO_FIELDS = (Kind.SIGN, Kind.QUESTION, Kind.ZERO, Kind.WITHDRAWAL)
REPORTS = (Kind.NEWS, Kind.SUMMARY, Kind.TABLE)


@dataclass(frozen=True)
class Decision:
    """What a mail is, whose it is, and what becomes of it.

    Attributes:
        told: the activities of a mail that tells of several, else none; `tellings`: what becomes of each.
    """

    state: State
    fate: Fate
    kind: Kind = Kind.OTHER
    unit: Unit | None = None
    how: str = ""
    vouched: str = "none"
    fields: dict[str, Found] = field(default_factory=dict)
    obligation: Obligation | None = None
    circulation: Circulation | None = None
    given: Return | None = None
    clause: Clause | None = None
    message: OutMessage | None = None
    twin: Mail | None = None
    texts: Texts | None = None
    told: tuple[Told, ...] = ()
    tellings: tuple[Telling, ...] = ()


def decide(mail: Mail, letter: Letter) -> Decision:
    """The pipeline of reference/reporting §6 over one mail, with what a person has already said about it."""
    texts = texts_of(letter)
    registered = matching.registered_units(mail.office, letter.sender)
    bounced = machines.is_bounce(letter)
    trusted = getattr(getattr(mail.office, "mailbox", None), "trusted", "")
    thread = matching.thread_of(mail.office, letter)
    vouched = machines.vouched(letter, trusted)
    if not mail.not_case and _is_for_case_worker(mail, letter, texts, thread, bool(registered), bounced):
        return Decision(State.CASE, Fate.HELP, Kind.CASE, vouched=vouched)
    base = Decision(State.TRAY, Fate.TO_LOOK_AT, vouched=vouched, message=thread.message, texts=texts)
    if bounced:
        return _bounced(mail, letter, base)
    if machines.is_automatic(letter, texts.own) or letter.sender == mail.office.mail_from.lower() != "":
        return replace(base, state=State.QUIET, fate=Fate.LOOP, kind=Kind.AUTO)
    twin = _twin(mail)
    if twin is not None:
        return replace(
            base,
            state=State.QUIET,
            fate=Fate.TWIN,
            kind=Kind(twin.kind or Kind.OTHER),
            twin=twin,
            unit=twin.unit,
            how=twin.unit_how,
        )
    return _of_a_person(mail, letter, replace(base), thread, registered)


def _is_for_case_worker(
    mail: Mail, letter: Letter, texts: Texts, thread: Thread, is_registered: bool, is_bounce: bool
) -> bool:
    """A letter for help, or anything that belongs to one: her next letter, whatever it says, and what a machine answers to
    the receipt she was sent."""
    if is_bounce:
        return matching.is_of_case(returned_message(mail, letter))
    if matching.is_of_case(thread.message) or machines.answers_help_receipt(texts.subject):
        return True
    if not is_registered and matching.wrote_for_help(mail, letter.sender):
        return True
    return asks_for_help(letter, texts.own, is_registered=is_registered)


def _twin(mail: Mail) -> Mail | None:
    """The same words and files from the same sender, taken earlier: another copy of one mail."""
    if not mail.content_key or mail.decided.get("again"):
        return None
    same = Mail.objects.filter(office=mail.office, content_key=mail.content_key, twin=None).exclude(pk=mail.pk)
    settled = same.exclude(state__in=[State.WAITING, State.CASE])
    return settled.order_by("received_at", "sha256").first()


def _bounced(mail: Mail, letter: Letter, base: Decision) -> Decision:
    """A delivery report: the message of ours that came back."""
    found = returned_message(mail, letter)
    state, fate = (State.QUIET, Fate.BOUNCED) if found and is_final(letter) else (State.QUIET, Fate.LOOP)
    return replace(base, state=state, fate=fate, kind=Kind.BOUNCE, message=found)


def returned_message(mail: Mail, letter: Letter) -> OutMessage | None:
    """The message of ours a delivery report is about, found by its Message-ID, or by its code in the report."""
    ids = [*letter.about_ids, letter.in_reply_to, *letter.references]
    rows = OutMessage.objects.filter(office=mail.office)
    found = rows.filter(message_id__in=[one for one in ids if one]).order_by("pk").first()
    if found is None:
        texts = letter.report + "\n" + letter.body + "\n" + "\n".join(part.text for part in letter.parts)
        codes = re.findall(r"<([2-9a-hj-km-np-z]{12})@", texts)
        found = rows.filter(code__in=codes[:20]).order_by("pk").first() if codes else None
    return found


def is_final(letter: Letter) -> bool:
    """A delay (4.x.x, Action: delayed) is no failure yet."""
    report = letter.report.lower()
    return not ("action: delayed" in report or re.search(r"status:\s*4\.", report))


def _of_a_person(mail: Mail, letter: Letter, base: Decision, thread: Thread, registered: list[Unit]) -> Decision:
    texts: Any = base.texts
    unit, how = matching.unit_of(mail.office, letter, texts, thread, registered)
    if mail.unit_how == UnitHow.PERSON:
        unit, how = mail.unit, UnitHow.PERSON
    asked = [thread.given] if thread.given else list(thread.several.values())
    answers_return = any(one.state == "sent_back" for one in asked)
    said = mail.decided.get("kind")
    kind = Kind(said) if said else kind_of(texts, answers_return=answers_return)
    received = clock.local(mail.received_at).date()
    names = {unit.name, unit.short_name} if unit else set()
    if kind == Kind.TABLE and unit and not matching.has_table(mail.office, unit):
        texts = listed(texts, received)  # nobody asked for a table: its rows are the activities
        kind = Kind.NEWS if texts is not base.texts else kind
        base = replace(base, texts=texts)
    found = fields_of(texts, received, names) if kind not in NO_FIELDS else {}
    told = told_in(mail, texts, names) if kind == Kind.NEWS else ()
    base = replace(base, kind=kind, unit=unit, how=how, fields=told[0].fields if told else found, told=told)
    stopped = _stopped(mail, letter, base)
    if stopped:
        return replace(base, state=State.TRAY, fate=stopped)
    if kind == Kind.SIGN:
        return _sign(mail, letter, base, thread)
    if kind == Kind.QUESTION:
        return replace(base, fate=Fate.ASKED)
    if kind == Kind.CORRECTION:
        return _correct(mail, base, thread)
    if kind == Kind.WITHDRAWAL:
        return _withdraw(mail, base, thread)
    if kind in (*REPORTS, Kind.ZERO):
        return _report(mail, letter, base, thread)
    unread = letter.links or any(part.problem for part in letter.parts)
    return replace(base, fate=Fate.UNREADABLE if unread else Fate.TO_LOOK_AT)


def _stopped(mail: Mail, letter: Letter, base: Decision) -> Fate | None:
    """What a person must clear first, the gravest first."""
    texts: Any = base.texts
    if base.vouched == "fail" and not mail.looked_at:
        return Fate.FORGED
    if not mail.looked_at and any(private.holds(private.find_private(one)) for one in _all_texts(letter, texts)):
        return Fate.PERSONAL
    if mail.is_cut:
        return Fate.UNREADABLE
    if base.unit is None:
        return Fate.UNCLAIMED
    if base.how not in SURE:
        return Fate.UNSURE
    return None


def _all_texts(letter: Letter, texts: Texts) -> list[str]:
    return [letter.subject, texts.own, *(part.text for part in letter.parts), *(part.name for part in letter.parts)]


def _sign(mail: Mail, letter: Letter, base: Decision, thread: Thread) -> Decision:
    """Only the registered address signs for a unit, or a person who has claimed the mail for it."""
    if base.how not in (UnitHow.ADDRESS, UnitHow.PERSON):
        return replace(base, fate=Fate.UNSURE)
    duty = matching.circulation_for(mail.office, _unit(base), thread, letter.subject + letter.body)
    if not duty.circulations:
        return replace(base, fate=Fate(duty.why))
    return replace(base, state=State.DONE, fate=Fate.SIGNED, circulation=duty.circulations[0])


def _unit(base: Decision) -> Unit:
    assert base.unit is not None  # noqa: S101  `_stopped` has seen to it
    return base.unit


def _correct(mail: Mail, base: Decision, thread: Thread) -> Decision:
    title, held_on = value_of(base.fields, "title"), value_of(base.fields, "held_on")
    texts: Any = base.texts
    words = texts.own
    if thread.message is None or bare_subject(thread.message.subject) != texts.subject:
        words = f"{texts.subject}\n{words}"
    elif thread.several and base.fields.get("title") and base.fields["title"].part == SUBJECT:
        title = ""  # our own subject: it names the first of several, whichever she means
    given = matching.original_of(mail.office, _unit(base), thread, title or "", held_on, words)
    if given is None:
        return replace(base, fate=Fate.NO_ORIGINAL)
    asked = {note.field: note.note for note in given.current.notes.all()} if given.current else {}
    asked = asked if given.state == ReturnState.SENT_BACK else {}
    received = clock.local(mail.received_at).date()
    stands = {name: getattr(given.current, name, None) for name in NUMBERS}
    found = corrections(texts, base.fields, asked, stands, received)
    if not found and texts.main.part <= 0 and not texts.pictures:
        return base  # it puts nothing right that is understood: a person looks
    return replace(
        base, state=State.DONE, fate=Fate.CORRECTED, given=given, obligation=given.obligation, fields=found, told=()
    )


def _withdraw(mail: Mail, base: Decision, thread: Thread) -> Decision:
    """Taken back as it asks, where it is clear which one, and as long as nobody has accepted it."""
    texts: Any = base.texts
    given = matching.original_of(mail.office, _unit(base), thread, "", None, f"{texts.subject}\n{texts.own}")
    if given is None:
        return replace(base, fate=Fate.NO_ORIGINAL)
    if given.accepted_id is not None:
        return replace(base, given=given)
    return replace(base, state=State.DONE, fate=Fate.WITHDRAWN, given=given, obligation=given.obligation)


def _report(mail: Mail, letter: Letter, base: Decision, thread: Thread) -> Decision:
    texts: Any = base.texts
    words = letter.subject + "\n" + texts.own + "\n" + texts.main.text
    ask = mail.decided.get("ask") or ("news" if base.kind == Kind.ZERO else str(base.kind))
    obligation: Obligation | None
    if mail.decided.get("obligation"):
        rows = Obligation.objects.select_related("unit", "ask__campaign__office__unit")
        obligation = rows.filter(code=mail.decided["obligation"], unit=base.unit).first()
        why = "no_duty"
    else:
        duty = matching.duty_for(mail.office, _unit(base), ask, thread, words)
        obligation, why = duty.obligation, duty.why
    if obligation is None:
        return replace(base, fate=Fate(why))
    base = replace(base, obligation=obligation)
    if base.kind == Kind.ZERO:
        return replace(base, state=State.DONE, fate=Fate.ZEROED)
    return _a_return(mail, letter, base, words)


def _a_return(mail: Mail, letter: Letter, base: Decision, words: str) -> Decision:
    obligation: Any = base.obligation
    if base.told:
        tellings = tellings_of(mail, _unit(base), obligation, base.told)
        fate = fate_of(tellings)
        state = State.DONE if fate == Fate.REPORTED else State.TRAY
        return replace(base, state=state, fate=fate, tellings=tellings)
    clause, _score = best_clause(obligation.ask.campaign, words, str(value_of(base.fields, "title") or ""))
    base = replace(base, clause=clause)
    title, held_on = value_of(base.fields, "title"), value_of(base.fields, "held_on")
    if base.kind == Kind.NEWS and not (title and held_on):
        unread = letter.links or any(part.problem for part in letter.parts)
        return replace(base, fate=Fate.UNREADABLE if unread else Fate.MISSING)
    if base.kind == Kind.NEWS and held_on > clock.local(mail.received_at).date():
        return replace(base, fate=Fate.TO_LOOK_AT)  # announced, not held: no report yet
    if title and held_on and not mail.decided.get("again"):
        known = matching.said_before(_unit(base), obligation, title, held_on)
        if known is not None:
            return replace(base, fate=Fate.SAID_BEFORE)
    return replace(base, state=State.DONE, fate=Fate.REPORTED)
