"""Sealed columns: plain in the program, closed in the table, and only where they were written."""

import pytest
from django.db import connection

from jinguo.federation.models import Contact
from jinguo.lib import crypto
from jinguo.lib.crypto import Tampered
from jinguo.lib.sealed import beginning, lookup_hash

MOBILE = "13900000001"


@pytest.fixture
def contacts(cast):
    """Two saved contacts, both with name and mobile."""
    rows = list(Contact.objects.order_by("pk")[:2])
    for row in rows:
        row.name, row.mobile = "示范一号", MOBILE
        row.save()
    return rows


def test_it_reads_as_it_was_written_and_lies_closed_in_the_table(contacts):
    assert Contact.objects.get(pk=contacts[0].pk).mobile == MOBILE
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM federation_contact")
        stored = repr(cursor.fetchall())
    assert MOBILE not in stored
    assert "示范一号" not in stored


def test_an_empty_value_stays_empty(contacts):
    one = contacts[0]
    one.mobile = ""
    assert (one.mobile, one.mobile_sealed, one.mobile_hash) == ("", "", "")


def test_a_value_moved_to_another_row_or_column_does_not_open(contacts):
    one, two = contacts
    for column, source in (("mobile_sealed", one.mobile_sealed), ("mobile_sealed", two.name_sealed)):
        Contact.objects.filter(pk=two.pk).update(**{column: source})
        with pytest.raises(Tampered):
            Contact.objects.get(pk=two.pk).mobile  # noqa: B018 - reading it is what must fail


@pytest.mark.parametrize("rubbish", ["x", "!!!!", "azEu", "中文"])
def test_rubbish_in_the_column_is_called_damaged(contacts, rubbish):
    Contact.objects.filter(pk=contacts[0].pk).update(mobile_sealed=rubbish)
    with pytest.raises(Tampered):
        Contact.objects.get(pk=contacts[0].pk).mobile  # noqa: B018


def test_equal_values_are_found_by_their_hash_and_look_different_in_the_table(contacts):
    one, two = contacts
    assert one.mobile_sealed != two.mobile_sealed
    found = Contact.objects.filter(mobile_hash=lookup_hash(Contact, "mobile", MOBILE))
    assert set(found) == {one, two}
    assert not Contact.objects.filter(mobile_hash=lookup_hash(Contact, "mobile", "13900000002")).exists()


def test_a_row_needs_its_code_before_its_secret(cast):
    with pytest.raises(ValueError, match="code"):
        Contact(code="", unit=cast.units["c"], title="信息员").mobile = MOBILE


def test_sealing_again_uses_the_newest_key_and_keeps_the_value(contacts, tmp_path, monkeypatch):
    one = contacts[0]
    ring_file = tmp_path / "ring.json"
    with open(crypto.os.environ["JINGUO_KEYRING"]) as file:
        ring_file.write_text(file.read())
    monkeypatch.setenv("JINGUO_KEYRING", str(ring_file))
    crypto.add_key(ring_file)
    assert not one.mobile_sealed.startswith(beginning())
    one.mobile_sealed = Contact.__dict__["mobile"].resealed(one)
    assert one.mobile_sealed.startswith(beginning())
    assert one.mobile == MOBILE
