"""Getting to know someone for a purpose, and forgetting her when the purpose has ended."""

from collections.abc import Iterable
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
from jinguo.people.models import Consent, Hold, Person, Purpose, RetentionClock

CONSENT_TEXT = "2024-1"
BATCH = 200  # persons forgotten in one call of the worker


def find_person(office: Office, phone: str) -> Person | None:
    """The person an office knows by this telephone number, if any."""
    return Person.objects.filter(office=office, phone_hash=lookup_hash(Person, "phone", phone)).first()


def meet_person(office: Office, *, name: str, phone: str, purpose: str, until: datetime, by: journal.Actor) -> Person:
    """Find or make the person with this phone, note the consent, and run her clock to at least `until`.

    Call it inside the transaction of whatever she is met for; a second call with the same number gives the same row.

    Raises:
        Stale: she was met or forgotten by somebody else in this very moment, three times over.
    """
    for _try in range(3):
        with transaction.atomic():
            person = find_person(office, phone)
            known = person is not None
            if person is None:
                person = _make_person(office, name, phone, by)
            if person is None:
                continue
            keep_until("person", person.code, until, ground=purpose)
            # Forgetting locks the clock first: whoever had to wait for it in the line above looks again.
            if known and not Person.objects.filter(pk=person.pk, erased_at=None).exists():
                transaction.set_rollback(True)
                continue
            Consent.objects.create(person=person, purpose=purpose, text_version=CONSENT_TEXT, given_at=clock.now())
            return person
    raise Stale(_("刚才没有办成。请再点一次，不会重复登记。"))


def meet_stranger(
    office: Office, *, name: str, phone: str, purposes: Iterable[str], until: datetime, by: journal.Actor
) -> tuple[Person, Entry]:
    """Someone this office does not know yet: her row, her clock, her consents, by as few statements as there are tables.

    Call it inside the transaction of whatever she is met for. The journal's line is the caller's to append.

    Raises:
        IntegrityError: somebody met her in this very moment; the transaction is to be begun anew.
    """
    moment = clock.now()
    person = Person(code=ids.new_code(), office=office, created_at=moment)
    person.phone, person.name = phone, name
    person.save(force_insert=True)
    RetentionClock(object_kind="person", object_code=person.code, due_at=until, ground=Purpose.SIGN_UP).save(
        force_insert=True
    )
    Consent.objects.bulk_create(
        Consent(person=person, purpose=purpose, text_version=CONSENT_TEXT, given_at=moment) for purpose in purposes
    )
    return person, journal.line("person.meet", by=by, kind="person", code=person.code, owner=office.unit.code)


def note_consents(person: Person, purposes: Iterable[str]) -> None:
    """What else somebody agreed to, in the caller's transaction."""
    moment = clock.now()
    Consent.objects.bulk_create(
        Consent(person=person, purpose=purpose, text_version=CONSENT_TEXT, given_at=moment) for purpose in purposes
    )


def _make_person(office: Office, name: str, phone: str, by: journal.Actor) -> Person | None:
    """A new person; None when somebody else made her between our look and our insert."""
    person = Person(code=ids.new_code(), office=office, created_at=clock.now())
    person.phone = phone
    person.name = name
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        return None
    journal.record("person.meet", by=by, kind="person", code=person.code, owner=office.unit.code)
    return person


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


@due_work.register("people.forget")
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
