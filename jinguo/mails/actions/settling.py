"""Reading kept mails and doing what they say. Each mail's outcome is one transaction: its row, the return or the sign-for,
the receipt and the journal stand or fall together, so a worker killed anywhere loses and doubles nothing.
"""

import json
import logging
import os
from collections import deque
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db import transaction

from jinguo.campaigns.actions.circulation import sign_by_mail
from jinguo.campaigns.actions.delivery import note_bounce
from jinguo.campaigns.actions.obligations import zero_report
from jinguo.federation.policy import MailRobot
from jinguo.files.actions import read_file
from jinguo.journal import actions as journal
from jinguo.lib import clock, crypto
from jinguo.lib.claim import MAX_ATTEMPTS, back_off, claim
from jinguo.lib.errors import Problem
from jinguo.lib.mail import Letter
from jinguo.lib.mail.sandbox import Unread, photos_of_parts, read_mail
from jinguo.lib.registry import due_work
from jinguo.mails.actions.deciding import Decision, decide
from jinguo.mails.actions.finding import index_mail
from jinguo.mails.actions.photos import Album, Opened, album_of
from jinguo.mails.actions.receipts import queue_receipt
from jinguo.mails.actions.sheets import corrected_sheet, of_telling, sheet_of
from jinguo.mails.models import Fate, Kind, Mail, MailReturn, State
from jinguo.mails.queries import matching
from jinguo.reports.actions.returns import revise_return, send_sheet, withdraw_return
from jinguo.reports.models import Return
from jinguo.reports.models.returned import Channel
from jinguo.reports.understanding.pictures import photo_parts
from jinguo.search.actions import drop_thing

log = logging.getLogger("jinguo.mails")
LEASE = timedelta(minutes=10)
AHEAD = 6  # photographs opened with the mail, before it is known what becomes of them
READERS = min(2, os.cpu_count() or 1)  # mails that are read at once
Reading = tuple[Letter, Opened]
Begun = tuple[Mail, Future[Reading]]
READER = journal.System("mail")
SEALED = ("sender_sealed", "sender_key", "subject_sealed", "letter_sealed", "understood_sealed")


@due_work.register("mails.read")
def read_mails(most: int = 20) -> int:
    """Read up to `most` kept mails, the earliest received first. While one is acted on, the next are being read: reading is
    other processes' work, and two thirds of all there is."""
    begun = 0
    coming: deque[Begun] = deque()
    with ThreadPoolExecutor(READERS) as threads:
        while True:
            while begun < most and len(coming) <= READERS and (one := _begin(threads)):
                coming.append(one)
                begun += 1
            if not coming:
                return begun
            _finish(*coming.popleft())


def _begin(threads: Executor) -> "Begun | None":
    """Claim the next mail and have it read. Only its bytes go to the thread: the database stays with this one."""
    rows = claim(Mail.objects.waiting(), lease=LEASE, most=1)
    if not rows:
        return None
    mail, failed = rows[0], Future[Reading]()
    if mail.attempts >= MAX_ATTEMPTS:
        failed.set_exception(Unread("given_up"))
        return mail, failed
    try:
        return mail, threads.submit(_read, read_file(mail.file))
    except (OSError, Problem, crypto.Tampered) as fault:
        # Told when its turn comes: the mail before it is acted on first.
        failed.set_exception(fault)
        return mail, failed


def _read(data: bytes) -> Reading:
    """The letter, and its first photographs ready to be kept."""
    letter = read_mail(data)
    wanted = [part.number for part in photo_parts(letter)[:AHEAD]]
    try:
        return letter, dict.fromkeys(wanted) | photos_of_parts(data, wanted) if wanted else {}
    except Unread:
        return letter, dict.fromkeys(wanted)


