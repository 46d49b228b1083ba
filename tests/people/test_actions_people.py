"""People: known once an office, for as long as a purpose lasts, then forgotten; a legal hold stops the clock."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections, transaction

from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.people import actions
from jinguo.people.actions import find_person, forget_people, keep_until, lift_hold, meet_person, place_hold
from jinguo.people.models import Consent, Household, Person, Purpose, RetentionClock
from tests.lib.children import start_together
from tests.world import BY, Cast

PHONE = "13900000001"
MEET = """
from datetime import timedelta
from jinguo.federation.models import Office
from jinguo.journal.actions import System
from jinguo.lib import clock
from jinguo.people.actions import meet_person
office = Office.objects.order_by("pk").first()
for n in range(20):
    until = clock.now() + timedelta(days=30)
    meet_person(office, name="张三", phone=f"139{n:08d}", purpose="sign_up", until=until, by=System("test"))
"""


def in_days(days: float):
    return clock.now() + timedelta(days=days)


def meet(cast, phone=PHONE, name="示范居民", office=None, days=30.0):
    return meet_person(
        office or cast.office, name=name, phone=phone, purpose=Purpose.SIGN_UP, until=in_days(days), by=BY
    )


def later(monkeypatch, days: float) -> None:
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", str(int(days * 86400 + clock.shift().total_seconds())))


def test_the_same_number_is_the_same_person_and_each_purpose_has_its_consent(cast):
    one, again = meet(cast), meet(cast)
    assert one == again
    assert Person.objects.count() == 1
    assert Consent.objects.filter(person=one, purpose=Purpose.SIGN_UP, withdrawn_at=None).count() == 2
    assert set(Consent.objects.values_list("text_version", flat=True)) == {actions.CONSENT_TEXT}
    assert (one.name, one.phone) == ("示范居民", PHONE)


def test_two_offices_do_not_know_of_each_other(cast):
    ours, theirs = meet(cast), meet(cast, office=cast.other_office)
    assert ours != theirs
    assert find_person(cast.office, PHONE) == ours
    assert find_person(cast.other_office, PHONE) == theirs


def test_meeting_her_again_runs_the_clock_further_and_never_back(cast):
    person = meet(cast, days=30)
    meet(cast, days=90)
    meet(cast, days=10)
    (running,) = RetentionClock.objects.all()
    assert running.object_code == person.code
    assert in_days(89) < running.due_at < in_days(91)


def test_when_the_clock_has_run_out_name_and_phone_are_gone_and_the_count_stays(cast, monkeypatch):
    person, other = meet(cast), meet(cast, phone="13900000002", days=300)
    Person.objects.filter(pk=person.pk).update(household=Household.objects.create(office=cast.office), guardian=other)
    assert forget_people() == 0
    later(monkeypatch, 31)
    assert forget_people() == 1
    assert forget_people() == 0
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.phone, person.phone_hash, person.household, person.guardian) == ("", "", "", None, None)
    assert person.erased_at is not None
    assert Person.objects.count() == 2
    assert Person.objects.get(pk=other.pk).phone == "13900000002"
    assert Entry.objects.filter(action="person.forget", object_code=person.code).count() == 1


def test_whoever_comes_back_after_being_forgotten_is_a_new_person(cast, monkeypatch):
    forgotten = meet(cast)
    later(monkeypatch, 31)
    forget_people()
    assert find_person(cast.office, PHONE) is None
    assert meet(cast) != forgotten


def test_a_legal_hold_stops_the_clock_until_it_is_lifted(cast, monkeypatch):
    person = meet(cast)
    hold = place_hold("person", person.code, reason="信访件办理中", by=BY)
    assert place_hold("person", person.code, reason="再来一次", by=BY) == hold
    later(monkeypatch, 400)
    assert forget_people() == 0
    assert Person.objects.get(pk=person.pk).phone == PHONE
    assert (lift_hold("person", person.code, by=BY), lift_hold("person", person.code, by=BY)) == (True, False)
    assert forget_people() == 1
    assert [entry.action for entry in Entry.objects.about("person", person.code)[:3]] == [
        "person.forget",
        "hold.lift",
        "hold.place",
    ]


def test_a_clock_run_further_since_it_was_looked_at_keeps_her(cast, monkeypatch):
    person = meet(cast)
    later(monkeypatch, 31)
    moment = clock.now()
    keep_until("person", person.code, in_days(60), ground=Purpose.SIGN_UP)
    assert not actions._forget("person", person.code, moment, actions._forget_person)
    assert Person.objects.get(pk=person.pk).phone == PHONE


def test_a_hold_placed_since_the_clock_was_looked_at_keeps_her_and_her_clock(cast, monkeypatch):
    person = meet(cast)
    later(monkeypatch, 31)
    moment = clock.now()
    place_hold("person", person.code, reason="审计", by=BY)
    assert not actions._forget("person", person.code, moment, actions._forget_person)
    assert RetentionClock.objects.get().fired_at is None
    lift_hold("person", person.code, by=BY)
    assert forget_people() == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_meeting_the_same_people_at_once_make_each_of_them_once(child_environment):
    Cast.gather()
    for child in start_together(MEET, child_environment, [(), ()]):
        child.end()
    assert Person.objects.count() == 20
    assert Consent.objects.count() == 40
    assert RetentionClock.objects.count() == 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
def test_a_sign_up_in_the_moment_of_forgetting_is_kept(monkeypatch):
    """The worker has her clock locked and is about to erase her when she signs up for something else."""
    cast = Cast.gather()
    old = meet(cast)
    later(monkeypatch, 31)
    found = actions.find_people
    met = []

    def found_just_before_the_worker_erased_her(office, phones):
        monkeypatch.setattr(actions, "find_people", found)
        people = found(office, phones)
        worker = Thread(target=lambda: (met.append(forget_people()), connections.close_all()))
        worker.start()
        worker.join()
        return people

    monkeypatch.setattr(actions, "find_people", found_just_before_the_worker_erased_her)
    new = meet(cast)
    assert met == [1]
    assert new.pk != old.pk
    assert Person.objects.get(pk=new.pk).phone == PHONE
    assert RetentionClock.objects.get(object_code=old.code).fired_at is not None


def test_nothing_is_kept_of_a_meeting_that_was_rolled_back(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        meet(cast)
        1 / 0  # noqa: B018
    assert not Person.objects.exists()
    assert not Consent.objects.exists()
    assert not RetentionClock.objects.exists()
