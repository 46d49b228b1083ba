"""backup → empty folder → restore gives the same rows and the same bytes; a wrong key is said; damage is found."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from jinguo.federation.models import Contact, Unit
from jinguo.files.actions import destroy_file, path_of, read_file, store_file
from jinguo.files.models import StoredFile
from jinguo.journal.actions import record, seal_entries
from jinguo.journal.chain import verify_chain
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
    call_command("flush", interactive=False, verbosity=0)


def restore(folder, new_data):
    """Restore into another data folder; the rows per table, and the plain bytes by hash."""
    with override_settings(DATA=new_data, FILES=new_data / "files"):
        new_data.mkdir(exist_ok=True)
        counts = restore_backup(folder)
        return counts, {row.sha256: read_file(row) for row in StoredFile.objects.all()}


def test_a_restored_house_is_the_same_house(house):
    before = {row.sha256: read_file(row) for row in StoredFile.objects.all()}
    phones = sorted(contact.phone for contact in Contact.objects.all())
    copied = make_backup(house / "backups")
    manifest = json.loads((copied.folder / "manifest.json").read_text())
    ring_bytes = os.environ["JINGUO_KEYRING"]
    assert not list(copied.folder.rglob(Path(ring_bytes).name)), "keys never lie beside the copy"
    empty_again()
    counts, after = restore(copied.folder, house / "new")
    assert counts == manifest["rows"]
    assert sum(counts.values()) > 100
    assert after == before
    assert len(after) == 2
    assert sorted(contact.phone for contact in Contact.objects.all()) == phones


def test_a_wrong_key_is_said_and_nothing_is_written(house, monkeypatch):
    copied = make_backup(house / "backups")
    empty_again()
    crypto.create_ring(house / "other-ring.json")
    monkeypatch.setenv("JINGUO_KEYRING", str(house / "other-ring.json"))
    with pytest.raises(BackupFault, match="wrong key ring"):
        restore(copied.folder, house / "new")
    assert not Unit.objects.exists()
    assert not (house / "new" / "files").exists()


def test_it_refuses_to_restore_over_data(house):
    copied = make_backup(house / "backups")
    units = Unit.objects.count()
    with pytest.raises(BackupFault, match="already holds data"):
        restore(copied.folder, house / "new")
    assert Unit.objects.count() == units


@pytest.mark.parametrize("part", ["database.sealed", "files"])
def test_one_flipped_byte_is_named(house, part):
    copied = make_backup(house / "backups")
    empty_again()
    path = copied.folder / part
    path = path if path.is_file() else next(p for p in path.rglob("*") if p.is_file())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupFault, match="damaged"):
        restore(copied.folder, house / "new")
    assert not Unit.objects.exists()


def test_a_folder_that_is_no_backup_is_said(house):
    with pytest.raises(BackupFault, match="not a backup"):
        restore_backup(house)


def test_a_full_disk_leaves_no_half_copy(house):
    target = house / "file-not-folder"
    target.write_text("x")
    with pytest.raises(BackupFault, match="cannot write"):
        make_backup(target)


def test_the_doctor_names_a_file_whose_bytes_were_changed(house):
    settings_files = StoredFile.objects.first()
    path = Path(django_settings.FILES) / settings_files.place
    assert not [f for f in examine(every_file=True) if f.grade == FAULT and settings_files.code in f.sentence]
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert [f for f in examine(every_file=True) if f.grade == FAULT and settings_files.code in f.sentence]
    path.unlink()
    assert [f for f in examine() if f.grade == FAULT and settings_files.code in f.sentence]


def during(words: str, act):
    """Let `act` happen right after the statement that begins with these words: what another process may do meanwhile."""

    def wrapper(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if str(sql).startswith(words):
            act(params)
        return answer

    return connection.execute_wrapper(wrapper)


def test_what_happens_while_it_is_made_never_makes_it_disagree_with_itself(house, settings):
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL another session would have to do it")
    cast_unit, places = Unit.objects.get(short_name="清泉市妇联"), []
    while seal_entries():
        pass

    def meanwhile(params):
        places.append(Path(params[0]))
        store_file(b"came late", unit=cast_unit, name="late.txt", media_type="text/plain", by=BY)
        destroy_file(StoredFile.objects.order_by("pk").first(), reason="asked for", by=BY)
        record("test.meanwhile", by=BY, kind="test", code="x")
        assert seal_entries()

    with during("VACUUM INTO", meanwhile):
        copied = make_backup(house / "backups")
    assert places[0].is_relative_to(settings.DATA), "the plain copy never touches the backup's medium"
    assert not places[0].exists()
    assert copied.files == 1 and len(copied.missing) == 1
    empty_again()
    with override_settings(DATA=house / "new", FILES=house / "new" / "files"):
        (house / "new").mkdir()
        restore_backup(copied.folder)
        assert verify_chain().faults == [] and verify_chain().seals > 0
        lost = [row.code for row in StoredFile.objects.all() if not path_of(row.place).exists()]
    assert lost == copied.missing


def test_on_postgresql_the_waiting_session_is_not_cut_off(house):
    if connection.vendor == "sqlite":
        pytest.skip("PostgreSQL only")
    limits = []

    def look(params):
        with connection.cursor() as cursor:
            for name in ("idle_in_transaction_session_timeout", "statement_timeout"):
                cursor.execute(f"SHOW {name}")
                limits.append(cursor.fetchone()[0])

    with during("SELECT pg_export_snapshot", look):
        make_backup(house / "backups")
    assert limits == ["0", "0"]


@pytest.mark.parametrize("place", ["../../outside", "/etc/passwd", "ab/../../../x", "ab/" + "0" * 31])
def test_a_manifest_that_names_other_places_is_refused(house, place):
    copied = make_backup(house / "backups")
    empty_again()
    path = copied.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"][place] = "0" * 64
    path.write_text(json.dumps(manifest))
    with pytest.raises(BackupFault, match="no place of a stored file"):
        restore(copied.folder, house / "new")
    assert not Unit.objects.exists() and not (house / "new" / "files").exists()


def test_a_ring_from_before_the_last_rotation_is_said(house, monkeypatch):
    older, newer = house / "older.json", house / "newer.json"
    crypto.create_ring(older)
    newer.write_bytes(older.read_bytes())
    crypto.add_key(newer)
    monkeypatch.setenv("JINGUO_KEYRING", str(newer))
    copied = make_backup(house / "backups")
    empty_again()
    monkeypatch.setenv("JINGUO_KEYRING", str(older))
    with pytest.raises(BackupFault, match="older than the backup"):
        restore(copied.folder, house / "new")
    monkeypatch.setenv("JINGUO_KEYRING", str(house / "nowhere.json"))
    with pytest.raises(BackupFault, match="no key ring"):
        restore(copied.folder, house / "new")
    assert not Unit.objects.exists()