def _finish(mail: Mail, answer: "Future[Reading]") -> None:
    try:
        letter, opened = answer.result()
        settle(mail, letter, opened=opened)
    except Unread:
        _park(mail, State.ASIDE if mail.attempts >= MAX_ATTEMPTS else State.TRAY)
    except Exception:
        log.exception("mail %s could not be read or settled; it is tried again", mail.code)
        attempts = mail.attempts + 1
        Mail.objects.filter(pk=mail.pk, lease_token=mail.lease_token, state=State.WAITING).update(
            attempts=attempts, next_at=clock.now() + back_off(attempts), lease_until=None
        )


def _park(mail: Mail, state: State) -> None:
    """It cannot be read: kept as it came, and shown to a person."""
    with transaction.atomic():
        ours = Mail.objects.filter(pk=mail.pk, lease_token=mail.lease_token, state=State.WAITING)
        if ours.update(state=state, fate=Fate.UNREAD, settled_at=clock.now(), lease_until=None):
            _record(mail, "park", READER)


def settle(
    mail: Mail, letter: Letter, *, by: journal.Actor = READER, answer: bool = True, opened: Opened | None = None
) -> Decision:
    """Decide what a mail is and do it, in one transaction. A rule that says no leaves it to a person.

    Args:
        by: who has it settled: the worker, or the person who has just said something about it.
        answer: whether a receipt may go out.
        opened: photographs opened already (None: not to be opened); others are opened when they are wanted.
    """
    _know(mail, letter)
    try:
        decision = decide(mail, letter)
        return _carry_out(mail, letter, decision, by, answer, album_of(mail, letter, decision, opened or {}))
    except Problem as problem:
        log.info("mail %s: %s", mail.code, problem)
        again = decide(mail, letter)
        parked = Decision(
            State.TRAY, Fate.TO_LOOK_AT, again.kind, again.unit, again.how, again.vouched, again.fields, message=again.message,
            texts=again.texts, told=again.told,
        )  # fmt: skip
        return _carry_out(mail, letter, parked, by, answer, Album(mail, [], 0))


def _know(mail: Mail, letter: Letter) -> None:
    """The digests by which the same mail is known again; nothing is written yet."""
    ring = crypto.ring()
    mail.message_key = ring.hash(letter.message_id, "mail.message") if letter.message_id else ""
    said = [letter.sender, letter.subject, letter.body, *(part.sha256 for part in letter.parts)]
    mail.content_key = ring.hash(json.dumps([letter.message_id, *said]), "mail.content")
    mail.sender, mail.subject = letter.sender, letter.subject
    mail.letter_text = json.dumps(letter.to_json(), ensure_ascii=False)


def _carry_out(
    mail: Mail, letter: Letter, decision: Decision, by: journal.Actor, answer: bool, album: Album
) -> Decision:
    with transaction.atomic():
        mail.understood_text = json.dumps(understood_of(decision), ensure_ascii=False)
        ours = Mail.objects.filter(pk=mail.pk, lease_token=mail.lease_token, state=mail.state)
        if not ours.update(**_columns(mail, decision), lease_until=None, settled_at=clock.now()):
            return decision  # somebody else has settled it meanwhile
        if decision.state == State.CASE:
            drop_thing("mail", mail.code)
        else:
            index_mail(mail, letter)
        given = _act(mail, letter, decision, album)
        if given:
            Mail.objects.filter(pk=mail.pk).update(given=given[0][1])
            MailReturn.objects.bulk_create(MailReturn(mail=mail, given=one, position=n) for n, one in given)
        _record(
            mail,
            "settle",
            by,
            kind=str(decision.kind),
            fate=str(decision.fate),
            unit=getattr(decision.unit, "code", ""),
        )
        if answer:
            queue_receipt(mail, letter, decision, photos=(album.many, album.left))
    mail.refresh_from_db()
    return decision


def understood_of(decision: Decision) -> Any:
    """What was read, as the row keeps it: a list where the mail tells of several activities."""
    read = [told.fields for told in decision.told] or [decision.fields]
    said = [{name: found.to_json() for name, found in fields.items()} for fields in read]
    return said if decision.told else said[0]


