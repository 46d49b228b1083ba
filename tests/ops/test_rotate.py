"""After a rotation everything opens, by the new key alone; broken off, a second run finishes it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jinguo.federation.models import Contact
from jinguo.files.actions import read_file, store_file
from jinguo.files.models import StoredFile
from jinguo.lib import crypto
from jinguo.ops import actions
from jinguo.ops.doctor import sealed_columns
from tests.world import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring_file(settings, tmp_path, monkeypatch):
    """A ring of this test's own, before anything is sealed."""
    path = tmp_path / "ring.json"
    crypto.create_ring(path)
    monkeypatch.setenv("JINGUO_KEYRING", str(path))
    settings.KEYRING, settings.DATA, settings.FILES = path, tmp_path, tmp_path / "files"
    return path


@pytest.fixture
def house(ring_file, request):
    """Contacts with mobile telephones, a unit with a file."""
    cast = request.getfixturevalue("cast")
    for contact in Contact.objects.all():
        contact.mobile = f"1390000{contact.pk:04}"
        contact.save()
    store_file("第一份".encode(), unit=cast.units["c"], name="a.txt", media_type="text/plain", by=BY)
    return ring_file


def everything():
    """Every sealed value of the house, opened."""
    return {
        (model._meta.label, name, row.pk): getattr(row, name)
        for model, name in sealed_columns()
        for row in model._base_manager.all()
    }


def run(*words: str) -> str:
    out = StringIO()
    call_command("rotate-keys", *words, stdout=out)
    return out.getvalue()


def test_the_new_key_alone_opens_everything(house):
    before = everything()
    assert len([value for value in before.values() if value]) > 10
    assert "key k2" in run()
    crypto.drop_keys(house, {"k1"})
    assert everything() == before
    assert read_file(StoredFile.objects.get()) == "第一份".encode()


def test_what_was_broken_off_is_finished_without_another_key(house, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 3)
    before, batches = everything(), []

    def power_fails(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "_sealed" in sql:
            batches.append(sql)
            if len(batches) == 5:
                raise KeyboardInterrupt
        return execute(sql, params, many, context)

    with connection.execute_wrapper(power_fails), pytest.raises(KeyboardInterrupt):
        actions.rotate_keys()
    assert everything() == before, "half way, both keys open what they sealed"
    assert "key k2" in run("--resume")
    crypto.drop_keys(house, {"k1"})
    assert everything() == before
    assert "0 values" in run("--resume")


def test_a_value_that_does_not_open_is_named_and_stops_no_other(house):
    row = Contact.objects.order_by("pk").first()
    foreign = Contact.objects.order_by("pk").last()
    Contact.objects.filter(pk=row.pk).update(mobile_sealed=foreign.mobile_sealed)
    with pytest.raises(CommandError, match=f"1 values do not open.*{row.code}"):
        run()
    assert crypto.load_ring(house).current == "k2"
    crypto.drop_keys(house, {"k1"})
    assert Contact.objects.get(pk=foreign.pk).mobile == f"1390000{foreign.pk:04}"
