"""Getting to know someone for a purpose, and forgetting her when the purpose has ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Office
from jinguo.journal import actions as journal
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import Stale
from jinguo.lib.registry import due_work
from jinguo.lib.sealed import lookup_hash
from jinguo.people.models import Consent, Hold, Person, RetentionClock

CONSENT_TEXT = "2024-1"
BATCH = 200  # persons forgotten in one call of the worker


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


@due_work.register("people.forget", every=60)
def forget_people() -> int:
    """Destroy name and phone of everyone whose clock has run out; the row and the counts stay."""
    moment = clock.now()
    codes = RetentionClock.objects.due("person", moment).order_by("due_at").values_list("object_code", flat=True)
    return sum(_forget_person(code, moment) for code in list(codes[:BATCH]))


def _forget_person(code: str, moment: datetime) -> int:
    """1 when she was forgotten; 0 when her clock was run further or a hold was placed since it was looked at."""
    with transaction.atomic():
        running = RetentionClock.objects.filter(object_kind="person", object_code=code, fired_at=None)
        if not running.filter(due_at__lte=moment).update(fired_at=moment):
            return 0
        # A statement of its own, after the clock is locked: it sees a hold that was placed while we waited for the lock.
        if Hold.objects.filter(object_kind="person", object_code=code, lifted_at=None).exists():
            transaction.set_rollback(True)
            return 0
        Person.objects.filter(code=code).update(
            name_sealed="", phone_sealed="", phone_hash="", guardian=None, household=None, erased_at=moment
        )
        journal.record("person.forget", by=journal.System("retention"), kind="person", code=code)
    return 1


def _lock_clock(kind: str, code: str) -> None:
    """Let nobody forget the thing before this transaction ends."""
    RetentionClock.objects.filter(object_kind=kind, object_code=code).update(ground=F("ground"))
