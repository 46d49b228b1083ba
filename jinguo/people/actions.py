"""Getting to know someone for a purpose, and forgetting her when the purpose has ended."""

from datetime import datetime

from django.db import transaction

from jinguo.federation.models import Office
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.registry import due_work
from jinguo.lib.sealed import lookup_hash
from jinguo.people.models import Consent, Hold, Person, RetentionClock

CONSENT_TEXT = "2024-1"


def find_person(office: Office, phone: str) -> Person | None:
    """The person an office knows by this telephone number, if any."""
    return Person.objects.filter(office=office, phone_hash=lookup_hash(Person, "phone", phone)).first()


def meet_person(office: Office, *, name: str, phone: str, purpose: str, until: datetime, by: journal.Actor) -> Person:
    """Find or make the person with this phone, note the consent, and run her clock to at least `until`.

    Call it inside the transaction of whatever she is met for; a second call with the same number gives the same row.
    """
    with transaction.atomic():
        person = find_person(office, phone)
        if person is None:
            person = Person(code=ids.new_code(), office=office, created_at=clock.now())
            person.phone = phone
            person.name = name
            person.save()
            journal.record("person.meet", by=by, kind="person", code=person.code, owner=office.unit.code)
        Consent.objects.create(person=person, purpose=purpose, text_version=CONSENT_TEXT, given_at=clock.now())
        keep_until("person", person.code, until, ground=purpose)
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
    """Stop every retention clock of one thing (诉讼、信访、审计期间)."""
    with transaction.atomic():
        hold = Hold.objects.create(object_kind=kind, object_code=code, reason=reason, placed_at=clock.now())
        journal.record("hold.place", by=by, kind=kind, code=code)
    return hold


@due_work.register("people.forget")
def forget_people() -> int:
    """Destroy name and phone of everyone whose clock has run out; the row and the counts stay."""
    done = 0
    for due in RetentionClock.objects.due("person", clock.now())[:200]:
        with transaction.atomic():
            Person.objects.filter(code=due.object_code).update(
                name_sealed="", phone_sealed="", phone_hash="", erased_at=clock.now()
            )
            RetentionClock.objects.filter(pk=due.pk).update(fired_at=clock.now())
            journal.record("person.forget", by=journal.System("retention"), kind="person", code=due.object_code)
        done += 1
    return done
