"""Getting to know someone for a purpose, and forgetting her when the purpose has ended; keeping a plea apart that somebody
typed into a form which many can read.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Office, Unit
from jinguo.federation.queries import reads_cases_of
from jinguo.journal import actions as journal
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import KeptApart, Refused, Stale
from jinguo.lib.pleas import tells
from jinguo.lib.registry import due_work
from jinguo.lib.sealed import lookup_hash
from jinguo.people.models import Consent, HeldWords, Hold, Person, RetentionClock

CONSENT_TEXT = "2024-1"
BATCH = 200  # things of one kind forgotten in one call of the worker
WORDS = "words"  # the kind of a kept-apart sentence's clock; its ground is a mail's
KEPT = timedelta(days=730)
RETENTION = journal.System("retention")
KEPT_APART = _("收到了。您写的这几句先由专人看，别的人看不到。急的时候请直接打 110、12338、12348。")
NOTED_APART = _("通话记下了。您写的这几句由值班的个案工作者看，别的人看不到。人有危险的，请现在就打 110。")


@dataclass(frozen=True)
class Meeting:
    """Somebody to be met. `purposes`: what she agreed to; the first is the ground on which she is kept."""

    name: str
    phone: str
    purposes: tuple[str, ...]
    by: journal.Actor


def find_person(office: Office, phone: str) -> Person | None:
    """The person an office knows by this telephone number, if any."""
    return find_people(office, [phone]).get(phone)


def find_people(office: Office, phones: Iterable[str]) -> dict[str, Person]:
    """Telephone number → the person, for those whom an office knows."""
    hashes = {lookup_hash(Person, "phone", phone): phone for phone in phones}
    return {hashes[row.phone_hash]: row for row in Person.objects.with_phones(office.pk, hashes)}


def meet_person(office: Office, *, name: str, phone: str, purpose: str, until: datetime, by: journal.Actor) -> Person:
    """Find or make the person with this phone, note the consent, and run her clock to at least `until`.

    Call it inside the transaction of whatever she is met for; a second call with the same number gives the same row.

    Raises:
        Stale: she was met or forgotten by somebody else in this very moment, three times over.
    """
    for _try in range(3):
        try:
            with transaction.atomic():
                people, lines = meet_people(office, [Meeting(name, phone, (purpose,), by)], until=until)
                journal.append(lines)
        except IntegrityError:
            continue
        return people[0]
    raise Stale(_("刚才没有办成。请再点一次，不会重复登记。"))


def meet_people(office: Office, meetings: Sequence[Meeting], *, until: datetime) -> tuple[list[Person], list[Entry]]:
    """As `meet_person`, for many with different numbers at once, by as few statements as there are tables.

    Call it inside the transaction of whatever they are met for. The journal's lines are the caller's to append.

    Raises:
        IntegrityError: one of them was met or forgotten in this very moment; the transaction is to be begun anew.
    """
    moment = clock.now()
    known = find_people(office, [one.phone for one in meetings])
    people = [known.get(one.phone) or _stranger(office, one, moment) for one in meetings]
    _meet_again([(person.pk, person.code) for person in known.values()], until, ground=meetings[0].purposes[0])
    # In the order of a column: two processes that meet the same people never wait for each other crosswise.
    strangers = sorted((person for person in people if person.pk is None), key=lambda person: person.phone_hash)
    Person.objects.bulk_create(strangers)
    _start_clocks("person", [person.code for person in strangers], until, ground=meetings[0].purposes[0])
    Consent.objects.bulk_create(
        Consent(person=person, purpose=purpose, text_version=CONSENT_TEXT, given_at=moment)
        for person, one in zip(people, meetings, strict=True)
        for purpose in one.purposes
    )
    return people, [
        journal.line("person.meet", by=one.by, kind="person", code=person.code, owner=office.unit.code)
        for person, one in zip(people, meetings, strict=True)
        if one.phone not in known
    ]


def _stranger(office: Office, meeting: Meeting, moment: datetime) -> Person:
    person = Person(code=ids.new_code(), office=office, created_at=moment)
    person.phone, person.name = meeting.phone, meeting.name
    return person


def _meet_again(known: Sequence[tuple[int, str]], until: datetime, *, ground: str) -> None:
    """Run the clocks of people who are known, and see that they still are.

    Forgetting locks the clock first: whoever had to wait for it in the UPDATE looks again.
    """
    if not known:
        return
    codes = [code for _pk, code in known]
    clocks = RetentionClock.objects.filter(object_kind="person", object_code__in=codes)
    clocks.filter(due_at__lt=until).update(due_at=until, fired_at=None, ground=ground)
    running = set(clocks.values_list("object_code", flat=True))
    _start_clocks("person", sorted(set(codes) - running), until, ground=ground)
    if Person.objects.filter(pk__in=[pk for pk, _code in known], erased_at=None).count() != len(known):
        raise IntegrityError("somebody was forgotten in this moment")


def _start_clocks(kind: str, codes: Iterable[str], until: datetime, *, ground: str) -> None:
    RetentionClock.objects.bulk_create(
        RetentionClock(object_kind=kind, object_code=code, due_at=until, ground=ground) for code in codes
    )


def keep_until(kind: str, code: str, until: datetime, *, ground: str) -> None:
    """Start a retention clock, or run it further; never shorten it."""
    clock_row, made = RetentionClock.objects.get_or_create(
        object_kind=kind, object_code=code, defaults={"due_at": until, "ground": ground}
    )
    if not made:
        RetentionClock.objects.filter(pk=clock_row.pk, due_at__lt=until).update(
            due_at=until, fired_at=None, ground=ground
        )


def place_hold(kind: str, code: str, *, reason: str, by: journal.Actor) -> Hold:
    """Stop every retention clock of one thing (诉讼、信访、审计期间); a thing under hold already keeps the first hold."""
    with transaction.atomic():
        standing = Hold.objects.filter(object_kind=kind, object_code=code, lifted_at=None).first()
        if standing:
            return standing
        hold = Hold.objects.create(object_kind=kind, object_code=code, reason=reason, placed_at=clock.now())
        _lock_clock(kind, code)
        journal.record("hold.place", by=by, kind=kind, code=code)
    return hold


def lift_hold(kind: str, code: str, *, by: journal.Actor) -> bool:
    """Let the clocks of one thing run again; what fell due meanwhile is forgotten soon. False when there was no hold."""
    with transaction.atomic():
        lifted = Hold.objects.filter(object_kind=kind, object_code=code, lifted_at=None).update(lifted_at=clock.now())
        if lifted:
            journal.record("hold.lift", by=by, kind=kind, code=code)
    return bool(lifted)


def forget_due(kind: str, destroy: Callable[[str, datetime], bool], *, batch: int = BATCH) -> int:
    """Destroy the things of one kind whose clocks have run out and which are under no hold, each in a transaction of its own.

    Args:
        destroy: (code, moment) → True when there was something to destroy; it writes the line of the journal itself.

    Returns:
        how many were destroyed; a clock that was run further and a hold placed since it was looked at are respected.
    """
    moment = clock.now()
    codes = RetentionClock.objects.due(kind, moment).order_by("due_at").values_list("object_code", flat=True)
    return sum(_forget(kind, code, moment, destroy) for code in list(codes[:batch]))


def _forget(kind: str, code: str, moment: datetime, destroy: Callable[[str, datetime], bool]) -> bool:
    with transaction.atomic():
        running = RetentionClock.objects.filter(object_kind=kind, object_code=code, fired_at=None)
        if not running.filter(due_at__lte=moment).update(fired_at=moment):
            return False
        # A statement of its own, after the clock is locked: it sees a hold that was placed while we waited for the lock.
        if Hold.objects.filter(object_kind=kind, object_code=code, lifted_at=None).exists():
            transaction.set_rollback(True)
            return False
        return destroy(code, moment)


@due_work.register("people.forget", every=60)
def forget_people() -> int:
    """Destroy name and phone of everyone whose clock has run out; the row and the counts stay."""
    return forget_due("person", _forget_person)


def _forget_person(code: str, moment: datetime) -> bool:
    Person.objects.filter(code=code).update(
        name_sealed="", phone_sealed="", phone_hash="", guardian=None, household=None, erased_at=moment
    )
    journal.record("person.forget", by=RETENTION, kind="person", code=code)
    return True


def _lock_clock(kind: str, code: str) -> None:
    """Let nobody forget the thing before this transaction ends."""
    RetentionClock.objects.filter(object_kind=kind, object_code=code).update(ground=F("ground"))


def keep_apart(
    office: Office,
    unit: Unit,
    door: str,
    about: str,
    said: dict[str, str],
    *,
    by: journal.Actor,
    beside: Callable[[], dict[str, str]] = dict,
) -> None:
    """Look at what was typed into a form; where it reads like a plea, seal it for the duty case worker and end there.

    Call it after the form's own rule and checks, outside any transaction, before anything is written.

    Args:
        door: which form, and `about`: the code of the thing it stands beside.
        said: all the form said, in texts: enough to do later what it was for.
        beside: gives what was sent with the words (`people.beside`); asked only of a plea, never looked at for one.

    Raises:
        KeptApart: it does; nothing else is to be done.
    """
    if is_kept_apart(office, unit, door, about, said, by=by, beside=beside):
        raise KeptApart(KEPT_APART)


def is_kept_apart(
    office: Office,
    unit: Unit,
    door: str,
    about: str,
    said: dict[str, str],
    *,
    by: journal.Actor,
    beside: Callable[[], dict[str, str]] = dict,
) -> bool:
    """The same for a form whose fact stands without its words (a telephone call): true when the words were sealed. The caller
    writes the fact without them and then raises `KeptApart`."""
    if not any(tells(text) for text in said.values()):
        return False
    seal_words(office, unit, door, about, said | beside(), by=by)
    return True


def seal_words(office: Office, unit: Unit, door: str, about: str, said: dict[str, str], *, by: journal.Actor) -> None:
    """Keep a plea for the duty case worker alone, also inside the transaction of what else its form was for. The same words
    in the same place are held once."""
    row = HeldWords(
        code=ids.new_code(), office=office, unit=unit, door=door, about=about, actor=by.actor_code, held_at=clock.now()
    )
    row.words = json.dumps(said, ensure_ascii=False, sort_keys=True)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            keep_until(WORDS, row.code, row.held_at + KEPT, ground="mail")
            journal.record("words.hold", by=by, kind=WORDS, code=row.code, owner=unit.code)
    except IntegrityError:  # the same form sent again: held once; anything else would lose her words
        if not HeldWords.objects.filter(door=door, about=about, words_hash=row.words_hash).exists():
            raise


def read_words(held: HeldWords, *, by: Any) -> dict[str, str]:
    """What was typed, for the case worker's eyes; every reading is on the record."""
    _require_case_worker(held, by)
    journal.record("case_mail.read", by=by, kind=WORDS, code=held.code, owner=held.unit.code)
    return dict(json.loads(held.words))


def take_words(held: HeldWords, *, by: Any) -> dict[str, str]:
    """The duty case worker says it is no plea: the row goes and what it said is given back, in the caller's transaction.

    Raises:
        Stale: somebody gave it back before.
    """
    _require_case_worker(held, by)
    said = dict(json.loads(held.words))
    if not HeldWords.objects.filter(pk=held.pk).delete()[0]:
        raise Stale(_("这一件刚刚有人办过了。请刷新页面看看现在的样子。"))
    journal.record("words.release", by=by, kind=WORDS, code=held.code, owner=held.unit.code)
    return said


def _require_case_worker(held: HeldWords, by: Any) -> None:
    if not reads_cases_of(by, held.office):
        raise Refused(_("只有值班的个案工作者能看。"))


@due_work.register("people.forget_words", every=60)
def forget_words() -> int:
    """Destroy kept-apart sentences whose clock has run out and which are under no hold."""
    return forget_due(WORDS, _forget_words)


def _forget_words(code: str, moment: datetime) -> bool:
    if not HeldWords.objects.filter(code=code).delete()[0]:
        return False
    journal.record("words.forget", by=RETENTION, kind=WORDS, code=code)
    return True