def of_case(sender: str) -> dict[str, Any]:
    """The columns that say who wrote what, as a letter for help has them: only by whom, under a key of its own."""
    return dict.fromkeys((*SEALED, "message_key", "content_key"), "") | {"sender_key": matching.case_key(sender)}


def _columns(mail: Mail, decision: Decision) -> dict[str, Any]:
    """What the row says afterwards; a letter for help says nothing but that it is one."""
    columns: dict[str, Any] = {
        "state": decision.state, "kind": decision.kind, "fate": decision.fate, "vouched": decision.vouched,
        "unit": decision.unit, "unit_how": decision.how, "obligation": decision.obligation,
        "circulation": decision.circulation, "answers": decision.message, "twin": decision.twin,
        "message_key": mail.message_key, "content_key": mail.content_key, "indexed": True,
    }  # fmt: skip
    if decision.state == State.CASE:
        return columns | of_case(mail.sender)
    return columns | {name: getattr(mail, name) for name in SEALED}


def _act(mail: Mail, letter: Letter, decision: Decision, album: Album) -> list[tuple[int, Return]]:
    """Do what the mail says, as its unit; the returns it became or changed, each with its number in the mail."""
    unit: Any = decision.unit
    robot = MailRobot(unit, mail.code) if unit else READER
    match decision.fate:
        case Fate.SIGNED:
            signer = letter.sender_name or letter.sender
            circulation: Any = decision.circulation
            sign_by_mail(circulation, by=robot, signer=signer, received_at=mail.received_at, mail=mail.code)
        case Fate.REPORTED:
            return send_reports(mail, decision, album, robot)
        case Fate.CORRECTED:
            given: Any = decision.given
            sheet = corrected_sheet(mail, decision)
            album.put(sheet, 1, given.unit, robot)
            revised = revise_return(
                given, sheet, token=mail.code, by=robot, reason=letter.subject[:200],
                channel=Channel.MAIL, at=mail.received_at,
            )  # fmt: skip
            return [(1, revised)]
        case Fate.WITHDRAWN:
            taken: Any = decision.given
            withdraw_return(taken, by=robot)
        case Fate.ZEROED:
            obligation: Any = decision.obligation
            zero_report(obligation, reason=_none_said(decision), by=robot, looked_at=True)
        case Fate.BOUNCED:
            message: Any = decision.message
            note_bounce(message, said=letter.subject, by=READER)
    return []


def send_reports(mail: Mail, decision: Decision, album: Album, robot: journal.Actor) -> list[tuple[int, Return]]:
    """A return for each activity that is new, with its number in the mail. Called in the transaction of the mail."""
    obligation: Any = decision.obligation
    found = []
    for number, one in enumerate(decision.tellings or [None], 1):
        if one is not None and one.fate != Fate.REPORTED:
            continue
        key = mail.code if number == 1 else f"{mail.code}-{number}"
        sheet = sheet_of(mail, of_telling(decision, one))
        album.put(sheet, number, obligation.unit, robot)
        given = send_sheet(
            obligation, sheet, token=mail.code, key=key, by=robot, channel=Channel.MAIL, at=mail.received_at
        )
        found.append((number, given))
    return found


def _none_said(decision: Decision) -> str:
    texts: Any = decision.texts
    own, paper = " ".join(texts.own.split()), " ".join(texts.main.text.split())
    return (paper if texts.main.part and paper else own)[:100] or texts.subject[:100]


def _record(mail: Mail, what: str, by: journal.Actor, **detail: object) -> None:
    if detail.get("kind") == str(Kind.CASE):
        detail = {"kind": "case"}
    journal.record(
        f"mail.{what}",
        by=by,
        kind="mail",
        code=mail.code,
        owner=mail.office.unit.code,
        **{f"mail_{k}": v for k, v in detail.items()},
    )
