"""Stored files: encrypted where they lie, whole after a crash, never outside their folder, unreadable once destroyed."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from jinguo.files import actions
from jinguo.files.actions import SHELVES, clean_name, destroy_file, path_of, read_file, store_file, sweep_orphans
from jinguo.files.models import Secrecy, StoredFile
from jinguo.journal.models import Entry
from jinguo.lib import clock, limits
from jinguo.lib.crypto import Tampered
from jinguo.lib.errors import Gone, Invalid, NoRoom
from tests.lib.children import start_together
from tests.world import BY, Cast

CANARY = "巾帼金丝雀 13900001234".encode()
STORE_AND_DIE = """
import os, signal
from django.conf import settings
from django.db import transaction
from jinguo.federation.models import Unit
from jinguo.files.actions import store_file
from jinguo.journal.actions import System
with transaction.atomic():
    row = store_file(b"half", unit=Unit.objects.first(), name="a.txt", media_type="text/plain", by=System("test"))
    print(row.place, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def store(cast, data=CANARY, name="名单.txt", **more):
    return store_file(data, unit=cast.units["c"], name=name, media_type="text/plain", by=BY, **more)


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def age(path: Path, by: timedelta) -> None:
    moment = clock.machine_timestamp() - by.total_seconds()
    os.utime(path, (moment, moment))


def sweep_all() -> int:
    return sum(sweep_orphans(shelf) for shelf in range(SHELVES))


@pytest.mark.parametrize("secrecy", [Secrecy.INTERNAL, Secrecy.SENSITIVE])
def test_a_file_comes_back_byte_for_byte_and_lies_encrypted(cast, own_folder, secrecy):
    row = store(cast, secrecy=secrecy)
    assert read_file(StoredFile.objects.get(pk=row.pk)) == CANARY
    on_disk = everything_on_disk(own_folder)
    assert on_disk
    assert CANARY not in on_disk
    assert b"13900001234" not in on_disk
    assert "名单" not in " ".join(str(path) for path in own_folder.rglob("*"))
    assert row.key not in row.key_sealed


def test_a_public_file_lies_as_it_is(cast, own_folder):
    row = store(cast, secrecy=Secrecy.PUBLIC)
    assert (read_file(row), everything_on_disk(own_folder)) == (CANARY, CANARY)


def test_only_the_owner_of_the_process_may_read_the_folder(cast, own_folder):
    row = store(cast)
    assert path_of(row.place).stat().st_mode & 0o777 == 0o600
    assert path_of(row.place).parent.stat().st_mode & 0o777 == 0o700


def test_equal_files_do_not_look_equal_on_the_disk(cast):
    one, two = store(cast), store(cast)
    assert one.sha256 == two.sha256
    assert path_of(one.place).read_bytes() != path_of(two.place).read_bytes()


@pytest.mark.parametrize("secrecy", [Secrecy.INTERNAL, Secrecy.PUBLIC])
def test_bytes_changed_where_they_lie_are_never_handed_out(cast, secrecy):
    row = store(cast, secrecy=secrecy)
    path = path_of(row.place)
    whole = path.read_bytes()
    for altered in (whole[:-1] + bytes([whole[-1] ^ 1]), whole[:5], b"", whole + b"x"):
        path.write_bytes(altered)
        with pytest.raises(Tampered):
            read_file(row)


def test_the_bytes_of_one_file_cannot_stand_in_for_another(cast):
    one, two = store(cast), store(cast, b"another")
    path_of(two.place).write_bytes(path_of(one.place).read_bytes())
    with pytest.raises(Tampered):
        read_file(two)
    StoredFile.objects.filter(pk=two.pk).update(key_sealed=one.key_sealed)
    with pytest.raises(Tampered):
        read_file(StoredFile.objects.get(pk=two.pk))


def test_a_row_that_lost_its_key_does_not_pass_for_a_public_file(cast):
    row = store(cast)
    StoredFile.objects.filter(pk=row.pk).update(key_sealed="")
    with pytest.raises(Tampered, match="lost its key"):
        read_file(StoredFile.objects.get(pk=row.pk))


@pytest.mark.parametrize("place", ["../secret", "/etc/passwd", "ab/../../x", "ab/" + "g" * 32, "ab/" + "0" * 33, ""])
def test_a_place_outside_the_folder_is_never_touched(cast, place):
    row = store(cast)
    row.place = place
    for use in (read_file, lambda row: destroy_file(row, reason="test", by=BY)):
        with pytest.raises(Tampered, match="no place"):
            use(row)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("secrecy", [Secrecy.INTERNAL, Secrecy.PUBLIC])
def test_a_destroyed_file_is_unreadable_for_good_and_its_hash_stays(own_folder, secrecy):
    cast = Cast.gather()
    row = store(cast, secrecy=secrecy)
    stolen = path_of(row.place).read_bytes()
    for _ in range(2):
        destroy_file(row, reason="保存期满", by=BY)
    assert not path_of(row.place).exists()
    left = StoredFile.objects.get(pk=row.pk)
    assert (left.sha256, left.delete_reason, left.key_sealed) == (row.sha256, "保存期满", "")
    assert Entry.objects.filter(action="file.destroy", object_code=row.code).count() == 1
    path_of(row.place).write_bytes(stolen)
    with pytest.raises(Gone):
        read_file(left)
    if secrecy != Secrecy.PUBLIC:
        StoredFile.objects.filter(pk=row.pk).update(deleted_at=None)
        with pytest.raises(Tampered):
            read_file(StoredFile.objects.get(pk=row.pk))


@pytest.mark.django_db(transaction=True)
def test_a_destroying_that_is_rolled_back_destroys_nothing():
    row = store(Cast.gather())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        destroy_file(row, reason="test", by=BY)
        1 / 0  # noqa: B018
    assert read_file(StoredFile.objects.get(pk=row.pk)) == CANARY


@pytest.mark.django_db(transaction=True)
def test_bytes_of_a_process_that_died_before_the_row_are_swept_after_a_day_and_not_before(
    child_environment, settings, tmp_path
):
    Cast.gather()
    environment = {**child_environment, "JINGUO_DATA": str(tmp_path), "JINGUO_KEYRING": os.environ["JINGUO_KEYRING"]}
    (child,) = start_together(STORE_AND_DIE, environment, [()])
    orphan = path_of(child.line())
    assert child.died() == -signal.SIGKILL
    assert (orphan.exists(), StoredFile.objects.count()) == (True, 0)
    age(orphan, timedelta(hours=23))
    assert (sweep_all(), orphan.exists()) == (0, True)
    age(orphan, timedelta(hours=25))
    assert (sweep_all(), orphan.exists()) == (1, False)


def test_the_sweep_keeps_every_file_that_has_a_row_however_old(cast):
    rows = [store(cast, f"file {n}".encode()) for n in range(3)]
    for row in rows:
        age(path_of(row.place), timedelta(days=900))
    half_written = path_of(rows[0].place).with_suffix(".part")
    half_written.write_bytes(b"half")
    age(half_written, timedelta(days=2))
    assert sweep_all() == 1
    assert [read_file(row) for row in rows] == [b"file 0", b"file 1", b"file 2"]
    assert not half_written.exists()


def test_the_sweep_goes_by_the_machines_time_not_by_a_shifted_clock(cast, own_folder, monkeypatch):
    """In a demonstration set to next month, a file being stored this minute has bytes and no row yet."""
    monkeypatch.setenv("JINGUO_CLOCK_SHIFT", str(40 * 86400))
    fresh = own_folder / "ab" / ("0" * 32)
    fresh.parent.mkdir(parents=True)
    fresh.write_bytes(b"being stored")
    assert sweep_all() == 0
    assert fresh.exists()


def test_bytes_left_by_a_destroying_that_was_cut_short_are_swept(cast):
    row = store(cast)
    path = path_of(row.place)
    destroy_file(row, reason="test", by=BY)  # the test's own transaction never commits, so the bytes stay
    age(path, timedelta(days=2))
    assert (sweep_all(), path.exists()) == (1, False)


def test_every_shelf_has_its_minute(cast, monkeypatch):
    minute, seen = [60_000_000.0], []
    monkeypatch.setattr(clock, "machine_timestamp", lambda: minute[0])
    monkeypatch.setattr(actions, "sweep_orphans", lambda shelf: seen.append(shelf) or 0)
    for _ in range(SHELVES * 6):
        actions.sweep_next_shelf()
        minute[0] += 10
    assert sorted(seen) == list(range(SHELVES)), "each once, though the worker asks every second"


@pytest.mark.parametrize(("data", "says"), [(b"", "空的"), (b"x" * (limits.UPLOAD_BYTES + 1), "20 MB")])
def test_an_empty_or_too_large_file_is_refused_and_leaves_nothing(cast, own_folder, data, says):
    with pytest.raises(Invalid) as refusal:
        store(cast, data)
    assert says in str(refusal.value.sentence)
    assert not own_folder.exists()


def test_a_full_disk_is_said_and_leaves_no_row_and_no_half_file(cast, own_folder, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions.os, "fsync", full)
    with pytest.raises(NoRoom) as refusal:
        store(cast)
    assert "磁盘满" in str(refusal.value.sentence)
    assert not StoredFile.objects.exists()
    assert [path for path in own_folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("通知.docx", "通知.docx"),
        ("C:\\fakepath\\通知.docx", "通知.docx"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        (" .htaccess", "htaccess"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("invoice\u202excod.exe", "invoicexcod.exe"),
        ("零\u200b宽\ufeff.txt", "零宽.txt"),
        ("\x00\x1b[31m.txt", "[31m.txt"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_a_name_is_made_fit_to_show(given_name, shown):
    assert clean_name(given_name) == shown


@given(st.text(max_size=300))
def test_any_name_becomes_short_printable_and_without_a_path(name):
    shown = clean_name(name)
    assert 1 <= len(shown) <= 120
    assert shown.isprintable()
    assert "/" not in shown
    assert "\\" not in shown
    assert shown.strip(". ") == shown
