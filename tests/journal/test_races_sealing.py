"""Sealing by several workers, slow writers and dying workers: every line is sealed once, the chain stays whole."""

from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from jinguo.journal import actions
from jinguo.journal.actions import System, record, seal_entries
from jinguo.journal.chain import verify_chain
from jinguo.journal.heads import append_heads, head_file, last_head, read_heads
from jinguo.journal.models import Entry, Seal
from tests.lib.children import start_together

pytestmark = pytest.mark.django_db(transaction=True)
only_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
BY = System("test")
LINES = 120

SEAL = """
import os
from jinguo.journal import actions
actions.BATCH = 3
while not os.path.exists(sys.argv[1]):
    actions.seal_entries()
"""


@pytest.fixture(autouse=True)
def own_heads(settings, tmp_path):
    settings.DATA = tmp_path / "data"


def write(code: str) -> Entry:
    return record("thing.do", by=BY, kind="thing", code=code)


def test_two_workers_at_once_seal_every_line_once(child_environment, tmp_path, settings):
    environment = {**child_environment, "JINGUO_DATA": str(settings.DATA)}
    stop = str(tmp_path / "stop")
    workers = start_together(SEAL, environment, [(stop,), (stop,)])
    for n in range(LINES):
        write(f"t{n}")
    while Entry.objects.unsealed().exists() and all(worker.process.poll() is None for worker in workers):
        pass
    (tmp_path / "stop").touch()
    assert [worker.end() for worker in workers] == ["", ""]
    report = verify_chain()
    assert (report.sealed, report.unsealed, report.faults) == (LINES, 0, [])
    assert read_heads() == {seal.number: {seal.digest} for seal in Seal.objects.all()}


@only_postgres
def test_the_slower_of_two_workers_gives_way(monkeypatch):
    """Both look at the same last seal; the other one is faster."""
    write("t1")
    look = actions.chain_digest

    def another_worker_is_faster(*words):
        monkeypatch.setattr(actions, "chain_digest", look)
        other = Thread(target=lambda: (seal_entries(), connections.close_all()))
        other.start()
        other.join()
        return look(*words)

    monkeypatch.setattr(actions, "chain_digest", another_worker_is_faster)
    assert seal_entries() == 0
    assert verify_chain().faults == []
    assert Seal.objects.count() == 1


@only_postgres
def test_a_line_whose_transaction_ends_late_is_sealed_later_and_the_chain_stays_whole():
    """Its number is lower than those of lines already sealed."""
    written, go_on = Event(), Event()

    def slow_writer():
        with transaction.atomic():
            write("late")
            written.set()
            go_on.wait(60)
        connections.close_all()

    thread = Thread(target=slow_writer)
    thread.start()
    assert written.wait(60)
    write("early")
    assert seal_entries() == 1
    go_on.set()
    thread.join()
    assert Entry.objects.get(object_code="late").pk < Entry.objects.get(object_code="early").pk
    assert seal_entries() == 1
    assert list(Entry.objects.order_by("seal__number").values_list("object_code", flat=True)) == ["early", "late"]
    assert verify_chain().faults == []


def test_a_worker_that_died_before_the_copy_leaves_it_to_the_next(monkeypatch):
    write("t1")
    monkeypatch.setattr(actions, "copy_heads", lambda: None)
    assert seal_entries() == 1
    assert last_head() == 0
    assert verify_chain().faults == [], "a missing copy is no alarm"
    monkeypatch.undo()
    seal_entries()
    assert last_head() == 1


def test_a_copy_cut_by_a_power_failure_is_written_again(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    for n in range(3):
        write(f"t{n}")
        seal_entries()
    whole = head_file().read_bytes()
    head_file().write_bytes(whole[:-30])
    assert verify_chain().faults == []
    assert last_head() == 2
    write("t3")
    seal_entries()
    assert set(read_heads()) == {1, 2, 3, 4}
    assert verify_chain().faults == []


def test_a_copy_that_says_two_things_is_an_alarm():
    write("t1")
    seal_entries()
    append_heads([(1, "0" * 64)])
    assert any("differs from the copy" in fault for fault in verify_chain().faults)


def test_a_long_head_file_is_read_from_its_end():
    append_heads((n, f"{n:064x}") for n in range(1, 500))
    assert last_head() == 499
    assert len(read_heads()) == 499


def test_a_line_and_its_change_are_one_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("never")
        1 / 0  # noqa: B018
    assert not Entry.objects.exists()


def test_checking_while_a_worker_seals_is_no_alarm(monkeypatch):
    for n in range(4):
        write(f"t{n}")
        seal_entries()
    iterate = type(Seal.objects.all()).iterator

    def meanwhile_one_more_is_sealed(rows, *words, **options):
        monkeypatch.undo()
        write("meanwhile")
        seal_entries()
        return iterate(rows, *words, **options)

    monkeypatch.setattr(type(Entry.objects.all()), "iterator", meanwhile_one_more_is_sealed)
    assert verify_chain().faults == []


def test_a_killed_worker_leaves_a_whole_chain(child_environment, settings, tmp_path):
    environment = {**child_environment, "JINGUO_DATA": str(settings.DATA)}
    for n in range(60):
        write(f"t{n}")
    (worker,) = start_together(SEAL, environment, [(str(tmp_path / "never"),)])
    while not Seal.objects.exists():
        assert worker.process.poll() is None, worker.end()
    worker.kill()
    while seal_entries():
        pass
    report = verify_chain()
    assert (report.sealed, report.unsealed, report.faults) == (60, 0, [])
