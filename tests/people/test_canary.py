"""A made-up woman's name and number go through the house; they stand nowhere in the clear, and after a while nowhere."""

import subprocess

import pytest
from django.apps import apps
from django.db import connection

from jinguo.activities.actions.forget import forget_guests
from jinguo.activities.actions.sign_up import sign_up
from jinguo.activities.wishes import Wish
from jinguo.federation.actions.contacts import add_contact
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.people.actions import forget_people
from jinguo.people.models import Person
from tests.activities.stage import VISITOR, pool_of, published
from tests.world import BY, Cast

NAME, PHONE, MOBILE = "金丝雀", "13912345678", "13987654321"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def every_text() -> str:
    """Everything that stands in any table, as text."""
    models = apps.get_models(include_auto_created=True)
    return "\n".join(repr(list(model._base_manager.values_list())) for model in models)


def database_bytes() -> bytes:
    """The database file as a thief would take it."""
    if connection.vendor != "sqlite":
        return b""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # In a process of its own: closing the file in this one would drop SQLite's locks on it, and the next process to end
    # would take the write-ahead log away from under the tests that follow.
    return subprocess.run(["cat", connection.settings_dict["NAME"]], capture_output=True, check=True).stdout


def test_names_and_numbers_lie_closed_and_are_gone_when_their_time_is_over(monkeypatch):
    cast = Cast.gather()
    activity = published(cast, seats=5)
    sign_up(pool_of(activity), Wish(name=NAME, phone=PHONE), by=VISITOR)
    add_contact(cast.units["c.edu"], title="信息员", name=NAME, mobile=MOBILE, by=BY)
    person = Person.objects.get()
    assert (person.name, person.phone) == (NAME, PHONE)
    sealed = person.phone_sealed.encode()
    for value in (NAME, PHONE, MOBILE):
        assert value not in every_text()
        assert value.encode() not in database_bytes()
    assert PHONE not in " ".join(Entry.objects.values_list("detail", flat=True))
    if connection.vendor == "sqlite":
        assert sealed in database_bytes()
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", str(400 * 86400 + int(clock.shift().total_seconds())))
    assert forget_guests() == 1
    assert forget_people() == 1
    person = Person.objects.get()
    assert (person.name, person.phone, person.sign_ups.count()) == ("", "", 1), "the count stays"
    assert sealed not in database_bytes(), "not even the closed value is left in the file"
