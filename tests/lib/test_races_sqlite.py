"""Writers of the embedded database take turns: each gets on, none hears "locked", and a turn is always given back."""

import sqlite3
from collections import Counter
from threading import Thread

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, connections, transaction

from jinguo.lib import clock
from tests.lib.children import Child, start_together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL needs no turns"),
]

WRITE = """
import os
from django.contrib.sessions.models import Session
from django.db import transaction
from jinguo.lib import clock
name, how, stop = sys.argv[1:]
n = 0
while not os.path.exists(stop):
    n += 1
    row = Session(session_key=f"{name}-{n}", session_data="x", expire_date=clock.now())
    if how == "transaction":
        with transaction.atomic():
            Session.objects.count()
            row.save(force_insert=True)
    else:
        Session.objects.bulk_create([row]) if how == "bulk" else row.save(force_insert=True)
        Session.objects.filter(pk=row.pk).update(session_data="y")
print(n)
"""
HOLD = """
from django.db import connection, transaction
with transaction.atomic():
    print("holding", flush=True)
    sys.stdin.readline()
"""
ROUNDS = 200


def row(key: str) -> Session:
    return Session(session_key=key, session_data="x", expire_date=clock.now())


def written() -> Counter[str]:
    """How many rows each process has written."""
    return Counter(key.split("-")[0] for key in Session.objects.values_list("session_key", flat=True))


def all_run(children: list[Child]) -> bool:
    return all(child.process.poll() is None for child in children)


def nobody_holds_the_turn() -> bool:
    """Whether another connection could write at once: the turn is free and SQLite's own lock is too."""
    import fcntl

    with open(f"{connection.settings_dict['NAME']}-turn", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param(("transaction", "transaction", "transaction", "single"), id="one without a transaction"),
        pytest.param(("transaction",) * 4, id="transactions", marks=pytest.mark.slow),
        pytest.param(("bulk", "single") * 2, id="none with a transaction", marks=pytest.mark.slow),
    ],
)
def test_four_writing_processes_all_get_on_and_none_hears_locked(kinds, child_environment, tmp_path):
    stop = tmp_path / "stop"
    children = start_together(WRITE, child_environment, [(f"w{n}", kind, str(stop)) for n, kind in enumerate(kinds)])
    while len(begun := written()) < len(kinds) and all_run(children):
        pass  # on a busy machine one of them may be a while in coming
    while Session.objects.count() < begun.total() + ROUNDS and all_run(children):
        pass
    stop.touch()
    counts = {f"w{n}": int(child.end()) for n, child in enumerate(children)}
    assert written() == counts
    since = [counts[name] - begun[name] for name in counts]
    assert min(since) > ROUNDS / 4 / 10, since


def test_the_turn_is_held_during_a_transaction_and_free_after_it():
    with transaction.atomic():
        assert not nobody_holds_the_turn()
        with transaction.atomic():
            row("one").save(force_insert=True)
        assert not nobody_holds_the_turn()
    assert nobody_holds_the_turn()


def test_a_transaction_that_fails_gives_its_turn_back():
    row("one").save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        row("one").save(force_insert=True)
    assert nobody_holds_the_turn()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        row("two").save(force_insert=True)
        1 / 0  # noqa: B018
    assert nobody_holds_the_turn()
    assert Session.objects.count() == 1


def test_a_single_statement_that_fails_gives_its_turn_back():
    row("one").save(force_insert=True)
    with pytest.raises(IntegrityError):
        row("one").save(force_insert=True)
    assert nobody_holds_the_turn()


def test_closing_in_the_middle_gives_the_turn_back_and_forgets_what_was_begun():
    with pytest.raises(ProgrammingError, match="closed"), transaction.atomic():
        row("one").save(force_insert=True)
        connection.close()
        assert nobody_holds_the_turn()
        row("two").save(force_insert=True)
    assert Session.objects.count() == 0


def test_reading_needs_no_turn(child_environment):
    (holder,) = start_together(HOLD, child_environment, [()])
    assert holder.line() == "holding"
    assert Session.objects.count() == 0
    holder.go()
    holder.end()


def test_a_killed_holder_gives_its_turn_back(child_environment):
    (holder,) = start_together(HOLD, child_environment, [()])
    assert holder.line() == "holding"
    assert not nobody_holds_the_turn()
    holder.kill()
    with transaction.atomic():
        row("one").save(force_insert=True)
    assert Session.objects.count() == 1


@pytest.mark.parametrize("in_transaction", [True, False])
def test_who_waits_longer_than_the_time_limit_is_told_and_can_go_on_later(child_environment, in_transaction):
    (holder,) = start_together(HOLD, child_environment, [()])
    assert holder.line() == "holding"
    patience, connection.settings_dict["OPTIONS"]["timeout"] = connection.settings_dict["OPTIONS"]["timeout"], 0.2
    try:
        with pytest.raises(OperationalError, match="database is locked"):
            if in_transaction:
                with transaction.atomic():
                    row("one").save(force_insert=True)
            else:
                row("one").save(force_insert=True)
    finally:
        connection.settings_dict["OPTIONS"]["timeout"] = patience
    holder.go()
    holder.end()
    row("one").save(force_insert=True)
    assert Session.objects.count() == 1
    assert nobody_holds_the_turn()


def test_threads_of_one_process_queue_like_processes():
    def write(name: str) -> None:
        for n in range(25):
            with transaction.atomic():
                row(f"{name}{n}").save(force_insert=True)
        connections.close_all()

    threads = [Thread(target=write, args=(f"t{n}-",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Session.objects.count() == 100
    assert nobody_holds_the_turn()
