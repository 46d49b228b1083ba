"""Django's SQLite engine with one change: writers queue on a side lock before BEGIN IMMEDIATE.

SQLite's own busy handler sleeps and lets newcomers overtake: with many writers one of them starves for seconds
(measured in reference/reliability §0.1). `flock` wakes waiters in turn. The lock is per open file description, so
threads of one process queue like processes do. Everything else, the busy timeout included, stays Django's.
"""

import fcntl
import os

from django.db.backends.sqlite3 import base
from django.utils.asyncio import async_unsafe


class DatabaseWrapper(base.DatabaseWrapper):
    """The `default` engine of an embedded installation."""

    _turn: int | None = None

    def _start_transaction_under_autocommit(self):
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_turn()
            raise

    def _commit(self):
        try:
            super()._commit()
        finally:
            self._give_turn()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self._give_turn()

    @async_unsafe
    def close(self):
        try:
            super().close()
        finally:
            self._give_turn()

    def _take_turn(self):
        name = str(self.settings_dict["NAME"])
        if self._turn is not None or ":memory:" in name or "mode=memory" in name:
            return
        descriptor = os.open(f"{name}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        self._turn = descriptor

    def _give_turn(self):
        if self._turn is not None:
            os.close(self._turn)  # closing the only descriptor of this description releases the lock
            self._turn = None
