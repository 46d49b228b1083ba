"""Django's SQLite engine with one change: writers queue on a side lock before they ask SQLite for its own.

SQLite's busy handler sleeps and lets newcomers overtake: with many writers one of them starves for seconds (measured in
reference/reliability §0.1). `flock` wakes waiters in turn. The lock is per open file description, so threads of one
process queue like processes do. A turn covers a transaction, or one writing statement outside of any; whoever waits
longer than the busy timeout is told "database is locked", as SQLite itself would. Everything else stays Django's.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError
from django.utils.asyncio import async_unsafe

READS = ("SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "BEGIN", "VACUUM INTO")


class DatabaseWrapper(base.DatabaseWrapper):
    """The `default` engine of an embedded installation."""

    _turn: int | None = None

    def create_cursor(self, name: Any = None) -> "Cursor":
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_turn()

    @async_unsafe  # type: ignore[untyped-decorator]
    def close(self) -> None:
        try:
            super().close()
        finally:
            self._give_turn()

    @contextmanager
    def turn_for(self, query: str) -> Iterator[None]:
        """A turn for a statement that writes outside of any transaction; nothing for the others."""
        if self._turn is not None or self.connection.in_transaction or query.lstrip().upper().startswith(READS):
            yield
            return
        self._take_turn()
        try:
            yield
        finally:
            if not self.connection.in_transaction:
                self._give_turn()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._turn is not None or ":memory:" in name or "mode=memory" in name:
            return
        descriptor = os.open(f"{name}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not Queue(descriptor).wait(float(self.settings_dict["OPTIONS"].get("timeout", 5))):
                raise OperationalError("database is locked: no turn to write") from None
        except BaseException:
            os.close(descriptor)
            raise
        self._turn = descriptor

    def _give_turn(self) -> None:
        if self._turn is not None:
            descriptor, self._turn = self._turn, None
            _release(descriptor)


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; a writing statement in autocommit waits for its turn first."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.turn_for(query):
            return super().executemany(query, param_list)


class Queue:
    """A place in the queue for the lock on a descriptor, which can be given up: `flock` itself knows no time limit."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor, self.locked, self.given_up, self.deciding = descriptor, Event(), False, Lock()

    def wait(self, seconds: float) -> bool:
        """True once the lock is ours; False when it took too long, and then the descriptor is closed later."""
        Thread(target=self._stand, name="turn", daemon=True).start()
        self.locked.wait(seconds)
        with self.deciding:
            self.given_up = not self.locked.is_set()
        return not self.given_up

    def _stand(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        with self.deciding:
            if not self.given_up:
                self.locked.set()
                return
        _release(self.descriptor)


def _release(descriptor: int) -> None:
    """Unlock first: closing alone would not, were the descriptor still shared with a child about to start."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)
